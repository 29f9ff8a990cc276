"""The administrator sees mail and sends it again; nobody else does, whatever they were given."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse
from post_office.models import STATUS, Email

from cms import roles
from tests.factories.mail import make_mail

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"
LIST = "/admin/post_office/email/"


@pytest.fixture
def mail(db):
    return make_mail(subject=HOSTILE, text=f"Link: {HOSTILE}", html=f"<p>{HOSTILE}</p>")


def page(mail):
    return reverse("admin:post_office_email_change", args=[mail.pk])


def test_mail_is_shown_as_text_and_html_never(people, client, mail):
    mail.logs.create(status=STATUS.failed, exception_type="SMTPDataError", message=HOSTILE)
    client.force_login(people["admin"])
    for address in (LIST, page(mail), f"{LIST}?q=script", f"{LIST}{mail.pk}/history/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert b"<script>alert" not in answer.content, address
        assert b"<img src=x" not in answer.content, address
    assert b"Link: &lt;script&gt;" in client.get(page(mail)).content


def test_the_stock_pages_that_show_html_are_gone(people, client, mail):
    client.force_login(people["admin"])
    for address in (f"{LIST}{mail.pk}/preview/", f"{LIST}{mail.pk}/resend/"):
        assert b"alert" not in client.get(address, follow=True).content
    assert client.get("/admin/post_office/emailtemplate/").status_code == 404
    assert client.get("/admin/post_office/attachment/").status_code == 404


@pytest.mark.parametrize("role", roles.GROUPS)
def test_nobody_else_sees_mail_even_with_the_permission(people, client, mail, role):
    held = Permission.objects.filter(content_type__app_label__in=["post_office", "outbox"])
    people[role].user_permissions.set(held)
    client.force_login(people[role])
    for address in (LIST, page(mail), f"{LIST}{mail.pk}/history/", f"{LIST}{mail.pk}/delete/"):
        assert client.get(address).status_code == 403, address
    assert b"post_office" not in client.get("/admin/").content


def send_again(client, *rows):
    return client.post(
        LIST,
        {"action": "send_again", "_selected_action": [row.pk for row in rows], "index": "0"},
        follow=True,
    )


def test_the_administrator_sends_a_mail_again(people, client, mail):
    waiting = make_mail()
    Email.objects.filter(pk=mail.pk).update(status=STATUS.failed, number_of_retries=8)
    client.force_login(people["admin"])
    assert b"1 mail is queued again." in send_again(client, mail, waiting).content
    row = Email.objects.get(pk=mail.pk)
    assert (row.status, row.number_of_retries) == (STATUS.queued, 0)
    assert LogEntry.objects.get().object_id == str(mail.pk)


def test_nobody_else_sends_a_mail_again(people, client, mail):
    Email.objects.update(status=STATUS.sent)
    client.force_login(people["rights_manager"])
    assert send_again(client, mail).status_code == 403
    assert Email.objects.get().status == STATUS.sent
