"""What a feed may hand over: only what everybody may take, on conditions that a feed keeps."""

from datetime import timedelta

import pytest
from hypothesis import given

from licensing.rights.conditions import Condition, Kind
from licensing.rights.decide import decide
from licensing.rights.handing_over import (
    KEPT_BY_A_FEED,
    hands_over_text,
    is_kept,
    pictures_handed_over,
)
from licensing.rights.vocabulary import Use, Verdict
from tests.licensing.rights.chains import instants, snapshots


def test_every_kind_of_condition_has_been_thought_through():
    assert set(KEPT_BY_A_FEED) == set(Kind)


@pytest.mark.parametrize("kind", [kind for kind, is_kept in KEPT_BY_A_FEED.items() if not is_kept])
def test_one_condition_that_a_feed_cannot_keep_is_enough(kind):
    assert is_kept([Condition(Kind.SOURCE)])
    assert not is_kept([Condition(Kind.SOURCE), Condition(kind, 1)])


@given(snapshots(), instants)
def test_nothing_is_handed_over_that_not_everybody_may_take(snapshot, at):
    decision = decide(snapshot, Use.COMMUNITY_WEB, at + timedelta(0))
    if hands_over_text(decision):
        text = decision.elements[0]
        assert decision.is_granted and text.verdict is Verdict.GRANTED
        assert all(KEPT_BY_A_FEED[entry.kind] for entry in text.conditions)
    by_key = {one.element.key: one for one in decision.elements}
    for key in pictures_handed_over(decision):
        assert by_key[key].verdict is Verdict.GRANTED
        assert all(KEPT_BY_A_FEED[entry.kind] for entry in by_key[key].conditions)
