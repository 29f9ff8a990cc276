"""Everything of the reference page is on the screen, on paper and in the PDF."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, GalleryImage
from articles.pages import article_page, loaded, surroundings
from tests.factories import hidden
from tests.factories.articles import make_article, make_image, make_live_article
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.whole import make_whole_article, write_house_texts
from tests.reading import links, printed, reader, soup, status, words

# What the page of the reference holds, in the words of our own article.
ON_EVERY_EDITION = {
    "masthead": "The House Review",
    "headline": "Who Keeps the Tide Tables",
    "standfirst": "A book nobody signs, and everybody needs.",
    "byline": "By Ada Brook and Ben Cole",
    "translator": "Translated by Tess Lind for Translators' Pool",
    "publication and date": "The House Review, 4 May 2021",
    "region": "Orkney",
    "theme": "Navigation",
    "in-depth report": "The Sea's Paperwork",
    "body": "were kept by hand",
    "heading in the body": "Who reads them",
    "quotation": "Water does not read.",
    "first note": "Printed since 1802, with a gap.",
    "second note": "Eleven of them.",
    "heading of the notes": "Notes",
    "caption": "The quay at six in the morning",
    "picture credit": "Cora Dunn / Firth Gazette",
    "credit of the featured picture": "Featured image: Cora Dunn / Firth Gazette",
    "caption in the gallery": "June, by hand",
    "credit in the gallery": "Picture “A page of figures”: Eve Ford",
    "correction above": "High water was an hour later.",
    "correction below": "Ada, not Ida.",
    "date of the correction": "4 May 2021",
    "reader note": "Pass this article on.",
    "origin": "This article was originally published on Firth Gazette, 2 March 2019.",
    "translation on the way": "It was translated by Translators' Pool, 7 January 2020.",
    "crosspost on the way": "It was cross-posted by Harbour Mirror.",
    "source": "The original source of this article is The House Review.",
    "copyright": "Copyright © Ada Brook, Ben Cole, The House Review, 2019",
    "comments": "Talk about it",
    "membership": "Become a member",
    "archive": "Articles by",
    "about": "About the authors",
    "first author": "Ada Brook sails.",
    "second author": "Ben Cole counts birds.",
    "disclaimer": "The author answers for every word.",
    "cross-posting": "Community sites may carry it.",
    "print and commercial": "To publish this article in print, ask Firth Gazette",
    "fair use": "Some material is used fairly.",
    "media contact": "Call the press desk.",
}
LINKS_ON_EVERY_EDITION = {
    "https://almanac.example/tables",
    "https://firth.example/2019/tides/",
    "https://pool.example/",
    "https://mirror.example/",
    "https://cora.example/",
    "tel:+41220000000",
    "https://talk.example/",
    "https://join.example/",
}


@pytest.fixture
def whole(people):
    write_house_texts()
    return make_whole_article(people)


@pytest.fixture
def address(whole):
    return whole.get_absolute_url()


@pytest.mark.parametrize("edition", ["", "print/"], ids=["screen", "print"])
def test_every_element_of_the_reference_is_on_the_page(client, address, edition):
    response = client.get(address + edition)
    text = words(response)
    missing = {name: part for name, part in ON_EVERY_EDITION.items() if part not in text}
    assert not missing
    assert links(response).issuperset(LINKS_ON_EVERY_EDITION)


def test_every_element_of_the_reference_is_in_the_pdf(client, address):
    file = reader(client.get(f"{address}article.pdf"))
    text = printed(file)
    missing = {name: part for name, part in ON_EVERY_EDITION.items() if part not in text}
    assert not missing
    targets = {
        note["/A"]["/URI"]
        for page in file.pages
        for note in (part.get_object() for part in page.get("/Annots", []))
        if "/URI" in note.get("/A", {})
    }
    assert targets.issuperset(LINKS_ON_EVERY_EDITION)
    assert "http://testserver/regions/" in " ".join(targets)


@pytest.mark.parametrize("edition", ["", "print/"], ids=["screen", "print"])
def test_the_parts_come_in_the_order_of_the_reference(client, address, edition):
    text = words(soup(client.get(address + edition)).find("article"))
    order = [
        "headline",
        "standfirst",
        "byline",
        "publication and date",
        "caption",
        "region",
        "correction above",
        "body",
        "caption in the gallery",
        "first note",
        "correction below",
        "reader note",
        "origin",
        "credit of the featured picture",
        "source",
        "copyright",
        "comments",
        "membership",
        "archive",
        "about",
        "disclaimer",
        "cross-posting",
        "print and commercial",
        "fair use",
        "media contact",
    ]
    place = 0
    for name in order:
        place = text.find(ON_EVERY_EDITION[name], place)
        assert place >= 0, name


@pytest.mark.parametrize("edition", ["", "print/"], ids=["screen", "print"])
def test_a_note_and_its_mark_lead_to_each_other(client, address, edition):
    page = soup(client.get(address + edition))
    marks = page.select(".noteref a")
    assert [mark.get_text() for mark in marks] == ["[1]", "[2]"]
    for mark in marks:
        note = page.find(id=mark["href"].removeprefix("#"))
        back = note.find("a", role="doc-backlink")
        assert back["href"] == f"#{mark['id']}"


@pytest.mark.parametrize("edition", ["", "print/"], ids=["screen", "print"])
def test_no_id_stands_twice_on_a_page(client, address, edition):
    ids = [node["id"] for node in soup(client.get(address + edition)).find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_the_page_leads_to_every_heading_it_stands_under_and_to_its_editions(client, whole):
    found = links(client.get(whole.get_absolute_url()))
    for rows, collection in (
        (whole.regions.all(), "regions"),
        (whole.themes.all(), "themes"),
        (whole.reports.all(), "reports"),
        (whole.tags.all(), "tags"),
        ([byline.author for byline in whole.bylines.all()], "authors"),
        ([whole.publication], "publications"),
    ):
        assert {f"/{collection}/{row.slug}/" for row in rows} <= found
    assert {"/articles/tide-tables/print/", "/articles/tide-tables/article.pdf"} <= found


@pytest.mark.parametrize("edition", ["", "print/"], ids=["screen", "print"])
def test_every_edition_names_the_page_for_the_screen_as_the_canonical_one(client, address, edition):
    page = soup(client.get(address + edition))
    assert page.find("link", rel="canonical")["href"] == f"http://testserver{address}"


def test_pictures_are_shown_with_words_for_those_who_cannot_see_them(client, address):
    images = soup(client.get(address)).find("article").find_all("img")
    assert [image["alt"] for image in images][:2] == ["A wet quay", "A page of figures"]
    for image in images:
        assert image["src"].startswith("/pictures/")
        assert status(client, image["src"]) == 200
        assert int(image["width"]) > 0
        assert int(image["height"]) > 0


def test_a_picture_whose_time_has_ended_leaves_its_words_in_its_place(client, whole):
    image = whole.featured_image
    plate = whole.gallery.first().image
    addresses = [shot["src"] for shot in soup(client.get(whole.get_absolute_url())).find_all("img")]
    for row in (image, plate):
        row.use_until = timezone.now() - timedelta(seconds=1)
        row.save()
    for edition in ("", "print/"):
        response = client.get(whole.get_absolute_url() + edition)
        text = words(response)
        assert "A wet quay" in text
        assert "A page of figures" in text
        assert str(image.key) not in response.content.decode()
        assert str(plate.key) not in response.content.decode()
    assert [status(client, address) for address in addresses] == [404, 404]


def test_a_picture_without_copies_is_left_out(client, people):
    article = make_live_article(people=people, featured_image=make_image())
    GalleryImage.objects.create(article=article, image=make_image())
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    assert soup(response).find("article").find("img") is None


def test_the_house_texts_come_in_the_articles_language_and_else_in_the_sites(client, people):
    write_house_texts()
    write_house_texts(language="fr")
    article = make_live_article(people=people, language="fr-ca")
    page = article_page(article)
    assert page.texts.languages["disclaimer"] == "fr"
    article = make_live_article(people=people, language="de")
    assert article_page(article).texts.languages["disclaimer"] == "en"


def test_an_article_of_a_language_written_from_the_right_says_so(client, people):
    article = make_live_article(people=people, language="ar")
    page = soup(client.get(article.get_absolute_url())).find("article")
    assert (page["lang"], page["dir"]) == ("ar", "rtl")


def test_a_note_of_the_articles_own_stands_in_the_place_of_that_of_the_house(client, people):
    write_house_texts()
    article = make_live_article(people=people, reader_note="<p>Read it aloud.</p>")
    text = words(client.get(article.get_absolute_url()))
    assert "Read it aloud." in text
    assert "Pass this article on." not in text


def test_an_article_with_nothing_but_a_headline_and_a_body_has_a_page(client, people):
    article = make_live_article(people=people)
    for edition in ("", "print/", "article.pdf"):
        assert status(client, article.get_absolute_url() + edition) == 200


# --- what is loaded ---------------------------------------------------------------------------


def test_subjects_are_sorted_by_name_and_asked_for_at_once(people, django_assert_num_queries):
    article = make_article(by=people["contributor"])
    article.regions.add(make_region("Oslo"), make_region("Asia"))
    article.themes.add(make_theme("Work"))
    article.tags.add("sea", "ice")
    make_report("Ice", articles=[article])
    with django_assert_num_queries(1):
        found, _others = surroundings(article, at=timezone.now())
    names = {kind: [link.name for link in rows] for kind, rows in found.items()}
    assert names == {
        "regions": ["Asia", "Oslo"],
        "themes": ["Work"],
        "reports": ["Ice"],
        "tags": ["ice", "sea"],
    }


@pytest.mark.parametrize("kind", [*hidden.UNKNOWN, "withdrawn"])
def test_a_translation_that_is_not_public_is_not_offered(people, kind):
    article = make_live_article(people=people)
    make = hidden.UNKNOWN.get(kind, hidden.withdrawn)
    make(people, translation_of=article, language="fr")
    assert surroundings(article, at=timezone.now())[1] == []


def test_translations_lead_to_each_other_by_language(people):
    head = make_live_article(people=people)
    french = make_live_article(people=people, translation_of=head, language="fr")
    arabic = make_live_article(people=people, translation_of=head, language="ar")
    addresses = {
        row: [other.get_absolute_url() for other in surroundings(row, at=timezone.now())[1]]
        for row in (head, french)
    }
    assert addresses[head] == [arabic.get_absolute_url(), french.get_absolute_url()]
    assert addresses[french] == [arabic.get_absolute_url(), head.get_absolute_url()]


def test_corrections_stand_where_the_editor_put_them_newest_first(people):
    article = make_live_article(people=people)
    now = timezone.now()
    for days, placement in ((3, "top"), (1, "top"), (2, "end")):
        dated = now - timedelta(days=days)
        article.corrections.create(text=f"{days} days ago", placement=placement, dated=dated)
    page = article_page(loaded(Article.objects.live()).get())
    assert [row.text for row in page.corrections_at_top] == ["1 days ago", "3 days ago"]
    assert [row.text for row in page.corrections_at_end] == ["2 days ago"]


def test_the_gallery_keeps_its_order_and_its_own_captions(people):
    article = make_live_article(people=people)
    for position, caption in ((2, "Second"), (1, "First"), (3, "")):
        image = make_image(developed=True, caption="Of the picture")
        GalleryImage.objects.create(
            article=article, image=image, caption=caption, position=position
        )
    page = article_page(loaded(Article.objects.live()).get())
    assert [shot.caption for shot in page.gallery] == ["First", "Second", "Of the picture"]
