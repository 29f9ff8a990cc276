"""What the newsroom's first page shows of requests, clearances and licences, by permission."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.panels import Count, Panel, Row, counted, register
from licensing import figures
from licensing.admin.clearance_list import ENDS
from licensing.admin.request_queue import TABS
from licensing.models import (
    Clearance,
    ClearanceStatus,
    Complaint,
    Crosspost,
    Grant,
    PermissionRequest,
    Recall,
    Sighting,
)
from licensing.queue import queue_counts
from licensing.rights.vocabulary import Use
from licensing.wording import use_name

MOST_ROWS = 6
# As the list of recalls offers it.
OPEN = {"answered": 0}
# As the list of licences offers it.
GRANTS_END = (30, 90)


@register
def panels_of_rights(user, *, at: datetime) -> Iterator[Panel]:
    """Queues, what ends, and for those who run the desk its figures."""
    if user.has_perm("licensing.view_permissionrequest"):
        yield queue(user, at=at)
        yield ages(at=at)
    if user.has_perm("licensing.acknowledge_complaint"):
        yield complaints(at=at)
    if user.has_perm("licensing.view_recall"):
        yield recalls()
    if user.has_perm("licensing.view_crosspost"):
        yield copies()
    if user.has_perm("licensing.grant_clearance"):
        yield clearances(at=at)
    if user.has_perm("licensing.view_grant"):
        yield grants(at=at)
    if found := list(_figures(user, at=at)):
        yield Panel(
            "rights-figures",
            _("The rights desk in figures"),
            85,
            template="admin/panels/_figures.html",
            shown={"figures": found},
            wide=True,
        )


def _figures(user, *, at: datetime):
    if user.has_perm("licensing.reopen_permissionrequest"):
        yield figures.requests_by_state()
        yield figures.answer_time(at=at)
    if user.has_perm("licensing.revoke_grant"):
        yield figures.grants_by_use()
    if user.has_perm("licensing.change_feeschedule"):
        yield figures.fees(at=at)


def queue(user, *, at: datetime) -> Panel:
    """The tabs of the queue that hold open work, and what was promised first."""
    numbers = queue_counts(user)
    counts = [
        Count(
            str(label),
            numbers[name],
            _requests(**asked),
            is_alarm="late" in asked and numbers[name] > 0,
        )
        for label, asked, name in TABS
        if name
    ]
    waiting = PermissionRequest.objects.ours_to_do().order_by("due_on", "created_at", "pk")
    return Panel(
        "queue",
        _("Permission requests"),
        10,
        counts,
        [_row_of_request(row, at=at) for row in waiting[:MOST_ROWS]],
        empty=_("Nothing waits for you."),
    )


def _row_of_request(row: PermissionRequest, *, at: datetime) -> Row:
    is_late = row.promised_by is not None and row.promised_by < timezone.localdate(at)
    return Row(
        f"{row.number} · {use_name(Use(row.use))}",
        row.get_admin_url(),
        row.outlet or row.requester_name,
        _("promised for %(day)s") % {"day": _day(row.promised_by)} if row.promised_by else "",
        _("Late") if is_late else "",
        "⚠",
    )


def ages(*, at: datetime) -> Panel:
    """How long what waits for us has waited, the late ones marked."""
    return Panel(
        "ages",
        _("Waiting for us, by age"),
        12,
        template="admin/panels/_figures.html",
        shown={"figures": [figures.waiting_by_age(at=at)]},
    )


def complaints(*, at: datetime) -> Panel:
    """What rights holders wait for, and what is kept from readers because of them."""
    waiting = Complaint.objects.ours_to_answer()
    rows = waiting.order_by("promised_by", "pk")
    return Panel(
        "complaints",
        _("Complaints"),
        14,
        [
            counted(_("Waiting for us"), waiting, _complaints(waiting=1)),
            counted(_("Late"), Complaint.objects.late(at), _complaints(late=1), is_alarm=True),
            counted(_("Withheld"), Complaint.objects.withholding(), _complaints(withheld=1)),
        ],
        [
            Row(
                f"{row.number} · {row.get_status_display()}",
                row.get_admin_url(),
                row.holder or row.name,
                _("promised for %(day)s") % {"day": _day(row.promised_by)},
                _("Late") if row.promised_by < timezone.localdate(at) else "",
                "⚠",
            )
            for row in rows[:MOST_ROWS]
        ],
        empty=_("Nobody waits for an answer."),
    )


def recalls() -> Panel:
    """Texts that were put right or taken back, and whose copies nobody has answered for yet."""
    open_ones = Recall.objects.unanswered().with_numbers().select_related("article")
    return Panel(
        "recalls",
        _("Copies to be put right"),
        16,
        [counted(_("Answers are missing"), Recall.objects.unanswered(), _list("recall", OPEN))],
        [
            Row(
                f"{row.get_cause_display()} · {row.article}",
                row.get_admin_url(),
                _("%(open)d not answered, %(answered)d answered")
                % {"open": row.number_open, "answered": row.number_answered},
                _day(timezone.localdate(row.at)),
            )
            for row in open_ones.order_by("-at", "-pk")[:MOST_ROWS]
        ],
        empty=_("Nobody who holds a copy has still to answer."),
    )


def copies() -> Panel:
    """Copies elsewhere that lack something, and hosts on which one seems to stand."""
    amiss = Crosspost.objects.out_of_line()
    newest = amiss.select_related("article").defer("article__body")
    return Panel(
        "copies",
        _("Copies out of line"),
        18,
        [
            counted(
                _("Not in order"),
                amiss,
                _list("crosspost", {"status__exact": "non_compliant"}),
                is_alarm=True,
            ),
            counted(
                _("Nobody told us of"),
                Sighting.objects.open(),
                reverse("admin:licensing_crosspost_seen"),
            ),
        ],
        [
            Row(
                row.outlet or row.host,
                row.get_admin_url(),
                row.article.headline,
                _day(timezone.localdate(row.last_check_at)) if row.last_check_at else "",
            )
            for row in newest.order_by("-declared_at", "-pk")[:MOST_ROWS]
        ],
        empty=_("All copies that we know of are in order."),
    )


def clearances(*, at: datetime) -> Panel:
    """Leave that we hold and that ends soon; and what we still need or wait for."""
    today = timezone.localdate(at)
    granted = Clearance.objects.filter(valid_until__gte=today)
    week, month = (granted.ending_by(today + timedelta(days=days)) for days in ENDS.values())
    needed = Clearance.objects.filter(status=ClearanceStatus.NEEDED)
    asked = Clearance.objects.filter(status=ClearanceStatus.REQUESTED)
    rows = month.select_related("article", "author", "publication", "image")
    return Panel(
        "clearances",
        _("Clearances"),
        46,
        [
            counted(_("Within 7 days"), week, _clearances(ends="week"), is_alarm=True),
            counted(_("Within 30 days"), month, _clearances(ends="soon")),
            counted(_("Needed"), needed, _clearances(status__exact="needed")),
            counted(_("Requested"), asked, _clearances(status__exact="requested")),
        ],
        [
            Row(
                str(row.subject),
                reverse("admin:licensing_clearance_change", args=[row.pk]),
                row.get_basis_display(),
                _("until %(day)s") % {"day": _day(row.valid_until)},
            )
            for row in rows.order_by("valid_until", "pk")[:MOST_ROWS]
        ],
        empty=_("No clearance ends within 30 days."),
    )


def grants(*, at: datetime) -> Panel:
    """Licences that we gave and that end soon."""
    today = timezone.localdate(at)
    soon, later = (
        Grant.objects.ending_between(today, today + timedelta(days=days)) for days in GRANTS_END
    )
    return Panel(
        "grants",
        _("Licences that end"),
        47,
        [
            counted(_("Within 30 days"), soon, _grants(ends=30)),
            counted(_("Within 90 days"), later, _grants(ends=90)),
        ],
        [
            Row(
                f"{row.number} · {use_name(Use(row.use))}",
                reverse("admin:licensing_grant_change", args=[row.pk]),
                row.licensee_outlet or row.licensee_name,
                _("until %(day)s") % {"day": _day(row.valid_until)},
            )
            for row in later.order_by("valid_until", "pk")[:MOST_ROWS]
        ],
        empty=_("No licence ends within 90 days."),
    )


def _day(day) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _requests(**asked) -> str:
    return _list("permissionrequest", asked)


def _complaints(**asked) -> str:
    return _list("complaint", asked)


def _clearances(**asked) -> str:
    return _list("clearance", asked)


def _grants(**asked) -> str:
    return _list("grant", asked)


def _list(model: str, asked: dict) -> str:
    address = reverse(f"admin:licensing_{model}_changelist")
    return f"{address}?{urlencode(asked)}" if asked else address
