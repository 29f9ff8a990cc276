"""Complaints: heard, answered within a promised time, upheld at once everywhere, lifted again."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import actions as newsroom
from articles import readiness
from articles.models import Article, GalleryImage, Image
from cms.workflows.actions import MoveNotAllowed, NotYours, TooLate
from licensing import allowed_uses
from licensing.actions import complaints
from licensing.models import AllowedUse, Complaint, ComplaintEvent, CounterNotice, Recall
from licensing.models.recall import RecallCause
from licensing.rights.decide import decide
from licensing.rights.vocabulary import Use, Verdict
from licensing.snapshot import snapshot
from tests.factories.articles import house, make_image, make_live_article
from tests.factories.complaints import (
    COMPLAINANT,
    COUNTER,
    acknowledged,
    countered,
    make_complaint,
    upheld,
)
from tests.factories.hidden import approved, withdrawn
from tests.factories.holders import letters_to
from tests.factories.requests import make_granted_request
from tests.factories.rights import stand_under

DESK = "rights@house.example"


def is_live(article) -> bool:
    return Article.objects.live().filter(pk=article.pk).exists()


@pytest.fixture
def article(people):
    stand_under()
    return make_live_article(people=people)


@pytest.fixture
def manager(people):
    return people["rights_manager"]


# --- The way of a complaint -------------------------------------------------------------------


def test_a_complaint_is_heard_at_once_and_both_sides_are_told(article, settings):
    ours = house()
    ours.rights_contact = DESK
    ours.save()
    complaint = make_complaint(article, language="fr")
    assert (complaint.number, complaint.status) == (f"CO-{timezone.now().year}-000001", "received")
    day = timezone.localdate() + timedelta(days=settings.ANSWER_PROMISED_DAYS)
    assert complaint.promised_by == day
    assert is_live(article)
    (letter,) = letters_to(COMPLAINANT)
    assert letter.subject == f"{complaint.number} : nous avons reçu votre notification"
    assert "/complaints/" in letter.message and "a-text" in letter.message
    (told,) = letters_to(DESK)
    assert complaint.number in told.subject and complaint.get_admin_url() in told.message
    assert complaint.name not in told.message


def test_each_answer_has_its_letter_and_the_reason_stands_in_it(article, people, manager):
    complaint = countered(article, people=people)
    complaints.restore(complaint, reason="She went to no court.", by=manager)
    said = [mail.subject.partition(": ")[2] for mail in letters_to(COMPLAINANT)]
    assert said == [
        "we have your notice",
        "we are looking at your notice",
        "we no longer show it",
        "a counter-notice",
        "it is shown again",
    ]
    letters = letters_to(COMPLAINANT)
    assert "It is hers." in letters[2].message
    assert COUNTER["text"] in letters[3].message and COUNTER["contact"] in letters[3].message


def test_the_record_names_what_was_withheld_and_no_person(article, people):
    complaint = countered(article, people=people)
    events = list(complaint.events.order_by("number"))
    assert [event.move for event in events] == ["acknowledge", "uphold", "counter"]
    assert events[1].facts == {"articles": [article.pk]}
    said = " ".join(f"{event.actor} {event.facts}" for event in ComplaintEvent.objects.all())
    assert complaint.name not in said and COUNTER["name"] not in said


def test_only_who_may_decide_decides(article, people):
    complaint = acknowledged(article, people=people)
    for role in ("contributor", "editor", "managing_editor", "rights_desk"):
        with pytest.raises(NotYours):
            complaints.uphold(complaint, reason="No.", by=people[role])
        with pytest.raises(NotYours):
            complaints.reject(complaint, reason="No.", by=people[role])
    assert is_live(article) and complaint.status == "acknowledged"


def test_nothing_is_upheld_before_somebody_says_what_it_is_about(article, people, manager):
    complaint = acknowledged(people=people)
    with pytest.raises(MoveNotAllowed, match="which article"):
        complaints.uphold(complaint, reason="Hers.", by=manager)
    complaints.point_to(complaint, articles=[article], pictures=[], by=people["rights_desk"])
    complaints.uphold(complaint, reason="Hers.", by=manager)
    assert not is_live(article)
    with pytest.raises(MoveNotAllowed, match="decided"):
        complaints.point_to(complaint, articles=[], pictures=[], by=people["rights_desk"])


def test_whoever_comes_second_is_told_and_changes_nothing(article, people, manager):
    complaint = acknowledged(article, people=people)
    stale = Complaint.objects.get(pk=complaint.pk)
    complaints.reject(complaint, reason="Not hers.", by=manager)
    with pytest.raises(TooLate):
        complaints.uphold(stale, reason="Hers.", by=manager)
    assert is_live(article)


def test_a_complaint_is_signed_in_good_faith_or_not_heard(article):
    for told in ({"is_in_good_faith": False}, {"is_accurate": False}, {"signature": ""}):
        with pytest.raises(ValidationError):
            make_complaint(article, **told)
    assert not Complaint.objects.exists()


# --- Withheld ---------------------------------------------------------------------------------


def test_what_is_upheld_is_withheld_by_every_rule_and_comes_back_by_lifting(
    article, people, manager
):
    def answer():
        fresh = Article.objects.get(pk=article.pk)
        return decide(snapshot(fresh), Use.COMMUNITY_WEB, timezone.now()).verdict

    assert answer() == Verdict.GRANTED
    assert AllowedUse.objects.filter(article=article).exists()
    complaint = upheld(article, people=people)
    assert not is_live(article)
    assert answer() == Verdict.REFUSED
    assert not AllowedUse.objects.filter(article=article).exists()
    assert not allowed_uses.unknown().exists()
    article.refresh_from_db()
    assert article.carry_until == complaint.withheld_at
    assert any(complaint.number in reason for reason in readiness.blockers(article))
    complaints.restore(complaint, reason="She agrees.", by=manager)
    assert is_live(article) and answer() == Verdict.GRANTED
    assert AllowedUse.objects.filter(article=article).exists()
    assert complaint.status == "closed" and not readiness.blockers(article)


def test_a_rejected_counter_notice_case_brings_it_back_and_closing_does_not(
    people, article, manager
):
    complaint = countered(article, people=people)
    complaints.close(complaint, reason="The court says so.", by=manager)
    assert not is_live(article) and complaint.is_withholding
    with pytest.raises(MoveNotAllowed, match="Restore"):
        complaints.reopen(complaint, reason="New facts.", by=manager)
    complaints.restore(complaint, reason="The appeal says so.", by=manager)
    assert is_live(article)
    complaints.reopen(complaint, reason="New facts.", by=manager)
    complaints.uphold(complaint, reason="After all.", by=manager)
    assert not is_live(article)
    other = make_live_article(people=people)
    second = countered(other, people=people)
    complaints.reject(second, reason="It was a mistake.", by=manager)
    assert is_live(other) and second.status == "rejected"


def test_what_two_withhold_comes_back_when_both_are_lifted(article, people, manager):
    first, second = upheld(article, people=people), upheld(article, people=people)
    complaints.restore(first, reason="Agreed.", by=manager)
    assert not is_live(article)
    complaints.restore(second, reason="Agreed.", by=manager)
    assert is_live(article)


def test_no_verb_of_the_newsroom_lets_out_what_is_withheld(people):
    waiting, gone = approved(people), withdrawn(people)
    upheld(waiting, gone, people=people)
    with pytest.raises(MoveNotAllowed, match="withheld"):
        newsroom.publish(waiting, by=people["editor"])
    with pytest.raises(MoveNotAllowed, match="withheld"):
        newsroom.reinstate(gone, by=people["managing_editor"], reason="Right after all.")
    with pytest.raises(MoveNotAllowed, match="withheld"):
        tomorrow = timezone.now() + timedelta(days=1)
        newsroom.schedule(waiting, by=people["editor"], publish_at=tomorrow)


def test_saving_an_article_that_is_withheld_does_not_bring_it_back(article, people):
    upheld(article, people=people)
    article.refresh_from_db()
    article.headline = "Another headline"
    article.save()
    newsroom.revise(article, by=people["editor"])
    assert not is_live(article)


def test_a_picture_is_withheld_and_the_article_stays(article, people, manager):
    image = make_image()
    GalleryImage.objects.create(article=article, image=image)
    complaint = upheld(people=people, pictures=[image])
    assert is_live(article)
    assert not Image.objects.public().filter(pk=image.pk).exists()
    complaints.restore(complaint, reason="Agreed.", by=manager)
    assert Image.objects.public().filter(pk=image.pk).exists()


def test_whoever_holds_a_copy_is_told_in_the_same_transaction(people):
    granted = make_granted_request(people=people)
    article = Article.objects.get(requested__permission_request=granted)
    complaint = upheld(article, people=people)
    recall = Recall.objects.get()
    assert (recall.article, recall.cause, recall.at) == (
        article,
        RecallCause.WITHHOLDING,
        complaint.withheld_at,
    )


# --- The other side ---------------------------------------------------------------------------


def test_the_other_side_answers_once_and_only_what_was_upheld(article, people, manager):
    complaint = acknowledged(article, people=people)
    with pytest.raises(MoveNotAllowed):
        complaints.counter(complaint, **COUNTER)
    with pytest.raises(MoveNotAllowed, match="upheld"):
        complaints.invite(complaint, to="ada@authors.example", by=people["rights_desk"])
    complaints.uphold(complaint, reason="Hers.", by=manager)
    complaints.invite(complaint, to="ada@authors.example", by=people["rights_desk"])
    (letter,) = letters_to("ada@authors.example")
    assert complaint.name not in letter.message and complaint.email not in letter.message
    complaints.counter(complaint, by=people["managing_editor"], **COUNTER)
    assert CounterNotice.objects.get().by == people["managing_editor"]
    assert complaint.status == "counter_notice" and not is_live(article)
    complaints.close(complaint, reason="Settled.", by=manager)
    assert len(letters_to("ada@authors.example")) == 2


def test_a_case_that_is_reopened_and_upheld_anew_may_be_countered_anew(article, people, manager):
    complaint = countered(article, people=people)
    with pytest.raises(MoveNotAllowed, match="already"):
        complaints.counter(complaint, **COUNTER)
    complaints.reject(complaint, reason="They had leave.", by=manager)
    complaints.reopen(complaint, reason="The leave had ended.", by=manager)
    complaints.uphold(complaint, reason="It had.", by=manager)
    complaints.counter(complaint, **{**COUNTER, "text": "It was renewed."})
    assert [one.text for one in complaint.counter_notices.all()] == [
        "It was renewed.",
        COUNTER["text"],
    ]
    assert complaint.status == "counter_notice" and not is_live(article)


def test_only_the_desk_ends_the_links_of_a_complainant(article, people):
    complaint = upheld(article, people=people)
    complaints.invite(complaint, to="ada@authors.example", by=people["rights_desk"])
    with pytest.raises(NotYours):
        complaints.end_links(complaint, by=people["editor"])
    assert complaints.end_links(complaint, by=people["rights_desk"]) == 3
    (left,) = [link for link in complaint.links.all() if link.is_open()]
    assert left.sent_to == "ada@authors.example"


def test_the_public_page_of_a_licence_names_the_text_no_longer(client, people):
    granted = make_granted_request(people=people)
    article = Article.objects.get(requested__permission_request=granted)
    address = granted.grants.get().get_absolute_url()
    assert article.headline in client.get(address).content.decode()
    upheld(article, people=people)
    page = client.get(address).content.decode()
    assert article.headline not in page
    assert "Not available after a notice by a rights holder" in page
