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
    for _number in range(12):
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


def test_the_order_is_changed_where_it_is_listed(editor, people):
    first, second = (make_live_article(people=people) for _ in range(2))
    FrontPlace.objects.create(article=first, position=1)
    FrontPlace.objects.create(article=second, position=2)
    typed = standing(page_of(editor.get(LIST)).select_one("#changelist-form"))
    assert typed["form-0-position"] == "1"
    answer = editor.post(LIST, typed | {"form-0-position": "3", "_save": "Save"})
    assert answer.status_code == 302
    assert leading(editor) == second.headline


def test_the_list_says_what_readers_see_and_asks_no_more_for_many(editor, people):
    now, hour = timezone.now(), timedelta(hours=1)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            page = editor.get(LIST)
        signs = page_of(page).select(".field-shows img")
        return len(captured), [sign["alt"] for sign in signs]

    FrontPlace.objects.create(article=make_live_article(people=people), position=0)
    asked()
    queries, shown = asked()
    assert shown == ["True"]
    over = {"position": 1, "shown_until": now - hour}
    coming = {"position": 2, "shown_from": now + hour}
    for place in (over, coming):
        FrontPlace.objects.create(article=make_live_article(people=people), **place)
    for position, make in enumerate((hidden.withdrawn, hidden.embargoed, hidden.draft), start=3):
        FrontPlace.objects.create(article=make(people), position=position)
    assert asked() == (queries, ["True", *["False"] * 5])
