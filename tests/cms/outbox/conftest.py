"""A real mail server on loopback, and letters to send by it."""

import email
import email.policy
from dataclasses import dataclass, field
from threading import Event

import pytest
from aiosmtpd.controller import Controller

from tests.site import free_port

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@dataclass
class MailServer:
    """What came in, and what is answered to the next mails; when all is said, 250 OK."""

    answers: list[str] = field(default_factory=list)
    envelopes: list = field(default_factory=list)
    has_mail: Event = field(default_factory=Event)
    may_answer: Event = field(default_factory=Event)

    async def handle_DATA(self, server, session, envelope):
        self.has_mail.set()
        if not self.may_answer.is_set():
            await server.loop.run_in_executor(None, self.may_answer.wait, 20)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.envelopes.append(envelope)
        return answer

    @property
    def messages(self):
        return [
            email.message_from_bytes(envelope.content, policy=email.policy.default)
            for envelope in self.envelopes
        ]


@pytest.fixture
def mail_server(settings):
    """A server that takes everything, and the site told to send by it."""
    server = MailServer()
    server.may_answer.set()
    controller = Controller(server, hostname="127.0.0.1", port=free_port(), ready_timeout=20)
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_TIMEOUT = 20
    settings.POST_OFFICE = settings.POST_OFFICE | {"BACKENDS": {"default": SMTP}}
    yield server
    server.may_answer.set()
    controller.stop()


@pytest.fixture
def letters(settings, tmp_path):
    """Templates of a test: ``letters["granted.txt"] = "…"``."""
    settings.TEMPLATES = [
        settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    ]

    class Letters:
        def __setitem__(self, name, content):
            (tmp_path / name).write_text(content)

    letters = Letters()
    letters["granted.txt"] = (
        "{% load i18n %}{% autoescape off %}{% translate 'Yes' %}, {{ name }}.{% endautoescape %}\n"
    )
    letters["granted.html"] = "<p>Yes, {{ name }}.</p>"
    letters["plain.txt"] = "No.\n"
    return letters
