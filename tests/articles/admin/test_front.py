"""The desk of the front page: places are typed, and nothing typed breaks it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import FrontPlace
from tests.browsing import complaints, filled, page_of, standing
from tests.factories import hidden
from tests.factories.articles import make_live_article
from tests.factories.stages import make_article_at
from tests.reading import soup

LIST = "/admin/articles/frontplace/"
ADD = f"{LIST}add/"


@pytest.fixture
def editor(people, client):
    client.force_login(people["editor"])
    return client


def leading(client):
    return soup(client.get("/")).select_one("main article .p-name").get_text(strip=True)


def test_what_an_editor_adds_leads_however_many_lead_already(editor, people):
    FrontPlace.objects.create(article=make_live_article(people=people), position=0)
    for _number in range(2):
        article = make_live_article(people=people)
        answer = editor.post(ADD, filled(editor.get(ADD), article=article.pk))
        assert answer.status_code == 302, complaints(answer)
        assert leading(editor) == article.headline


@pytest.mark.parametrize(
    "typed",
    [
        {"shown_from_0": "0001-01-01", "shown_from_1": "00:00"},
        {"shown_until_0": "9999-12-31", "shown_until_1": "23:59:59"},
        {"shown_from_0": "2020-01-02", "shown_from_1": "00:00"}
        | {"shown_until_0": "2020-01-01", "shown_until_1": "00:00"},
        {"position": "-1"},
        {"position": "9" * 30},
        {"position": "1\x00"},
        {"article": "9" * 40},
        {"article": "abc"},
        {"article": ""},
    ],
    ids=str,
)
@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York"])
def test_what_cannot_be_comes_back_with_a_sentence(editor, people, settings, typed, zone):
    settings.TIME_ZONE = zone
    article = make_live_article(people=people)
    answer = editor.post(ADD, filled(editor.get(ADD), **{"article": article.pk, **typed}))
    assert answer.status_code == 200
    assert complaints(answer)
    assert not FrontPlace.objects.exists()


def placed(*articles, **fields):
    for position, article in enumerate(articles):
        FrontPlace.objects.create(article=article, position=position, **fields)


def stands():
    return list(FrontPlace.objects.values_list("article", flat=True))


def desk(response) -> dict:
    """What a browser would send of the desk, the cards in their order."""
    form = page_of(response).select_one("form.order-desk")
    sent = standing(form)
    for name in ("article", "seen"):
        sent[name] = [field["value"] for field in form.select(f"input[name={name}]")]
    return sent


def pressed(client, response, do, **typed):
    return client.post(LIST, desk(response) | {"do": do} | typed)


def cards(response):
    found = page_of(response).select(".order-card")
    return [(card["data-order-name"], card.select_one(".status").text) for card in found]


def told(response):
    return [item.get_text(strip=True) for item in page_of(response).select(".hindrances li")]


def test_buttons_alone_arrange_the_page_and_readers_see_it_once_it_is_saved(editor, people):
    first, second, third = (make_live_article(people=people) for _ in range(3))
    placed(first, second)
    page = pressed(editor, editor.get(LIST), f"down-{first.pk}")
    assert [name for name, _state in cards(page)] == [second.headline, first.headline]
    assert page_of(page).select_one("[role=status]").text == "Place 2 of 2."
    page = pressed(editor, page, f"add-{third.pk}")
    page = pressed(editor, page, f"off-{first.pk}")
    assert page_of(page).select_one("[data-order-unsaved]:not([hidden])")
    assert stands() == [first.pk, second.pk]
    assert pressed(editor, page, "save").status_code == 302
    assert stands() == [third.pk, second.pk]
    assert leading(editor) == third.headline


def test_times_are_set_where_they_are_listed_and_keep_their_seconds(editor, people):
    first, second = (make_live_article(people=people) for _ in range(2))
    moment = timezone.now() - timedelta(hours=1)
    placed(first, second, shown_from=moment)
    page = editor.get(LIST)
    end = {f"{first.pk}-shown_until": "2020-01-01T00:00"}
    answer = pressed(editor, page, "save", **end)
    assert complaints(answer) == ["The end has to lie after the beginning."]
    answer = pressed(editor, answer, "save", **{f"{first.pk}-shown_until": "2090-01-01T00:00"})
    assert answer.status_code == 302
    place = FrontPlace.objects.get(article=first)
    assert (place.shown_from, place.shown_until.year) == (moment, 2090)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_made_up_moment_does_not_match_what_stands(editor, people, moment):
    article = make_live_article(people=people)
    placed(article, shown_from=timezone.now())
    for seen in (f"{article.pk}|{moment}|", f"{article.pk}||{moment}"):
        for do in (f"up-{article.pk}", "save"):
            sent = {"do": do, "seen": [seen], "article": [article.pk]}
            assert editor.post(LIST, sent).status_code == 200
    assert FrontPlace.objects.get().shown_until is None


def test_what_a_colleague_saved_meanwhile_is_told_and_nothing_is_lost(editor, people):
    first, second, third = (make_live_article(people=people) for _ in range(3))
    placed(first, second)
    mine = pressed(editor, editor.get(LIST), f"up-{second.pk}")
    theirs = pressed(editor, editor.get(LIST), f"add-{third.pk}")
    pressed(editor, theirs, "save")
    answer = pressed(editor, mine, "save")
    assert told(answer)[0] == f"A colleague has added “{third.headline}” meanwhile."
    assert stands() == [third.pk, first.pk, second.pk]
    assert pressed(editor, answer, "save").status_code == 302
    assert stands() == [third.pk, second.pk, first.pk]


def test_a_preview_shows_an_order_that_is_not_saved_at_a_moment_to_come(editor, people):
    first, second = (make_live_article(people=people) for _ in range(2))
    coming = make_article_at("scheduled", people=people)
    placed(first, second)
    page = pressed(editor, editor.get(LIST), f"down-{first.pk}")
    page = pressed(editor, page, "add-chosen", chosen=coming.pk)
    for moment, leads in [("", second), ("2090-01-01T00:00", coming)]:
        answer = pressed(editor, page, "preview", moment=moment, language="fr")
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"
        names = soup(answer).select("main article .p-name")
        assert names[0].get_text(strip=True) == leads.headline
        assert soup(answer).select_one("html")["lang"] == "fr"
        assert soup(answer).select_one(".preview-bar")
    assert pressed(editor, page, "preview", moment="nonsense").status_code == 200
    assert leading(editor) == first.headline


@pytest.mark.parametrize(
    "typed",
    [
        {"article": ["9" * 30, "x", "\x00", "1", "1", "-1", "٣"]},
        {"seen": ["", "\x00", "1|x|y|z", "1|2020-01-01|", "9" * 30]},
        {"do": "up-" + "9" * 40},
        {"do": "add-chosen", "chosen": "\x00"},
        {"do": "\x00"},
        {"do": "preview", "moment": "0001-01-01T00:00"},
        {"do": "preview", "language": "xx"},
    ],
    ids=str,
)
def test_nothing_posted_breaks_the_desk(editor, people, typed):
    article = make_live_article(people=people)
    placed(article)
    answer = pressed(editor, editor.get(LIST), **{"do": "save", **typed})
    assert answer.status_code in (200, 302)
    assert editor.get(LIST).status_code == 200


@pytest.mark.parametrize("role", ["contributor", "rights_desk", "rights_manager"])
@pytest.mark.parametrize("do", ["save", "preview", "up-1"])
def test_only_those_who_arrange_the_page_have_a_desk(people, client, role, do):
    client.force_login(people[role])
    assert client.get(LIST).status_code == 403
    assert client.post(LIST, {"do": do}).status_code == 403


def test_the_list_says_what_readers_see_and_asks_no_more_for_many(editor, people):
    now, hour = timezone.now(), timedelta(hours=1)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            page = editor.get(LIST)
        return len(captured), [state for _name, state in cards(page)]

    placed(make_live_article(people=people))
    asked()
    queries, states = asked()
    assert states == ["Live"]
    over = {"position": 1, "shown_until": now - hour}
    coming = {"position": 2, "shown_from": now + hour}
    for place in (over, coming):
        FrontPlace.objects.create(article=make_live_article(people=people), **place)
    for position, make in enumerate((hidden.withdrawn, hidden.embargoed, hidden.draft), start=3):
        FrontPlace.objects.create(article=make(people), position=position)
    assert asked() == (queries, ["Live", "Ended", "Scheduled", *["Not public"] * 3])
