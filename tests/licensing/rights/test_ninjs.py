"""ninjs hands the text over where it is free, its rights always, and knows no word of its own."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from licensing.rights import ninjs
from licensing.rights.conditions import Condition, Kind
from licensing.rights.facts import Rule
from licensing.rights.vocabulary import Use, Verdict
from tests.factories.statements import (
    COMMUNITY,
    every_kind,
    make_carried,
    make_picture,
    make_statement,
)

SCHEMA = Path(__file__).parents[2] / "data" / "ninjs_3_1.json"
KINDS = every_kind()


@pytest.fixture(scope="module")
def schema():
    known = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(known)
    return Draft202012Validator(known)


@pytest.mark.parametrize("statement", KINDS.values(), ids=KINDS)
def test_an_item_is_what_the_schema_knows(schema, statement):
    full = replace(
        statement,
        expires_at=datetime(2030, 1, 1, tzinfo=UTC),
        pictures=(make_picture(), make_picture(verdict=Verdict.REFER)),
        corrections=((statement.published_at, "correction", "The pilot's name is Ben."),),
    )
    assert list(schema.iter_errors(ninjs.item(full))) == []


def test_the_schema_refuses_what_ninjs_does_not_know(schema):
    item = ninjs.item(KINDS["community cross-post"])
    lower = item | {"rightsinfo": item["rightsInfo"]}
    both = item | {"rightsInfo": item["rightsInfo"] | {"encodedRights": "{}"}}
    assert not schema.is_valid(lower)
    assert not schema.is_valid(both)


@pytest.mark.parametrize("kind", ["all rights reserved", "fair use"])
def test_without_leave_there_is_a_summary_and_no_text(kind):
    item = ninjs.item(KINDS[kind])
    assert "bodies" not in item
    assert item["representationType"] == "partial"
    assert item["descriptions"][0]["value"] == KINDS[kind].standfirst


@pytest.mark.parametrize("kind", ["community cross-post", "CC-BY-4.0", "CC-BY-NC-ND-4.0"])
def test_with_leave_the_text_is_there(kind):
    item = ninjs.item(KINDS[kind])
    assert [body["value"] for body in item["bodies"]] == [KINDS[kind].body_html]
    assert item["representationType"] == "full"


def test_leave_for_an_excerpt_only_is_no_leave_for_the_text():
    rule = Rule(Verdict.GRANTED, (Condition(Kind.EXCERPT_WORDS, 100),))
    terms = COMMUNITY._replace(rules={Use.COMMUNITY_WEB: rule})
    assert "bodies" not in ninjs.item(make_statement(terms))


def test_a_picture_that_is_not_cleared_is_left_out_and_said_so():
    cleared, other = make_picture(), make_picture(verdict=Verdict.ASK, url="https://x.example/b")
    item = ninjs.item(make_statement(COMMUNITY, pictures=(cleared, other)))
    assert [found["uri"] for found in item["associations"]] == [cleared.url]
    assert "left out" in item["usageTerms"]


def test_the_source_and_the_original_address_are_named():
    statement = make_carried(COMMUNITY)
    item = ninjs.item(statement)
    assert item["infoSources"][0]["name"] == "OneWorld"
    assert item["infoSources"][0]["contactInfo"][0]["value"] == "desk@oneworld.example"
    assert item["altIds"] == [{"role": "original", "value": statement.source.url}]


def test_the_rights_expression_is_linked_and_not_written_out():
    statement = make_statement()
    assert ninjs.item(statement)["rightsInfo"] == {
        "langId": "http://www.w3.org/ns/odrl/2/",
        "linkedRights": statement.odrl_url,
    }
