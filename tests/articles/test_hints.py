"""Hints name what readers stumble over, and leave a good text in peace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.hints import Hint, Kind, Picture, Weight, Words, hints

GOOD = {
    "headline": "The harbour that moved a mile inland",
    "standfirst": "When Selde closed its port nobody was told. Ten years on, the boats are back.",
    "language": "en",
    "body": (
        '<p>The council <a href="https://selde.example/council">gave its reasons</a> in March.</p>'
        "<h2>What the boats carried</h2><p><strong>Salt</strong>, above all.</p><h3>Timber</h3>"
        "<p><strong>Nobody was told.</strong></p><h2>Who came back</h2>"
        "<table><tbody><tr><th>Year</th></tr><tr><td>2024</td></tr></tbody></table>"
        '<p>See the note.<span class="footnote"><a href="https://a.example/">Ibid.</a></span> And'
        '<span class="footnote"><a href="https://b.example/">Ibid.</a>'
        ' <a href="https://c.example/">https://c.example/</a></span></p>'
    ),
    "pictures": [Picture("Two boats at low water, seen from the quay", "Selde, 2024", 1)],
}


def said(**changed):
    return [hint.sentence for hint in hints(Words(**GOOD | changed))]


def test_a_good_text_gets_none():
    assert said() == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"headline": "x " * 60}, "The headline has 119 characters; beyond 90 it is cut off"),
        ({"headline": "Harbour"}, "The headline is very short"),
        ({"headline": "THE HARBOUR THAT MOVED"}, "The headline is in capital letters only"),
        ({"standfirst": "x " * 200}, "The standfirst has 399 characters; beyond 300"),
        ({"standfirst": ""}, "There is no standfirst"),
        ({"standfirst": "Short."}, "The standfirst is very short"),
        ({"standfirst": GOOD["headline"].upper()}, "The standfirst only repeats the headline"),
        ({"language": ""}, "No language is chosen"),
        ({"language": "ar"}, "The language does not fit"),
        (
            {"headline": "الميناء الذي انتقل إلى الداخل", "standfirst": "الميناء " * 9},
            "The language",
        ),
        ({"body": "<h3>Deep</h3>"}, "“Deep” is a heading of level 3; the first one should"),
        ({"body": "<h2>A</h2><h4>B</h4>"}, "“B” is a heading of level 4 below one of level 2"),
        ({"body": "<h2> </h2>"}, "A heading is empty"),
        ({"body": "<p><strong>A heading</strong></p>"}, "“A heading” looks like a heading"),
        ({"body": f"<p>{'word ' * 300}</p>"}, "The paragraph “word word"),
        ({"body": "<table><tr><td>1</td></tr></table>"}, "A table has no header cells"),
        (
            {"body": '<p><a href="https://a.example/"></a></p>'},
            "The link to https://a.example/ has",
        ),
        ({"body": '<p><a href="/a">the report</a></p>'}, "The link “the report” leads nowhere"),
        (
            {"body": '<p><a href="https://a.example/a">https://a.example/a</a></p>'},
            "The link “https://a.example/a” is a bare address",
        ),
        (
            {"body": '<p><a href="https://a.example/">R</a><a href="https://b.example/">r</a></p>'},
            "Links with the same words, “R”, lead to different places.",
        ),
        ({"pictures": [Picture("")]}, "A picture has no alt text"),
        ({"pictures": [Picture("IMG_2034.JPG")]}, "The alt text “IMG_2034.JPG” is the name"),
        ({"pictures": [Picture("DSC0042")]}, "The alt text “DSC0042” is the name of a file"),
        ({"pictures": [Picture("Image of a boat")]}, "The alt text “Image of a boat” need not"),
        ({"pictures": [Picture("Photo d’un bateau")]}, "The alt text “Photo d’un bateau” need not"),
        ({"pictures": [Picture("A boat", "a  boat")]}, "The alt text “A boat” repeats the caption"),
        ({"pictures": [Picture("boat " * 40)]}, "The alt text “boat boat"),
    ],
)
def test_what_readers_stumble_over_is_named(changed, sentence):
    found = said(**changed)
    assert [one for one in found if one.startswith(sentence)], found
    assert len(found) <= 2


@pytest.mark.parametrize(
    "words",
    ["here", "Click here!", "ici", "cliquez ici", "aquí", "hier", "هنا", "المزيد…", "→ more"],
)
def test_a_link_that_says_nothing_is_named_in_every_language(words):
    assert said(body=f'<p>See <a href="https://a.example/">{words}</a>.</p>') == [
        f"The link “{words}” does not say where it leads."
    ]


def test_a_hint_says_where_it_belongs_and_barriers_come_first():
    found = hints(
        Words(**GOOD | {"headline": "Harbour", "body": "<p>One.</p><h4>Two</h4>", "pictures": []})
    )
    assert [(hint.kind, hint.weight, hint.block) for hint in found] == [
        (Kind.BODY, Weight.BARRIER, 1),
        (Kind.HEADLINE, Weight.ADVICE, None),
    ]


TAGS = (
    "<p>|</p>|<h2>|<h4>|<strong>|<table>|<td>|<span class=footnote>|<a href='http://['>|<a href=x>"
    "|<a href>|</a>|a| |\u202e|100%s|%("
)
MARKUP = st.lists(st.sampled_from(TAGS.split("|"))).map("".join)


@given(
    st.builds(
        Words,
        headline=st.text(),
        standfirst=st.text(),
        language=st.sampled_from(["", "en", "ar", "zz"]) | st.text(max_size=5),
        body=MARKUP | st.text(),
        pictures=st.lists(st.builds(Picture, st.text(), st.text()), max_size=2),
    )
)
def test_no_text_is_too_strange(words):
    assert all(isinstance(hint, Hint) and hint.sentence for hint in hints(words))
