"""Who may make which move: each verb of the rights desk asks for itself."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from cms.workflows.actions import NotYours
from licensing.actions import desk, endings, grants, requests, settling, taking
from licensing.actions.verbs import GRANT_VERBS, REQUEST_VERBS
from licensing.models import GrantEvent, PermissionRequestEvent
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_live_article
from tests.factories.requests import (
    make_billed_request,
    make_granted_request,
    make_request,
    make_taken_request,
    send_quote,
)

pytestmark = pytest.mark.django_db
DESK = ("rights_desk", "rights_manager", "admin")
NEWSROOM = ("contributor", "editor", "managing_editor")
# What only the manager does, what rules and the clock do, and what no person does by itself.
ONLY_MANAGERS = {"reopen", "revoke"}
BY_ITSELF = {"take", "settle", "lapse", "expire", "activate"}
ON_THE_LINK = {"confirm", "answer", "counter", "accept", "withdraw"}
TODAY = timezone.localdate


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def calls(people):
    """Each verb as somebody would make it in order, on a row that is ready for it."""
    article = make_live_article(people=people)
    by = people["rights_desk"]
    held = make_request(article, confirmed=False)
    received = make_request(article)
    taken, other = (make_taken_request(people=people, articles=[article]) for _ in range(2))
    waiting, quoted, ended = (
        make_taken_request(people=people, articles=[article]) for _ in range(3)
    )
    desk.ask_back(waiting, by=by, text="Which edition?")
    send_quote(quoted, by=by)
    settling.decline(ended, by=by, reason="No.")
    billed = make_billed_request(people=people)
    granted = make_granted_request(people=people, use=Use.COMMERCIAL_WEB)
    grant, pending = granted.grants.get(), billed.grants.get()
    paid = {"amount": Decimal(150), "received_on": TODAY()}
    return {
        "confirm": lambda by: requests.confirm(fresh(held), by=by),
        "review": lambda by: desk.review(fresh(received), by=by),
        "ask_back": lambda by: desk.ask_back(fresh(taken), by=by, text="Which?"),
        "answer": lambda by: requests.answer(fresh(waiting), by=by, text="This."),
        "quote": lambda by: send_quote(fresh(taken), by=by),
        "counter": lambda by: requests.counter(fresh(quoted), by=by, text="Less."),
        "accept": lambda by: requests.accept(fresh(quoted), by=by),
        "record_payment": lambda by: settling.record_payment(fresh(billed), by=by, **paid),
        "issue": lambda by: settling.issue(fresh(taken), by=by),
        "refer": lambda by: settling.refer(fresh(taken), by=by, holder_name="The Gazette"),
        "decline": lambda by: settling.decline(fresh(taken), by=by, reason="No."),
        "withdraw": lambda by: requests.withdraw(fresh(taken), by=by),
        "reopen": lambda by: endings.reopen(fresh(ended), by=by, reason="Again."),
        "transfer": lambda by: endings.transfer(fresh(taken), by=by, reason="Sold."),
        "merge": lambda by: endings.merge(fresh(taken), by=by, into=other),
        "close": lambda by: endings.close(fresh(ended), by=by),
        "invoice": lambda by: settling.invoice(fresh(quoted), by=by),
        "take": lambda by: taking.give(fresh(held), by=by),
        "settle": lambda by: settling.settle(fresh(received), rule_version=None, by=by),
        "lapse": lambda by: endings.lapse(fresh(waiting), by=by),
        "renew": lambda by: endings.renew(fresh(grant), by=by),
        "assign": lambda by: desk.assign(fresh(taken), by=by, to=people["rights_manager"]),
        "write": lambda by: desk.write(fresh(taken), by=by, text="Good day."),
        "add_note": lambda by: desk.add_note(fresh(taken), by=by, text="Mind this one."),
        "activate": lambda by: grants.activate(fresh(pending), by=by),
        "revoke": lambda by: grants.revoke(fresh(grant), by=by, reason="Misused."),
        "supersede": lambda by: grants.extend(fresh(grant), by=by, valid_until=None, reason="On."),
        "expire": lambda by: grants.expire(fresh(grant), by=by),
    }


def test_whoever_has_no_leave_makes_no_move(people):
    """Neither the newsroom, nor who has left the desk, nor somebody without an account."""
    retired = people["rights_manager"]
    retired.is_active = False
    retired.save()
    strangers = [*(people[role] for role in NEWSROOM), retired, AnonymousUser(), None]
    made = calls(people)
    assert {*REQUEST_VERBS, *GRANT_VERBS} <= made.keys()
    before = (PermissionRequestEvent.objects.count(), GrantEvent.objects.count())
    for name, call in made.items():
        for by in strangers:
            if by is None and name in ON_THE_LINK | BY_ITSELF:
                continue
            with pytest.raises(NotYours):
                call(by)
    for name in ONLY_MANAGERS:
        with pytest.raises(NotYours):
            made[name](people["rights_desk"])
    assert before == (PermissionRequestEvent.objects.count(), GrantEvent.objects.count())


def test_the_desk_makes_the_moves_that_are_its_own(people):
    made = calls(people)
    for role in DESK:
        for name in made.keys() - BY_ITSELF - {"invoice"}:
            if name in ONLY_MANAGERS and role == "rights_desk":
                continue
            with transaction.atomic():
                made[name](people[role])
                transaction.set_rollback(True)
