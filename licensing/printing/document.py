"""What the papers of the rights desk are made of; the caller has chosen and translated every word.

Everything printed is a field. Dates, times and amounts of money arrive as they are to be printed;
nothing is worked out here. Any text may be empty (it then leaves no trace) and may hold any
character. Line breaks are kept in whatever is a text of its own (messages, terms, conditions,
reasons, payment instructions) and are spaces elsewhere. Nothing is ever read as markup.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from articles.printing.document import Metadata
from licensing.printing.labels import CASE_FILE, CERTIFICATE, INVOICE

# A label without colon, and what stands behind it.
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What every paper says of itself.

    `language` is a BCP 47 tag; `house` the name at the head of every page; `url` the absolute
    address under which the paper's subject is found, for machines. `dated` is when it was made (no
    clock is read here: the same paper gives the same bytes), `copyright` and `terms_url` are what
    the file declares of itself. `labels` are those of `licensing.printing.labels`, translated.
    """

    number: str
    language: str
    direction: Literal["ltr", "rtl"]
    house: str
    url: str
    dated: datetime.date | datetime.datetime
    copyright: str = ""
    terms_url: str = ""

    @property
    def masthead(self) -> str:
        """The house, as the press calls it."""
        return self.house

    @property
    def metadata(self) -> Metadata:
        """What the file declares to machines."""
        return Metadata(
            authors=[self.house],
            copyright=self.copyright,
            date=self.dated,
            terms_url=self.terms_url,
        )


@dataclass(frozen=True, kw_only=True)
class Party:
    """Somebody on either side: `lines` is the address (or outlet and country), line by line."""

    name: str
    lines: Sequence[str] = ()
    contact: str = ""
    url: str = ""
    vat_id: str = ""


@dataclass(frozen=True, kw_only=True)
class LicensedArticle:
    """One article of a licence, at the revision that was licensed.

    `fingerprint` is the SHA-256 of that revision in hexadecimal, `attribution` the line that must
    stand in every copy. Pictures are named in words (caption and credit), one entry each.
    """

    headline: str
    byline: str = ""
    publication: str = ""
    original_publication: str = ""
    url: str = ""
    revision: str = ""
    fingerprint: str = ""
    attribution: str = ""
    pictures_covered: Sequence[str] = ()
    pictures_left_out: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Terms of use as they were when the licence was granted, paragraph by paragraph."""

    name: str
    version: str = ""
    url: str = ""
    text: Sequence[str] = ()


@dataclass(frozen=True)
class IssuedByPerson:
    """Who signed for the house."""

    name: str
    role: str = ""


@dataclass(frozen=True)
class IssuedByRule:
    """The standing rule by which the licence was given without a person."""

    name: str
    version: str = ""


@dataclass(frozen=True, kw_only=True)
class Certificate(Paper):
    """The certificate of a licence.

    It says what was granted on the day; what has become of the licence since (expired, revoked …)
    is said at `check_url` only, to which the QR code leads. `uses`, `particulars` (title,
    publisher, "Paperback, 5,000 copies" …) and `conditions` (whole sentences) are printed in their
    order. An empty `valid_until` prints the label for "no end".
    """

    issued_on: str
    licensor: Party
    licensee: Party
    issued_by: IssuedByPerson | IssuedByRule
    check_url: str
    articles: Sequence[LicensedArticle] = ()
    uses: Sequence[str] = ()
    particulars: Pairs = ()
    conditions: Sequence[str] = ()
    territory: str = ""
    languages: str = ""
    valid_from: str = ""
    valid_until: str = ""
    exclusive: bool = False
    fee: str = ""
    terms: Terms | None = None
    request_number: str = ""
    labels: Mapping[str, str] = field(default_factory=lambda: CERTIFICATE)


@dataclass(frozen=True)
class Line:
    """A priced line: what it is, its amount as printed, and why it is that much."""

    text: str
    amount: str = ""
    explanation: str = ""


@dataclass(frozen=True, kw_only=True)
class Invoice(Paper):
    """An invoice, or a credit note that cancels the invoice `cancels`.

    `tax_note` is a sentence such as "Reverse charge: the buyer accounts for VAT." `payment` holds
    instructions, paragraph by paragraph; `payment_url` gets a QR code. `only_once_paid` prints
    the sentence that the licence counts only once this invoice is paid (never on a credit note).
    """

    kind: Literal["invoice", "credit_note"] = "invoice"
    cancels: str = ""
    issued_on: str
    supplied_on: str = ""
    due_on: str = ""
    seller: Party
    buyer: Party
    purchase_order: str = ""
    request_number: str = ""
    grant_number: str = ""
    lines: Sequence[Line] = ()
    net: str = ""
    tax_label: str = ""
    tax_rate: str = ""
    tax: str = ""
    total: str
    tax_note: str = ""
    payment: Sequence[str] = ()
    payment_url: str = ""
    only_once_paid: bool = True
    labels: Mapping[str, str] = field(default_factory=lambda: INVOICE)


@dataclass(frozen=True, kw_only=True)
class Record:
    """One article, quote, invoice or grant of a case: facts, then lines, then paragraphs.

    For an article the `paragraphs` are the decision's reasons, for a quote the `lines` are its
    lines, for an invoice they are its payments.
    """

    title: str
    facts: Pairs = ()
    lines: Sequence[Line] = ()
    paragraphs: Sequence[str] = ()


@dataclass(frozen=True)
class Message:
    """A message or an internal note."""

    who: str
    when: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """A move of the case as the log has it; `seal` in full, of which 16 digits are printed."""

    who: str
    when: str
    move: str
    before: str = ""
    after: str = ""
    reason: str = ""
    seal: str = ""


@dataclass(frozen=True)
class File:
    """A file of the case, named by its SHA-256 in hexadecimal."""

    name: str
    sha256: str
    note: str = ""


@dataclass(frozen=True)
class Mail:
    """A mail that was sent, or is still to be."""

    when: str
    to: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class CaseFile(Paper):
    """The whole case of one request, for a dispute.

    A chapter without entries says so in words, because a gap might be taken for a loss. `notes`
    are internal: None leaves their chapter out and the file does not mention it, anything else
    prints it (unmistakably) and marks every page.
    """

    requester: str
    status: str
    head: Pairs = ()
    asked: Pairs = ()
    articles: Sequence[Record] = ()
    thread: Sequence[Message] = ()
    notes: Sequence[Message] | None = None
    quotes: Sequence[Record] = ()
    invoices: Sequence[Record] = ()
    grants: Sequence[Record] = ()
    events: Sequence[Event] = ()
    files: Sequence[File] = ()
    mails: Sequence[Mail] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: CASE_FILE)
