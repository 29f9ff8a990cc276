"""What is done with notices of ours: sent once, and the answer kept."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import withheld
from articles.models import Article
from cms.outbox.actions import enqueue
from cms.workflows.actions import MoveNotAllowed
from licensing import numbers, own_notices
from licensing.actions import steps
from licensing.letters import can_be_sent_to
from licensing.models import CrosspostCheck, OwnNotice
from licensing.request_letters import desk_address, house_of_ours

SEND, ANSWER = "licensing.add_ownnotice", "licensing.change_ownnotice"


@transaction.atomic
def send(
    article: Article,
    *,
    url: str,
    sent_to: str,
    subject: str,
    text: str,
    by,
    evidence: CrosspostCheck | None = None,
    at: datetime | None = None,
) -> OwnNotice:
    """Writes the letter and keeps it as it went out. Raises NotYours, ValidationError or
    MoveNotAllowed.
    """
    steps.ask(by, SEND)
    if not can_be_sent_to(sent_to):
        raise MoveNotAllowed([_("The contact is not one plain mail address.")])
    at, now = at or timezone.now(), timezone.now()
    known = withheld.known_to_readers(Article.objects.filter(pk=article.pk), at=now)
    if not known.exists() or withheld.moments(keys=[article.pk]):
        raise MoveNotAllowed([_("This article is not public.")])
    crosspost = own_notices.copy_at(article, url)
    if evidence and (crosspost is None or evidence.crosspost_id != crosspost.pk):
        evidence = None
    notice = OwnNotice(
        article=article,
        crosspost=crosspost,
        evidence=evidence,
        url=url,
        sent_to=sent_to,
        subject=subject.strip(),
        text=text.strip(),
        sent_at=at,
        sent_by=by,
    )
    notice.full_clean(exclude=["number", "article", "crosspost", "evidence", "sent_by"])
    notice.number = numbers.next_number(numbers.OWN_NOTICE, at=at)
    notice.save()
    enqueue(
        to=sent_to,
        subject=f"{notice.number}: {notice.subject}",
        template="licensing/mail/own_notice",
        context={"notice": notice},
        key=f"own-notice-{notice.pk}",
        reply_to=desk_address(house_of_ours()),
    )
    return notice


@transaction.atomic
def record_answer(notice: OwnNotice, *, answer: str, by, at: datetime | None = None) -> None:
    """Keeps what came back. Raises NotYours, ValidationError or MoveNotAllowed."""
    steps.ask(by, ANSWER)
    held = OwnNotice.objects.select_for_update().get(pk=notice.pk)
    if held.answered_at:
        raise MoveNotAllowed([_("An answer is on record already.")])
    held.answer, held.answered_at = answer.strip(), at or timezone.now()
    held.full_clean(exclude=["article", "crosspost", "evidence", "sent_by"])
    held.save(update_fields=["answer", "answered_at"])
    notice.refresh_from_db()
