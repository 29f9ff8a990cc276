"""Whatever is written comes back as words, and every document is one."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cms.xml import XmlWriter, legible, moment

ANYTHING = st.text(st.characters(exclude_categories=[]), max_size=60)


@given(ANYTHING, ANYTHING)
def test_no_text_ends_an_element_or_begins_one(words, attribute):
    xml = XmlWriter()
    with xml.within("a", {"b": attribute}):
        xml.element("c", words)
    tree = etree.fromstring(xml.taken())
    assert [child.tag for child in tree] == ["c"]
    as_read = legible(words).replace("\r\n", "\n").replace("\r", "\n")
    assert (tree[0].text or "") == as_read
    assert " ".join(tree.get("b").split()) == " ".join(legible(attribute).split())


@given(ANYTHING)
def test_what_xml_forbids_is_left_out_and_nothing_else(words):
    kept = legible(words)
    assert legible(kept) == kept
    kept.encode()
    assert all(
        sign in kept for sign in words if sign.isalnum() and not "\ud800" <= sign <= "\udfff"
    )


def test_a_document_can_be_taken_in_pieces():
    xml = XmlWriter()
    with xml.within("all"):
        xml.element("one")
        first = xml.taken()
        xml.element("two")
    assert etree.fromstring(first + xml.taken()).xpath("count(*)") == 2
    assert xml.taken() == b""


def test_a_scheme_cannot_be_hidden_behind_a_control_character():
    assert legible("java\x00script:") == "javascript:"


def test_a_moment_is_written_in_utc_to_the_second():
    there = datetime(2026, 11, 28, 1, 2, 3, 456, tzinfo=timezone(timedelta(hours=2)))
    assert moment(there) == "2026-11-27T23:02:03Z"
    assert moment(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00Z"
