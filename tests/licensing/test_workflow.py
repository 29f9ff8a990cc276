"""The table of clearances: which move starts where, by whose leave, and what stands in its way."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cms.workflows.actions import MoveNotAllowed, NotYours
from cms.workflows.moves import Reason
from licensing.actions import clearances
from licensing.models import Clearance, ClearanceEvent
from licensing.workflow import CLEARANCE
from tests.factories.articles import house, make_article, make_publication
from tests.factories.clearance_stages import STAGES, make_clearance_at, make_move
from tests.factories.clearances import clear, make_clearance
from tests.factories.rights import hold_an_agreement_with

PEOPLE = ["contributor", "editor", "managing_editor", "rights_desk", "rights_manager", "admin"]
# Who may make a move, and from where: written out, so that a change of rights changes a test.
MAY = {
    "request": ({"rights_desk", "rights_manager", "admin"}, {"needed"}),
    "grant": ({"rights_desk", "rights_manager", "admin"}, {"needed", "requested", "refused"}),
    "refuse": ({"rights_desk", "rights_manager", "admin"}, {"needed", "requested"}),
    "revoke": ({"rights_manager", "admin"}, {"granted"}),
    "reopen": ({"rights_desk", "rights_manager", "admin"}, {"refused", "revoked", "expired"}),
}
BECOMES = {
    "request": "requested",
    "grant": "granted",
    "refuse": "refused",
    "revoke": "revoked",
    "reopen": "needed",
}
TOMORROW = timedelta(days=1)


def as_it_stands(clearance):
    return (
        Clearance.objects.filter(pk=clearance.pk).values().get(),
        list(ClearanceEvent.objects.filter(clearance=clearance).values()),
    )


def test_the_table_has_these_moves_and_no_others():
    assert set(CLEARANCE.moves) == {*MAY, "expire"}
    assert CLEARANCE.initial == "needed"


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", MAY)
def test_each_move_is_made_by_whom_and_from_where_the_table_says(people, name, stage):
    who, sources = MAY[name]
    for role in PEOPLE:
        clearance = make_clearance_at(stage, by=people["admin"])
        before = as_it_stands(clearance)
        if role in who and stage in sources:
            event = make_move(clearance, name, by=people[role])
            assert (event.from_status, event.to_status) == (stage, BECOMES[name])
            assert event.who == str(people[role])
            clearance.refresh_from_db()
            assert clearance.status == BECOMES[name]
        else:
            refusal = MoveNotAllowed if role in who else NotYours
            with pytest.raises(refusal):
                make_move(clearance, name, by=people[role])
            assert as_it_stands(clearance) == before


@pytest.mark.parametrize("role", [None, *PEOPLE])
@pytest.mark.parametrize("stage", STAGES)
def test_only_the_clock_lets_one_expire(people, stage, role):
    clearance = make_clearance_at(stage, by=people["admin"])
    before = as_it_stands(clearance)
    with pytest.raises(MoveNotAllowed):
        if role:
            clearances.expire(clearance, by=people[role], at=timezone.now())
        else:
            clearances.expire(clearance, at=timezone.now())
    assert as_it_stands(clearance) == before


def test_it_expires_when_its_last_day_has_passed_and_not_before(people):
    today = timezone.localdate()
    clearance = make_clearance(by=people["rights_desk"], valid_until=today)
    ends = clearance.ends_at
    with pytest.raises(MoveNotAllowed, match="not passed"):
        clearances.expire(clearance, at=ends - timedelta(microseconds=1))
    event = clearances.expire(clearance, at=ends)
    assert (event.to_status, event.by) == ("expired", None)
    assert event.actor


@pytest.mark.parametrize(
    "name", [name for name, move in CLEARANCE.moves.items() if move.reason == Reason.REQUIRED]
)
def test_what_takes_something_away_needs_a_reason(people, name):
    stage = {"refuse": "requested", "revoke": "granted"}[name]
    clearance = make_clearance_at(stage, by=people["admin"])
    before = as_it_stands(clearance)
    with pytest.raises(MoveNotAllowed, match="needs a reason"):
        make_move(clearance, name, by=people["admin"], reason="  ")
    assert as_it_stands(clearance) == before


# --- What stands in the way -------------------------------------------------------------------


def refused(clearance, *, by, move="grant"):
    """The sentences with which a move is refused, after which nothing has changed."""
    before = as_it_stands(clearance)
    with pytest.raises(MoveNotAllowed) as refusal:
        make_move(clearance, move, by=by)
    assert as_it_stands(clearance) == before
    return " ".join(refusal.value.reasons)


def test_what_has_ended_is_not_granted(people):
    yesterday = timezone.localdate() - TOMORROW
    desk = people["rights_desk"]
    clearance = make_clearance(by=desk, grant=False, valid_until=yesterday)
    assert "Its last day was" in refused(clearance, by=desk)
    assert "Its last day was" in refused(clearance, by=desk, move="request")


def test_what_covers_nothing_is_neither_granted_nor_asked_for(people):
    desk = people["rights_desk"]
    clearance = make_clearance(by=desk, grant=False, covers=[])
    assert "covers nothing" in refused(clearance, by=desk)
    assert "covers nothing" in refused(clearance, by=desk, move="request")


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ((None, None), (None, None), True),
        ((None, "2030-05-31"), ("2030-05-31", None), True),
        ((None, "2030-05-31"), ("2030-06-01", None), False),
        (("2030-06-01", None), (None, "2030-05-31"), False),
        (("2030-01-01", "2030-12-31"), ("2030-06-01", "2030-06-30"), True),
        (("2030-06-01", "2030-06-30"), ("2030-01-01", "2030-12-31"), True),
        (("2030-01-01", "2030-03-31"), ("2030-04-01", "2030-06-30"), False),
    ],
)
def test_two_exclusive_ones_do_not_share_a_day(people, first, second, clash):
    desk, publication = people["rights_desk"], make_publication()

    def days(window):
        since, until = (date.fromisoformat(day) if day else None for day in window)
        return {"valid_from": since, "valid_until": until}

    shared = {"publication": publication, "is_exclusive": True}
    rival = make_clearance(by=desk, grant=False, **shared, **days(second))
    clear(publication, by=desk, is_exclusive=True, **days(first))
    if clash:
        assert "exclusive too" in refused(rival, by=desk)
    else:
        clearances.grant(rival, by=desk)


def test_an_exclusive_one_stands_beside_what_is_not_or_is_about_something_else(people):
    desk, publication = people["rights_desk"], make_publication()
    clear(publication, by=desk, is_exclusive=True)
    clear(publication, by=desk)
    clear(make_publication(), by=desk, is_exclusive=True)


def test_an_exclusive_one_that_was_revoked_leaves_room(people):
    desk, publication = people["rights_desk"], make_publication()
    first = clear(publication, by=desk, is_exclusive=True)
    clearances.revoke(first, by=people["rights_manager"], reason="Sold.")
    clear(publication, by=desk, is_exclusive=True)


FACTORS = {
    "fair_use_purpose": "Comment on the report itself.",
    "fair_use_nature": "A published report of facts.",
    "fair_use_amount": "Two paragraphs of forty.",
    "fair_use_effect": "Nobody reads us instead of them.",
}


def make_fair_use(people, **fields):
    values = {"basis": "fair_use", "reference": "", "fair_use_editor": people["editor"], **FACTORS}
    return make_clearance(by=people["rights_desk"], grant=False, **{**values, **fields})


def test_fair_use_that_is_argued_and_answered_for_is_granted(people):
    clearances.grant(make_fair_use(people), by=people["rights_desk"])


@pytest.mark.parametrize("factor", FACTORS)
def test_fair_use_is_argued_in_all_four_factors(people, factor):
    clearance = make_fair_use(people, **{factor: ""})
    label = Clearance._meta.get_field(factor).verbose_name
    assert str(label) in refused(clearance, by=people["rights_desk"])


def test_fair_use_needs_an_editor_by_name(people):
    assert "an editor" in refused(
        make_fair_use(people, fair_use_editor=None), by=people["rights_desk"]
    )


def test_an_editor_who_has_left_answers_for_nothing_new(people):
    clearance = make_fair_use(people)
    people["editor"].is_active = False
    people["editor"].save()
    clearance.refresh_from_db()
    assert "is no editor" in refused(clearance, by=people["rights_desk"])


def test_an_open_licence_needs_its_address(people):
    desk = people["rights_desk"]
    clearance = make_clearance(by=desk, grant=False, basis="open_licence")
    assert "address" in refused(clearance, by=desk)
    url = "https://creativecommons.org/licenses/by/4.0/"
    make_clearance(by=desk, basis="open_licence", licence_url=url)


@pytest.mark.parametrize("basis", ["permission", "assignment", "agreement"])
def test_somebodys_word_must_be_on_record(people, basis):
    desk = people["rights_desk"]
    clearance = make_clearance(by=desk, grant=False, basis=basis, reference="")
    assert "Nothing shows that it was given" in refused(clearance, by=desk)
    clearance.evidence.create(
        file="evidence/x", name="letter.pdf", size=1, uploaded_at=timezone.now()
    )
    clearances.grant(clearance, by=desk)


def test_without_a_contact_nobody_is_asked(people):
    desk = people["rights_desk"]
    clearance = make_clearance(by=desk, grant=False, publication=make_publication())
    assert "nobody to write to" in refused(clearance, by=desk, move="request")


def test_we_do_not_write_to_ourselves(people):
    desk, ours = people["rights_desk"], house()
    ours.rights_contact = "rights@house.example"
    ours.save()
    clearance = make_clearance(by=desk, grant=False, holder_contact="Rights@House.example")
    assert "cannot ask ourselves" in refused(clearance, by=desk, move="request")


@pytest.mark.parametrize("basis", ["own_work", "open_licence", "public_domain", "fair_use"])
def test_what_nobody_gives_is_asked_of_nobody(people, basis):
    desk = people["rights_desk"]
    clearance = make_clearance(by=desk, grant=False, basis=basis)
    assert "nobody to ask" in refused(clearance, by=desk, move="request")


def test_a_publication_that_became_our_own_gives_us_nothing(people):
    desk, other = people["rights_desk"], make_publication(rights_contact="r@other.example")
    clearance = make_clearance(by=desk, grant=False, publication=other)
    type(other).objects.filter(pk=other.pk).update(is_house=True)
    clearance = Clearance.objects.get(pk=clearance.pk)
    for move in ("grant", "request"):
        assert "our own publication" in refused(clearance, by=desk, move=move)


def test_an_article_s_clearance_is_granted_too(people):
    article = make_article(
        by=people["editor"], originating_publication=make_publication(), cleared=False
    )
    clear(article, by=people["rights_desk"])
    assert hold_an_agreement_with(article.originating_publication).scope == "publication"
