"""A copy taken by name: a grant at once by the terms, its letter, the record; or a plain no."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import actions
from articles.pages import loaded
from cms.outbox.models import PromisedMail
from cms.workflows.actions import MoveNotAllowed
from licensing import reports
from licensing.actions import settling, taking
from licensing.models import Grant, PermissionRequest, Pixel, RequestLink
from licensing.queue import queue_counts
from licensing.rights.decide import decide
from licensing.rights.facts import Requester
from licensing.rights.vocabulary import Use
from licensing.snapshot import snapshot
from tests.factories.articles import make_image, make_live_article, make_publication
from tests.factories.clearances import clear
from tests.factories.holders import letters_to
from tests.factories.requests import make_taken_request
from tests.factories.takings import TAKER, WHO, change, free_for_community_sites, make_taking

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def terms():
    return free_for_community_sites()


@pytest.fixture
def article(people, terms):
    return make_live_article(people=people, headline="The last lamplighter")


def nothing_was_kept() -> bool:
    rows = (PermissionRequest, Grant, Pixel, PromisedMail, RequestLink)
    return not any(model.objects.exists() for model in rows)


def test_who_takes_a_copy_holds_a_licence_of_the_terms_that_were_shown(article, terms):
    grant = make_taking(article)
    row = grant.permission_request
    event = row.events.get()
    assert (row.came_by, row.status, grant.status) == ("kit", "granted", "active")
    assert (event.move, event.by, event.actor) == ("take", None, "The requester")
    assert event.facts["terms"] == "Community · v1" and TAKER not in str(event.facts)
    assert grant.terms_version == terms.versions.get()
    assert grant.conditions == ["name_author", "link_original"]
    assert grant.valid_until is None and grant.granted.get().article == article
    assert grant.number in grant.granted.get().attribution
    letter = letters_to(TAKER)[0].message
    assert grant.number in letter and "/permissions/" in letter


def test_the_licence_holds_when_the_terms_change_later(article, terms):
    grant = make_taking(article)
    change(terms, "name_author", "no_edits", "tell_us")
    now, who = timezone.now(), Requester(TAKER)
    facts = snapshot(loaded(type(article).objects).get(pk=article.pk), at=now, requester=who)
    assert decide(facts, Use.COMMUNITY_WEB, now, who).grant == grant.number


def test_terms_that_changed_since_they_were_shown_are_not_accepted(article, terms):
    with pytest.raises(taking.TermsChanged):
        make_taking(article, accepted="something else")
    seen = taking.offered(article, Use.COMMUNITY_WEB, at=timezone.now()).key
    change(terms, "name_author", "no_edits")
    with pytest.raises(taking.TermsChanged):
        make_taking(article, accepted=seen)
    assert nothing_was_kept()


@pytest.mark.parametrize("use", [Use.PRINT, Use.COMMERCIAL_WEB, Use.EXCERPT])
def test_what_the_terms_do_not_give_everybody_is_not_taken(article, use):
    with pytest.raises(MoveNotAllowed):
        make_taking(article, use=use)
    assert nothing_was_kept()


def test_what_is_not_public_any_more_is_not_taken(people, article):
    accepted = taking.offered(article, Use.COMMUNITY_WEB, at=timezone.now()).key
    actions.withdraw(article, by=people["managing_editor"], reason="It was invented.")
    with pytest.raises(MoveNotAllowed, match="not public"):
        make_taking(article, accepted=accepted)
    assert nothing_was_kept()


def test_the_same_person_has_one_licence_for_one_copy_and_a_letter_a_day(article):
    first = make_taking(article)
    assert make_taking(article, email=TAKER.upper(), name="INES ROCA") == first
    assert make_taking(article) == first
    assert len(letters_to(TAKER)) == 2
    make_taking(article, at=timezone.now() + DAY)
    assert len(letters_to(TAKER)) == 3 and Grant.objects.count() == 1


def test_an_address_alone_opens_nobody_else_s_licence(article):
    first = make_taking(article)
    assert make_taking(article, name="Somebody Else") != first
    assert make_taking(article, outlet="Another Watch") != first


def test_a_licence_that_was_revoked_is_not_given_out_again(people, article):
    first = make_taking(article)
    taking.grants.revoke(first, by=people["rights_manager"], reason="Sold on.")
    assert make_taking(article) != first


def test_it_counts_for_as_long_as_we_hold_it(people, terms):
    gazette = make_publication("The Gazette")
    until = timezone.localdate() + 30 * DAY
    clear(gazette, by=people["rights_desk"], passes_on=["community_web"], valid_until=until)
    article = make_live_article(people=people, originating_publication=gazette)
    assert make_taking(article).valid_until == until


def test_the_pictures_that_are_cleared_go_along_and_no_others(people, terms):
    article = make_live_article(people=people, featured_image=make_image())
    decision = taking.offered(article, Use.COMMUNITY_WEB, at=timezone.now()).decision
    free = {one.element.key for one in decision.elements[1:] if one not in decision.left_out}
    assert set(make_taking(article).granted.get().pictures) == free


def test_an_exclusive_licence_of_somebody_stands_in_the_way_and_is_not_named(people, article):
    asked = make_taken_request(
        people=people,
        articles=[article],
        use=Use.COMMUNITY_WEB,
        is_exclusive=True,
        outlet="The Secret Times",
    )
    settling.issue(asked, by=people["rights_desk"])
    mails = PromisedMail.objects.count()
    with pytest.raises(MoveNotAllowed) as refusal:
        make_taking(article)
    assert "Secret Times" not in str(refusal.value.reasons)
    assert Grant.objects.count() == 1 and PromisedMail.objects.count() == mails


def test_who_earns_money_does_not_take_what_is_for_community_sites(article):
    with pytest.raises(ValidationError, match="non-commercial"):
        make_taking(article, kind="commercial")
    assert nothing_was_kept()


@pytest.mark.parametrize(
    "told",
    [
        {"email": "nobody"},
        {"email": "ines@localhost\nBcc: all@x.example"},
        {"name": "Ines\0Roca"},
        {"name": "x" * 500},
        {"outlet": "two\nlines"},
        {"outlet_url": "javascript:alert(1)"},
        {"kind": "made up"},
        {"language": "tlh"},
    ],
)
def test_what_makes_no_sense_is_refused_and_not_kept(article, told):
    with pytest.raises(ValidationError):
        make_taking(article, **told)
    assert nothing_was_kept()


def test_a_copy_is_counted_unless_that_is_refused_where_it_may_be(article, terms):
    assert make_taking(article).pixels.count() == 1
    other = make_taking(article, name="Noor Haddad", is_counted=False)
    assert not other.pixels.exists()
    change(terms, "name_author", "keep_pixel")
    assert make_taking(article, name="Odd Berg", is_counted=False).pixels.count() == 1


def test_the_desk_does_not_count_what_the_terms_give(people, article):
    make_taking(article)
    today = timezone.localdate()
    period = reports.Period(today, today)
    assert reports.settled(period).count() == 0
    assert [month.count for month in reports.answer_times(period)] == [0]
    assert not any(queue_counts(people["rights_desk"]).values())


def test_only_the_republish_page_takes(people, article):
    row = make_taken_request(people=people, articles=[article], use=Use.COMMUNITY_WEB)
    for by in (None, people["rights_manager"]):
        with pytest.raises(MoveNotAllowed):
            taking.give(row, by=by)


def test_whom_it_is_told_stands_in_the_language_that_was_chosen(article):
    make_taking(article, **{**WHO, "language": "fr"})
    assert "Merci" in letters_to(TAKER)[0].message
