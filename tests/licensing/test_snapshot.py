"""The facts about many articles are the facts about each, for as many questions as about one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, GalleryImage, OriginHop
from articles.pages import loaded
from licensing.actions.terms import assign
from licensing.applying import Applying
from licensing.models import GrantedArticle
from licensing.rights.facts import Requester
from licensing.rights.vocabulary import Verdict
from licensing.snapshot import snapshot, snapshots
from tests.factories.articles import house, make_article, make_author, make_image, make_publication
from tests.factories.clearances import clear
from tests.factories.headings import make_report
from tests.factories.requests import make_granted_request
from tests.factories.terms import make_rules, make_terms, make_terms_for_the_site, make_version

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def world(people):
    """Texts of every origin under terms of every place, with pictures, authors' leave and hops."""
    desk, by = people["rights_desk"], people["editor"]
    elsewhere, pool = make_publication("Elsewhere"), make_publication("Pool")
    author = make_author()
    clear(elsewhere, by=desk, passes_on=["community_web"], conditions=["noindex"])
    clear(author, by=desk, passes_on=["print"])
    own = [make_article(by=by, authors=[author]) for _number in range(2)]
    carried = [
        make_article(by=by, originating_publication=elsewhere, cleared=False),
        make_article(by=by, publication=elsewhere, authors=[author], cleared=False),
        make_article(by=by, originating_publication=elsewhere, publication=pool, cleared=False),
    ]
    clear(carried[0], by=desk, passes_on=["education"], forbids=["broadcast"])
    OriginHop.objects.create(article=carried[0], step="translated", publication=pool)
    OriginHop.objects.create(article=carried[2], step="translated", publication=house())
    shared = make_image(rights_category="agency")
    for article in (own[0], carried[1]):
        GalleryImage.objects.create(article=article, image=shared)
    make_terms_for_the_site(make_terms("Site", rules=make_rules(print="granted")))
    assign(make_terms("Elsewhere's"), by=None, publication=elsewhere)
    assign(make_terms("Only this"), by=None, article=own[1])
    for name, chosen in [("Closed", carried[:2]), ("Open", [carried[1], own[0]])]:
        report = make_report(articles=chosen)
        assign(make_terms(name, rules=make_rules(Verdict.REFUSED)), by=None, report=report)
    return list(loaded(Article.objects.order_by("pk")))


def asked(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def test_many_at_once_are_what_each_is_alone(world):
    at = NOW()
    assert snapshots(world, at=at) == {one.pk: snapshot(one, at=at) for one in world}


def test_many_cost_what_one_costs(world):
    at = NOW()
    assert asked(lambda: snapshots(world, at=at)) == asked(lambda: snapshot(world[0], at=at)) == 2
    # A text that stands under somebody else's name does not bring the house along.
    elsewhere = [one for one in world if not one.publication.is_house]
    assert asked(lambda: snapshots(elsewhere, at=at)) == 3


def test_of_no_article_there_is_nothing_to_know(db):
    assert snapshots([], at=NOW()) == {}


def test_each_gets_the_licences_for_it_and_nobody_else_s(people, world):
    asked_for = make_granted_request(people=people)
    granted = GrantedArticle.objects.get(grant__in=asked_for.grants.all())
    holder = Requester(granted.grant.licensee_key)
    rows = list(loaded(Article.objects.order_by("pk")))
    found = snapshots(rows, at=NOW(), requester=holder)
    assert {key for key, known in found.items() if known.grants} == {granted.article_id}
    assert not any(one.grants for one in snapshots(rows, at=NOW()).values())
    assert not any(
        one.grants for one in snapshots(rows, at=NOW(), requester=Requester("")).values()
    )


def test_terms_that_are_written_ahead_apply_from_their_moment_on(people):
    article = make_article(by=people["editor"])
    now = NOW()
    day = timedelta(days=1)
    site = make_terms_for_the_site(make_terms("Site")).terms
    nearer = make_terms("Nearer", valid_from=now + 2 * day)
    assign(nearer, by=None, publication=house())
    make_version(site, rules=make_rules(Verdict.REFUSED), valid_from=now + day)
    at = NOW()
    ahead = Applying([article], at=at, is_ahead=True)
    turns = ahead.turns(article, after=at)
    assert len(turns) == 2
    for moment in (at, at + day, at + 2 * day, at + 3 * day):
        alone = Applying([article], at=moment)
        assert ahead.of(article, at=moment) == alone.of(article, at=moment)
    assert {ahead.of(article, at=turn).name for turn in turns} == {"Site", "Nearer"}
    assert Applying([article], at=at).turns(article, after=at) == set()
