"""What waits on the desks of the newsroom: drafts sent back, the week ahead."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles import tempo
from articles.models import ArticleEvent, Status

DAYS = 7


def sent_back(articles):
    """Those of ``articles`` (a QuerySet) that are drafts again, with something to be done."""
    returned = ArticleEvent.objects.filter(article=OuterRef("pk"), move="send_back")
    return articles.filter(Exists(returned), status=Status.DRAFT)


def due_this_week(articles, *, at: datetime):
    """Those of ``articles`` (a QuerySet) that come out from now to the end of the seventh day."""
    return articles.due_between(at, end_of_week(at))


def end_of_week(at: datetime) -> datetime:
    """When the last of seven days ends, today being the first."""
    return tempo.begins(timezone.localdate(at) + timedelta(days=DAYS))
