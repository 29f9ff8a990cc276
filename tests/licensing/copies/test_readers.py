"""Who is a reader: browsers that show a page, and nobody else; of the page only its host."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.copies.readers import (
    MOST_BEHIND_AN_ADDRESS,
    is_reading,
    shown_by,
    told_apart_by,
)

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
PEOPLE = (
    FIREFOX,
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
    "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 "
    "YaBrowser/24.1 Safari/537.36",
    "Opera/9.80 (Android; Opera Mini/36.2/191.249; U; en) Presto/2.12.423 Version/12.16",
)
MACHINES = (
    "",
    "curl/8.5.0",
    "python-requests/2.32.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 (compatible; Yahoo! Slurp)",
    "facebookexternalhit/1.1",
    "Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)",
    "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Chrome-Lighthouse",
    "Imprimatur (+https://house.example)",
)
hosts = st.from_regex(r"[a-z]{3,9}\.[a-z]{2,4}", fullmatch=True)
secrets = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=12, max_size=20)


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_are_counted(agent):
    assert is_reading({"user-agent": agent})


@pytest.mark.parametrize("agent", MACHINES)
def test_machines_are_not(agent):
    assert not is_reading({"user-agent": agent})


@pytest.mark.parametrize(
    "more",
    [
        {"sec-purpose": "prefetch"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"x-purpose": "preview"},
        {"x-moz": "prefetch"},
        {"sec-fetch-dest": "document"},
        {"sec-fetch-dest": "empty"},
    ],
)
def test_what_nobody_looks_at_on_a_page_is_no_reading(more):
    assert not is_reading({"user-agent": FIREFOX, **more})
    assert is_reading({"user-agent": FIREFOX, "sec-fetch-dest": "image"})


@given(st.dictionaries(st.sampled_from(["user-agent", "sec-purpose", "referer"]), st.text()))
def test_whatever_is_sent_there_is_an_answer(headers):
    assert is_reading(headers) in (True, False)
    assert isinstance(shown_by(headers), str)


@given(hosts, secrets)
def test_of_the_page_only_its_host_is_known(host, secret):
    assert shown_by({"referer": f"https://www.{host}/{secret}?q={secret}#{secret}"}) == host
    for inward in ("http://localhost/", "http://127.0.0.1/", "about:blank", f"https://{secret}/"):
        assert shown_by({"referer": inward}) == ""


def test_browsers_are_told_apart_but_not_without_end():
    ours = {told_apart_by("203.0.113.7", agent) for agent in PEOPLE}
    assert len(ours) == len(PEOPLE)
    made_up = {told_apart_by("203.0.113.7", f"Mozilla/5.0 {number}") for number in range(5000)}
    assert len(made_up) == MOST_BEHIND_AN_ADDRESS
    assert not made_up & {told_apart_by("203.0.113.8", agent) for agent in PEOPLE}


@given(st.text())
def test_where_no_address_is_known_nobody_is(agent):
    assert told_apart_by("", agent) == ""
    assert told_apart_by("::1", agent) == told_apart_by("::1", agent)
