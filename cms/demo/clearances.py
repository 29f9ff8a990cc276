"""The demo's clearances: what each partner agreed to, asked for and entered by the rights staff."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from articles.models import Article
from licensing.actions import clearances
from licensing.models import Clearance

DATES = ("agreed_on", "valid_from", "valid_until")
A_WEEK = timedelta(days=7)


class DemoClearances:
    """Enters clearances as the desk does, and takes each as far as the file says."""

    def __init__(self, *, people: dict, now: datetime):
        self.people = people
        self.now = now

    def load(self, rows: list[dict], found: dict[str, dict]) -> None:
        """``found``: publications, authors and pictures by kind and key. What stands is left."""
        for row in rows:
            row = dict(row)
            state, reason = row.pop("state"), row.pop("reason", "")
            for name in ("publication", "author", "image"):
                key = row.pop("picture" if name == "image" else name, None)
                row[name] = found[f"{name}s" if name != "image" else "pictures"].get(key)
            if "valid_for_days" in row:
                ends = self.now + timedelta(days=row.pop("valid_for_days"))
                row["valid_until"] = timezone.localdate(ends)
            self._one(row, state, reason)

    def for_article(self, article: Article, row: dict) -> None:
        """The clearance of one article, granted before it is published."""
        row = {**row, "scope": "article", "article": article}
        row["publication"] = article.originating_publication
        if row["basis"] == "fair_use":
            row["fair_use_editor"] = self.people["managing_editor"]
        self._one(row, "granted", "")

    @transaction.atomic
    def _one(self, row: dict, state: str, reason: str) -> None:
        same = ("scope", "article", "author", "publication", "image", "basis", "reference")
        if Clearance.objects.filter(**{name: row[name] for name in same if name in row}).exists():
            return
        for name in DATES:
            if isinstance(row.get(name), str):
                row[name] = date.fromisoformat(row[name])
        at = self._entered_at(row)
        clearance = clearances.enter(by=self.people["rights_desk"], at=at, **row)
        desk, manager = self.people["rights_desk"], self.people["rights_manager"]
        if state in ("granted", "expired"):
            clearances.grant(clearance, by=manager, at=at)
        if state in ("requested", "refused"):
            clearances.request(clearance, by=desk, at=self.now - A_WEEK)
        if state == "refused":
            clearances.refuse(clearance, by=desk, at=self.now - A_WEEK / 2, reason=reason)
        if state == "expired":
            clearances.expire(clearance, at=self.now)

    def _entered_at(self, row: dict) -> datetime:
        """The day of the agreement, else a week ago."""
        if agreed_on := row.get("agreed_on"):
            return timezone.make_aware(datetime.combine(agreed_on, time(10)))
        return self.now - A_WEEK
