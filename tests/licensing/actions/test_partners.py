"""Partners are entered, and their addresses made and ended, by managers alone."""

import pytest

from cms.workflows.actions import NotYours
from licensing.actions import partners
from licensing.models import Partner
from tests.factories.partners import make_partner

pytestmark = pytest.mark.django_db


def test_the_verbs_ask_the_permission_themselves(people):
    partner = make_partner()
    before = list(Partner.objects.values())
    for by in (None, people["editor"], people["rights_desk"]):
        new = Partner(outlet="Post", name="Ada", email="ada@post.example")
        for verb, row in (
            (partners.enter, new),
            (partners.enter, partner),
            (partners.give_address, partner),
            (partners.switch_off, partner),
        ):
            with pytest.raises(NotYours):
                verb(row, by=by)
    assert list(Partner.objects.values()) == before


def test_a_partner_is_the_licensee_of_its_address_however_it_is_written(people):
    partner = make_partner(email="Ines@Post.example")
    assert partner.created_by == people["rights_manager"]
    assert partner.licensee_key == "ines@post.example"
