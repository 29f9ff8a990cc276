"""Bodies hold secret links, so mail that is done is thrown away after 90 days."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import STATUS, Email, Log

from cms.outbox.duties import throw_away_old_mail
from tests.factories.mail import make_mail

TODAY = timezone.now()


@pytest.mark.parametrize(
    ("status", "days", "stays"),
    [
        ("sent", 89, True),
        ("sent", 91, False),
        ("failed", 89, True),
        ("failed", 91, False),
        ("queued", 400, True),
        ("requeued", 400, True),
    ],
)
def test_what_is_done_goes_after_90_days_and_what_waits_stays(db, status, days, stays):
    row = make_mail()
    row.logs.create(status=STATUS.failed, message="No")
    Email.objects.update(status=getattr(STATUS, status), last_updated=TODAY - timedelta(days=days))
    assert throw_away_old_mail(at=TODAY) == ("" if stays else "1 thrown away.")
    assert Email.objects.exists() == Log.objects.exists() == stays


def test_a_second_time_there_is_nothing_to_do(db):
    make_mail()
    Email.objects.update(status=STATUS.sent, last_updated=TODAY - timedelta(days=100))
    assert throw_away_old_mail(at=TODAY)
    assert throw_away_old_mail(at=TODAY) == ""
