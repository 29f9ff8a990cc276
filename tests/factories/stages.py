"""Articles at every point of their way, taken there by the newsroom's own verbs."""

from datetime import timedelta

from django.utils import timezone

from articles import actions
from articles.models import Article
from articles.workflow import EDITORIAL
from cms.workflows.moves import Reason
from tests.factories.articles import make_article

HOUR = timedelta(hours=1)

# Stage → the moves that lead there. "struck" is scheduled, and its hour has come.
WAYS = {
    "draft": [],
    "in_review": ["submit"],
    "approved": ["submit", "approve"],
    "scheduled": ["submit", "approve", "schedule"],
    "struck": ["submit", "approve", "schedule_for_an_hour_ago"],
    "published": ["submit", "approve", "publish"],
    "withdrawn": ["submit", "approve", "publish", "withdraw"],
}


def make_article_at(stage: str, *, people, **fields) -> Article:
    """The contributor's article, as far as ``stage``."""
    article = make_article(by=people["contributor"], **fields)
    for name in WAYS[stage]:
        by = people["contributor"] if name == "submit" else people["managing_editor"]
        if name == "schedule_for_an_hour_ago":
            now = timezone.now()
            actions.schedule(article, by=by, publish_at=now - HOUR, at=now - 2 * HOUR)
        else:
            make_move(article, name, by=by)
    return article


def make_move(article: Article, name: str, *, by, **told):
    """The move of that name, told what it asks for."""
    if EDITORIAL[name].reason == Reason.REQUIRED:
        told.setdefault("reason", "Because it must be.")
    if name == "schedule":
        told.setdefault("publish_at", timezone.now() + HOUR)
    return getattr(actions, name)(article, by=by, **told)
