"""Places are filled in one pass: what others wrote is never a place, a tag or a second line."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from licensing import letter_words
from licensing.letter_words import Button, Items, Quotation, blocks, faults, plain, subject

ANYTHING = st.text(max_size=60)
VALUES = st.fixed_dictionaries(
    {
        "requester": ANYTHING,
        "number": ANYTHING,
        "message": st.builds(Quotation, ANYTHING, ANYTHING),
        "articles": st.builds(Items, st.lists(ANYTHING, max_size=3).map(tuple)),
        "link": st.builds(Button, ANYTHING, ANYTHING),
    }
)
PIECES = st.sampled_from(["{requester}", "{number}", "{message}", "{articles}", "{link}"])
WORDING = st.lists(PIECES | st.sampled_from(["Dear", " ", "\n", "\n\n", "<b>", "{{", "&"])).map(
    "".join
)


def shown(found) -> str:
    return render_to_string("licensing/mail/_letter.html", {"blocks": found, "end": "right"})


OUR_TAGS = {
    *("p", "bdi", "br", "blockquote", "ul", "li", "table", "tr", "td", "a", "b", "font", "tbody")
}


@given(WORDING, VALUES)
def test_whatever_is_filled_in_nothing_fails_and_no_tag_is_born(text, values):
    found = blocks(text, values)
    page = shown(found)
    assert "<script" not in page and "<b>Dear" not in page
    for tag in page.split("<")[1:]:
        name = tag.strip("/").split(">")[0].split()[0]
        assert name in OUR_TAGS, name
    line = subject(text, values)
    assert line == " ".join(line.split())
    plain(found)


@given(ANYTHING, ANYTHING)
def test_what_was_filled_in_is_not_looked_at_for_places(one, other):
    values = {"one": f"{{other}}{one}", "other": other}
    (block,) = blocks("a {one} b", values)
    assert block.plain == f"a {letter_words.visible('{other}' + one)} b".strip()


def test_a_paragraph_of_one_place_takes_the_shape_of_its_value():
    values = {"message": Quotation("One\nTwo", "Mara"), "link": Button("Look", "https://a.example")}
    found = blocks("Hello\n \n{message}\n\nSee {link}\n\n{link}", values)
    assert [block.kind for block in found] == ["paragraph", "quotation", "paragraph", "button"]
    assert plain(found) == (
        "Hello\n\n> One\n> Two\n— Mara\n\nSee https://a.example\n\nLook:\nhttps://a.example"
    )
    assert '<a href="https://a.example">https://a.example</a>' in shown(found)


def test_a_paragraph_without_anything_in_it_is_left_out():
    values = {"message": Quotation(""), "holder": "", "contact": ""}
    assert plain(blocks("One\n\n{message}\n\n{holder}\r\n{contact}\n\nTwo", values)) == "One\n\nTwo"


def test_long_names_leave_the_number_in_the_subject():
    line = subject("{requester}: {number}", {"requester": "x" * 500, "number": "PR-2030-000001"})
    assert line.endswith("…: PR-2030-000001") and len(line) < 120


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Dear {requester}", 0),
        ("Dear {nobody} and {nobody}", 1),
        ("{ requester }", 1),
        ("{requester.email}", 1),
        ("{requester!r:>10}", 1),
        ("{}", 1),
        ("{{requester}}", 1),
        ("{requester", 1),
        ("a } b { c", 1),
        ("{" * 5000, 1),
    ],
)
def test_only_places_that_there_are_may_be_named(text, number):
    assert len(faults(text, ["requester"])) == number


def test_a_wording_says_what_the_letter_is_for():
    assert faults("Hello", ["link"], ["link"]) == [
        "It must say {link}, or it would not say what it is for."
    ]
