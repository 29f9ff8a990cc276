"""Digests: for a batch of followers whose morning has come, what came out since their last one.

Composed in the duty right before mail is delivered, from what is public at that moment. The mail
is promised, and the number up to which its reader was told moves on, in one transaction.
"""

import logging
from collections import defaultdict
from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import languages, syndication
from articles.changes import marked_headline
from articles.following import gathering, letters, links
from articles.following.actions import due_after, stop
from articles.following.headings import SITE, Heading, Key, known
from articles.following.selection import Chosen, choose
from articles.models import Article, Correction, Follower, Following, NewsEntry
from articles.models.follower import HEADINGS
from cms.outbox.letters import MailRefused
from cms.sitepolicy.texts import HouseTexts, house_texts

logger = logging.getLogger(__name__)

MOST_ARTICLES = 30


def send_due(*, at: datetime) -> int:
    """Writes the digests of the next batch that is due. Returns how many mails were promised."""
    # Who stops at this moment waits, and then takes the mail back out of the outbox.
    due = Follower.objects.due(at).select_for_update(skip_locked=True)
    followers = _still_following(list(due[: settings.DIGESTS_AT_ONCE]), at=at)
    if not followers:
        return 0
    newest = NewsEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    chosen = _chosen(followers, until=newest, at=at)
    written = 0
    by_language = defaultdict(list)
    for follower in followers:
        if chosen[follower.pk]:
            by_language[follower.language].append(follower)
    shelf = _Shelf(list(chosen.values()), at=at)
    for language, readers in by_language.items():
        with translation.override(language):
            desk = _Desk(shelf, at=at)
            for follower in readers:
                written += _send(follower, chosen[follower.pk], desk)
    for follower in followers:
        follower.told, follower.due_at = newest, due_after(at, follower.frequency)
    Follower.objects.bulk_update(followers, ["told", "due_at"])
    return written


def _still_following(followers: list[Follower], *, at: datetime) -> list[Follower]:
    """Without those whose headings are all gone: they are erased, for nothing would ever come."""
    followings = Following.objects.filter(follower__in=followers)
    keen = set(followings.values_list("follower", flat=True))
    for follower in followers:
        if follower.pk not in keen:
            stop(follower, at=at)
    return [follower for follower in followers if follower.pk in keen]


def _chosen(followers: list[Follower], *, until: int, at: datetime) -> dict[int, Chosen]:
    after = min(follower.told for follower in followers)
    gathered = gathering.gather(after=after, until=until, at=at)
    followed = defaultdict(list)
    for link in Following.objects.filter(follower__in=followers):
        followed[link.follower_id].append(link.key)
    return {
        follower.pk: choose(
            gathered.news,
            gathered.versions,
            followed=gathered.order(followed[follower.pk], HEADINGS),
            since=follower.since,
            told=follower.told,
            language=follower.language,
            most=MOST_ARTICLES,
        )
        for follower in followers
    }


def _send(follower: Follower, chosen: Chosen, desk: "_Desk") -> bool:
    shown = desk.digest(follower, chosen)
    if not shown["sections"] and not shown["corrected"]:
        return False
    try:
        letters.send_digest(follower, desk.subject(shown), shown)
    except MailRefused as refusal:
        # One address that mail no longer takes does not keep the others waiting.
        logger.error("The digest of follower %s was not written: %s", follower.pk, refusal)
        return False
    return True


class _Shelf:
    """The rows that all the digests of a batch name, loaded once."""

    def __init__(self, chosen: list[Chosen], *, at: datetime):
        told = {key for one in chosen for key in one.articles}
        notices = [pair for one in chosen for pair in one.corrected]
        self.articles = gathering.articles(told | {article for article, _key in notices}, at=at)
        self.corrections = gathering.corrections(key for _article, key in notices)
        keys: set[Key] = {key for one in chosen for key in one.sections}
        self.headings = known(keys, at=at)


class _Desk:
    """Where the digests in one language are put together; the language is spoken already.

    What is said of an article is the same in all of them, and written once.
    """

    def __init__(self, shelf: _Shelf, *, at: datetime):
        self.shelf = shelf
        self.entries: dict[int, dict] = {}
        self.texts: HouseTexts = house_texts(at=at)
        self.rights = syndication.rights_of(shelf.articles.values(), at=at, absolute=_absolute)

    def digest(self, follower: Follower, chosen: Chosen) -> dict:
        """What the templates show."""
        sections = [
            (self.heading(key), entries)
            for key, articles in chosen.sections.items()
            if (entries := [self.entry(key) for key in articles if key in self.shelf.articles])
        ]
        return {
            **letters.framed(follower, self.texts),
            "sections": sections,
            "is_whole_site": list(chosen.sections) == [(SITE, 0)],
            "number": sum(len(entries) for _heading, entries in sections),
            "corrected": self.corrected(chosen),
            "more": chosen.more,
            "more_address": _absolute(Heading(SITE).path),
        }

    def corrected(self, chosen: Chosen) -> list[tuple[dict, list[Correction]]]:
        """The articles that were put right, each with its notices."""
        notices: dict[int, list[Correction]] = {}
        for article, key in chosen.corrected:
            if article in self.shelf.articles and key in self.shelf.corrections:
                notices.setdefault(article, []).append(self.shelf.corrections[key])
        return [(self.entry(article), found) for article, found in notices.items()]

    def heading(self, key: Key) -> dict:
        """A heading of the digest: its kind, its name, where it leads."""
        heading = self.shelf.headings.get(key)
        if heading is None or key[0] == SITE:
            return {"name": _("New on the site"), "label": "", "address": ""}
        return {
            "name": heading.name,
            "label": heading.label,
            "address": _absolute(heading.path),
        }

    def entry(self, key: int) -> dict:
        """An article as a digest tells it."""
        if key not in self.entries:
            article: Article = self.shelf.articles[key]
            told = {
                "article": article,
                "address": _absolute(article.get_absolute_url()),
                "rights": self.rights[key],
                "language": translation.get_language(),
                # The rights in a text are said in its own language.
                "spoken": languages.spoken(article.language),
            }
            self.entries[key] = told | {
                "html": render_to_string("articles/mail/_follow_entry.html", told),
                "text": render_to_string("articles/mail/_follow_entry.txt", told).strip(),
            }
        return self.entries[key]

    def subject(self, shown: dict) -> str:
        """The first headline, and how many more."""
        if not shown["number"]:
            entry, _notices = shown["corrected"][0]
            pattern = _("{site}: corrected – {headline}")
            return pattern.format(site=shown["site"], headline=marked_headline(entry["article"]))
        headline = marked_headline(shown["sections"][0][1][0]["article"])
        rest = shown["number"] + shown["more"] - 1
        if not rest:
            return _("{site}: {headline}").format(site=shown["site"], headline=headline)
        pattern = ngettext(
            "{site}: {headline} – and {number} more",
            "{site}: {headline} – and {number} more",
            rest,
        )
        return pattern.format(site=shown["site"], headline=headline, number=rest)


def _absolute(path: str) -> str:
    return links.site() + path
