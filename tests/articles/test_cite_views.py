"""Citing through HTTP: the page, the files, and the tool that quotes a passage."""

import json
import re
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import pytest

from articles import actions, quotations
from articles.models import Author, Byline
from tests.factories import hidden
from tests.factories.articles import make_author, make_live_article
from tests.factories.whole import make_whole_article, write_house_texts
from tests.reading import body_of, soup, words

pytestmark = pytest.mark.django_db

FILES = {
    "bibtex": ("application/x-bibtex", "bib"),
    "ris": ("application/x-research-info-systems", "ris"),
    "csl.json": ("application/vnd.citationstyles.csl+json", "json"),
    "txt": ("text/plain", "txt"),
}


@pytest.fixture
def article(people):
    write_house_texts()
    return make_whole_article(people)


def quoted(client, article, **asked):
    return client.get(f"{article.get_absolute_url()}cite/?{urlencode(asked)}")


def test_the_page_has_the_references_and_leads_to_the_files(client, article):
    page = soup(client.get(f"{article.get_absolute_url()}cite/"))
    assert words(page.select_one("#apa")).startswith(
        "Brook, A., & Cole, B. (2021, May 4). Who Keeps the Tide Tables (T. Lind, Trans.). "
    )
    assert page.select_one("#mla i").get_text() == "The House Review"
    for name in FILES:
        assert page.find("a", href=f"{article.get_absolute_url()}cite/{name}")
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex, follow"


def test_each_file_has_its_type_and_its_name(client, article):
    for name, (media_type, ending) in FILES.items():
        response = client.get(f"{article.get_absolute_url()}cite/{name}")
        assert response["Content-Type"] == f"{media_type}; charset=utf-8"
        assert f'filename="tide-tables.{ending}"' in response["Content-Disposition"]
        assert "Tide Tables" in body_of(response).decode()


def test_the_facts_come_from_the_rows(client, article, people):
    salt = make_author("Salt, Paper and Co", kind=Author.Kind.COLLECTIVE)
    Byline.objects.create(article=article, author=salt, position=9)
    (item,) = json.loads(client.get(f"{article.get_absolute_url()}cite/csl.json").content)
    assert item["author"][-1] == {"literal": "Salt, Paper and Co"}
    assert item["translator"] == [{"family": "Lind", "given": "Tess"}]
    assert item["issued"] == {"date-parts": [[2021, 5, 4]]}
    assert item["original-publisher"] == "Firth Gazette"
    assert item["original-date"] == {"date-parts": [[2019, 3, 2]]}
    assert "https://firth.example/2019/tides/" in item["note"]
    assert item["URL"] == "http://testserver/articles/tide-tables/"


def test_where_nobody_signs_the_reporters_do(client, people):
    article = make_live_article(people=people, authors=[make_author("Ada Brook")])
    article.bylines.update(role=Byline.Role.REPORTER)
    (item,) = json.loads(client.get(f"{article.get_absolute_url()}cite/csl.json").content)
    assert item["author"] == [{"family": "Brook", "given": "Ada"}]
    assert "contributor" not in item


def test_a_format_that_is_unknown_is_not_there(client, article):
    assert client.get(f"{article.get_absolute_url()}cite/endnote").status_code == 404


def test_a_former_address_leads_on_in_every_format(client, article, people):
    article.slug = "ملح"
    article.save()
    actions.revise(article, by=people["editor"])
    for ending in ("", *FILES):
        response = client.get(f"/articles/tide-tables/cite/{ending}")
        assert response.status_code == 301
        assert response["Location"] == f"/articles/{quote('ملح')}/cite/{ending}"
        assert client.get(response["Location"]).status_code == 200


def test_what_is_hidden_has_no_citation(client, people):
    for make in hidden.UNKNOWN.values():
        path = make(people).get_absolute_url()
        assert {client.get(f"{path}cite/{one}").status_code for one in ("", "ris")} == {404}
    gone = hidden.withdrawn(people).get_absolute_url()
    assert {client.get(f"{gone}cite/{one}").status_code for one in ("", "ris")} == {410}


def test_typed_words_become_a_quotation_with_the_address_of_the_place(client, article):
    page = soup(quoted(client, article, quote="tide TABLES of Skerryvoe [1] were kept"))
    url = (
        "http://testserver/articles/tide-tables/#:~:text=tide%20tables%20of%20Skerryvoe,were%20kept"
    )
    text = page.select_one("#quoted-text").get_text().lstrip("\n")
    assert text == (
        "“tide tables of Skerryvoe were kept”\n"
        "— Ada Brook and Ben Cole, Who Keeps the Tide Tables, The House Review, 4 May 2021\n"
        f"{url}"
    )
    assert page.find("a", href=url)
    assert f'<a href="{url}">' in page.select_one("#quoted-html").get_text()


def test_every_channel_names_the_day_of_publication_in_the_zone_of_the_house(
    client, people, settings
):
    settings.TIME_ZONE = "Pacific/Auckland"
    dated = datetime(2021, 5, 4, 20, tzinfo=UTC)
    article = make_live_article(people=people, dated=dated, body="<p>The tide was late.</p>")
    page = soup(quoted(client, article, quote="the tide was late"))
    assert ", 5 May 2021\n" in page.select_one("#quoted-text").get_text()
    assert "2021, May 5" in words(page.select_one("#apa"))
    head = soup(client.get(article.get_absolute_url())).head
    told = {tag.get("name"): tag.get("content") for tag in head.find_all("meta")}
    assert told["DC.date"] == "2021-05-05"
    assert told["citation_publication_date"] == "2021/05/05"


def test_a_quotation_as_html_keeps_its_direction(client, people):
    article = make_live_article(people=people, language="ar", body="<p>الملح والورق</p>")
    pasted = soup(quoted(client, article, quote="الملح")).select_one("#quoted-html").get_text()
    assert 'lang="ar" dir="rtl"' in pasted


def test_a_paragraph_is_picked_by_its_number(client, article):
    page = soup(quoted(client, article, paragraph="4"))
    assert page.select_one(".quoted blockquote").get_text() == "Water does not read."
    assert page.select_one("option[selected]")["value"] == "4"


def test_no_more_is_quoted_than_may_be(client, people, article, monkeypatch):
    monkeypatch.setattr(quotations, "MOST_WORDS", 5)
    monkeypatch.setattr("articles.syndication._page_desks", [])
    page = soup(quoted(client, article, paragraph="1"))
    assert "5 words may be quoted" in page.select_one(".wrong").get_text()
    assert page.select_one(".quoted") is None
    assert page.select_one('option[value="1"]').has_attr("disabled")


def test_the_rule_of_the_rights_desk_says_how_much_may_be_quoted(client, article):
    hint = words(soup(quoted(client, article)).select_one("#quote ~ .hint"))
    most = re.search(r"up to (\d+) words", hint)
    assert most and "What may be quoted" in hint


def test_what_nobody_wrote_is_answered_with_a_sentence(client, people):
    article = make_live_article(people=people, body="<p>The tide was late.</p>")
    for words_typed in (
        "by foot",
        "x" * 20_000,
        "<script>alert(1)</script>",
        "\x00",
        "a\u202e",
        "[",
    ):
        response = quoted(client, article, quote=words_typed)
        assert response.status_code == 200
        assert b"<script>alert" not in response.content
    for number in ("0", "-1", "²", "9" * 5000, "x"):
        response = quoted(client, article, paragraph=number)
        assert (
            soup(response).select_one(".wrong").get_text() == "The article has no such paragraph."
        )


def test_a_quotation_as_html_is_shown_as_it_is_to_be_pasted(client, people):
    body = "<p>Tide &lt;b&gt; &amp; &lt;/textarea&gt; tables.</p>"
    article = make_live_article(people=people, body=body)
    response = quoted(client, article, quote="tide <b> & </textarea> tables")
    pasted = soup(response).select_one("#quoted-html").get_text()
    assert "<p>Tide &lt;b&gt; &amp; &lt;/textarea&gt; tables</p>" in pasted
