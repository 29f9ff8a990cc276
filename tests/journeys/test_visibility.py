"""What is not public appears nowhere: every public address, before and after hidden articles exist.

A new public route is found by itself and fails here until it has a case.
"""

import re
from urllib.parse import quote

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from taggit.models import Tag

from articles import actions
from articles.models import Byline, GalleryImage, Image, Publication
from tests.factories import hidden
from tests.factories.articles import (
    house,
    make_author,
    make_image,
    make_live_article,
    make_publication,
)
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.rights import stand_under
from tests.factories.whole import write_house_texts
from tests.reading import body_of, printed, reader

NOT_PUBLIC = {"admin"}
KINDS = {**hidden.UNKNOWN, "withdrawn": hidden.withdrawn}
EDITIONS = (
    "",
    "print/",
    "article.pdf",
    "rights/",
    "rights.odrl.json",
    "article.ninjs.json",
)
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
        version, width = picture.renditions["version"], picture.renditions["widths"][0]
        facets = [f"?{name}={of[name].slug}" for name in ("region", "theme", "publication")] + [
            "?language=fr",
            "?before=2099-01-01T00:00:00%2B00:00~1",
        ]
        cases = {
            "articles:home": ["/"],
            "articles:article_list": ["/articles/", *(f"/articles/{facet}" for facet in facets)],
            "articles:article_detail": [f"/articles/{slug}/" for slug in live],
            "articles:article_print": [f"/articles/{slug}/print/" for slug in live],
            "articles:article_pdf": [f"/articles/{slug}/article.pdf" for slug in live],
            "articles:picture": [f"/pictures/{picture.key}/{version}/{width}.jpg"],
            "licensing:rights_policy": ["/rights/"],
            "licensing:article_rights": [f"/articles/{slug}/rights/" for slug in live],
            "licensing:terms_detail": ["/rights/terms/community-terms/"],
            "licensing:robots_txt": ["/robots.txt"],
            "licensing:license_xml": ["/license.xml"],
            "licensing:tdmrep": ["/.well-known/tdmrep.json"],
            "licensing:security_txt": ["/.well-known/security.txt"],
            "licensing:tdm_policy": ["/rights/tdm-policy.json"],
            "licensing:terms_odrl": ["/rights/terms/community-terms.odrl.json"],
            "licensing:article_odrl": [f"/articles/{slug}/rights.odrl.json" for slug in live],
            "licensing:article_ninjs": [f"/articles/{slug}/article.ninjs.json" for slug in live],
            "licensing:permission_new": [
                "/permissions/new/",
                "/permissions/new/?find=headline&use=print",
                *(f"/permissions/new/?article={slug}&use=print" for slug in live),
            ],
            # Tells the minute in which it was asked; tests/licensing/views/test_grants.py looks.
            "licensing:grant_check": [],
            # Shown to colleagues, or to whoever holds a secret link; to nobody else.
            "licensing:certificate": [],
            "licensing:clearance_answer": [],
            "licensing:permission": [],
            "licensing:request_file": [],
            "licensing:grant_certificate": [],
            "licensing:invoice_pdf": [],
            "favicon.ico": ["/favicon.ico"],
        }
        for name in HEADINGS:
            view = f"articles:{name}_detail"
            cases[view] = [reverse(view, args=[of[name].slug])]
        return cases


@pytest.fixture
def newsroom(people):
    return Newsroom(people)


def test_every_public_route_has_a_case_here(newsroom):
    known = set(newsroom.addresses(of=newsroom.headings, picture=newsroom.picture))
    assert set(routes()) == known


def answers(client, cases):
    """Address → status and body (of a PDF: its words) of every case."""
    found = {}
    for addresses in cases.values():
        for address in addresses:
            response = client.get(address)
            if response["Content-Type"] == "application/pdf":
                found[address] = (response.status_code, printed(reader(response)))
            else:
                found[address] = (response.status_code, body_of(response))
    return found


def test_hidden_articles_change_not_one_byte_of_any_public_page(client, newsroom):
    cases = newsroom.addresses(of=newsroom.headings, picture=newsroom.picture)
    before = answers(client, cases)
    assert {address for address, answer in before.items() if answer[0] != 200} == {"/favicon.ico"}
    newsroom.fill()
    after = answers(client, cases)
    assert [address for address in before if after[address] != before[address]] == []
    for address, (_status, body) in after.items():
        text = body if isinstance(body, str) else body.decode("utf-8", "replace")
        assert "quux" not in text.lower(), address


def test_hidden_articles_change_nothing_for_a_signed_in_editor_either(client, newsroom):
    newsroom.fill()
    cases = newsroom.addresses(of=newsroom.headings, picture=newsroom.picture)
    public = answers(client, cases)
    client.force_login(newsroom.people["admin"])
    assert answers(client, cases) == public


def test_headings_of_hidden_articles_alone_answer_like_unknown_ones(client, newsroom):
    newsroom.fill()
    for name in HEADINGS:
        view = f"articles:{name}_detail"
        known = client.get(reverse(view, args=[newsroom.alone[name].slug]))
        unknown = client.get(reverse(view, args=["there-is-none"]))
        assert (known.status_code, known.content) == (404, unknown.content), name


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_addresses_of_hidden_articles_answer_like_unknown_ones(client, newsroom, edition):
    newsroom.fill()
    unknown = client.get(f"/articles/there-is-none/{edition}")
    assert unknown.status_code == 404
    for kind in hidden.UNKNOWN:
        article, former, _image = newsroom.hidden[kind]
        for slug in (article.slug, former):
            response = client.get(f"/articles/{quote(slug)}/{edition}")
            assert (response.status_code, response.content) == (404, unknown.content), kind


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_notice_of_withdrawal_names_the_article_and_says_nothing_of_it(client, newsroom, edition):
    newsroom.fill()
    article, former, image = newsroom.hidden["withdrawn"]
    response = client.get(f"/articles/{article.slug}/{edition}")
    text = response.content.decode()
    assert response.status_code == 410
    for secret in ("standfirst", "body", "picture", "caption", "correction"):
        assert f"Secret {secret}" not in text
    assert str(image.key) not in text
    assert client.get(f"/articles/{former}/{edition}").status_code == 301


def test_pictures_of_hidden_articles_are_the_newsrooms_alone(client, newsroom):
    newsroom.fill()
    copies = newsroom.picture.renditions
    for kind, (_article, _former, image) in newsroom.hidden.items():
        Image.objects.filter(pk=image.pk).update(renditions=copies)
        address = f"/pictures/{image.key}/{copies['version']}/{copies['widths'][0]}.jpg"
        assert client.get(address).status_code == 404, kind


def test_a_search_engine_finds_no_address_that_leads_to_a_hidden_article(client, newsroom):
    newsroom.fill()
    seen, todo = set(), ["/"]
    while todo:
        address = todo.pop()
        response = client.get(address)
        body = body_of(response)
        assert response.status_code == 200, address
        if response["Content-Type"].startswith("text/html"):
            found = re.findall(r'(?:href|src)="(/(?!static/|admin/)[^"#]*)', body.decode())
            todo += sorted(set(found) - seen)
            seen |= set(found)
    assert f"/articles/{newsroom.live.slug}/" in seen
    assert not [address for address in seen if "secret" in address]


def test_this_test_would_notice_an_article_that_shows(client, newsroom):
    """The guard off: what is hidden changes the pages as soon as it is made public."""
    cases = newsroom.addresses(of=newsroom.headings, picture=newsroom.picture)
    before = answers(client, cases)
    newsroom.fill()
    article, _former, _image = newsroom.hidden["draft"]
    type(article).objects.filter(pk=article.pk).update(
        status="published",
        published_at=newsroom.live.published_at,
        withdrawn_at=None,
        embargo_until=None,
        carry_until=None,
    )
    after = answers(client, cases)
    changed = {
        name
        for name, addresses in cases.items()
        if any(after[address] != before[address] for address in addresses)
    }
    without_other_articles = {
        "articles:article_pdf",
        "articles:picture",
        "favicon.ico",
        "licensing:article_ninjs",
        "licensing:article_odrl",
        "licensing:article_rights",
        "licensing:certificate",
        "licensing:clearance_answer",
        "licensing:grant_certificate",
        "licensing:grant_check",
        "licensing:invoice_pdf",
        "licensing:permission",
        "licensing:request_file",
        "licensing:rights_policy",
        "licensing:robots_txt",
        "licensing:security_txt",
        "licensing:tdm_policy",
        "licensing:tdmrep",
        "licensing:terms_detail",
        "licensing:terms_odrl",
    }
    assert changed == set(cases) - without_other_articles
