"""Mail that Django writes is promised like any other."""

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, mail_admins, send_mail
from post_office.models import STATUS, Email

from cms import settings as house
from cms.outbox.letters import MailRefused


@pytest.fixture(autouse=True)
def through_the_outbox(settings):
    """Django's test runner puts its own mailbox there."""
    settings.EMAIL_BACKEND = house.EMAIL_BACKEND


def test_each_recipient_gets_a_mail_of_their_own(db):
    send_mail("Hello", "Words.", "somebody@else.example", ["a@press.example", "b@press.example"])
    rows = Email.objects.order_by("pk")
    assert [row.to for row in rows] == [["a@press.example"], ["b@press.example"]]
    assert {(row.status, row.from_email) for row in rows} == {
        (STATUS.queued, house.DEFAULT_FROM_EMAIL)
    }


def test_text_html_and_the_address_for_answers_are_kept(db):
    message = EmailMultiAlternatives(
        "Hello", "Words.", to=["a@press.example"], reply_to=["desk@house.example"]
    )
    message.attach_alternative("<p>Words.</p>", "text/html")
    message.extra_headers["Bcc"] = "all@press.example"
    message.send()
    row = Email.objects.get()
    assert (row.message, row.html_message) == ("Words.", "<p>Words.</p>")
    assert row.headers == {"Auto-Submitted": "auto-generated", "Reply-To": "desk@house.example"}


def test_braces_in_a_mail_are_braces(db):
    send_mail("{{ subject }}", "{% debug %}{{ settings }}", None, ["a@press.example"])
    row = Email.objects.get()
    assert (row.subject, row.message) == ("{{ subject }}", "{% debug %}{{ settings }}")


def test_two_lines_of_subject_are_refused(db):
    with pytest.raises(MailRefused):
        send_mail("Hello\nBcc: all@press.example", "Words.", None, ["a@press.example"])
    assert not Email.objects.exists()


def test_an_attachment_is_refused_rather_than_lost(db):
    message = EmailMessage("Hello", "Words.", to=["a@press.example"])
    message.attach("notes.txt", "Notes")
    with pytest.raises(MailRefused):
        message.send()


def test_of_several_messages_all_are_promised_or_none(db):
    with pytest.raises(MailRefused):
        send_mail("Hello", "Words.", None, ["a@press.example", "Not an address"])
    assert not Email.objects.exists()


def test_a_report_about_an_error_causes_no_other(db, settings):
    settings.ADMINS = [("Ann", "not an address")]
    mail_admins("Error", "Words.", fail_silently=True)
    assert not Email.objects.exists()
