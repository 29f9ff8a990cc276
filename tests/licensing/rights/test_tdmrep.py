"""TDMRep: an array, the specific before the general, and an offer to whoever asks."""

from licensing.rights import tdmrep
from licensing.rights.licences import LICENCES
from licensing.rights.odrl_words import ACTIONS
from tests.factories.statements import (
    every_kind,
    licence_terms,
    make_fairly_carried,
    make_site,
    make_statement,
)

KINDS = every_kind()
FREE_SITE = make_site(licence_terms(LICENCES["CC0-1.0"]))


def test_the_site_comes_last_for_the_first_match_counts():
    entries = tdmrep.well_known(make_site(), KINDS.values())
    assert entries[-1] == {
        "location": "/*",
        "tdm-reservation": 1,
        "tdm-policy": "https://house.example/rights/tdm-policy.json",
    }
    assert {entry["tdm-reservation"] for entry in entries[:-1]} == {0}


def test_only_what_differs_from_the_site_is_named():
    assert len(tdmrep.well_known(make_site(), [make_statement()])) == 1
    assert len(tdmrep.well_known(FREE_SITE, [make_statement()])) == 2


def test_what_is_not_reserved_has_no_policy():
    (entry, _) = tdmrep.well_known(make_site(), [KINDS["CC-BY-4.0"]])
    assert entry == {"location": "/articles/tide-tables/*", "tdm-reservation": 0}
    assert tdmrep.headers(KINDS["CC-BY-4.0"]) == {"tdm-reservation": "0"}


def test_a_text_of_others_is_never_released():
    assert tdmrep.headers(make_fairly_carried())["tdm-reservation"] == "1"


def test_reservations_are_never_cut(monkeypatch):
    monkeypatch.setattr(tdmrep, "MOST_EXCEPTIONS", 1)
    reserved = [make_statement(slug=f"text-{number}") for number in range(3)]
    free = [
        make_statement(licence_terms(LICENCES["CC0-1.0"]), slug=f"free-{number}")
        for number in range(3)
    ]
    assert len(tdmrep.well_known(FREE_SITE, reserved)) == 4
    assert len(tdmrep.well_known(make_site(), free)) == 2


def test_the_policy_is_an_offer_for_consent():
    policy = tdmrep.tdm_policy(make_site())
    assert policy["@type"] == "Offer"
    assert policy["profile"] == "http://www.w3.org/ns/tdmrep"
    assert policy["assigner"]["vcard:hasEmail"] == "mailto:rights@house.example"
    (permission,) = policy["permission"]
    assert permission["action"] == "tdm:mine"
    # Best practice of the group: the collection that the offer is about has an address.
    assert permission["target"] == "https://house.example/"
    assert {duty["action"] for duty in permission["duty"]} <= ACTIONS
    assert not {"prohibition", "obligation"} & set(policy)
