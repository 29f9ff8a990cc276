"""What a feed says of an article in each of the formats, as readers of others' making read it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from articles import actions, syndication
from articles.models import Byline, GalleryImage, Image
from articles.syndication import ItemRights
from tests.factories.articles import make_author, make_image, make_live_article, make_publication
from tests.factories.headings import make_region, make_theme
from tests.factories.whole import write_house_texts
from tests.feed_readers import CHECKS, check_atom, check_json, check_rss, found, parsed

BY = "https://creativecommons.org/licenses/by/4.0/"
FREE = ItemRights(
    copyright_notice="Copyright © Ada Brook, 2026",
    notice="Free to share under CC BY 4.0.",
    holders=("Ada Brook", "Firth Gazette"),
    licence_url=BY,
    terms_url="https://house.example/rights/terms/open/",
    acquire_url="https://house.example/permissions/new/",
    rights_url="https://house.example/articles/tides/rights/",
    source_name="Firth Gazette",
    source_url="https://firth.example/",
    original_url="https://firth.example/tides",
    gives_full_text=True,
)
RESERVED = replace(FREE, licence_url="", gives_full_text=False)


@pytest.fixture
def say(monkeypatch):
    """The desk of rights says the same of every article."""

    def said(rights):
        monkeypatch.setattr(
            syndication, "_desks", [lambda rows, **_known: {row.pk: rights for row in rows}]
        )

    return said


@pytest.fixture
def tides(people):
    """An article with something of everything."""
    write_house_texts()
    picture = make_image(
        developed=True,
        alt_text="A wet quay",
        credit_line="Jo Doe",
        copyright_notice="© Jo Doe",
        web_statement="https://jo.example/terms",
    )
    article = make_live_article(
        people=people,
        headline="Who keeps <the> tide tables & why",
        slug="tides",
        standfirst="A standfirst.",
        body='<p>Words<span class="footnote">A note with <a href="https://a.example/?b&amp;c">'
        "a link</a>.</span> and more.</p>",
        authors=[make_author("Ada Brook", slug="ada-brook")],
        featured_image=picture,
    )
    translator = make_author("Bo Translator")
    Byline.objects.create(article=article, author=translator, role="translator", position=2)
    article.regions.add(make_region("Orkney"))
    article.themes.add(make_theme("Navigation"))
    article.tags.add("tides")
    article.corrections.create(text="It was the other quay.", kind="correction")
    GalleryImage.objects.create(article=article, image=make_image(developed=True, alt_text="Shut"))
    return article


def fetched(client, ending, address="/feed."):
    response = client.get(f"{address}{ending}")
    assert response.status_code == 200
    return response.content


@pytest.mark.parametrize("ending", CHECKS)
@pytest.mark.parametrize("rights", [FREE, RESERVED, ItemRights("© Nobody")])
def test_every_format_is_valid_whatever_the_rights(client, tides, say, ending, rights):
    say(replace(rights, free_pictures=frozenset({tides.featured_image_id})))
    CHECKS[ending](fetched(client, ending))


def test_rss_says_the_rights_of_each_item(client, tides, say):
    say(FREE)
    (item,) = found(check_rss(fetched(client, "rss")), "//item")
    assert found(item, "title/text()") == ["Who keeps <the> tide tables & why"]
    assert found(item, "dc:creator/text()") == ["Ada Brook"]
    assert found(item, "dc:contributor/text()") == ["Bo Translator"]
    assert found(item, "dc:language/text()") == ["en"]
    assert found(item, "dc:rights/text()") == [
        "Copyright © Ada Brook, 2026. Free to share under CC BY 4.0."
    ]
    assert found(item, "dcterms:rightsHolder/text()") == ["Ada Brook", "Firth Gazette"]
    assert found(item, "dcterms:license/text()") == [BY]
    assert found(item, "cc:license/text()") == [BY]
    assert found(item, "source/text()") == ["Firth Gazette"]
    assert found(item, "source/@url") == ["https://firth.example/"]
    assert found(item, "atom:link[@rel='license']/@href") == [BY]
    assert found(item, "atom:link[@rel='via']/@href") == ["https://firth.example/tides"]
    assert found(item, "category/text()") == ["Orkney", "Navigation", "tides"]


def test_only_a_licence_of_creative_commons_is_called_one(client, tides, say):
    say(RESERVED)
    (item,) = found(check_rss(fetched(client, "rss")), "//item")
    assert found(item, "cc:license") == []
    assert found(item, "dcterms:license/text()") == [RESERVED.terms_url]


def test_atom_says_the_rights_of_each_entry(client, tides, say):
    say(FREE)
    tree = check_atom(fetched(client, "atom"))
    (entry,) = found(tree, "//atom:entry")
    assert found(entry, "@xml:lang") == ["en"]
    assert found(entry, "atom:rights/text()") == [
        "Copyright © Ada Brook, 2026. Free to share under CC BY 4.0."
    ]
    assert found(entry, "atom:link[@rel='license']/@href") == [BY]
    assert found(entry, "atom:link[@rel='via']/@href") == ["https://firth.example/tides"]
    assert found(entry, "atom:source/atom:title/text()") == ["Firth Gazette"]
    assert found(entry, "atom:author/atom:name/text()") == ["Ada Brook"]
    assert found(entry, "atom:author/atom:uri/text()") == ["http://testserver/authors/ada-brook/"]
    assert found(entry, "atom:contributor/atom:name/text()") == ["Bo Translator"]


def test_an_entry_without_a_licence_does_not_inherit_one(client, tides, say):
    say(ItemRights("© Nobody"))
    (entry,) = found(check_atom(fetched(client, "atom")), "//atom:entry")
    assert found(entry, "atom:rights/text()") == ["© Nobody"]
    licence = found(entry, "atom:link[@rel='license']/@href")
    assert licence == ["http://purl.org/atompub/license#unspecified"]


def test_json_says_the_rights_of_each_item(client, tides, say):
    say(FREE)
    (item,) = check_json(fetched(client, "json"))["items"]
    rights = item["_imprimatur_rights"]
    assert rights.pop("about") == "http://testserver/feeds/"
    assert rights == {
        "copyright": FREE.copyright_notice,
        "notice": FREE.notice,
        "holders": ["Ada Brook", "Firth Gazette"],
        "license": BY,
        "terms": FREE.terms_url,
        "acquire": FREE.acquire_url,
        "details": FREE.rights_url,
        "source": {"name": "Firth Gazette", "url": "https://firth.example/"},
    }
    assert item["external_url"] == FREE.original_url
    assert item["language"] == "en"
    (translator,) = item["_imprimatur_credits"]["contributors"]
    assert (translator["name"], translator["role"]) == ("Bo Translator", "translator")


@pytest.mark.parametrize("ending", CHECKS)
def test_the_whole_text_leaves_only_where_it_may(client, tides, say, ending):
    say(RESERVED)
    summary = fetched(client, ending).decode()
    assert "and more." not in summary and "A note with" not in summary
    assert "A standfirst." in summary and "It was the other quay." in summary
    say(FREE)
    whole = fetched(client, ending).decode()
    assert "and more." in whole and "A note with" in whole and "It was the other quay." in whole


def test_without_a_desk_of_rights_only_headline_and_standfirst_leave(client, tides, monkeypatch):
    monkeypatch.setattr(syndication, "_desks", [])
    (item,) = check_json(fetched(client, "json"))["items"]
    assert "content_html" not in item
    assert item["content_text"].startswith("A standfirst.")
    assert "image" not in item
    assert item["_imprimatur_rights"]["copyright"].startswith("Copyright ©")


def test_in_a_feed_the_marks_lead_to_the_notes_on_our_page(client, tides, say):
    say(FREE)
    (entry,) = parsed(fetched(client, "atom")).entries
    html = entry.content[0].value
    assert 'href="http://testserver/articles/tides/#note-1"' in html
    assert "id=" not in html and 'href="#' not in html
    assert 'href="https://a.example/?b&amp;c"' in html
    assert FREE.copyright_notice in html


def test_only_a_free_picture_leaves_and_with_its_credit(client, tides, say):
    say(FREE)
    for ending in CHECKS:
        content = fetched(client, ending).decode()
        assert "/pictures/" not in content and "Jo Doe" not in content
    say(replace(FREE, free_pictures=frozenset({tides.featured_image_id})))
    rss, atom = (
        found(CHECKS[one](fetched(client, one)), "//media:content") for one in ("rss", "atom")
    )
    for (media,) in (rss, atom):
        assert media.get("url").startswith("http://testserver/pictures/")
        assert found(media, "media:credit/text()") == ["Jo Doe"]
        assert found(media, "media:copyright/text()") == ["© Jo Doe"]
        assert found(media, "media:description/text()") == ["A wet quay"]
    (item,) = check_json(fetched(client, "json"))["items"]
    assert item["image"].startswith("http://testserver/pictures/")
    assert item["_imprimatur_credits"]["image"]["credit"] == "Jo Doe"
    assert item["content_html"].count("<img") == 1
    assert "Shut" not in item["content_html"]


def test_a_picture_whose_time_has_ended_does_not_leave(client, tides, say):
    say(replace(FREE, free_pictures=frozenset({tides.featured_image_id})))
    yesterday = timezone.now() - timedelta(days=1)
    Image.objects.filter(pk=tides.featured_image_id).update(use_until=yesterday)
    assert "/pictures/" not in fetched(client, "json").decode()


def test_feedparser_reads_in_rss_and_atom_what_stands_in_json(client, tides, say):
    say(FREE)
    (item,) = check_json(fetched(client, "json"))["items"]
    for ending in ("rss", "atom"):
        (entry,) = parsed(fetched(client, ending)).entries
        assert (entry.id, entry.link) == (item["id"], item["url"])
        assert _markup(entry.content[-1].value) == _markup(item["content_html"])
        assert entry.author == "Ada Brook"


def _markup(html: str) -> tuple[str, list[str]]:
    """Words and links; what else there is, feedparser judges by rules of its own."""
    page = BeautifulSoup(html, "html.parser")
    return page.get_text(), [link["href"] for link in page.find_all("a")]


def test_an_id_outlasts_the_slug_and_updated_moves_with_a_correction(client, people, tides, say):
    say(FREE)
    (before,) = check_json(fetched(client, "json"))["items"]
    tides.slug = "tide-tables"
    tides.save()
    actions.revise(tides, by=people["editor"])
    later = timezone.now() + timedelta(seconds=5)
    tides.corrections.create(text="It was the third quay.", kind="correction", dated=later)
    with time_machine.travel(later + timedelta(seconds=5)):
        (after,) = check_json(fetched(client, "json"))["items"]
    assert after["id"] == before["id"]
    assert after["url"].endswith("/articles/tide-tables/")
    assert after["date_published"] == before["date_published"]
    assert after["date_modified"] > before["date_modified"]


def test_each_entry_speaks_its_own_language(client, people, tides, say):
    say(FREE)
    make_live_article(
        people=people,
        headline="BBC: من يحفظ جداول المد",
        body="<p>كلمات</p>",
        language="ar",
        authors=[make_author()],
    )
    newest = check_json(fetched(client, "json"))["items"][0]
    assert newest["title"] == "\u200fBBC: من يحفظ جداول المد"
    assert newest["content_html"].startswith('<div lang="ar" dir="rtl">')
    assert found(check_atom(fetched(client, "atom")), "//atom:entry/@xml:lang") == ["ar", "en"]
    assert found(check_rss(fetched(client, "rss")), "//item/dc:language/text()") == ["ar", "en"]


def test_hostile_words_stay_words(client, people, say):
    say(replace(FREE, notice="]]></dc:rights><script>alert(1)</script>", source_name="<b>&\x0b"))
    article = make_live_article(people=people, body="<p>Words.</p>")
    odd = "<script>alert(1)</script> ]]> &amp; \x0b\ufffe\x9f"
    type(article).objects.filter(pk=article.pk).update(headline=odd, standfirst=odd)
    for ending, check in CHECKS.items():
        said = check(fetched(client, ending))
        if ending != "json":
            assert found(said, "//script | //*[local-name()='script']") == []
    assert "\x0b" not in json.dumps(said, ensure_ascii=False)


def test_a_carried_article_names_its_source_by_the_desk_s_own_answer(client, people):
    """Nothing stands in for the desk of rights here."""
    outlet = make_publication("Firth Gazette", url="https://firth.example/")
    make_live_article(
        people=people,
        body="<p>Words.</p>",
        originating_publication=outlet,
        original_url="https://firth.example/tides",
    )
    for ending, check in CHECKS.items():
        assert "Firth Gazette" in json.dumps(fetched(client, ending).decode())
        check(fetched(client, ending))
