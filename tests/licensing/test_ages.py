"""How long requests have waited: every day falls into one band, and the list finds the same."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from licensing import ages
from licensing.models import PermissionRequest
from licensing.models.clearance import day_begins
from tests.factories.articles import make_live_article
from tests.factories.requests import make_request

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "first"), [(0, 0), (2, 0), (3, 3), (5, 3), (6, 6), (11, 11), (20, 11), (21, 21)]
)
def test_a_request_lies_in_the_band_of_its_age(people, days, first):
    today = date(2026, 3, 18)
    row = make_request(make_live_article(people=people))
    for moment in (day_begins(today - days * DAY), day_begins(today - (days - 1) * DAY) - DAY / 99):
        PermissionRequest.objects.filter(pk=row.pk).update(received_at=moment)
        found = ages.ours_by_age(on=today)
        assert [band.first for band, total, _late in found if total] == [first]


def test_the_queue_is_narrowed_to_an_age(people, client):
    article = make_live_article(people=people)
    make_request(article)
    old = make_request(article, at=timezone.now() - 8 * DAY)
    client.force_login(people["rights_desk"])
    queue = reverse("admin:licensing_permissionrequest_changelist")
    found = client.get(queue, {"turn": "ours", "age": "6"}).context["cl"].result_list
    assert [row.number for row in found] == [old.number]
    assert len(client.get(queue, {"age": "7' OR"}).context["cl"].result_list) == 2
