"""The copy of an article as rows make it: what is granted goes along, and nothing else of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, GalleryImage
from articles.pages import article_page, loaded
from licensing import kits, republication
from licensing.models import AttributionTemplate
from licensing.republishing.copy import Format
from licensing.republishing.rendering import render
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_image, make_live_article, make_publication
from tests.factories.hidden import withdrawn
from tests.factories.rights import hold_an_agreement_with, stand_under
from tests.factories.takings import change, free_for_community_sites, make_taking
from tests.factories.whole import make_whole_article

pytestmark = pytest.mark.django_db
SITE = "https://house.example"
BODY = (
    "<p>A <a href='https://tides.example/t'>table</a>.<span class='footnote'>Old.</span></p>"
    "<p><script>alert(1)</script>Kept by hand.</p>"
)
HANDED = [one for one in Format if one is not Format.NINJS]


def absolute(path: str) -> str:
    return f"{SITE}{path}"


def kit(article: Article, use: Use = Use.COMMUNITY_WEB, *, grant=None, at=None):
    """The copy under what everybody, or the licensee of ``grant``, is answered."""
    at = at or timezone.now()
    page = article_page(loaded(Article.objects.all()).get(pk=article.pk), at=at)
    if grant:
        decision = republication.held(page.article, grant, at=at)
    else:
        decision = republication.offered(page.article, use, at=at).decision
    return kits.kit_of(page, decision, grant=grant, absolute=absolute)


def under(*conditions, verdict: str = "granted"):
    told = [{"kind": name} for name in conditions]
    return stand_under({"community_web": {"verdict": verdict, "conditions": told}})


# --- What is handed over ----------------------------------------------------------------------


@pytest.mark.parametrize("wanted", HANDED)
def test_a_whole_article_goes_along_and_verifies_clean_where_it_is_pasted(people, wanted):
    copy = kit(make_whole_article(people))
    text = render(copy, wanted)
    assert copy.rule.verify(text, copy.work, wanted.form) == ()
    for said in ("Who Keeps the Tide Tables", "A book nobody signs", "Eleven of them", "Tess Lind"):
        assert said in text
    # What the house says to its own readers stays at home.
    assert "Pass this article on" not in text and "Become a member" not in text


def test_corrections_stand_where_they_stand_with_us(people):
    copy = kit(make_whole_article(people))
    assert copy.notices
    html = render(copy, Format.HTML)
    for notice in copy.notices:
        is_first = html.index(notice.text[:20]) < html.index("kept by hand")
        assert is_first is notice.stands_first


def test_what_is_only_asked_for_or_quoted_is_not_handed_over(people):
    article = make_live_article(people=people)
    under(verdict="ask")
    assert kit(article) is None
    stand_under({"excerpt": {"verdict": "granted"}}, name="Quotes", article=article)
    assert kit(article, Use.EXCERPT) is None


def test_nothing_is_handed_over_of_what_no_reader_may_see(people):
    under()
    assert kit(withdrawn(people)) is None
    article = make_live_article(people=people)
    assert kit(article)
    assert kit(article, at=article.published_at - timedelta(seconds=1)) is None


def test_an_answer_that_was_given_while_it_was_public_hands_nothing_over_later(people):
    under()
    article = make_live_article(people=people)
    page = article_page(loaded(Article.objects.all()).get())
    decision = republication.offered(page.article, Use.COMMUNITY_WEB, at=page.at).decision
    page.article.embargo_until = page.at + timedelta(hours=1)
    assert kits.kit_of(page, decision, absolute=absolute) is None
    assert article.pk == page.article.pk


def test_what_we_carry_under_fair_use_is_not_handed_over(people):
    under()
    gazette = make_publication("The Gazette")
    factors = {f"fair_use_{name}": "So." for name in ("purpose", "nature", "amount", "effect")}
    hold_an_agreement_with(
        gazette, basis="fair_use", fair_use_editor=people["editor"], passes_on=[], **factors
    )
    assert kit(make_live_article(people=people, originating_publication=gazette)) is None


# --- Pictures ---------------------------------------------------------------------------------


@pytest.fixture
def illustrated(people):
    article = make_live_article(
        people=people,
        body=BODY,
        featured_image=make_image(developed=True, alt_text="Ours", credit_line="Cora Dunn"),
    )
    theirs = make_image(developed=True, alt_text="Theirs", rights_category="agency")
    GalleryImage.objects.create(article=article, image=theirs)
    return article


@pytest.mark.parametrize("wanted", list(Format))
def test_a_picture_that_is_not_cleared_goes_with_its_figure_and_is_named(illustrated, wanted):
    under()
    copy = kit(illustrated)
    theirs = illustrated.gallery.get().image
    assert copy.left_out == (str(theirs),)
    text = render(copy, wanted)
    assert str(theirs) in text and str(theirs.key) not in text
    assert text.count("<figure") <= 1
    if wanted is not Format.PRINT:
        assert f"{SITE}/" in copy.featured.url and copy.featured.url in text


def test_terms_without_pictures_leave_all_of_them_out(illustrated):
    under("images_excluded")
    copy = kit(illustrated)
    assert copy.pictures == () and len(copy.left_out) == 2
    assert "<img" not in render(copy, Format.HTML)


# --- The credit -------------------------------------------------------------------------------


def test_a_text_from_elsewhere_is_credited_in_the_words_of_where_it_first_ran(people):
    gazette = make_publication("The Gazette", url="https://gazette.example/")
    AttributionTemplate.objects.create(
        publication=gazette, web="Seen first at {source}[; here from {house}]."
    )
    hold_an_agreement_with(gazette, attribution="By kind leave of The Gazette.")
    under("acknowledge_source")
    article = make_live_article(
        people=people, originating_publication=gazette, original_url="https://gazette.example/a"
    )
    html = render(kit(article), Format.HTML)
    assert 'Seen first at <a href="https://gazette.example/a">The Gazette</a>; here from' in html
    assert "By kind leave of The Gazette." in html


def test_the_terms_say_whether_the_credit_stands_above_the_text(people):
    article = make_live_article(people=people)
    under("acknowledge_source")
    assert not kit(article).credit_stands_first
    stand_under(
        {"community_web": {"verdict": "granted", "conditions": [{"kind": "credit_first"}]}},
        name="Credit first",
        article=article,
    )
    assert kit(article).credit_stands_first


def test_the_desk_is_told_what_belongs_into_the_head_of_its_page(people):
    under("canonical", "noindex")
    article = make_live_article(people=people)
    asides = kit(article).asides
    assert f'<link rel="canonical" href="{SITE}{article.get_absolute_url()}">' in asides[0]
    assert "noindex" in asides[1]


@pytest.mark.parametrize("wanted", list(Format))
def test_a_copy_taken_by_name_carries_the_number_of_its_licence(people, wanted):
    free_for_community_sites()
    article = make_live_article(people=people, body=BODY)
    grant = make_taking(article)
    copy = kit(article, grant=grant)
    assert copy.grant == grant.number and grant.number in render(copy, wanted)
    assert copy.key != kit(article).key


@pytest.mark.parametrize("wanted", [Format.HTML, Format.MARKDOWN, Format.WORDPRESS, Format.NINJS])
def test_a_copy_taken_by_name_is_counted_and_one_without_a_name_is_not(people, wanted):
    free_for_community_sites()
    article = make_live_article(people=people)
    grant = make_taking(article, is_counted=True)
    address = f"{SITE}/count/{grant.pixels.get().key}.gif"
    assert kit(article, grant=grant).pixel_url == address
    assert address in render(kit(article, grant=grant), wanted)
    assert kit(article).pixel_url == ""


def test_of_two_licences_of_one_person_each_hands_over_on_its_own_conditions(people):
    terms = free_for_community_sites()
    article = make_live_article(people=people)
    first = make_taking(article)
    change(terms, "name_author", "noindex")
    second = make_taking(article, outlet="Another Watch")
    assert kit(article, grant=first).asides == ()
    assert "noindex" in kit(article, grant=second).asides[0]


def test_a_grant_that_has_ended_hands_nothing_over(people):
    free_for_community_sites()
    article = make_live_article(people=people)
    grant = make_taking(article)
    day = timezone.localdate() - timedelta(days=1)
    type(grant).objects.update(valid_from=day, valid_until=day)
    stand_under({"community_web": {"verdict": "ask"}}, name="Ask", article=article)
    assert kit(article, grant=grant) is None


def test_the_fixed_words_are_in_the_language_of_the_article(people):
    under()
    copy = kit(make_live_article(people=people, language="ar", body=BODY))
    assert (copy.language, copy.direction) == ("ar", "rtl")
    assert '<article lang="ar" dir="rtl">' in render(copy, Format.HTML)


def test_a_copy_costs_as_many_queries_with_many_pictures_as_with_one(people, illustrated):
    under()

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert kit(illustrated)
        return len(captured)

    before = cost()
    for _number in range(2):
        image = make_image(developed=True)
        GalleryImage.objects.create(article=illustrated, image=image)
    assert cost() == before
