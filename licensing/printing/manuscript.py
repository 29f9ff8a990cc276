"""What the templates read: a paper in, JSON and a QR code out; knows no page and no font."""

from collections.abc import Callable, Mapping, Sequence

from articles.printing.manuscript import all_printable, language_and_region
from licensing.printing import qr, texts
from licensing.printing.document import (
    CaseFile,
    Certificate,
    Invoice,
    IssuedByRule,
    LicensedArticle,
    Line,
    Message,
    Pairs,
    Paper,
    Party,
    Record,
    Terms,
)
from licensing.printing.labels import CASE_FILE, CERTIFICATE, INVOICE

ENGLISH = {Certificate: CERTIFICATE, Invoice: INVOICE, CaseFile: CASE_FILE}
QR_FILE = "qr.png"
_DIGITS_OF_A_SEAL = 16
_LONGEST_FOOT = 200


class Manuscript:
    """A paper made ready: `data` for the template, `files` by name."""

    def __init__(self, paper: Paper):
        self.files: dict[str, bytes] = {}
        labels = {**ENGLISH[type(paper)], **paper.labels}
        # A label may be one that is translated only when it is asked for.
        self._labels = {key: str(words) for key, words in labels.items()}
        lang, region = language_and_region(paper.language)
        common = {
            "labels": {key: texts.line(words) for key, words in self._labels.items()},
            "lang": lang,
            "region": region,
            "direction": paper.direction,
            "house": texts.line(paper.house),
            "short_house": texts.shortened(texts.line(paper.house)),
            "authors": [author for author in (texts.line(paper.house),) if author],
            "date": [paper.dated.year, paper.dated.month, paper.dated.day],
            "number": texts.line(paper.number),
            "page": texts.cut(self._labels["page"]),
            "stamp": "",
            "foot": "",
            "qr": None,
        }
        self.data = all_printable({**common, **_PAPERS[type(paper)](self, paper)})

    def certificate(self, paper: Certificate) -> dict:
        say = self._labels
        grant = say["grant_exclusive" if paper.exclusive else "grant"]
        exclusivity = say["exclusive" if paper.exclusive else "not_exclusive"]
        return {
            "running": _running(say["title"], paper),
            "head": _pairs([(say["issued_on"], paper.issued_on),
                            (say["request"], paper.request_number)]),
            "licensor": _party(paper.licensor),
            "licensee": _party(paper.licensee),
            "grant": texts.line(texts.filled(grant, licensor=paper.licensor.name,
                                   licensee=paper.licensee.name)),
            "uses": texts.lines(paper.uses),
            "scope": _pairs([
                (say["territory"], paper.territory),
                (say["languages"], paper.languages),
                (say["valid_from"], paper.valid_from),
                (say["valid_until"], paper.valid_until or say["no_end"]),
                (say["exclusivity"], exclusivity),
                (say["fee"], paper.fee),
            ]),
            "particulars": _pairs(paper.particulars),
            "articles": [
                self._article(article, number, len(paper.articles))
                for number, article in enumerate(paper.articles, start=1)
            ],
            "conditions": _flows(paper.conditions),
            "terms": paper.terms and self._terms(paper.terms),
            "issued_by": self._issued_by(paper),
            "check": texts.address(paper.check_url) or {"text": "", "url": None},
            "foot": texts.line(paper.check_url) if len(paper.check_url) <= _LONGEST_FOOT else "",
            "qr": self._qr(paper.check_url),
        }  # fmt: skip

    def _article(self, article: LicensedArticle, number: int, total: int) -> dict:
        say = self._labels
        label = texts.filled(say["article"], number=str(number)) if total > 1 else say["articles"]
        pictures = [(say["pictures_covered"], texts.lines(article.pictures_covered)),
                    (say["pictures_left_out"], texts.lines(article.pictures_left_out))]  # fmt: skip
        return {
            "label": label,
            "headline": texts.line(article.headline),
            "byline": texts.line(article.byline),
            "facts": _pairs([
                (say["publication"], article.publication),
                (say["original_publication"], article.original_publication),
                (say["revision"], article.revision),
            ]),
            "address": texts.address(article.url),
            "attribution": texts.flow(article.attribution),
            "pictures": [(label, named) for label, named in pictures if named],
            "fingerprint": texts.fingerprint(article.fingerprint),
        }  # fmt: skip

    def _terms(self, terms: Terms) -> dict:
        titled = texts.filled(self._labels["terms_version"], name=terms.name, version=terms.version)
        return {
            "title": texts.line(titled if terms.version else terms.name),
            "url": texts.address(terms.url),
            "text": texts.flow("\n\n".join(terms.text)),
        }

    def _issued_by(self, paper: Certificate) -> dict:
        issuer = paper.issued_by
        if isinstance(issuer, IssuedByRule):
            version = texts.filled(self._labels["rule_version"], version=issuer.version)
            label, role = self._labels["issued_by_rule"], version if issuer.version else ""
        else:
            label, role = self._labels["issued_by"], issuer.role
        return {"label": label, "name": texts.line(issuer.name), "role": texts.line(role)}

    def invoice(self, paper: Invoice) -> dict:
        say = self._labels
        is_credit = paper.kind == "credit_note"
        title = say[paper.kind]
        tax = " ".join(part for part in (paper.tax_label, paper.tax_rate) if part)
        unpaid = paper.only_once_paid and not is_credit
        return {
            "running": _running(title, paper),
            "title": texts.line(title),
            "head": _pairs([
                (say["issued_on"], paper.issued_on),
                (say["supplied_on"], paper.supplied_on),
                (say["due_on"], paper.due_on),
                (say["request"], paper.request_number),
                (say["grant"], paper.grant_number),
                (say["purchase_order"], paper.purchase_order),
            ]),
            "seller": _party(paper.seller),
            "buyer": _party(paper.buyer),
            "cancels": texts.line(texts.filled(say["cancels"], number=paper.cancels))
            if is_credit and paper.cancels else "",
            "lines": _priced(paper.lines),
            "sums": _sums([(say["net"], paper.net), (tax, paper.tax)]),
            "total": [say["total_credit" if is_credit else "total"], texts.narrow(paper.total)],
            "tax_note": texts.flow(paper.tax_note),
            "payment": texts.flow("\n\n".join(paper.payment)),
            "payment_url": texts.address(paper.payment_url),
            "qr": self._qr(paper.payment_url),
            "only_once_paid": say["only_once_paid"] if unpaid else "",
        }  # fmt: skip

    def case_file(self, paper: CaseFile) -> dict:
        say = self._labels
        return {
            "running": _running(say["title"], paper),
            "stamp": "" if paper.notes is None else texts.line(say["internal_pages"]),
            "head": _pairs([(say["requester"], paper.requester), (say["status"], paper.status),
                            *paper.head]),
            "asked": [
                [texts.line(label), texts.flow(value)] for label, value in paper.asked if value
            ],
            "articles": [_record(article) for article in paper.articles],
            "thread": [_message(message) for message in paper.thread],
            "notes": None if paper.notes is None else [_message(note) for note in paper.notes],
            "quotes": [_record(quote) for quote in paper.quotes],
            "invoices": [_record(invoice) for invoice in paper.invoices],
            "grants": [_record(grant) for grant in paper.grants],
            "events": [
                {
                    "when": texts.narrow(event.when),
                    "who": texts.line(event.who),
                    "move": texts.line(event.move),
                    "before": texts.line(event.before),
                    "after": texts.line(event.after),
                    "reason": texts.flow(event.reason),
                    "seal": texts.line(event.seal[:_DIGITS_OF_A_SEAL]),
                }
                for event in paper.events
            ],
            "files": [
                {"name": texts.line(file.name), "note": texts.line(file.note),
                 "sha256": texts.fingerprint(file.sha256)}
                for file in paper.files
            ],
            "mails": [
                {"when": texts.narrow(mail.when), "to": texts.line(mail.to),
                 "subject": texts.line(mail.subject)}
                for mail in paper.mails
            ],
        }  # fmt: skip

    def _qr(self, url: str) -> dict | None:
        address = texts.address(url)
        picture = qr.picture(address["url"]) if address and address["url"] else None
        if picture is None:
            return None
        self.files[QR_FILE] = picture
        return {"file": f"/{QR_FILE}", "alt": texts.filled(self._labels["qr"], url=url)}


_PAPERS: Mapping[type[Paper], Callable] = {
    Certificate: Manuscript.certificate,
    Invoice: Manuscript.invoice,
    CaseFile: Manuscript.case_file,
}


def _running(title: str, paper: Paper) -> str:
    return texts.shortened(texts.line(" ".join(part for part in (title, paper.number) if part)))


def _flows(several: Sequence[str]) -> list[list[list[str]]]:
    return [texts.flow(text) for text in several if text.strip()]


def _pairs(pairs: Pairs) -> list[list[str]]:
    return [[texts.line(label), said] for label, value in pairs if (said := texts.line(value))]


def _sums(pairs: Pairs) -> list[list[str]]:
    return [[texts.line(label), said] for label, value in pairs if (said := texts.narrow(value))]


def _party(party: Party) -> dict:
    return {
        "name": texts.line(party.name),
        "lines": texts.lines(party.lines),
        "contact": texts.line(party.contact),
        "url": texts.address(party.url),
        "vat_id": texts.line(party.vat_id),
    }


def _priced(lines: Sequence[Line]) -> list[dict]:
    return [
        {"text": texts.line(line.text), "amount": texts.narrow(line.amount),
         "explanation": texts.flow(line.explanation)}
        for line in lines
    ]  # fmt: skip


def _record(record: Record) -> dict:
    return {
        "title": texts.line(record.title),
        "facts": _pairs(record.facts),
        "lines": _priced(record.lines),
        "paragraphs": _flows(record.paragraphs),
    }


def _message(message: Message) -> dict:
    return {
        "who": texts.line(message.who),
        "when": texts.narrow(message.when),
        "text": texts.flow(message.text),
    }
