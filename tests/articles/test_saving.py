"""Until when a copy saved in a browser may be shown, and the doors that saving needs."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from articles import saving
from articles.models import Article, GalleryImage, Image
from articles.pages import article_page, load
from tests.factories import hidden
from tests.factories.articles import make_author, make_image, make_live_article
from tests.reading import soup, words

DAY = timedelta(days=1)


@pytest.fixture
def article(people):
    return make_live_article(people=people, authors=[make_author("Ada Brook", photo=make_image())])


def until(article):
    """What the page of ``article`` says now, and now."""
    at = timezone.now()
    page = article_page(load(Article.objects.filter(pk=article.pk)), at=at)
    return saving.copy_until(page) - at


def test_a_copy_of_what_has_no_end_is_shown_for_a_week(article):
    assert until(article) == saving.KEPT_AT_MOST == 7 * DAY


def test_a_copy_ends_with_the_right_to_carry_the_article(article):
    end = timezone.now() + 2 * DAY
    Article.objects.filter(pk=article.pk).update(carry_until=end)
    assert until(article) <= 2 * DAY


@pytest.mark.parametrize("end_of", ["use_until", "carry_until"])
@pytest.mark.parametrize("place", ["featured", "gallery", "author"])
def test_a_copy_ends_with_the_right_to_show_one_of_its_pictures(article, place, end_of):
    image = make_image(developed=True)
    if place == "featured":
        Article.objects.filter(pk=article.pk).update(featured_image=image)
    elif place == "gallery":
        GalleryImage.objects.create(article=article, image=image)
    else:
        image = article.bylines.get().author.photo
    Image.objects.filter(pk=image.pk).update(**{end_of: timezone.now() + DAY})
    assert until(article) <= DAY


def test_a_picture_that_is_no_longer_shown_ends_nothing(article):
    image = article.bylines.get().author.photo
    Image.objects.filter(pk=image.pk).update(use_until=timezone.now() - DAY)
    assert until(article) == saving.KEPT_AT_MOST


def test_the_page_of_an_article_says_until_when_a_copy_of_it_may_be_shown(client, article):
    said = client.get(article.get_absolute_url())[saving.HEADER]
    left = datetime.fromisoformat(said) - timezone.now()
    assert 6 * DAY < left <= 7 * DAY


@pytest.mark.parametrize("kind", [*hidden.UNKNOWN, "withdrawn"])
def test_what_is_not_public_may_not_be_kept(client, people, kind):
    made = hidden.withdrawn if kind == "withdrawn" else hidden.UNKNOWN[kind]
    assert saving.HEADER not in client.get(made(people).get_absolute_url()).headers


def test_other_articles_named_on_a_page_stand_where_a_copy_leaves_them_out(client, article):
    page = client.get(article.get_absolute_url()).content.decode()
    assert page.count("<!--others-->") == page.count("<!--/others-->") == 1
    assert page.index("</article>") < page.index("<!--others-->")


def test_a_copy_can_say_in_the_language_of_the_page_that_it_is_one(client, article):
    notice = soup(client.get(article.get_absolute_url())).select_one(".copy-notice")
    assert notice.has_attr("hidden")
    assert "[[saved]]" in words(notice)


def test_the_page_of_saved_articles_says_what_it_needs(client, article):
    response = client.get("/saved/")
    page = soup(response)
    assert response.status_code == 200
    assert article.headline not in words(page)
    assert "bookmark" in words(page.select_one("noscript"))
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


def test_the_worker_stands_at_the_root_and_is_asked_for_anew_each_time(client, db):
    response = client.get("/service-worker.js")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in response.headers
    script = response.content.decode()
    assert 'const NEWSROOM = "/admin/";' in script
    assert "{%" not in script and "{{" not in script
