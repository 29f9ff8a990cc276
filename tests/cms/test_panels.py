"""The first page of the newsroom: what waits for whom, and that each count is its list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from cms import panels
from cms.panels import Panel, capped
from tests.browsing import page_of
from tests.factories.articles import make_article, make_live_article
from tests.factories.desk import make_working_day
from tests.reading import words

HOME = "/admin/"
# How often the page of each role asks the database, at most, and whatever lies there.
MOST = {
    "contributor": 16,
    "editor": 29,
    "managing_editor": 30,
    "rights_desk": 29,
    "rights_manager": 35,
}


def home(client, person):
    client.force_login(person)
    answer = client.get(HOME)
    assert answer.status_code == 200
    return answer


def titles(client, person) -> list[str]:
    return [node.get_text() for node in page_of(home(client, person)).select(".panel > h2")]


def counts(answer) -> list[tuple[str, int]]:
    """Every count of the page with its address: those of the strips, and those of the tables."""
    page = page_of(answer)
    strips = [(link["href"], link.strong) for link in page.select(".panel-counts a")]
    cells = [(link["href"], link) for link in page.select(".figure td a")]
    return [(href, int(node.get_text().split()[-1])) for href, node in strips + cells]


@pytest.fixture
def working_day(people):
    make_working_day(people)


def test_every_count_leads_to_as_many_rows(people, client, working_day):
    followed = set()
    for role in MOST:
        found = counts(home(client, people[role]))
        assert any(number for _href, number in found)
        # Whoever sees everything need not follow again what a colleague who does has followed;
        # nor is it news that a colleague who entered nothing has nothing.
        sees_all = people[role].has_perm("articles.view_every_article")
        for href, number in found:
            is_known = (href, number) in followed and "mine" not in href
            if is_known or ("mine" in href and not number):
                continue
            answer = client.get(href)
            assert answer.status_code == 200, href
            assert len(answer.context["cl"].result_list) == number, href
            followed |= {(href, number)} if sees_all else set()


def test_each_role_is_shown_what_it_can_do_something_about(people, client, working_day):
    everybody = {role: titles(client, people[role]) for role in MOST}
    assert everybody == {
        "contributor": ["My articles", "The week ahead"],
        "editor": [
            "My articles",
            "Waiting for review",
            "Blocked",
            "Corrections due",
            "Pictures without a credit",
            "The week ahead",
        ],
        "managing_editor": [*everybody["editor"], "Published each week"],
        "rights_desk": [
            "Permission requests",
            "Waiting for us, by age",
            "Complaints",
            "Copies to be put right",
            "Copies out of line",
            "Clearances",
            "Licences that end",
        ],
        "rights_manager": [
            "Permission requests",
            "Waiting for us, by age",
            "Complaints",
            "Copies to be put right",
            "Copies out of line",
            "Clearances",
            "Licences that end",
            "Pictures without a credit",
            "The rights desk in figures",
        ],
    }
    assert len(titles(client, people["admin"])) == 15


def test_three_of_everything_cost_as_many_queries_as_one(people, client, working_day, monkeypatch):
    def asked(role) -> int:
        # What is blocked is asked of every desk, article by article, but of a few articles only.
        with monkeypatch.context() as patch:
            patch.setattr("articles.readiness._checks", [lambda article, *, at: ["Not yet."]])
            client.force_login(people[role])
            with CaptureQueriesContext(connection) as captured:
                assert client.get(HOME).status_code == 200
        return len(captured)

    home(client, people["admin"])
    one = {role: asked(role) for role in MOST}
    make_working_day(people)
    make_working_day(people)
    assert {role: asked(role) for role in MOST} == one
    assert {role: number for role, number in one.items() if number > MOST[role]} == {}


def test_a_house_without_articles_is_told_how_to_begin(people, client):
    answer = home(client, people["managing_editor"])
    assert titles(client, people["managing_editor"]) == ["Welcome. Let us begin."]
    steps = [link["href"] for link in page_of(answer).select(".first-day a")]
    assert steps[-1] == "/admin/articles/article/add/"
    assert [client.get(href).status_code for href in steps] == [200] * 4
    client.force_login(people["contributor"])
    steps = page_of(client.get(HOME)).select(".first-day a")
    assert [link["href"] for link in steps] == ["/admin/articles/article/add/"]


def test_where_nothing_waits_the_page_says_so_warmly(people, client):
    make_live_article(people=people)
    page = words(home(client, people["editor"]))
    assert "Nothing waits for you." in page
    assert "Nothing that is approved is held up." in page
    assert "Nothing is scheduled for the next seven days." in page
    page = words(home(client, people["rights_manager"]))
    assert "Nothing waits for you." in page and "No licence ends within 90 days." in page


def test_the_desks_stand_below_as_an_index(people, client):
    page = page_of(home(client, people["editor"]))
    main = page.select_one("#content")
    assert main.select_one(".home").find_next_sibling("nav") == main.select_one(".home-desks")
    assert "/admin/articles/article/" in {link["href"] for link in main.select(".home-index a")}
    assert page.find_all(style=True) == []


def test_panels_come_in_the_order_of_their_places(monkeypatch):
    monkeypatch.setattr(panels, "_makers", [])

    @panels.register
    def some(user, *, at):
        yield Panel("last", "Last", 2)
        yield Panel("first", "First", 1)

    panels.register(some)
    assert [one.key for one in panels.panels(None, at=timezone.now())] == ["first", "last"]


def test_counting_stops_at_a_thousand(people, monkeypatch):
    monkeypatch.setattr(panels, "MOST_COUNTED", 2)
    for _number in range(2):
        make_article(by=people["editor"])
    assert capped(Article.objects.all()) == (2, False)
    make_article(by=people["editor"])
    assert capped(Article.objects.all()) == (2, True)
