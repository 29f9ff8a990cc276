"""A decision as readers are told it: links, letters, whom to ask, pictures."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

from articles.models import Article
from articles.pages import article_page, loaded
from licensing.answers import (
    answer,
    letter,
    linked,
    main_answers,
    other_answers,
    picture_answers,
    rights_for,
    whom_to_ask,
)
from licensing.rights.facts import Party
from licensing.rights.vocabulary import Use, Verdict
from tests.factories.articles import (
    make_article,
    make_image,
    make_live_article,
    make_publication,
)
from tests.factories.rights import COMMUNITY, hold_an_agreement_with, stand_under
from tests.factories.whole import make_whole_article


def page_of(article):
    return article_page(loaded(Article.objects.all()).get(pk=article.pk))


def test_the_address_of_whom_to_ask_is_a_link_and_the_rest_is_text():
    party = Party("A & B", "rights@ab.example")
    assert linked("Ask A & B (rights@ab.example).", party) == (
        'Ask A &amp; B (<a href="mailto:rights@ab.example">rights@ab.example</a>).'
    )
    assert linked("Ask <b>.", None) == "Ask &lt;b&gt;."
    assert linked("Ask us.", Party("Us")) == "Ask us."
    site = Party("Pool", url="https://pool.example/?a=1&b=2")
    assert linked(f"Ask {site}.", site) == (
        'Ask Pool (<a href="https://pool.example/?a=1&amp;b=2">'
        "https://pool.example/?a=1&amp;b=2</a>)."
    )


def test_a_letter_opens_with_use_headline_and_address():
    url = letter(
        Party("Desk", "a+b@house.example"),
        use=Use.PRINT,
        headline="Half & half? 50 %",
        url="https://house.example/articles/half/",
    )
    parts = urlsplit(url)
    told = parse_qs(parts.query)
    assert (parts.scheme, parts.path) == ("mailto", "a%2Bb@house.example")
    assert told["subject"] == ["Publish in print: Half & half? 50 %"]
    assert "https://house.example/articles/half/" in told["body"][0]
    assert letter(Party("Nobody"), use=Use.PRINT, headline="", url="") == ""


def test_every_use_is_answered_once_the_main_ones_first(people):
    rights = rights_for(page_of(make_live_article(people=people)))
    uses = [one.use for one in main_answers(rights) + other_answers(rights)]
    assert uses[:3] == [Use.COMMUNITY_WEB, Use.COMMERCIAL_WEB, Use.PRINT]
    assert sorted(uses) == sorted(Use)


def test_an_answer_tells_the_steps_in_their_order_and_each_condition(people):
    stand_under()
    rights = rights_for(page_of(make_whole_article(people)))
    told = answer(rights.decisions[Use.COMMUNITY_WEB])
    assert told.word == "Allowed"
    assert [step for step, _reason in told.reasons] == [
        "Chain of title",
        "Chain of title",
        "Terms",
    ]
    assert told.conditions == (
        "Name the source.",
        "Show the copyright notice.",
        "Link to the original article.",
    )


def test_rights_are_worked_out_once_a_page(people, django_assert_num_queries):
    stand_under()
    page = page_of(make_live_article(people=people))
    with django_assert_num_queries(2):
        first = rights_for(page)
        assert rights_for(page) is first


def test_before_it_is_public_an_article_is_answered_as_if_it_were(people):
    stand_under()
    draft = make_article(by=people["editor"])
    assert rights_for(page_of(draft)).decisions[Use.COMMUNITY_WEB].is_granted
    uncleared = make_article(
        by=people["editor"], originating_publication=make_publication(), cleared=False
    )
    verdicts = {one.verdict for one in rights_for(page_of(uncleared)).decisions.values()}
    assert verdicts == {Verdict.REFUSED}


def asked(article):
    rights = rights_for(page_of(article))
    return {
        one.party.name: [use for use, _address in one.uses]
        for one in whom_to_ask(
            rights, headline="H", url="https://house.example/", slug=article.slug
        )
    }


def test_who_has_to_be_asked_is_named_with_all_that_is_asked(people):
    stand_under()
    found = asked(make_whole_article(people))
    assert list(found) == ["Firth Gazette", "Translators' Pool"]
    assert "Publish in print" in found["Translators' Pool"]
    assert "Cross-post on a community site" not in found["Firth Gazette"]


def test_where_nothing_has_to_be_asked_the_house_is_named_all_the_same(people):
    stand_under({use.value: {"verdict": "granted"} for use in Use})
    assert asked(make_live_article(people=people)) == {"The House Review": []}


def test_a_picture_that_is_not_cleared_is_left_out_and_says_why(people):
    stand_under()
    article = make_live_article(
        people=people,
        featured_image=make_image(rights_category="agency", credit_line="Wire", developed=True),
    )
    page = page_of(article)
    (picture,) = picture_answers(page, rights_for(page))
    assert (picture.verdict, picture.is_left_out) == (Verdict.REFER, True)
    assert "nobody gave us leave" in picture.reasons[0]
    assert picture.shot is not None


def test_a_picture_of_ours_goes_along_unless_the_terms_leave_pictures_out(people):
    stand_under()
    own = {"rights_category": "own", "credit_line": "Us"}
    article = make_live_article(people=people, featured_image=make_image(**own))
    page = page_of(article)
    (picture,) = picture_answers(page, rights_for(page))
    assert (picture.verdict, picture.is_left_out) == (Verdict.GRANTED, False)
    without = {"verdict": "granted", "conditions": ["images_excluded"]}
    stand_under({**COMMUNITY, "community_web": without}, name="Bare", article=article)
    page = page_of(article)
    (picture,) = picture_answers(page, rights_for(page))
    assert picture.is_left_out
    assert picture.reasons == ("The conditions for the text leave the pictures out.",)


def test_a_picture_whose_time_has_ended_is_answered_without_being_shown(people):
    stand_under()
    image = make_image(rights_category="own", developed=True)
    article = make_live_article(people=people, featured_image=image)
    image.use_until = timezone.now() - timedelta(seconds=1)
    image.save()
    page = page_of(article)
    (picture,) = picture_answers(page, rights_for(page))
    assert (picture.shot, picture.is_left_out) == (None, True)
    assert "has ended" in picture.reasons[0]


def test_what_is_forbidden_outright_has_nobody_to_ask(people):
    gazette = make_publication("Gazette")
    hold_an_agreement_with(gazette, forbids=["ai_training", "print"])
    article = make_live_article(people=people, originating_publication=gazette)
    assert "Publish in print" not in asked(article).get("Gazette", [])
