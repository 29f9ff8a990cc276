"""Numbers: in sequence, each once, none left out, whoever else takes one or fails to."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from licensing.models import Counter
from licensing.numbers import INVOICE, REQUEST, next_number
from tests.racing import race

IN_2026, IN_2027 = datetime(2026, 5, 1, tzinfo=UTC), datetime(2027, 1, 1, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_each_series_counts_by_itself_and_begins_anew_with_the_year():
    taken = [next_number(REQUEST, at=IN_2026) for _ in range(2)]
    taken += [next_number(INVOICE, at=IN_2026), next_number(REQUEST, at=IN_2027)]
    assert taken == ["PR-2026-000001", "PR-2026-000002", "INV-2026-000001", "PR-2027-000001"]


@pytest.mark.django_db(transaction=True)
def test_who_takes_a_number_and_fails_leaves_no_gap():
    def take(place):
        with transaction.atomic():
            number = next_number(INVOICE, at=IN_2026)
            if place % 3 == 0:
                raise RuntimeError("The bill could not be written.")
        return number

    outcomes = race([lambda place=place: take(place) for place in range(24)])
    taken = sorted(outcome for outcome in outcomes if isinstance(outcome, str))
    assert taken == [f"INV-2026-{number:06d}" for number in range(1, 17)]
    assert Counter.objects.get().last == 16
