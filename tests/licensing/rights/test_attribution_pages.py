"""A page is read as a reader sees it: what is out of sight does not count, and no page is slow."""

import time

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from licensing.rights.attribution import AttributionRule, Form, Part
from licensing.rights.attribution_links import place
from licensing.rights.attribution_pages import read
from licensing.rights.attribution_words import plain
from tests.licensing.rights.works_to_attribute import CARRIED, HERE, OWN, words

RULE = AttributionRule()
LINES = RULE.build(OWN)
GOAL = place(HERE)


def seen(page, form=Form.WEB_HTML):
    return read(page, form, [GOAL])


def is_linked(page, form=Form.WEB_HTML):
    return GOAL in seen(page, form).linked


@pytest.mark.parametrize(
    "page",
    [
        f"<!doctype html><html><head><title>x</title><body><main>{LINES}</main></html>",
        f"<div hidden>x</div>{LINES}",
        f"<p hidden>x{LINES}",
        f"<ul><li hidden>x<li>{LINES}</ul>",
        f"<table><tr hidden><td>x<tr><td>{LINES}</table>",
        f"<head><style>p {{ display: none }}</style><script>if (a < b) '</p>'</script>{LINES}",
        f"<!-- {LINES} -->{LINES}",
        f"<!-->{LINES}",
        f"<!--> <p> -->{LINES}",
        f"<?php echo '>'; ?>{LINES}",
        f"<![CDATA[x]]>{LINES}",
        f"<div style='color: red; opacity: 0.9; display: block'>{LINES}</div>",
        f"<div><section><b><i><font color=red>{LINES}",
        f"<dialog open>{LINES}</dialog>",
        f"<details><summary>Credits</summary>{LINES}</details>",
        f"<blockquote>{LINES}</p></div></span></blockquote>",
        LINES.replace("<p", "<P CLASS='x' DATA-x=\">\"").replace("href=", "target=_blank HREF = "),
        LINES.replace("<p", "<span").replace("</p>", "</span><br>"),
        LINES.replace("Jane Doe", "<b>Jane</b>&nbsp;\n<i>Doe</i>"),
        LINES.replace("Jane Doe", "JANE\u00a0DOE").replace("“", '"').replace("”", "&quot;"),
        LINES.replace("on-bridges/", "on-bridges/?utm_source=x&amp;fbclid=1#top"),
        LINES.replace("https://meridian", "http://www.meridian"),
        LINES.replace(f'href="{HERE}"', f"href={HERE}"),
        LINES.replace('href="', 'rel="noopener ugcx" href=" '),
    ],
)
def test_what_a_reader_sees_counts(page):
    assert RULE.verify(page, OWN) == ()


@pytest.mark.parametrize(
    "page",
    [
        f"<div hidden>{LINES}</div>",
        f"<div HIDDEN=until-found><section>{LINES}</section></div>",
        f"<div style='DISPLAY : none'>{LINES}</div>",
        f'<div style="color:red;display:none!important;">{LINES}</div>',
        f"<div style='visibility:hidden'>{LINES}</div>",
        f"<div style='opacity:0.0'>{LINES}</div>",
        f"<div style='font-size: 0px'>{LINES}</div>",
        f"<div style='display&colon;none'>{LINES}</div>",
        f"<!-- {LINES} -->",
        f"<!-- {LINES}",
        f"<script>{LINES}</script>",
        f"<script>{LINES}",
        f"<STYLE>{LINES}</STYLE >",
        f"<template>{LINES}</template>",
        f"<noscript>{LINES}</noscript>",
        f"<textarea>{LINES}</textarea>",
        f"<title>{LINES}</title>",
        f"<iframe>{LINES}</iframe>",
        f"<dialog>{LINES}</dialog>",
        f"<video>{LINES}</video>",
        f"<div title='{LINES}'></div>",
        f"<img alt='{LINES}'>",
        f"<input value='{LINES}'>",
        f"<p title='{LINES}",
        LINES.replace("<p", "<p hidden"),
        LINES.replace("<", "&lt;").replace("Jane", "J").replace("Tariq", "T").replace("©", ""),
    ],
)
def test_what_is_out_of_sight_does_not_count(page):
    lacking = {finding.part for finding in RULE.verify(page, OWN)}
    assert {Part.LINK, Part.AUTHOR, Part.COPYRIGHT} <= lacking


@pytest.mark.parametrize(
    ("page", "is_there"),
    [
        (f'<a href="{HERE}">x</a>', True),
        (f'<a href="{HERE}"><em><b>x</b></em></a>', True),
        (f'<a href="{HERE}"><img src=x></a>', True),
        (f'<a href="{HERE}"><div>x</div></a>', True),
        (f'<a href="{HERE}"></a>', False),
        (f'<a href="{HERE}"> &nbsp; </a>x', False),
        (f'<a href="{HERE}"><span hidden>x</span></a>', False),
        (f'<a href="{HERE}"><a href="/y">x</a></a>', False),
        (f'<a href="/y">y <a href="{HERE}">x</a></a>', True),
        (f'<a name="{HERE}">x</a>', False),
        (f'<a data-x=1 href="/" href="{HERE}">x</a>', False),
        (f'<link href="{HERE}"><area href="{HERE}">', False),
        (f"<p>{HERE}</p>", False),
        (f'<a href="/share?u={HERE}">x</a>', False),
        (f'<a href="javascript:{HERE}">x</a>', False),
    ],
)
def test_a_link_is_something_to_click_on(page, is_there):
    assert is_linked(page) is is_there


def test_in_an_address_an_ampersand_begins_a_parameter():
    goal = place("https://a.example/?a=1&copy=2&lt=3&x=é")
    page = '<a href="https://a.example/?a=1&copy=2&lt=3&amp;x=&eacute;">x</a>'
    assert goal in read(page, Form.WEB_HTML, [goal]).linked


@pytest.mark.parametrize(
    "rel", ["nofollow", "NOFOLLOW noopener", "ugc", "sponsored", "x\tnofollow"]
)
def test_a_link_that_may_not_be_followed_is_called_so(rel):
    page = LINES.replace("<a ", f'<a rel="{rel}" ')
    (finding,) = RULE.verify(page, OWN)
    assert finding.part == Part.FOLLOWED == "link_not_followed"
    assert "nofollow" in str(finding.sentence)
    assert RULE.verify(page + finding.missing_line, OWN) == ()


@pytest.mark.parametrize(
    ("page", "is_there"),
    [
        (f"[x]({HERE})", True),
        (f"[*x* \\] `y`](<{HERE}> 'title')", True),
        (f'[x]( {HERE}\n"title" )', True),
        (f"see <{HERE}>.", True),
        (f"see {HERE}, and", True),
        (f'see <a href="{HERE}">x</a>', True),
        (f"![x]({HERE})", False),
        (f"\\[x]({HERE[:-4]})", False),
        (f"<!-- [x]({HERE}) -->", False),
        (f"[{HERE}](https://evil.example)", False),
        (f"[<{HERE}>](https://evil.example)", False),
    ],
)
def test_links_of_markdown_are_links(page, is_there):
    assert is_linked(page, Form.MARKDOWN) is is_there


def test_marks_of_markdown_are_no_words():
    page = "**Jane** _Doe_ `x` ~~y~~ A\\_B \\<b\\> snake_case &amp; <b>bold</b>"
    assert seen(page, Form.MARKDOWN).words == "jane doe x y a_b <b> snake_case & bold"


@pytest.mark.parametrize(
    ("page", "is_there"),
    [
        (f"({HERE}).", True),
        (f"“{HERE}”", True),
        ("at meridian.example/articles/on-bridges", True),
        ("at www.meridian.example/articles/on-bridges/, and", True),
        (f"原文见{HERE}，转载", True),
        ("MERIDIAN.EXAMPLE/articles/on-bridges", True),
        (HERE + "2", False),
        ("meridian.example", False),
        ("https://evil.example/articles/on-bridges/", False),
    ],
)
@pytest.mark.parametrize("form", [Form.TEXT, Form.PRINT])
def test_in_print_an_address_is_written_out(page, is_there, form):
    assert is_linked(page, form) is is_there


@settings(max_examples=80, deadline=None)
@given(st.lists(words).map("".join))
def test_any_page_can_be_read_in_every_form(page):
    for form in Form:
        assert seen(page, form).words == plain(seen(page, form).words)


@settings(max_examples=60, deadline=None)
@given(st.lists(words, max_size=5))
def test_escaped_words_are_read_as_written(said):
    soup = BeautifulSoup("", "html.parser")
    for word in said:
        paragraph = soup.new_tag("p")
        paragraph.string = word
        soup.append(paragraph)
    assert seen(soup.decode()).words == plain("\n".join(said))


HOSTILE = [
    "<", "<a ", "<a\t", "<a/", "<!", "<!--", "</", "<a href=\"", "<a x='", "<a x=", "<a href=x>",
    "<a href=x></a>", "<a href=x><a href=y>", "<b>", "<div>", "<p>", "<p><b>", "<b></i>", "</p>",
    "<tr><td>", "<li>", "<p hidden>", "<i style='display:none'>", "<script>", "<style", "<hr>",
    "&", "&#", "&#x", "&#99999999;", "&amp", "[", "[a](", "[a](b \"", "[x](   ", "[x]((a)", "![",
    "\\", "\\[", "[x](\\", "`", "_", "_a", "*", "<https://", "https://", "©", "copyright ",
    "© jane doe ", "a", "a ", "-", "(c", "\u0301", "ﷺ", "\xa0", "\n", "meridian.example",
    f"{HERE[:-1]}))))) ", "http",
]  # fmt: skip


@pytest.mark.parametrize("form", [Form.WEB_HTML, Form.MARKDOWN, Form.TEXT])
def test_a_hostile_page_costs_no_more_than_its_length(form):
    # What is read more than once would take minutes.
    for piece in HOSTILE:
        page = piece * (100_000 // len(piece))
        start = time.process_time()
        RULE.verify(page, CARRIED, form)
        assert time.process_time() - start < 1, piece


def test_a_page_of_a_megabyte_is_verified_at_once():
    paragraph = (
        "<p class='x'>Some <b>words</b> – of a <a href='https://x.example/%d'>page</a>.</p>\n"
    )
    page = "".join(paragraph % number for number in range(13_000)) + LINES
    assert len(page) > 1_000_000
    start = time.process_time()
    assert RULE.verify(page, OWN) == ()
    assert time.process_time() - start < 2.5
