"""A kit that is pasted into a plain page verifies clean: what we hand over is what we look for."""

import pytest
from django.utils import timezone
from markdown_it import MarkdownIt

from articles.models import Article
from articles.pages import article_page, loaded
from licensing import kits, republication
from licensing.actions.terms import assign, install
from licensing.compliance import checks
from licensing.compliance.checks import Seen
from licensing.compliance.fetch import Fetched
from licensing.compliance.reading import read
from licensing.models import CrosspostCheck, CrosspostStatus
from licensing.ready_made import READY_MADE
from licensing.republishing.copy import Format
from licensing.republishing.rendering import render
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_live_article
from tests.factories.crossposts import make_crosspost, make_grant_of
from tests.factories.takings import free_for_community_sites, make_taking
from tests.factories.terms import make_rules, make_version
from tests.factories.whole import make_whole_article
from tests.licensing.compliance import the_pump

SITE = "https://house.example"
CONDITIONS = (
    *("acknowledge_source", "show_copyright", "whole_article", "no_edits", "keep_pixel"),
    *("noindex", "canonical", "no_paywall"),
)
AROUND = (
    '<!doctype html><html><head><title>Our blog</title><meta name="robots" content="noindex">'
    '<link rel="canonical" href="{url}"></head><body><h1>{headline}</h1>{kit}'
    "<footer>Our blog, made by hand</footer></body></html>"
)


def pasted(article: Article, grant, wanted: Format) -> str:
    """The page of somebody who pasted the kit as it is, with a licence or without."""
    at = timezone.now()
    page = article_page(loaded(Article.objects.all()).get(pk=article.pk), at=at)
    if grant:
        decision = republication.held(page.article, grant, at=at)
    else:
        decision = republication.offered(page.article, Use.COMMUNITY_WEB, at=at).decision
    copy = kits.kit_of(page, decision, grant=grant, absolute=lambda path: f"{SITE}{path}")
    html = render(copy, wanted)
    if wanted is Format.MARKDOWN:
        html = MarkdownIt("commonmark").render(html)
    return AROUND.format(url=copy.url, headline=copy.headline, kit=html)


def look_at(article: Article, grant, html: str, *, at=None) -> CrosspostCheck:
    copy = make_crosspost(article, grant=grant)
    seen = Seen(Fetched(status=200, address=copy.url, html=html), read(html))
    return checks.record(copy, seen, at=at or timezone.now())


def verify_clean(
    article: Article, grant, formats=(Format.HTML, Format.WORDPRESS, Format.MARKDOWN)
) -> None:
    for wanted in formats:
        check = look_at(article, grant, pasted(article, grant, wanted))
        copy = check.crosspost
        assert (wanted, check.failure, check.findings) == (wanted, "", [])
        copy.refresh_from_db()
        assert copy.status == CrosspostStatus.VERIFIED


@pytest.mark.parametrize("conditions", [CONDITIONS, (*CONDITIONS, "credit_first")])
def test_a_kit_that_is_pasted_into_a_plain_page_verifies_clean(people, settings, conditions):
    settings.SITE_URL = SITE
    free_for_community_sites(*conditions)
    body = the_pump.body()
    article = make_live_article(people=people, headline=the_pump.HEADLINE, body=body)
    verify_clean(article, make_taking(article))


def test_so_does_the_kit_of_a_text_with_all_that_may_stand_around_it(people, settings):
    settings.SITE_URL = SITE
    free_for_community_sites(*CONDITIONS)
    article = make_whole_article(people)
    verify_clean(article, make_taking(article))


@pytest.mark.parametrize("name", READY_MADE)
def test_so_does_a_kit_under_every_kind_of_terms(people, settings, name):
    settings.SITE_URL = SITE
    assign(install(READY_MADE[name], by=people["rights_manager"]), by=None)
    article = make_live_article(people=people, body=the_pump.body())
    by_the_desk = make_grant_of(article, people=people)
    verify_clean(article, by_the_desk, [Format.HTML])
    if republication.offered(article, Use.COMMUNITY_WEB, at=timezone.now()).can_be_taken:
        verify_clean(article, None, [Format.HTML])
        verify_clean(article, make_taking(article))


@pytest.mark.parametrize("is_licensed", [True, False])
def test_a_licence_of_others_that_was_stripped_is_missed(people, settings, is_licensed):
    settings.SITE_URL = SITE
    free = install(READY_MADE["cc-by-nc-nd-4-0"], by=people["rights_manager"])
    assign(free, by=None)
    article = make_live_article(people=people, body=the_pump.body())
    grant = make_taking(article) if is_licensed else None
    html = pasted(article, grant, Format.HTML)
    address = READY_MADE["cc-by-nc-nd-4-0"].licence_url
    assert f'href="{address}"' in html
    bare = html.replace(f'href="{address}"', 'href="/legal/"')
    (finding,) = look_at(article, grant, bare).findings
    assert finding["code"] == "licence" and address in finding["line"]
    # Terms that come later take nothing back from whoever holds a licence.
    if grant:
        make_version(free, rules=make_rules())
        assert [row["code"] for row in look_at(article, grant, bare).findings] == ["licence"]
        assert look_at(article, grant, html).findings == []


def test_pictures_that_everybody_may_have_are_in_order_under_a_licence_for_the_text_alone(
    people, settings
):
    settings.SITE_URL = SITE
    free_for_community_sites()
    article = make_whole_article(people)
    grant = make_grant_of(article, people=people)
    assert grant.granted.get().pictures == []
    assert "<img" in pasted(article, grant, Format.HTML)
    verify_clean(article, grant)
