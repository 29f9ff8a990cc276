"""Every channel says the same of an article: holder, licence, source, and mining or not."""

import json
import string
from dataclasses import astuple, fields
from urllib.robotparser import RobotFileParser

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from licensing.rights import head, ninjs, odrl, robots_txt, rsl, schema_org, tdmrep, wire
from licensing.rights.conditions import Condition, Kind
from licensing.rights.facts import Party, Rule, Terms
from licensing.rights.statement import Source
from licensing.rights.vocabulary import Use, Verdict
from tests import machine_readers as readers
from tests.factories.statements import (
    LICENCES,
    RESERVED,
    every_kind,
    licence_terms,
    make_carried,
    make_picture,
    make_site,
    make_statement,
)

KINDS = every_kind()
SITES = {
    "reserved": make_site(RESERVED),
    "CC BY": make_site(licence_terms(LICENCES["CC-BY-4.0"])),
}


def said_everywhere(statement, site) -> dict[str, readers.Said]:
    """What each channel says, read from what goes over the wire."""
    training = odrl.purpose_of(Use.AI_TRAINING, statement.policy_url)
    return {
        "head": readers.read_head(readers.head_html(head.head(statement))),
        "headers": readers.read_headers(head.headers(statement)),
        "json-ld": readers.read_json_ld(wire.script_text(schema_org.news_article(statement))),
        "rsl": readers.read_rsl(
            rsl.license_xml(site, [statement]), statement.url, statement.policy_url
        ),
        "tdmrep": readers.read_tdmrep(
            wire.json_text(tdmrep.well_known(site, [statement])), statement.url
        ),
        "odrl": readers.read_odrl(wire.json_text(odrl.policy(statement)), training),
        "ninjs": readers.read_ninjs(wire.json_text(ninjs.item(statement)), statement.rights_url),
    }


@pytest.mark.parametrize("site", SITES.values(), ids=SITES)
@pytest.mark.parametrize("statement", KINDS.values(), ids=KINDS)
def test_the_channels_agree(statement, site):
    meant = readers.Said(
        ", ".join(statement.holders),
        statement.licence_url,
        statement.source.url if statement.source else "",
        not statement.may(Use.AI_TRAINING),
    )
    for channel, said in said_everywhere(statement, site).items():
        for field in fields(readers.Said):
            heard = getattr(said, field.name)
            assert heard in (None, getattr(meant, field.name)), (channel, field.name)


def test_every_fact_is_said_by_more_than_one_channel():
    said = said_everywhere(KINDS["CC-BY-4.0, carried"], SITES["reserved"]).values()
    for heard in zip(*(astuple(one) for one in said), strict=True):
        assert sum(fact is not None for fact in heard) >= 3


@pytest.mark.parametrize("name", ["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"])
def test_a_free_licence_reserves_no_mining(name):
    said = said_everywhere(KINDS[name], SITES["reserved"])
    assert {one.is_mining_reserved for one in said.values()} == {None, False}


@pytest.mark.parametrize(
    "name", ["CC-BY-NC-4.0", "CC-BY-ND-4.0", "fair use", "community cross-post"]
)
def test_what_is_not_free_reserves_mining_even_on_a_free_site(name):
    said = said_everywhere(KINDS[name], SITES["CC BY"])
    assert {one.is_mining_reserved for one in said.values()} == {None, True}


def test_fair_use_names_no_licence_and_sells_none():
    statement = KINDS["fair use"]
    said = said_everywhere(statement, SITES["CC BY"])
    assert {one.licence for one in said.values()} == {None, ""}
    assert "acquireLicensePage" not in schema_org.news_article(statement)


def test_robots_txt_leads_to_the_file_that_the_headers_name():
    statement = KINDS["all rights reserved"]
    text = robots_txt.robots_txt(statement.rsl_url)
    crawler = RobotFileParser()
    crawler.parse(text.splitlines())
    assert crawler.can_fetch("AnyBot", statement.url)
    named = dict.fromkeys(
        target
        for target, facts in readers.links_in(head.headers(statement)["Link"])
        if facts["type"] == "application/rsl+xml"
    )
    assert [f"License: {url}" for url in named] == [text.splitlines()[0]]


# --- Hostile texts ----------------------------------------------------------------------------

NASTY = st.sampled_from(
    [
        "</script><script>alert(1)</script>",
        "]]>",
        "<![CDATA[",
        "<!--",
        '"><img src=x onerror=alert(1)>',
        "'; DROP",
        "\r\nSet-Cookie: a=b",
        "\x00\x08\x1f\x7f\x85",
        "\u2028\u2029\ufeff\ufffe\uffff",
        "\u202eevil",
        "&amp;&#0;",
        '>; rel="stylesheet"',
        ", <https://evil.example/>",
    ]
)
# Hypothesis leaves out half characters by itself; JSON from elsewhere does not.
TEXT = st.lists(st.one_of(NASTY, st.text(max_size=12), st.just("\ud800")), max_size=4).map("".join)
URL = st.one_of(
    TEXT,
    TEXT.map("https://oneworld.example/".__add__),
    TEXT.map("https://".__add__),
    st.sampled_from(
        [
            "javascript:alert(1)",
            "data:text/html,x",
            "//evil.example/",
            "https://user:secret@oneworld.example/",
            "https://bücher.example/straße?q=ä#ö",
            "https://[::1",
            "https://oneworld.example:99999/",
            "https://oneworld.example/%zz|^`{}",
        ]
    ),
)


@st.composite
def hostile_statements(draw):
    words = tuple(word for word in draw(st.lists(TEXT, max_size=3)) if word)
    rules = {
        Use.COMMUNITY_WEB: Rule(
            Verdict.GRANTED, (Condition(Kind.TERRITORY, words), Condition(Kind.COPYRIGHT))
        ),
        Use.SEARCH_INDEX: Rule(Verdict.GRANTED),
        Use.AI_TRAINING: Rule(draw(st.sampled_from(Verdict)), (Condition(Kind.AUTHOR),)),
    }
    terms = Terms(draw(TEXT), 1, draw(URL), rules, draw(URL))
    build = draw(st.sampled_from([make_statement, make_carried]))
    return build(
        terms,
        headline=draw(TEXT),
        language=draw(TEXT),
        site_name=draw(TEXT),
        desk=Party(draw(TEXT), draw(TEXT), draw(URL)),
        holders=(draw(TEXT), draw(TEXT)),
        copyright_notice=draw(TEXT),
        credit_text=draw(TEXT),
        authors=((draw(TEXT), draw(URL)),),
        standfirst=draw(TEXT),
        body_html=draw(TEXT),
        section=draw(TEXT),
        keywords=(draw(TEXT),),
        source=Source(draw(TEXT), draw(URL), None, draw(TEXT), draw(URL)),
        licence_url=draw(URL),
        acquire_url=draw(URL),
        odrl_url=draw(URL),
        rsl_url=draw(URL),
        tdm_policy_url=draw(URL),
        rights_url=draw(URL),
        policy_url=draw(URL),
        terms_sentence=draw(TEXT),
        pictures=(make_picture(credit_line=draw(TEXT), url=draw(URL), licence_url=draw(URL)),),
        corrections=((make_statement().published_at, draw(TEXT), draw(TEXT)),),
        translation_of_url=draw(URL),
    )


PRINTABLE = set(string.ascii_letters + string.digits + string.punctuation + " ")


# A statement is long to print, and how fast a busy machine is says nothing of the renderers.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(deadline=None)
@given(hostile_statements())
def test_no_text_breaks_a_channel(statement):
    site = make_site(name=statement.site_name, desk=statement.desk)
    for name, value in head.headers_without_markup(statement).items():
        assert set(name + value) <= PRINTABLE
    for target, _ in readers.links_in(head.headers(statement).get("Link", "")):
        assert target.startswith(("https://", "http://"))
    ElementTree.fromstring(rsl.license_xml(site, [statement]))
    for data in (
        schema_org.news_article(statement),
        odrl.policy(statement),
        ninjs.item(statement),
        tdmrep.well_known(site, [statement]),
        tdmrep.tdm_policy(site),
    ):
        wire.json_text(data).encode()
        script = wire.script_text(data)
        assert json.loads(script) == json.loads(wire.json_text(data)) == data
        assert not set(script) & set("<>&\u2028\u2029")
    for tag in head.head(statement):
        assert all(value == wire.line(value) for value in tag.attributes.values())
        assert not tag.attributes.get("href", "https:").startswith(("javascript", "data"))


@settings(deadline=None)
@given(st.lists(URL, max_size=3), URL)
def test_no_address_adds_a_line_to_robots_txt(sitemaps, rsl_url):
    text = robots_txt.robots_txt(rsl_url, sitemaps)
    names = {line.split(":")[0] for line in text.splitlines() if line}
    assert names <= {"License", "User-agent", "Disallow", "Sitemap"}
    assert text.isascii()
