"""A copy is taken through HTTP alone: without a name, by name, when something changes meanwhile."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Article
from cms.limits.models import Attempt
from cms.outbox.models import PromisedMail
from licensing.copy_pages import FILES
from licensing.models import Crosspost, Grant, PermissionRequest, Pixel, RequestLink
from licensing.republishing.copy import Format
from licensing.rights.vocabulary import Use
from tests.browsing import HOSTILE
from tests.factories.articles import house, make_author, make_image, make_live_article
from tests.factories.hidden import UNKNOWN, withdrawn
from tests.factories.holders import letters_to
from tests.factories.requests import make_granted_request
from tests.factories.takings import TAKER, change, free_for_community_sites, make_taking
from tests.factories.terms import make_rules, make_version
from tests.pressing import press
from tests.reading import body_of, links, soup, words

pytestmark = pytest.mark.django_db
SECRET = "The secret sentence of the text."
WHO = {
    "requester_name": "Ines Roca",
    "requester_email": TAKER,
    "outlet": "Harbour Watch",
    "requester_kind": "non_commercial",
    "agreed": "on",
}
KEPT = (PermissionRequest, Grant, Pixel, PromisedMail, RequestLink, Attempt, Crosspost)


@pytest.fixture
def terms():
    return free_for_community_sites()


@pytest.fixture
def article(people, terms):
    ours = house()
    ours.rights_contact = "rights@house.example"
    ours.save()
    return live(people, "lamplighter", headline="The last lamplighter")


def live(people, slug: str, **fields) -> Article:
    return make_live_article(people=people, slug=slug, body=f"<p>{SECRET}</p>", **fields)


def page_of(slug: str, **asked) -> str:
    address = reverse("licensing:republish", args=[slug])
    return f"{address}?{urlencode(asked)}" if asked else address


def parts_of(slug: str, **asked) -> list[str]:
    """Every address that may hand something over."""
    names = [reverse("licensing:republish_file", args=[slug, name]) for name in FILES]
    names.append(reverse("licensing:republish_preview", args=[slug]))
    return [f"{name}?{urlencode(asked)}" for name in names]


def key_on(client, slug: str, use: str = "community_web") -> str:
    """What the page shows is accepted by."""
    return soup(client.get(page_of(slug, use=use))).select_one("#accepted")["value"]


def taken_without_a_name(client, slug: str = "lamplighter"):
    first = client.get(page_of(slug))
    onward = next(link for link in links(first) if link.endswith("use=community_web"))
    shown = client.get(page_of(slug) + onward)
    accepted = soup(shown).select_one("#accepted")["value"]
    return press(client, shown, "Get the text", {"accepted": accepted})


def taken_by_name(client, slug: str = "lamplighter", **told):
    shown = client.get(page_of(slug, use="community_web"))
    return press(client, shown, "Get the text and a licence", {**WHO, **told})


def text_on(response) -> str:
    return soup(response).select_one("#copy-text").text


# --- Without a name ---------------------------------------------------------------------------


def test_a_copy_is_taken_without_a_name_in_six_formats_and_nothing_is_kept(client, article):
    page = taken_without_a_name(client)
    assert page.status_code == 200 and SECRET in text_on(page)
    tabs = [tab["href"] for tab in soup(page).select(".formats a")]
    assert len(tabs) == len(Format) == 6
    for tab in tabs:
        one = client.get(tab.split("#")[0])
        assert SECRET in text_on(one)
        file = client.get(soup(one).select_one("a[download]")["href"])
        assert SECRET in body_of(file).decode()
        assert file["Content-Disposition"].startswith('attachment; filename="lamplighter.')
        assert file["X-Robots-Tag"] == "noindex, nofollow" and "no-store" in file["Cache-Control"]
        assert 'rel="canonical"' in file["Link"]
    assert not any(model.objects.exists() for model in KEPT)
    assert client.cookies.keys() <= {"csrftoken"}


def test_the_page_leads_there_from_the_head_and_the_end_of_the_article(client, article):
    found = soup(client.get(article.get_absolute_url())).select(
        f'a[href="{page_of(article.slug)}"]'
    )
    assert [link.find_parent(class_="tools") is not None for link in found] == [True, False]


def test_each_use_is_answered_in_a_sentence_and_is_for_no_search_engine(client, article):
    page = client.get(page_of("lamplighter"))
    answered = words(page)
    for word in ("You may cross-post this article", "Publish in print", "Ask us", "Translate"):
        assert word in answered
    assert page["X-Robots-Tag"] == "noindex, nofollow" and not page.cookies
    canonical = soup(page).select_one("link[rel=canonical]")["href"]
    assert canonical.endswith(article.get_absolute_url())
    assert [one for one in links(page) if "/permissions/new/" in one and "use=print" in one]


def test_the_preview_shows_the_copy_and_lets_it_do_nothing(client, article):
    page = taken_without_a_name(client)
    frame = soup(page).select_one("iframe")
    assert frame["sandbox"] == ["allow-same-origin"] or frame["sandbox"] == "allow-same-origin"
    shown = client.get(frame["src"])
    assert SECRET in words(shown) and shown["X-Frame-Options"] == "SAMEORIGIN"
    policy = shown["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy
    assert "frame-ancestors 'self'" in policy and "sandbox" in policy


def test_the_languages_that_are_public_are_offered_and_no_others(people, client, article):
    versions = {"translation_of": article, "featured_image": None}
    live(people, "allumeur", language="fr", headline="Le dernier allumeur", **versions)
    UNKNOWN["embargoed"](people, slug="farolero", language="es", **versions)
    page = client.get(page_of("lamplighter", use="community_web"))
    others = [link["href"] for link in soup(page).select(".versions a")]
    assert others == [page_of("allumeur", use="community_web")]
    assert "farolero" not in page.content.decode()


# --- By name ----------------------------------------------------------------------------------


def test_a_named_taking_ends_on_a_page_with_the_text_and_takes_back_its_address(client, article):
    page = taken_by_name(client)
    grant = Grant.objects.get()
    assert grant.number in words(page) and grant.number in text_on(page)
    assert "no-store" in page["Cache-Control"] and TAKER not in words(page)
    letter = letters_to(TAKER)[-1].message
    path = re.findall(r"/permissions/[-\w]{20,}/", letter)[-1]
    own = client.get(path)
    assert "The text is yours to publish" in words(own)
    again = client.get(next(link for link in links(own) if link.endswith("/copy/")))
    assert grant.number in text_on(again) and SECRET in text_on(again)
    for tab in soup(again).select(".formats a"):
        one = client.get(tab["href"].split("#")[0])
        file = client.get(soup(one).select_one("a[download]")["href"])
        assert SECRET in body_of(file).decode() and "no-store" in file["Cache-Control"]
    assert SECRET in words(client.get(soup(again).select_one("iframe")["src"]))
    there = {"declare-url": "https://harbour-watch.example/lamplighter"}
    told = press(client, own, "Tell us", there)
    assert "Thank you" in words(told) and "harbour-watch.example/lamplighter" in words(told)
    copy = Crosspost.objects.get()
    assert (copy.grant, copy.article, copy.found_by) == (grant, article, "taker")
    assert client.get(grant.get_absolute_url()).status_code == 200


def test_an_address_that_is_none_is_not_recorded_as_a_copy(client, article):
    taken_by_name(client)
    path = re.findall(r"/permissions/[-\w]{20,}/", letters_to(TAKER)[-1].message)[-1]
    for url in ("", "nonsense", "javascript:alert(1)", "http://127.0.0.1/x", "http://[::1]/"):
        answer = press(client, client.get(path), "Tell us", {"declare-url": url})
        assert answer.status_code == 422 and not Crosspost.objects.exists()


def test_what_is_missing_is_said_and_what_was_typed_stays(client, article):
    answer = taken_by_name(client, requester_email="", requester_name="Ines")
    assert answer.status_code == 422 and "Please answer this" in words(answer)
    assert soup(answer).select_one("[name=requester_name]")["value"] == "Ines"
    assert soup(answer).select_one("details.by-name").has_attr("open")
    assert not Grant.objects.exists()


def test_where_the_terms_ask_for_a_name_there_is_no_way_without_one(client, article, terms):
    key = key_on(client, "lamplighter")
    change(terms, "name_author", "tell_us")
    shown = client.get(page_of("lamplighter", use="community_web"))
    assert not soup(shown).select("#accepted") and soup(shown).select("[name=requester_email]")
    offered = soup(shown).select_one("[name=accepted]")["value"]
    for accepted in (key, offered):
        answer = client.get(page_of("lamplighter", use="community_web", accepted=accepted))
        assert answer.status_code == 422 and not soup(answer).select("#copy-text")
        for part in parts_of("lamplighter", use="community_web", accepted=accepted)[:-1]:
            assert client.get(part).status_code == 302
    assert "tell us the address" in words(taken_by_name(client)).lower()
    assert Grant.objects.count() == 1


# --- Something changes meanwhile --------------------------------------------------------------


def test_terms_that_changed_meanwhile_are_shown_before_anything_is_taken(client, article, terms):
    shown = client.get(page_of("lamplighter", use="community_web"))
    key = key_on(client, "lamplighter")
    change(terms, "name_author", "no_edits")
    answer = press(client, shown, "Get the text", {"accepted": key})
    assert answer.status_code == 409 and "have changed" in words(answer)
    assert "Change nothing in the text" in words(answer) and not soup(answer).select("#copy-text")
    for part in parts_of("lamplighter", use="community_web", accepted=key)[:-1]:
        assert client.get(part)["Location"] == page_of("lamplighter", use="community_web")
    named = press(client, shown, "Get the text and a licence", WHO)
    assert named.status_code == 409 and not Grant.objects.exists()
    assert soup(named).select_one("[name=requester_name]")["value"] == "Ines Roca"
    again = press(client, named, "Get the text and a licence", {"agreed": "on"})
    assert again.status_code == 200 and Grant.objects.get().conditions == [
        "name_author",
        "no_edits",
    ]


def test_a_use_that_is_no_longer_free_is_refused_in_words(client, article, terms):
    shown = client.get(page_of("lamplighter", use="community_web"))
    key = key_on(client, "lamplighter")
    make_version(terms, rules=make_rules())
    named = press(client, shown, "Get the text and a licence", WHO)
    assert named.status_code == 409 and "ask us" in words(named).lower()
    assert not soup(client.get(page_of("lamplighter", use="community_web"))).select("#accepted")
    for part in parts_of("lamplighter", use="community_web", accepted=key):
        assert SECRET not in body_of(client.get(part)).decode()
    assert not Grant.objects.exists()


def withdraw(article, people):
    actions.withdraw(article, by=people["managing_editor"], reason="Invented.", notice="Sorry.")


def put_under_embargo(article, people):
    Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now() + timedelta(days=1))


def end_what_we_hold(article, people):
    Article.objects.filter(pk=article.pk).update(carry_until=timezone.now() - timedelta(hours=1))


@pytest.mark.parametrize("hide", [withdraw, put_under_embargo, end_what_we_hold])
def test_nothing_is_handed_over_once_the_article_is_not_public(people, client, article, hide):
    grant = make_taking(article)
    path = re.findall(r"/permissions/[-\w]{20,}/", letters_to(TAKER)[-1].message)[-1]
    mine = taken_by_name(client).request["QUERY_STRING"]
    key = key_on(client, "lamplighter")
    shown = client.get(page_of("lamplighter", use="community_web"))
    hide(article, people)
    answers = [press(client, shown, "Get the text and a licence", WHO)]
    asked = {"use": "community_web", "accepted": key}
    addresses = [page_of("lamplighter"), page_of("lamplighter", **asked)]
    addresses += [page_of("lamplighter") + "?" + mine, *parts_of("lamplighter", **asked)]
    addresses += [part.split("?")[0] + "?" + mine for part in parts_of("lamplighter")]
    addresses += [f"{path}copy/", f"{path}copy/preview/", f"{path}copy/copy.html"]
    answers += [client.get(address) for address in addresses]
    for answer in answers:
        assert answer.status_code in (404, 410)
        assert SECRET not in body_of(answer).decode()
        assert "Content-Disposition" not in answer.headers
    if hide is not withdraw:
        assert not any("lamplighter" in words(answer) for answer in answers[:8])
    own = client.get(path)
    assert SECRET not in body_of(own).decode() and f"{path}copy/" not in links(own)
    assert Grant.objects.get() == grant


@pytest.mark.parametrize("kind", UNKNOWN)
def test_what_the_public_does_not_know_is_unknown_here(people, client, terms, kind):
    UNKNOWN[kind](people, slug="hidden", headline="Hidden headline")
    made_up = client.get(page_of("no-such-thing", use="community_web"))
    for address in (page_of("hidden"), page_of("hidden", use="community_web"), *parts_of("hidden")):
        answer = client.get(address)
        assert answer.status_code == 404 and "Hidden headline" not in words(answer)
        assert words(answer) == words(made_up)
    assert client.post(page_of("hidden", use="community_web"), WHO).status_code == 404


def test_what_was_withdrawn_says_so_and_no_more(people, client, terms):
    withdrawn(people, slug="gone", body=f"<p>{SECRET}</p>")
    for address in (page_of("gone"), *parts_of("gone", use="community_web")):
        answer = client.get(address)
        assert answer.status_code == 410 and SECRET not in words(answer)
        assert "Content-Disposition" not in answer.headers


def test_a_licence_that_ended_opens_nothing(people, client, article):
    mine = taken_by_name(client).request["QUERY_STRING"]
    path = re.findall(r"/permissions/[-\w]{20,}/", letters_to(TAKER)[-1].message)[-1]
    Grant.objects.update(status="revoked")
    answer = client.get(page_of("lamplighter") + "?" + mine)
    assert answer.status_code == 410 and "no longer shown" in words(answer)
    assert client.get(f"{path}copy/").status_code == 404
    assert not soup(client.get(path)).select("[name=declare-url]")


def test_a_licence_for_one_article_opens_no_other(people, client, article):
    live(people, "other", headline="Another text")
    mine = taken_by_name(client).request["QUERY_STRING"]
    assert client.get(page_of("other") + "?" + mine).status_code == 410
    path = re.findall(r"/permissions/[-\w]{20,}/", letters_to(TAKER)[-1].message)[-1]
    assert client.get(f"{path}copy/?article=other").status_code == 404


def test_a_licence_of_the_desk_for_two_articles_brings_the_text_of_each(people, client, article):
    other = live(people, "other", headline="Another text")
    asked = make_granted_request(
        people=people, articles=[article, other], use=Use.PRINT, requester_email=TAKER
    )
    path = re.findall(r"/permissions/[-\w]{20,}/", letters_to(TAKER)[-1].message)[-1]
    first = client.get(f"{path}copy/")
    assert asked.grants.get().number in text_on(first)
    second = client.get(soup(first).select_one("header details a")["href"])
    assert "Another text" in text_on(second) and "The last lamplighter" not in text_on(second)
    assert soup(second).select_one(".formats [aria-current]").text == "For print"


def test_a_picture_that_is_not_cleared_stays_behind_and_is_named(people, client, terms):
    strange = make_image(
        developed=True,
        caption="The lamp",
        rights_category="agency",
        credit_line="Photo: Agency",
    )
    live(people, "lamp", featured_image=strange)
    page = taken_without_a_name(client, "lamp")
    assert "stay behind" in words(page)
    key = key_on(client, "lamp")
    for part in parts_of("lamp", use="community_web", accepted=key):
        assert str(strange.key) not in body_of(client.get(part)).decode()


def test_a_picture_that_we_hold_until_a_day_says_so(people, client, terms):
    until = timezone.now() + timedelta(days=30)
    lent = make_image(developed=True, caption="The lamp", use_until=until)
    live(people, "lamp", featured_image=lent)
    page = soup(taken_without_a_name(client, "lamp"))
    day = page.select_one("[aria-labelledby=lent] time")["datetime"]
    assert day == timezone.localdate(until).isoformat()
    assert "may stand there until" in page.select_one("#copy-text").text


# --- Misuse -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "limit", ["TAKINGS_PER_ADDRESS_AN_HOUR", "TAKINGS_PER_EMAIL_A_DAY", "TAKINGS_AN_HOUR"]
)
def test_too_many_are_refused_with_a_sentence_and_the_form_is_kept(
    client, settings, article, limit
):
    setattr(settings, limit, 1)
    assert taken_by_name(client).status_code == 200
    answer = taken_by_name(client, outlet="Another Watch")
    assert answer.status_code == 429 and int(answer["Retry-After"]) >= 3600
    assert "Nothing is lost" in words(answer) and Grant.objects.count() == 1
    assert soup(answer).select_one("[name=outlet]")["value"] == "Another Watch"
    assert taken_without_a_name(client).status_code == 200


def test_a_known_address_is_answered_like_an_unknown_one(client, article):
    pages = []
    for address in (TAKER, TAKER, "nobody@else.example"):
        page = taken_by_name(client, requester_email=address)
        pages.append(re.sub(r"GR-\d+-\d+", "", words(page)))
    assert len(set(pages)) == 1


def test_what_fills_in_the_hidden_box_is_refused_in_words(client, article):
    answer = taken_by_name(client, nickname="bot")
    assert answer.status_code == 422 and "catch machines" in words(answer)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_values_never_break_it(client, article, kind):
    shown = client.get(page_of("lamplighter", use="community_web"))
    accepted = soup(shown).select_one("#accepted")["value"]
    told = {**WHO, "accepted": accepted}
    address = page_of("lamplighter", use="community_web")
    for field in [*told, "outlet_url", "outlet_country", "language", "is_counted", "nickname"]:
        data = urlencode({**told, field: HOSTILE[kind]})
        answer = client.post(address, data, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (303, 409, 422, 429), field
    for letter in letters_to(TAKER):
        assert letter.to == [TAKER] and not letter.cc and not letter.bcc


@pytest.mark.parametrize("value", ["\x00", "x" * 3000, "\u202e", "//evil.example/", "'\"<b>"])
def test_a_made_up_address_never_breaks_it(client, article, value):
    told = {"use": "community_web", "accepted": key_on(client, "lamplighter")}
    for name in ("use", "accepted", "licence", "format"):
        for address in (page_of("lamplighter"), *(one[:-1] for one in parts_of("lamplighter"))):
            answer = client.get(address, {**told, name: value})
            assert answer.status_code in (200, 302, 409, 410, 422), (name, address)
            assert answer.get("Location", "/articles/").startswith("/articles/")
            assert b"<b>" not in answer.content
    for name in ("x.html", "copy.exe", "copy.html.", "..%2fcopy.html"):
        assert client.get(page_of("lamplighter") + name, told).status_code == 404


def test_other_methods_and_foreign_posts_are_refused(client, article):
    address = page_of("lamplighter", use="community_web")
    assert client.head(address).status_code == client.options(address).status_code == 200
    for method in (client.put, client.patch, client.delete):
        assert method(address).status_code == 405
    for part in parts_of("lamplighter"):
        assert client.post(part).status_code == 405
    stranger = type(client)(enforce_csrf_checks=True)
    assert stranger.post(address, WHO).status_code == 403


def test_a_slug_that_was_left_leads_on(people, client, article):
    article.slug = "the-lamplighter"
    article.save()
    actions.revise(article, by=people["editor"])
    answer = client.get(page_of("lamplighter"))
    assert answer.status_code == 301 and answer["Location"] == page_of("the-lamplighter")


def test_a_page_asks_so_many_questions_whatever_hangs_on_the_article(client, article, people):
    rich = make_live_article(
        people=people,
        slug="rich",
        body=f"<p>{SECRET}</p>" * 20,
        featured_image=make_image(developed=True),
    )
    for _number in range(4):
        rich.gallery.create(image=make_image(developed=True))
        rich.bylines.create(author=make_author())
    asked = []
    for slug in ("lamplighter", "rich"):
        key = key_on(client, slug)
        with CaptureQueriesContext(connection) as found:
            client.get(page_of(slug, use="community_web", accepted=key))
        asked.append(len(found))
    assert asked[0] == asked[1] <= 20
