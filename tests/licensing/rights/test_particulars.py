"""What a use has to be told: read strictly, kept plainly, and read again for what it means."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.rights.conditions import Kind, parse
from licensing.rights.conditions import as_json as conditions_as_json
from licensing.rights.particulars import ParticularsAreWrong, particulars
from licensing.rights.questions import ASKABLE, QUESTIONS, Takes
from licensing.rights.vocabulary import Use

COUNTRIES, LANGUAGES = ["DE", "FR", "GB", "JP"], ["ar", "de", "en", "fr"]
words = st.text("abc éß0", min_size=1, max_size=30).filter(str.strip)


def answers_to(question):
    """Sound answers to one question."""
    return {
        Takes.LINE: words,
        Takes.TEXT: words,
        Takes.NUMBER: st.integers(1, question.most),
        Takes.CHOICE: st.sampled_from(list(question.choices) or [""]),
        Takes.COUNTRIES: st.lists(st.sampled_from(COUNTRIES), max_size=4),
        Takes.LANGUAGE: st.sampled_from(LANGUAGES),
        Takes.LANGUAGES: st.lists(st.sampled_from(LANGUAGES), max_size=3),
        Takes.DATE: st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(date.isoformat),
        Takes.YES_NO: st.sampled_from(["yes", "no"]),
        Takes.URL: st.just("https://harbour-post.example/a?b=c"),
        Takes.ISBN: st.sampled_from(["978-3-16-148410-0", "080442957X"]),
        Takes.ISSN: st.sampled_from(["2434-561X", "0378-5955"]),
        Takes.RUNS: st.lists(
            st.fixed_dictionaries(
                {
                    "format": st.sampled_from(list(question.choices) or [""]),
                    "copies": st.integers(1, 10_000),
                    "price": st.sampled_from(["", "12.5", "0"]),
                }
            ),
            min_size=1,
            max_size=3,
            unique_by=lambda run: run["format"],
        ),
    }[question.takes]


@st.composite
def told(draw):
    """A use and sound answers, the ones that are not required only sometimes."""
    use = draw(st.sampled_from(ASKABLE))
    answers = {}
    for question in QUESTIONS[use]:
        if question.only_where and answers.get(question.only_where[0]) != question.only_where[1]:
            continue
        if question.is_required or draw(st.booleans()):
            answers[question.name] = draw(answers_to(question))
    return use, answers


def copies_in(answers):
    """Written otherwise than in the code: what would be printed."""
    return sum(run["copies"] for run in answers.get("runs", [])) or answers.get("copies", 0)


@given(told())
def test_sound_answers_come_back_as_they_were_kept(case):
    use, answers = case
    read = particulars(use, answers)
    kept = json.loads(json.dumps(read.as_json()))
    assert particulars(use, kept).as_json() == kept == read.as_json()


@given(told())
def test_a_licence_is_bound_to_what_was_asked_for(case):
    use, answers = case
    bound = {entry.kind: entry.value for entry in particulars(use, answers).conditions()}
    assert bound.get(Kind.PRINT_RUN, 0) == copies_in(answers)
    assert set(bound.get(Kind.TERRITORY, ())) == set(answers.get("territories", []))
    assert set(bound.get(Kind.FORMATS, ())) == {run["format"] for run in answers.get("runs", [])}
    conditions = particulars(use, answers).conditions()
    assert parse(conditions_as_json(conditions)) == conditions


@given(told(), st.data())
def test_what_is_required_and_missing_is_named(case, data):
    use, answers = case
    required = [question.name for question in QUESTIONS[use] if question.is_required]
    missing = data.draw(st.sampled_from(required))
    answers.pop(missing)
    with pytest.raises(ParticularsAreWrong) as refusal:
        particulars(use, answers)
    assert missing in refusal.value.faults


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@given(st.sampled_from(ASKABLE), st.data())
def test_nonsense_is_refused_in_words_and_never_kept(use, data):
    names = [question.name for question in QUESTIONS[use]] + ["made_up"]
    written = data.draw(st.dictionaries(st.sampled_from(names), JUNK))
    try:
        kept = particulars(use, written).as_json()
    except ParticularsAreWrong as refusal:
        assert all(refusal.faults.values())
    else:
        assert "made_up" not in kept
        json.dumps(kept, allow_nan=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("isbn", "978-3-16-148410-1"),
        ("isbn", "0804429579"),
        ("isbn", "٩٧٨٣١٦١٤٨٤١٠٠"),
        ("issn", "2434-5611"),
        ("title", "one\ntwo"),
        ("title", "x" * 301),
        ("title", "nul\x00"),
        ("territories", ["XX1"]),
        ("territories", "GB"),
        ("publication_date", "2027-02-30"),
        ("runs", [{"format": "paperback", "copies": True}]),
        ("runs", [{"format": "paperback", "copies": 1, "price": "NaN"}]),
        ("runs", [{"format": "paperback", "copies": 1, "price": "1e9"}]),
        ("runs", [{"format": "papyrus", "copies": 1}]),
        ("runs", [{"format": "paperback", "copies": 1}, {"format": "paperback", "copies": 2}]),
    ],
)
def test_a_wrong_answer_is_told_beside_its_question(name, value):
    with pytest.raises(ParticularsAreWrong) as refusal:
        particulars(Use.PRINT, {name: value})
    assert str(refusal.value.faults[name]) != "Please answer this."


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "ftp://a.example", "https://", "//x", "a"]
)
def test_an_address_is_one_of_the_web(value):
    with pytest.raises(ParticularsAreWrong, match="web address"):
        particulars(Use.COMMERCIAL_WEB, {"url": value, "posted_for": "30"})


def test_what_moves_the_price_is_told_by_the_names_that_fees_know():
    runs = [{"format": "ebook", "copies": 200}, {"format": "paperback", "copies": 3000}]
    asked = {"title": "R", "publisher": "P", "runs": runs, "portion": "whole"}
    facts = particulars(Use.PRINT, {**asked, "territories": ["DE", "FR"]}).facts()
    assert facts == {
        "print_run": 3200,
        "formats": 2,
        "territory": "some",
        "languages": 1,
        "portion": "whole",
    }
