"""What is filled into a letter about a request: names, numbers, sums and days in its language."""

from collections.abc import Iterable
from decimal import Decimal

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from moneyed import Money

from articles import addresses
from articles.models import Article, Publication
from licensing import invoicing
from licensing.compliance.findings import Finding
from licensing.letter_texts import button, phrase, shipped_words
from licensing.letter_words import Button, Changes, Items, Quotation, Sums, Value, visible
from licensing.models import (
    Crosspost,
    Grant,
    GrantedArticle,
    Invoice,
    PermissionRequest,
    Quote,
    RecalledCopy,
)
from licensing.money import formatted
from licensing.passages import Passages
from licensing.quotes import lines_in_words
from licensing.rights.vocabulary import Use
from licensing.wording import said, use_name

MOST_NAMED = 20
MOST_PASSAGES = 5


def of_request(
    permission_request: PermissionRequest,
    letter: str,
    *,
    language: str,
    house: Publication | None,
    address: str,
) -> dict[str, Value]:
    """What every letter may name."""
    return {
        "requester": permission_request.requester_name
        or permission_request.outlet
        or phrase("somebody", language),
        "number": permission_request.number,
        "use": named_use(permission_request.use, language),
        "articles": named_articles(permission_request, language),
        "link": Button(button(letter, language), address),
        "house": house.name if house else phrase("desk", language),
        "holder": permission_request.holder_name,
        "contact": permission_request.holder_contact,
    }


def named_use(use: str, language: str) -> str:
    """“publication in print”."""
    return shipped_words(language)["uses"].get(use) or use_name(Use(use))


def named_articles(
    permission_request: PermissionRequest, language: str, *, is_for_desk: bool = False
) -> Items:
    """The headlines, up to a number; to others than the desk only what they may be told."""
    rows = permission_request.requested.values_list("article", "article__headline")
    headlines = dict(rows.order_by("position"))
    if not is_for_desk:
        headlines |= _of_what_is_not_public(permission_request, set(headlines), language)
    headlines = list(headlines.values())
    named = [f"“{headline}”" for headline in headlines[:MOST_NAMED]]
    if more := len(headlines) - len(named):
        named.append(phrase("more", language).replace("{number}", str(more)))
    return Items(tuple(named))


def _of_what_is_not_public(row: PermissionRequest, keys: set[int], language: str) -> dict[int, str]:
    """Article key → the headline that was granted: what it is called by now is not for readers."""
    live = Article.objects.live().filter(pk__in=keys).values_list("pk", flat=True)
    if not (gone := keys.difference(live)):
        return {}
    rows = GrantedArticle.objects.filter(grant__permission_request=row, article__in=gone)
    with translation.override(language):
        unnamed = dict.fromkeys(gone, _("An article that is not public any more"))
    return unnamed | dict(rows.values_list("article", "headline"))


def of_quote(quote: Quote, language: str) -> dict[str, Value]:
    """The lines of a quote, what they add up to, and until when it stands."""
    code = quote.currency
    lines = lines_in_words(quote.lines, code, language)
    rows = [(": ".join(filter(None, [line.label, line.why])), line.amount) for line in lines]
    if quote.tax:
        rows.append((phrase("net", language), _sum(quote.net, code, language)))
        rows.append((quote.tax_label or "+", _sum(quote.tax, code, language)))
    rows.append((phrase("total", language), formatted(quote.money, language)))
    return {
        "lines": Sums(tuple(rows)),
        "total": formatted(quote.money, language),
        "day": day(quote.valid_until, language),
    }


def _sum(amount: Decimal, currency: str, language: str) -> str:
    return formatted(Money(amount, currency), language)


def of_invoice(invoice: Invoice, language: str) -> dict[str, Value]:
    """The number of a bill, its sum, the day on which it is due, and where to pay it."""
    return {
        "invoice": invoice.number,
        "total": formatted(invoice.money, language),
        "day": day(invoice.due_on, language),
        "payment": Button(phrase("pay", language), invoicing.payment_address(invoice)),
    }


def of_grant(grant: Grant, language: str) -> dict[str, Value]:
    """The number of a licence, its days, and where anybody can check it."""
    path = reverse("licensing:grant_check", args=[grant.number])
    first, last = day(grant.valid_from, language), day(grant.valid_until, language)
    pattern = phrase("from_to" if last else "from_on", language)
    return {
        "grant": grant.number,
        "day": last,
        "days": pattern.replace("{first}", first).replace("{last}", last),
        "check": Button(phrase("check", language), f"{addresses.site()}{path}"),
    }


def of_copy(copy: Crosspost, amiss: Iterable[Finding], language: str) -> dict[str, Value]:
    """Where a copy stands, what is to be put right on it, and the lines that do so."""
    with translation.override(language):
        rows = tuple(visible(" ".join([said(one.sentence), *_passages(one)])) for one in amiss)
    lines = dict.fromkeys(one.line for one in amiss if one.line)
    asked = "\n\n".join([phrase("paste", language), *lines]) if lines else ""
    return {"copy": copy.url, "amiss": Items(rows), "paste": asked}


def _passages(finding: Finding) -> list[str]:
    """“ours” → “theirs”; of what is missing the lines to paste say it."""
    changed = [change for change in finding.passages if change.theirs][:MOST_PASSAGES]
    return [f"“{change.ours}” → “{change.theirs}”" for change in changed]


def of_recall(copy: RecalledCopy, notice: str, found: Passages, language: str) -> dict[str, Value]:
    """Which text is meant, as it was granted; what readers are told; what was changed."""
    image = copy.recall.image
    more = phrase("more", language).replace("{number}", str(found.more)) if found.more else ""
    return {
        "headline": copy.headline,
        "picture": Quotation(visible(str(image))) if image else "",
        "notice": Quotation(visible(notice)),
        "changes": Changes(found.shown, phrase("changed", language), more),
    }


def quotation(text: str, by=None) -> Quotation:
    """What a colleague wrote."""
    return Quotation(visible(text), by.get_full_name() if by else "")


def day(value, language: str) -> str:
    """A day as ``language`` writes it; ``""`` where there is none."""
    if value is None:
        return ""
    with translation.override(language):
        return date_format(value)
