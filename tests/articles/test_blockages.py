"""What keeps approved articles from going out: the next ones, at the hour they are due."""

from datetime import timedelta

from django.utils import timezone

from articles import blockages
from articles.models import Article
from tests.factories.articles import make_publication
from tests.factories.desk import make_blocked
from tests.factories.hidden import approved, draft, scheduled
from tests.factories.rights import hold_an_agreement_with

DAY = timedelta(days=1)


def blocked(at=None):
    found, are_more = blockages.blockages(Article.objects.all(), at=at or timezone.now())
    return [one.article for one in found], are_more


def test_only_what_is_approved_and_cannot_go_out_is_blocked(people):
    draft(people, originating_publication=make_publication(), cleared=False)
    approved(people)
    article = make_blocked(people)
    found, are_more = blockages.blockages(Article.objects.all(), at=timezone.now())
    assert [one.article for one in found] == [article]
    assert "We hold no clearance" in found[0].reasons[0]
    assert not are_more


def test_it_is_asked_for_the_hour_at_which_it_is_due(people):
    """A right that ends before that hour blocks; that one begins until then is enough."""
    outlet = make_publication()
    hold_an_agreement_with(outlet)
    article = scheduled(people, originating_publication=outlet)
    assert blocked() == ([], False)
    outlet.clearances.update(valid_until=timezone.localdate())
    assert blocked() == ([article], False)


def test_what_goes_out_next_is_looked_at_first_and_only_a_few(people, monkeypatch):
    monkeypatch.setattr(blockages, "MOST_LOOKED_AT", 1)
    make_blocked(people)
    due = make_blocked(people)
    Article.objects.filter(pk=due.pk).update(published_at=timezone.now() + DAY)
    assert blocked() == ([due], True)
