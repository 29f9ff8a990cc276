"""The clock looks at pages that say they link here: copies are registered, mentions are not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from licensing.copies import mentions
from licensing.models import Crosspost, FoundBy, Outcome, Webmention
from tests.factories.articles import make_author, make_live_article
from tests.licensing.compliance import outlets, the_pump

pytestmark = pytest.mark.django_db
MENTION = f"<p>I read {the_pump.LINK} and thought of my village.</p>"
OUTLETS = {
    "copies": (outlets.page(the_pump.complying()), Outcome.COPY),
    "mentions": (outlets.page(MENTION), Outcome.MENTION),
    "does-not-link": (
        outlets.page(the_pump.complying().replace("house.example", "other.example")),
        Outcome.MENTION,
    ),
    "is-not-there": (outlets.page("<p>Nothing", status=404), Outcome.NOTHING),
    "leads-inward": (
        outlets.leads_to(lambda door: "http://169.254.169.254/latest/"),
        Outcome.NOTHING,
    ),
}


@pytest.fixture
def pump(people, settings):
    settings.SITE_URL = "https://house.example"
    return make_live_article(
        people=people,
        authors=[make_author(the_pump.AUTHOR)],
        headline=the_pump.HEADLINE,
        slug="the-pump",
        body=the_pump.body(),
    )


def make_mention(article, name: str, url: str) -> Webmention:
    at = timezone.now()
    return Webmention.objects.create(
        article=article, source=url, source_key=name, received_at=at, look_at=at
    )


def test_a_copy_is_put_on_the_register_and_nothing_else_is(pump, monkeypatch):
    found = {}
    # What a test can be told of stands at a port that no outlet would have.
    monkeypatch.setattr(
        mentions.webmentions,
        "declare",
        lambda article, **told: found.update(told) or (article, True),
    )
    with outlets.open_town({name: how for name, (how, _what) in OUTLETS.items()}) as town:
        rows = {name: make_mention(pump, name, town.url(name)) for name in OUTLETS}
        made = mentions.make(guard=town.guard)
    assert (made.copies, made.others, made.failed) == (1, len(OUTLETS) - 1, 0)
    for name, (_how, outcome) in OUTLETS.items():
        rows[name].refresh_from_db()
        assert (name, rows[name].outcome) == (name, outcome)
        assert (rows[name].look_at is None) == (outcome is not Outcome.NOTHING)
    assert found["url"].startswith("http://copies.") and found["found_by"] == FoundBy.WEBMENTION


def test_what_is_recorded_as_a_copy_is_declared(pump):
    row = make_mention(pump, "copy", "https://outlet.example/pump/")
    mentions.webmentions.record(row, Outcome.COPY, at=timezone.now())
    copy = Crosspost.objects.get()
    assert (copy.url, copy.found_by, copy.status) == (row.source, "webmention", "declared")


def test_nobody_looks_for_ever(pump, monkeypatch):
    row = make_mention(pump, "gone", "https://outlet.example/pump/")
    monkeypatch.setattr(mentions, "look", lambda *args, **told: Outcome.NOTHING)
    at = timezone.now()
    for _look in range(3):
        at += timedelta(days=1)
        assert mentions.make(now=lambda at=at: at).others == 1
    row.refresh_from_db()
    assert (row.looks, row.look_at) == (3, None)


def test_one_that_breaks_us_keeps_nobody_waiting(pump, monkeypatch, caplog):
    rows = [make_mention(pump, str(place), f"https://o{place}.example/") for place in range(2)]

    def breaks(mention, **told):
        if mention.pk == rows[0].pk:
            raise RecursionError
        return Outcome.MENTION

    monkeypatch.setattr(mentions, "look", breaks)
    made = mentions.make()
    assert (made.failed, made.others, made.has_trouble) == (1, 1, True)
    assert mentions.make(is_stopping=lambda: True).others == 0
