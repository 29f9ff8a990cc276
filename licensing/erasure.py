"""How long we keep who asked or complained, and whose time is over; record and figures stay."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.outbox.duties import KEPT_FOR as MAIL_KEPT_FOR
from cms.workflows.moves import Reasons
from licensing.models import (
    Complaint,
    ComplaintStatus,
    Grant,
    GrantEvent,
    Invoice,
    PermissionRequest,
    RequestStatus,
)
from licensing.models.request import OPEN

UNSETTLED = (RequestStatus.HELD, *OPEN)
# Nobody waits for anybody.
ENDED = (ComplaintStatus.REJECTED, ComplaintStatus.CLOSED)


def unconfirmed_kept() -> timedelta:
    """After a request lapsed whose address nobody confirmed."""
    return timedelta(days=settings.UNCONFIRMED_KEPT_DAYS)


def requests_kept() -> timedelta:
    """After a request was settled without a licence."""
    return timedelta(days=settings.REQUESTS_KEPT_DAYS)


def grants_kept() -> timedelta:
    """After a licence ended: bills and contracts have to be kept."""
    return timedelta(days=settings.GRANTS_KEPT_DAYS)


def complaints_kept() -> timedelta:
    """After a complaint ended: a dispute may come back to it."""
    return timedelta(days=settings.COMPLAINTS_KEPT_DAYS)


def complaint_kept_for() -> str:
    """What we say about it to whoever complains."""
    said = _(
        "Your data are erased %(time)s after the matter has ended and nothing is withheld because "
        "of it any more."
    )
    return said % {"time": _span(settings.COMPLAINTS_KEPT_DAYS)}


def kept_for() -> list[str]:
    """What we say about it to whoever asks, in sentences."""
    return [
        ngettext(
            "If you do not confirm your address, what you typed is erased %d day after the "
            "request has lapsed.",
            "If you do not confirm your address, what you typed is erased %d days after the "
            "request has lapsed.",
            settings.UNCONFIRMED_KEPT_DAYS,
        )
        % settings.UNCONFIRMED_KEPT_DAYS,
        _("If you get no licence, your data are erased %(time)s after your request has ended.")
        % {"time": _span(settings.REQUESTS_KEPT_DAYS)},
        _(
            "If you get a licence, we have to keep it and its invoice: your data are erased "
            "%(time)s after the licence has ended."
        )
        % {"time": _span(settings.GRANTS_KEPT_DAYS)},
        ngettext(
            "Our own copies of letters are deleted after %d day.",
            "Our own copies of letters are deleted after %d days.",
            MAIL_KEPT_FOR.days,
        )
        % MAIL_KEPT_FOR.days,
        _("Write to us, and we erase your data sooner where the law lets us."),
    ]


def _span(days: int) -> str:
    """“2 years”, “90 days”."""
    years, rest = divmod(days, 365)
    if years and not rest:
        return ngettext("%d year", "%d years", years) % years
    return ngettext("%d day", "%d days", days) % days


# --- Whose time is over -----------------------------------------------------------------------


def due(*, at: datetime) -> QuerySet[PermissionRequest]:
    """The requests whose personal data are to be erased at ``at``."""
    settled = PermissionRequest.objects.filter(erased_at=None, settled_at__isnull=False).exclude(
        status__in=UNSETTLED
    )
    nobodys = Q(received_at=None, settled_at__lte=at - unconfirmed_kept())
    old = Q(settled_at__lte=at - requests_kept())
    ended = Q(settled_at__lte=at - grants_kept())
    recent = GrantEvent.objects.filter(
        grant__permission_request=OuterRef("pk"), at__gt=at - grants_kept()
    )
    return settled.filter(
        (~_with_contract() & (nobodys | old)) | (ended & ~_binding() & ~Exists(recent))
    )


def complaints_due(*, at: datetime) -> QuerySet[Complaint]:
    """The complaints whose personal data are to be erased at ``at``."""
    since = at - complaints_kept()
    ended = Complaint.objects.filter(status__in=ENDED, moved_at__lte=since, erased_at=None)
    # Who still writes, or is written to, is not forgotten in the middle of it.
    silent = ended.exclude(messages__sent_at__gt=since)
    return silent.exclude(pk__in=Complaint.objects.withholding().values("pk"))


def what_keeps(complaint: Complaint) -> Reasons:
    """Why whoever complained may not be forgotten yet; empty: they may."""
    if complaint.status not in ENDED:
        return [_("It is not decided yet.")]
    if complaint.is_withholding:
        return [_("Something is withheld because of it.")]
    return []


def _with_contract() -> Exists | Q:
    of_it = {"permission_request": OuterRef("pk")}
    return Q(Exists(Grant.objects.filter(**of_it))) | Q(Exists(Invoice.objects.filter(**of_it)))


def _binding() -> Q:
    return Q(Exists(Grant.objects.binding().filter(permission_request=OuterRef("pk"))))


def what_hinders(permission_request: PermissionRequest, *, at: datetime) -> Reasons:
    """Why nobody may be forgotten yet, however much they wish to be; empty: they may."""
    if permission_request.status in UNSETTLED:
        return [_("It is not settled yet: decline or withdraw it first.")]
    if permission_request.grants.binding().exists():
        return [_("Its licence still counts.")]
    latest = GrantEvent.objects.filter(grant__permission_request=permission_request)
    ends = [event.at for event in latest.order_by("-at")[:1]]
    ends += [bill.issued_at for bill in permission_request.invoices.order_by("-issued_at")[:1]]
    if ends and max(ends) > at - grants_kept():
        day = date_format(localdate(max(ends) + grants_kept()))
        return [_("Licences and bills have to be kept: until %(day)s.") % {"day": day}]
    return []
