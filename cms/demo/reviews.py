"""The demo's talk about texts under review, and its checklist, as colleagues would leave them."""

from datetime import datetime, timedelta

from articles import actions, checking, reviewing
from articles.models import ChecklistPoint, Comment

HOUR = timedelta(hours=1)


class DemoReviews:
    """Comments, answers, an edit after them, and ticks."""

    def __init__(self, *, people: dict, now: datetime):
        self.people = people
        self.now = now

    def load(self, data: dict, articles: dict) -> None:
        """Does nothing where anybody has commented or made a checklist."""
        if ChecklistPoint.objects.exists() or Comment.objects.exists():
            return
        points = {
            row["kind"]: ChecklistPoint.objects.create(position=10 * place, **row)
            for place, row in enumerate(data["checklist"], start=1)
        }
        for row in data["reviews"]:
            article = articles[row["article"]]
            for place, said in enumerate(row["comments"]):
                self._comment(article, said, at=self.now - (20 - place) * HOUR)
            for old, new in row.get("edits", []):
                article.body = article.body.replace(old, new)
            article.save(update_fields=["body"])
            actions.revise(article, by=self.people["editor"], at=self.now - 2 * HOUR)
            for kind in row.get("ticks", []):
                checking.tick(
                    article, points[kind], by=self.people["editor"], seen=1, at=self.now - 3 * HOUR
                )

    def _comment(self, article, said: dict, *, at: datetime) -> None:
        remark = reviewing.comment(
            article,
            by=self.people[said["by"]],
            text=said["text"],
            passage=said.get("passage", ""),
            at=at,
        )
        for who, words in said.get("answers", []):
            reviewing.answer(remark, by=self.people[who], text=words, at=at + HOUR)
        if "resolved_by" in said:
            reviewing.resolve(remark, by=self.people[said["resolved_by"]], at=at + 2 * HOUR)
