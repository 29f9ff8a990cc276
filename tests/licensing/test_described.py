"""Particulars in words, in the language of whoever reads them."""

from django.utils.translation import override

from licensing.described import described, differences
from licensing.places import countries, country_name, language_name, languages
from licensing.rights.particulars import particulars
from licensing.rights.vocabulary import Use

PRINT = {
    "title": "Harbour Reader",
    "publisher": "Harbour Press",
    "runs": [
        {"format": "paperback", "copies": 3000, "price": "18.00"},
        {"format": "ebook", "copies": 1, "price": ""},
    ],
    "portion": "excerpt",
    "words": 1200,
    "territories": ["IE", "GB"],
    "publication_date": "2027-05-31",
}


def test_print_is_told_with_countries_formats_and_figures_by_name():
    said = dict(described(particulars(Use.PRINT, PRINT)))
    assert said["Formats and copies"] == "Paperback: 3,000 copies at 18.00 each; E-book: 1 copy"
    assert said["How much of it"] == "A part of it"
    assert said["About how many words"] == "1,200"
    assert said["In which countries"] == "Ireland and United Kingdom"
    assert said["In which languages"] == "The language of the article"
    assert said["When it will be published"] == "31 May 2027"
    assert "ISBN" not in said


def test_names_and_figures_follow_the_readers_language():
    with override("de"):
        said = [value for _label, value in described(particulars(Use.PRINT, PRINT))]
    assert "1.200" in said
    assert any("Vereinigtes Königreich" in value for value in said)


def test_a_question_that_was_not_put_is_not_told():
    whole = {**PRINT, "portion": "whole"}
    labels = [label for label, _value in described(particulars(Use.PRINT, whole))]
    assert "About how many words" not in labels


def test_differences_name_what_changed_and_nothing_else():
    before = particulars(Use.PRINT, PRINT)
    after = particulars(Use.PRINT, {**PRINT, "words": 900, "territories": [], "edition": "2nd"})
    assert differences(before, after) == [
        ("About how many words", "1,200", "900"),
        ("In which countries", "Ireland and United Kingdom", "The whole world"),
        ("Edition or issue", "", "2nd"),
    ]


def test_a_code_that_nobody_knows_stands_as_it_is():
    assert (country_name("QQ"), language_name("xx-Latn")) == ("QQ", "Xx (Latin)")


def test_what_is_offered_has_a_name_and_stands_by_name():
    offered = [name for _code, name in countries()]
    assert {"GB", "DE", "NP", "XK"} <= {code for code, _name in countries()}
    assert offered.index("Åland Islands") < offered.index("Albania")
    assert ("fr", "French") in languages()
