"""Pages for whoever is new or in doubt: each says what its reader may do, and what is so."""

import pytest

from cms.reference import TABLES
from cms.roles import GROUPS
from tests.reading import soup


@pytest.mark.parametrize("role", [*GROUPS, "admin"])
def test_every_link_of_the_tour_leads_where_this_person_may_go(people, client, role):
    client.force_login(people[role])
    page = soup(client.get("/admin/tour/"))
    links = {link["href"] for link in page.select(".reference a")}
    assert links
    assert {client.get(link).status_code for link in links} == {200}


def test_the_tour_tells_nobody_of_what_is_not_theirs(people, client):
    client.force_login(people["contributor"])
    assert not soup(client.get("/admin/tour/")).select("#tour-reviewing, #tour-requests")
    client.force_login(people["rights_desk"])
    assert not soup(client.get("/admin/tour/")).select("#tour-writing, #tour-front")


def test_every_move_of_every_table_is_explained(people, client):
    client.force_login(people["contributor"])
    page = soup(client.get("/admin/states/"))
    for section, (_title, workflow) in zip(page.select("section"), TABLES, strict=True):
        rows = [row.get_text() for row in section.select("tbody th")]
        wanted = [f"{n}. {move.label}" for n, move in enumerate(workflow.moves.values(), 1)]
        assert rows == wanted
        assert len(section.select("svg g")) == len(workflow.moves)


def test_it_says_who_makes_a_move(people, client):
    client.force_login(people["contributor"])
    article = soup(client.get("/admin/states/")).select("section")[0]
    who = {row.th.get_text(): row.select("td")[-1].get_text() for row in article.select("tbody tr")}
    assert who["1. Submit for review"] == "Contributor, Editor, Managing editor"
    assert who["7. Withdraw"] == "Managing editor"


@pytest.mark.parametrize("page", ["tour", "states"])
def test_who_is_not_of_the_newsroom_gets_the_login_page(client, page):
    assert client.get(f"/admin/{page}/")["Location"].startswith("/admin/login/")
