"""Which terms the site stands under, and what followed which version."""

from datetime import timedelta

import pytest
from django.utils import timezone

from licensing.models import TermsVersion, UsageTerms
from licensing.terms import history, in_use, site_default
from tests.factories.articles import make_article, make_live_article, make_publication
from tests.factories.rights import stand_under

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def versions(*starts):
    """Terms whose versions begin at these moments, in this order."""
    terms = UsageTerms.objects.create(name="Ours", slug="ours")
    for number, start in enumerate(starts, start=1):
        TermsVersion.objects.create(terms=terms, number=number, valid_from=start, text="<p>X</p>")
    return terms


def told(terms, at):
    return [(one.version.number, one.replaced_at) for one in history(terms, at=at)]


def test_the_newest_comes_first_and_each_says_when_it_was_replaced():
    now = timezone.now()
    terms = versions(now - 3 * DAY, now - 2 * DAY, now + DAY)
    assert told(terms, now) == [(2, None), (1, now - 2 * DAY)]
    assert told(terms, now + DAY) == [(3, None), (2, now + DAY), (1, now - 2 * DAY)]


def test_a_version_overtaken_before_its_day_never_counted():
    now = timezone.now()
    terms = versions(now - 5 * DAY, now - DAY, now - 2 * DAY)
    assert told(terms, now) == [(3, None), (1, now - 2 * DAY)]


def test_terms_that_lie_ahead_have_no_history():
    now = timezone.now()
    assert history(versions(now + DAY), at=now) == []


def test_the_default_is_that_of_the_whole_site():
    assert site_default(at=timezone.now()) is None
    stand_under(name="Theirs", publication=make_publication())
    assert site_default(at=timezone.now()) is None
    stand_under(name="Community terms")
    assert site_default(at=timezone.now()).terms.name == "Community terms"


def test_terms_are_in_use_where_a_reader_may_meet_them(people):
    stand_under()
    stand_under(name="Theirs", publication=make_publication())
    stand_under(name="Of one article", article=make_live_article(people=people))
    stand_under(name="Of a draft", article=make_article(by=people["editor"]))
    versions().versions.create(number=1, text="<p>Nowhere</p>")
    found = [version.terms.name for version in in_use(at=timezone.now())]
    assert found == ["Community terms", "Of one article", "Theirs"]
