"""Whether we may carry a text ourselves, and until when without a gap."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensing.rights.carriage import carried, is_carried
from licensing.rights.facts import Clearance, Party, Right
from licensing.rights.vocabulary import Basis, Carriage
from tests.licensing.rights import chains
from tests.licensing.rights.chains import hour

ONEWORLD = Party("OneWorld")
WEB = frozenset({Carriage.WEB})
INSTANT = timedelta(microseconds=1)


def leave(since=None, until=None, covers=WEB, named="our agreement") -> Clearance:
    ends = [None if one is None else hour(one) for one in (since, until)]
    return Clearance(1, named, Basis.AGREEMENT, covers, since=ends[0], until=ends[1])


def right(*routes, needs=WEB) -> Right:
    return Right(ONEWORLD, "First published by OneWorld", needs=needs, routes=routes)


def until(*rights, at=0):
    return carried(rights, hour(at)).until


# --- Examples ---------------------------------------------------------------------------------


def test_what_is_ours_needs_no_leave():
    assert carried([Right(ONEWORLD, "Ours", is_ours=True)], hour(0)) == (None, ())


def test_leave_without_an_end_does_not_end():
    assert until(right(((leave(),),))) is None


def test_a_clearance_that_takes_over_leaves_no_gap():
    assert until(right(((leave(0, 6), leave(6, 12)),))) == hour(12)
    assert until(right(((leave(0, 6), leave(6)),))) is None
    assert until(right(((leave(0, 6), leave(7, 12)),))) == hour(6)


def test_a_way_that_takes_over_leaves_no_gap_either():
    publication, authors = ((leave(0, 6),),), ((leave(3, 12),), (leave(3, 9),))
    assert until(right(publication, authors)) == hour(9)
    assert until(right(authors, publication)) == hour(9)
    assert until(right(publication, ((leave(3),),))) is None


def test_the_first_right_that_ends_counts():
    assert until(right(((leave(0, 6),),)), right(((leave(0, 3),),))) == hour(3)


def test_everything_that_we_do_with_it_must_be_covered():
    both = WEB | {Carriage.TRANSLATION}
    assert not carried([right(((leave(),),), needs=both)], hour(0)).is_held
    assert carried([right(((leave(covers=both),),), needs=both)], hour(0)).is_held
    parts = (leave(), leave(0, 6, covers=frozenset({Carriage.TRANSLATION})))
    assert until(right((parts,), needs=both)) == hour(6)


@pytest.mark.parametrize("routes", [(), ((),), (((),),), ((), ((),)), (((leave(),), ()),)], ids=str)
def test_a_route_that_leads_nowhere_carries_nothing(routes):
    assert not is_carried([right(*routes)], hour(0))
    assert carried([right(*routes)], hour(0)).until == hour(0)


def test_a_text_of_which_nobody_said_whose_it_is_is_not_carried():
    assert not is_carried([], hour(0))
    assert not is_carried(iter([]), hour(0))
    found = carried([], hour(0))
    assert (found.until, str(found.reasons[0])) == (
        hour(0),
        "Nobody has said who holds the rights.",
    )


@pytest.mark.parametrize(
    ("group", "sentence"),
    [
        ((), "We hold no clearance from OneWorld for publication on our website."),
        ((leave(9),), "We hold no clearance from OneWorld for publication on our website."),
        (
            (leave(covers=frozenset({Carriage.PRINT})),),
            "What OneWorld allows does not cover publication on our website.",
        ),
        (
            # It ends with the first instant of 9 September, so its last day is the day before.
            (leave(None, -8), leave(None, -99, named="an older one")),
            "Leave for publication on our website has ended: our agreement ran until "
            "8 September 2019.",
        ),
    ],
)
def test_what_is_missing_is_said(group, sentence):
    (reason,) = carried([right((group,))], hour(0)).reasons
    assert str(reason) == f"First published by OneWorld. {sentence}"


def test_a_co_author_who_has_not_answered_is_not_said_to_have_refused():
    (reason,) = carried([right(((leave(),), ()))], hour(0)).reasons
    assert str(reason) == (
        "First published by OneWorld. Of those who have to allow publication on our website, not "
        "everybody has."
    )


# --- Properties -------------------------------------------------------------------------------

chain = st.lists(chains.rights(), max_size=3)


def oracle(rights, at) -> bool:
    return bool(rights) and all(
        one.is_ours or all(chains.shows(one, need, at) for need in one.needs) for one in rights
    )


@settings(deadline=None, max_examples=120)
@given(chain, chains.instants)
def test_it_is_carried_at_every_instant_up_to_its_end_and_not_at_it(rights, at):
    found = carried(rights, at)
    assert found.is_held == is_carried(rights, at) == oracle(rights, at)
    if not found.is_held:
        assert found.until == at
        assert all(str(reason) for reason in found.reasons)
        return
    ends = {one for right in rights for c in right.clearances for one in (c.since, c.until)}
    moments = {moment for end in ends - {None} for moment in (end - INSTANT, end)}
    for moment in moments:
        if at <= moment and (found.until is None or moment < found.until):
            assert oracle(rights, moment) and is_carried(rights, moment)
    if found.until is not None:
        assert found.until > at
        assert not oracle(rights, found.until)


@given(chain, chains.instants)
def test_rights_may_come_one_by_one(rights, at):
    assert carried(iter(rights), at) == carried(rights, at)
    assert is_carried(iter(rights), at) == is_carried(rights, at)
