"""One writes at a time, as long as their tab tells of itself."""

from datetime import timedelta

from django.utils import timezone

from articles import presence
from articles.models import Editing
from tests.factories.articles import make_article

NOW = timezone.now()
LATER = NOW + timedelta(seconds=61)


def test_who_comes_second_is_told_who_writes_until_that_tab_is_silent(people):
    article = make_article(by=people["contributor"])
    first, second = people["editor"], people["managing_editor"]
    presence.claim(article, by=first, key="a", at=NOW)
    soon = NOW + timedelta(seconds=20)
    held = presence.claim(article, by=second, key="b", at=soon)
    assert (held.user, held.key) == (first, "a")
    said = presence.in_words(held, by=second, at=soon)
    assert said.startswith("editor is editing this since ")
    assert said.endswith("last active 20 seconds ago.")
    assert presence.claim(article, by=second, key="b", at=LATER).key == "b"
    assert presence.stay(article, by=first, key="a", at=LATER).user == second


def test_ones_own_other_window_gives_way_and_is_no_colleague(people):
    article = make_article(by=people["contributor"])
    presence.claim(article, by=people["editor"], key="a", at=NOW)
    held = presence.claim(article, by=people["editor"], key="b", at=NOW)
    assert (held.key, held.since) == ("b", NOW)
    assert presence.stay(article, by=people["editor"], key="a", at=NOW).key == "b"
    assert presence.colleague(article, by=people["editor"], at=NOW) is None


def test_who_is_taken_over_from_is_named_and_who_leaves_is_gone(people):
    article = make_article(by=people["contributor"])
    presence.claim(article, by=people["editor"], key="a", at=NOW)
    before = presence.take_over(article, by=people["managing_editor"], key="b", at=NOW)
    assert before == people["editor"]
    assert presence.stay(article, by=people["editor"], key="a", at=NOW).key == "b"
    presence.leave(article, by=people["editor"], key="b")
    assert Editing.objects.count() == 1
    presence.leave(article, by=people["managing_editor"], key="b")
    assert presence.holder(article, at=NOW) is None
