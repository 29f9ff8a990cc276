"""A worker that is killed fifty times at random loses nothing and doubles nothing."""

import io
import os
import random
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from post_office.models import STATUS, Email

from cms.outbox.models import PromisedMail
from licensing.models import Grant, Invoice, PermissionRequest
from tests.cms.outbox.conftest import mail_server
from tests.factories.articles import make_live_article
from tests.factories.requests import make_taken_request, send_quote

__all__ = ["mail_server"]
ROOT = Path(__file__).resolve().parents[2]
KILLS = 50
# Requests to be granted, and as many whose quotes are to be accepted.
EACH = 20


def database_url() -> str:
    """The database of this test, for another process."""
    there = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{there['NAME']}"
    return f"postgres://{there['USER']}:{there['PASSWORD']}@/{there['HOST']}/{there['NAME']}"


def kill_again_and_again(mail_server_port: int, lives: list[float]) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings",
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server_port}",
        "PYTHONWARNINGS": "ignore",
        "LOG_LEVEL": "CRITICAL",
    }
    command = [sys.executable, "-m", "tests.mortal", *(f"{length:.3f}" for length in lives)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=600)


@pytest.mark.django_db(transaction=True)
def test_fifty_deaths_lose_nothing_and_double_nothing(people, mail_server, settings):
    article = make_live_article(people=people)
    for place in range(2 * EACH):
        asked = make_taken_request(
            people=people, articles=[article], requester_email=f"press{place}@harbour.example"
        )
        if place % 2:
            send_quote(asked, by=people["rights_desk"])
    chance = random.Random(20261128)  # noqa: S311 no secret, and the same every time
    kill_again_and_again(settings.EMAIL_PORT, [chance.uniform(0.02, 0.3) for _ in range(KILLS)])

    # Nothing is lost: every request was decided, whole.
    statuses = Counter(PermissionRequest.objects.values_list("status", flat=True))
    assert statuses == {"granted": EACH, "awaiting_payment": EACH}
    for status, move, grant_status in [
        ("granted", "issue", "active"),
        ("awaiting_payment", "invoice", "pending_payment"),
    ]:
        for asked in PermissionRequest.objects.filter(status=status):
            decision = asked.events.get(move=move)
            assert asked.grants.get().status == grant_status
            assert asked.invoices.count() == (status == "awaiting_payment")
            letter = PromisedMail.objects.get(key__startswith=f"request-event-{decision.pk}-")
            assert letter.email.status == STATUS.sent
    # Nothing is doubled, and no number is left out.
    for rows, series in [(Grant.objects, "GR"), (Invoice.objects, "INV")]:
        numbers = sorted(rows.values_list("number", flat=True))
        assert [int(number.rpartition("-")[2]) for number in numbers] == list(
            range(1, len(numbers) + 1)
        ), series
    # Every mail arrived; one that came twice says that it is the same.
    assert not Email.objects.exclude(status=STATUS.sent).exists()
    arrived = defaultdict(set)
    for message in mail_server.messages:
        arrived[message["Message-ID"]].add((message["To"], message["Subject"]))
    assert set(arrived) == set(Email.objects.values_list("message_id", flat=True))
    assert all(len(letters) == 1 for letters in arrived.values())
    # And the record holds.
    call_command("verify_log", stdout=io.StringIO())
