"""Tokens are unguessable, made again from seed and key alone, and kept as one lasting hash."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms import secret_links

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def test_no_two_tokens_are_alike_and_each_stands_in_an_address_as_it_is():
    tokens = {secret_links.random_token() for _number in range(50)}
    assert len(tokens) == 50
    assert all(re.fullmatch(r"[-\w]{43}", token) for token in tokens)


@given(seed=WORDS, key=WORDS, other=WORDS)
def test_only_the_same_seed_and_key_make_the_same_token(seed, key, other):
    made = secret_links.token_from(seed, key=key, purpose="a")
    assert re.fullmatch(r"[-\w]{43}", made)
    assert made == secret_links.token_from(seed, key=key, purpose="a")
    assert made != secret_links.token_from(seed, key=key, purpose="b")
    if other != seed:
        assert made != secret_links.token_from(other, key=key, purpose="a")


@given(token=WORDS)
def test_a_token_that_was_made_for_another_purpose_has_another_digest(token):
    assert secret_links.digest(token, purpose="a") != secret_links.digest(token, purpose="b")


def test_links_that_were_sent_long_ago_still_lead_somewhere():
    purpose = "articles.follow-link"
    token = secret_links.token_from("seed", key="key", purpose=purpose)
    kept = secret_links.digest(token, purpose=purpose)
    assert token == "Zd8luKxBkyDi--fTIOc8riutxGfWMwCcb3po4eHntq0"
    assert kept == "9ec620eb2d3d9ed5793dfd65d6422fade00bf951bcb20bae4788a94c2f85a035"


@pytest.mark.parametrize(
    ("typed", "may_be"), [("", False), ("a", True), ("a" * 64, True), ("a" * 65, False)]
)
def test_what_is_empty_or_too_long_is_no_token(typed, may_be):
    assert secret_links.may_be_token(typed) is may_be
