"""What stands under an article about rights is what was decided, in every edition."""

import pytest

from articles.colophon import colophon
from articles.models import Article
from articles.pages import article_page, loaded
from cms.sitepolicy.actions import write_version
from licensing.models import Clearance
from tests.factories.articles import house, make_live_article, make_publication
from tests.factories.rights import COMMUNITY, hold_an_agreement_with, stand_under
from tests.factories.whole import write_house_texts
from tests.reading import printed, reader, words

HOUSE_CROSSPOST = "<p>Community sites may carry it.</p>"
FACTORS = ("fair_use_purpose", "fair_use_nature", "fair_use_amount", "fair_use_effect")
ASK_GAZETTE = (
    '<p>To publish this article in print, ask Gazette (<a href="mailto:rights@g.example">'
    "rights@g.example</a>); it is not ours to permit.</p>"
)


@pytest.fixture
def gazette(db):
    return make_publication("Gazette", rights_contact="rights@g.example")


def sections(article):
    page = article_page(loaded(Article.objects.all()).get(pk=article.pk))
    return {section.key: section for section in colophon(page)}


def test_the_house_permits_in_its_own_words_what_was_decided(people):
    write_house_texts()
    stand_under()
    found = sections(make_live_article(people=people))
    assert found["crosspost"].html == HOUSE_CROSSPOST
    assert "For print ask" in found["print_commercial"].html


def test_without_words_of_the_house_the_decision_speaks(people):
    stand_under()
    ours = house()
    ours.rights_contact = "desk@house.example"
    ours.save()
    found = sections(make_live_article(people=people))
    assert found["crosspost"].html == (
        "<p>You may cross-post this article on a community site, provided you name the source, "
        "show the copyright notice and link to the original article.</p>"
    )
    assert found["crosspost"].label == "Cross-posting"
    assert found["print_commercial"].html == (
        '<p>To publish this article in print, ask us (<a href="mailto:desk@house.example">'
        "desk@house.example</a>).</p><p>To publish this article on a commercial site, ask us ("
        '<a href="mailto:desk@house.example">desk@house.example</a>).</p>'
    )


def test_the_house_does_not_promise_what_terms_refuse(people):
    write_house_texts()
    stand_under({**COMMUNITY, "community_web": {"verdict": "refused"}})
    found = sections(make_live_article(people=people))
    assert found["crosspost"].html == (
        "<p>You may not cross-post this article, not even on a community site.</p>"
    )


def test_what_is_not_ours_to_permit_names_who_can(people, gazette):
    write_house_texts()
    stand_under()
    found = sections(make_live_article(people=people, originating_publication=gazette))
    assert found["crosspost"].html == HOUSE_CROSSPOST
    assert found["print_commercial"].html.startswith(ASK_GAZETTE)
    assert "For print ask" not in found["print_commercial"].html


def test_a_carriage_that_passes_nothing_on_refers_cross_posters_too(people, gazette):
    write_house_texts()
    stand_under()
    hold_an_agreement_with(gazette, passes_on=[])
    found = sections(make_live_article(people=people, originating_publication=gazette))
    assert "ask Gazette" in found["crosspost"].html
    assert "may carry it" not in found["crosspost"].html


def test_an_article_under_fair_use_says_so_with_the_holder(people, gazette):
    write_house_texts()
    stand_under()
    article = make_live_article(people=people, originating_publication=gazette)
    assert sections(article)["fair_use"].html == "<p>Some material is used fairly.</p>"
    factors = dict.fromkeys(FACTORS, "A sentence.")
    Clearance.objects.filter(publication=gazette).update(
        basis="fair_use", fair_use_editor=people["editor"], **factors
    )
    assert sections(article)["fair_use"].html == (
        "<p>This article itself is carried under fair use; the rights are held by Gazette "
        '(<a href="mailto:rights@g.example">rights@g.example</a>).</p>'
        "<p>Some material is used fairly.</p>"
    )


def test_every_edition_says_the_same_and_follows_a_change_at_once(client, people, gazette):
    write_house_texts()
    stand_under()
    article = make_live_article(people=people, originating_publication=gazette)
    address = article.get_absolute_url()

    def cross_posting():
        """What stands under that label on the screen, on paper and in the PDF."""
        editions = [words(client.get(address + edition)) for edition in ("", "print/")]
        editions.append(printed(reader(client.get(f"{address}article.pdf"))))
        legal = [text.rpartition("Cross-posting")[2] for text in editions]
        return [text.partition("Print and commercial use")[0].strip(": ") for text in legal]

    assert cross_posting() == ["Community sites may carry it."] * 3
    Clearance.objects.filter(publication=gazette).update(passes_on=[])
    for said in cross_posting():
        assert said.startswith("To cross-post this article on a community site, ask Gazette")


def test_names_with_markup_in_them_are_names(people):
    nasty = make_publication("<script>x()</script>", rights_contact="rights@g.example")
    hold_an_agreement_with(nasty, passes_on=[])
    found = sections(make_live_article(people=people, originating_publication=nasty))
    assert "<script" not in found["crosspost"].html
    assert "&lt;script&gt;" in found["crosspost"].html


def test_a_sentence_is_in_the_language_of_the_fixed_words_a_house_text_in_its_own(people):
    write_version(kind="crosspost", language="fr", text="<p>Reprenez-le.</p>")
    stand_under()
    article = make_live_article(people=people, language="fr")
    assert sections(article)["crosspost"].language == "fr"
    stand_under({}, name="Nothing", article=article)
    assert sections(article)["crosspost"].language == ""
