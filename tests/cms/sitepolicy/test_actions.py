"""A house text is followed by its next version and never changed."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from cms.sitepolicy.actions import write_version
from cms.sitepolicy.models import Kind, SitePolicy
from tests.factories.sitepolicy import make_text
from tests.racing import race

THREADS = 8


def test_versions_count_from_one_for_each_kind_and_language(db):
    first, second = make_text(), make_text()
    french = make_text(language="fr")
    other = make_text(kind=Kind.FAIR_USE)
    assert [row.version for row in (first, second, french, other)] == [1, 2, 1, 1]


def test_a_version_knows_who_wrote_it(people):
    assert make_text(by=people["managing_editor"]).created_by == people["managing_editor"]


def test_the_old_wording_stands_as_it_was(db):
    first = make_text("<p>One.</p>")
    make_text("<p>Two.</p>")
    first.refresh_from_db()
    assert first.text == "<p>One.</p>"


def test_a_wording_is_cleaned_whatever_way_it_comes_in(db):
    dirty = '<p onclick="x()">A <script>alert(1)</script>wording.</p>'
    assert make_text(dirty).text == "<p>A wording.</p>"


@pytest.mark.django_db(transaction=True)
def test_of_versions_written_at_once_each_has_its_own_number():
    for _round in range(5):
        write = partial(write_version, kind=Kind.ABOUT, language="en", text="<p>x</p>")
        outcomes = race([write] * THREADS)
        assert [one for one in outcomes if not isinstance(one, SitePolicy)] == []
    numbers = SitePolicy.objects.order_by("version").values_list("version", flat=True)
    assert list(numbers) == list(range(1, 5 * THREADS + 1))


@pytest.mark.parametrize("version", [0, 1])
def test_the_database_refuses_version_nought_and_a_number_twice(db, version):
    make_text()
    with pytest.raises(IntegrityError), transaction.atomic():
        SitePolicy.objects.create(
            kind=Kind.DISCLAIMER, language="en", version=version, text="<p>x</p>"
        )
