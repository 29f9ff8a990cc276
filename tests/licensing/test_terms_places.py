"""Of terms for an article, its report, its publication and the site the nearest count."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from licensing.actions.terms import assign
from licensing.applying import Applying
from licensing.models import Clearance, ClearanceStatus, UsageTerms
from licensing.promises import remarks
from licensing.rights.vocabulary import Use, Verdict
from licensing.standing import articles_under
from tests.factories.articles import house, make_article, make_publication
from tests.factories.headings import make_report
from tests.factories.terms import granted, make_rules, make_terms, make_version


@pytest.fixture
def article(people):
    return make_article(by=people["editor"])


def applying(article):
    at = timezone.now()
    return Applying([article], at=at).of(article, at=at)


def named(article):
    found = applying(article)
    return found.name if found else None


def test_the_nearest_terms_count(article):
    assert named(article) is None
    report = make_report(articles=[article])
    for place in ({}, {"publication": house()}, {"report": report}, {"article": article}):
        terms = make_terms()
        assign(terms, by=None, **place)
        assert named(article) == terms.name


def test_of_a_text_from_elsewhere_the_terms_of_where_it_first_ran_count(people):
    elsewhere = make_publication("Elsewhere")
    carried = make_article(by=people["editor"], originating_publication=elsewhere)
    own = make_article(by=people["editor"])
    assign(make_terms("Ours"), by=None, publication=house())
    assign(make_terms("Theirs"), by=None, publication=elsewhere)
    assert (named(carried), named(own)) == ("Theirs", "Ours")


def test_of_two_reports_the_stricter_answer_counts_use_by_use(article):
    open_rules = make_rules(print=granted("name_author"), broadcast="granted")
    strict_rules = make_rules(print=granted("show_copyright"), broadcast="refused")
    for rules in (open_rules, strict_rules):
        report = make_report(articles=[article])
        assign(make_terms(rules=rules), by=None, report=report)
    rules = applying(article).rules
    assert rules[Use.BROADCAST].verdict is Verdict.REFUSED
    assert rules[Use.PRINT] == granted("name_author", "show_copyright")


def test_terms_that_say_nothing_yet_leave_the_word_to_the_wider_place(article):
    assign(make_terms("Site"), by=None)
    blank = UsageTerms.objects.create(name="Blank", slug="blank")
    assign(blank, by=None, article=article)
    assert named(article) == "Site"
    make_version(blank, valid_from=timezone.now() + timedelta(days=1))
    assert named(article) == "Site"


def test_the_articles_under_terms_are_those_whose_terms_they_are(people):
    """Twins: the SQL for many and the rows for one."""
    elsewhere = make_publication()
    by = people["editor"]
    articles = [make_article(by=by) for _number in range(5)]
    articles += [make_article(by=by, originating_publication=elsewhere) for _number in range(3)]
    articles += [make_article(by=by, publication=elsewhere, originating_publication=house())]
    reports = [make_report(articles=articles[1:4]), make_report(articles=articles[3:7])]
    blank = UsageTerms.objects.create(name="Blank", slug="blank")
    places = [{}, {"publication": elsewhere}, {"report": reports[0]}, {"report": reports[1]}]
    several = [make_terms() for _place in places]
    for terms, place in zip(several, places, strict=True):
        assign(terms, by=None, **place)
    assign(several[0], by=None, article=articles[5])
    assign(blank, by=None, article=articles[6])
    found = {terms.name: set(articles_under(terms)) for terms in [*several, blank]}
    for article in articles:
        counting = {name for name, under in found.items() if article in under}
        assert counting == set(named(article).split(" and ")), article
    assert found["Blank"] == set()


def test_an_article_in_two_ways_stands_there_once(article):
    terms = make_terms()
    for _report in range(2):
        assign(terms, by=None, report=make_report(articles=[article]))
    assert list(articles_under(terms)) == [article]
    assert Article.objects.count() == 1


# --- what deserves a second look --------------------------------------------------------------

OPEN = make_rules(community_web=granted("name_author"), print="granted")


def looked_at(rules=OPEN, **place):
    return " ".join(remarks(assign(make_terms(rules=rules), by=None, **place), at=timezone.now()))


def hold(publication, *uses):
    return Clearance.objects.create(
        scope="publication",
        publication=publication,
        basis="agreement",
        covers=["web"],
        passes_on=list(uses),
        status=ClearanceStatus.GRANTED,
    )


def test_a_promise_that_no_clearance_covers_is_named_with_its_uses(db):
    elsewhere = make_publication("Elsewhere")
    assert "“Cross-post on a community site” and “Publish in print”" in looked_at(
        publication=elsewhere
    )
    hold(elsewhere, "community_web")
    said = looked_at(publication=elsewhere)
    assert "The terms allow “Publish in print”, but of Elsewhere we hold no leave" in said
    hold(elsewhere, "print")
    assert looked_at(publication=elsewhere) == ""


def test_what_is_ours_may_be_promised(article):
    assert looked_at(publication=house()) == ""
    assert looked_at(article=article) == ""


def test_the_default_of_the_site_is_held_against_every_partner_without_terms_of_its_own(people):
    partners = [make_publication(f"Partner {number}") for number in range(8)]
    for partner in partners:
        make_article(by=people["editor"], originating_publication=partner)
    assign(make_terms(), by=None, publication=partners[7])
    said = looked_at()
    assert "and 2 more" in said
    assert "Partner 7" not in said


def test_two_reports_that_disagree_about_an_article_are_named(article):
    first, second = (make_report(title, articles=[article]) for title in ("Rivers", "Roads"))
    assign(make_terms("Closed"), by=None, report=first)
    said = looked_at(rules=make_rules(print="granted"), report=second)
    assert "“Rivers”, too, whose terms “Closed” answer “Publish in print” in another way" in said


def test_terms_without_a_version_say_so_where_they_are_put(article):
    blank = UsageTerms.objects.create(name="Blank", slug="blank")
    assert remarks(assign(blank, by=None), at=timezone.now()) == [
        "These terms have no version in force, so they do not count here yet."
    ]
