"""From rows to the chain of title: what a row says, and never more than its basis can bear."""

import pytest

from articles.models import OriginHop
from licensing.chain import Clearances, fact, origin, picture_rights, picture_terms, text_rights
from licensing.models import Clearance
from licensing.rights.carriage import carried
from licensing.rights.conditions import Kind
from licensing.rights.facts import in_force
from licensing.rights.vocabulary import Carriage, Use
from tests.factories.articles import house, make_article, make_image, make_publication
from tests.factories.rights import hold_an_agreement_with

BY_NC = "https://creativecommons.org/licenses/by-nc/4.0/"


@pytest.fixture
def gazette(db):
    return make_publication("Firth Gazette", url="https://firth.example/")


def test_a_text_of_our_own_is_ours(people):
    article = make_article(by=people["editor"])
    (right,) = text_rights(article, Clearances([article]))
    assert right.is_ours
    assert origin(article) is None


def test_a_text_is_foreign_where_its_publication_is_not_the_house(people, gazette):
    house()
    article = make_article(by=people["editor"], publication=gazette)
    (right,) = text_rights(article, Clearances([article]))
    assert (right.holder.name, right.is_ours) == ("Firth Gazette", False)


def test_a_translation_is_a_right_of_its_own_and_a_mirror_holds_none(people, gazette):
    article = make_article(by=people["editor"], originating_publication=gazette)
    for place, (step, name) in enumerate([("translated", "Pool"), ("crossposted", "Mirror")]):
        OriginHop.objects.create(
            article=article, step=step, publication=make_publication(name), position=place
        )
    rights = text_rights(article, Clearances([article]))
    assert [right.holder.name for right in rights] == ["Firth Gazette", "Pool"]


def test_who_translates_here_needs_leave_to_translate(people, gazette):
    hold_an_agreement_with(gazette, covers=["web"])
    article = make_article(by=people["editor"], originating_publication=gazette)
    OriginHop.objects.create(article=article, step="translated", publication=house())
    first, ours = text_rights(article, Clearances([article]))
    assert first.needs == {Carriage.WEB, Carriage.TRANSLATION}
    assert ours.is_ours


def test_fair_use_passes_nothing_on_whatever_the_row_says(gazette):
    row = hold_an_agreement_with(gazette, basis="fair_use", status="needed")
    assert fact(row).passes_on == frozenset()


def test_an_open_licence_passes_on_what_it_grants_and_binds_by_what_it_demands(gazette):
    row = hold_an_agreement_with(
        gazette,
        basis="open_licence",
        licence_url=BY_NC,
        passes_on=["community_web", "commercial_web"],
        conditions=[],
    )
    known = fact(row)
    assert known.passes_on == {Use.COMMUNITY_WEB}
    assert {Kind.AUTHOR, Kind.NON_COMMERCIAL} <= {entry.kind for entry in known.conditions}


def test_the_last_day_is_a_whole_day(gazette):
    row = hold_an_agreement_with(gazette, valid_from="2026-03-01", valid_until="2026-03-31")
    row.refresh_from_db()
    known = fact(row)
    assert in_force(known, row.ends_at - row.ends_at.resolution)
    assert not in_force(known, row.ends_at)
    assert (row.ends_at - row.begins_at).days == 31


@pytest.mark.parametrize("category", ["agency", "freelance", "handout", "screenshot", "unknown"])
def test_a_picture_of_others_is_not_ours_to_pass_on(db, category):
    (right,) = picture_rights(make_image(rights_category=category), Clearances())
    assert not right.is_ours
    assert list(right.clearances) == []


def test_a_picture_under_a_licence_brings_its_own_terms(db):
    image = make_image(rights_category="creative_commons", web_statement=BY_NC)
    assert picture_terms(image).licence_url == BY_NC
    claimed = make_image(rights_category="creative_commons", web_statement="https://e.example/")
    assert picture_terms(claimed) is None
    (right,) = picture_rights(claimed, Clearances())
    assert not right.is_ours


def test_an_ended_clearance_still_says_when_it_ended(people, gazette):
    row = hold_an_agreement_with(gazette, valid_until="2020-01-31")
    Clearance.objects.filter(pk=row.pk).update(status="expired")
    article = make_article(by=people["editor"], originating_publication=gazette, cleared=False)
    row.refresh_from_db()
    state = carried(text_rights(article, Clearances([article])), article.created_at)
    assert not state.is_held
    assert "31 January 2020" in str(state.reasons[0])
