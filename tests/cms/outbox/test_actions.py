"""A promise stands or falls with the caller's transaction, and is made once for each key."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy
from post_office.models import STATUS, Email

from cms.outbox.actions import enqueue, resend
from cms.outbox.letters import MailRefused
from cms.outbox.models import PromisedMail
from tests.factories.mail import make_mail
from tests.racing import race


@pytest.fixture
def promise(letters):
    """``enqueue`` with everything it must be told."""
    return partial(
        enqueue,
        to="reader@press.example",
        subject="Granted",
        template="granted",
        context={"name": "Ann"},
    )


def test_a_promise_is_a_queued_mail_to_one_recipient(db, promise, settings):
    row = promise(reply_to="rights@house.example").email
    row.refresh_from_db()
    assert row.status == STATUS.queued
    assert (row.to, row.cc, row.bcc) == (["reader@press.example"], [], [])
    assert row.from_email == settings.DEFAULT_FROM_EMAIL
    assert (row.subject, row.message) == ("Granted", "Yes, Ann.\n")
    assert row.html_message == "<p>Yes, Ann.</p>"
    assert row.headers == {
        "Auto-Submitted": "auto-generated",
        "Reply-To": "rights@house.example",
    }
    assert row.message_id.startswith("<") and row.message_id.endswith("@localhost.localdomain>")


def test_a_mail_says_of_which_list_it_is(db, promise):
    of_a_list = {
        "List-Id": "<news.press.example>",
        "List-Unsubscribe": "<https://press.example/x/>",
    }
    row = promise(headers=of_a_list).email
    assert row.headers == {"Auto-Submitted": "auto-generated", **of_a_list}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Bcc", "all@press.example"),
        ("list-id", "<x>"),
        ("List-Id\r\nBcc", "<x>"),
        ("List-Id", ""),
        ("List-Id", "<x>\nBcc: all@press.example"),
        ("List-Id", "<x>\x00"),
        ("List-Id", "<é>"),
        ("List-Id", "x" * 501),
    ],
)
def test_no_other_header_and_no_second_line_comes_in(db, promise, name, value):
    with pytest.raises(MailRefused):
        promise(headers={name: value}, key="once")
    assert not Email.objects.exists() and not PromisedMail.objects.exists()


def test_nothing_is_sent_by_whoever_promises(db, promise, mail_server):
    promise()
    assert mail_server.envelopes == []


def test_a_promise_may_wait_for_its_moment(db, promise):
    at = datetime(2030, 1, 1, tzinfo=UTC)
    assert promise(at=at).email.scheduled_time == at


def test_the_mail_speaks_the_language_of_its_reader(db, promise, letters):
    letters["granted.txt"] = "{% load i18n %}{% translate 'Yes' %}"
    row = promise(subject=gettext_lazy("Yes"), language="de").email
    assert (row.subject, row.message) == ("Ja", "Ja\n")


def test_what_a_visitor_typed_is_never_run_as_a_template(db, promise):
    typed = "{{ name }}{% load nothing %}"
    row = promise(subject=typed, context={"name": typed}).email
    message = row.email_message()
    assert message.subject == typed
    assert message.body == f"Yes, {typed}.\n"


@pytest.mark.django_db(transaction=True)
def test_a_promise_is_forgotten_with_the_transaction_that_made_it(promise):
    with pytest.raises(RuntimeError), transaction.atomic():
        promise(key="grant-1")
        assert Email.objects.exists()
        raise RuntimeError("The caller thought again.")
    assert not Email.objects.exists()
    assert not PromisedMail.objects.exists()
    promise(key="grant-1")
    assert Email.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "wrong",
    [
        {"to": "a@press.example,b@press.example"},
        {"subject": "Granted\nBcc: b@press.example"},
        {"reply_to": "b@press.example\nBcc: c@press.example"},
        {"key": "k" * 201},
    ],
)
def test_a_refused_mail_leaves_nothing_behind(promise, wrong):
    with pytest.raises(MailRefused):
        promise(**{"key": "grant-1", **wrong})
    assert not Email.objects.exists()
    assert not PromisedMail.objects.exists()


def test_a_second_promise_under_the_same_key_writes_nothing(db, promise):
    first = promise(key="grant-1")
    assert promise(key="grant-1", subject="Another") == first
    assert Email.objects.get().subject == "Granted"
    assert promise(key="grant-2") != first
    assert promise() != promise()


def test_what_was_sent_and_thrown_away_is_not_promised_again(db, promise):
    promise(key="grant-1")
    Email.objects.all().delete()
    assert promise(key="grant-1").email is None
    assert not Email.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_promises_made_at_once_under_one_key_there_is_one(promise):
    for turn in range(5):
        outcomes = race([partial(promise, key=f"grant-{turn}")] * 6)
        assert {outcome.pk for outcome in outcomes} == {PromisedMail.objects.latest("pk").pk}
        assert Email.objects.count() == turn + 1


@pytest.mark.parametrize(
    ("status", "is_queued"), [("sent", True), ("failed", True), ("queued", False)]
)
def test_what_was_sent_or_given_up_can_be_sent_again(db, status, is_queued):
    row = make_mail()
    Email.objects.update(status=getattr(STATUS, status), number_of_retries=8)
    row.refresh_from_db()
    assert resend(row) == is_queued
    again = Email.objects.get()
    assert again.status == STATUS.queued
    assert again.message_id == row.message_id
    assert again.number_of_retries == (0 if is_queued else 8)


def test_of_two_who_send_again_one_does(db):
    row = make_mail()
    Email.objects.update(status=STATUS.failed)
    row.refresh_from_db()
    assert resend(row)
    assert not resend(row)
