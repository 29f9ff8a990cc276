"""The demo's rights desk: a price list, a rule, and requests at every point of their way."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from articles.models import Article
from licensing import issuing, quotes
from licensing.actions import desk, fees, requests, rules, settling
from licensing.models import CannedAnswer, PermissionRequest
from licensing.ready_made_fees import EUROS
from licensing.ready_made_rules import READY_MADE_RULES
from licensing.rights.fee_lines import lines_as_json
from licensing.rights.particulars import Particulars, particulars
from licensing.rights.vocabulary import Use
from licensing.snapshot import picture_key

FILE = Path(__file__).parent / "permissions.toml"
# How long a quote of the demo stands.
A_MONTH = timedelta(days=30)


class DemoPermissions:
    """Enters what was asked and takes each request as far as the file says, as both sides would."""

    def __init__(self, *, people: dict, now: datetime):
        self.people = people
        self.now = now
        self.by = people["rights_desk"]

    def load(self, found: dict[str, Article]) -> None:
        """``found``: articles by key. Does nothing where anything was asked before."""
        data = tomllib.loads(FILE.read_text())
        fees.install(EUROS, by=self.people["rights_manager"])
        for rule in READY_MADE_RULES:
            rules.install(rule, by=self.people["rights_manager"])
        for row in data["answers"]:
            CannedAnswer.objects.get_or_create(
                name=row["name"], language=row["language"], defaults={"text": row["text"]}
            )
        if not PermissionRequest.objects.exists():
            for row in data["requests"]:
                self._one(row, [found[key] for key in row["articles"]], found)

    @transaction.atomic
    def _one(self, row: dict, articles: list[Article], found: dict[str, Article]) -> None:
        # What is asked today is asked after the terms and rules of the demo were written.
        days = row["asked"]
        asked_at = self.now - timedelta(days=days) if days else timezone.now()
        use = Use(row["use"])
        deadline = timezone.localdate(self.now) + timedelta(days=row.get("deadline_in", 0))
        asked = requests.submit(
            articles=[
                (article, list(map(picture_key, article.pictures())) if "pictures" in row else [])
                for article in articles
            ],
            at=asked_at,
            use=use.value,
            particulars=particulars(use, row["particulars"]).as_json(),
            is_exclusive=row.get("exclusive", False),
            purpose=row.get("purpose", ""),
            deadline=deadline if "deadline_in" in row else None,
            requester_name=row["name"],
            requester_email=row["email"],
            requester_kind=row["kind"],
            outlet=row["outlet"],
            outlet_country=row["country"],
            language=row.get("language", "en"),
            billing_name=row["outlet"],
        )
        if row.get("held"):
            return
        requests.confirm(asked, at=asked_at + (timedelta(minutes=20) if days else timedelta()))
        for step in row["steps"]:
            self._step(asked, step, asked_at + timedelta(days=step["after"]), found)

    def _step(self, asked: PermissionRequest, step: dict, at: datetime, found: dict) -> None:
        """One row of the file: the method of that name takes it."""
        text = step.get("text", "")
        if step["move"] == "quote":
            self._quote(asked, at, text, [found[key].pk for key in step.get("articles", [])])
        else:
            getattr(self, f"_{step['move']}")(asked, step, text, at)

    def _review(self, asked: PermissionRequest, step: dict, text: str, at: datetime) -> None:
        desk.review(asked, by=self.by, at=at)
        if "note" in step:
            desk.add_note(asked, by=self.by, text=step["note"], at=at)

    def _ask_back(self, asked: PermissionRequest, step: dict, text: str, at: datetime) -> None:
        desk.ask_back(asked, by=self.by, text=text, at=at)

    def _answer(self, asked: PermissionRequest, step: dict, text: str, at: datetime) -> None:
        requests.answer(asked, text=text, changes={"particulars": step["particulars"]}, at=at)

    def _counter(self, asked: PermissionRequest, step: dict, text: str, at: datetime) -> None:
        requests.counter(asked, text=text, changes={"particulars": step["particulars"]}, at=at)

    def _accept(self, asked: PermissionRequest, step: dict, text: str, at: datetime) -> None:
        requests.accept(asked, at=at)

    def _pay(self, asked: PermissionRequest, step: dict, text: str, at: datetime) -> None:
        settling.record_payment(
            asked,
            by=self.people["rights_manager"],
            amount=issuing.open_invoice(asked).total,
            received_on=timezone.localdate(at),
            reference=step["reference"],
            at=at,
        )

    def _issue(self, asked: PermissionRequest, step: dict, text: str, at: datetime) -> None:
        settling.issue(asked, by=self.by, at=at)

    def _decline(self, asked: PermissionRequest, step: dict, text: str, at: datetime) -> None:
        settling.decline(asked, by=self.by, reason=text, code=step["code"], at=at)

    def _refer(self, asked: PermissionRequest, step: dict, text: str, at: datetime) -> None:
        holder = {"holder_name": step["holder"], "holder_contact": step["contact"]}
        settling.refer(asked, by=self.by, text=text, at=at, **holder)

    def _quote(self, asked: PermissionRequest, at: datetime, text: str, keys: list[int]) -> None:
        """Priced by the list that has just been installed: the demo has no other."""
        given = Particulars(Use(asked.use), asked.particulars)
        lines = issuing.articles_of(asked, at=at, keys=keys or None)
        found = quotes.priced(
            given,
            requester_kind=asked.requester_kind,
            articles=len(lines),
            is_exclusive=asked.is_exclusive,
            at=timezone.now(),
        )
        price = found.price
        desk.quote(
            asked,
            by=self.by,
            given=given,
            lines=lines_as_json(price.lines),
            currency=price.net.currency.code,
            net=price.net.amount,
            tax=price.tax.amount,
            tax_label=price.tax_label,
            conditions=issuing.usual_conditions(
                given, [line.decision for line in lines], is_commercial=asked.is_commercial
            ),
            articles=[line.article.pk for line in lines],
            is_exclusive=asked.is_exclusive,
            schedule_version=found.version,
            valid_until=timezone.localdate(at + A_MONTH),
            text=text,
            at=at,
        )
