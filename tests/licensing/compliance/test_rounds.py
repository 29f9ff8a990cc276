"""The clock's round: every outlet gets the right finding, and none breaks or blocks the worker."""

from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
from django.utils import timezone

from licensing.actions import counting
from licensing.compliance import checks, rounds
from licensing.models import Crosspost, CrosspostStatus
from tests.factories.articles import make_author, make_image, make_live_article
from tests.factories.crossposts import make_crosspost, make_grant_of
from tests.factories.terms import granted, make_rules, make_terms, make_terms_for_the_site
from tests.licensing.compliance import outlets, the_pump

CONDITIONS = (
    *("acknowledge_source", "name_author", "show_copyright", "link_original"),
    *("whole_article", "no_edits", "canonical", "noindex", "no_paywall", "keep_pixel"),
)


@pytest.fixture
def pump(people, settings):
    """Our text, under terms that ask for all that can be seen."""
    settings.SITE_URL = "https://house.example"
    terms = make_terms(rules=make_rules(community_web=granted(*CONDITIONS)))
    make_terms_for_the_site(terms)
    return make_live_article(
        people=people,
        authors=[make_author(the_pump.AUTHOR)],
        headline=the_pump.HEADLINE,
        slug="the-pump",
        copyright_holders=the_pump.AUTHOR,
        copyright_year=2026,
        standfirst=the_pump.STANDFIRST,
        body=the_pump.body(),
        featured_image=make_image(key=UUID(the_pump.KEY), rights_category="agency"),
    )


@pytest.fixture
def grant(pump, people, monkeypatch):
    monkeypatch.setattr(counting, "new_key", lambda: the_pump.PIXEL)
    return make_grant_of(pump, people=people)


def settle_down(town, article, grant, names) -> dict[str, Crosspost]:
    """A copy at each outlet, declared under the name that the town has for it."""
    found = {}
    for name in names:
        url = f"http://{name}.outlet.example{outlets.PATH}"
        crosspost = make_crosspost(article, grant=grant, url=url)
        Crosspost.objects.filter(pk=crosspost.pk).update(url=town.url(name))
        found[name] = crosspost
    return found


def test_each_outlet_gets_what_it_deserves_and_none_breaks_or_blocks_the_worker(
    pump, grant, monkeypatch
):
    monkeypatch.setattr(rounds, "MOST_AT_A_STROKE", len(outlets.OUTLETS))
    expected = {name: (why, found) for name, (_how, why, found) in outlets.OUTLETS.items()}
    with outlets.open_town({name: how for name, (how, *_rest) in outlets.OUTLETS.items()}) as town:
        copies = settle_down(town, pump, grant, outlets.OUTLETS)
        at = timezone.now()
        made = rounds.make(now=lambda: at, guard=town.guard, seconds=3)
    assert (made.failed, made.seen + made.unseen) == (0, len(copies))
    seen = {}
    for name, crosspost in copies.items():
        check = crosspost.checks.get()
        seen[name] = (check.failure, [finding["code"] for finding in check.findings])
        crosspost.refresh_from_db()
        why, found = seen[name]
        status = CrosspostStatus.NON_COMPLIANT if found else CrosspostStatus.VERIFIED
        if why:
            status = CrosspostStatus.GONE if why == "gone" else CrosspostStatus.DECLARED
        assert (name, crosspost.status) == (name, status)
        assert (crosspost.next_check_at is None) == (why == "gone")
    assert seen == expected
    assert town.agents == {"Imprimatur (+https://house.example)"}
    assert {name for name, path in town.asked if path != "/robots.txt"}.isdisjoint(
        {"keeps-robots-out"}
    )


def test_who_publishes_too_soon_or_too_late_by_the_day_on_the_page_is_found(people, settings):
    settings.SITE_URL = "https://house.example"
    published = timezone.now() - timedelta(days=10)
    window = granted("link_original", not_before_hours=48, only_within_days=5)
    make_terms_for_the_site(make_terms(rules=make_rules(community_web=window)))
    article = make_live_article(
        people=people,
        dated=published,
        headline=the_pump.HEADLINE,
        slug="the-pump",
        body=the_pump.body(),
    )
    expected = {
        # As if they named our day as theirs.
        "has-our-day": (0, []),
        "is-early": (1, [("too_early", False)]),
        "is-in-time": (3, []),
        "is-late": (7, [("too_late", True)]),
    }
    town = {
        name: outlets.page(the_pump.posted(published + timedelta(days=days)))
        for name, (days, _found) in expected.items()
    }
    with outlets.open_town(town) as town:
        copies = settle_down(town, article, None, expected)
        rounds.make(guard=town.guard)
    for name, (_days, found) in expected.items():
        seen = [(row["code"], row["due"]) for row in copies[name].checks.get().findings]
        assert (name, seen) == (name, found)


def test_a_copy_that_breaks_us_keeps_nobody_waiting(pump, grant, monkeypatch, caplog):
    whole = {"complies": outlets.page(the_pump.complying()), "breaks-us": outlets.page("<p>x")}
    look = checks.look

    def breaking(url, **told):
        if "breaks-us" in url:
            raise RecursionError
        return look(url, **told)

    monkeypatch.setattr(checks, "look", breaking)
    with outlets.open_town(whole) as town:
        copies = settle_down(town, pump, grant, ["breaks-us", "complies"])
        made = rounds.make(guard=town.guard)
    assert (made.seen, made.failed, made.has_trouble) == (1, 1, True)
    assert "could not be looked at" in caplog.text
    broken = Crosspost.objects.get(pk=copies["breaks-us"].pk)
    assert broken.next_check_at > timezone.now() + timedelta(hours=23)


def test_of_one_outlet_one_copy_is_looked_at_and_a_stroke_has_its_bounds(pump, grant, monkeypatch):
    for number in range(3):
        make_crosspost(pump, grant=grant, url=f"https://many.example/{number}/")
        make_crosspost(pump, grant=grant, url=f"https://one-{number}.example/")
    asked = []
    gone = checks.Seen(checks.fetch.Fetched("no_answer"))
    monkeypatch.setattr(checks, "look", lambda url, **told: asked.append(url) or gone)
    assert rounds.make(is_stopping=lambda: True).unseen == 0
    monkeypatch.setattr(rounds, "MOST_AT_A_STROKE", 3)
    assert rounds.make().unseen == 3
    assert rounds.make().unseen == 1 + 1
    assert sum("many.example" in url for url in asked) == 2
    assert rounds.make().unseen == 1
    assert rounds.make().unseen == 0


def test_a_stroke_that_took_long_begins_nothing_more(pump, grant, monkeypatch):
    for _number in range(3):
        make_crosspost(pump, grant=grant)
    gone = checks.Seen(checks.fetch.Fetched("no_answer"))
    monkeypatch.setattr(checks, "look", lambda url, **told: gone)
    monkeypatch.setattr(rounds, "AT_A_TIME", 1)
    clock = (timezone.now() + number * rounds.LONGEST_STROKE / 6 for number in count())
    assert rounds.make(now=lambda: next(clock)).unseen == 2


def test_an_outlet_with_more_copies_than_are_read_at_a_time_keeps_nobody_waiting(pump, monkeypatch):
    at = timezone.now()
    many = [
        make_crosspost(pump, at=at, url=f"https://many.example/{number}/") for number in "abcde"
    ]
    others = [make_crosspost(pump, at=at + timedelta(minutes=1)) for _number in range(3)]
    monkeypatch.setattr(rounds, "WAITING", 2)
    due = rounds._due(at + timedelta(hours=1))
    assert due == [many[0].pk, *(row.pk for row in others)]
    monkeypatch.setattr(rounds, "MOST_AT_A_STROKE", 2)
    assert rounds._due(at + timedelta(hours=1)) == due[:2]


def test_of_two_clocks_one_looks(pump, grant, monkeypatch):
    make_crosspost(pump, grant=grant)
    at = timezone.now()
    keys = rounds._due(at)
    assert len(rounds._claimed(iter(keys), at=at)) == 1
    assert rounds._claimed(iter(keys), at=at) == []
