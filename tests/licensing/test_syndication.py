"""What leaves the page of an article says of its rights what ``decide`` says, in four kinds."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import syndication
from articles.models import Article, GalleryImage
from articles.pages import article_page, loaded
from licensing.actions.terms import assign, install
from licensing.ready_made import READY_MADE
from licensing.rights.conditions import Kind
from licensing.rights.vocabulary import Use
from licensing.statements import rights_of
from tests.factories.articles import make_author, make_image, make_live_article, make_publication
from tests.factories.clearances import clear
from tests.factories.hidden import scheduled, withdrawn
from tests.factories.rights import hold_an_agreement_with
from tests.factories.terms import granted, make_rules, make_terms

pytestmark = pytest.mark.django_db
CC = "https://creativecommons.org/licenses/by-nc-nd/4.0/"


def absolute(path: str) -> str:
    return f"https://house.example{path}"


def items(*articles, at=None):
    rows = loaded(Article.objects.filter(pk__in=[article.pk for article in articles]))
    found = syndication.rights_of(rows, at=at or timezone.now(), absolute=absolute)
    return [found[article.pk] for article in articles]


def under(article, slug: str) -> Article:
    assign(install(READY_MADE[slug], by=None), by=None, article=article)
    return article


# --- The four kinds of terms ------------------------------------------------------------------


def test_all_rights_reserved_gives_a_summary_and_our_page_of_the_terms(people):
    article = under(make_live_article(people=people), "all-rights-reserved")
    (item,) = items(article)
    assert not item.gives_full_text and not item.is_fair_use
    assert item.licence_url == item.terms_url == absolute("/rights/terms/all-rights-reserved/")
    assert item.acquire_url == absolute(f"/permissions/new/?article={article.slug}")
    assert item.rights_url == absolute(f"/articles/{article.slug}/rights/")
    assert item.notice.startswith("To cross-post this article on a community site, ask us")
    assert (item.source_name, item.source_url, item.original_url) == ("", "", "")


def test_community_terms_give_the_whole_text_and_say_on_which_conditions(people):
    (item,) = items(under(make_live_article(people=people), "community-cross-post"))
    assert item.gives_full_text
    assert item.licence_url == absolute("/rights/terms/community-cross-post/")
    assert "You may cross-post this article on a community site, provided you" in item.notice


def test_creative_commons_gives_the_whole_text_under_the_address_of_the_licence(people):
    (item,) = items(under(make_live_article(people=people), "cc-by-nc-nd-4-0"))
    assert item.gives_full_text and item.licence_url == CC
    assert item.terms_url == absolute("/rights/terms/cc-by-nc-nd-4-0/")


def test_what_is_carried_under_fair_use_gives_a_summary_and_no_licence(people):
    gazette = make_publication("The Gazette", url="https://gazette.example/")
    factors = {f"fair_use_{name}": "So." for name in ("purpose", "nature", "amount", "effect")}
    hold_an_agreement_with(
        gazette, basis="fair_use", fair_use_editor=people["editor"], passes_on=[], **factors
    )
    article = make_live_article(
        people=people,
        originating_publication=gazette,
        original_url="https://gazette.example/a",
    )
    (item,) = items(under(article, "cc-by-4-0"))
    assert item.is_fair_use and not item.gives_full_text
    assert (item.licence_url, item.acquire_url) == ("", "")
    assert "carried under fair use; the rights are held by The Gazette" in item.notice
    assert (item.source_name, item.source_url) == ("The Gazette", "https://gazette.example/")
    assert item.original_url == "https://gazette.example/a"


# --- By decide, never by the terms alone ------------------------------------------------------


def test_terms_promise_nothing_that_the_source_does_not_let_us_pass_on(people):
    gazette = make_publication("The Gazette")
    clear(gazette, by=people["rights_desk"])
    article = make_live_article(people=people, originating_publication=gazette)
    (item,) = items(under(article, "cc-by-4-0"))
    assert not item.gives_full_text and "it is not ours to permit" in item.notice
    # The licence is not ours to give either: every channel names our own page instead.
    assert item.licence_url == item.terms_url
    page = rights_of(loaded(Article.objects.all()).get())
    assert page.licence_url(absolute) == item.licence_url


@pytest.mark.parametrize(
    ("told", "hours", "is_given"),
    [
        ({"not_before_hours": 24}, 1, False),
        ({"not_before_hours": 24}, 25, True),
        ({"only_within_days": 2}, 25, True),
        ({"only_within_days": 2}, 49, False),
        ({"remove_after_days": 900}, 1, False),
        ({"excerpt_words": 900}, 1, False),
    ],
)
def test_conditions_of_time_are_kept_and_those_that_a_feed_cannot_keep_stand_in_the_way(
    people, told, hours, is_given
):
    article = make_live_article(people=people)
    rules = make_rules(community_web=granted("name_author", **told))
    assign(make_terms(rules=rules), by=None, article=article)
    at = article.published_at + timedelta(hours=hours)
    (item,) = items(article, at=at)
    assert item.gives_full_text is is_given


def test_a_source_that_wants_no_copy_found_keeps_ours_out_of_search_and_the_text_in(people):
    gazette = make_publication("The Gazette")
    leave = {"passes_on": ["community_web"], "attribution": "First in The Gazette, with thanks."}
    clear(gazette, by=people["rights_desk"], conditions=["noindex"], **leave)
    article = make_live_article(people=people, originating_publication=gazette)
    own = make_live_article(people=people)
    carried, ours = items(under(article, "community-cross-post"), own)
    assert (carried.kept_out_of_search, ours.kept_out_of_search) == ("all", "")
    # Whoever fetches a feed would show it to search engines.
    assert not carried.gives_full_text
    assert carried.notice.startswith("First in The Gazette, with thanks. You may cross-post")


def test_terms_that_refuse_search_engines_keep_it_out_of_search(people):
    article = make_live_article(people=people)
    rules = make_rules(search_index="refused", community_web="granted")
    assign(make_terms(rules=rules), by=None, article=article)
    assert items(article)[0].kept_out_of_search == "all"


def test_only_pictures_that_anybody_may_take_leave_with_it(people):
    ours, theirs = make_image(), make_image(rights_category="agency")
    over = make_image(use_until=timezone.now() - timedelta(days=1))
    article = make_live_article(people=people, featured_image=ours)
    for image in (theirs, over):
        GalleryImage.objects.create(article=article, image=image)
    (item,) = items(under(article, "community-cross-post"))
    assert item.free_pictures == {ours.pk}
    rules = make_rules(community_web=granted("images_excluded"))
    assign(make_terms(rules=rules), by=None, article=article)
    (item,) = items(article)
    assert item.gives_full_text and item.free_pictures == frozenset()
    (item,) = items(under(article, "all-rights-reserved"))
    assert item.free_pictures == frozenset()


def test_of_what_is_not_public_nothing_but_its_copyright_line_is_said(people):
    for article in (scheduled(people), withdrawn(people)):
        (item,) = items(under(article, "community-cross-post"))
        assert item == syndication.ItemRights(item.copyright_notice)


# --- Words, addresses, queries ----------------------------------------------------------------


def test_it_speaks_the_language_of_the_article_and_names_addresses_without_one(people):
    article = make_live_article(people=people, language="fr", authors=[make_author("Inès")])
    (item,) = items(under(article, "all-rights-reserved"))
    addresses = (item.licence_url, item.terms_url, item.acquire_url, item.rights_url)
    assert not any("/fr/" in address for address in addresses)
    assert "Inès" in item.holders and "Inès" in item.copyright_notice


def test_many_cost_what_one_costs_and_say_what_each_says(people):
    install(READY_MADE["community-cross-post"], by=None)
    gazette = make_publication()
    articles = [make_live_article(people=people) for _number in range(2)]
    articles += [
        make_live_article(people=people, originating_publication=gazette, language=language)
        for language in ("fr", "de", "ar")
    ]
    rows, at = list(loaded(Article.objects.order_by("pk"))), timezone.now()
    counts = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as captured:
            found = syndication.rights_of(some, at=at, absolute=absolute)
        counts.append(len(captured))
        assert [found[row.pk] for row in some] == items(*some, at=at)
    assert counts == [2, 2]
    assert all(rights_of(row).decisions[Use.COMMUNITY_WEB] for row in rows)


def test_a_page_says_what_a_list_says_and_how_much_may_be_quoted(people):
    article = under(make_live_article(people=people), "community-cross-post")
    page = article_page(loaded(Article.objects.all()).get(pk=article.pk))
    on_page = syndication.rights_on(page, absolute=absolute)
    (in_list,) = items(article)
    assert replace(on_page, excerpt_words=None) == in_list
    quoting = rights_of(page.article).decisions[Use.EXCERPT].conditions
    assert on_page.excerpt_words == next(
        one.value for one in quoting if one.kind is Kind.EXCERPT_WORDS
    )
