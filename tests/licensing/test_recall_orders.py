"""Takings, changes, notices and endings in any order: whoever holds a copy of what was wrong is
told once of each cause, and nobody else. A short book of its own says who that is.
"""

from collections import Counter
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from articles import actions as newsroom
from articles.models import Article
from licensing.actions import crossposts, grants, recalls
from licensing.models import Grant, Recall, RecalledCopy
from tests.factories.articles import make_live_article
from tests.factories.crossposts import make_crosspost
from tests.factories.partners import fetch, make_partner
from tests.factories.recalls import TEXT, put_right, rewrite, taken_by
from tests.factories.takings import free_for_community_sites

pytestmark = pytest.mark.django_db
PARTNER = "a partner"
PEOPLE = ("ines", "noor", "olu")
TAKES = [*(("take", who) for who in PEOPLE), ("fetch", "")]
ENDINGS = [(act, who) for act in ("revoke", "post", "take down") for who in PEOPLE]
TEXTS = [(act, "") for act in ("rewrite", "rewrite", "polish")]
CAUSES = [(act, "") for act in ("notice", "notice", "notice", "retract")]


def some(steps, most: int, least: int = 0):
    return st.lists(st.sampled_from(steps), min_size=least, max_size=most)


# Something is taken, changed, taken again and told of; in between anything may end.
ROUNDS = st.lists(
    st.tuples(
        some(TAKES, 2, 1),
        some([*TEXTS, *ENDINGS], 2),
        some([*TAKES, *TAKES, *ENDINGS], 2),
        some(CAUSES, 1, 1),
        some([*TAKES, *ENDINGS, ("tell", "")], 2),
    ),
    min_size=1,
    max_size=3,
)


@dataclass
class Held:
    """A licence in the book."""

    who: str
    text: int
    counts: bool = True
    stands: bool = False


@dataclass
class Book:
    """What a person with pencil and paper would write down. A text's number grows as it changes."""

    text: int = 0
    is_due: bool = False
    held: list[Held] = field(default_factory=list)
    # The text that the partner's feed gave last.
    fed: int | None = None
    # (the text that is right or None, how many licences there were, the partner), not told yet.
    causes: list[tuple[int | None, int, set[str]]] = field(default_factory=list)
    told: Counter = field(default_factory=Counter)

    def cause(self, right: int | None) -> None:
        is_fed = self.fed is not None and (right is None or self.fed < right)
        partner = {PARTNER} if is_fed else set()
        if partner or self._concerned(right, len(self.held)):
            self.causes.append((right, len(self.held), partner))

    def tell(self) -> None:
        for right, bound, partner in self.causes:
            self.told.update(partner | self._concerned(right, bound))
        self.causes = []

    def _concerned(self, right: int | None, bound: int) -> set[str]:
        return {
            one.who
            for one in self.held[:bound]
            if (one.counts or one.stands) and (right is None or one.text < right)
        }


class Play:
    """Plays the steps, in the rows and in the book."""

    def __init__(self, article: Article, people):
        self.article, self.people, self.book = article, people, Book()
        self.grants: dict[str, Grant] = {}
        self.copies: dict[str, object] = {}
        self.partner = make_partner(outlet=PARTNER)

    def play(self, act: str, who: str) -> None:
        getattr(self, f"_{act.replace(' ', '_')}")(who)

    def _held(self, who: str) -> Held:
        return [one for one in self.book.held if one.who == who][-1]

    def _take(self, who):
        # Taken again it is the licence that stands.
        if who not in self.grants:
            self.grants[who] = taken_by(who, self.article)
            self.book.held.append(Held(who, self.book.text))

    def _fetch(self, _who):
        fetch(self.partner)
        self.book.fed = self.book.text

    def _revoke(self, who):
        if who in self.grants:
            by = self.people["rights_manager"]
            grants.revoke(self.grants.pop(who), by=by, reason="Sold on.")
            self._held(who).counts = False
            self.copies.pop(who, None)

    def _post(self, who):
        if who in self.grants and who not in self.copies:
            self.copies[who] = make_crosspost(self.article, grant=self.grants[who])
            self._held(who).stands = True

    def _take_down(self, who):
        if who in self.copies:
            crossposts.mark_gone(self.copies.pop(who), by=self.people["rights_desk"])
            self._held(who).stands = False

    def _rewrite(self, _who):
        self.book.text += 1
        rewrite(self.article, by=self.people["editor"], year=1900 + self.book.text)
        self.book.is_due = True

    def _polish(self, _who):
        row = Article.objects.get(pk=self.article.pk)
        row.tags.add(f"tag-{row.revisions.count()}")
        newsroom.revise(row, by=self.people["editor"])

    def _notice(self, _who):
        put_right(self.article, by=self.people["editor"])
        self.book.cause(self.book.text if self.book.is_due else None)
        self.book.is_due = False

    def _retract(self, _who):
        put_right(self.article, by=self.people["editor"], kind="retraction")
        self.book.cause(None)
        self.book.is_due = False

    def _tell(self, _who):
        while Recall.objects.unfinished().exists():
            recalls.tell_some(at=timezone.now(), most=2)
        self.book.tell()


def told() -> Counter:
    """Who got how many letters, from the rows."""
    rows = RecalledCopy.objects.filter(told_at__isnull=False).select_related("grant", "partner")
    return Counter(
        copy.grant.licensee_name.lower() if copy.grant else copy.partner.outlet for copy in rows
    )


@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rounds=ROUNDS)
@example(rounds=[([("fetch", "")], [("rewrite", "")], [], [("notice", "")], [("fetch", "")])])
@example(rounds=[([("take", "ines")], [("rewrite", "")], [("take", "noor")], [("notice", "")], [])])
def test_everyone_who_holds_what_was_wrong_is_told_and_nobody_else(people, rounds):
    steps = [step for one in rounds for part in one for step in part]
    with transaction.atomic():
        free_for_community_sites()
        article = make_live_article(people=people, body=TEXT.format(year=1900))
        play = Play(article, people)
        for act, who in [*steps, ("tell", "")]:
            play.play(act, who)
        assert told() == play.book.told
        transaction.set_rollback(True)
