"""The questions as a form puts them: figures, places, formats as people write them."""

import pytest
from django.http import QueryDict
from django.utils import translation

from licensing.permission_forms import DetailsForm, form_key
from licensing.rights.questions import ASKABLE, QUESTIONS, Takes
from licensing.rights.vocabulary import Use

PRINT = {
    "asked_title": "Harbour Reader",
    "asked_publisher": "Harbour Press",
    "asked_runs-paperback-copies": "3,000",
    "asked_portion": "whole",
}
WHO = {
    "requester_kind": "publisher",
    "requester_name": "Ines Roca",
    "requester_email": "ines@press.example",
    "outlet": "Harbour Press",
}


def form(use=Use.PRINT, **told):
    data = QueryDict(mutable=True)
    data.update({**(PRINT if use is Use.PRINT else {}), **WHO, **told})
    return DetailsForm(data, use=use, choices=[])


def answers(**told):
    filled = form(**told)
    assert filled.is_valid(), filled.errors
    return filled.cleaned_data["particulars"]


@pytest.mark.parametrize("use", ASKABLE)
def test_every_question_of_a_use_is_put_once_and_no_other(use):
    put = [field.field.question.name for field in form(use).questions]
    assert put == [question.name for question in QUESTIONS[use]]
    assert all(str(field.label) for field in form(use).questions)


@pytest.mark.parametrize("typed", ["3000", "3,000", "3 000", "3.000", "3’000"])
def test_a_figure_may_have_its_thousands_parted(typed):
    told = {"asked_runs-paperback-copies": typed, "asked_runs-paperback-price": "12,5"}
    assert answers(**told)["runs"] == [{"format": "paperback", "copies": 3000, "price": "12.50"}]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"asked_runs-paperback-copies": "many"}, "Paperback: a whole number"),
        ({"asked_runs-paperback-copies": "-5"}, "Paperback: a whole number"),
        ({"asked_runs-paperback-copies": "9" * 1000}, "Paperback: a whole number"),
        ({"asked_runs-paperback-copies": "999999999"}, "Paperback: at most 100,000,000"),
        ({"asked_runs-hardback-price": "12"}, "Hardback: how many copies?"),
        ({"asked_runs-paperback-price": "1e9"}, "Paperback: a price such as"),
        ({"asked_runs-paperback-copies": ""}, "Please answer this"),
        ({"asked_territories": "Germany, Atlantis"}, "no country “Atlantis”"),
        ({"asked_languages": "Klingonian"}, "no language"),
        ({"asked_isbn": "978-3-16-148410-1"}, "no ISBN"),
        ({"asked_portion": "most"}, "not one of the available"),
        ({"asked_publication_date": "soon"}, "valid date"),
        ({"asked_title": "\u202etxt"}, "control character"),
        ({"asked_title": "\x00"}, "Null characters"),
        ({"asked_title": "two\nlines"}, "single line"),
        ({"asked_title": "x" * 1_000_000}, "at most 300"),
        ({"requester_email": "ines@press.example\nBcc: all@x.example"}, "valid email"),
        ({"requester_name": "Ines\r\nBcc: all@x.example"}, "single line"),
        ({"requester_name": "\u200b"}, "nothing to read"),
        ({"outlet_country": "XX"}, "not one of the available"),
        ({"outlet_url": "javascript:alert(1)"}, "valid URL"),
        ({"deadline": "2001-01-01"}, "has passed"),
        ({"nickname": "bot"}, "catch machines"),
        ({"language": "tlh"}, "not one of the available"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(told, said):
    filled = form(**told)
    assert not filled.is_valid()
    (name,) = filled.errors
    assert name in next(iter(told)) and said in str(filled.errors[name])


def test_places_are_told_by_name_or_code_in_any_spelling():
    told = answers(asked_territories="united kingdom; FR, Cote d'Ivoire, Bosnia and Herzegovina")
    assert told["territories"] == ["BA", "CI", "FR", "GB"]
    with translation.override("de"):
        assert answers(asked_territories="Österreich, Osterreich")["territories"] == ["AT"]


def test_what_is_not_asked_is_not_kept():
    assert "words" not in answers(asked_words="200")
    assert answers(asked_words="200", asked_portion="excerpt")["words"] == 200


def test_the_same_form_has_the_same_key_and_a_changed_one_another():
    first = form()
    assert form_key("k", first) == form_key("k", form())
    others = {
        form_key("l", form()),
        form_key("k", form(requester_email="ines@other.example")),
        form_key("k", form(**{"asked_runs-paperback-copies": "3001"})),
    }
    assert len(others | {form_key("k", first)}) == 4


def test_every_kind_of_question_has_a_field_of_its_own():
    kinds = {question.takes for use in ASKABLE for question in QUESTIONS[use]}
    assert kinds == set(Takes)
