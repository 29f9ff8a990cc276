"""Whatever changes a feed, the hub is promised to be told of it, and of no other."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import actions
from articles.models import AnnouncedArticle, Article, HubPing
from articles.websub import duties, promises
from tests.factories import hidden
from tests.factories.articles import make_author, make_live_article, make_publication
from tests.factories.headings import make_region, make_report

DAY = timedelta(days=1)


@pytest.fixture
def hub(settings, db):
    """A hub that knows how everything stands."""
    settings.SITE_URL = "https://house.example"
    settings.WEBSUB_HUB = "https://hub.example/"
    strike()
    HubPing.objects.update(due_at=None)


def strike(at=None) -> set[str]:
    """The clock strikes; the addresses promised since are returned, and counted as told."""
    before = set(HubPing.objects.exclude(due_at=None).values_list("topic", flat=True))
    duties.note_changed_feeds(at=at or timezone.now())
    promised = set(HubPing.objects.exclude(due_at=None).values_list("topic", flat=True)) - before
    HubPing.objects.update(due_at=None)
    return {topic.removeprefix("https://house.example") for topic in promised}


def feeds(*listings) -> set[str]:
    """The feeds of these listings in every format, and those in which everything stands."""
    return {
        f"{listing}feed.{ending}"
        for listing in ("/", "/articles/", *listings)
        for ending in ("rss", "atom", "json")
    }


def test_a_new_hub_is_told_that_we_are_here_and_nothing_of_what_stands(people, settings):
    settings.SITE_URL, settings.WEBSUB_HUB = "https://house.example", "https://hub.example/"
    make_live_article(people=people)
    hidden.draft(people)
    assert strike() == feeds("/corrections/")
    assert AnnouncedArticle.objects.count() == 1
    assert strike() == set()


def test_without_a_hub_nothing_is_looked_at(people, settings):
    make_live_article(people=people)
    for settings.SITE_URL, settings.WEBSUB_HUB in (
        ("", "https://hub.example/"),
        ("https://a.b", ""),
    ):
        duties.note_changed_feeds(at=timezone.now())
    assert not HubPing.objects.exists()
    assert not AnnouncedArticle.objects.exists()


def test_publishing_is_told_to_every_listing_the_article_stands_in(people, hub):
    wide = make_region()
    within = make_region(parent=wide)
    author, outlet = make_author(), make_publication()
    article = make_live_article(people=people, authors=[author], originating_publication=outlet)
    article.regions.add(within)
    article.tags.add("tides")
    report = make_report(articles=[article])
    assert strike() == feeds(
        f"/authors/{author.slug}/",
        f"/publications/{outlet.slug}/",
        f"/publications/{article.publication.slug}/",
        f"/regions/{wide.slug}/",
        f"/regions/{within.slug}/",
        f"/reports/{report.slug}/",
        "/tags/tides/",
    )
    assert strike() == set()


def revised(article, people):
    Article.objects.filter(pk=article.pk).update(headline="Another headline")
    article.refresh_from_db()
    actions.revise(article, by=people["editor"], at=timezone.now() + timedelta(seconds=1))


def corrected(article, people):
    article.corrections.create(text="It was the other quay.", kind="correction")


def withdrawn(article, people):
    actions.withdraw(article, by=people["managing_editor"], reason="Wrong.")


def no_longer_carried(article, people):
    Article.objects.filter(pk=article.pk).update(carry_until=timezone.now() - DAY)


@pytest.mark.parametrize("change", [revised, corrected, withdrawn, no_longer_carried])
def test_every_change_is_told_once(people, hub, change):
    author = make_author()
    other = make_live_article(people=people)
    article = make_live_article(
        people=people,
        authors=[author],
        publication=other.publication,
        dated=timezone.now() - 9 * DAY,
    )
    strike()
    change(article, people)
    notices = ["/corrections/"] if change is corrected else []
    publication = f"/publications/{article.publication.slug}/"
    assert strike() == feeds(f"/authors/{author.slug}/", publication, *notices)
    assert strike() == set()


def test_the_feed_of_notices_is_told_when_a_text_with_one_goes_or_gets_another_headline(
    people, hub
):
    article = make_live_article(people=people)
    corrected(article, people)
    strike()
    for change in (revised, withdrawn):
        change(article, people)
        assert "/corrections/feed.atom" in strike()


def test_a_notice_that_follows_another_and_a_text_that_comes_back_are_told(people, hub):
    article = make_live_article(people=people)
    article.corrections.create(text="Sorry.", kind="correction")
    strike()
    article.corrections.create(text="Sorry, again.", kind="correction")
    assert strike() >= feeds()
    withdrawn(article, people)
    strike()
    actions.reinstate(article, by=people["managing_editor"], reason="Right after all.")
    assert strike() >= feeds()


@pytest.mark.parametrize("make", [hidden.scheduled, hidden.embargoed])
def test_an_hour_that_strikes_is_told_though_nobody_did_anything(people, hub, make):
    make(people)
    assert strike() == set()
    assert strike(timezone.now() + 2 * DAY) >= feeds()


def test_a_right_that_ends_is_told_though_the_clock_stood_still(people, hub):
    article = make_live_article(people=people)
    strike()
    Article.objects.filter(pk=article.pk).update(carry_until=timezone.now() + DAY)
    assert strike() == set()
    assert strike(timezone.now() + 30 * DAY) >= feeds()


@pytest.mark.parametrize("make", hidden.UNKNOWN.values(), ids=hidden.UNKNOWN)
def test_what_is_hidden_is_told_to_nobody(people, hub, make):
    make(people)
    assert strike() == set()


def test_a_listing_that_an_article_has_left_is_told_too(people, hub):
    article = make_live_article(people=people)
    former, present = make_region(), make_region()
    article.regions.add(former)
    strike()
    article.regions.set([present])
    revised(article, people)
    assert strike() >= feeds(f"/regions/{former.slug}/", f"/regions/{present.slug}/")


def test_a_report_tells_what_joins_it_what_moves_in_it_and_what_leaves_it(people, hub):
    first, second = (make_live_article(people=people) for _ in range(2))
    report = make_report(articles=[first])
    strike()
    feed = feeds(f"/reports/{report.slug}/")
    entry = report.entries.create(article=second, position=7)
    assert strike() >= feed
    report.entries.filter(pk=entry.pk).update(position=0)
    assert strike() >= feed
    entry.delete()
    assert strike() >= feed
    assert strike() == set()


def test_an_address_in_any_script_is_told_however_long_it_is(people, hub):
    article = make_live_article(people=people)
    strike()
    region = make_region(slug="潮" * 200)
    article.regions.add(region)
    revised(article, people)
    told = {topic for topic in strike() if topic.startswith("/regions/")}
    assert len(told) == 3 and all(len(topic) > 1800 for topic in told)


def test_many_changes_come_a_few_at_a_stroke_and_none_is_lost(people, hub, monkeypatch):
    monkeypatch.setattr(promises, "AT_A_STROKE", 2)
    for _ in range(5):
        make_live_article(people=people)
    told = [bool(strike()) for _ in range(4)]
    assert told == [True, True, True, False]
    assert AnnouncedArticle.objects.count() == 5


def test_what_shared_caches_may_still_hold_is_not_told_yet(people, hub):
    with time_machine.travel(timezone.now(), tick=False):
        make_live_article(people=people)
        now = timezone.now()
        duties.note_changed_feeds(at=now)
        assert not HubPing.objects.due(now + timedelta(seconds=59)).exists()
        assert HubPing.objects.due(now + timedelta(seconds=60)).exists()
