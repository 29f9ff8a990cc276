"""Whoever changes a licence, a quote or a bill behind our back is found out by verify_log."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from licensing.actions import grants, requests, settling
from licensing.rights.vocabulary import Use
from tests.factories.requests import make_billed_request, make_granted_request

pytestmark = pytest.mark.django_db


def verify() -> str:
    out = io.StringIO()
    try:
        call_command("verify_log", stdout=out)
    except CommandError as failure:
        return f"{out.getvalue()}{failure}"
    return ""


@pytest.fixture
def cases(people):
    """One licence that was extended, one that was paid for, and one that was cancelled."""
    free = make_granted_request(people=people, use=Use.COMMERCIAL_WEB)
    first = free.grants.get()
    later = first.valid_until + timedelta(days=30)
    grants.extend(first, by=people["rights_desk"], valid_until=later, reason="More.")
    paid, gone = (make_billed_request(people=people) for _ in range(2))
    settling.record_payment(
        paid,
        by=people["rights_desk"],
        amount=Decimal(150),
        received_on=timezone.localdate(),
    )
    requests.withdraw(gone)


def test_what_nobody_touched_says_what_was_sealed(cases):
    assert verify() == ""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE licensing_grant SET fee = 1", "it does not say what was issued."),
        ("UPDATE licensing_grant SET valid_until = NULL", "it does not say what was issued."),
        ("UPDATE licensing_grantedarticle SET headline = 'Another'", "what was issued."),
        ("DELETE FROM licensing_grantedarticle", "what was issued."),
        ("UPDATE licensing_quote SET net = 1, total = 1", "quote 1 of request"),
        ("UPDATE licensing_quote SET number = 7", "it is gone."),
        ("UPDATE licensing_invoice SET tax_label = 'VAT'", "it does not say what was agreed."),
        (
            "UPDATE licensing_invoice SET net = -1, total = -1 WHERE kind = 'credit_note'",
            "it does not say what was agreed.",
        ),
        ("UPDATE licensing_quote SET articles = '17'", "quote 1 of request"),
        ("UPDATE licensing_grant SET particulars = '[]'", "what was issued."),
    ],
)
def test_what_was_changed_in_the_database_shows(cases, statement, said):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert said in verify()
