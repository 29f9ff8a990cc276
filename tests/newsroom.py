"""A newsroom with one live article and, on demand, one of each hidden kind; and its addresses.

A new public route needs a case in ``Newsroom.addresses``: tests/journeys/test_visibility.py fails.
"""

from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from taggit.models import Tag

from articles import actions
from articles.models import Byline, GalleryImage, Image, Publication
from licensing.copy_pages import FILES
from licensing.republication import offered
from licensing.rights.vocabulary import Use
from tests.factories import hidden
from tests.factories.articles import (
    house,
    make_author,
    make_image,
    make_live_article,
    make_publication,
)
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.partners import make_partner
from tests.factories.rights import stand_under
from tests.factories.whole import write_house_texts

NOT_PUBLIC = {"admin"}
KINDS = {**hidden.UNKNOWN, "withdrawn": hidden.withdrawn}
FEEDS = ("rss", "atom", "json")
HEADINGS = ("author", "publication", "region", "theme", "report", "tag")


def routes(resolver=None, prefix=""):
    """The name of every public route, namespaces included."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace not in NOT_PUBLIC:
                inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
                yield from routes(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name or entry.pattern}"


class Newsroom:
    """A live article; on demand, one of each hidden kind under the very same headings."""

    def __init__(self, people):
        self.people = people
        write_house_texts()
        Publication.objects.filter(pk=house().pk).update(rights_contact="rights@house.example")
        stand_under()
        self.headings = {
            "author": make_author("Ada Brook", bio="<p>Ada sails.</p>"),
            "publication": make_publication("Firth Gazette"),
            "region": make_region("Orkney"),
            "theme": make_theme("Navigation"),
            "report": make_report("Paperwork"),
            "tag": Tag.objects.create(name="tides", slug="tides"),
        }
        self.picture = make_image(developed=True, alt_text="A wet quay")
        self.live = make_live_article(
            people=people, headline="Who keeps the tide tables", **self._fields(self.headings)
        )
        self._hang(self.live, self.headings, self.picture)
        self.hidden = {}
        self.alone = {}
        self.partner = make_partner()
        use = Use.COMMUNITY_WEB
        accepted = offered(self.live, use, at=timezone.now()).key
        self.copied = f"use={use}&accepted={accepted}"

    def _fields(self, headings):
        return {"authors": [headings["author"]], "originating_publication": headings["publication"]}

    def _hang(self, article, headings, picture):
        article.regions.add(headings["region"])
        article.themes.add(headings["theme"])
        article.tags.add(headings["tag"])
        headings["report"].entries.create(article=article)
        GalleryImage.objects.create(article=article, image=picture)

    def fill(self):
        """Adds the hidden articles: beside the live one, and under headings of their own."""
        self.alone = {
            "author": make_author("Secret Author Quux"),
            "publication": make_publication("Secret Gazette Quux"),
            "region": make_region("Secret Region Quux", parent=self.headings["region"]),
            "theme": make_theme("Secret Theme Quux", parent=self.headings["theme"]),
            "report": make_report("Secret Report Quux"),
            "tag": Tag.objects.create(name="secret-tag-quux", slug="secret-tag-quux"),
        }
        # Each a language of its own, so that each may claim to be the live one's translation.
        languages = ["fr", "de", "es", "ar", "it", "pt", "nl", "sv", "pl"]
        for (kind, make), language in zip(KINDS.items(), languages, strict=False):
            image = make_image(alt_text=f"Secret picture quux{kind}", caption="Secret caption")
            Image.objects.filter(pk=image.pk).update(renditions={"version": "abc", "widths": [320]})
            article = make(
                self.people,
                headline=f"Secret headline quux{kind}",
                slug=f"secret-quux{kind}".replace("_", "-"),
                standfirst=f"Secret standfirst quux{kind}",
                body=f"<p>Secret body quux{kind}</p>",
                featured_image=image,
                translation_of=self.live,
                language=language,
                **self._fields(self.headings),
            )
            self._hang(article, self.headings, self.picture)
            article.regions.add(self.alone["region"])
            article.themes.add(self.alone["theme"])
            article.tags.add(self.alone["tag"])
            self.alone["report"].entries.create(article=article)
            Byline.objects.create(article=article, author=self.alone["author"], position=5)
            article.corrections.create(text=f"Secret correction quux{kind}", kind="correction")
            article.slug, former = f"secret-now-quux{kind}".replace("_", "-"), article.slug
            article.save()
            actions.revise(article, by=self.people["editor"])
            self.hidden[kind] = (article, former, image)
        hidden.draft(self.people, originating_publication=self.alone["publication"])

    def addresses(self, *, of, picture) -> dict[str, list[str]]:
        """Every public address by the name of its route, for the headings ``of``."""
        live = [self.live.slug]
        published = timezone.localtime(self.live.published_at)
        version, width = picture.renditions["version"], picture.renditions["widths"][0]
        facets = [f"?{name}={of[name].slug}" for name in ("region", "theme", "publication")] + [
            f"?author={of['author'].slug}&tag={of['tag'].slug}&report={of['report'].slug}",
            "?origin=carried&from=2000-01-01&until=2199-12-31",
            "?language=fr",
            "?before=2099-01-01T00:00:00%2B00:00~1",
        ]
        cases = {
            "site:home": ["/"],
            "site:article_list": ["/articles/", *(f"/articles/{facet}" for facet in facets)],
            "site:region_list": ["/regions/", "/fr/regions/"],
            "site:theme_list": ["/themes/"],
            "site:report_list": ["/reports/", "/reports/?after=A~0"],
            "site:author_list": ["/authors/", "/authors/?after=A~0"],
            "site:publication_list": ["/publications/"],
            "site:archive": ["/archive/"],
            "site:correction_list": [
                "/corrections/",
                "/fr/corrections/?kind=correction",
                "/corrections/?before=2099-01-01T00:00:00%2B00:00~1",
            ],
            "articles:correction_list_feed": [f"/corrections/feed.{ending}" for ending in FEEDS],
            "site:archive_year": [f"/archive/{published.year}/"],
            "site:archive_month": [f"/archive/{published:%Y/%m}/"],
            "articles:article_detail": [f"/articles/{slug}/" for slug in live],
            "articles:article_print": [f"/articles/{slug}/print/" for slug in live],
            "articles:article_pdf": [f"/articles/{slug}/article.pdf" for slug in live],
            "articles:article_card": [f"/articles/{slug}/card.png" for slug in live],
            "articles:article_cite": [
                f"/articles/{slug}/cite/{query}"
                for slug in live
                for query in ("", "?quote=words+that+stand", "?paragraph=1")
            ],
            "articles:article_citation": [
                f"/articles/{slug}/cite/{name}"
                for slug in live
                for name in ("bibtex", "ris", "csl.json", "txt")
            ],
            "articles:oembed": [
                f"/oembed/?url=http://testserver/articles/{slug}/{more}"
                for slug in live
                for more in ("", "&format=xml", "&maxwidth=300")
            ],
            "site:card": ["/card.png"],
            "articles:picture": [f"/pictures/{picture.key}/{version}/{width}.jpg"],
            "articles:service_worker": ["/service-worker.js"],
            "site:search": [
                "/search/",
                *(
                    f"{prefix}/search/?q={quote(text)}{more}"
                    for prefix in ("", "/fr")
                    for text in ("tide", "Ada Brook", "secret", "Sekret", "words stand")
                    for more in ("", "&exact=1", "&language=fr", "&page=2")
                ),
            ],
            "articles:opensearch": ["/opensearch.xml"],
            "site:saved": ["/saved/"],
            "rights:rights_policy": ["/rights/"],
            "licensing:article_rights": [f"/articles/{slug}/rights/" for slug in live],
            "rights:terms_detail": ["/rights/terms/community-terms/"],
            "licensing:robots_txt": ["/robots.txt"],
            "licensing:license_xml": ["/license.xml"],
            "licensing:tdmrep": ["/.well-known/tdmrep.json"],
            "licensing:security_txt": ["/.well-known/security.txt"],
            "licensing:tdm_policy": ["/rights/tdm-policy.json"],
            "licensing:terms_odrl": ["/rights/terms/community-terms.odrl.json"],
            "licensing:article_odrl": [f"/articles/{slug}/rights.odrl.json" for slug in live],
            "licensing:article_ninjs": [f"/articles/{slug}/article.ninjs.json" for slug in live],
            "rights:permission_new": [
                "/permissions/new/",
                "/permissions/new/?find=headline&use=print",
                *(f"/permissions/new/?article={slug}&use=print" for slug in live),
            ],
            # Its second page has a key of its own each time; test_republishing.py looks at it.
            "licensing:republish": [
                f"/articles/{slug}/republish/{query}"
                for slug in live
                for query in ("", "?use=print", f"?{self.copied}")
            ],
            "licensing:republish_preview": [
                f"/articles/{slug}/republish/preview/?{self.copied}" for slug in live
            ],
            "licensing:republish_file": [
                f"/articles/{slug}/republish/{name}?{self.copied}"
                for slug in live
                for name in FILES
            ],
            "licensing:pixel": ["/count/nobodys.gif"],
            # Takes only what is sent; tests/licensing/views/test_webmentions.py sends it.
            "licensing:webmention": [],
            # Has a key of its own each time; tests/journeys/test_withholding.py looks.
            "rights:complaint_new": [],
            # Shown to whoever holds a secret link; to nobody else.
            "licensing:complaint": [],
            # Tells the minute in which it was asked; tests/licensing/views/test_grants.py looks.
            "licensing:grant_check": [],
            "licensing:partner_feed": [
                f"/partners/{self.partner.token}/feed.{ending}" for ending in (*FEEDS, "ninjs.json")
            ],
            # Asks for a token in a header; tests/licensing/views/test_partners.py has one.
            "licensing:partner_feed_borne": [],
            # Shown to colleagues, or to whoever holds a secret link; to nobody else.
            "licensing:certificate": [],
            "licensing:clearance_answer": [],
            "licensing:permission": [],
            "licensing:held_copy": [],
            "licensing:held_copy_preview": [],
            "licensing:held_copy_file": [],
            "licensing:recalled_copy": [],
            "licensing:recalled_partner": [],
            "licensing:request_file": [],
            "licensing:grant_certificate": [],
            "licensing:invoice_pdf": [],
            "site:follow": ["/follow/", f"/follow/?author={of['author'].slug}&site=1"],
            # Shown to whoever holds the secret link; to nobody else.
            "articles:follow_manage": [],
            "articles:follow_stop": [],
            "favicon.ico": ["/favicon.ico"],
            "articles:feed": [f"/feed.{ending}" for ending in FEEDS],
            "articles:article_list_feed": [
                f"/articles/feed.{ending}{facet}"
                for ending in FEEDS
                for facet in ["", *(facet for facet in facets if "language" not in facet)]
            ],
            "articles:opml": ["/feeds.opml"],
            "site:feed_list": ["/feeds/"],
            # Tells the second of the last change; tests/articles/maps/test_sitemap.py looks.
            "articles:sitemap": [],
            "articles:sitemap_articles": [f"/sitemap-articles-{self.live.published_at:%Y-%m}.xml"],
            "articles:sitemap_articles_on": [
                f"/sitemap-articles-{self.live.published_at:%Y-%m}-0.xml"
            ],
            "articles:sitemap_headings": ["/sitemap-headings.xml"],
            "articles:news_sitemap": ["/news-sitemap.xml"],
        }
        for name in HEADINGS:
            feed = f"articles:{name}_feed"
            cases[feed] = [reverse(feed, args=[of[name].slug, ending]) for ending in FEEDS]
            view = f"site:{name}_detail"
            cases[view] = [reverse(view, args=[of[name].slug])]
        return cases
