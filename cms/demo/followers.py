"""The demo's followers: each at the moment before a digest, which the clock then writes."""

from datetime import datetime, timedelta

from articles.following import actions, headings, noting
from articles.models import Follower, NewsEntry

# Address, language, how often, and what is followed, as the form names it.
FOLLOWERS = (
    ("ada@reader.example", "en", "daily", ["site"]),
    (
        "noor@reader.example",
        "ar",
        "weekly",
        ["theme:water", "region:middle-east", "author:hala-al-nabulsi"],
    ),
    (
        "camille@reader.example",
        "fr",
        "daily",
        ["report:the-price-of-passage", "region:africa", "author:wanjiru-kibe"],
    ),
)
# Somebody who has asked and not pressed the button yet.
ASKED = ("lena@reader.example", "de", "weekly", ["theme:energy"])
# So many of the last articles came out since they were written to.
NEW = 14


class DemoFollowers:
    """Asks and confirms as readers would, a while ago."""

    def __init__(self, *, now: datetime):
        self.now = now

    def load(self) -> None:
        """Does nothing where anybody follows."""
        if Follower.objects.exists():
            return
        noting.note(at=self.now)
        for row in FOLLOWERS:
            follower = self._asked(*row, days=10)
            told = {"frequency": follower.frequency, "language": follower.language}
            what = self._named(row[-1])
            actions.confirm(follower, what=what, at=self.now - timedelta(days=9), **told)
        self._asked(*ASKED, days=1)
        newest = NewsEntry.objects.filter(correction=None).order_by("-pk")
        told = newest.values_list("pk", flat=True)[NEW : NEW + 1]
        Follower.objects.confirmed().update(since=0, told=next(iter(told), 0))

    def _named(self, values: list[str]) -> list[headings.Heading]:
        found, _are_known = headings.named(values, at=self.now)
        return found

    def _asked(self, email: str, language: str, frequency: str, what: list[str], *, days: int):
        return actions.ask(
            email,
            what=self._named(what),
            frequency=frequency,
            language=language,
            at=self.now - timedelta(days=days),
        )
