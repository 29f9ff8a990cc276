"""What Creative Commons licences grant, and how their addresses are recognised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.rights.conditions import Kind
from licensing.rights.licences import LICENCES, licence_at
from licensing.rights.vocabulary import Use, Verdict

GRANTED = {
    "CC-BY-4.0": set(Use),
    "CC-BY-SA-4.0": set(Use),
    "CC0-1.0": set(Use),
    "CC-BY-ND-4.0": set(Use) - {Use.TRANSLATION, Use.ADAPTATION, Use.AI_INPUT, Use.AI_TRAINING},
    "CC-BY-NC-4.0": set(Use) - {Use.COMMERCIAL_WEB, Use.AI_INPUT, Use.AI_TRAINING},
}
GRANTED["CC-BY-NC-SA-4.0"] = GRANTED["CC-BY-NC-4.0"]
GRANTED["CC-BY-NC-ND-4.0"] = GRANTED["CC-BY-NC-4.0"] & GRANTED["CC-BY-ND-4.0"]


@pytest.mark.parametrize("licence", LICENCES.values(), ids=lambda one: one.spdx)
def test_each_licence_grants_what_its_letters_say(licence):
    found = {use for use, rule in licence.rules.items() if rule.verdict is Verdict.GRANTED}
    assert found == GRANTED[licence.spdx]
    assert {rule.verdict for rule in licence.rules.values()} <= {Verdict.GRANTED, Verdict.ASK}
    kinds = {entry.kind for entry in licence.rules[Use.COMMUNITY_WEB].conditions}
    assert (Kind.AUTHOR in kinds) == ("BY" in licence.spdx)
    assert (Kind.NON_COMMERCIAL in kinds) == ("NC" in licence.spdx)
    assert (Kind.NO_EDITS in kinds) == ("ND" in licence.spdx)
    translated = {entry.kind for entry in licence.rules[Use.TRANSLATION].conditions}
    assert (Kind.SHARE_ALIKE in translated) == ("SA" in licence.spdx)


@pytest.mark.parametrize("licence", LICENCES.values(), ids=lambda one: one.spdx)
def test_an_address_is_recognised_in_every_spelling(licence):
    bare = licence.url.removesuffix("/")
    for url in (
        licence.url,
        bare,
        f"{bare}/deed.de",
        f"{bare}/legalcode",
        f"{bare}/legalcode.en",
        f" {licence.url.upper()} ",
        licence.url.replace("https://", "http://www."),
        f"{licence.url}?ref=x#y",
    ):
        assert licence_at(url) is licence, url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://creativecommons.org/",
        "https://creativecommons.org/licenses/by/3.0/",
        "https://creativecommons.org/licenses/by/4.0/x/",
        "https://creativecommons.org.example/licenses/by/4.0/",
        "https://example.org/licenses/by/4.0/",
        "ftp://creativecommons.org/licenses/by/4.0/",
        "//creativecommons.org/licenses/by/4.0/",
        "https://[creativecommons.org/licenses/by/4.0/",
    ],
)
def test_what_is_no_licence_of_ours_is_none(url):
    assert licence_at(url) is None


@given(st.text())
def test_no_address_is_an_error(url):
    assert licence_at(url) is None or url
    assert licence_at(f"https://creativecommons.org/{url}") in (None, *LICENCES.values())
