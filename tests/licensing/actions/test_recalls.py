"""A text is put right or taken back: everyone who holds a copy of what was wrong hears of it once,
and nobody else; what they answer is on record.
"""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import actions as newsroom
from articles import correcting
from articles.models import Article
from cms.workflows.actions import MoveNotAllowed, NotYours
from licensing import recall_letters
from licensing.actions import complaints, crossposts, erasure, grants, recalls
from licensing.models import (
    Crosspost,
    CrosspostCheck,
    Grant,
    GrantStatus,
    Recall,
    RecallAnswer,
    RecalledCopy,
)
from licensing.recall_words import said_of
from tests.factories.articles import make_live_article
from tests.factories.complaints import upheld
from tests.factories.crossposts import make_crosspost, make_grant_of
from tests.factories.partners import fetch, make_partner
from tests.factories.recalls import (
    NOTICE,
    TEXT,
    put_right,
    rewrite,
    taken_by,
    tell_all,
    told,
)
from tests.factories.takings import free_for_community_sites
from tests.racing import race

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def article(people):
    free_for_community_sites()
    body = TEXT.format(year=1931)
    return make_live_article(people=people, headline="The last lamplighter", body=body)


@pytest.fixture
def editor(people):
    return people["editor"]


def names() -> list[str]:
    """Who stands on the lists of all recalls, told or not."""
    return sorted(copy.named for copy in RecalledCopy.objects.select_related("grant", "crosspost"))


def withdraw(article, people, **fields):
    return newsroom.withdraw(
        Article.objects.get(pk=article.pk),
        by=people["managing_editor"],
        reason="Made up.",
        **fields,
    )


# --- Who is told ------------------------------------------------------------------------------


def test_a_correction_reaches_who_took_what_was_wrong_and_not_who_took_what_is_right(
    article, editor
):
    taken_by("ines", article)
    rewrite(article, by=editor, year=1913)
    taken_by("noor", article)
    put_right(article, by=editor)
    assert tell_all() == 1
    assert len(told("ines")) == 1 and told("noor") == []
    recall = Recall.objects.get()
    assert (recall.cause, recall.notice) == ("correction", NOTICE)
    assert recall.revision == article.revisions.first()


def test_who_took_it_after_the_change_is_not_told_though_spelling_was_mended_since(article, editor):
    rewrite(article, by=editor, year=1913)
    taken_by("noor", article)
    row = Article.objects.get(pk=article.pk)
    row.tags.add("lamps")
    newsroom.revise(row, by=editor)
    put_right(article, by=editor)
    assert not Recall.objects.exists()


def test_a_notice_without_a_change_of_the_text_reaches_everybody(article, editor):
    rewrite(article, by=editor, year=1913)
    put_right(article, by=editor)
    taken_by("noor", article)
    put_right(article, by=editor, kind="clarification")
    tell_all()
    assert names() == ["Noor, Noor News"]


def test_a_retraction_reaches_everybody_however_new_their_copy(article, editor):
    taken_by("ines", article)
    rewrite(article, by=editor, year=1913)
    taken_by("noor", article)
    put_right(article, by=editor, kind="retraction")
    taken_by("late", article)
    tell_all()
    assert names() == ["Ines, Ines News", "Noor, Noor News"]
    assert "no longer stand by" in told("noor")[0].message


def test_a_withdrawal_reaches_everybody_in_the_words_for_readers_alone(article, people):
    taken_by("ines", article)
    withdraw(article, people, notice="It rests on a forged letter.")
    tell_all()
    letter = told("ines")[0].message
    assert "> It rests on a forged letter." in letter and "Made up." not in letter
    assert "take your copy down" in letter


def test_nobody_is_asked_to_take_down_what_was_reinstated_meanwhile(article, people):
    taken_by("ines", article)
    withdraw(article, people)
    newsroom.reinstate(
        Article.objects.get(pk=article.pk), by=people["managing_editor"], reason="A mistake."
    )
    assert tell_all() == 0 and names() == []


def test_a_complaint_that_withholds_a_text_recalls_its_copies_once(article, people):
    taken_by("ines", article)
    Article.objects.filter(pk=article.pk).update(carry_until=timezone.now())
    for _twice in range(2):
        recalls.withhold(article, key="complaint-7", by=people["rights_manager"])
    tell_all()
    assert Recall.objects.get().cause == "withholding" and len(told("ines")) == 1


def test_where_nobody_holds_a_copy_nothing_is_written(article, editor):
    put_right(article, by=editor, year=1913)
    assert not Recall.objects.exists()


def test_what_ended_counts_only_where_a_copy_is_known_to_stand(article, people):
    held = [taken_by(name, article) for name in ("ines", "noor", "olu", "pia")]
    make_crosspost(article, grant=held[1])
    gone = make_crosspost(article, grant=held[2])
    crossposts.mark_gone(gone, by=people["rights_desk"])
    for grant in held[:3]:
        grants.revoke(grant, by=people["rights_manager"], reason="Sold on.")
    put_right(article, by=people["editor"], year=1913)
    tell_all()
    assert names() == ["Noor, Noor News", "Pia, Pia News"]


def test_a_licence_that_has_run_out_counts_only_with_its_copy(article, people):
    last = timezone.localdate() - DAY
    ines, noor = taken_by("ines", article), taken_by("noor", article)
    Grant.objects.filter(pk__in=[ines.pk, noor.pk]).update(
        valid_from=last - DAY, valid_until=last, status=GrantStatus.EXPIRED
    )
    make_crosspost(article, grant=noor)
    put_right(article, by=people["editor"], year=1913)
    tell_all()
    assert names() == ["Noor, Noor News"]


def test_an_extended_licence_stands_for_the_copy_that_it_was_first_given_for(article, people):
    grant = make_grant_of(article, people=people, requester_email="ines@outlet.example")
    Grant.objects.filter(pk=grant.pk).update(valid_until=timezone.localdate() + 3 * DAY)
    put_right(article, by=people["editor"], year=1913)
    grant.refresh_from_db()
    until = timezone.localdate() + 90 * DAY
    grants.extend(grant, by=people["rights_desk"], valid_until=until, reason="They asked.")
    tell_all()
    assert len(told("ines")) == 1


def test_a_licence_in_its_place_that_is_for_other_articles_keeps_no_copy(article, people):
    first = taken_by("ines", article)
    other = taken_by("ines", make_live_article(people=people))
    Grant.objects.filter(pk=first.pk).update(status=GrantStatus.SUPERSEDED)
    Grant.objects.filter(pk=other.pk).update(supersedes=first)
    put_right(article, by=people["editor"], year=1913)
    assert not Recall.objects.exists()


def test_one_person_with_many_licences_gets_one_letter(article, people):
    taken_by("ines", article)
    make_grant_of(article, people=people, requester_email="Ines@outlet.example")
    taken_by("ines", article, outlet="Another Post")
    put_right(article, by=people["editor"], year=1913)
    assert tell_all() == 1
    assert len(told("ines")) + len(told("Ines")) == 1


def test_who_was_erased_is_told_of_nothing_and_not_named(article, people):
    grant = taken_by("ines", article)
    make_crosspost(article, grant=grant)
    put_right(article, by=people["editor"], year=1913)
    grants.revoke(grant, by=people["rights_manager"], reason="As they wished.")
    years = timezone.now() + 4000 * DAY
    erasure.erase(grant.permission_request, at=years)
    assert tell_all(at=years) == 0 and names() == []


def test_what_was_kept_of_a_holder_is_forgotten_with_them(article, people):
    grant = taken_by("ines", article)
    put_right(article, by=people["editor"], year=1913)
    tell_all()
    copy = RecalledCopy.objects.get()
    by = people["rights_desk"]
    recalls.answer(copy, answer="removed", by=by, note="Ines rang us up.")
    grants.revoke(grant, by=people["rights_manager"], reason="As they wished.")
    erasure.erase(grant.permission_request, at=timezone.now() + 4000 * DAY)
    before = copy.holder
    copy = RecalledCopy.objects.get()
    assert copy.holder != before and copy.note == "" and copy.named == "Ines News"


def test_a_copy_that_nobody_can_be_written_to_about_is_listed_for_the_desk(article, people):
    seen = make_crosspost(article, outlet="Copy & Paste")
    right = rewrite(article, by=people["editor"], year=1913)
    fine = make_crosspost(article, outlet="Up to date")
    CrosspostCheck.objects.create(crosspost=fine, at=timezone.now(), revision=right)
    put_right(article, by=people["editor"])
    assert tell_all() == 0
    copy = RecalledCopy.objects.get()
    assert copy.crosspost == seen and copy.told_at is None
    assert RecalledCopy.objects.nobodys().get() == copy


def test_many_are_told_some_at_a_time_and_the_newest_licence_first(article, people):
    for number in range(5):
        taken_by(f"taker{number}", article)
    make_crosspost(article)
    put_right(article, by=people["editor"], year=1913)
    at = timezone.now()
    assert [recalls.tell_some(at=at, most=2) for _stroke in range(4)] == [2, 2, 1, 0]
    assert not Recall.objects.unfinished().exists()
    assert RecalledCopy.objects.count() == 6
    assert RecalledCopy.objects.order_by("pk").first().named == "Taker4, Taker4 News"


def test_a_letter_that_fails_keeps_nobody_else_waiting_and_is_seen_by_the_desk(
    article, editor, monkeypatch
):
    for name in ("ines", "noor", "olu"):
        taken_by(name, article)
    partner = make_partner()
    fetch(partner)
    put_right(article, by=editor, year=1913)
    tell = recall_letters.tell

    def failing(copy, *args, **options):
        written = tell(copy, *args, **options)
        if copy.named in ("Noor, Noor News", f"{partner.name}, {partner.outlet}"):
            raise RuntimeError
        return written

    monkeypatch.setattr(recall_letters, "tell", failing)
    assert recalls.tell_some(at=timezone.now()) == 2
    assert [len(told(name)) for name in ("ines", "noor", "olu")] == [1, 0, 1]
    assert RecalledCopy.objects.nobodys().count() == 2


def test_what_is_undone_recalls_nothing(article, editor):
    taken_by("ines", article)
    with pytest.raises(RuntimeError), transaction.atomic():
        put_right(article, by=editor, year=1913)
        raise RuntimeError
    assert not Recall.objects.exists()


def test_the_database_keeps_a_second_letter_to_one_person_away(article, editor):
    grant = taken_by("ines", article)
    put_right(article, by=editor, year=1913)
    tell_all()
    copy = RecalledCopy.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RecalledCopy.objects.create(recall=copy.recall, holder=copy.holder, grant=grant)


# --- What they are told -----------------------------------------------------------------------


def test_the_letter_says_what_was_changed_in_the_language_of_the_holder(article, editor):
    taken_by("ines", article, language="fr")
    put_right(article, by=editor, year=1913)
    tell_all()
    letter = told("ines")[0].message
    assert "  – The lamps went out in 1931" in letter and "  + The lamps went out in 1913" in letter
    assert f"> {NOTICE}" in letter and "Bonjour Ines" in letter


@pytest.mark.parametrize("how", ["carried no longer", "withheld", "withdrawn"])
def test_of_a_text_that_is_not_public_any_more_nothing_but_that_is_told(article, people, how):
    taken_by("ines", article)
    put_right(article, by=people["editor"], year=1913)
    if how == "carried no longer":
        Article.objects.filter(pk=article.pk).update(carry_until=timezone.now() - DAY)
    elif how == "withheld":
        upheld(article, people=people)
    else:
        withdraw(article, people, notice="It rests on a forged letter.")
    tell_all()
    for letter in told("ines"):
        assert "1931" not in letter.message and NOTICE not in letter.message
        assert "no longer public with us" in letter.message
        assert ("forged letter" in letter.message) is (how == "withdrawn")


def test_who_was_not_told_of_a_notice_yet_is_asked_once_to_take_down_what_is_gone(article, people):
    taken_by("ines", article)
    put_right(article, by=people["editor"], year=1913)
    withdraw(article, people)
    assert tell_all() == 1 and len(told("ines")) == 1
    assert RecalledCopy.objects.get().recall.cause == "withdrawal"


def test_what_was_withheld_and_is_withdrawn_now_is_called_withdrawn(article, people):
    taken_by("ines", article)
    complaint = upheld(article, people=people)
    tell_all()
    found = Recall.objects.get()
    assert said_of(found, at=timezone.now()).cause == "withholding"
    withdraw(article, people, notice="It rests on a forged letter.")
    complaints.restore(complaint, reason="She agrees.", by=people["rights_manager"])
    said = said_of(found, at=timezone.now())
    assert (said.cause, said.notice) == ("withdrawal", "It rests on a forged letter.")


def test_a_text_that_is_gone_is_called_what_it_was_called_when_it_was_granted(article, people):
    taken_by("ines", article)
    withdraw(article, people)
    Article.objects.filter(pk=article.pk).update(headline="Not for readers yet")
    tell_all()
    letter = told("ines")[0].message
    assert "The last lamplighter" in letter and "Not for readers" not in letter


# --- Reminders --------------------------------------------------------------------------------


def test_who_does_not_answer_is_reminded_after_three_days_and_a_week(article, editor):
    taken_by("ines", article)
    put_right(article, by=editor, year=1913)
    at = timezone.now()
    tell_all(at=at)
    days = {day: recalls.remind_some(at=at + day * DAY) for day in (2, 3, 4, 7, 8, 30)}
    assert days == {2: 0, 3: 1, 4: 0, 7: 1, 8: 0, 30: 0}
    assert len(told("ines")) == 3


def test_a_clock_that_stood_still_reminds_once(article, editor):
    taken_by("ines", article)
    put_right(article, by=editor, year=1913)
    at = timezone.now()
    tell_all(at=at)
    assert [recalls.remind_some(at=at + 20 * DAY) for _stroke in range(2)] == [1, 0]


def test_nobody_is_reminded_of_what_a_later_recall_has_overtaken(article, editor):
    taken_by("ines", article)
    at = timezone.now()
    put_right(article, by=editor, year=1913, at=at)
    put_right(article, by=editor, kind="retraction", at=at + DAY)
    tell_all(at=at + DAY)
    assert recalls.remind_some(at=at + 30 * DAY) == 1
    assert RecalledCopy.objects.get(reminders__gt=0).recall.cause == "retraction"


def test_who_has_answered_is_not_reminded(article, editor):
    taken_by("ines", article)
    put_right(article, by=editor, year=1913)
    tell_all()
    recalls.answer(RecalledCopy.objects.get(), answer=RecallAnswer.REMOVED)
    assert recalls.remind_some(at=timezone.now() + 30 * DAY) == 0


# --- Answers ----------------------------------------------------------------------------------


def test_an_answer_stands_and_has_the_copies_looked_at_again(article, editor):
    grant = taken_by("ines", article)
    copy, gone = (make_crosspost(article, grant=grant) for _number in range(2))
    other = make_crosspost(article)
    later = timezone.now() + 6 * DAY
    Crosspost.objects.update(next_check_at=later)
    Crosspost.objects.filter(pk=gone.pk).update(status="gone", next_check_at=None)
    put_right(article, by=editor, year=1913)
    tell_all()
    at = timezone.now()
    recalled = RecalledCopy.objects.get(grant=grant)
    assert recalls.answer(recalled, answer="put_right", at=at)
    assert not recalls.answer(recalled, answer="removed")
    assert (recalled.answer, recalled.answered_at) == ("put_right", at)
    when = {row.pk: row.next_check_at for row in Crosspost.objects.all()}
    assert when == {copy.pk: at, gone.pk: None, other.pk: later}


def test_an_answer_to_the_latest_answers_what_came_before_it(article, editor):
    taken_by("ines", article)
    put_right(article, by=editor, year=1913)
    put_right(article, by=editor, kind="retraction")
    tell_all()
    first, last = RecalledCopy.objects.order_by("recall_id")
    recalls.answer(last, answer="removed")
    first.refresh_from_db()
    assert first.answer == "removed" and not RecalledCopy.objects.open().exists()


def test_for_a_text_that_is_public_again_nobody_waits_for_an_answer(article, people):
    taken_by("ines", article)
    withdraw(article, people)
    tell_all()
    assert Recall.objects.unanswered().exists()
    newsroom.reinstate(
        Article.objects.get(pk=article.pk), by=people["managing_editor"], reason="A mistake."
    )
    assert not Recall.objects.unanswered().exists()


def test_the_desk_records_what_it_heard_and_nobody_else_does(article, people):
    taken_by("ines", article)
    put_right(article, by=people["editor"], year=1913)
    tell_all()
    copy = RecalledCopy.objects.get()
    with pytest.raises(NotYours):
        recalls.answer(copy, answer="removed", by=people["editor"])
    recalls.answer(copy, answer="removed", by=people["rights_desk"], note="By telephone.")
    assert (copy.answered_by, copy.note) == (people["rights_desk"], "By telephone.")


@pytest.mark.parametrize("told", [{"answer": "burnt"}, {"answer": "removed", "note": "a\x00b"}])
def test_what_makes_no_sense_is_no_answer(article, people, told):
    taken_by("ines", article)
    put_right(article, by=people["editor"], year=1913)
    tell_all()
    with pytest.raises(MoveNotAllowed):
        recalls.answer(RecalledCopy.objects.get(), by=people["rights_desk"], **told)
    assert RecalledCopy.objects.open().exists()


# --- At once ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_clocks_that_tell_at_once_each_holder_hears_from_one(article, editor):
    for number in range(6):
        taken_by(f"taker{number}", article)
    put_right(article, by=editor, year=1913)
    at = timezone.now()
    outcomes = race([partial(recalls.tell_some, at=at)] * 4)
    assert sorted(outcomes) == [0, 0, 0, 6]
    assert all(len(told(f"taker{number}")) == 1 for number in range(6))


@pytest.mark.django_db(transaction=True)
def test_who_takes_a_copy_while_it_is_retracted_comes_before_it_or_after(article, editor):
    takers = [partial(taken_by, f"taker{number}", article) for number in range(6)]
    retract = partial(
        correcting.correct, article, by=editor, kind="retraction", text=NOTICE, at=timezone.now()
    )
    outcomes = race([*takers[:3], retract, *takers[3:]])
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    tell_all()
    recall = Recall.objects.first()
    bound = recall.copies.count() if recall else 0
    granted = Grant.objects.order_by("pk").values_list("licensee_name", flat=True)
    heard = [name for name in granted if told(name.lower())]
    assert heard == list(granted[:bound])
