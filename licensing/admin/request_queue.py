"""The queue of permission requests: what waits, for whom, until when; taking and giving away."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import Prefetch, Value
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.choosers import is_key
from cms.desks.admin import DeskMixin
from cms.desks.filters import choices_of
from cms.panels import capped
from cms.workflows.actions import MoveNotAllowed
from licensing.actions import desk
from licensing.admin.request_filters import (
    ANSWERS,
    TURNS,
    AgeFilter,
    AskedFilter,
    CountryFilter,
    LateFilter,
    OwnerFilter,
    PublicationFilter,
    TurnFilter,
    colleagues,
    name_of,
)
from licensing.models import PermissionRequest, RequestedArticle, RequestStatus
from licensing.models.request import OURS_TO_DO
from licensing.next_steps import known, next_step, quoted
from licensing.places import country_name
from licensing.queue import parts_of_queue
from licensing.rights.vocabulary import Use
from licensing.wording import use_name

# The questions that the list's own filters ask.
OFFERED = {
    "use__exact",
    "requester_kind__exact",
    "status__exact",
    "id__exact",
    *(one.parameter_name for one in (TurnFilter, OwnerFilter, LateFilter, AgeFilter)),
    *(one.parameter_name for one in (PublicationFilter, CountryFilter, AskedFilter)),
}
MOST_HEADLINES = 2
MOST_AT_ONCE = 100
# A sign for each status, so that no colour stands alone.
SIGNS = {
    RequestStatus.HELD: "○",
    RequestStatus.RECEIVED: "●",
    RequestStatus.IN_REVIEW: "◐",
    RequestStatus.AWAITING_REQUESTER: "?",
    RequestStatus.QUOTED: "¤",
    RequestStatus.ACCEPTED: "✓",
    RequestStatus.AWAITING_PAYMENT: "⧗",
    RequestStatus.GRANTED: "✔",
    RequestStatus.DECLINED: "✕",
    RequestStatus.REFERRED: "↗",
    RequestStatus.WITHDRAWN: "↩",
    RequestStatus.LAPSED: "■",
    RequestStatus.CLOSED: "▣",
}


class Colleagues(forms.ModelChoiceField):
    """Those who work on requests, by name."""

    def label_from_instance(self, obj):
        return name_of(obj)


class QueueActionForm(ActionForm):
    """Whom what is ticked goes to."""

    to = Colleagues(
        queryset=None,
        required=False,
        label=gettext_lazy("to"),
        empty_label=gettext_lazy("Nobody: back to the queue"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues()


class RequestQueueMixin(DeskMixin):
    """The list, its columns, its filters, and what is done to several rows at once."""

    change_list_template = "admin/licensing/permissionrequest/change_list.html"
    action_form = QueueActionForm
    actions = ["take_selected", "assign_selected"]
    list_display = ["request", "asked_for", "asked_by", "promise", "held_by", "step"]
    list_filter = [
        TurnFilter,
        OwnerFilter,
        LateFilter,
        AgeFilter,
        choices_of("use"),
        PublicationFilter,
        choices_of("requester_kind"),
        CountryFilter,
        AskedFilter,
    ]
    # The oldest promise first.
    ordering = ["due_on", "created_at", "pk"]
    show_facets = admin.ShowFacets.NEVER
    sortable_by: tuple[str, ...] = ()
    search_fields = [
        "number",
        "requester_name",
        "requester_email",
        "outlet",
        "requested__article__headline",
    ]
    search_numbers = ("number", "grants__number", "invoices__number", "requester_email")
    search_help_text = gettext_lazy(
        "Number of a request, licence or invoice, name, e-mail, outlet, headline."
    )

    def get_queryset(self, request):
        rows = RequestedArticle.objects.select_related("article").defer("article__body")
        found = known(PermissionRequest.objects.select_related("owner"))
        found = found.annotate(may_take=Value(request.user.has_perm(ANSWERS)))
        return found.prefetch_related(Prefetch("requested", rows))

    def lookup_allowed(self, lookup, value, request):
        return lookup in OFFERED and super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Permission requests"), "whole": TURNS["ours"]}
        if self.has_view_permission(request):
            context["turns"] = tabs(request)
        return super().changelist_view(request, context | (extra_context or {}))

    def get_actions(self, request):
        return super().get_actions(request) if request.user.has_perm(ANSWERS) else {}

    # --- what is done to several ---

    def _action_form(self, request) -> QueueActionForm:
        form = QueueActionForm(request.POST)
        form.fields["action"].choices = self.get_action_choices(request)
        return form

    def response_action(self, request, queryset):
        if self._action_form(request)["to"].errors:
            messages.error(request, _("Choose a colleague who works on requests."))
            return HttpResponseRedirect(request.get_full_path())
        # Of made-up keys nothing is known.
        request.POST = request.POST.copy()
        keys = filter(is_key, request.POST.getlist("_selected_action"))
        request.POST.setlist("_selected_action", list(keys))
        return super().response_action(request, queryset)

    @admin.action(description=gettext_lazy("Take"))
    def take_selected(self, request, queryset):
        def take(row):
            desk.review(row, by=request.user)
            self.log_change(request, row, _("Take it"))
            return _("%(number)s is yours.")

        self._each(request, queryset, take)

    @admin.action(description=gettext_lazy("Give"))
    def assign_selected(self, request, queryset):
        form = self._action_form(request)
        form.is_valid()
        to = form.cleaned_data["to"]

        def give(row):
            desk.assign(row, by=request.user, to=to)
            self.log_change(request, row, _("Given to somebody else."))
            if to is None:
                return _("%(number)s is back in the queue.")
            return _("%(number)s is given to %(name)s.")

        self._each(request, queryset, give, name=name_of(to) if to else "")

    def _each(self, request, queryset, act, **facts) -> None:
        """Does it row by row and says of each what became of it."""
        rows = list(queryset[: MOST_AT_ONCE + 1])
        if len(rows) > MOST_AT_ONCE:
            messages.error(request, _("At most %d at a time, please.") % MOST_AT_ONCE)
            return
        for row in rows:
            try:
                said = act(row)
            except MoveNotAllowed as refusal:
                messages.error(request, f"{row}: {' '.join(map(str, refusal.reasons))}")
            else:
                messages.success(request, said % {"number": row, **facts})

    # --- the file ---

    sheet = [
        (gettext_lazy("Number"), lambda row: row.number),
        (gettext_lazy("Status"), lambda row: row.get_status_display()),
        (gettext_lazy("Use"), lambda row: use_name(Use(row.use))),
        (gettext_lazy("Exclusive"), lambda row: _("Yes") if row.is_exclusive else _("No")),
        (
            gettext_lazy("Articles"),
            lambda row: "; ".join(one.article.headline for one in row.requested.all()),
        ),
        (gettext_lazy("Who asks"), lambda row: row.requester),
        (gettext_lazy("Country"), lambda row: row.outlet_country),
        (gettext_lazy("Asked"), lambda row: row.created_at),
        (gettext_lazy("Answer promised"), lambda row: row.promised_by),
        (gettext_lazy("Owner"), lambda row: name_of(row.owner) if row.owner else ""),
        (gettext_lazy("Next step"), lambda row: next_step(row, at=timezone.now()).words),
        (gettext_lazy("Quoted"), lambda row: quoted(row)),
    ]

    # --- in words ---

    @admin.display(description=gettext_lazy("Request"))
    def request(self, row):
        news = _mark("unread", "✉", _("New message")) if row.has_unread else ""
        return format_html("{}{}{}", row.number, state(row), news)

    @admin.display(description=gettext_lazy("What is asked for"))
    def asked_for(self, row):
        headlines = [one.article.headline for one in row.requested.all()]
        shown = format_html_join("", "<li>{}</li>", ((one,) for one in headlines[:MOST_HEADLINES]))
        left = len(headlines) - MOST_HEADLINES
        more = ngettext("and %d more", "and %d more", left) % left if left > 0 else ""
        exclusive = format_html('<span class="exclusive">{}</span>', _("exclusive"))
        return format_html(
            '<span class="use">{} {}</span><ul class="headlines">{}</ul><small>{}</small>',
            use_name(Use(row.use)),
            exclusive if row.is_exclusive else "",
            shown,
            more,
        )

    @admin.display(description=gettext_lazy("Who asks"))
    def asked_by(self, row):
        if row.erased_at:
            return format_html("<em>{}</em>", _("Erased"))
        country = country_name(row.outlet_country) if row.outlet_country else ""
        told = " · ".join(filter(None, [row.get_requester_kind_display(), country]))
        return format_html(
            "{}<small>{}</small><small>{}</small>",
            row.outlet or row.requester_name,
            row.requester_name if row.outlet else "",
            told,
        )

    @admin.display(description=gettext_lazy("Answer promised"))
    def promise(self, row):
        day = row.promised_by
        shown = date_format(day, "SHORT_DATE_FORMAT") if day else "—"
        return format_html(
            "{}{}<small>{}</small>",
            shown,
            promise_sign(row, at=timezone.now()),
            age(row, at=timezone.now()),
        )

    @admin.display(description=gettext_lazy("Owner"))
    def held_by(self, row):
        owner = name_of(row.owner) if row.owner else _("Nobody")
        if row.status != RequestStatus.RECEIVED or not row.may_take:
            return owner
        address = reverse("admin:licensing_permissionrequest_move", args=[row.pk, "review"])
        return format_html(
            '{} <button type="submit" class="button take" formaction="{}" '
            'aria-label="{}">{}</button>',
            owner,
            address,
            _("Take %(number)s") % {"number": row},
            _("Take"),
        )

    @admin.display(description=gettext_lazy("Next step"))
    def step(self, row):
        found = next_step(row, at=timezone.now())
        fee = quoted(row)
        return format_html(
            '<span class="{}">{}</span><small>{}</small>',
            _step_class(found),
            found.words,
            _("Quoted: %(fee)s") % {"fee": fee} if fee else "",
        )


def _step_class(step) -> str:
    if step.is_pressing:
        return "step step-pressing"
    return "step step-ours" if step.is_ours else "step"


def state(row):
    """The status with its sign."""
    return format_html(
        '<span class="status request-{}"><span aria-hidden="true">{}</span> {}</span>',
        row.status,
        SIGNS[row.status],
        row.get_status_display(),
    )


def _mark(name: str, sign: str, words: str):
    return format_html(
        '<span class="mark mark-{}"><span aria-hidden="true">{}</span> {}</span>', name, sign, words
    )


def promise_sign(row, *, at):
    """“⚠ 3 days late”, “Today”, “in 2 days”; nothing where nothing is owed."""
    if row.promised_by is None or row.status not in OURS_TO_DO:
        return ""
    days = (row.promised_by - timezone.localdate(at)).days
    if days < 0:
        said = ngettext("%d day late", "%d days late", -days) % -days
        return _mark("late", "⚠", said)
    if days == 0:
        return _mark("today", "!", _("Today"))
    return _mark("left", "", ngettext("in %d day", "in %d days", days) % days)


def age(row, *, at) -> str:
    """“Asked 5 days ago”."""
    days = (timezone.localdate(at) - timezone.localdate(row.received_at or row.created_at)).days
    if days <= 0:
        return _("Asked today")
    return ngettext("Asked %d day ago", "Asked %d days ago", days) % days


def tabs(request) -> list[dict]:
    """What can be looked at, with how much there is of what is open, up to a thousand."""
    rows, parts = PermissionRequest.objects.all(), parts_of_queue(request.user)
    counts = {name: capped(rows.filter(part)) for name, part in parts.items()}
    asked = {name: request.GET.get(name, "") for name in ("turn", "owner", "late")}
    turn = asked["turn"] or ("all" if request.GET.get("q") else "ours")
    return [
        _tab(label, wanted, counts.get(counted), {**asked, "turn": turn})
        for label, wanted, counted in TABS
    ]


TABS = [
    # Without a question, so that a search from there looks through all.
    (TURNS["ours"], {}, "ours"),
    (gettext_lazy("Late"), {"turn": "ours", "late": "1"}, "late"),
    (gettext_lazy("Mine"), {"turn": "ours", "owner": "me"}, "mine"),
    (gettext_lazy("Nobody's"), {"turn": "ours", "owner": "nobody"}, "nobodys"),
    (TURNS["theirs"], {"turn": "theirs"}, "theirs"),
    *((label, {"turn": name}, "") for name, label in list(TURNS.items())[2:]),
]


def _tab(label, wanted: dict, counted: tuple[int, bool] | None, asked: dict) -> dict:
    base = reverse("admin:licensing_permissionrequest_changelist")
    return {
        "label": label,
        "url": f"{base}?{urlencode(wanted)}" if wanted else base,
        "counted": counted,
        "is_here": asked == {"turn": "ours", "owner": "", "late": "", **wanted},
        "is_alarm": bool(counted and counted[0]) and "late" in wanted,
    }
