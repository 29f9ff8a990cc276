"""What the maps say of articles and headings, against the schemas of the protocol."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from taggit.models import Tag

from articles import syndication
from articles.models import Image
from articles.syndication import ItemRights
from tests.factories import hidden
from tests.factories.articles import make_author, make_image, make_live_article, make_publication
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.whole import write_house_texts
from tests.feed_readers import check, found
from tests.reading import body_of

OURS = ItemRights("© Ours")
DAY = timedelta(days=1)


@pytest.fixture
def say(monkeypatch):
    """What the desk of rights says, by the key of the article; of the others nothing special."""

    def said(rights):
        monkeypatch.setattr(
            syndication,
            "_desks",
            [lambda rows, **_known: {row.pk: rights.get(row.pk, OURS) for row in rows}],
        )

    return said


def this_month(client):
    address = f"/sitemap-articles-{timezone.now():%Y-%m}.xml"
    return check(body_of(client.get(address)), "sitemap.xsd")


def test_a_copy_that_is_kept_out_of_search_is_not_on_the_map(client, people, say):
    articles = {
        kept: make_live_article(people=people, slug=f"kept-{kept}") for kept in ("", "news", "all")
    }
    say({row.pk: replace(OURS, kept_out_of_search=kept) for kept, row in articles.items()})
    assert found(this_month(client), "//map:loc/text()") == [
        "http://testserver/articles/kept-/",
        "http://testserver/articles/kept-news/",
    ]


def test_translations_name_each_other_and_themselves(client, people):
    english = make_live_article(people=people, slug="tides")
    make_live_article(people=people, slug="marees", language="fr", translation_of=english)
    hidden.embargoed(people, slug="gezeiten", language="de", translation_of=english)
    make_live_article(people=people, slug="alone")
    tree = this_month(client)
    alternates = {
        found(url, "string(map:loc)").split("/")[-2]: {
            link.get("hreflang"): link.get("href") for link in found(url, "xhtml:link")
        }
        for url in found(tree, "//map:url")
    }
    group = {
        "en": "http://testserver/articles/tides/",
        "fr": "http://testserver/articles/marees/",
    }
    assert alternates == {"tides": group, "marees": group, "alone": {}}


def test_pictures_stand_with_their_licence_while_they_may_be_shown(client, people):
    featured = make_image(developed=True, web_statement="https://jo.example/terms")
    article = make_live_article(people=people, featured_image=featured)
    further = make_image(developed=True)
    # Here as well as over the text, it stands there once.
    article.gallery.create(image=featured)
    article.gallery.create(image=further)
    ended = make_image(developed=True)
    Image.objects.filter(pk=ended.pk).update(use_until=timezone.now() - DAY)
    article.gallery.create(image=ended)
    images = found(this_month(client), "//image:image")
    assert [
        str(key) in found(image, "string(image:loc)")
        for key, image in zip((featured.key, further.key), images, strict=True)
    ] == [True, True]
    assert found(images[0], "image:license/text()") == ["https://jo.example/terms"]
    assert found(images[1], "image:license") == []


def test_every_heading_with_something_public_is_on_the_map_and_leads_somewhere(client, people):
    author, outlet, theme = make_author(), make_publication(), make_theme()
    wide = make_region()
    within = make_region(parent=wide)
    tag = Tag.objects.create(name="tides", slug="tides")
    article = make_live_article(people=people, authors=[author], originating_publication=outlet)
    article.regions.add(within)
    article.themes.add(theme)
    article.tags.add(tag)
    report = make_report(articles=[article])
    secret = hidden.draft(people, authors=[make_author(slug="secret")])
    secret.regions.add(make_region(slug="secret"))
    tree = check(client.get("/sitemap-headings.xml").content, "sitemap.xsd")
    paths = [
        address.removeprefix("http://testserver") for address in found(tree, "//map:loc/text()")
    ]
    assert len(set(paths)) == len(paths)
    headings = [
        f"/authors/{author.slug}/",
        f"/publications/{outlet.slug}/",
        f"/publications/{article.publication.slug}/",
        f"/regions/{wide.slug}/",
        f"/regions/{within.slug}/",
        f"/themes/{theme.slug}/",
        f"/reports/{report.slug}/",
        "/tags/tides/",
    ]
    assert set(headings) <= set(paths)
    assert not [path for path in paths if "secret" in path]
    for path in paths:
        assert client.get(path).status_code == 200, path
    dated = found(tree, "//map:url[map:lastmod]/map:loc/text()")
    assert {address.removeprefix("http://testserver") for address in dated} == set(headings)


def test_news_is_what_ran_first_in_the_last_two_days_and_is_ours_to_show(client, people, say):
    write_house_texts()
    now = timezone.now()
    new = make_live_article(people=people, slug="new", headline="New & <true>", language="pt-br")
    make_live_article(people=people, slug="old", dated=now - 3 * DAY)
    noindexed, fair = (make_live_article(people=people) for _ in range(2))
    outlet = make_publication()
    carried = {"people": people, "originating_publication": outlet}
    make_live_article(**carried, slug="ran-long-ago", original_date=timezone.localdate() - 9 * DAY)
    make_live_article(**carried, slug="ran-today", original_date=timezone.localdate())
    say(
        {
            noindexed.pk: replace(OURS, kept_out_of_search="news"),
            fair.pk: replace(OURS, is_fair_use=True),
        }
    )
    tree = check(client.get("/news-sitemap.xml").content, "sitemap.xsd")
    assert [path.split("/")[-2] for path in found(tree, "//map:loc/text()")] == ["ran-today", "new"]
    entry = found(tree, "//map:url")[-1]
    assert found(entry, ".//news:title/text()") == ["New & <true>"]
    assert found(entry, ".//news:language/text()") == ["pt"]
    stated = new.published_at.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    assert found(entry, ".//news:publication_date/text()") == [stated]


def test_on_a_quiet_weekend_there_is_no_news_and_still_a_map(client, db):
    assert found(check(client.get("/news-sitemap.xml").content, "sitemap.xsd"), "//map:url") == []
    check(client.get("/sitemap.xml").content, "sitemap-index.xsd")


def test_robots_txt_names_the_maps(client, db):
    said = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in said
    assert "Sitemap: http://testserver/news-sitemap.xml" in said


def test_nothing_hidden_changes_a_map_by_a_byte(client, people):
    write_house_texts()
    make_live_article(people=people)
    addresses = ["/sitemap.xml", "/sitemap-headings.xml", "/news-sitemap.xml"]
    addresses.append(f"/sitemap-articles-{timezone.now():%Y-%m}.xml")
    addresses += ["/feeds.opml", "/feeds/", "/feed.rss", "/feed.json", "/feed.atom"]
    before = [body_of(client.get(address)) for address in addresses]
    for make in hidden.UNKNOWN.values():
        article = make(people, headline="Secret", language="de")
        article.regions.add(make_region())
        article.corrections.create(text="Secret", kind="correction")
        article.tags.add("secret")
    assert [body_of(client.get(address)) for address in addresses] == before
