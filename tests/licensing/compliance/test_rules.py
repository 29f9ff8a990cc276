"""Saved pages held against what is owed: each gets the findings that are right, and no others."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from licensing.compliance.failures import Failure
from licensing.compliance.findings import Code, as_json, due, from_json, keys
from licensing.compliance.reading import read
from licensing.compliance.rules import OurPicture, Owed, judge
from licensing.rights.attribution import AttributionRule, Author, Part, PictureCredit, Work
from licensing.rights.conditions import Condition, Kind
from licensing.rights.vocabulary import Use
from tests.licensing.compliance import the_pump
from tests.licensing.compliance.the_pump import put

AT = datetime(2026, 11, 29, 8, tzinfo=UTC)
WORK = Work(
    headline=the_pump.HEADLINE,
    url=the_pump.URL,
    house="The House Review",
    authors=(Author(the_pump.AUTHOR),),
    holders=(the_pump.AUTHOR,),
    year=2026,
)
PARTS = frozenset(
    {Part.SOURCE, Part.HOUSE, Part.AUTHOR, Part.COPYRIGHT, Part.LINK, Part.FOLLOWED, Part.PICTURES}
)
STRICT = (Kind.WHOLE, Kind.NO_EDITS, Kind.CANONICAL, Kind.NOINDEX, Kind.NO_PAYWALL)
PICTURE = OurPicture(
    PictureCredit(label="The pump in March", credit_line="Ivo Stern"),
    marks=("/pictures/5b1d/",),
    is_cleared=True,
    words=(the_pump.ALT, "The pump in March."),
)


def owed(*kinds: Kind, **more) -> Owed:
    conditions = tuple(Condition(kind) for kind in kinds)
    values = {
        "use": Use.COMMUNITY_WEB,
        "rule": AttributionRule(PARTS),
        "work": WORK,
        "headline": the_pump.HEADLINE,
        "paragraphs": tuple(the_pump.paragraphs()),
        "notes": (the_pump.NOTE,),
        "known": (the_pump.STANDFIRST, "The pump in March. Photo: Ivo Stern"),
        "conditions": conditions,
        "pictures": (PICTURE,),
    }
    return Owed(**(values | more))


STRICTLY = owed(*STRICT, pixel=the_pump.PIXEL, is_free_of_ads=True, is_free_to_read=True)


def look(html: str, against: Owed = STRICTLY, headers=(), at=AT):
    return judge(
        read(html),
        html,
        against,
        address="https://ridge.example/pump/",
        headers=dict(headers),
        at=at,
    )


def codes(html: str, against: Owed = STRICTLY, **told) -> list[str]:
    judged = look(html, against, **told)
    assert judged.failure == ""
    return [finding.code.value for finding in judged.findings]


def test_a_page_that_complies_has_nothing_to_put_right():
    assert codes(the_pump.complying()) == []


def test_a_page_that_was_made_by_hand_complies_in_its_own_way():
    plainly = owed(Kind.WHOLE, Kind.NO_EDITS)
    assert codes(the_pump.saved("by_hand"), plainly) == []


PAGE = the_pump.complying()
TAMPERED = {
    "the link": (the_pump.without_link(), ["link"]),
    "a link that is not followed": (
        put(PAGE, f'<a href="{the_pump.URL}"', f'<a rel="nofollow" href="{the_pump.URL}"'),
        ["link_not_followed"],
    ),
    "the source": (put(PAGE, "The House Review", "others"), ["source"]),
    "the author": (
        put(put(PAGE, "By Tilda Marsh", "From our desk"), "by Tilda Marsh", ""),
        ["author"],
    ),
    "the notice": (put(PAGE, the_pump.NOTICE, ""), ["copyright"]),
    "two paragraphs": (the_pump.without_two_paragraphs(), ["paragraphs_missing"]),
    "the headline": (the_pump.with_another_headline(), ["headline_changed"]),
    "some words": (the_pump.with_words_changed(), ["text_altered"]),
    "the note": (
        PAGE.replace(f'<li id="note-1">{the_pump.NOTE}', "<li>"),
        ["notes_missing"],
    ),
    "advertising": (the_pump.with_ads(), ["advertising"]),
    "another canonical": (
        put(PAGE, f'canonical" href="{the_pump.URL}"', 'canonical" href="/pump/"'),
        ["canonical_missing"],
    ),
    "an index": (put(PAGE, "noindex, follow", "index, follow"), ["noindex_missing"]),
    "the pixel": (put(PAGE, "K3yOfThePixel", "other"), ["pixel_stripped"]),
    "a paywall": (
        put(PAGE, '"isAccessibleForFree": true', '"isAccessibleForFree": "False"'),
        ["paywall"],
    ),
    "the credit of the picture": (put(PAGE, "Photo: Ivo Stern", ""), ["pictures"]),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_what_was_done_to_a_page_is_what_is_found(name):
    page, expected = TAMPERED[name]
    assert codes(page) == expected


def test_two_paragraphs_that_were_cut_are_named_and_can_be_pasted():
    (finding,) = look(the_pump.without_two_paragraphs()).findings
    cut = [change.ours for change in finding.passages]
    assert [words[:20] for words in cut] == [the_pump.MENTION[:20], the_pump.SPRING[:20]]
    assert finding.line == "\n\n".join(cut)
    assert dict(finding.sentence.facts) == {"number": 2}


def test_passages_that_were_changed_are_marked():
    (finding,) = look(the_pump.with_words_changed()).findings
    assert [tuple(change) for change in finding.passages] == [
        ("450", "900"),
        ("nobody", "everybody"),
    ]


def test_a_changed_headline_is_shown_beside_ours():
    (finding,) = look(the_pump.with_another_headline()).findings
    assert finding.passages[0] == (the_pump.HEADLINE, "Village says no to millions")
    assert finding.line == the_pump.HEADLINE


def test_what_the_terms_leave_free_is_no_more_than_a_note():
    page = put(the_pump.without_two_paragraphs(), "450,000", "900,000")
    found = look(page, owed()).findings
    assert [finding.code for finding in found] == [Code.MISSING, Code.ALTERED]
    assert due(found) == []
    assert codes(the_pump.with_another_headline(), owed(Kind.HEADLINE_FREE, Kind.NO_EDITS)) == []
    assert codes(the_pump.with_ads(), owed(*STRICT)) == []


def test_words_of_others_in_the_midst_of_ours_are_noted():
    start = the_pump.paragraph(PAGE, the_pump.SPRING)
    foreign = "<p>" + "The company denies all of this and thanks its many customers. " * 4 + "</p>"
    (finding,) = look(put(PAGE, start, foreign + start)).findings
    assert (finding.code, finding.is_due) == (Code.ADDED, False)


def test_a_credit_that_has_to_stand_above_the_text_is_looked_for_there():
    against = owed(*STRICT, Kind.CREDIT_FIRST)
    assert codes(PAGE, against) == ["credit_below"]
    above = f"<p>{the_pump.LINK} {the_pump.CREDIT}</p><figure>"
    assert codes(put(PAGE, "<figure>", above), against) == []


def test_a_header_keeps_a_page_out_of_the_index_too():
    page = put(PAGE, "noindex, follow", "")
    assert codes(page, headers={"x-robots-tag": "otherbot: noarchive, noindex"}) == []


def test_a_picture_that_is_not_cleared_is_found_by_its_words_or_its_address():
    against = replace(STRICTLY, pictures=(replace(PICTURE, is_cleared=False),))
    assert codes(PAGE, against) == ["picture_not_cleared"]
    page = put(PAGE, the_pump.ALT, "")
    assert codes(page, against) == []
    page = put(
        page, "/uploads/2026/11/pump-1200x800.jpg", "//house.example/pictures/5b1d/1/640.webp"
    )
    assert codes(page, against) == ["picture_not_cleared"]
    assert codes(PAGE, owed(*STRICT, Kind.NO_IMAGES)) == ["picture_not_cleared"]


def test_a_picture_that_was_left_out_needs_no_credit():
    figure = PAGE[PAGE.index("<figure>") : PAGE.index("</figure>")]
    assert codes(put(PAGE, figure, "")) == []


def test_time_is_kept():
    assert codes(PAGE, replace(STRICTLY, opens_at=AT + timedelta(hours=1))) == ["too_early"]
    assert codes(PAGE, replace(STRICTLY, ends_at=AT)) == ["still_there"]
    posted = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    assert codes(PAGE, replace(STRICTLY, closes_at=posted)) == []
    assert codes(PAGE, replace(STRICTLY, closes_at=posted - timedelta(days=1))) == ["too_late"]


def test_a_copy_without_a_permission_is_told_nothing_else():
    against = replace(STRICTLY, is_permitted=False)
    assert codes(the_pump.without_link(), against) == ["no_permission"]
    assert codes(the_pump.without_link(), replace(against, quotable=1000)) == []


def test_an_excerpt_has_its_length():
    within = (Condition(Kind.EXCERPT_WORDS, 60),)
    against = owed(use=Use.EXCERPT, pictures=(), conditions=within)
    quoted = the_pump.paragraphs()[0]
    credit = PAGE[PAGE.index('<div class="attribution">') : PAGE.index("</article>")]
    page = f"<h1>Water</h1><p>They say: {quoted}</p>{credit}"
    assert codes(page, against) == []
    assert codes(PAGE, against) == ["excerpt_too_long"]


def test_a_translation_is_held_against_its_credit_alone():
    words = "<p>Die Pumpe steht dort, wo die beiden Straßen von Oster sich treffen.</p>" * 9
    page = f"<h1>Die Pumpe</h1>{words}<p>{the_pump.AUTHOR}, {the_pump.LINK} {the_pump.CREDIT}</p>"
    assert codes(page, owed(*STRICT, use=Use.TRANSLATION, pictures=()))[:1] == ["copyright"]


@pytest.mark.parametrize(
    ("name", "failure"),
    [
        ("soft_404", Failure.SOFT_404),
        ("cookie_wall", Failure.COOKIE_WALL),
        ("script_only", Failure.EMPTY),
        ("another_text", Failure.OTHER_TEXT),
    ],
)
def test_a_page_without_our_text_is_not_judged(name, failure):
    judged = look(the_pump.saved(name))
    assert (judged.failure, judged.findings) == (failure, ())


def test_findings_are_kept_as_they_were():
    page = put(the_pump.without_two_paragraphs(), the_pump.LINK, "")
    found = look(page, replace(STRICTLY, ends_at=AT)).findings
    assert len(found) == 3
    again = from_json(as_json(found))
    assert again == list(found)
    assert keys(again) == keys(found)


def test_two_looks_at_one_page_have_the_same_keys_and_another_fault_another():
    first, second = look(the_pump.without_link()), look(the_pump.without_link())
    assert keys(first.findings) == keys(second.findings)
    other = put(the_pump.without_link(), the_pump.NOTICE, "")
    assert set(keys(first.findings)) < set(keys(look(other).findings))
