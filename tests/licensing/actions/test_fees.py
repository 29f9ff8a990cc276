"""What is done with fee schedules: versions follow each other, and one schedule is in use."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.written_once import WrittenOnceError
from licensing.actions.fees import VersionCountsTooEarly, install, take_into_use, write_version
from licensing.fees import tariff_of, version_in_use
from licensing.models import FeeSchedule
from licensing.ready_made_fees import EUROS
from licensing.rights.fees import price
from licensing.rights.tariff_reading import TariffIsWrong, parse_tariff
from licensing.rights.vocabulary import Use
from tests.factories.fees import TARIFF, make_fees, make_schedule

pytestmark = pytest.mark.django_db


def test_versions_are_numbered_and_stay_as_they_were_written(people):
    schedule = make_schedule()
    version = make_fees(schedule, by=people["rights_manager"], change_note="Again")
    assert (version.number, version.change_note) == (2, "Again")
    assert tariff_of(version) == parse_tariff(TARIFF)
    version.tariff = {}
    with pytest.raises(WrittenOnceError):
        version.save()


def test_a_tariff_that_makes_no_sense_is_refused_with_every_reason_and_nothing_is_written():
    schedule = make_schedule()
    with pytest.raises(TariffIsWrong) as fault:
        write_version(schedule, tariff={"currency": "DEM", "uses": {"print": {}}}, by=None)
    assert len(fault.value.reasons) == 2
    assert schedule.versions.count() == 1


def test_a_version_never_counts_from_before():
    schedule = make_schedule()
    with pytest.raises(VersionCountsTooEarly):
        make_fees(schedule, valid_from=timezone.now() - timedelta(hours=2))
    assert make_fees(schedule, valid_from=timezone.now()).number == 2


def test_the_schedule_in_use_is_one_and_is_read_at_a_moment():
    assert version_in_use(at=timezone.now()) is None
    first, second = make_schedule(), make_schedule()
    assert version_in_use(at=timezone.now()) is None
    assert take_into_use(first) and not take_into_use(first)
    ahead = timezone.now() + timedelta(days=3)
    make_fees(first, valid_from=ahead)
    assert version_in_use(at=timezone.now()).number == 1
    assert version_in_use(at=ahead).number == 2
    take_into_use(second)
    assert version_in_use(at=ahead).schedule == second
    assert list(FeeSchedule.objects.filter(is_default=True)) == [second]


def test_the_ready_made_schedule_is_installed_once_and_taken_into_use(people):
    schedule = install(EUROS, by=people["admin"])
    assert install(EUROS, by=people["admin"]) == schedule
    assert version_in_use(at=timezone.now()) == schedule.versions.get()
    found = price(
        tariff_of(schedule.versions.get()),
        Use.EDUCATION,
        {"copies": 25, "requester": "non_commercial", "portion": "whole"},
    )
    assert not found.is_complete and found.total.amount == 0
