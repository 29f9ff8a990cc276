"""The demo's recall: a text that three republishers hold is put right; one answers on the page, one
by telephone, one not yet. A copy that nobody took a licence for is listed beside them.
"""

from datetime import datetime

from django.utils import timezone

from articles import actions, correcting
from articles.models import Article
from licensing.actions import crossposts, recalls
from licensing.actions.taking import take
from licensing.models import Crosspost, FoundBy, Recall, RecallAnswer, RecalledCopy
from licensing.republication import offered
from licensing.rights.vocabulary import Use

WRONG, RIGHT = "some 35 would exist", "some 38 would exist"
NOTICE = "An earlier version put what would exist only in the shadow at 35 gigawatts. It is 38."
COPY = "https://klitten-blog.example/wind/"
HOLDERS = (
    ("Sanne Vos", "sanne@duin-en-wind.example", "Duin en Wind", "en"),
    ("Karl Petersen", "karl@kuestenbote.example", "Küstenbote", "de"),
    ("Aileen Muir", "aileen@north-quay.example", "North Quay", "en"),
)


class DemoRecalls:
    """Entered through the same verbs as an editor's, a holder's and a colleague's work."""

    def __init__(self, *, people: dict, now: datetime):
        self.people = people
        self.now = now

    def load(self, found: dict[str, Article]) -> None:
        """``found``: articles by key. Does nothing where anything was recalled before."""
        if Recall.objects.exists():
            return
        article, at = found["wind-shadow"], timezone.now()
        for name, email, outlet, language in HOLDERS:
            self._taken(article, at, name=name, email=email, outlet=outlet, language=language)
        copy, _is_new = crossposts.declare(article, url=COPY, found_by=FoundBy.WEBMENTION, at=at)
        # Nobody looks at what does not exist.
        Crosspost.objects.filter(pk=copy.pk).update(next_check_at=None)
        self._put_right(article)
        recalls.tell_some(at=timezone.now())
        self._answered()

    def _taken(self, article: Article, at: datetime, **who) -> None:
        accepted = offered(article, Use.COMMUNITY_WEB, at=at).key
        kind = "non_commercial"
        take(article, use=Use.COMMUNITY_WEB, kind=kind, accepted=accepted, at=at, **who)

    def _put_right(self, article: Article) -> None:
        row, by = Article.objects.get(pk=article.pk), self.people["editor"]
        row.body = row.body.replace(WRONG, RIGHT)
        row.save(update_fields=["body"])
        revision = actions.revise(row, by=by)
        correcting.correct(row, by=by, kind="correction", text=NOTICE, revision=revision)

    def _answered(self) -> None:
        copies = RecalledCopy.objects.select_related("recall", "grant")
        heard = {copy.grant.licensee_name: copy for copy in copies if copy.grant}
        recalls.answer(heard["Sanne Vos"], answer=RecallAnswer.PUT_RIGHT)
        recalls.answer(
            heard["Karl Petersen"],
            answer=RecallAnswer.REMOVED,
            by=self.people["rights_desk"],
            note="By telephone.",
        )
