"""An address handed on: plain links, each whole, each no longer than its network takes."""

from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from articles import sharing
from tests.factories.articles import make_live_article
from tests.factories.whole import make_whole_article, write_house_texts
from tests.reading import soup

URL = "https://house.example/articles/%D8%A7%D9%84/?a=1&b=2"
HARD = "Salt & paper? 100% #1 + “quoted” ملح"


def fields(href: str) -> dict[str, str]:
    return {name: value for name, (value,) in parse_qs(urlsplit(href).query).items()}


def test_every_network_gets_the_whole_address_and_the_headline():
    for network in sharing.networks(HARD, URL):
        told = " ".join(fields(network.href).values())
        assert URL in told, network.name
        if network.name not in ("Facebook", "LinkedIn"):
            assert HARD in told, network.name


def test_headlines_are_cut_to_what_a_network_takes():
    told = {one.name: fields(one.href) for one in sharing.networks("word " * 100, URL)}
    assert len(told["Bluesky"]["text"]) <= 300
    assert len(told["X"]["text"]) <= 280 - 23 - 1
    assert len(told["Reddit"]["title"]) <= 300
    assert len(told["Hacker News"]["t"]) <= 80
    assert told["Hacker News"]["t"].endswith("word…")


def test_a_mail_keeps_its_lines_and_its_address_however_long_the_text_is():
    href = sharing.mailto(HARD, [HARD, "ملح " * 400, "", URL])
    assert len(href) <= 1900
    told = fields(href)
    assert told["subject"] == HARD
    assert told["body"].split("\r\n")[0] == HARD
    assert told["body"].endswith(f"\r\n{URL}")


@pytest.mark.django_db
def test_an_address_that_is_long_leaves_the_headline_whole(client, people):
    article = make_live_article(people=people, headline=HARD, slug="ملح" * 60)
    share = soup(client.get(article.get_absolute_url())).select_one("#share")
    assert share["data-text"] == f"{HARD} http://testserver{article.get_absolute_url()}"


@given(st.text(max_size=400), st.lists(st.text(max_size=400), max_size=6))
def test_no_text_breaks_a_mail_or_adds_a_header_to_it(subject, lines):
    href = sharing.mailto(subject, lines)
    told = parse_qs(urlsplit(href).query)
    assert set(told) <= {"subject", "body"}
    message = EmailMessage()
    message["Subject"] = told.get("subject", [""])[0]


@given(st.text(max_size=60), st.integers(2, 60))
def test_a_cut_text_is_never_longer(text, limit):
    assert len(sharing.cut(text, limit)) <= limit


@pytest.mark.django_db
def test_the_text_for_a_list_says_what_who_where_when_and_what_may_be_done(client, people):
    write_house_texts()
    article = make_whole_article(people)
    page = soup(client.get(article.get_absolute_url()))
    text = page.select_one("#share-list").get_text().lstrip("\n")
    blocks = text.split("\n\n")
    assert blocks[:3] == [
        "Who Keeps the Tide Tables\nA book nobody signs, and everybody needs.",
        "By Ada Brook and Ben Cole\nThe House Review, 4 May 2021",
        "http://testserver/articles/tide-tables/",
    ]
    assert "http://testserver/articles/tide-tables/rights/" in blocks[3]


@pytest.mark.django_db
def test_every_link_away_is_plain_and_tells_nobody_where_it_came_from(client, people):
    article = make_live_article(people=people)
    share = soup(client.get(article.get_absolute_url())).select_one("#share")
    away = share.select(".networks a")
    assert len(away) == 8
    for link in away:
        assert set(link["rel"]) == {"nofollow", "noopener", "noreferrer", "external"}
        assert link["referrerpolicy"] == "no-referrer"
        assert link["href"].startswith("https://")
    assert not share.find_all(["script", "img", "iframe"])


@pytest.mark.django_db
def test_the_block_speaks_the_language_of_the_page(client, people):
    article = make_live_article(people=people, language="ar", headline="ملح")
    share = soup(client.get(article.get_absolute_url())).select_one("#share")
    assert "ملح" in share.select_one("#share-list").get_text()
    assert translation.get_language() == "en"


@pytest.mark.django_db
def test_paper_and_previews_have_no_share_block(client, people):
    article = make_live_article(people=people)
    assert not soup(client.get(f"{article.get_absolute_url()}print/")).select_one("#share")
