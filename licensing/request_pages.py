"""What the page of a request shows its requester: everything public about it, read once.

Internal notes, colleagues' names and what is not public about an article are never in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from moneyed import Money

from articles.models import Article
from licensing import invoicing, issuing
from licensing.copies.figures import Read, of_grant
from licensing.described import described, differences
from licensing.models import (
    Crosspost,
    Grant,
    GrantStatus,
    Invoice,
    PermissionRequest,
    Quote,
    RequestMessage,
)
from licensing.money import FALLBACK, formatted
from licensing.quotes import LineInWords, lines_in_words
from licensing.republication import takeable
from licensing.request_progress import Progress, last_event, progress
from licensing.rights.conditions import parse
from licensing.rights.particulars import Particulars
from licensing.rights.vocabulary import Use
from licensing.wording import said, use_name

# So many letters of a credit line stand in a row.
CHARACTERS_A_ROW = 68
MOST_COPIES = 50


@dataclass(frozen=True)
class Named:
    """An article as a requester may see it: gone from the public it has no name any more."""

    headline: str
    slug: str
    url: str
    language: str
    pictures: int


@dataclass(frozen=True)
class Offer:
    """A quote in words. ``changed``: where it offers something else than what was asked."""

    quote: Quote
    rights: list[tuple[str, str, str]]
    lines: list[LineInWords]
    net: str
    tax: str
    total: str
    conditions: list[str]
    articles: list[str]
    left_out: list[str]
    has_ended: bool

    @property
    def differs(self) -> bool:
        return any(asked for _label, _value, asked in self.rights) or bool(self.left_out)


@dataclass(frozen=True)
class Bill:
    """What there is to pay."""

    invoice: Invoice
    total: str
    open: str
    payment_url: str
    is_overdue: bool


class Credit(NamedTuple):
    """What must stand beside a copy, and in how many rows it is seen whole."""

    headline: str
    line: str
    rows: int


@dataclass(frozen=True)
class Licence:
    """What was given. ``credits`` are told once it counts, ``copies`` where it was used.

    ``has_text``: whether the text can be fetched; ``read``: how often its copies were.
    """

    grant: Grant
    conditions: list[str]
    is_in_force: bool
    credits: list[Credit]
    copies: list[Crosspost]
    has_text: bool
    read: Read | None = None


@dataclass(frozen=True)
class RequestPage:
    """The page of a request as of a moment."""

    progress: Progress
    use: str
    articles: list[Named]
    asked: list[tuple[str, str]]
    thread: list
    files: list
    quote: Quote | None
    offer: Offer | None
    earlier: list[tuple[int, str, datetime]]
    bill: Bill | None
    licence: Licence | None
    reason: str
    question: RequestMessage | None
    again: str


def request_page(permission_request: PermissionRequest, *, at: datetime) -> RequestPage:
    """What is to be shown of ``permission_request`` at ``at``."""
    quotes = list(permission_request.quotes.all())
    quote = quotes[0] if quotes else None
    grant = permission_request.grants.first()
    articles = _articles(permission_request, grant, at=at)
    invoice = issuing.open_invoice(permission_request)
    decline = last_event(permission_request, "decline")
    return RequestPage(
        progress=progress(permission_request, quote=quote, grant=grant, at=at),
        use=use_name(Use(permission_request.use)),
        articles=list(articles.values()),
        asked=described(permission_request.asked),
        thread=list(permission_request.messages.all()),
        files=list(permission_request.files.exclude(file="")),
        quote=quote,
        offer=_offer(permission_request, quote, articles, at=at) if quote else None,
        earlier=[(one.number, _sum(one.money), one.created_at) for one in quotes[1:]],
        bill=_bill(invoice, at=at) if invoice else None,
        licence=_licence(grant, at=at) if grant else None,
        reason=decline.reason if decline else "",
        question=permission_request.messages.filter(by__isnull=False).last(),
        again=_again(permission_request, articles.values()),
    )


def _articles(permission_request, grant: Grant | None, *, at: datetime) -> dict[int, Named]:
    """Key → the article as it may be named: as the public has it, else as it was granted."""
    rows = list(permission_request.requested.all())
    live = Article.objects.live(at).in_bulk([row.article_id for row in rows])
    granted = {}
    if grant is not None:
        granted = dict(grant.granted.values_list("article", "headline"))
    found = {}
    for row in rows:
        article = live.get(row.article_id)
        headline = article.headline if article else granted.get(row.article_id)
        found[row.article_id] = Named(
            headline or _("An article that is not public any more"),
            article.slug if article else "",
            article.get_absolute_url() if article else "",
            article.language if article else "",
            len(row.pictures),
        )
    return found


def _offer(permission_request, quote: Quote, articles: dict[int, Named], *, at) -> Offer:
    use = Use(permission_request.use)
    offered = Particulars(use, quote.particulars)
    changed = differences(permission_request.asked, offered)
    asked = {label: before or _("nothing") for label, before, _after in changed}
    rights = [(label, value, asked.get(label, "")) for label, value in described(offered)]
    shown = {label for label, _value, _asked in rights}
    rights += [(label, "–", before) for label, before in asked.items() if label not in shown]
    rights.append(_exclusivity(permission_request, quote))
    return Offer(
        quote=quote,
        rights=rights,
        lines=lines_in_words(quote.lines, quote.currency, _language()),
        net=_sum(Money(quote.net, quote.currency)),
        tax=_sum(Money(quote.tax, quote.currency)) if quote.tax else "",
        total=_sum(quote.money),
        conditions=[_sentence(said(entry)) for entry in parse(quote.conditions)],
        articles=[named.headline for key, named in articles.items() if key in quote.articles],
        left_out=[named.headline for key, named in articles.items() if key not in quote.articles],
        has_ended=quote.has_ended(at),
    )


def _exclusivity(permission_request, quote: Quote) -> tuple[str, str, str]:
    words = {True: _("Yes"), False: _("No")}
    differs = quote.is_exclusive != permission_request.is_exclusive
    asked = words[permission_request.is_exclusive] if differs else ""
    return _("Exclusive"), words[quote.is_exclusive], asked


def _bill(invoice: Invoice, *, at: datetime) -> Bill:
    return Bill(
        invoice,
        _sum(invoice.money),
        _sum(invoice.money - invoice.paid),
        invoicing.payment_address(invoice),
        invoice.is_overdue(timezone.localdate(at)),
    )


def _licence(grant: Grant, *, at: datetime) -> Licence:
    conditions = [_sentence(said(entry)) for entry in parse(grant.conditions)]
    credits = []
    if grant.status in (GrantStatus.ACTIVE, GrantStatus.EXPIRED):
        credits = [
            Credit(row.headline, row.attribution, _rows(row.attribution))
            for row in grant.granted.all()
            if row.attribution
        ]
    copies = list(grant.crossposts.order_by("-declared_at", "-pk")[:MOST_COPIES])
    has_text = bool(takeable(grant, at=at))
    read = of_grant(grant, on=timezone.localdate(at))
    return Licence(grant, conditions, grant.is_in_force(at), credits, copies, has_text, read)


def _rows(text: str) -> int:
    return sum(1 + len(line) // CHARACTERS_A_ROW for line in text.splitlines())


def _again(permission_request: PermissionRequest, articles: Iterable[Named]) -> str:
    """The form, with the articles that are still public and the use filled in."""
    slugs = [("article", named.slug) for named in articles if named.slug]
    query = urlencode([*slugs, ("use", permission_request.use)])
    return f"{reverse('rights:permission_new')}?{query}"


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."


def _language() -> str:
    return get_language() or FALLBACK


def _sum(money) -> str:
    return formatted(money, _language())
