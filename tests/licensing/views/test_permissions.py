"""Somebody without an account asks: the rules answer first, and nothing typed is lost."""

import re
from datetime import timedelta
from functools import partial
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from articles import actions as editing
from articles.models import FormerSlug
from cms.limits.models import Attempt
from licensing.models import FeeSchedule, FeeScheduleVersion, PermissionRequest
from licensing.ready_made_fees import READY_MADE_FEES
from tests.browsing import HOSTILE, sent
from tests.factories.articles import (
    house,
    make_article,
    make_image,
    make_live_article,
    make_publication,
)
from tests.factories.holders import letters_to
from tests.factories.rights import stand_under
from tests.racing import race
from tests.reading import links, soup, words

NEW = "/permissions/new/"
INES = "ines@harbour-press.example"
PRINT = {
    "asked_title": "Harbour Reader",
    "asked_publisher": "Harbour Press",
    "asked_runs-paperback-copies": "3,000",
    "asked_portion": "whole",
    "asked_territories": "Germany, Austria",
    "requester_kind": "publisher",
    "requester_name": "Ines Roca",
    "requester_email": INES,
    "outlet": "Harbour Press",
    "purpose": "Beside an essay\non gas light.",
}


@pytest.fixture
def ours(people):
    """A text of our own: free for community sites, to be asked for in print."""
    desk = house()
    desk.rights_contact = "rights@house.example"
    desk.save()
    stand_under()
    return make_live_article(people=people, headline="The last lamplighter", slug="lamplighter")


@pytest.fixture
def theirs(people, ours):
    """A text that another holds, and passes on for community sites only."""
    gazette = make_publication("The Gazette", rights_contact="rights@gazette.example")
    return make_live_article(
        people=people, headline="A song for the ferry", slug="song", originating_publication=gazette
    )


@pytest.fixture
def hidden(people, ours):
    """Texts that nobody outside may hear of, by slug."""
    editor = people["editor"]
    draft = make_article(by=editor, headline="Secret draft", slug="secret-draft")
    embargoed = make_live_article(
        people=people,
        headline="Secret embargo",
        slug="secret-embargo",
        embargo_until=timezone.now() + timedelta(days=3),
    )
    withdrawn = make_live_article(people=people, headline="Secret past", slug="secret-past")
    editing.withdraw(withdrawn, by=people["managing_editor"], reason="A mistake.")
    return [draft.slug, embargoed.slug, withdrawn.slug]


def details(client, *slugs, use="print"):
    return client.get(NEW, {"article": slugs, "use": use, "step": "details"})


def checked(client, *slugs, use="print", told=PRINT, **more):
    """The answer to the filled-in questions."""
    data = sent(details(client, *slugs, use=use), **{**told, **more})
    return client.post(NEW, {**data, "step": "check"})


def send(client, *slugs, use="print", told=PRINT, **more):
    data = sent(checked(client, *slugs, use=use, told=told), **more)
    return client.post(NEW, {**data, "step": "send", "consent": "on"})


# --- Which articles, and what for -------------------------------------------------------------


def test_the_form_opens_with_articles_and_uses_and_no_cookie(client, ours):
    answer = client.get(NEW)
    assert answer.status_code == 200 and not client.cookies
    assert len(soup(answer).select("[name=use]")) == 10
    picked = soup(client.get(NEW, {"article": "lamplighter"}))
    assert words(picked.select_one(".picked")).startswith("The last lamplighter")
    assert soup(client.get(NEW, {"use": "print"})).select_one("[value=print]").has_attr("checked")


@pytest.mark.parametrize(
    "typed",
    [
        "http://testserver/articles/lamplighter/",
        "/articles/lamplighter/print/?x=1",
        "lamplighter",
        "old-lamplighter",
        "LAST lamp",
    ],
)
def test_an_article_is_found_by_address_slug_or_words_of_its_headline(client, ours, typed):
    FormerSlug.objects.create(model="article", slug="old-lamplighter", row_id=ours.pk)
    page = soup(client.get(NEW, {"find": typed}))
    assert [button["value"] for button in page.select("[name=add]")] == ["lamplighter"]


def test_articles_are_added_and_taken_away_and_the_use_stays(client, ours, theirs):
    added = client.get(NEW, {"article": "lamplighter", "add": "song", "use": "print"})
    query = parse_qs(urlsplit(added["Location"]).query)
    assert query == {"article": ["lamplighter", "song"], "use": ["print"], "step": ["articles"]}
    gone = client.get(NEW, {"article": ["lamplighter", "song"], "remove": "lamplighter"})
    assert parse_qs(urlsplit(gone["Location"]).query)["article"] == ["song"]


def test_what_is_missing_is_said(client, ours):
    said = words(client.get(NEW, {"step": "answers"}))
    assert "Choose at least one article" in said and "Choose what you want to do" in said


@pytest.mark.parametrize("step", ["", "articles", "answers", "details"])
def test_nothing_is_told_of_what_is_not_public(client, hidden, step):
    unknown = words(client.get(NEW, {"article": "no-such-text", "use": "print", "step": step}))
    for slug in hidden:
        answer = client.get(NEW, {"article": slug, "use": "print", "step": step})
        assert words(answer) == unknown.replace("no-such-text", slug)
        assert "Secret" not in words(client.get(NEW, {"find": slug}))
        data = {**PRINT, "article": slug, "use": "print", "step": "send", "consent": "on"}
        assert "Secret" not in words(client.post(NEW, data))
    assert "Secret" not in words(client.get(NEW, {"find": "secret"}))
    assert not PermissionRequest.objects.exists()


# --- What the rules answer --------------------------------------------------------------------


def test_what_is_free_is_given_at_once_and_may_be_had_in_writing(client, ours):
    answer = client.get(NEW, {"article": "lamplighter", "use": "community_web"})
    said = words(answer)
    assert "you need not ask" in said and "Name the source." in said
    assert any(one.startswith("/articles/lamplighter/republish/?use=") for one in links(answer))
    page = soup(answer)
    (button,) = page.select("a.button")
    assert words(button) == "I want it in writing"
    assert client.get(button["href"]).templates[0].name == "licensing/permission_details.html"


def test_what_is_not_ours_is_referred_without_a_form(client, theirs):
    answer = client.get(NEW, {"article": "song", "use": "print"})
    assert "Not ours to permit" in words(answer)
    assert "mailto:rights@gazette.example" in links(answer)
    assert not soup(answer).select("main a.button, main form")
    assert "Not ours to permit" in words(details(client, "song"))


def test_what_is_refused_is_said_with_the_reason(client, ours):
    stand_under({"ai_training": {"verdict": "refused"}}, name="Closed", article=ours)
    answer = client.get(NEW, {"article": "lamplighter", "use": "ai_training"})
    assert "Not possible" in words(answer) and "do not allow this" in words(answer)
    assert not soup(answer).select("main a.button, main form")


def test_of_a_mixed_choice_those_that_are_not_ours_drop_out(client, people, ours, theirs):
    free = make_live_article(people=people, slug="free")
    stand_under({"print": {"verdict": "granted"}}, name="Open", article=free)
    answer = client.get(NEW, {"article": ["lamplighter", "song", "free"], "use": "print"})
    groups = [section["class"][1] for section in soup(answer).select(".verdict-group")]
    assert groups == ["granted", "ask", "refer"]
    assert "drop out of the request" in words(answer)
    without = client.get(NEW, {"article": ["song", "free"], "use": "print"})
    assert "Not every article" in words(without) and "Good news" not in words(without)
    onward, in_writing = (
        parse_qs(urlsplit(link["href"]).query)["article"]
        for link in soup(answer).select("a.button")
    )
    assert (onward, in_writing) == (["lamplighter"], ["lamplighter", "free"])


def test_what_can_be_asked_leads_on_to_the_questions(client, ours):
    answer = client.get(NEW, {"article": "lamplighter", "use": "print"})
    assert "needs our permission" in words(answer)
    page = soup(client.get(soup(answer).select_one("a.button")["href"]))
    assert len(page.select(".runs tbody tr")) == 9


# --- The questions ----------------------------------------------------------------------------


def test_each_picture_is_asked_for_by_itself_and_others_pictures_are_not(client, people, ours):
    ours.featured_image = make_image(developed=True, caption="Quay Street at six")
    ours.save()
    agency = make_image(developed=True, caption="From the air", rights_category="agency")
    ours.gallery.create(image=agency, position=0)
    page = details(client, "lamplighter")
    assert "Quay Street at six" in words(page) and "From the air" in words(page)
    (box,) = soup(page).select("[name=pictures]")
    send(client, "lamplighter", told={**PRINT, "pictures": [box["value"]]})
    (row,) = PermissionRequest.objects.get().requested.all()
    assert row.pictures == [f"image-{ours.featured_image.pk}"]
    stolen = {**PRINT, "pictures": [f"lamplighter:image-{agency.pk}"]}
    assert checked(client, "lamplighter", told=stolen).status_code == 422


def test_errors_stand_beside_their_fields_and_nothing_is_lost(client, ours):
    answer = checked(client, "lamplighter", asked_title="", requester_email="ines")
    assert answer.status_code == 422
    page = soup(answer)
    assert words(page.find(id="id_asked_title_error")) == "Please answer this."
    assert page.find(id="id_requester_email")["aria-invalid"] == "true"
    typed = sent(answer)
    for name, value in PRINT.items():
        if name not in ("asked_title", "requester_email"):
            assert typed[name].replace("\r", "") == value
    assert typed["article"] == "lamplighter"


def test_back_from_the_check_loses_nothing(client, ours):
    data = sent(checked(client, "lamplighter"))
    page = client.post(NEW, {**data, "step": "details"})
    assert page.status_code == 200 and not soup(page).select(".refusal, .error")
    typed = sent(page)
    assert {name: typed[name].replace("\r", "") for name in PRINT} == PRINT
    assert typed["key"] == data["key"]


def test_the_check_says_everything_in_words(client, ours):
    said = words(checked(client, "lamplighter"))
    for what in ("The last lamplighter", "Paperback: 3,000 copies", "Austria and Germany"):
        assert what in said
    for what in ("A book or magazine publisher", "Ines Roca", INES, "on gas light."):
        assert what in said
    assert "erased" in said and "You may write to me" in said
    assert "About" not in said


def test_the_check_says_about_what_it_will_cost_where_the_price_list_knows(client, ours):
    schedule = FeeSchedule.objects.create(name="Fees", is_default=True)
    tariff = next(iter(READY_MADE_FEES.values())).tariff
    FeeScheduleVersion.objects.create(schedule=schedule, number=1, tariff=tariff)
    assert re.search(r"About €[\d,.]+ Our price list", words(checked(client, "lamplighter")))


# --- Sending ----------------------------------------------------------------------------------


def test_a_request_is_held_and_its_letter_sent(client, ours):
    answer = send(client, "lamplighter")
    assert answer.status_code == 303
    made = PermissionRequest.objects.get()
    assert (made.status, made.outlet, made.consented_at is None) == ("held", "Harbour Press", False)
    assert made.particulars["territories"] == ["AT", "DE"]
    page = client.get(answer["Location"])
    assert "look into your mail" in words(page) and made.number in words(page)
    assert INES not in words(page)
    (letter,) = letters_to(INES)
    assert re.search(r"/permissions/[-\w]{43}/", letter.message)


def test_without_consent_nothing_is_sent(client, ours):
    data = sent(checked(client, "lamplighter"))
    answer = client.post(NEW, {**data, "step": "send"})
    assert answer.status_code == 422 and "Please agree to this" in words(answer)
    assert not PermissionRequest.objects.exists()
    assert client.post(NEW, {**sent(answer), "step": "send", "consent": "on"}).status_code == 303


def test_a_form_sent_twice_is_one_request_and_a_corrected_one_another(client, ours):
    data = {**sent(checked(client, "lamplighter")), "step": "send", "consent": "on"}
    first, second = client.post(NEW, data), client.post(NEW, data)
    assert words(client.get(first["Location"])) == words(client.get(second["Location"]))
    assert len(letters_to(INES)) == PermissionRequest.objects.count() == 1
    client.post(NEW, {**data, "requester_email": "roca@harbour-press.example"})
    assert PermissionRequest.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_many_times_at_once_is_one_request(client, ours):
    data = {**sent(checked(client, "lamplighter")), "step": "send", "consent": "on"}
    outcomes = race([partial(Client().post, NEW, data) for _number in range(4)])
    assert [answer.status_code for answer in outcomes] == [303] * 4, outcomes
    assert PermissionRequest.objects.count() == len(letters_to(INES)) == 1


def test_an_article_that_went_meanwhile_is_not_asked_for(client, people, ours):
    data = {**sent(checked(client, "lamplighter")), "step": "send", "consent": "on"}
    editing.withdraw(ours, by=people["managing_editor"], reason="A mistake.")
    answer = client.post(NEW, data)
    assert "no public article" in words(answer)
    assert not PermissionRequest.objects.exists()


def test_of_several_those_that_went_meanwhile_drop_out_and_what_was_typed_stays(
    client, people, ours
):
    gone = make_live_article(people=people, headline="Secret past", slug="secret-past")
    data = {**sent(checked(client, "lamplighter", "secret-past")), "step": "send", "consent": "on"}
    editing.withdraw(gone, by=people["managing_editor"], reason="A mistake.")
    answer = client.post(NEW, data)
    assert answer.status_code == 422 and "can be asked for any more" in words(answer)
    typed = sent(answer)
    assert (typed["article"], typed["asked_title"]) == ("lamplighter", "Harbour Reader")
    assert "Secret" not in words(answer) and not PermissionRequest.objects.exists()


def test_leave_that_went_meanwhile_is_not_asked_for(client, ours):
    data = {**sent(checked(client, "lamplighter")), "step": "send", "consent": "on"}
    stand_under({"print": {"verdict": "refused"}}, name="Closed", article=ours)
    answer = client.post(NEW, data)
    assert answer.status_code == 422 and "Not possible" in words(answer)
    assert not PermissionRequest.objects.exists()


# --- Misuse -----------------------------------------------------------------------------------


def test_what_fills_in_the_hidden_box_is_refused_in_words(client, ours):
    answer = checked(client, "lamplighter", nickname="bot")
    assert answer.status_code == 422 and "catch machines" in words(answer)
    assert sent(answer)["asked_title"] == "Harbour Reader"


@pytest.mark.parametrize(
    "limit", ["REQUESTS_PER_ADDRESS_AN_HOUR", "REQUESTS_PER_EMAIL_A_DAY", "REQUESTS_AN_HOUR"]
)
def test_too_many_are_refused_with_a_sentence_and_the_form_is_kept(client, settings, ours, limit):
    setattr(settings, limit, 1)
    assert send(client, "lamplighter").status_code == 303
    answer = send(client, "lamplighter", told={**PRINT, "asked_edition": "Second"})
    assert answer.status_code == 429 and int(answer["Retry-After"]) >= 3600
    assert "Nothing is lost" in words(answer)
    data = {**sent(answer), "step": "send", "consent": "on"}
    assert data["asked_edition"] == "Second"
    Attempt.objects.all().delete()
    assert client.post(NEW, data).status_code == 303


def test_a_known_address_is_answered_like_an_unknown_one(client, ours):
    pages = []
    for address in (INES, INES, "nobody@else.example"):
        told = {**PRINT, "requester_email": address}
        page = client.get(send(client, "lamplighter", told=told)["Location"])
        pages.append(re.sub(r"PR-\d+-\d+", "", words(page)))
    assert len(set(pages)) == 1


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_values_never_break_it(client, ours, kind):
    told = {**PRINT, "article": "lamplighter", "use": "print", "step": "send", "consent": "on"}
    for field in [*told, "key", "pictures", "nickname", "deadline", "is_exclusive"]:
        data = urlencode({**told, field: HOSTILE[kind]})
        answer = client.post(NEW, data, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (200, 303, 404, 422), field


@pytest.mark.parametrize("value", ["\x00", "x" * 3000, "\u202e", "//evil.example/", "'\"<b>"])
def test_a_made_up_address_never_breaks_it(client, ours, value):
    for name in ("article", "use", "step", "find", "add", "remove", "sent"):
        answer = client.get(NEW, {"article": "lamplighter", "use": "print", name: value})
        assert answer.status_code in (200, 302, 404), name
        assert answer.get("Location", NEW).startswith(NEW)


def test_other_methods_and_foreign_posts_are_refused(client, ours):
    assert client.head(NEW).status_code == client.options(NEW).status_code == 200
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        assert client.generic(method, NEW).status_code == 405
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(NEW, {**PRINT, "step": "send"}).status_code == 403


def test_what_was_typed_is_kept_by_no_cache_and_the_pages_by_no_index(client, ours):
    for answer in (client.get(NEW), checked(client, "lamplighter")):
        assert "private" in answer["Cache-Control"] and answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in checked(client, "lamplighter")["Cache-Control"]


def test_the_page_asks_the_database_as_often_for_many_articles_as_their_number_says(
    client, people, ours, django_assert_max_num_queries
):
    for number in range(3):
        make_live_article(people=people, slug=f"more-{number}")
    slugs = ["lamplighter", "more-0", "more-1", "more-2"]
    with django_assert_max_num_queries(22):
        client.get(NEW, {"article": slugs, "use": "print"})
