"""Terms from JSON and back: what is not understood is refused, never dropped."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.rights.conditions import clash, merged
from licensing.rights.facts import Rule
from licensing.rights.usage import TermsAreWrong, rules_as_json, rules_from_json
from licensing.rights.vocabulary import Use, Verdict
from tests.licensing.rights.test_conditions import anything, few, scalars

rules = st.dictionaries(
    st.sampled_from(Use),
    st.builds(Rule, st.sampled_from(Verdict), few.map(merged).filter(lambda one: not clash(one))),
)
entries = anything | st.fixed_dictionaries(
    {"verdict": scalars | st.sampled_from(Verdict)}, optional={"conditions": anything, "x": scalars}
)


def refused(written) -> list[str]:
    with pytest.raises(TermsAreWrong) as fault:
        rules_from_json(written)
    return fault.value.reasons


def test_a_table_of_uses_is_read():
    written = {
        "print": {"verdict": "ask", "conditions": ["name_author"]},
        "excerpt": {"verdict": "granted"},
    }
    found = rules_from_json(written)
    assert list(found) == [Use.EXCERPT, Use.PRINT]
    assert found[Use.EXCERPT] == Rule(Verdict.GRANTED)


@pytest.mark.parametrize("written", [None, [], "print", 7, [["print", {}]]])
def test_what_is_no_table_is_refused(written):
    assert refused(written) == ["Terms are a table of uses."]


@pytest.mark.parametrize(
    "entry",
    [
        None,
        "granted",
        {},
        {"verdict": None},
        {"verdict": "yes"},
        {"verdict": ["granted"]},
        # A word too many may be a condition misspelt: it must not get lost.
        {"verdict": "granted", "condition": ["no_edits"]},
    ],
)
def test_an_entry_that_is_no_answer_is_refused(entry):
    assert refused({"print": entry}) == ["“print” is no use with an answer we know."]


def test_everything_that_is_wrong_is_said_at_once():
    written = {
        "poster": {"verdict": "granted"},
        "print": {"verdict": "ask", "conditions": ["be_nice"]},
        "\ud800": {},
        "broadcast": {"verdict": "granted", "conditions": None},
    }
    assert refused(written) == [
        "“poster” is no use with an answer we know.",
        "Publish in print: “be_nice” is no condition we know.",
        "“this” is no use with an answer we know.",
        "Broadcast: Conditions are a list.",
    ]


@given(rules)
def test_what_is_written_down_is_read_back(found):
    assert rules_from_json(json.loads(json.dumps(rules_as_json(found)))) == found


@given(anything | st.dictionaries(st.sampled_from(Use) | st.text(max_size=5), entries))
def test_whatever_is_written_is_read_or_refused_in_sentences(written):
    try:
        found = rules_from_json(written)
    except TermsAreWrong as fault:
        assert fault.reasons
        assert all(reason.endswith(".") and reason.encode() for reason in fault.reasons)
    else:
        assert rules_from_json(rules_as_json(found)) == found
