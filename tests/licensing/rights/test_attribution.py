"""What a rule builds always passes its own eyes, and what is taken away is called by its name."""

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from licensing.rights.attribution import (
    AS_IS,
    EVERY_PART,
    FIELDS,
    HOUSE_WORDING,
    AttributionRule,
    Author,
    Form,
    Part,
    PictureCredit,
    RuleIsBroken,
    Variant,
    Work,
    faults,
    picture_line,
    problems,
)
from licensing.rights.attribution_links import address
from licensing.rights.attribution_words import SIGN, one_line, plain
from tests.licensing.rights.works_to_attribute import (
    BARE,
    CARRIED,
    CC,
    HERE,
    OWN,
    THERE,
    VARIANTS,
    forms,
    variants,
    words,
    works,
)

RULE = AttributionRule()
# A line for each part, so that one can be left out.
LINES = {
    Part.SOURCE: "First in {source}.",
    Part.HOUSE: "[Then in {house}.]",
    Part.AUTHOR: "By {author}.",
    Part.TRANSLATOR: "[In other words by {translators}.]",
    Part.COPYRIGHT: "All rights: {copyright}.",
    Part.LINK: "See {url}.",
    Part.ORIGINAL_LINK: "[See, too, {original_url}.]",
    Part.LICENCE: "[Leave: {licence}.]",
    Part.GRANT: "[Number: {grant}.]",
}
OWN_WORDS = AttributionRule(
    web="\n".join(LINES.values()),
    print_line="“{headline}” " + " ".join(LINES.values()),
    broadcast="{source}: {author}[, {house}][, {translators}].",
    translated="Übersetzt von {translated_by}.",
    edited="[Bearbeitet: {edited_by}. ][Was: {changes}.]",
)


def parts(findings):
    return {finding.part for finding in findings}


# --- build, then verify --------------------------------------------------------------------------
@pytest.mark.parametrize("work", [OWN, CARRIED, BARE], ids=["own", "carried", "bare"])
@pytest.mark.parametrize("variant", VARIANTS, ids=["as is", "translated", "edited", "both"])
@pytest.mark.parametrize("form", Form)
def test_what_is_built_passes(work, variant, form):
    for rule in (RULE, OWN_WORDS):
        assert rule.verify(rule.build(work, form, variant), work, form, variant) == ()


@settings(max_examples=40, deadline=None)
@given(works, forms, variants, words)
def test_what_is_built_of_any_work_passes(work, form, variant, outlet):
    for rule in (RULE, OWN_WORDS):
        built = rule.build(work, form, variant, outlet)
        assert rule.verify(built, work, form, variant) == ()
        assert built == rule.build(work, form, variant, outlet)


@settings(max_examples=40, deadline=None)
@given(works, forms, variants, st.frozensets(st.sampled_from(Part)))
def test_what_is_built_under_any_demand_passes(work, form, variant, demanded):
    rule = AttributionRule(demanded)
    assert rule.verify(rule.build(work, form, variant), work, form, variant) == ()


@settings(max_examples=40, deadline=None)
@given(works, forms, variants)
def test_every_missing_line_makes_good_what_is_missing(work, form, variant):
    findings = RULE.verify("", work, form, variant)
    lines = ("\n\n" if form == Form.MARKDOWN else "\n").join(
        finding.missing_line for finding in findings
    )
    assert RULE.verify(lines, work, form, variant) == ()


@pytest.mark.parametrize("form", [Form.WEB_HTML, Form.MARKDOWN, Form.TEXT, Form.PRINT])
def test_an_empty_page_lacks_everything(form):
    variant = VARIANTS[-1]
    lacking = parts(RULE.verify("", CARRIED, form, variant))
    assert lacking == EVERY_PART - {Part.FOLLOWED}


def test_what_is_spoken_owes_what_can_be_said_aloud():
    assert parts(RULE.verify("", CARRIED, Form.BROADCAST, VARIANTS[-1])) == {
        Part.SOURCE,
        Part.HOUSE,
        Part.AUTHOR,
        Part.TRANSLATOR,
        Part.CHANGES,
    }


# --- each removed part is named ------------------------------------------------------------------
codes = st.permutations([f"Q{letter}x{letter}" for letter in "BCDFGHJKLMNP"])


@st.composite
def distinct_works(draw):
    """Works in which no name is a part of another, so that each stands for itself."""
    # Nor does a name look like a notice: one of “© Bob” may pass for its beginning.
    said = [f"{SIGN.sub('', plain(draw(words)))} {code}" for code in draw(codes)]
    return Work(
        headline="On bridges",
        url=HERE,
        house=said[0],
        source=said[1],
        original_url=THERE,
        authors=(Author(said[2]), Author(said[3])),
        holders=(said[2], said[0]),
        year=2019,
        licence=said[4],
        licence_url=CC,
        translators=(said[5],),
        grant=said[6],
        pictures=(PictureCredit("One", said[7]), PictureCredit("Two", said[8], "", said[9])),
    )


@settings(max_examples=40, deadline=None)
@given(
    distinct_works(),
    st.sampled_from([Form.WEB_HTML, Form.MARKDOWN, Form.TEXT]),
    st.sampled_from([*(set(LINES) - {Part.LINK, Part.ORIGINAL_LINK})]),
)
def test_a_part_that_the_rule_does_not_say_is_the_one_that_is_missing(work, form, part):
    lines = "\n".join(line for said, line in LINES.items() if said != part)
    without = AttributionRule(EVERY_PART - {part}, web=lines)
    findings = RULE.verify(without.build(work, form), work, form)
    assert parts(findings) == {part}


def _without(soup, name):
    """Takes a name out of what stands outside of the copyright notice."""
    for string in soup.find_all(string=True):
        if name in string and "Copyright ©" not in string.find_parent("p").get_text():
            string.replace_with(string.replace(name, "somebody"))


def _paragraph(soup, words):
    next(found for found in soup("p") if words in found.get_text()).extract()


def _unlinked(soup, url):
    for link in soup("a", href=url):
        link.unwrap()


REMOVALS = {
    Part.SOURCE: lambda soup: _without(soup, "OneWorld"),
    Part.HOUSE: lambda soup: _without(soup, "The Meridian Review"),
    Part.AUTHOR: lambda soup: _without(soup, "Jane Doe"),
    Part.TRANSLATOR: lambda soup: _without(soup, "Tess Tolk"),
    Part.COPYRIGHT: lambda soup: _paragraph(soup, "Copyright ©"),
    Part.LINK: lambda soup: _unlinked(soup, HERE),
    Part.ORIGINAL_LINK: lambda soup: _unlinked(soup, THERE),
    Part.LICENCE: lambda soup: _unlinked(soup, CC),
    Part.GRANT: lambda soup: _without(soup, "G-2026-000123"),
    Part.CHANGES: lambda soup: _without(soup, "The Harbour Times"),
    Part.PICTURES: lambda soup: _paragraph(soup, "Agency Blue"),
    Part.FOLLOWED: lambda soup: [link.attrs.update(rel="nofollow") for link in soup("a")],
}


@pytest.mark.parametrize("part", Part)
def test_a_part_taken_out_of_a_page_is_named_and_no_other(part):
    variant = VARIANTS[-1]
    soup = BeautifulSoup(RULE.build(CARRIED, variant=variant), "html.parser")
    REMOVALS[part](soup)
    page = f"<html><body><h1>Bridges</h1><p>Some words.</p>{soup}<footer>© 2026 Us</footer>"
    (finding,) = RULE.verify(page, CARRIED, variant=variant)
    assert finding.part == part
    if part != Part.FOLLOWED:
        assert RULE.verify(page + finding.missing_line, CARRIED, variant=variant) == ()


def test_a_finding_says_in_a_sentence_what_is_missing_and_what_to_paste():
    page = RULE.build(OWN).replace(HERE, "https://meridian.example/")
    (finding,) = RULE.verify(page, OWN)
    assert str(finding.sentence) == "The link to the original article is missing."
    assert f'<a href="{HERE}">' in finding.missing_line
    assert str(finding).endswith(f"Paste this line: {finding.missing_line}")
    assert RULE.verify(page + finding.missing_line, OWN) == ()


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [
        ("Tariq Aziz", "The author Tariq Aziz is not named."),
        ("Tess Tolk", "The translator Tess Tolk is not named."),
        ("CC BY 4.0", "The licence, CC BY 4.0, is not named together with its address."),
        ("G-2026-000123", "The number of the permission, G-2026-000123, is missing."),
        (
            "Copyright ©",
            "The copyright notice “© Jane Doe, The Meridian Review, 2019” is missing.",
        ),
        ("Agency Blue", "The credit of the picture “A river” is missing: Agency Blue."),
    ],
)
@pytest.mark.parametrize("form", [Form.WEB_HTML, Form.MARKDOWN, Form.TEXT, Form.PRINT])
def test_what_is_missing_is_called_by_its_name_in_every_form(form, gone, sentence):
    page = RULE.build(OWN, form).replace(gone, "").replace(gone.replace("-", r"\-"), "")
    assert [str(finding.sentence) for finding in RULE.verify(page, OWN, form)] == [sentence]


@pytest.mark.parametrize("form", [Form.TEXT, Form.PRINT])
def test_where_nothing_is_clicked_on_the_address_must_be_written_out(form):
    page = RULE.build(OWN, form).replace(HERE, "https://meridian.example/")
    (finding,) = RULE.verify(page, OWN, form)
    assert str(finding.sentence) == "The address of the original article is missing."


def test_a_link_is_not_called_nofollow_where_another_may_be_followed():
    page = RULE.build(OWN) + f'<a rel="nofollow" href="{HERE}">again</a>'
    assert RULE.verify(page, OWN) == ()


def test_a_rule_asks_for_no_more_than_its_parts():
    rule = AttributionRule(frozenset({Part.SOURCE, Part.LINK}))
    page = f'<p>By way of <a href="{HERE}">the Meridian Review</a></p>'
    assert rule.verify(page, OWN) == ()


# --- the notice ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "notice",
    [
        "Copyright © Jane Doe, The Meridian Review, 2019",
        "(c) 2019 Jane Doe and The Meridian Review",
        "COPYRIGHT 2019 THE MERIDIAN REVIEW / JANE DOE",
        "Copyright 2019 © The&nbsp;Meridian Review — <b>Jane</b> Doe",
    ],
)
def test_a_notice_may_be_worded_otherwise(notice):
    page = RULE.build(OWN).replace("Copyright © Jane Doe, The Meridian Review, 2019", notice)
    assert RULE.verify(page, OWN) == ()


@pytest.mark.parametrize(
    "notice",
    [
        "Copyright © The Meridian Review, 2019",
        "Copyright © Jane Doe, The Meridian Review",
        "Copyright © Jane Doe, The Meridian Review, 20191",
        "Jane Doe, The Meridian Review, 2019",
        "© 2019 Harbour Times." + " Some words in between." * 9 + "Jane Doe, The Meridian Review",
    ],
)
def test_half_a_notice_is_none(notice):
    page = RULE.build(OWN).replace("Copyright © Jane Doe, The Meridian Review, 2019", notice)
    assert parts(RULE.verify(page, OWN)) == {Part.COPYRIGHT}


def test_the_notice_does_not_stand_in_for_the_byline():
    page = RULE.build(OWN).replace(">Jane Doe</a>", "></a>")
    assert parts(RULE.verify(page, OWN)) == {Part.AUTHOR}


# --- the lines -----------------------------------------------------------------------------------
def text_of(form, work=CARRIED, variant=AS_IS):
    return AttributionRule().build(replace(work, pictures=()), form, variant)


def test_the_line_for_the_web_links_source_house_authors_and_licence():
    soup = BeautifulSoup(RULE.build(CARRIED), "html.parser")
    assert [(link.get_text(), link["href"]) for link in soup("a")] == [
        ("Jane Doe", "https://meridian.example/authors/jane/"),
        ("OneWorld", THERE),
        ("The Meridian Review", HERE),
        ("CC BY 4.0", CC),
        ("Zoë Müller", "https://zoe.example/"),
    ]
    assert soup.find("a", rel="license")["href"] == CC


def test_the_line_of_a_text_of_our_own_links_our_name_to_the_article():
    assert (
        '<p dir="auto">This article was originally published by '
        f'<a href="{HERE}">The Meridian Review</a>.</p>'
    ) in RULE.build(BARE)


def test_the_line_in_plain_text_writes_each_address_once():
    built = text_of(Form.TEXT)
    assert built.splitlines() == [
        f"This article by Jane Doe, Tariq Aziz was originally published by OneWorld ({THERE}) on "
        f"9 September 2019. It is republished here from The Meridian Review ({HERE}). "
        "Translated by Tess Tolk.",
        "Copyright © Jane Doe, The Meridian Review, 2019.",
        f"Republished here under CC BY 4.0 ({CC}). Permission no. G-2026-000123.",
    ]


def test_the_line_for_print_names_permission_and_licence():
    assert text_of(Form.PRINT, OWN).splitlines() == [
        "“On bridges” by Jane Doe, Tariq Aziz",
        f"Originally published by The Meridian Review ({HERE}) on 9 September 2019. "
        "Translated by Tess Tolk.",
        "Copyright © Jane Doe, The Meridian Review, 2019.",
        f"Reprinted with permission no. G-2026-000123 under CC BY 4.0 ({CC}).",
    ]
    assert text_of(Form.PRINT, BARE).endswith("\nReprinted with permission.")


def test_the_line_for_broadcast_is_spoken():
    assert text_of(Form.BROADCAST, replace(OWN, translators=())) == (
        "Reporting by Jane Doe, Tariq Aziz, published in The Meridian Review on 9 September 2019."
    )
    assert text_of(Form.BROADCAST, BARE) == "Originally published by The Meridian Review."
    assert "http" not in text_of(Form.BROADCAST, variant=VARIANTS[-1])


def test_a_version_says_who_translated_and_who_edited_it():
    assert text_of(Form.TEXT, BARE, VARIANTS[-1]).splitlines()[1:] == [
        "Translated by Ali Vefa; the original appeared in The Meridian Review.",
        f"This version was edited by The Harbour Times: shortened. Read the original at {HERE}.",
    ]
    translated = text_of(Form.TEXT, OWN, VARIANTS[1])
    assert "Translated from English by Ali Vefa; the original appeared in" in translated
    assert "This version was edited: cut by half." in text_of(
        Form.TEXT, BARE, Variant(changes="cut by half.")
    )


def test_a_publication_has_words_of_its_own():
    rule = AttributionRule(
        web="Erschienen in {source}, übernommen von {outlet}. Text: {author}. {copyright}"
        "[ Lizenz: {licence}][ Nr. {grant}][ Deutsch: {translators}][ Über {house}]"
    )
    assert rule.build(replace(OWN, pictures=()), Form.TEXT, outlet="Hafenblatt") == (
        f"Erschienen in The Meridian Review ({HERE}), übernommen von Hafenblatt. "
        "Text: Jane Doe, Tariq Aziz. © Jane Doe, The Meridian Review, 2019 "
        f"Lizenz: CC BY 4.0 ({CC}) Nr. G-2026-000123 Deutsch: Tess Tolk"
    )


def test_what_its_words_cannot_say_of_one_work_is_added_in_ours():
    rule = AttributionRule(web=OWN_WORDS.web.replace("First in", "On {date} first in"))
    assert rule.build(replace(BARE, published=None), Form.TEXT) == (
        f"See {HERE}.\nOriginally published by The Meridian Review."
    )


def test_a_sentence_ends_with_one_full_stop():
    work = replace(BARE, house="Acme Inc.")
    assert RULE.build(work, Form.BROADCAST) == "Originally published by Acme Inc."


def test_the_credit_of_a_picture_stands_in_every_form():
    credit = OWN.pictures[0]
    assert picture_line(credit, Form.TEXT) == (
        "Picture “A bridge”: Zoë Müller (https://zoe.example/). © 2018 Zoë Müller."
    )
    assert picture_line(credit, Form.MARKDOWN) == (
        "Picture “A bridge”: [Zoë Müller](https://zoe.example/). © 2018 Zoë Müller."
    )
    assert picture_line(PictureCredit(copyright_notice="© Bob")) == (
        '<p dir="auto">Picture: © Bob.</p>'
    )
    assert picture_line(PictureCredit(label="Nobody's", credit_url=CC)) == ""


# --- nothing in a name acts ----------------------------------------------------------------------
@settings(max_examples=40, deadline=None)
@given(works, variants)
def test_what_is_built_for_the_web_reads_back_as_the_same_names_and_nothing_else(work, variant):
    soup = BeautifulSoup(RULE.build(work, Form.WEB_HTML, variant), "html.parser")
    assert {tag.name for tag in soup.find_all(True)} <= {"div", "p", "a", "bdi"}
    for tag in soup.find_all(True):
        assert set(tag.attrs) <= {"class", "dir", "href", "rel"}
    for link in soup("a"):
        assert re.match(r"https?://", link["href"], re.IGNORECASE)
    by_links = {(link.get_text(), link["href"]) for link in soup("a")}
    # Without an outlet there is no line for authors; translators have one of their own.
    is_by = bool(one_line(work.first_outlet)) and "by " in soup.get_text()
    for author in work.authors:
        if is_by and one_line(author.name) and address(author.url):
            firsts = [one for one in work.authors if one_line(one.name) == one_line(author.name)]
            if firsts[0] is author:
                assert (one_line(author.name), address(author.url)) in by_links


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/relative", "", "x"])
@pytest.mark.parametrize("form", Form)
def test_only_addresses_of_the_web_become_links(url, form):
    work = replace(
        CARRIED,
        url=url,
        original_url=url,
        source_url=url,
        licence_url=url,
        authors=(Author("Jane Doe", url),),
        pictures=(PictureCredit("A bridge", "Zoë", url),),
    )
    built = RULE.build(work, form)
    assert "<a" not in built and "](" not in built and "javascript" not in built
    assert RULE.verify(built, work, form) == ()


def test_names_from_the_right_are_set_apart_on_the_web():
    built = RULE.build(replace(OWN, authors=(Author("أحمد خالد"),)))
    assert "by <bdi>أحمد خالد</bdi> was" in built
    assert "<bdi>" not in RULE.build(OWN)


@settings(max_examples=40, deadline=None)
@given(works, forms, variants)
def test_a_name_never_breaks_a_line(work, form, variant):
    built = RULE.build(work, form, variant)
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", built
    )
    assert not re.search("[\ud800-\udfff]", built)
    longest = 4 + 2 * variant.is_translated + 2 * variant.is_edited + len(Part)
    longest += len(work.pictures)
    assert len([line for line in built.split("\n") if line]) <= longest


def test_names_come_out_of_markdown_as_they_went_in():
    work = replace(BARE, authors=(Author("A_B [x]"), Author("*C* <b>"), Author("www.d.example")))
    assert r"by A\_B \[x\], \*C\* \<b\>, www\.d.example was" in RULE.build(work, Form.MARKDOWN)


MARK = re.compile(r"\\([!-/:-@\[-`{-~])|<(https?://[^>]*)>|\[((?:[^\[\]\\]|\\.)*)\]\(([^()]*)\)")


def rendered(markdown):
    """Words and links of the little Markdown that is built; whatever else would act is kept."""
    links = []

    def reading(found):
        if found[1]:
            return found[1]
        if found[2]:
            links.append(found[2])
            return found[2]
        links.append(found[4].replace("&amp;", "&"))
        return MARK.sub(reading, found[3])

    return MARK.sub(reading, markdown), links


@settings(max_examples=40, deadline=None)
@given(works, variants)
def test_markdown_reads_back_as_the_words_and_links_of_the_web(work, variant):
    said, links = rendered(RULE.build(work, Form.MARKDOWN, variant))
    soup = BeautifulSoup(RULE.build(work, Form.WEB_HTML, variant), "html.parser")
    paragraphs = [found.get_text() for found in soup("p")]
    assert said == "\n\n".join(paragraphs)
    assert links == [link["href"] for link in soup("a")]


@settings(max_examples=40, deadline=None)
@given(works, variants)
def test_another_reader_of_markdown_sees_the_same(work, variant):
    markdown = pytest.importorskip("markdown_it").MarkdownIt("gfm-like", {"linkify": False})
    # It would show an address with its escapes resolved.
    markdown.normalizeLinkText = markdown.normalizeLink = str
    html = markdown.render(RULE.build(work, Form.MARKDOWN, variant))
    theirs = BeautifulSoup(html, "html.parser")
    ours = BeautifulSoup(RULE.build(work, Form.WEB_HTML, variant), "html.parser")
    assert {tag.name for tag in theirs.find_all(True)} <= {"p", "a"}
    assert [found.get_text() for found in theirs("p")] == [found.get_text() for found in ours("p")]
    assert [link["href"] for link in theirs("a")] == [link["href"] for link in ours("a")]


# --- templates that cannot be used ---------------------------------------------------------------
def test_the_wording_of_the_house_can_be_used():
    for field, template in HOUSE_WORDING.items():
        assert faults(field, template) == []
    assert set(HOUSE_WORDING) == set(FIELDS)


@pytest.mark.parametrize("part", LINES)
def test_a_template_that_leaves_out_a_required_part_is_refused_in_words(part):
    lines = [line for said, line in LINES.items() if said != part]
    template = "\n".join(lines).replace(
        "{source}", "{house}" if part == Part.SOURCE else "{source}"
    )
    found = faults("web", template)
    if part in (Part.LINK, Part.ORIGINAL_LINK):
        assert found == []  # {source} and {house} are linked there
        return
    assert any("The line for the web leaves out" in str(sentence) for sentence in found)
    with pytest.raises(RuleIsBroken) as refusal:
        AttributionRule(web=template)
    assert refusal.value.problems == found
    if part not in (Part.SOURCE,):
        assert faults("web", template, EVERY_PART - {part}) == []


@pytest.mark.parametrize(
    ("field", "template", "sentence"),
    [
        (
            "web",
            LINES[Part.SOURCE],
            "The line for the web leaves out us, where somebody else published it first, always "
            "or for some articles: write [ from {house}].",
        ),
        (
            "translated",
            "It appeared in {source}, thanks to {translators}.",
            "The line for translations leaves out who translated it, always or for some articles: "
            "write {translated_by}.",
        ),
        (
            "edited",
            "Edited by {edited_by}.",
            "The line for edited versions leaves out who edited it and what was changed, always "
            "or for some articles: write [ by {edited_by}][: {changes}].",
        ),
        (
            "broadcast",
            "{author} in {source}, {url}",
            "The line for broadcast is spoken: {url} cannot be read out.",
        ),
        (
            "print_line",
            "By {autor}.",
            "The line for print cannot be read: There is no placeholder {autor}.",
        ),
    ],
)
def test_the_refusal_says_what_to_write(field, template, sentence):
    assert str(faults(field, template)[0]) == sentence


@pytest.mark.parametrize(
    "template",
    [
        "{author.__class__}", "{author[0]}", "{0}", "{}", "{author!r}", "{author:>10}", "{a b}",
        "{author:{source}}", "{author", "author}", "{{author}", "{", "}", "{author!}", "{a[}",
        "{!r}", "x" * 2001, "{AUTHOR}", "{ author }", "{author}{",
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", FIELDS)
def test_a_template_that_cannot_be_read_is_refused_and_never_executed(field, template):
    (sentence,) = faults(field, template)
    assert "cannot be read" in str(sentence)
    with pytest.raises(RuleIsBroken):
        AttributionRule(**{field: template})


def test_problems_are_those_of_all_templates():
    class Row:
        web, print_line, broadcast, translated, edited = "", "{x}", "", "  ", "{y}"

    assert [str(sentence) for sentence in problems(Row())] == [
        "The line for print cannot be read: There is no placeholder {x}.",
        "The line for edited versions cannot be read: There is no placeholder {y}.",
    ]
    assert problems(OWN_WORDS) == []


@settings(max_examples=40, deadline=None)
@given(st.one_of(words, st.text("{}[]author.!: source", max_size=40)), st.sampled_from([*FIELDS]))
def test_any_text_is_a_template_or_refused(template, field):
    try:
        rule = AttributionRule(frozenset(), **{field: template})
    except RuleIsBroken as refusal:
        assert refusal.problems
    else:
        assert isinstance(rule.build(CARRIED, variant=VARIANTS[-1]), str)
