"""Pages of authors, publications, regions, themes, reports, tags, the list and the front page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from taggit.models import Tag

from articles import actions, paging
from articles.models import Article, Byline
from tests.factories import hidden
from tests.factories.articles import (
    make_article,
    make_author,
    make_image,
    make_live_article,
    make_publication,
)
from tests.factories.headings import make_region, make_report, make_theme
from tests.reading import headlines, links, soup, words

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def file_under(article, heading):
    """Puts ``article`` under ``heading``, whatever kind of heading that is."""
    kind = heading._meta.model_name
    if kind == "author":
        Byline.objects.create(article=article, author=heading, position=9)
    elif kind == "publication":
        Article.objects.filter(pk=article.pk).update(originating_publication=heading)
    elif kind == "indepthreport":
        heading.entries.create(article=article, position=heading.entries.count())
    elif kind == "tag":
        article.tags.add(heading)
    else:
        getattr(article, f"{kind}s").add(heading)


MAKERS = {
    "author_detail": make_author,
    "publication_detail": make_publication,
    "region_detail": make_region,
    "theme_detail": make_theme,
    "report_detail": make_report,
    "tag_detail": lambda: Tag.objects.create(name="A tag", slug="a-tag"),
}


@pytest.fixture(params=MAKERS)
def view(request):
    return request.param


def get(client, view, heading, **query):
    return client.get(reverse(f"site:{view}", args=[heading.slug]), query)


def test_a_heading_shows_what_is_live_under_it(client, people, view):
    heading = MAKERS[view]()
    article = make_live_article(people=people)
    other = make_live_article(people=people)
    file_under(article, heading)
    response = get(client, view, heading)
    assert response.status_code == 200
    assert headlines(response) == [article.headline]
    assert other.headline not in words(response)
    assert str(heading) in soup(response).h1.get_text()


@pytest.mark.parametrize("kind", [*hidden.UNKNOWN, "withdrawn"])
def test_a_heading_with_nothing_live_under_it_answers_like_one_that_does_not_exist(
    client, people, view, kind
):
    heading = MAKERS[view]()
    make = hidden.UNKNOWN.get(kind, hidden.withdrawn)
    file_under(make(people), heading)
    unknown = client.get(reverse(f"site:{view}", args=["there-is-none"]))
    response = get(client, view, heading)
    assert (response.status_code, response.content) == (404, unknown.content)


def test_a_former_address_of_a_heading_leads_on_while_something_is_live_under_it(
    client, people, view
):
    heading = MAKERS[view]()
    heading.slug, former = "present", heading.slug
    heading.save()
    actions.keep_former_slug(heading, former)
    address = reverse(f"site:{view}", args=[former])
    assert client.get(address).status_code == 404
    file_under(make_live_article(people=people), heading)
    response = client.get(address)
    assert response.status_code == 301
    assert response["Location"] == reverse(f"site:{view}", args=["present"])


def test_a_heading_of_any_script_has_its_page(client, people, view):
    heading = MAKERS[view]()
    heading.slug = "вода-и-水"
    heading.save()
    file_under(make_live_article(people=people), heading)
    assert get(client, view, heading).status_code == 200


@pytest.mark.parametrize("slug", ["%00", "a%00", "x" * 10_000, "%F0%9F%98%80", "%ff", "a.b"])
def test_a_heading_nobody_made_is_unknown_and_nothing_worse(client, db, view, slug):
    collection = view.removesuffix("_detail") + "s"
    assert client.get(f"/{collection}/{slug}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_a_heading_is_read_and_nothing_else(client, people, view, method):
    heading = MAKERS[view]()
    file_under(make_live_article(people=people), heading)
    address = reverse(f"site:{view}", args=[heading.slug])
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("method", ["post", "put", "delete", "trace"])
@pytest.mark.parametrize("address", ["/", "/articles/"])
def test_lists_are_read_and_nothing_else(client, db, method, address):
    assert getattr(client, method)(address).status_code == 405


def test_a_heading_sets_no_cookie_and_does_not_vary_by_one(client, people, view):
    heading = MAKERS[view]()
    file_under(make_live_article(people=people), heading)
    client.force_login(people["editor"])
    response = get(client, view, heading)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("view", [name for name in MAKERS if name != "report_detail"])
def test_a_long_heading_is_cut_into_pages_that_lead_to_each_other(client, people, view):
    heading = MAKERS[view]()
    for day in range(paging.SIZE + 2):
        article = make_live_article(people=people, dated=LONG_AGO + timedelta(days=day))
        file_under(article, heading)
    first = get(client, view, heading)
    older = soup(first).find("a", rel="next")["href"]
    second = client.get(reverse(f"site:{view}", args=[heading.slug]) + older)
    together = headlines(first) + headlines(second)
    newest_first = Article.objects.live().newest_first()
    assert together == [article.headline for article in newest_first]
    assert len(headlines(second)) == 2
    assert soup(second).find("a", rel="next") is None
    assert soup(second).find("a", rel="first") is not None


@pytest.mark.parametrize("view", [name for name in MAKERS if name != "report_detail"])
def test_a_made_up_key_under_a_heading_is_unknown(client, people, view):
    heading = MAKERS[view]()
    file_under(make_live_article(people=people), heading)
    assert get(client, view, heading, before="x~y").status_code == 404


# --- authors ----------------------------------------------------------------------------------


def test_an_author_of_several_roles_has_each_article_once(client, people):
    author = make_author()
    article = make_live_article(people=people, authors=[author])
    for role in ("translator", "photographer", "editor", "reporter"):
        Byline.objects.create(article=article, author=author, role=role)
    assert headlines(get(client, "author_detail", author)) == [article.headline]


def test_the_page_of_an_author_says_who_they_are(client, people):
    author = make_author(
        "Ada Brook",
        bio="<p>Ada Brook <strong>sails</strong>.</p>",
        photo=make_image(developed=True, alt_text="Ada at the helm"),
    )
    author.links.create(label="Logbook", url="https://log.example/ada")
    make_live_article(people=people, authors=[author])
    response = get(client, "author_detail", author)
    assert "Ada Brook sails." in words(response)
    assert "https://log.example/ada" in links(response)
    assert soup(response).find("img", alt="Ada at the helm")


# --- publications -----------------------------------------------------------------------------


def test_a_publication_has_what_it_first_published_and_what_appeared_under_it(client, people):
    outlet = make_publication(url="https://outlet.example/", rights_contact="ask@outlet.example")
    under = make_live_article(people=people, publication=outlet)
    first_there = make_live_article(people=people, originating_publication=outlet)
    make_live_article(people=people)
    response = get(client, "publication_detail", outlet)
    assert headlines(response) == [first_there.headline, under.headline]
    assert {"https://outlet.example/", "mailto:ask@outlet.example"} <= links(response)


# --- regions and themes -----------------------------------------------------------------------

TREES = {"region_detail": (make_region, "regions"), "theme_detail": (make_theme, "themes")}


@pytest.mark.parametrize("view", TREES)
def test_a_wide_heading_includes_what_stands_under_narrower_ones(client, people, view):
    make, field = TREES[view]
    wide = make("Wide")
    middle = make("Middle", parent=wide)
    narrow = make("Narrow", parent=middle)
    beside = make("Beside", parent=wide)
    article = make_live_article(people=people)
    getattr(article, field).add(narrow, middle)
    for heading in (wide, middle, narrow):
        assert headlines(get(client, view, heading)) == [article.headline]
    assert get(client, view, beside).status_code == 404


@pytest.mark.parametrize("view", TREES)
def test_a_heading_leads_up_to_all_above_it_and_down_to_those_with_something_to_read(
    client, people, view
):
    make, field = TREES[view]
    wide = make("Wide")
    middle = make("Middle", parent=wide)
    narrow = make("Narrow", parent=middle)
    empty = make("Empty", parent=middle)
    planned = make("Planned", parent=middle)
    getattr(make_live_article(people=people), field).add(narrow)
    getattr(hidden.scheduled(people), field).add(planned)
    found = soup(get(client, view, middle)).main

    def address(heading):
        return reverse(f"site:{view}", args=[heading.slug])

    addresses = [anchor["href"] for anchor in found.find_all("a")]
    assert address(wide) in addresses
    assert address(narrow) in addresses
    assert address(empty) not in addresses
    assert address(planned) not in addresses


@pytest.mark.parametrize("view", TREES)
def test_a_heading_that_was_put_under_itself_does_not_hang_the_site(client, people, view):
    make, field = TREES[view]
    first = make("First")
    second = make("Second", parent=first)
    first.parent = second
    first.save()
    getattr(make_live_article(people=people), field).add(first)
    assert get(client, view, first).status_code == 200
    assert get(client, view, second).status_code == 200
    assert client.get("/").status_code == 200
    assert client.get("/articles/").status_code == 200


# --- reports ----------------------------------------------------------------------------------


def test_a_report_keeps_the_editors_order_and_says_its_introduction(client, people):
    first, second, third = (make_live_article(people=people) for _ in range(3))
    report = make_report(
        "Ice", articles=[third, hidden.draft(people), first, second], intro="<p>Why ice.</p>"
    )
    response = get(client, "report_detail", report)
    assert headlines(response) == [row.headline for row in (third, first, second)]
    assert "Why ice." in words(response)


# --- the front page and the list --------------------------------------------------------------


def test_a_site_without_articles_says_so_on_its_front_page_and_in_its_list(client, db):
    assert "Nothing has been published yet" in words(client.get("/"))
    assert "Nothing has been published yet" in words(client.get("/articles/"))


def test_the_front_page_begins_with_the_newest(client, people):
    for day in range(18):
        make_live_article(people=people, dated=LONG_AGO + timedelta(days=day))
    newest = Article.objects.live().newest_first()[:17]
    assert headlines(client.get("/")) == [article.headline for article in newest]


def test_the_front_page_counts_the_live_articles_of_a_report_only(client, people):
    make_report("Ice", articles=[make_live_article(people=people), hidden.draft(people)])
    make_report("Fire", articles=[hidden.embargoed(people)])
    text = words(client.get("/"))
    assert "Ice 1 article" in text
    assert "Fire" not in text


def test_the_front_page_leads_to_widest_headings_with_something_to_read(client, people):
    asia = make_region("Asia")
    nepal = make_region("Nepal", parent=asia)
    make_region("Atlantis")
    planned = make_theme("Planned")
    article = make_live_article(people=people)
    article.regions.add(nepal)
    hidden.approved(people).themes.add(planned)
    found = links(client.get("/"))
    assert f"/regions/{asia.slug}/" in found
    assert f"/regions/{nepal.slug}/" not in found
    assert f"/themes/{planned.slug}/" not in found
    assert "Atlantis" not in words(client.get("/"))


@pytest.mark.parametrize("page", ["/", "/articles/"])
def test_an_article_without_author_picture_or_standfirst_is_listed_all_the_same(
    client, people, page
):
    article = make_article(by=people["contributor"], authors=[])
    editor = make_author("Edda Stern")
    Byline.objects.create(article=article, author=editor, role="reporter")
    actions.submit(article, by=people["contributor"])
    actions.approve(article, by=people["editor"])
    actions.publish(article, by=people["editor"])
    assert headlines(client.get(page)) == [article.headline]


def test_a_tag_of_signs_alone_has_no_page_and_does_not_break_the_article(client, people):
    article = make_live_article(people=people)
    article.tags.add("???", "tides")
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    assert "/tags/tides/" in links(response)
    assert client.get("/").status_code == 200
