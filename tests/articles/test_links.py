"""The links of a text are found with their words and told apart by where they lead."""

from hypothesis import given
from hypothesis import strategies as st

from articles.links import Link, links_in

TEXT = (
    '<h2>A</h2><p>One <a href="https://a.example/x">the <em>report</em></a>, two'
    '<span class="footnote">see <a href="http://house.example/y">there</a></span></p>'
    '<ul><li><a href="mailto:a@b.example">write</a></li></ul>'
)


def test_each_is_found_with_its_place():
    assert links_in(TEXT) == [
        Link("the report", "https://a.example/x", 1),
        Link("there", "http://house.example/y", 1, is_in_note=True),
        Link("write", "mailto:a@b.example", 2),
    ]


def test_what_leads_where_is_told_apart():
    web, note, mail = links_in(TEXT)
    assert [link.is_web for link in (web, note, mail)] == [True, True, False]
    assert all(link.is_absolute for link in (web, note, mail))
    assert note.is_inside("https://www.house.example") and not web.is_inside("https://x.example")
    assert not web.is_inside("")


@given(st.text())
def test_no_address_is_too_strange(address):
    link = Link("", address)
    assert link.is_web <= link.is_absolute
    assert link.is_inside("https://house.example") in {True, False}
