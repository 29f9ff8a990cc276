"""What the desk holds and lacks, a sentence for each right."""

from datetime import date

from django.utils import timezone

from licensing.holdings import holdings
from licensing.models import Clearance
from tests.factories.articles import make_article, make_live_article, make_publication
from tests.factories.whole import make_whole_article


def said(article):
    return [(one.sentence, one.is_held) for one in holdings(article, at=timezone.now())]


def test_our_own_work_needs_nobodys_leave(people):
    article = make_live_article(people=people)
    assert said(article) == [("Our own work: ours.", True)]
    assert holdings(article, at=timezone.now())[0].holder is None


def test_each_right_names_what_we_carry_it_under(people):
    article = make_whole_article(people)
    Clearance.objects.filter(publication__name="Firth Gazette").update(valid_until=date(2090, 3, 2))
    assert said(article) == [
        (
            "First published by Firth Gazette on 2 March 2019. We carry it under our agreement "
            "with Firth Gazette until 2 March 2090.",
            True,
        ),
        (
            "Translated by Translators' Pool on 7 January 2020. We carry it under our agreement "
            "with Translators' Pool.",
            True,
        ),
    ]


def test_a_missing_clearance_is_said_with_who_could_give_it(people):
    gazette = make_publication("Gazette")
    article = make_article(by=people["editor"], originating_publication=gazette, cleared=False)
    (missing,) = holdings(article, at=timezone.now())
    assert not missing.is_held
    assert missing.sentence.startswith(
        "First published by Gazette. We hold no clearance from Gazette"
    )
    assert missing.holder == gazette
