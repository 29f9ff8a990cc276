"""What the typesetter gets: the words of the page, chosen for paper and for its language."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone, translation

from articles.manuscript import document
from articles.models import Article, Byline
from articles.pages import article_page, loaded
from articles.printing.document import Run
from tests.factories.articles import make_author, make_live_article
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.whole import make_whole_article, write_house_texts

URL = "https://news.example/articles/tide-tables/"


def printed(article, **changes):
    page = article_page(loaded(Article.objects.all()).get(pk=article.pk))
    return document(page, url=URL, read=changes.get("read", lambda image: b"bytes"))


def text(runs):
    return "".join(run.text for run in runs)


def test_a_document_says_what_the_page_says(people):
    write_house_texts()
    paper = printed(make_whole_article(people))
    assert paper.title == "Who Keeps the Tide Tables"
    assert paper.masthead == "The House Review"
    assert paper.standfirst == "A book nobody signs, and everybody needs."
    assert paper.dateline == "The House Review, 4 May 2021"
    assert paper.url == paper.foot.url == URL
    assert paper.foot.source == "Copyright © Ada Brook, Ben Cole, The House Review, 2019"
    assert paper.foot.page == ("Page ", " of ", "")
    assert paper.notes_heading == "Notes"
    assert (paper.language, paper.direction) == ("en", "ltr")


def test_the_byline_names_everybody_by_role_with_links_and_what_follows_the_name(people):
    runs = printed(make_whole_article(people)).byline
    assert text(runs) == (
        "By Ada Brook and Ben Cole · Translated by Tess Lind for Translators' Pool"
    )
    slugs = Byline.objects.order_by("position").values_list("author__slug", flat=True)
    assert [run.url for run in runs if run.url] == [f"/authors/{slug}/" for slug in slugs]


def test_three_names_are_joined_by_a_comma_and_an_and(people):
    authors = [make_author(name) for name in ("Ada", "Ben", "Cem")]
    article = make_live_article(people=people, authors=authors)
    assert text(printed(article).byline) == "By Ada, Ben and Cem"


def test_headings_stand_as_facts_and_only_those_there_are(people):
    article = make_live_article(people=people)
    assert printed(article).facts == []
    asia, nepal = make_region("Asia"), make_region("Nepal")
    article.regions.add(asia, nepal)
    article.themes.add(make_theme("War"))
    make_report("Ice", articles=[article])
    facts = {fact.label: fact.runs for fact in printed(article).facts}
    assert list(facts) == ["Region", "Theme", "In-depth report"]
    assert facts["Region"] == [
        Run("Asia", f"/regions/{asia.slug}/"),
        Run(", "),
        Run("Nepal", f"/regions/{nepal.slug}/"),
    ]


def test_corrections_above_are_notices_and_those_below_come_before_the_colophon(people):
    paper = printed(make_whole_article(people))
    (notice,) = paper.corrections
    assert (notice.label, notice.date) == ("Correction", "4 May 2021")
    assert notice.text == "High water was an hour later."
    assert paper.closing[0].label == "Correction, 4 May 2021"


def test_pictures_come_as_bytes_with_their_words(people):
    article = make_whole_article(people)
    paper = printed(article, read=lambda image: image.alt_text.encode())
    assert paper.image.data == b"A wet quay"
    assert paper.image.caption == "The quay at six in the morning"
    assert paper.image.credit == "Cora Dunn / Firth Gazette"
    assert [plate.caption for plate in paper.gallery] == ["June, by hand"]


def test_a_picture_whose_time_has_ended_is_not_printed(people):
    article = make_whole_article(people)
    article.featured_image.use_until = timezone.now() - timedelta(seconds=1)
    article.featured_image.save()
    assert printed(article).image is None


def test_the_file_says_its_authors_keywords_date_and_rights(people):
    metadata = printed(make_whole_article(people)).metadata
    assert metadata.authors == ["Ada Brook", "Ben Cole"]
    assert metadata.copyright == "Copyright © Ada Brook, Ben Cole, The House Review, 2019"
    assert set(metadata.keywords) == {"Orkney", "Navigation", "The Sea's Paperwork", "tides"}
    assert metadata.date.year == 2021


def test_a_text_nobody_signs_is_by_its_publication(people, monkeypatch):
    monkeypatch.setattr("articles.readiness._checks", [])
    article = make_live_article(people=people, authors=[])
    paper = printed(article)
    assert paper.byline == []
    assert paper.metadata.authors == ["The House Review"]


def test_an_arabic_article_is_set_from_the_right_and_dated_in_its_language(people):
    dated = datetime(2021, 5, 4, tzinfo=UTC)
    paper = printed(make_live_article(people=people, language="ar", dated=dated))
    assert (paper.language, paper.direction) == ("ar", "rtl")
    assert "مايو" in paper.dateline


def test_the_language_of_whoever_asks_does_not_matter(people):
    article = make_whole_article(people)
    with translation.override("fr"):
        in_french_hands = printed(article)
    assert in_french_hands.dateline == printed(article).dateline == "The House Review, 4 May 2021"
    assert in_french_hands.byline == printed(article).byline


def test_a_single_note_is_headed_in_the_singular(people):
    body = "<p>Once<span class='footnote'>Only once.</span>.</p>"
    assert printed(make_live_article(people=people, body=body)).notes_heading == "Note"
