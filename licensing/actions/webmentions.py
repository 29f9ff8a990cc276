"""How a webmention is taken in, and what a look at the page makes of it.

It is taken in at once and looked at later, by the clock: whoever sends one cannot make us fetch
anything while they wait. What is not a copy is forgotten after a while.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from articles.models import Article
from licensing.actions.crossposts import declare
from licensing.copies import addresses
from licensing.models import Crosspost, FoundBy, Outcome, Webmention

# The same page may tell the same once more, not more often than this.
REST = timedelta(hours=1)
KEPT = timedelta(days=30)
# After a look that saw nothing the next one waits so long; then nobody looks any more.
AGAIN = (timedelta(hours=1), timedelta(hours=12))


@transaction.atomic
def receive(article: Article, *, source: str, at: datetime) -> None:
    """Notes that the page at ``source`` says to link to ``article``. Raises NoAddress.

    Nothing is noted of a copy that is known already.
    """
    told, key = addresses.tidy(source), addresses.key(source)
    if Crosspost.objects.filter(article=article, url_key=key).exists():
        return
    row, is_new = Webmention.objects.get_or_create(
        article=article,
        source_key=key,
        defaults={"source": told, "received_at": at, "look_at": at},
    )
    if not is_new:
        rested = Webmention.objects.filter(pk=row.pk, look_at=None, received_at__lte=at - REST)
        rested.update(received_at=at, look_at=at, looks=0, outcome=Outcome.WAITING)


@transaction.atomic
def record(mention: Webmention, outcome: Outcome, *, at: datetime) -> None:
    """What a look came to; a copy is put on the register, and the checker looks at it next."""
    rows = Webmention.objects.filter(pk=mention.pk)
    if outcome is Outcome.COPY:
        try:
            declare(mention.article, url=mention.source, found_by=FoundBy.WEBMENTION, at=at)
        except ValidationError:
            outcome = Outcome.NOTHING
    is_over = outcome is not Outcome.NOTHING or mention.looks >= len(AGAIN)
    look_at = None if is_over else at + AGAIN[mention.looks]
    rows.update(outcome=outcome, look_at=look_at, looks=F("looks") + 1)


def forget(*, at: datetime) -> None:
    """Throws away what is over and old."""
    Webmention.objects.filter(received_at__lt=at - KEPT, look_at=None).delete()
