"""A text is put right or taken back: every partner whose feed gave what was wrong hears of it once,
and no other.
"""

from datetime import timedelta
from functools import partial

import pytest
from django.core.cache import cache
from django.utils import timezone

from articles import actions as newsroom
from articles import correcting
from articles.models import Article
from licensing import allowed_uses
from licensing.actions import deliveries, grants, recalls
from licensing.actions import partners as verbs
from licensing.models import Delivery, Recall, RecalledCopy
from licensing.recalls import whom_it_reaches
from tests.factories.articles import make_live_article
from tests.factories.complaints import upheld
from tests.factories.crossposts import make_crosspost
from tests.factories.partners import fetch, fetched, make_partner
from tests.factories.recalls import NOTICE, TEXT, put_right, rewrite, taken_by, tell_all, told_at
from tests.factories.requests import make_granted_request
from tests.factories.takings import free_for_community_sites
from tests.racing import race

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()


@pytest.fixture
def article(people):
    free_for_community_sites()
    body = TEXT.format(year=1931)
    return make_live_article(people=people, headline="The last lamplighter", body=body)


@pytest.fixture
def editor(people):
    return people["editor"]


@pytest.fixture
def partner(article):
    """Its feed has given it the article."""
    partner = make_partner()
    fetch(partner)
    return partner


def letters(*partners) -> list[int]:
    return [len(told_at(partner.email)) for partner in partners]


def test_a_correction_reaches_whose_feed_gave_what_was_wrong(partner, article, editor):
    never = make_partner()
    rewrite(article, by=editor, year=1913)
    right = make_partner()
    fetch(right)
    assert whom_it_reaches(article, revision=article.revisions.first()) == [
        "1 holder of a copy is told."
    ]
    put_right(article, by=editor)
    # The feed has brought the right text meanwhile: what was printed before is still to be seen to.
    fetch(partner)
    assert tell_all() == 1
    assert letters(partner, right, never) == [1, 0, 0]
    (letter,) = told_at(partner.email)
    assert "The last lamplighter" in letter.subject and f"> {NOTICE}" in letter.message
    assert "  – The lamps went out in 1931" in letter.message
    copy = RecalledCopy.objects.get()
    assert (copy.partner, copy.grant) == (partner, None)
    assert copy.revision == article.revisions.last() and partner.outlet in copy.named


@pytest.mark.parametrize("cause", ["retraction", "withdrawal", "withholding"])
def test_what_is_taken_back_reaches_every_partner_who_has_it(partner, article, people, cause):
    rewrite(article, by=people["editor"], year=1913)
    newest = make_partner()
    fetch(newest)
    if cause == "retraction":
        put_right(article, by=people["editor"], kind=cause)
    elif cause == "withdrawal":
        row = Article.objects.get(pk=article.pk)
        newsroom.withdraw(row, by=people["managing_editor"], reason="Made up.", notice=NOTICE)
    else:
        upheld(article, people=people)
    late = make_partner()
    fetch(late)
    assert tell_all() == 2 and letters(partner, newest, late) == [1, 1, 0]
    letter = told_at(partner.email)[0].message
    assert "take your copy down" in letter and "Made up." not in letter
    assert (NOTICE in letter) is (cause != "withholding")


@pytest.mark.parametrize("changed", ["body", "headline", "retraction"])
def test_who_was_given_an_excerpt_holds_nothing_else_of_the_text(partner, article, editor, changed):
    Delivery.objects.update(is_whole=False)
    if changed == "headline":
        Article.objects.filter(pk=article.pk).update(headline="The first lamplighter")
    kind = "retraction" if changed == "retraction" else "correction"
    put_right(article, by=editor, kind=kind, year=1913)
    assert tell_all() == int(changed != "body")


def test_a_partner_that_is_switched_off_still_holds_what_it_has(partner, article, people):
    verbs.switch_off(partner, by=people["rights_manager"])
    put_right(article, by=people["editor"], kind="retraction")
    assert tell_all() == 1 and letters(partner) == [1]


def test_who_was_told_by_the_feed_to_take_it_down_holds_it_no_longer(people):
    text = make_live_article(people=people)
    partner = make_partner(use="print")
    told = {"people": people, "requester_email": partner.email}
    grant = make_granted_request(articles=[text], **told).grants.get()
    fetch(partner)
    grants.revoke(grant, by=people["rights_manager"], reason="Not paid.")
    fetch(partner)
    put_right(text, by=people["editor"], kind="retraction")
    assert not Recall.objects.exists()


def test_a_partner_with_a_licence_of_its_own_is_one_holder(article, people):
    partner = make_partner(email="ines@outlet.example")
    taken_by("ines", article)
    fetch(partner)
    assert whom_it_reaches(article) == ["1 holder of a copy is told."]
    put_right(article, by=people["editor"], year=1913)
    assert tell_all() == 1 and letters(partner) == [1]


def test_a_withdrawal_that_is_undone_before_anybody_was_told_recalls_nothing(
    partner, article, people
):
    row = Article.objects.get(pk=article.pk)
    newsroom.withdraw(row, by=people["managing_editor"], reason="In doubt.")
    newsroom.reinstate(row, by=people["managing_editor"], reason="It holds.")
    assert tell_all() == 0 and not RecalledCopy.objects.exists() and letters(partner) == [0]


def test_a_partner_is_reminded_until_it_answers_and_its_copies_are_looked_at(
    partner, article, editor
):
    grant = taken_by("noor", article)
    type(partner).objects.filter(pk=partner.pk).update(licensee_key=grant.licensee_key)
    crosspost = make_crosspost(article, grant=grant)
    put_right(article, by=editor, year=1913)
    at = timezone.now()
    tell_all(at=at)
    copy = RecalledCopy.objects.get(partner=partner)
    assert [recalls.remind_some(at=at + day * DAY) for day in (2, 3, 4)] == [0, 1, 0]
    assert "We have not heard from you yet" in told_at(partner.email)[-1].message
    recalls.answer(copy, answer="put_right", at=at + 5 * DAY)
    assert recalls.remind_some(at=at + 8 * DAY) == 0
    crosspost.refresh_from_db()
    assert crosspost.next_check_at <= at + 5 * DAY


# --- At once ----------------------------------------------------------------------------------


def test_a_text_that_changes_while_a_feed_is_written_is_written_anew(article, editor, monkeypatch):
    partner, give = make_partner(), deliveries.give
    acts = [partial(put_right, article, by=editor, kind="retraction")]

    def meanwhile(*told):
        if acts:
            acts.pop()()
        return give(*told)

    monkeypatch.setattr(deliveries, "give", meanwhile)
    response = fetched(partner)
    assert response.status_code == 200 and NOTICE in response.content.decode()
    # It was given the text with its notice, and nothing else: nobody has to be told.
    assert Delivery.objects.get().partner == partner and not Recall.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_fetches_a_feed_while_a_text_is_retracted_comes_before_it_or_after(article, editor):
    partners = [make_partner() for _number in range(5)]
    retract = partial(
        correcting.correct, article, by=editor, kind="retraction", text=NOTICE, at=timezone.now()
    )
    visits = [partial(fetched, partner) for partner in partners]
    outcomes = race([*visits[:3], retract, *visits[3:]])
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    del outcomes[3]
    tell_all()
    # While its uses are worked out anew an article is in no feed: who was not given it holds none.
    contents = [one.content.decode() for one in outcomes]
    assert letters(*partners) == [
        int(article.headline in content and NOTICE not in content) for content in contents
    ]


@pytest.mark.django_db(transaction=True)
def test_feeds_and_changes_of_many_articles_wait_for_each_other_once(article, people):
    articles = [make_live_article(people=people) for _number in range(4)]
    partners = [make_partner() for _number in range(2)]
    for partner in partners:
        fetch(partner)
    # The rows are not in the order of their articles.
    Delivery.objects.filter(article=articles[0]).delete()
    fetch(partners[0]), fetch(partners[1])
    touch = partial(allowed_uses.touched, Article.objects.all())
    visits = [partial(fetched, partner) for partner in partners * 2]
    outcomes = race([visits[0], touch, visits[1], touch, visits[2], touch, visits[3]])
    assert [one for one in outcomes if isinstance(one, Exception)] == []
