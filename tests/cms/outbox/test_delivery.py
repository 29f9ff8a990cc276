"""Mail goes out through a real server, once; a refusal costs nobody else a thing."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.db import close_old_connections
from post_office.models import STATUS, Email

from cms.outbox import delivery
from cms.outbox.actions import enqueue
from cms.outbox.delivery import deliver
from tests.factories.mail import make_mail
from tests.racing import race
from tests.site import free_port

NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)


def at(moment):
    return deliver(now=lambda: moment)


@pytest.fixture
def impatient(settings):
    """Two more tries, after 5 and after 10 minutes."""
    settings.POST_OFFICE = settings.POST_OFFICE | {"MAX_RETRIES": 2}


def test_text_and_html_arrive_with_the_headers_of_the_house(db, letters, mail_server):
    row = enqueue(
        to="reader@press.example",
        subject="Bewilligt – ja",
        template="granted",
        context={"name": "Änne & Co"},
        reply_to="rights@house.example",
    ).email
    assert str(deliver()) == "Mail: 1 sent."
    [envelope], [message] = mail_server.envelopes, mail_server.messages
    assert envelope.rcpt_tos == ["reader@press.example"]
    assert envelope.mail_from == "newsroom@localhost.localdomain"
    assert message["To"] == "reader@press.example"
    assert message["Subject"] == "Bewilligt – ja"
    assert message["Message-ID"] == row.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "rights@house.example"
    assert message["Cc"] is None and message["Bcc"] is None
    assert message.get_body(["plain"]).get_content().strip() == "Yes, Änne & Co."
    assert message.get_body(["html"]).get_content().strip() == "<p>Yes, Änne &amp; Co.</p>"
    row.refresh_from_db()
    assert row.status == STATUS.sent


def test_what_was_sent_is_not_sent_again(db, mail_server):
    make_mail()
    deliver()
    assert str(deliver()) == ""
    assert len(mail_server.envelopes) == 1


def test_mail_leaves_not_before_its_moment(db, mail_server):
    make_mail(at=NOON)
    assert at(NOON - timedelta(minutes=1)).sent == 0
    assert at(NOON).sent == 1


def test_a_laptop_keeps_its_mail_in_files(db, settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    assert settings.POST_OFFICE["BACKENDS"]["default"].endswith("filebased.EmailBackend")
    make_mail()
    assert deliver().sent == 1
    [file] = (tmp_path / "mail").iterdir()
    assert "It is granted." in file.read_text()


def test_a_refused_mail_is_tried_again_later_and_costs_the_others_nothing(
    db, mail_server, impatient
):
    refused, other = make_mail(subject="One"), make_mail(subject="Two")
    mail_server.answers = ["451 Come back later"]
    assert str(at(NOON)) == "Mail: 1 sent, 1 to be tried again."
    refused.refresh_from_db()
    assert refused.status == STATUS.requeued
    assert refused.scheduled_time == NOON + timedelta(minutes=5)
    assert "Come back later" in refused.logs.get().message
    assert [message["Message-ID"] for message in mail_server.messages] == [other.message_id]
    assert at(NOON + timedelta(minutes=4)).sent == 0
    assert at(NOON + timedelta(minutes=5)).sent == 1


def test_a_mail_that_is_always_refused_is_given_up_with_every_answer_on_record(
    db, mail_server, impatient, caplog
):
    refused = make_mail()
    mail_server.answers = ["550 No such reader@press.example here"] * 9
    outcomes = [at(NOON + timedelta(minutes=minutes)) for minutes in (0, 5, 15, 60)]
    assert [outcome.postponed for outcome in outcomes] == [1, 1, 0, 0]
    assert [outcome.failed for outcome in outcomes] == [0, 0, 1, 0]
    assert [outcome.has_trouble for outcome in outcomes] == [False, False, True, False]
    refused.refresh_from_db()
    assert refused.status == STATUS.failed
    assert refused.logs.count() == 3
    levels = [record.levelno for record in caplog.records if record.name == delivery.__name__]
    assert levels == [logging.WARNING, logging.WARNING, logging.ERROR]


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_is_erased_while_the_server_refuses_it_costs_the_others_nothing(
    mail_server, monkeypatch
):
    erased, other = make_mail(subject="One"), make_mail(subject="Two")
    send = Email.dispatch

    def dispatch(email, **told):
        Email.objects.filter(pk=erased.pk).delete()
        return send(email, **told)

    monkeypatch.setattr(Email, "dispatch", dispatch)
    mail_server.answers = ["451 Come back later"]
    assert str(at(NOON)) == "Mail: 1 sent."
    assert [message["Message-ID"] for message in mail_server.messages] == [other.message_id]


def test_the_log_of_the_site_names_no_reader_and_no_word_of_the_mail(
    db, mail_server, impatient, caplog
):
    make_mail()
    mail_server.answers = ["550 No such reader@press.example here"]
    at(NOON)
    assert "press.example" not in caplog.text
    assert "granted" not in caplog.text


def test_while_the_server_is_away_everything_waits_as_it_is(db, mail_server, settings, caplog):
    waiting = make_mail()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    outcome = deliver()
    assert outcome.has_trouble
    assert "the rest waits" in str(outcome)
    row = Email.objects.get()
    assert (row.status, row.scheduled_time) == (waiting.status, None)
    assert "ConnectionRefusedError" in caplog.text
    settings.EMAIL_PORT = port
    assert deliver().sent == 1


def test_a_server_that_hangs_up_in_the_middle_is_called_again(db, mail_server):
    make_mail(subject="One")
    make_mail(subject="Two")
    mail_server.answers = ["421 Closing"]
    assert str(deliver()) == "Mail: 1 sent, 1 to be tried again."


def test_a_clock_that_is_told_to_stop_leaves_the_rest_in_the_queue(db, mail_server):
    for _number in range(3):
        make_mail()
    assert deliver(is_stopping=lambda: len(mail_server.envelopes) == 1).sent == 1
    assert deliver().sent == 2


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_send_each_mail_once(mail_server):
    for number in range(12):
        make_mail(subject=f"Number {number}")
    outcomes = race([deliver] * 4)
    assert sum(outcome.sent for outcome in outcomes) == 12
    subjects = sorted(message["Subject"] for message in mail_server.messages)
    assert subjects == sorted(f"Number {number}" for number in range(12))


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_two_clocks_would_send_twice(mail_server, monkeypatch):
    """The proof that the race above is one."""
    monkeypatch.setattr(delivery, "_claimed", lambda key, *, at: Email.objects.get(pk=key))
    mail_server.may_answer.clear()
    make_mail()

    def answer_later():
        mail_server.has_mail.wait(20)
        close_old_connections()
        mail_server.may_answer.set()

    race([deliver, deliver, answer_later])
    assert len(mail_server.envelopes) == 2


def test_a_mail_whose_clock_was_killed_is_taken_over_under_the_same_name(
    db, mail_server, monkeypatch
):
    row = make_mail()
    monkeypatch.setattr(delivery, "_became", _killed)
    with pytest.raises(Killed):
        at(NOON)
    monkeypatch.undo()
    assert at(NOON + delivery.CLAIM / 2).sent == 0
    assert at(NOON + delivery.CLAIM).sent == 1
    assert [message["Message-ID"] for message in mail_server.messages] == [row.message_id] * 2


class Killed(BaseException):
    """Stands for the end of the process."""


def _killed(*args, **kwargs):
    raise Killed


def test_a_claim_outlasts_the_time_a_server_may_take_to_answer(settings):
    assert timedelta(seconds=settings.EMAIL_TIMEOUT) < delivery.CLAIM
