"""One who takes a copy many times at once gets one licence, one number and one letter."""

from functools import partial

import pytest

from licensing.models import Grant, PermissionRequest, Pixel
from tests.factories.articles import make_live_article
from tests.factories.holders import letters_to
from tests.factories.takings import TAKER, free_for_community_sites, make_taking
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 12


def test_a_hand_that_trembles_takes_one_copy(people):
    free_for_community_sites()
    article = make_live_article(people=people)
    taken = race([partial(make_taking, article) for _time in range(MANY)])
    assert {grant.number for grant in taken} == {Grant.objects.get().number}
    assert PermissionRequest.objects.count() == Pixel.objects.count() == 1
    # The one that came with it, and one more of the day for all who asked for the link again.
    assert len(letters_to(TAKER)) == 2
