"""Towards a rights holder: what is stale, late or hostile changes nothing and mails nobody."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone
from post_office.models import Email

from cms.workflows.actions import MoveNotAllowed, NotYours
from licensing import asking, letters, links
from licensing.actions import clearances
from licensing.models import Clearance, ClearanceEvent, ClearanceLink, ClearanceMessage
from tests.factories.articles import house, make_article, make_publication
from tests.factories.clearances import make_clearance
from tests.factories.holders import HOLDER, letters_to, link_of, make_asked, secret_path
from tests.racing import race

WEEK = timedelta(days=7)
TERMS = {"covers": ["web"]}


@pytest.fixture
def desk(people):
    return people["rights_desk"]


def everything():
    models = (Clearance, ClearanceEvent, ClearanceLink, ClearanceMessage)
    return [list(model.objects.order_by("pk").values()) for model in models] + [
        Email.objects.count()
    ]


def seen_before_the_answer(desk):
    """A clearance as a colleague's page shows it, while the holder says no."""
    stale = make_asked(by=desk)
    clearances.refuse_by_link(link_of(secret_path()), name="Ines Roca")
    assert stale.status == "requested"
    return stale


def test_whoever_has_answered_meanwhile_is_not_reminded(desk):
    stale = seen_before_the_answer(desk)
    before = everything()
    asked = letters.asked_at(stale)
    assert not clearances.remind(stale, number=1, asked=asked, at=timezone.now() + WEEK)
    assert everything() == before


def test_whoever_has_answered_meanwhile_is_not_written_to(desk):
    stale = seen_before_the_answer(desk)
    before = everything()
    with pytest.raises(MoveNotAllowed, match="answer is there already"):
        clearances.answer(stale, by=desk, text="Any news?")
    assert everything() == before


@pytest.mark.parametrize("verb", ["answer", "withdraw_links"])
def test_letters_and_links_are_the_desks(people, desk, verb):
    clearance = make_asked(by=desk)
    before = everything()
    told = {"text": "In English."} if verb == "answer" else {}
    for role in ("contributor", "editor", "managing_editor"):
        with pytest.raises(NotYours):
            getattr(clearances, verb)(clearance, by=people[role], **told)
    people["rights_desk"].is_active = False
    with pytest.raises(NotYours):
        getattr(clearances, verb)(clearance, by=people["rights_desk"], **told)
    assert everything() == before


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001, "NUL \x00"])
def test_an_answer_that_says_nothing_is_not_sent(desk, text):
    clearance = make_asked(by=desk)
    before = everything()
    with pytest.raises(MoveNotAllowed):
        clearances.answer(clearance, by=desk, text=text)
    assert everything() == before


def test_an_article_of_any_headline_can_be_asked_for(people, desk):
    """Texts that came in long ago hold what no form would take today."""
    for headline in ("x" * 200, "Two\nlines", "turned \u202e around", "NUL-like \x07 bell"):
        article = make_article(by=people["editor"], headline=headline)
        make_asked(by=desk, article=article, holder_contact=HOLDER, holder_name="The Gazette")
        subject = letters_to(HOLDER)[-1].subject
        assert len(subject) <= 120 and subject.isprintable()


def test_a_contact_of_ours_that_no_mail_takes_keeps_nobody_from_asking(desk):
    ours = house()
    type(ours).objects.filter(pk=ours.pk).update(rights_contact='"a,b"@house.example')
    make_asked(by=desk)
    (mail,) = letters_to(HOLDER)
    assert "Reply-To" not in mail.headers


def test_the_same_answer_given_twice_over_is_kept_once(desk):
    make_asked(by=desk)
    terms = {
        "covers": ["web", "web", "print"],
        "passes_on": ["excerpt", "excerpt"],
        "conditions": ["no_edits", "no_edits"],
    }
    clearances.grant_by_link(link_of(secret_path()), name="Ines Roca", terms=terms)
    clearance = Clearance.objects.get()
    assert clearance.covers == ["web", "print"]
    assert clearance.passes_on == ["excerpt"]
    assert clearance.conditions == ["no_edits"]


def test_nothing_but_its_terms_is_settled_on_the_link(desk, people):
    asked = make_asked(by=desk)
    other = make_publication()
    hostile = {**TERMS, "status": "revoked", "publication": other, "note": "x", "basis": "own_work"}
    clearances.grant_by_link(link_of(secret_path()), name="Ines Roca", terms=hostile)
    asked.refresh_from_db()
    assert (asked.status, asked.basis, asked.note) == ("granted", "agreement", "")
    assert asked.publication != other


def test_what_the_desk_changed_after_the_holder_looked_is_not_agreed_to(desk):
    asked = make_asked(by=desk)
    link = link_of(secret_path())
    seen = links.find(secret_path().strip("/").rpartition("/")[2]).clearance
    Clearance.objects.filter(pk=asked.pk).update(is_exclusive=True)
    before = everything()
    with pytest.raises(MoveNotAllowed, match="changed"):
        clearances.grant_by_link(link, name="Ines Roca", terms=TERMS, seen=asking.fingerprint(seen))
    assert everything() == before


# --- Two at once ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_neither_the_holder_nor_the_desk_meets_a_deadlock(people):
    """Both take the clearance first and its links after it."""
    for place in range(8):
        clearance = make_asked(by=people["rights_desk"])
        mine = Clearance.objects.get(pk=clearance.pk)
        answer = (
            partial(clearances.grant_by_link, link_of(secret_path()), name="A", terms=TERMS),
            partial(clearances.refuse_by_link, link_of(secret_path()), name="A"),
        )[place % 2]
        outcomes = race(
            [
                answer,
                partial(clearances.refuse, mine, by=people["rights_manager"], reason="Too dear."),
                partial(clearances.withdraw_links, mine, by=people["rights_manager"]),
            ]
        )
        broken = [
            outcome
            for outcome in outcomes
            if isinstance(outcome, Exception) and not isinstance(outcome, MoveNotAllowed)
        ]
        assert not broken, outcomes
        clearance.refresh_from_db()
        assert clearance.status in ("granted", "refused")
        assert not clearance.links.filter(answered_at=None, revoked_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_whoever_answers_while_a_reminder_is_written_leaves_no_open_link(people):
    for _round in range(6):
        asked = make_asked(by=people["rights_desk"])
        stale, at = Clearance.objects.get(pk=asked.pk), timezone.now() + WEEK
        outcomes = race(
            [
                partial(clearances.refuse_by_link, link_of(secret_path()), name="A"),
                partial(clearances.remind, stale, number=1, asked=letters.asked_at(stale), at=at),
            ]
        )
        asked.refresh_from_db()
        is_answered = isinstance(outcomes[0], ClearanceEvent)
        is_reminded = outcomes[1] is True
        assert is_answered != is_reminded, outcomes
        open_links = asked.links.filter(answered_at=None, revoked_at=None).count()
        assert (asked.status, open_links) == (("refused", 0) if is_answered else ("requested", 1))


@pytest.mark.django_db(transaction=True)
def test_questions_asked_at_once_are_all_counted(people, monkeypatch):
    monkeypatch.setattr(clearances, "MOST_MESSAGES_A_DAY", 3)
    make_asked(by=people["rights_desk"])
    path = secret_path()
    runners = [
        partial(clearances.ask_by_link, link_of(path), name="A", text="Why?") for _place in range(6)
    ]
    outcomes = race(runners)
    assert ClearanceMessage.objects.count() == 3, outcomes


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_for_it_at_once_one_letter_goes_out(people):
    for _round in range(4):
        clearance = make_clearance(by=people["rights_desk"], grant=False)
        before = len(letters_to(HOLDER))
        race(
            [
                partial(
                    clearances.request,
                    Clearance.objects.get(pk=clearance.pk),
                    by=people["rights_desk"],
                )
                for _place in range(4)
            ]
        )
        assert len(letters_to(HOLDER)) == before + 1
        assert clearance.links.count() == 1
