"""The quote editor: works out a price, lets it be changed, shows what it would give, sends it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from moneyed import Money

from cms.workflows.actions import MoveNotAllowed, NotYours, hindrances
from licensing import issuing
from licensing.actions import desk
from licensing.admin.quote_forms import QuoteForm, start_of
from licensing.admin.quote_lines import LineSheet, lines_of
from licensing.admin.request_case import asked_of, preview_of
from licensing.admin.request_parts import with_canned
from licensing.described import differences
from licensing.fees import version_in_use
from licensing.models import PermissionRequest
from licensing.money import FALLBACK, formatted
from licensing.quotes import Priced, priced
from licensing.request_workflow import DECIDE, REQUEST
from licensing.wording import said

MOVE = REQUEST["quote"]


class QuoteEditorMixin(admin.ModelAdmin):
    """Adds the page on which a quote is put together; nothing typed is lost on the way."""

    def get_urls(self):
        return [self.case_path("quote/", self.quote_view, "quote"), *super().get_urls()]

    def quote_view(self, request, object_id):
        """GET begins a quote; POST works out its price, adds it up, or sends it."""
        row = self.case(request, object_id, DECIDE)
        now = timezone.now()
        lines = issuing.articles_of(row, at=now)
        reasons = hindrances(row, REQUEST, MOVE, by=request.user, at=now)
        if request.method != "POST":
            return self._quote_page(request, row, _begun(row, lines, now), reasons=reasons)
        form = QuoteForm(request.POST, row=row, lines=lines)
        if "_canned" in request.POST:
            return self._quote_page(request, row, _with_canned(form, row, lines))
        is_valid = form.is_valid()
        found = _price(form, now) if "particulars" in form.cleaned_data else None
        if "_price" in request.POST:
            return self._quote_page(request, row, *_repriced(form, found, row, lines))
        if is_valid and "_send" in request.POST:
            if not form.may_be_sent():
                form.add_error("is_meant_free", _("Tick this, or ask for a fee."))
            elif not (reasons := reasons or self._sent(request, row, form, found)):
                return HttpResponseRedirect(self.case_url(row, "quotes"))
        status = 409 if reasons else 200
        return self._quote_page(request, row, form, found, reasons=reasons, status=status)

    def _sent(self, request, row: PermissionRequest, form: QuoteForm, found: Priced | None):
        """Sends it, or says why not."""
        told = form.cleaned_data
        try:
            desk.quote(
                row,
                by=request.user,
                given=form.given,
                lines=form.sheet.as_json(found.price.lines if found else ()),
                currency=told["currency"],
                net=form.net,
                tax=form.tax,
                tax_label=form.tax_label,
                valid_until=told["valid_until"],
                conditions=form.all_conditions(),
                articles=told["articles"],
                is_exclusive=told["is_exclusive"],
                schedule_version=found.version if found and form.sheet.is_priced else None,
                text=told["message"],
            )
        except NotYours as refusal:
            raise PermissionDenied from refusal
        except MoveNotAllowed as refusal:
            return refusal.reasons
        except ValidationError as fault:
            return fault.messages
        self.log_change(request, row, str(MOVE.label))
        messages.success(request, _("The quote goes to the requester, with a fresh link."))
        return []

    def _quote_page(
        self, request, row, form: QuoteForm, found: Priced | None = None, *, reasons=(), status=200
    ):
        is_read = form.is_bound and not form.errors
        return self.page_of_case(
            request,
            row,
            "quote",
            status,
            form=form,
            reasons=reasons,
            found=_in_words(found) if found else None,
            has_prices=_price_list_counts(),
            sums=_sums(form) if is_read or (form.sheet.lines and not form.is_bound) else None,
            preview=preview_of(row, at=timezone.now(), quote=form.offered()) if is_read else None,
            changes=differences(row.asked, form.given) if is_read else (),
            asked=asked_of(row),
            title=MOVE.label,
        )


def _begun(row: PermissionRequest, lines, at) -> QuoteForm:
    """An empty page: what was asked or quoted last, at the price that the list has for it."""
    start, given = start_of(row, lines, at=at)
    form = QuoteForm(row=row, lines=lines, asked=given, initial=start)
    last = row.quotes.first()
    found = priced(
        given,
        requester_kind=row.requester_kind,
        articles=len(start["articles"]),
        pictures=_pictures(row, start["articles"]),
        is_exclusive=start["is_exclusive"],
        deadline=row.deadline,
        at=at,
    )
    if found is not None and found.price.lines:
        form.begin_with(LineSheet.from_lines(found.price.lines, is_priced=True))
    elif last is not None:
        form.begin_with(LineSheet.from_lines(lines_of(last.lines, last.currency), is_priced=False))
    return form


def _price(form: QuoteForm, at) -> Priced | None:
    told = form.cleaned_data
    return priced(
        form.given,
        requester_kind=form.row.requester_kind,
        articles=len(told.get("articles") or ()) or 1,
        pictures=_pictures(form.row, told.get("articles") or ()),
        is_exclusive=told.get("is_exclusive", False),
        deadline=form.row.deadline,
        at=at,
    )


def _pictures(row: PermissionRequest, articles) -> int:
    rows = row.requested.filter(article__in=articles).values_list("pictures", flat=True)
    return sum(len(pictures) for pictures in rows)


def _repriced(form: QuoteForm, found: Priced | None, row, lines):
    """The same form with the lines that the price list has now, in its currency."""
    if found is None:
        return form, found
    sheet = form.sheet.repriced(found.price.lines)
    data = form.data.copy()
    data["currency"] = found.price.net.currency.code
    fresh = QuoteForm(data, row=row, lines=lines)
    fresh.sheet = sheet
    fresh.is_valid()
    return fresh, found


def _with_canned(form: QuoteForm, row, lines) -> QuoteForm:
    """The same form with a canned answer below what was typed."""
    chosen = with_canned(form, lambda initial: initial, row, into="message")
    data = form.data.copy()
    data["message"] = chosen["message"]
    return QuoteForm(data, row=row, lines=lines)


def _in_words(found: Priced) -> dict:
    return {
        "version": found.version,
        "needs_person": [said(sentence) for sentence in found.price.needs_person],
        "unmoved": [said(sentence) for sentence in found.price.unmoved],
    }


def _sums(form: QuoteForm) -> dict:
    language, currency = get_language() or FALLBACK, form.money_told["currency"]
    return {
        name: formatted(Money(amount, currency), language)
        for name, amount in (("net", form.net), ("tax", form.tax), ("total", form.total))
    } | {"tax_label": form.tax_label, "is_nothing": not form.total}


def _price_list_counts() -> bool:
    return version_in_use(at=timezone.now()) is not None
