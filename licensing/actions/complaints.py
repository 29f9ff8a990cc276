"""What is done with complaints: heard, answered, upheld, countered, closed, restored.

Whatever is upheld leaves the public pages in the transaction of the move, and comes back in that
of the move which lifts it. Names never go into the record of events.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Image
from cms.workflows.actions import MoveNotAllowed, TooLate, perform
from licensing import complaint_letters, complaint_links, copyholders, gate, numbers
from licensing.actions import deliveries, recalls, steps
from licensing.complaint_workflow import ACKNOWLEDGE, COMPLAINT
from licensing.letters import can_be_sent_to
from licensing.models import (
    Complaint,
    ComplaintEvent,
    ComplaintLink,
    ComplaintMessage,
    ComplaintStatus,
    ComplaintSubject,
    CounterNotice,
    Delivery,
)
from licensing.models.complaint import Side

OTHER_SIDE = "The other side"
MOST_MESSAGES_A_DAY = 20
MOST_SUBJECTS = 50


# --- What rights holders do -------------------------------------------------------------------


@transaction.atomic
def submit(
    *,
    articles: Iterable[Article] = (),
    pictures: Iterable[Image] = (),
    at: datetime | None = None,
    **told,
) -> Complaint:
    """A rights holder's notice, heard at once. Raises ValidationError."""
    at = at or timezone.now()
    complaint = Complaint(received_at=at, moved_at=at, promised_by=_promised(at), **told)
    complaint.full_clean(exclude=["number"])
    # The number is taken late: others wait for it.
    complaint.number = numbers.next_number(numbers.COMPLAINT, at=at)
    complaint.save()
    _set_subjects(complaint, articles, pictures)
    key = f"complaint-{complaint.pk}-received"
    complaint_letters.tell(complaint, "notice_received", key=key, at=at)
    complaint_letters.tell_desk(complaint, "received", key=f"{key}-desk")
    return complaint


@transaction.atomic
def message(complaint: Complaint, *, text: str, at: datetime | None = None) -> ComplaintMessage:
    """The complainant writes on the secret link. Raises MoveNotAllowed."""
    at = at or timezone.now()
    # Of many who write at once each is counted.
    Complaint.objects.select_for_update().get(pk=complaint.pk)
    today = complaint.messages.filter(by=None, sent_at__date=timezone.localdate(at))
    if today.count() >= MOST_MESSAGES_A_DAY:
        raise MoveNotAllowed([_("That is enough for one day. Please write again tomorrow.")])
    said = _say(complaint, text=text, by=None, at=at)
    key = f"complaint-message-{said.pk}"
    complaint_letters.tell_desk(complaint, "message", key=key, message=said)
    return said


# --- What the desk does -----------------------------------------------------------------------


@transaction.atomic
def acknowledge(complaint: Complaint, *, by, at: datetime | None = None) -> ComplaintEvent:
    """Somebody looks at it, and the complainant is told."""
    event = _move(complaint, "acknowledge", by=by, at=at)
    complaint_letters.of_move(complaint, "notice_acknowledged", event)
    return event


@transaction.atomic
def point_to(
    complaint: Complaint, *, articles: Iterable[Article], pictures: Iterable[Image], by
) -> None:
    """Says what it is about, which nobody changes once it is upheld. Raises NotYours."""
    steps.ask(by, ACKNOWLEDGE)
    _hold(complaint)
    open_to_it = (ComplaintStatus.RECEIVED, ComplaintStatus.ACKNOWLEDGED)
    if complaint.status not in open_to_it:
        raise MoveNotAllowed([_("It was decided already.")])
    complaint.subjects.all().delete()
    _set_subjects(complaint, articles, pictures)


@transaction.atomic
def write(complaint: Complaint, *, text: str, by, at: datetime | None = None) -> ComplaintMessage:
    """Writes to whoever complained, with a fresh link. Raises NotYours, MoveNotAllowed."""
    steps.ask(by, ACKNOWLEDGE)
    if complaint.erased_at:
        raise MoveNotAllowed([_("Who complained is forgotten.")])
    at = at or timezone.now()
    said = _say(complaint, text=text, by=by, at=at)
    key = f"complaint-message-{said.pk}"
    complaint_letters.tell(complaint, "notice_message", key=key, at=at, text=said.text, by=by)
    return said


def end_links(complaint: Complaint, *, by, at: datetime | None = None) -> int:
    """Ends the complainant's secret links: one went astray, say. Raises NotYours."""
    steps.ask(by, ACKNOWLEDGE)
    return complaint_links.revoke(complaint, side=Side.COMPLAINANT, at=at or timezone.now())


@transaction.atomic
def invite(
    complaint: Complaint, *, to: str, by, text: str = "", at: datetime | None = None
) -> None:
    """Sends the other side a link on which it may answer. Raises NotYours, MoveNotAllowed."""
    steps.ask(by, ACKNOWLEDGE)
    at = at or timezone.now()
    _hold(complaint)
    if complaint.status != ComplaintStatus.UPHELD:
        raise MoveNotAllowed([_("Only an upheld complaint can be answered by a counter-notice.")])
    if not can_be_sent_to(to):
        raise MoveNotAllowed([_("The contact is not one plain mail address.")])
    complaint_links.revoke(complaint, side=Side.COUNTER, at=at)
    # Each link has a letter of its own, also a second one to the same address.
    key = f"complaint-{complaint.pk}-invited-{complaint.links.count()}"
    complaint_letters.tell(
        complaint, "notice_invited", key=key, at=at, to=to, side=Side.COUNTER, text=text, by=by
    )


@transaction.atomic
def uphold(complaint: Complaint, *, reason: str, by, at: datetime | None = None) -> ComplaintEvent:
    """It is right: what it is about leaves every public page in this transaction, and whoever
    holds a copy is told.
    """
    _hold(complaint)
    _hold_subjects(complaint)
    # Whoever took a copy while this waited for the rows holds it, too.
    at = at or timezone.now()
    event = _move(complaint, "uphold", by=by, at=at, reason=reason, withheld_at=at, lifted_at=None)
    _refresh(complaint, at=at)
    _recall(complaint, key=f"{complaint.number}-{event.number}", by=by, at=at)
    complaint_letters.of_move(complaint, "notice_upheld", event, text=event.reason)
    return event


@transaction.atomic
def reject(complaint: Complaint, *, reason: str, by, at: datetime | None = None) -> ComplaintEvent:
    """It is not founded; what was withheld because of it comes back."""
    event = _lift(complaint, "reject", by=by, at=at, reason=reason)
    complaint_letters.of_move(complaint, "notice_rejected", event, text=event.reason)
    if event.from_status == ComplaintStatus.COUNTER_NOTICE:
        complaint_letters.to_the_other_side(complaint, "notice_restored", event, event.reason)
    return event


@transaction.atomic
def restore(complaint: Complaint, *, reason: str, by, at: datetime | None = None) -> ComplaintEvent:
    """It is over, and what was withheld comes back."""
    event = _lift(complaint, "restore", by=by, at=at, reason=reason)
    complaint_letters.of_move(complaint, "notice_restored", event, text=event.reason)
    complaint_letters.to_the_other_side(complaint, "notice_restored", event, event.reason)
    return event


@transaction.atomic
def close(complaint: Complaint, *, reason: str, by, at: datetime | None = None) -> ComplaintEvent:
    """It is over; what is withheld stays so."""
    event = _move(complaint, "close", by=by, at=at, reason=reason)
    complaint_letters.of_move(complaint, "notice_closed", event, text=event.reason)
    complaint_letters.to_the_other_side(complaint, "notice_closed", event, event.reason)
    return event


@transaction.atomic
def reopen(complaint: Complaint, *, reason: str, by, at: datetime | None = None) -> ComplaintEvent:
    """It is looked at once more, with a new day for the answer."""
    at = at or timezone.now()
    told = {"promised_by": _promised(at), "withheld_at": None, "lifted_at": None}
    event = _move(complaint, "reopen", by=by, at=at, reason=reason, **told)
    complaint_letters.of_move(complaint, "notice_acknowledged", event)
    return event


# --- What the other side does -----------------------------------------------------------------


@transaction.atomic
def counter(
    complaint: Complaint,
    *,
    text: str,
    name: str,
    contact: str,
    signature: str,
    is_in_good_faith: bool,
    consents: bool,
    by=None,
    at: datetime | None = None,
) -> ComplaintEvent:
    """Why it may stand; it goes to the complainant. Raises MoveNotAllowed, ValidationError."""
    at = at or timezone.now()
    _hold(complaint)
    if complaint.status == ComplaintStatus.COUNTER_NOTICE:
        raise MoveNotAllowed([_("A counter-notice was filed already.")])
    event = _move(complaint, "counter", by=by, at=at, actor=OTHER_SIDE, promised_by=_promised(at))
    notice = CounterNotice(
        complaint=complaint,
        text=text,
        name=name,
        contact=contact,
        signature=signature,
        is_in_good_faith=is_in_good_faith,
        consents=consents,
        by=by,
        filed_at=at,
    )
    notice.full_clean(exclude=["complaint", "by"])
    notice.save()
    said = "\n\n".join([notice.text, f"{notice.name}\n{notice.contact}"])
    complaint_letters.of_move(complaint, "notice_countered", event, text=said)
    complaint_letters.tell_desk(complaint, "counter", key=f"complaint-event-{event.pk}-desk")
    return event


def counter_by_link(link: ComplaintLink, *, at: datetime | None = None, **told) -> ComplaintEvent:
    """As ``counter``, by whoever holds the link. Raises MoveNotAllowed."""
    if link.side != Side.COUNTER or not link.is_open(at):
        raise MoveNotAllowed([_("Only the other side can answer by a counter-notice.")])
    return counter(link.complaint, at=at, **told)


# --- What they share --------------------------------------------------------------------------


def _promised(at: datetime):
    return timezone.localdate(at) + timedelta(days=settings.ANSWER_PROMISED_DAYS)


def _hold(complaint: Complaint) -> None:
    """Holds the row. Raises TooLate where it is no longer where the caller saw it."""
    now = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if (now.status, now.moved_at) != (complaint.status, complaint.moved_at):
        said = _("Somebody else moved “%(row)s” first. Look again.")
        raise TooLate([said % {"row": complaint}])
    complaint.refresh_from_db()


def _move(
    complaint: Complaint, name: str, *, by, at, reason="", actor="", **changes
) -> ComplaintEvent:
    at = at or timezone.now()
    _hold(complaint)
    facts = {
        "articles": [one.article_id for one in complaint.subjects.all() if one.article_id],
        "pictures": [one.image_id for one in complaint.subjects.all() if one.image_id],
    }
    return perform(
        complaint,
        COMPLAINT,
        name,
        by=by,
        at=at,
        reason=reason,
        actor="" if by else actor,
        facts={name: keys for name, keys in facts.items() if keys},
        moved_at=at,
        **changes,
    )


def _lift(complaint: Complaint, name: str, *, by, at, reason: str) -> ComplaintEvent:
    """A move after which nothing is withheld because of this complaint."""
    at = at or timezone.now()
    _hold(complaint)
    if not complaint.is_withholding:
        return _move(complaint, name, by=by, at=at, reason=reason)
    _hold_subjects(complaint)
    event = _move(complaint, name, by=by, at=at, reason=reason, lifted_at=at)
    _refresh(complaint, at=at)
    return event


def _hold_subjects(complaint: Complaint) -> None:
    """Whoever publishes what it is about, or is given a copy of it, comes before or after, never in
    between.
    """
    keys = {one.article_id for one in complaint.subjects.all() if one.article_id}
    for image in _pictures(complaint):
        keys |= copyholders.holding_picture(image)
        keys.update(gate.showing(image).values_list("pk", flat=True))
    rows = Article.objects.filter(pk__in=keys).order_by("pk").select_for_update()
    list(rows.values_list("pk"))
    # All that feeds gave of it at once: asked about picture by picture, it would be held out of
    # order, and a visit and this could wait for each other.
    deliveries.ask_again(Delivery.objects.filter(article__in=keys))


def _pictures(complaint: Complaint) -> QuerySet[Image]:
    return Image.objects.filter(complaints__complaint=complaint).order_by("pk")


def _recall(complaint: Complaint, *, by, at: datetime, key: str) -> None:
    """Whoever holds a copy of what is withheld takes it down, or a picture out of it."""
    about = Article.objects.filter(complaints__complaint=complaint).order_by("pk")
    for article in about:
        recalls.withhold(article, key=key, by=by, at=at)
    for image in _pictures(complaint):
        rows = Article.objects.filter(pk__in=copyholders.holding_picture(image))
        for article in rows.exclude(pk__in=about.values("pk")).order_by("pk"):
            recalls.withhold_picture(image, article, key=key, by=by, at=at)


def _refresh(complaint: Complaint, *, at: datetime) -> None:
    """Writes down until when all that it is about is carried."""
    at = max(at, timezone.now())
    keys = complaint.subjects.filter(article__isnull=False).values("article")
    gate.refresh_articles(Article.objects.filter(pk__in=keys), at=at)
    for image in _pictures(complaint).select_for_update(of=("self",)):
        gate.refresh_picture(image, at=at)


def _set_subjects(complaint: Complaint, articles, pictures) -> None:
    rows = [ComplaintSubject(complaint=complaint, article=one) for one in articles]
    rows += [ComplaintSubject(complaint=complaint, image=one) for one in pictures]
    if len(rows) > MOST_SUBJECTS:
        raise MoveNotAllowed([_("At most %d articles and pictures, please.") % MOST_SUBJECTS])
    ComplaintSubject.objects.bulk_create(rows)


def _say(complaint: Complaint, *, text: str, by, at: datetime) -> ComplaintMessage:
    said = ComplaintMessage(complaint=complaint, text=text.strip(), by=by, sent_at=at)
    try:
        said.full_clean(exclude=["complaint", "by"])
    except ValidationError as fault:
        raise MoveNotAllowed(fault.messages) from fault
    said.save()
    return said
