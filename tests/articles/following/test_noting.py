"""What came out is noted once, when readers can first see it, however it came to that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import actions as editing
from articles.following.noting import note
from articles.models import Article, Correction, NewsEntry
from tests.factories import hidden
from tests.factories.articles import make_article, make_live_article

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def noted() -> list[int]:
    return list(NewsEntry.objects.filter(correction=None).values_list("article", flat=True))


def test_an_article_is_noted_once(people):
    article = make_live_article(people=people)
    now = timezone.now()
    assert [note(at=now), note(at=now), note(at=now + DAY)] == [1, 0, 0]
    assert noted() == [article.pk]


def test_a_date_in_the_past_makes_it_no_less_new(people):
    note(at=timezone.now())
    article = make_live_article(people=people, dated=timezone.now() - 4000 * DAY)
    note(at=timezone.now())
    assert noted() == [article.pk]


@pytest.mark.parametrize("kind", hidden.UNKNOWN)
def test_what_nobody_may_see_is_not_noted(people, kind):
    hidden.UNKNOWN[kind](people)
    note(at=timezone.now())
    assert noted() == []


@pytest.mark.parametrize("kind", ["scheduled", "embargoed"])
def test_it_is_noted_when_its_hour_strikes(people, kind):
    article = hidden.UNKNOWN[kind](people)
    note(at=timezone.now() + 2 * DAY)
    assert noted() == [article.pk]


def test_what_is_cleared_at_last_is_noted_then(people):
    article = hidden.carry_ended(people)
    note(at=timezone.now())
    Article.objects.filter(pk=article.pk).update(carry_until=None)
    note(at=timezone.now())
    assert noted() == [article.pk]


def test_what_comes_back_is_no_news(people):
    article = make_live_article(people=people)
    note(at=timezone.now())
    editing.withdraw(article, by=people["managing_editor"], reason="A doubt.")
    note(at=timezone.now())
    editing.reinstate(article, by=people["managing_editor"], reason="Dispelled.")
    note(at=timezone.now())
    assert noted() == [article.pk]


def test_of_several_the_one_that_came_out_last_is_the_newest(people):
    now = timezone.now()
    second = make_live_article(people=people, dated=now - DAY)
    first = make_live_article(people=people, dated=now - 2 * DAY)
    third = make_live_article(people=people, dated=now - 3 * DAY, embargo_until=now - DAY / 2)
    note(at=now)
    assert noted() == [first.pk, second.pk, third.pk]


def test_a_correction_is_noted_once_after_its_article(people):
    article = make_live_article(people=people)
    notice = Correction.objects.create(article=article, text="The bridge has six arches.")
    note(at=timezone.now())
    assert not NewsEntry.objects.filter(correction=notice).exists()
    assert [note(at=timezone.now()), note(at=timezone.now())] == [1, 0]
    assert NewsEntry.objects.latest("pk").correction == notice


def test_a_correction_of_what_is_hidden_is_not_noted(people):
    article = make_article(by=people["editor"])
    Correction.objects.create(article=article, text="Secret.")
    assert note(at=timezone.now()) == 0
