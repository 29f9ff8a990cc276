"""What is done about copies that are no longer as they should be: recalled, told, reminded of,
answered for.

A recall is written down with its cause; ``tell_some`` finds its holders afterwards, some at a time,
so that nobody waits for ten thousand letters.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Image, Revision
from cms.workflows.actions import MoveNotAllowed
from licensing import copyholders, recall_letters
from licensing.actions import crossposts, steps
from licensing.compliance.schedule import OUT_OF_LINE
from licensing.models import (
    Crosspost,
    Delivery,
    GrantedArticle,
    Recall,
    RecallAnswer,
    RecallCause,
    RecalledCopy,
)
from licensing.models.recall import GONE
from licensing.recall_words import Said, said_of

logger = logging.getLogger(__name__)

# What a stroke of the clock writes of letters: a few seconds of work.
MOST_AT_A_STROKE = 200
MOST_RECALLS = 20
# So long after they were told holders are reminded.
REMINDERS = (timedelta(days=3), timedelta(days=7))
RECORDS = "licensing.change_recall"


class NobodyTold(Exception):
    """Every letter of a recall failed: the fault is not with its holders."""


@transaction.atomic
def recall(
    article: Article,
    *,
    cause: str,
    key: str,
    notice: str = "",
    revision: Revision | None = None,
    image: Image | None = None,
    by=None,
    at: datetime | None = None,
) -> Recall | None:
    """Writes down that copies of ``article`` are no longer as they should be; None where nobody
    is known to hold one. To be called in the transaction of its cause, which ``key`` names.

    ``revision`` put it right; without one every copy so far is concerned. With ``image`` only those
    are that it went along with.
    """
    at = at or timezone.now()
    # Whoever takes a copy, or is given one, comes before or after, never in between.
    rows = Article.objects.select_for_update(no_key=True).filter(pk=article.pk)
    list(rows.values_list("pk"))
    told = {"right": revision, "image": image}
    # Their feeds will give them another: what each of them holds is written down now.
    given = list(copyholders.delivered(article, **told).select_related("partner").order_by("pk"))
    is_held = given or copyholders.granted(article, since=at, at=at, **told).exists()
    if not (is_held or _addresses(article, revision, image, since=at).exists()):
        return None
    newest = GrantedArticle.objects.filter(article=article).aggregate(newest=Max("pk"))["newest"]
    found, is_new = Recall.objects.get_or_create(
        key=key,
        defaults={
            "article": article,
            "cause": RecallCause(cause),
            "revision": revision,
            "image": image,
            "notice": notice,
            "at": at,
            "by": by,
            "left_below": (newest or 0) + 1,
        },
    )
    if is_new:
        RecalledCopy.objects.bulk_create(_of_partner(found, row) for row in given)
        # What became of it is seen once its holders have had time.
        crossposts.look_by(article, at=at + OUT_OF_LINE)
    return found


def withhold(article: Article, *, key: str, notice: str = "", by=None, at=None) -> Recall | None:
    """An upheld complaint keeps ``article`` from readers: whoever holds a copy takes it down, too.

    In the transaction of the decision. ``key`` names the complaint, such as “complaint-12”.
    """
    cause = RecallCause.WITHHOLDING
    return recall(article, cause=cause, key=f"{key}-{article.pk}", notice=notice, by=by, at=at)


def withhold_picture(
    image: Image, article: Article, *, key: str, by=None, at=None
) -> Recall | None:
    """As ``withhold``, of a picture: it is taken out of the copies that it went along with."""
    key = f"{key}-{article.pk}-{image.pk}"
    return recall(article, cause=RecallCause.PICTURE, key=key, image=image, by=by, at=at)


def _of_partner(found: Recall, row: Delivery) -> RecalledCopy:
    holder = copyholders.key_of_partner(row.partner)
    told = {"partner": row.partner, "revision_id": row.revision_id}
    return RecalledCopy(recall=found, holder=holder, **told)


def _addresses(
    article: Article, revision: Revision | None, image: Image | None, *, since: datetime
) -> QuerySet[Crosspost]:
    """The copies that the desk is shown. Which pictures stand in them only a look says."""
    rows = copyholders.without_a_licence(article, right=revision, since=since)
    return rows if image is None else rows.none()


# --- Telling ----------------------------------------------------------------------------------


def tell_some(*, at: datetime, most: int = MOST_AT_A_STROKE) -> int:
    """Tells holders of what was recalled, up to ``most`` looked at; returns how many were told.

    A recall that fails keeps nobody else waiting, and is tried again at the next stroke.
    """
    told, left = 0, most
    differences = recall_letters.Differences()
    for found in Recall.objects.unfinished()[:MOST_RECALLS]:
        if left > 0:
            with _going_on("Holders of recall %s were not told", found.pk):
                seen, written = _tell(found, differences, at=at, most=left)
                told, left = told + written, left - seen
    return told


@contextmanager
def _going_on(message: str, key: int) -> Iterator[None]:
    """What goes wrong in here is undone and logged, and the others come next."""
    try:
        with transaction.atomic():
            yield
    except Exception:
        logger.exception(message, key)


def _tell(found: Recall, differences, *, at: datetime, most: int) -> tuple[int, int]:
    rows = Recall.objects.select_for_update(of=("self",)).select_related("article", "image")
    found = rows.get(pk=found.pk)
    said = said_of(found, at=at)
    if found.told_all_at is not None:
        return 0, 0
    if said.is_over or _is_overtaken(found, said):
        # Nobody is asked any more to take down what is back, and nobody twice at once.
        found.copies.filter(partner__isnull=False, told_at=None).delete()
        _finish(found, at=at)
        return 0, 0
    tell = partial(_tell_holder, said=said, differences=differences, at=at)
    # Partners were written down with the cause; few, and told first.
    partners = found.copies.filter(partner__isnull=False).filter(told_at=None, answered_at=None)
    outcomes = list(map(tell, partners.select_related("partner", "revision")))
    rows = _granted(found, at=at, most=most)
    outcomes += [tell(copy) for row in rows if (copy := _copy_of(found, row))]
    if outcomes and set(outcomes) == {None}:
        raise NobodyTold
    found.left_below = rows[-1].pk if len(rows) == most else 0
    Recall.objects.filter(pk=found.pk).update(left_below=found.left_below)
    seen = len(rows)
    if seen < most:
        seen += (listed := _list_addresses(found, most=most - seen))
        if seen < most or not listed:
            _finish(found, at=at)
    return seen, outcomes.count(True)


def _is_overtaken(found: Recall, said: Said, **told) -> bool:
    """Whether a later recall, of those that ``told`` names, has the text taken down."""
    later = Recall.objects.filter(article=found.article_id, cause__in=GONE, pk__gt=found.pk)
    return not said.is_public and later.filter(**told).exists()


def _granted(found: Recall, *, at: datetime, most: int) -> list[GrantedArticle]:
    """Those still to be told, the newest first: of one person's licences that is the one named."""
    told = {"right": found.revision, "image": found.image}
    rows = copyholders.granted(found.article, since=found.at, at=at, **told)
    rows = rows.filter(pk__lt=found.left_below).order_by("-pk")
    return list(rows.select_related("grant__permission_request", "revision")[:most])


def _copy_of(found: Recall, row: GrantedArticle) -> RecalledCopy | None:
    """Whoever holds ``row``; None where the same person was met before."""
    holder = copyholders.key_of_licensee(row.grant)
    told = {"grant": row.grant, "revision": row.revision}
    copy, is_new = RecalledCopy.objects.get_or_create(recall=found, holder=holder, defaults=told)
    return copy if is_new else None


def _tell_holder(copy: RecalledCopy, *, said: Said, differences, at: datetime) -> bool | None:
    """Whether there was anybody to write to. One whose letter fails (None) keeps no other waiting:
    the desk sees that they were not told.
    """
    with _going_on("The holder of recalled copy %s was not told", copy.pk):
        if recall_letters.tell(copy, said, differences, at=at):
            RecalledCopy.objects.filter(pk=copy.pk).update(told_at=at)
            return True
        return False
    return None


def _list_addresses(found: Recall, *, most: int) -> int:
    """Puts down the copies that nobody can be written to about, for the desk."""
    listed = RecalledCopy.objects.filter(recall=found, crosspost__isnull=False)
    rows = _addresses(found.article, found.revision, found.image, since=found.at)
    rows = list(rows.exclude(pk__in=listed.values("crosspost")).order_by("pk")[:most])
    RecalledCopy.objects.bulk_create(
        RecalledCopy(recall=found, crosspost=row, holder=copyholders.key_of_copy(row))
        for row in rows
    )
    return len(rows)


def _finish(found: Recall, *, at: datetime) -> None:
    Recall.objects.filter(pk=found.pk, told_all_at=None).update(told_all_at=at)


def remind_some(*, at: datetime, most: int = MOST_AT_A_STROKE) -> int:
    """Writes again to those who have not answered; returns how many were reminded."""
    reminded = 0
    differences = recall_letters.Differences()
    for number, wait in reversed(list(enumerate(REMINDERS, start=1))):
        silent = RecalledCopy.objects.to_be_reminded(number=number, told_before=at - wait)
        rows = silent.select_related(
            "recall__article", "recall__image", "grant__permission_request", "partner", "revision"
        )
        for copy in rows[: most - reminded]:
            with _going_on("The holder of recalled copy %s was not reminded", copy.pk):
                still = RecalledCopy.objects.open().filter(pk=copy.pk, reminders__lt=number)
                said = said_of(copy.recall, at=at)
                is_over = said.is_over or _is_overtaken(
                    copy.recall, said, copies__holder=copy.holder
                )
                if still.update(reminders=number) and not is_over:
                    told = {"number": number, "at": at}
                    reminded += recall_letters.remind(copy, said, differences, **told)
    return reminded


# --- Answering --------------------------------------------------------------------------------


@transaction.atomic
def answer(
    copy: RecalledCopy, *, answer: str, by=None, note: str = "", at: datetime | None = None
) -> bool:
    """What the holder did, as they say on their page, or as a colleague (``by``) heard it.

    Earlier recalls of the article are answered with it, and what stands elsewhere is looked at
    again. Returns False where it was answered before. Raises NotYours, MoveNotAllowed.
    """
    at = at or timezone.now()
    if by is not None:
        steps.ask(by, RECORDS)
    if answer not in RecallAnswer.values:
        raise MoveNotAllowed([_("Say what was done with the copy.")])
    told = {"answered_at": at, "answer": answer, "answered_by": by, "note": note.strip()}
    try:
        RecalledCopy._meta.get_field("note").clean(told["note"], None)
    except ValidationError as fault:
        raise MoveNotAllowed(fault.messages) from fault
    if not RecalledCopy.objects.open().filter(pk=copy.pk).update(**told):
        copy.refresh_from_db()
        return False
    copy.refresh_from_db()
    found = copy.recall
    earlier = RecalledCopy.objects.open().filter(
        recall__article=found.article_id, recall__at__lte=found.at, holder=copy.holder
    )
    is_of_picture = found.image_id and said_of(found, at=at).cause == RecallCause.PICTURE
    if answer == RecallAnswer.PUT_RIGHT or (answer == RecallAnswer.NOT_USED and is_of_picture):
        # Whoever took a picture out has not put the text right, and the other way round; who never
        # used it may well have used the text.
        earlier = earlier.filter(recall__image=found.image_id)
    earlier.update(**told)
    _look_again(copy, at=at)
    return True


def _look_again(copy: RecalledCopy, *, at: datetime) -> None:
    """What was said of a copy is seen on the copy."""
    copies = copyholders.known_copies(copy)
    copies.filter(Q(next_check_at=None) | Q(next_check_at__gt=at)).update(next_check_at=at)
