"""Headings by name: pages that lead to each other, and addresses of any kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import directory
from tests.factories import hidden
from tests.factories.articles import make_author, make_live_article
from tests.factories.headings import make_region, make_report
from tests.reading import links, soup, words


def names(response):
    return [row.get_text(strip=True) for row in soup(response).select(".name h2")]


@given(after=st.text(max_size=260))
def test_an_address_is_a_place_or_no_place(after):
    try:
        name, key = directory._parse(after)
    except directory.NoPlace:
        return
    assert name
    assert key >= 0


def test_authors_stand_by_name_page_after_page(client, people, monkeypatch):
    monkeypatch.setattr(directory, "SIZE", 2)
    monkeypatch.setattr(directory.page, "__kwdefaults__", {"after": "", "size": 2})
    # A space that holds a line together and a joiner of letters are what names are written with.
    everybody = ["Ada", "Ben", "Ben", "Cleo\u00a0Od", "Dan\u200cA", "Eve~1"]
    make_live_article(people=people, authors=[make_author(name) for name in everybody])
    found, address = [], "/authors/"
    while address:
        page = client.get(address)
        found += names(page)
        older = soup(page).find("a", rel="next")
        address = older and "/authors/" + older["href"]
    assert found == everybody


def test_what_is_said_of_an_author_is_read_as_words_and_not_as_markup(client, people):
    author = make_author("Ada", bio="<p>Sea &amp; <em>sky</em> &lt;3.</p><p>Lives in Bonn.</p>")
    make_live_article(people=people, authors=[author])
    said = "Sea & sky <3. Lives in Bonn."
    assert soup(client.get("/authors/")).select_one(".name p").get_text() == said
    page = soup(client.get(f"/authors/{author.slug}/"))
    assert page.select_one("meta[name=description]")["content"] == said


def test_a_letter_leads_to_its_names_and_hidden_ones_have_no_place(client, people):
    make_live_article(people=people, authors=[make_author("Ada"), make_author("Zoe")])
    before = client.get("/authors/?after=M~0").content
    hidden.draft(people, authors=[make_author("Nobody")])
    assert names(client.get("/authors/?after=M~0")) == ["Zoe"]
    assert client.get("/authors/?after=M~0").content == before


@pytest.mark.parametrize("after", ["x", "~1", "a~-1", "a~9999999999999999999999", "\x00~1", "a~１"])
def test_a_made_up_place_is_unknown(client, db, after):
    for address in ("/authors/", "/publications/", "/reports/"):
        assert client.get(address, {"after": after}).status_code == 404


def test_the_tree_of_regions_is_nested_and_counts_an_article_once(client, people):
    asia = make_region("Asia")
    nepal, tibet = make_region("Nepal", parent=asia), make_region("Tibet", parent=asia)
    make_region("Atlantis", parent=asia)
    make_live_article(people=people).regions.add(nepal, tibet)
    page = client.get("/regions/")
    assert soup(page).select_one(".tree > li > ul > li > a")["href"] == f"/regions/{nepal.slug}/"
    assert "Asia 1 article Nepal 1 article Tibet 1 article" in words(page)
    assert "Atlantis" not in words(page)


def test_reports_say_how_many_articles_they_have(client, people):
    make_report("Ice", articles=[make_live_article(people=people), hidden.draft(people)])
    make_report("Fire", articles=[hidden.draft(people)])
    page = client.get("/reports/")
    assert "Ice 1 article" in words(page)
    assert "Fire" not in words(page)


def test_an_author_is_read_part_by_part(client, people):
    author = make_author()
    written = make_live_article(people=people, authors=[author])
    translated = make_live_article(people=people)
    translated.bylines.create(author=author, role="translator", position=3)
    hidden.draft(people).bylines.create(author=author, role="photographer", position=3)
    page = client.get(f"/authors/{author.slug}/")
    offered = {address for address in links(page) if "role=" in address}
    assert offered == {f"/authors/{author.slug}/?role={role}" for role in ("author", "translator")}
    narrowed = client.get(f"/authors/{author.slug}/", {"role": "translator"})
    assert translated.headline in words(soup(narrowed).main)
    assert written.headline not in words(soup(narrowed).main)
    for role in ("photographer", "king", "\x00", "x" * 10_000):
        assert client.get(f"/authors/{author.slug}/", {"role": role}).status_code == 404
