"""The doors of partners: one token, one feed, in four formats; every other token answers alike."""

import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date
from jsonschema import Draft202012Validator

from articles import actions
from cms.limits.models import Attempt
from licensing.actions import partners
from licensing.models import Delivery, Partner
from tests.factories.articles import make_live_article
from tests.factories.partners import a_manager, address, fetched, make_partner
from tests.factories.takings import free_for_community_sites
from tests.feed_readers import check_atom, check_json, check_rss, found, parsed

pytestmark = pytest.mark.django_db
TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
    "ninjs.json": "application/json; charset=utf-8",
}
SCHEMA = Path(__file__).parents[2] / "data" / "ninjs_3_1.json"
ODD = ["\x00", "x" * 10_000, "%00", "..", "é", "'; DROP TABLE", "feed", "0" * 43]


@pytest.fixture
def articles(people):
    """One that stands, and one that was given and is withdrawn."""
    cache.clear()
    free_for_community_sites()
    body = "<p>The pilots read the <em>water</em>.</p>"
    return [
        make_live_article(people=people, headline=headline, body=body, standfirst="By hand.")
        for headline in ("Tide tables & <such>", "The lamplighter")
    ]


@pytest.fixture
def partner(people, articles):
    """A partner who was given both."""
    partner = make_partner(outlet="Harbour & Post")
    fetched(partner)
    actions.withdraw(
        articles[1], by=people["managing_editor"], reason="Made up.", notice="It was invented."
    )
    return partner


def gone(articles) -> str:
    return f"tag:testserver,2026:article/{articles[1].pk}"


# --- Formats ----------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["rss", "atom"])
def test_feedparser_reads_the_whole_text_its_credit_and_its_rights(partner, articles, ending):
    answer = fetched(partner, ending)
    assert answer["Content-Type"] == TYPES[ending]
    {"rss": check_rss, "atom": check_atom}[ending](answer.content)
    read = parsed(answer.content)
    assert read.feed.title.endswith("Harbour & Post")
    (entry,) = read.entries
    assert entry.title == "Tide tables & <such>" and entry.summary == "By hand."
    assert entry.link == f"http://testserver/articles/{articles[0].slug}/"
    (content,) = entry.content
    assert "<em>water</em>" in content.value and entry.link in content.value
    assert "cross-post this article on a community site" in entry.rights


@pytest.mark.parametrize("ending", ["rss", "atom"])
def test_what_is_taken_back_stands_there_as_a_tombstone(partner, articles, ending):
    tree = {"rss": check_rss, "atom": check_atom}[ending](fetched(partner, ending).content)
    (tombstone,) = found(tree, "//at:deleted-entry")
    assert tombstone.get("ref") == gone(articles) and tombstone.get("when")
    assert found(tombstone, "at:comment/text()") == ["It was invented."]


def test_json_feed_says_what_is_usable_and_what_is_cancelled(partner, articles):
    said = check_json(fetched(partner, "json").content)
    usable, cancelled = said["items"]
    assert usable["_imprimatur_partner"]["pubstatus"] == "usable"
    assert "<em>water</em>" in usable["content_html"]
    assert cancelled["id"] == gone(articles) and "content_html" not in cancelled
    assert cancelled["_imprimatur_partner"]["pubstatus"] == "canceled"


def test_ninjs_is_what_the_schema_knows_as_a_whole_and_item_by_item(partner, articles):
    answer = fetched(partner, "ninjs.json")
    assert answer["Content-Type"] == TYPES["ninjs.json"]
    said = json.loads(answer.content)
    schema = Draft202012Validator(json.loads(SCHEMA.read_text()))
    assert list(schema.iter_errors(said)) == []
    usable, cancelled = said["associations"]
    assert (said["type"], usable["pubStatus"], cancelled["pubStatus"]) == (
        "composite", "usable", "canceled",
    )  # fmt: skip
    assert usable["representationType"] == "full" and "bodies" not in cancelled
    assert any("<em>water</em>" in one["value"] for one in usable["bodies"])
    assert usable["usageTerms"] and usable["copyrightNotice"]
    # The item has the address and the name under which it was given.
    assert cancelled["uri"] == f"http://testserver/articles/{articles[1].slug}/"
    assert cancelled["altIds"] == [{"role": "permanent", "value": gone(articles)}]


def test_a_feed_with_nothing_in_it_is_a_feed(people):
    partner = make_partner()
    for ending, check in {"rss": check_rss, "atom": check_atom, "json": check_json}.items():
        check(fetched(partner, ending).content)
    said = json.loads(fetched(partner, "ninjs.json").content)
    schema = Draft202012Validator(json.loads(SCHEMA.read_text()))
    assert list(schema.iter_errors(said)) == []


def test_pages_go_on_by_key_until_everything_was_given(people, articles, monkeypatch):
    monkeypatch.setattr("licensing.partners.contents.ENTRIES", 2)
    for number in range(3):
        make_live_article(people=people, headline=f"No. {number}")
    partner, url, titles = make_partner(), None, []
    while True:
        answer = Client().get(url or address(partner))
        said = check_json(answer.content)
        titles += [item["title"] for item in said["items"]]
        if not (url := said.get("next_url")):
            break
        assert f'<{url}>; rel="next"' in answer["Link"]
        url = url.removeprefix("http://testserver")
    assert len(titles) == len(set(titles)) == 5 == Delivery.objects.filter(partner=partner).count()
    for wrong in ("x", "0~0", "2026-01-01T00:00:00+00:00~99999999999999999999"):
        assert fetched(partner, query=f"before={wrong}").status_code == 404


# --- Who has the newest -----------------------------------------------------------------------


@pytest.mark.parametrize("ending", TYPES)
def test_whoever_has_the_newest_is_told_so_and_nothing_is_written(partner, ending):
    first = fetched(partner, ending)
    fetched(partner, ending)
    before = list(Delivery.objects.order_by("pk").values())
    headers = {"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}
    for asked in headers:
        answer = Client().get(address(partner, ending), headers=asked)
        assert (answer.status_code, answer.content) == (304, b"")
        assert "no-store" in answer["Cache-Control"] and answer["ETag"] == first["ETag"]
    assert list(Delivery.objects.order_by("pk").values()) == before
    cache.clear()
    assert fetched(partner, ending, **headers[0]).status_code == 304
    head = Client().head(address(partner, ending))
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])


@pytest.mark.parametrize("ending", TYPES)
def test_who_asks_by_date_alone_hears_of_what_is_taken_back(people, articles, ending):
    partner = make_partner()
    fetched(partner, ending)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        actions.withdraw(
            articles[0], by=people["managing_editor"], reason="Made up.", notice="Gone."
        )
        known = {"If-Modified-Since": http_date(timezone.now().timestamp() - 60)}
        for _twice in range(2):
            answer = Client().get(address(partner, ending), headers=known)
            assert answer.status_code == 200 and b"Tide tables" not in answer.content


def test_who_comes_back_within_a_minute_is_answered_in_one_query(partner):
    known = {"If-None-Match": fetched(partner)["ETag"]}
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(address(partner), headers=known)
    assert (answer.status_code, len(captured)) == (304, 1)
    assert answer["ETag"] == known["If-None-Match"] and "no-store" in answer["Cache-Control"]
    # Of another list it says nothing.
    assert Client().get(address(partner, "rss"), headers=known).status_code == 200


def test_two_partners_who_bear_their_tokens_share_an_address_and_nothing_else(partner):
    other = make_partner(outlet="Another")
    tokens = [{"Authorization": f"Bearer {one.token}"} for one in (partner, other)]
    first, second = (Client().get("/partners/feed.json", headers=one) for one in tokens)
    assert "Harbour & Post" in json.loads(first.content)["title"]
    assert "Another" in json.loads(second.content)["title"]
    assert "Authorization" in first["Vary"]
    assert partner.token not in first.content.decode()
    again = {"If-Modified-Since": first["Last-Modified"]} | tokens[0]
    assert Client().get("/partners/feed.json", headers=again).status_code == 304


# --- Tokens -----------------------------------------------------------------------------------


def test_the_answer_is_nobody_elses_to_keep_and_says_nothing_of_its_address(partner):
    for ending in TYPES:
        answer = fetched(partner, ending)
        assert "private" in answer["Cache-Control"] and "no-store" in answer["Cache-Control"]
        assert "public" not in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "Access-Control-Allow-Origin" not in answer and "Set-Cookie" not in answer
        assert 'rel="hub"' not in answer["Link"] and "hub" not in answer.content.decode()


def test_no_token_that_is_nobodys_can_be_told_from_another(partner):
    replaced = partner.token
    token = partners.give_address(partner, by=a_manager())
    off = make_partner()
    partners.switch_off(off, by=a_manager())
    answers = [
        Client().get(f"/partners/{one}/feed.json")
        for one in (replaced, off.token, f"{token}x", token[:-1], "0" * 43, "x" * 9000)
    ]
    answers.append(Client().get("/partners/feed.json"))
    answers.append(Client().get("/partners/feed.json", headers={"Authorization": "Basic eDp5"}))
    assert {answer.status_code for answer in answers} == {404}
    bodies = {
        answer.content.replace(answer.request["PATH_INFO"].encode(), b"") for answer in answers
    }
    assert len(bodies) == 1
    assert Client().get(f"/partners/{token}/feed.json").status_code == 200
    for wrong in ("xml", "ninjs", "json/"):
        assert Client().get(f"/partners/{token}/feed.{wrong}").status_code == 404


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_nothing_that_is_asked_breaks_it(partner, odd):
    assert Client().get(f"/partners/{odd}/feed.json").status_code == 404
    bearer = odd.encode("ascii", "ignore").decode().replace("\x00", "")
    borne = {"Authorization": f"Bearer {bearer}"}
    assert Client().get("/partners/feed.json", headers=borne).status_code == 404
    for name in ("before", "region", "language", "from", "x"):
        answer = Client().get(address(partner), {name: odd})
        assert answer.status_code in (200, 404), name


def test_only_reading_is_possible(partner):
    for ask in (Client().post, Client().put, Client().delete):
        assert ask(address(partner)).status_code == 405


def test_whoever_guesses_is_stopped_and_the_partner_beside_him_is_not(partner, settings):
    settings.PARTNER_GUESSES_PER_ADDRESS_AN_HOUR = 3
    answers = [Client().get(f"/partners/{number}/feed.rss") for number in range(5)]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert fetched(partner).status_code == 200
    assert not any(partner.token in str(row) for row in Attempt.objects.values())


def test_no_log_and_no_row_keeps_a_token(partner, caplog):
    with caplog.at_level(logging.DEBUG):
        fetched(partner)
        Client().post(address(partner))
    kept = [str(list(model.objects.values())) for model in (Partner, Delivery)]
    assert not any(partner.token in one for one in kept)
    partner.refresh_from_db()
    assert partner.last_seen == timezone.localdate()
