"""The RSL file keeps to its grammar, contradicts nothing, and names every stricter article."""

from dataclasses import replace

import pytest
from defusedxml import ElementTree

from licensing.rights import rsl
from licensing.rights.conditions import Condition, Kind
from licensing.rights.facts import Party, Rule
from licensing.rights.licences import LICENCES
from licensing.rights.vocabulary import Use, Verdict
from tests.factories.statements import (
    RESERVED,
    every_kind,
    licence_terms,
    make_carried,
    make_site,
    make_statement,
    with_answers,
)
from tests.machine_readers import RSL, rsl_content, rsl_permits

# Element → (attributes it may have, children it may have), from RSL 1.0.
GRAMMAR = {
    "rsl": ({"max-age"}, {"content"}),
    "content": ({"url"}, {"license", "copyright", "terms"}),
    "license": (set(), {"permits", "prohibits", "payment", "legal"}),
    "permits": ({"type"}, set()),
    "prohibits": ({"type"}, set()),
    "payment": ({"type"}, {"standard", "custom"}),
    "standard": (set(), set()),
    "custom": (set(), set()),
    "legal": ({"type"}, set()),
    "copyright": ({"type", "contactEmail", "contactUrl"}, set()),
    "terms": (set(), set()),
}
USAGE = {"all", "ai-all", "ai-train", "ai-input", "ai-index", "search"}
KINDS = every_kind()
SITES = {
    name: make_site(terms)
    for name, terms in {
        "reserved": RESERVED,
        "CC BY": licence_terms(LICENCES["CC-BY-4.0"]),
        "CC0": licence_terms(LICENCES["CC0-1.0"]),
    }.items()
}


def read(document: bytes):
    return ElementTree.fromstring(document)


def tokens(licence, verb: str) -> set[str]:
    return set((licence.findtext(f"{RSL}{verb}[@type='usage']") or "").split())


@pytest.mark.parametrize("site", SITES.values(), ids=SITES)
def test_the_file_keeps_to_the_grammar(site):
    root = read(rsl.license_xml(site, KINDS.values()))
    for element in root.iter():
        name = element.tag.removeprefix(RSL)
        attributes, children = GRAMMAR[name]
        assert set(element.attrib) <= attributes
        assert {child.tag.removeprefix(RSL) for child in element} <= children
        assert children or element.text.strip()
    for licence in root.iter(f"{RSL}license"):
        for verb in ("permits", "prohibits"):
            kinds = [found.get("type") for found in licence.findall(f"{RSL}{verb}")]
            assert len(kinds) == len(set(kinds))
            assert tokens(licence, verb) <= USAGE
        assert len(licence.findall(f"{RSL}payment")) <= 1
    for content in root:
        assert len(content.findall(f"{RSL}license")) >= 1
        assert len(content.findall(f"{RSL}copyright")) == 1
        assert len(content.findall(f"{RSL}terms")) == 1


@pytest.mark.parametrize("site", SITES.values(), ids=SITES)
def test_no_use_is_both_permitted_and_prohibited(site):
    wide = {"all": USAGE, "ai-all": {"ai-train", "ai-input", "ai-index"}}
    for content in read(rsl.license_xml(site, KINDS.values())):
        permitted, prohibited = set(), set()
        for licence in content.findall(f"{RSL}license"):
            for found, verb in ((permitted, "permits"), (prohibited, "prohibits")):
                for token in tokens(licence, verb):
                    found |= {token} | wide.get(token, set())
        assert not permitted & prohibited


def test_all_rights_reserved_permits_search_and_names_the_desk():
    content = rsl_content(rsl.license_xml(SITES["reserved"]), "https://house.example/anything")
    (licence,) = content.findall(f"{RSL}license")
    assert tokens(licence, "permits") == {"search"}
    assert tokens(licence, "prohibits") == {"ai-all"}
    assert licence.findtext(f"{RSL}legal[@type='contact']") == "mailto:rights@house.example"
    assert licence.find(f"{RSL}payment") is None


def test_cc_by_permits_all_for_attribution():
    (content,) = read(rsl.license_xml(SITES["CC BY"]))
    (licence,) = content.findall(f"{RSL}license")
    assert tokens(licence, "permits") == {"all"}
    payment = licence.find(f"{RSL}payment")
    assert payment.get("type") == "attribution"
    assert payment.findtext(f"{RSL}standard") == LICENCES["CC-BY-4.0"].url


def test_cc0_asks_for_nothing():
    (content,) = read(rsl.license_xml(SITES["CC0"]))
    assert content.find(f"{RSL}license/{RSL}payment") is None


def test_a_price_on_one_use_does_not_price_search():
    rules = dict(RESERVED.rules)
    rules[Use.AI_INPUT] = Rule(Verdict.GRANTED, (Condition(Kind.SOURCE),))
    (content,) = read(rsl.license_xml(make_site(RESERVED._replace(rules=rules))))
    free, bound = content.findall(f"{RSL}license")
    assert tokens(free, "permits") == {"search"}
    assert free.find(f"{RSL}payment") is None
    assert tokens(bound, "permits") == {"ai-input", "ai-index"}
    assert bound.findtext(f"{RSL}payment/{RSL}custom") == RESERVED.url
    assert tokens(free, "prohibits") == tokens(bound, "prohibits") == {"ai-train"}


def test_a_text_kept_out_of_search_permits_no_search():
    statement = make_statement(keeps_out_of_search="all")
    content = rsl_content(rsl.license_xml(SITES["reserved"], [statement]), statement.url)
    assert not rsl_permits(content, "search")
    assert tokens(content.find(f"{RSL}license"), "prohibits") == {"all"}


def test_an_article_like_the_site_gets_no_line_unless_others_hold_it():
    ours = make_statement(holders=("Ada Brook", "The House Review"))
    theirs = make_carried(RESERVED)
    assert len(read(rsl.license_xml(SITES["reserved"], [ours]))) == 1
    document = rsl.license_xml(SITES["reserved"], [theirs])
    assert rsl_content(document, theirs.url).findtext(f"{RSL}copyright") == "OneWorld"


def test_the_print_edition_falls_under_its_article():
    statement = KINDS["CC-BY-4.0"]
    document = rsl.license_xml(SITES["reserved"], [statement])
    assert rsl_permits(rsl_content(document, f"{statement.url}print/"), "ai-train")
    assert not rsl_permits(rsl_content(document, statement.url[:-1] + "-2/"), "ai-train")


def test_freer_articles_are_capped_and_stricter_ones_never(monkeypatch):
    monkeypatch.setattr(rsl, "MOST_EXCEPTIONS", 2)
    site = make_site(rules=dict(RESERVED.rules) | {Use.AI_INPUT: Rule(Verdict.GRANTED)})
    free = licence_terms(LICENCES["CC0-1.0"])
    freer = [make_statement(free, slug=f"free-{number}") for number in range(4)]
    stricter = [make_statement(slug=f"strict-{number}") for number in range(4)]
    root = read(rsl.license_xml(site, [*freer, *stricter]))
    paths = [content.get("url") for content in root]
    assert paths == [
        "/",
        "/articles/free-0/",
        "/articles/free-1/",
        *(f"/articles/strict-{number}/" for number in range(4)),
    ]


def test_a_path_is_no_pattern():
    statement = replace(KINDS["CC0-1.0"], url="https://house.example/a*b$/")
    document = rsl.license_xml(SITES["reserved"], [statement])
    assert read(document)[1].get("url") == "/a%2Ab%24/"


def test_no_licence_server_is_named():
    assert b"server" not in rsl.license_xml(SITES["CC BY"], KINDS.values())


def test_the_house_speaks_for_no_other_holder():
    statement = KINDS["community cross-post"]
    found = rsl_content(rsl.license_xml(SITES["reserved"], [statement]), statement.url)
    assert found.find(f"{RSL}copyright").attrib == {}


def test_a_refused_search_is_prohibited_and_an_unnamed_one_is_not():
    refused = make_site(rules={Use.SEARCH_INDEX: Rule(Verdict.REFUSED)})
    unnamed = make_site(rules={})
    prohibited = [
        tokens(read(rsl.license_xml(site))[0].find(f"{RSL}license"), "prohibits")
        for site in (refused, unnamed)
    ]
    assert prohibited == [{"all"}, {"ai-all"}]


def test_a_desk_without_mail_is_reached_by_its_page():
    site = make_site(desk=Party("Desk", "call us"))
    contact = read(rsl.license_xml(site)).findtext(f"{RSL}content/{RSL}license/{RSL}legal")
    assert contact == site.acquire_url


def test_an_answer_that_differs_only_in_training_is_named():
    statement = with_answers(make_statement(), ai_training=Verdict.GRANTED)
    document = rsl.license_xml(SITES["reserved"], [statement])
    content = rsl_content(document, statement.url)
    assert rsl_permits(content, "ai-train") and not rsl_permits(content, "ai-input")
