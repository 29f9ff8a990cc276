"""Both sides and the clock do what they like, in order and out of it: what is true always stays so.

Three requests for the same two articles, one ours and one carried under an agreement that may be
revoked in mid-game. Whoever acts may be the wrong person, hold an old page, or say nonsense.
"""

import os
from collections import Counter as Tally
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from django.conf import settings as conf
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from articles.models import Article
from articles.pages import loaded
from cms import clock
from cms.outbox.models import PromisedMail
from cms.workflows import witnesses
from cms.workflows.actions import MoveNotAllowed
from cms.workflows.chains import Reading
from licensing import duties, request_duties
from licensing import witnesses as ours
from licensing.actions import clearances, desk, endings, grants, requests, settling, taking
from licensing.issuing import open_invoice
from licensing.models import (
    Clearance,
    Counter,
    Grant,
    GrantedArticle,
    GrantEvent,
    Invoice,
    Payment,
    PermissionRequest,
    PermissionRequestEvent,
    Quote,
    RequestedArticle,
    RequestLink,
    RequestMessage,
    RequestNote,
)
from licensing.request_workflow import REQUEST
from licensing.rights.decide import decide
from licensing.rights.facts import Requester
from licensing.rights.particulars import Particulars
from licensing.rights.vocabulary import Use
from licensing.snapshot import snapshot
from tests.factories.articles import make_live_article, make_publication
from tests.factories.clearances import clear
from tests.factories.requests import TOLD, make_request

assert duties
assert request_duties
assert ours
USE = Use.COMMERCIAL_WEB
ASKED = {**TOLD[USE], "posted_for": "30"}
LONGER, NONSENSE = {**ASKED, "posted_for": "365"}, {**ASKED, "posted_for": "for ever"}
ONE, OTHER, STRANGER = "ines@one.example", "noor@other.example", "nobody@else.example"
# Nothing of these changes where a verb was refused.
TABLES = (
    Clearance,
    Counter,
    Grant,
    GrantEvent,
    GrantedArticle,
    Invoice,
    Payment,
    PermissionRequest,
    PermissionRequestEvent,
    PromisedMail,
    Quote,
    RequestLink,
    RequestMessage,
    RequestNote,
    RequestedArticle,
)
ON_THE_LINK = ("confirm", "answer", "counter", "accept", "withdraw", "lapse")
# What leads to a licence, and how it is said rightly (see ``Desk.calls``).
ONWARD = {
    "held": ("confirm", 0),
    "received": ("review", 0),
    "in_review": ("quote", 1),
    "awaiting_requester": ("answer", 5),
    "quoted": ("accept", 0),
    "accepted": ("invoice", 0),
    "awaiting_payment": ("record_payment", 0),
    "declined": ("reopen", 1),
    "referred": ("reopen", 1),
    "withdrawn": ("reopen", 1),
    "lapsed": ("reopen", 1),
}
BINDING = ("active", "pending_payment")


def everything() -> dict:
    return {model: list(model.objects.order_by("pk").values()) for model in TABLES}


class Desk(RuleBasedStateMachine):
    """``people``, ``own``, ``carried`` and ``leave`` are set by the test."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = timezone.now()
        both = [self.own, self.carried]
        for email, exclusive, confirmed in ((ONE, 0, 1), (OTHER, 1, 1), (ONE, 0, 0)):
            make_request(
                *both,
                use=USE,
                particulars=ASKED,
                requester_email=email,
                requester_name="Ines Roca",
                is_exclusive=bool(exclusive),
                confirmed=bool(confirmed),
                at=self.now,
            )
        self.pages = {row.pk: row for row in PermissionRequest.objects.all()}
        self.known, self.is_new = everything(), True

    def teardown(self):
        try:
            self.the_record_is_whole()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    # --- what may happen ---

    @rule(which=st.integers(0, 3), steps=st.integers(2, 6), quoted=st.sampled_from([1, 5, 2, 3, 4]))
    def go_on_as_one_should(self, which, steps, quoted):
        for _step in range(steps):
            row = self.fresh(which)
            name, odd = ONWARD.get(row.status, ("write", 2))
            by = None if name in ON_THE_LINK else self.people["rights_manager"]
            self.do(name, row, by, quoted if name == "quote" else odd)

    @rule(
        which=st.integers(0, 5),
        verb=st.integers(0, 8),
        odd=st.integers(0, 5),
        role=st.sampled_from(["rights_desk", "rights_manager"]),
    )
    def make_a_move_of_the_table(self, which, verb, odd, role):
        row = self.fresh(which)
        moves = [one.name for one in REQUEST.moves_from(row.status) if one.name != "settle"]
        if moves:
            name = moves[verb % len(moves)]
            self.do(name, row, None if name in ON_THE_LINK else self.people[role], odd)

    @rule(
        which=st.integers(0, 5),
        name=st.sampled_from(
            sorted({*REQUEST.moves, "write", "tell", "note", "assign"} - {"settle"})
        ),
        odd=st.integers(0, 5),
        role=st.sampled_from(["rights_desk", "editor", "contributor", None]),
        is_stale=st.booleans(),
    )
    def do_anything(self, which, name, odd, role, is_stale):
        row = self.fresh(which)
        self.do(name, self.pages.get(row.pk, row) if is_stale else row, self.people.get(role), odd)

    @rule(
        which=st.integers(0, 3),
        name=st.sampled_from(["extend", "renew", "revoke", "expire", "activate"]),
        role=st.sampled_from(["rights_manager", "rights_desk", None]),
        days=st.sampled_from([10, 40, -1]),
    )
    @precondition(lambda self: Grant.objects.exists())
    def do_something_to_a_licence(self, which, name, role, days):
        rows = list(Grant.objects.order_by("pk"))
        grant, by, at = rows[which % len(rows)], self.people.get(role), self.now
        until = grant.valid_until and grant.valid_until + timedelta(days=days)
        acts = {
            "revoke": lambda: grants.revoke(grant, by=by, at=at, reason="Misused."),
            "extend": lambda: grants.extend(grant, by=by, at=at, valid_until=until, reason="On."),
            "renew": lambda: endings.renew(grant, by=by, at=at),
            "expire": lambda: grants.expire(grant, by=by, at=at),
            "activate": lambda: grants.activate(grant, by=by, at=at),
        }
        self.try_to(acts[name])

    @rule(which=st.integers(0, 5))
    def open_a_page(self, which):
        row = self.fresh(which)
        self.pages[row.pk] = row

    @rule(days=st.sampled_from([1, 8, 31]))
    def let_time_pass(self, days):
        self.now += timedelta(days=days)
        failed = [one for one in clock.do_duties(at=self.now) if one.has_failed]
        assert not failed, failed
        self.has_changed()

    @rule()
    @precondition(lambda self: Clearance.objects.filter(status="granted").exists())
    def lose_the_agreement(self):
        leave = Clearance.objects.get(pk=self.leave.pk)
        manager = self.people["rights_manager"]
        clearances.revoke(leave, by=manager, reason="They took it back.", at=self.now)
        self.has_changed()

    def fresh(self, which) -> PermissionRequest:
        rows = list(PermissionRequest.objects.order_by("pk"))
        return rows[which % len(rows)]

    def do(self, name, row, by, odd):
        self.try_to(lambda: self.calls(row, by, odd)[name]())

    def try_to(self, act):
        try:
            act()
        except (MoveNotAllowed, ValidationError):
            assert everything() == self.known
        else:
            self.has_changed()

    def has_changed(self):
        self.known, self.is_new = everything(), True

    def calls(self, row, by, odd):
        told, reason = {"by": by, "at": self.now}, "" if odd == 0 else "For a reason."
        changes = {"particulars": (NONSENSE, LONGER)[odd % 2]} if odd < 3 else {}
        into = PermissionRequest.objects.order_by("pk")[odd % 3]
        words = ["", "a\0b", "Good day.", "Good day."][odd % 4]
        holder = {"holder_name": words, "text": "Ask them."}
        return {
            "confirm": lambda: requests.confirm(row, **told),
            "take": lambda: taking.give(row, **told),
            "review": lambda: desk.review(row, **told),
            "ask_back": lambda: desk.ask_back(row, text=words, **told),
            "answer": lambda: requests.answer(row, text=reason, changes=changes, **told),
            "quote": lambda: self.quote(row, odd, **told),
            "counter": lambda: requests.counter(row, text=reason, changes=changes, **told),
            "accept": lambda: requests.accept(row, quote=odd % 3 or None, changes=changes, **told),
            "invoice": lambda: settling.invoice(row, **told),
            "record_payment": lambda: self.pay(row, odd, **told),
            "issue": lambda: settling.issue(row, **told),
            "refer": lambda: settling.refer(row, **holder, **told),
            "decline": lambda: settling.decline(row, reason=reason, **told),
            "withdraw": lambda: requests.withdraw(row, text=words, **told),
            "lapse": lambda: endings.lapse(row, **told),
            "reopen": lambda: endings.reopen(row, reason=reason, **told),
            "transfer": lambda: endings.transfer(row, reason=reason, **told),
            "merge": lambda: endings.merge(row, into=into, **told),
            "close": lambda: endings.close(row, **told),
            "write": lambda: requests.write(row, text=words, at=self.now),
            "tell": lambda: desk.write(row, text=words, **told),
            "note": lambda: desk.add_note(row, text=words, **told),
            "assign": lambda: desk.assign(row, by=by, to=self.people["rights_manager"]),
        }

    def quote(self, row, odd, **told):
        net, line = (("150", "15"), ("90", "90"), ("150.50", "150.50"), ("0", "0"))[odd % 4]
        keys = ([0], [self.own.pk], None, [self.own.pk])[odd % 4]
        given = Particulars(USE, LONGER if odd == 4 else ASKED)
        desk.quote(
            row,
            given=given,
            lines=[{"label": "Licence", "why": "", "amount": line}],
            currency="EUR",
            net=Decimal(net),
            tax=Decimal(0),
            valid_until=timezone.localdate(self.now) + timedelta(days=odd * 5 - 1),
            conditions=given.conditions(),
            articles=keys,
            is_exclusive=odd == 5,
            **told,
        )

    def pay(self, row, odd, **told):
        bill = open_invoice(row)
        due = (bill.money - bill.paid).amount if bill else Decimal(1)
        amount = (due, due / 2, due + 1, Decimal(-1))[odd % 4]
        received_on = timezone.localdate(self.now) + timedelta(days=odd == 4)
        settling.record_payment(row, amount=amount, received_on=received_on, **told)

    # --- what is always true ---

    @invariant()
    def what_is_true_stays_so(self):
        if self.is_new:
            self.every_request_is_where_its_last_event_led()
            self.licences_and_bills_go_with_their_request()
            self.no_number_is_left_out()
            self.what_is_exclusive_is_given_once()
            self.nobody_may_do_it_but_who_holds_a_licence_that_counts()
        self.is_new = False

    def every_request_is_where_its_last_event_led(self):
        for row in PermissionRequest.objects.all():
            last = row.events.order_by("number").last()
            assert row.status == (last.to_status if last else "held")

    def licences_and_bills_go_with_their_request(self):
        for row in PermissionRequest.objects.prefetch_related("grants", "invoices"):
            held = Tally(grant.status for grant in row.grants.all())
            bill = open_invoice(row)
            assert held["active"] + held["pending_payment"] <= 1
            assert (held["pending_payment"] == 1) == (row.status == "awaiting_payment")
            assert not held["active"] or row.status in ("granted", "closed")
            if row.status == "granted":
                assert GrantEvent.objects.filter(
                    grant__permission_request=row, move="activate"
                ).exists()
            if row.status == "awaiting_payment":
                grant = row.grants.get(status="pending_payment")
                assert bill.total == grant.fee == row.accepted_quote.total
                assert bill.paid < bill.money
            elif bill is not None:
                assert bill.is_paid
                assert row.status in ("granted", "closed")
            # Whatever was cancelled was cancelled whole.
            total = sum(one.total for one in row.invoices.all())
            assert total == (bill.total if bill else 0)

    def no_number_is_left_out(self):
        for model, series in ((PermissionRequest, "PR"), (Grant, "GR"), (Invoice, "INV")):
            numbers = model.objects.order_by("number").values_list("number", flat=True)
            years = Tally(number.split("-")[1] for number in numbers)
            assert list(numbers) == [
                f"{series}-{year}-{place:06d}"
                for year in sorted(years)
                for place in range(1, years[year] + 1)
            ]

    def what_is_exclusive_is_given_once(self):
        rows = GrantedArticle.objects.filter(grant__status__in=BINDING).select_related("grant")
        for one, two in combinations(rows, 2):
            if one.article_id != two.article_id or one.grant_id == two.grant_id:
                continue
            first, second = one.grant, two.grant
            if first.pk in (second.supersedes_id,) or second.pk in (first.supersedes_id,):
                continue
            if first.is_exclusive or second.is_exclusive:
                assert (
                    first.valid_until < second.valid_from or second.valid_until < first.valid_from
                )

    def nobody_may_do_it_but_who_holds_a_licence_that_counts(self):
        rows = list(loaded(Article.objects.filter(pk__in=[self.own.pk, self.carried.pk])))
        is_held = Clearance.objects.get(pk=self.leave.pk).status == "granted"
        for article in rows:
            for email in (ONE, OTHER, STRANGER):
                who = Requester(email)
                answer = decide(snapshot(article, at=self.now, requester=who), USE, self.now, who)
                if answer.is_granted:
                    grant = Grant.objects.get(number=answer.grant)
                    assert grant.is_in_force(self.now)
                    assert grant.licensee_key == email != STRANGER
                    assert article.pk == self.own.pk or is_held

    def the_record_is_whole(self):
        assert list(Reading(conf.LOG_SEAL_KEYS).faults()) == []
        assert list(witnesses.faults()) == []
        for model in (PermissionRequestEvent, GrantEvent):
            for event in model.objects.all():
                said = f"{event.actor} {event.reason} {event.facts}"
                assert not any(name in said for name in ("Ines Roca", ONE, OTHER))
        keys = PromisedMail.objects.filter(key__startswith="request-event-")
        keys = keys.exclude(key__endswith="-desk").exclude(key__contains="remind_")
        told = Tally(key.split("-")[2] for key in keys.values_list("key", flat=True))
        assert not told or max(told.values()) == 1


# STATE_EXAMPLES=100: so many plays, each time others.
MORE = os.environ.get("STATE_EXAMPLES", "")


@pytest.mark.django_db
def test_whatever_anybody_does_what_is_true_stays_so(people):
    gazette = make_publication("The Gazette", rights_contact="rights@gazette.example")
    leave = clear(gazette, by=people["rights_desk"], passes_on=[USE.value])
    started = {
        "people": people,
        "leave": leave,
        "own": make_live_article(people=people),
        "carried": make_live_article(people=people, originating_publication=gazette),
    }
    run_state_machine_as_test(
        type("Desk", (Desk,), started),
        settings=settings(
            max_examples=int(MORE or 8),
            # The same play every time, but for whoever asks for more of them.
            derandomize=not MORE,
            stateful_step_count=30,
            deadline=None,
            # What fails is told as it came: to look for something shorter takes minutes.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
