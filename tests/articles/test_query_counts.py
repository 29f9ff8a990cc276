"""A page asks the database as often for thirty of everything as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from taggit.models import Tag

from articles.models import Byline, Correction, GalleryImage, Image, OriginHop
from tests.factories.articles import (
    house,
    make_author,
    make_image,
    make_live_article,
    make_publication,
)
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.rights import hold_an_agreement_with, stand_under
from tests.factories.whole import write_house_texts
from tests.reading import status

# Of these, two ask for the rights and one for what to read on, which is not printed; a text from
# elsewhere has its way here besides.
MOST_OF_AN_ARTICLE = 9
MOST_OF_A_CARRIED_ARTICLE = 10
MOST_OF_A_LIST = 10
# The facets ask for the headings of each kind and the languages that have something to read, and
# count them; and for each choice whether few or many articles answer to it.
MOST_OF_A_NARROWED_LIST = 15
LANGUAGES = ["fr", "de", "es", "ar"]
# Who asks, what stands in it and hangs on it, who else writes, and what each card beside it shows.
MOST_OF_A_FORM = 39
COPIES = {"version": "abc", "widths": [320, 640]}


@pytest.fixture(autouse=True)
def texts(db):
    write_house_texts()


def picture():
    """A picture with copies that no file stands for: the page only names them."""
    image = make_image()
    Image.objects.filter(pk=image.pk).update(renditions=COPIES)
    image.renditions = COPIES
    return image


def queries(client, address):
    """How many queries one request takes, everything loaded that a process loads once."""
    status(client, address)
    with CaptureQueriesContext(connection) as captured:
        assert status(client, address) == 200
    return len(captured)


def full_article(people, *, number, **fields):
    """A live article with ``number`` of everything."""
    article = make_live_article(people=people, authors=[], featured_image=picture(), **fields)
    for position in range(number):
        author = make_author(bio="<p>Somebody.</p>", photo=picture())
        Byline.objects.create(article=article, author=author, position=position)
        GalleryImage.objects.create(article=article, image=picture(), position=position)
        translator = make_publication()
        hold_an_agreement_with(translator)
        OriginHop.objects.create(
            article=article, step="translated", publication=translator, position=position
        )
        Correction.objects.create(article=article, text="Sorry.", kind="correction")
        article.regions.add(make_region())
        article.themes.add(make_theme())
        make_report(articles=[article])
        article.tags.add(f"tag {position}")
    for language in LANGUAGES[:number]:
        make_live_article(people=people, translation_of=article, language=language)
    return article


@pytest.fixture(autouse=True)
def signed_articles(monkeypatch, people):
    """Articles without a byline may be published in these tests; they get theirs afterwards."""
    monkeypatch.setattr("articles.readiness._checks", [])


@pytest.mark.parametrize(("edition", "fewer"), [("", 0), ("print/", 1)], ids=["screen", "print"])
def test_an_article_costs_the_same_with_one_and_with_thirty_of_everything(
    client, people, edition, fewer
):
    stand_under()
    counts = [
        queries(client, full_article(people, number=number).get_absolute_url() + edition)
        for number in (1, 30)
    ]
    assert counts == [MOST_OF_AN_ARTICLE - fewer] * 2


# The page of rights asks besides how its publication wants to be credited.
@pytest.mark.parametrize(
    ("edition", "more"),
    [("", 0), ("print/", -1), ("rights/", 0)],
    ids=["screen", "print", "rights"],
)
def test_a_carried_article_costs_the_way_it_came_and_no_more(client, people, edition, more):
    stand_under()
    counts = []
    for number in (1, 30):
        first = make_publication()
        article = full_article(people, number=number, originating_publication=first)
        counts.append(queries(client, article.get_absolute_url() + edition))
    assert counts == [MOST_OF_A_CARRIED_ARTICLE + more] * 2


def test_the_form_of_an_article_costs_the_same_with_one_and_with_many_of_everything(client, people):
    client.force_login(people["editor"])
    counts = []
    for number in (1, 4):
        article = full_article(people, number=number, originating_publication=make_publication())
        counts.append(queries(client, f"/admin/articles/article/{article.pk}/change/"))
    assert counts == [MOST_OF_A_FORM] * 2


def test_a_pdf_that_is_kept_costs_little_more_than_the_page(client, people):
    article = full_article(people, number=1)
    Image.objects.update(renditions={})
    assert queries(client, f"{article.get_absolute_url()}article.pdf") <= MOST_OF_AN_ARTICLE + 1


def library(people, *, number):
    """Headings with ``number`` live articles under each, and as many headings beside them."""
    author = make_author(photo=picture())
    author.links.create(label="Elsewhere", url="https://elsewhere.example/")
    tag = Tag.objects.create(name=f"tag of {number}", slug=f"tag-of-{number}")
    region, theme = make_region(), make_theme()
    outlet = make_publication(logo=picture())
    articles = []
    for _ in range(number):
        article = make_live_article(
            people=people,
            authors=[author, make_author()],
            featured_image=picture(),
            originating_publication=outlet,
            publication=make_publication(),
        )
        article.regions.add(region, make_region(parent=region), make_region())
        article.themes.add(theme, make_theme(parent=theme), make_theme())
        article.tags.add(tag)
        articles.append(article)
        make_report(articles=[article])
    report = make_report(articles=articles)
    published = timezone.localtime(articles[0].published_at)
    return {
        "author": f"/authors/{author.slug}/",
        "publication": f"/publications/{outlet.slug}/",
        "region": f"/regions/{region.slug}/",
        "theme": f"/themes/{theme.slug}/",
        "report": f"/reports/{report.slug}/",
        "tag": f"/tags/{tag.slug}/",
        "list": "/articles/",
        "narrowed list": f"/articles/?region={region.slug}&theme={theme.slug}",
        "home": "/",
        "home in another language": "/fr/",
        "regions": "/regions/",
        "themes": "/themes/",
        "reports": "/reports/",
        "authors": "/authors/",
        "publications": "/publications/",
        "archive": "/archive/",
        "archive of a year": f"/archive/{published.year}/",
        "archive of a month": f"/archive/{published:%Y/%m}/",
    }


def test_lists_cost_the_same_with_one_and_with_thirty_articles(client, people):
    house()
    one = {name: queries(client, address) for name, address in library(people, number=1).items()}
    thirty = {
        name: queries(client, address) for name, address in library(people, number=30).items()
    }
    assert one == thirty
    narrowed = [one.pop(name) for name in ("list", "narrowed list")]
    assert {name: count for name, count in one.items() if count > MOST_OF_A_LIST} == {}
    assert max(narrowed) <= MOST_OF_A_NARROWED_LIST


def test_a_page_further_down_costs_what_the_first_costs(client, people):
    addresses = library(people, number=30)
    for name in ("author", "region", "tag", "list"):
        page = client.get(addresses[name])
        older = page.context["listing"].before
        assert queries(client, f"{addresses[name]}?before={older.replace('+', '%2B')}") <= queries(
            client, addresses[name]
        )


def test_the_policy_of_rights_costs_the_same_however_often_it_was_reworded(client, people):
    before = queries(client, "/rights/")
    for _ in range(10):
        write_house_texts()
    assert queries(client, "/rights/") == before
