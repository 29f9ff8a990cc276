"""oEmbed: a link, or a card of text where the whole text may leave; and only of what is public."""

import json
import re
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from articles import actions, oembed
from articles.models import Article
from articles.syndication import ItemRights
from tests.factories import hidden
from tests.factories.articles import make_live_article
from tests.factories.rights import stand_under
from tests.factories.whole import make_whole_article, write_house_texts
from tests.reading import soup

HOSTS = frozenset({"house.example"})
SPELLINGS = [
    "http://testserver/articles/salt/",
    "https://testserver/articles/salt/",
    "https://TESTSERVER:443/articles/salt",
    "testserver/articles/salt/",
    "//testserver/articles/salt/",
    "http://testserver/fr/articles/salt/",
    "http://testserver/articles/salt/print/",
    "http://testserver/articles/salt/article.pdf",
    "http://testserver/articles/salt/?utm=1#:~:text=paper",
    "http://testserver/articles/s%61lt/",
    " http://testserver/articles/salt/\n",
]
OTHERS = [
    "http://elsewhere.example/articles/salt/",
    "http://testserver.elsewhere.example/articles/salt/",
    "http://testserver@elsewhere.example/articles/salt/",
    "http://user@testserver/articles/salt/",
    "ftp://testserver/articles/salt/",
    "javascript:alert(1)",
    "http://testserver/",
    "http://testserver/admin/",
    "http://testserver/articles/there-is-none/",
    "http://[::1",
    "http://testserver:99999/articles/salt/",
    "http://testserver/articles/salt\x00/",
    "http://testserver/articles/\ud800/".encode("utf-8", "surrogatepass"),
    "x" * 10_000,
]


def ask(client, url, **more):
    return client.get(f"/oembed/?{urlencode({'url': url} | more)}")


@pytest.fixture
def own(people):
    stand_under()
    return make_live_article(people=people, headline="Salt & <paper>", slug="salt")


@pytest.mark.django_db
def test_what_may_leave_whole_is_a_card_of_text_without_a_script(client, own):
    told = ask(client, "http://testserver/articles/salt/").json()
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", "Salt & <paper>")
    assert told["canonical_url"] == "http://testserver/articles/salt/"
    assert told["copyright_notice"].startswith("Copyright ©")
    assert told["usage_terms_url"] == "http://testserver/articles/salt/rights/"
    assert told["license"]
    assert (told["thumbnail_width"], told["thumbnail_height"]) == (1200, 630)
    assert "Salt &amp; &lt;paper&gt;" in told["html"]
    names = {tag.name for tag in BeautifulSoup(told["html"], "html.parser").find_all(True)}
    assert names <= {"blockquote", "p", "strong", "a", "cite", "bdi", "time", "small"}
    assert not re.search(r"\s(?:style|on\w+)=", told["html"])


@pytest.mark.django_db
def test_what_may_not_leave_is_a_link(client, own, monkeypatch):
    reserved = ItemRights("© Ada", gives_full_text=False)
    monkeypatch.setattr("articles.syndication._page_desks", [lambda page, absolute: reserved])
    told = ask(client, "http://testserver/articles/salt/").json()
    assert (told["type"], told["copyright_notice"]) == ("link", "© Ada")
    assert "html" not in told
    assert "license_url" not in told


@pytest.mark.django_db
def test_no_wider_and_no_higher_than_is_asked_for(client, own):
    def told(**more):
        return ask(client, "http://testserver/articles/salt/", **more).json()

    assert told(maxwidth=400)["width"] == 400
    assert "thumbnail_url" not in told(maxwidth=400)
    assert told(maxwidth=5000)["width"] == 600
    assert told(maxwidth=100)["type"] == "link"
    assert told(maxheight=50)["type"] == "link"
    for odd in ("", "-1", "x", "²", "9" * 5000):
        assert told(maxwidth=odd)["type"] == "rich"


@pytest.mark.django_db
def test_the_xml_says_the_same(client, people):
    write_house_texts()
    article = make_whole_article(people)
    url = f"http://testserver{article.get_absolute_url()}"
    response = ask(client, url, format="xml")
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    told = ask(client, url).json()
    assert {child.tag: child.text for child in root} == {
        name: str(value) for name, value in told.items()
    }
    assert told["author_name"] == "Ada Brook and Ben Cole"
    assert told["provider_name"] == "The House Review"


@pytest.mark.django_db
def test_the_xml_is_well_formed_whatever_a_row_holds(client, own):
    Article.objects.filter(pk=own.pk).update(headline="Salt\x0b\x01 & <paper>", standfirst="a\x02b")
    response = ask(client, "http://testserver/articles/salt/", format="xml")
    root = ElementTree.fromstring(response.content)
    assert "Salt &amp; &lt;paper&gt;" in root.findtext("html")


@pytest.mark.django_db
def test_the_head_of_an_article_leads_here(client, own):
    page = soup(client.get(own.get_absolute_url()))
    for kind in ("json", "xml"):
        link = page.find("link", type=re.compile(rf"{kind}\+oembed"))
        assert client.get(link["href"]).status_code == 200


@pytest.mark.django_db
def test_an_article_is_known_by_any_spelling_of_its_address(client, own):
    for spelling in SPELLINGS:
        told = ask(client, spelling).json()
        assert told["canonical_url"] == "http://testserver/articles/salt/", spelling


@pytest.mark.django_db
def test_an_article_is_known_by_its_former_address_and_in_any_script(client, own, people):
    own.slug = "الملح"
    own.save()
    actions.revise(own, by=people["editor"])
    there = f"http://testserver/articles/{quote('الملح')}/"
    for spelling in ("http://testserver/articles/salt/", there, "testserver/articles/الملح/"):
        assert ask(client, spelling).json()["canonical_url"] == there


@pytest.mark.django_db
def test_any_other_address_is_not_there(client, own):
    for url in OTHERS:
        assert ask(client, url).status_code == 404, url


@pytest.mark.django_db
def test_what_is_not_public_answers_like_what_is_unknown(client, people):
    unknown = ask(client, "http://testserver/articles/there-is-none/")
    for make in (*hidden.UNKNOWN.values(), hidden.withdrawn):
        article = make(people)
        response = ask(client, f"http://testserver{article.get_absolute_url()}")
        assert (response.status_code, response.content) == (404, unknown.content), make.__name__


@pytest.mark.django_db
def test_a_format_that_is_unknown_and_an_address_that_is_missing_are_told(client):
    assert ask(client, "http://testserver/", format="yaml").status_code == 501
    assert client.get("/oembed/").status_code == 400


@pytest.mark.django_db
def test_the_answer_speaks_the_language_of_the_article(client, people):
    stand_under()
    make_live_article(people=people, slug="sel", language="fr")
    told = ask(client, "http://testserver/articles/sel/").json()
    assert told["language"] == "fr"
    assert told["provider_url"] == "http://testserver/"
    assert json.dumps(told)


@given(st.text(max_size=80))
def test_no_address_breaks_it(text):
    for url in (text, f"https://house.example/{text}", f"https://house.example/articles/{text}/"):
        assert isinstance(oembed.slug_in(url, hosts=HOSTS), str)
