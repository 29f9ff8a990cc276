"""Hints beside the form and the page of links: for whoever may see the article, and no further."""

import pytest

from articles.admin import hinting
from articles.models import LinkCheck
from cms.fetching import Answer
from tests.factories.articles import make_article

pytestmark = pytest.mark.django_db
BODY = (
    '<h4>Deep</h4><p><a href="https://a.example/?q=1&amp;b=2">the report</a>'
    ' <a href="mailto:a@b.example">us</a><span class="footnote"><a href="https://b.example/">"&lt;b&gt;</a></span></p>'
)
REPORT = "https://a.example/?q=1&b=2"


@pytest.fixture(autouse=True)
def the_net(monkeypatch):
    """Answers for the whole net, and remembers who was asked."""
    asked = []

    def look(address, seconds):
        asked.append(address)
        return Answer(200 if "a.example" in address else 404, address)

    monkeypatch.setattr(hinting, "look", look)
    return asked


@pytest.fixture
def article(people):
    return make_article(by=people["contributor"], body=BODY)


def page(article, more=""):
    return f"/admin/articles/article/{article.pk}/links/{more}"


def test_the_page_names_every_link_and_what_was_found_last(client, people, article, the_net):
    client.force_login(people["contributor"])
    assert client.get(page(article)).content.decode().count("Not checked yet") == 2
    assert the_net == []
    answer = client.post(page(article), follow=True)
    assert sorted(the_net) == [REPORT, "https://b.example/"]
    shown = answer.content.decode()
    assert "The links were checked." in shown
    assert "Alive" in shown and "Dead" in shown and "mailto:a@b.example" in shown
    assert "Footnote" in shown and "&quot;&lt;b&gt;" in shown


def test_one_link_is_looked_at_for_the_script(client, people, article, the_net):
    client.force_login(people["contributor"])
    answer = client.post(page(article, "look/"), {"address": REPORT})
    assert (answer.status_code, the_net) == (200, [REPORT])
    assert "Alive" in answer.content.decode()
    assert client.get(page(article, "look/")).status_code == 405


@pytest.mark.parametrize(
    "address", ["https://c.example/", "http://localhost/", "", "mailto:a@b.example", "\0"]
)
def test_nobody_has_us_knock_at_other_doors(client, people, article, the_net, address):
    client.force_login(people["editor"])
    assert client.post(page(article, "look/"), {"address": address}).status_code == 404
    assert the_net == []


def test_whoever_only_reads_may_see_and_not_check(client, people, article, the_net):
    client.force_login(people["rights_desk"])
    shown = client.get(page(article))
    assert shown.status_code == 200
    assert "Check now" not in shown.content.decode()
    assert client.post(page(article)).status_code == 403
    assert client.post(page(article, "look/"), {"address": REPORT}).status_code == 403
    assert (the_net, LinkCheck.objects.count()) == ([], 0)


def test_a_contributor_sees_nothing_of_the_links_of_others(client, people, the_net):
    theirs = make_article(by=people["editor"], body=BODY)
    client.force_login(people["contributor"])
    assert client.get(page(theirs)).status_code in {403, 404}
    assert client.post(page(theirs)).status_code in {403, 404}
    assert client.post(page(theirs, "look/"), {"address": REPORT}).status_code in {403, 404}
    assert the_net == []


def test_too_many_checks_are_told_in_words(client, people, article, monkeypatch):
    monkeypatch.setattr(
        hinting.looking, "LIMITS", {"user": hinting.looking.Limit(0, hinting.looking.HOUR)}
    )
    client.force_login(people["contributor"])
    answer = client.post(page(article, "look/"), {"address": REPORT})
    assert (answer.status_code, answer.content.decode()) == (429, hinting.too_many())
    assert hinting.too_many() in client.post(page(article), follow=True).content.decode()


def test_the_form_shows_the_hints_with_their_places(client, people, article):
    client.force_login(people["contributor"])
    shown = client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert "“Deep” is a heading of level 4" in shown
    assert 'data-hint-block="0"' in shown
    assert page(article) in shown
