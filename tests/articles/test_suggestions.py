"""What the desk suggests: the nearest to a report, as far as whoever asks may see it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.correcting import correct
from articles.suggestions import fitting, newest
from tests.factories.articles import make_author, make_live_article
from tests.factories.headings import make_region, make_theme
from tests.factories.stages import make_article_at

pytestmark = pytest.mark.django_db


def found(suggested):
    return [(offer.article.pk, offer.shares) for offer in suggested]


def test_a_report_is_offered_what_shares_most_with_it(people):
    author, theme, region = make_author(), make_theme(), make_region()
    live = [make_live_article(people=people, authors=[make_author()]) for _ in range(3)]
    seed = make_live_article(people=people, authors=[author])
    by_author = make_article_at("scheduled", people=people, authors=[author])
    seed.themes.add(theme)
    seed.regions.add(region)
    live[0].regions.add(region)
    live[1].regions.add(region)
    live[1].themes.add(theme)
    at = timezone.now()
    offered = found(fitting([seed.pk], user=people["editor"], at=at))
    assert offered == [
        (live[1].pk, ("theme", "region")),
        (by_author.pk, ("author",)),
        (live[0].pk, ("region",)),
    ]
    seen = fitting([seed.pk], user=people["rights_desk"], at=at)
    assert found(seen) == offered
    by_author.created_by = people["editor"]
    by_author.save()
    own = found(fitting([seed.pk], user=people["contributor"], at=at))
    assert own == [offered[0], offered[2]]


def test_many_cost_as_many_questions_as_few(people):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            fitting(keys[:2], user=people["managing_editor"], at=timezone.now())
        return len(captured)

    author = make_author()
    keys = [make_live_article(people=people, authors=[author]).pk for _ in range(3)]
    asked()
    before = asked()
    for _ in range(3):
        make_live_article(people=people, authors=[author])
    assert asked() == before


def test_the_front_page_is_offered_the_newest_that_have_no_place(people):
    articles = [make_live_article(people=people) for _ in range(3)]
    make_article_at("scheduled", people=people)
    offered = newest([articles[1].pk], at=timezone.now())
    assert {offer.article.pk for offer in offered} == {articles[0].pk, articles[2].pk}


def test_what_was_retracted_is_offered_to_nobody(people):
    author = make_author()
    seed, kept, retracted = (make_live_article(people=people, authors=[author]) for _ in range(3))
    correct(retracted, by=people["editor"], kind="retraction", text="We take this back.")
    at = timezone.now()
    assert [offer.article.pk for offer in newest([seed.pk], at=at)] == [kept.pk]
    near = fitting([seed.pk], user=people["editor"], at=at)
    assert [offer.article.pk for offer in near] == [kept.pk]
