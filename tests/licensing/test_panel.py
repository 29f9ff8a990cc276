"""The panel under an article: what may be done with it, told in signs, words and sentences."""

import pytest
from django.urls import reverse

from tests.factories.articles import house, make_article, make_live_article
from tests.factories.rights import stand_under
from tests.factories.whole import make_whole_article
from tests.reading import links, soup, words


@pytest.fixture
def panel(client, people):
    stand_under()
    return soup(client.get(make_whole_article(people).get_absolute_url())).find(id="rights")


def test_three_uses_stand_open_and_the_others_behind_a_summary(panel):
    uses = [words(node) for node in panel.select(":scope > ul > li .use")]
    assert uses == [
        "Cross-post on a community site:",
        "Publish on a commercial site:",
        "Publish in print:",
    ]
    assert len(panel.select("details li")) == 8
    assert panel.h2.get_text() == "May I use this article?"


def test_each_use_has_a_word_beside_its_sign_and_a_sentence(panel):
    for row in panel.select("li"):
        assert row.svg["aria-hidden"] == "true"
        assert words(row.strong)
        assert words(row.select_one(".says")).endswith(".")
    first, _second, third = panel.select(":scope > ul > li")
    assert words(first.strong) == "Allowed"
    assert words(third.strong) == "Ask the rights holder"
    assert "ask Firth Gazette" in words(third)


def test_signs_differ_by_shape(client, people):
    rules = {
        "community_web": {"verdict": "granted"},
        "print": {"verdict": "refused"},
        "commercial_web": {"verdict": "ask"},
        "translation": {"verdict": "refer"},
    }
    stand_under(rules)
    page = soup(client.get(make_live_article(people=people).get_absolute_url()))
    shapes = {row["class"][-1]: row.path["d"] for row in page.find(id="rights").select("li.answer")}
    assert set(shapes) == {"granted", "ask", "refer", "refused"}
    assert len(set(shapes.values())) == 4


def test_the_panel_leads_to_the_copy_and_the_page_of_rights_and_the_rail_to_the_panel(
    client, people, panel
):
    onward = [link["href"] for link in panel.select("a.onward")]
    assert onward == [
        "/articles/tide-tables/republish/",
        "/articles/tide-tables/rights/",
        "/complaints/new/?article=tide-tables",
    ]
    page = soup(client.get("/articles/tide-tables/"))
    assert page.select_one(".meta a[href='#rights']")


def test_on_paper_the_three_uses_stand_with_the_address_to_read_on(client, people, panel):
    paper = soup(client.get("/articles/tide-tables/print/")).find(id="rights")
    assert len(paper.select("li")) == 3
    assert paper.details is None
    assert "http://testserver/articles/tide-tables/rights/" in words(paper)


def test_the_panel_follows_the_terms_without_a_moment_between(client, people):
    stand_under()
    article = make_live_article(people=people)
    address = article.get_absolute_url()
    assert words(soup(client.get(address)).select_one("#rights strong")) == "Allowed"
    stand_under({}, name="Strict", article=article)
    assert words(soup(client.get(address)).select_one("#rights strong")) == "Ask us"


def test_a_preview_tells_what_readers_will_be_told(client, people):
    stand_under()
    draft = make_article(by=people["editor"])
    client.force_login(people["editor"])
    page = soup(client.get(reverse("admin:articles_article_preview", args=[draft.pk])))
    panel = page.find(id="rights")
    assert words(panel.strong) == "Allowed"
    assert "once it is public" in words(panel)
    assert panel.select_one("a.onward") is None


def test_in_an_article_of_another_script_the_panel_runs_in_its_own_direction(client, people):
    # Hebrew is none of the languages that the site speaks.
    article = make_live_article(people=people, language="he")
    panel = soup(client.get(article.get_absolute_url())).find(id="rights")
    assert (panel["lang"], panel["dir"]) == ("en", "ltr")


def test_the_desk_says_right_by_right_what_we_hold(client, people):
    article = make_whole_article(people)
    client.force_login(people["editor"])
    text = words(client.get(reverse("admin:articles_article_change", args=[article.pk])))
    assert "First published by Firth Gazette on 2 March 2019. We carry it under our" in text
    assert "Translated by Translators' Pool on 7 January 2020." in text


def test_the_desk_of_a_text_of_our_own_says_that_it_is_ours(client, people):
    article = make_live_article(people=people, publication=house())
    client.force_login(people["editor"])
    page = client.get(reverse("admin:articles_article_change", args=[article.pk]))
    assert "Our own work: ours." in words(page)
    assert f"{article.get_absolute_url()}rights/" in page.content.decode()


def test_who_may_enter_clearances_is_led_to_the_form_and_nobody_else(client, people):
    article = make_whole_article(people)
    origin = article.originating_publication
    change = reverse("admin:articles_article_change", args=[article.pk])
    form = reverse("admin:licensing_clearance_add")
    doors = {
        f"{form}?scope=article&article={article.pk}&publication={origin.pk}",
        f"{form}?scope=publication&publication={origin.pk}",
    }
    client.force_login(people["admin"])
    assert doors <= links(client.get(change))
    client.force_login(people["contributor"])
    assert not doors & links(client.get(change))
