"""Which articles somebody asks for, and what the rules answer about each before anything is typed.

What may be done is asked of ``decide``; only live articles are ever named.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote, urlsplit

from articles.models import Article, FormerSlug, Image
from articles.pages import loaded
from cms.text import CONTROL, legible
from licensing.answers import Answer, answer
from licensing.issuing import OURS_TO_PERMIT
from licensing.rights.decide import Decision, ElementDecision, decide
from licensing.rights.questions import ASKABLE
from licensing.rights.vocabulary import Use, Verdict
from licensing.snapshot import picture_key, snapshot
from licensing.wording import said, verdict_word

MOST_ARTICLES = 20
MOST_FOUND = 8
LONGEST_SEARCH = 300
_SLUG = re.compile(r"[-\w]{1,200}")
_ADDRESS = re.compile(r"/articles/([-\w]+)(?:/|$)")


@dataclass(frozen=True)
class PictureChoice:
    """A picture that can be asked for with its article, or why it cannot."""

    image: Image
    value: str
    key: str
    decision: ElementDecision

    @property
    def is_ours(self) -> bool:
        return self.decision.verdict in OURS_TO_PERMIT

    @property
    def word(self) -> str:
        return verdict_word(self.decision.verdict)

    @property
    def name(self) -> str:
        return self.image.caption or self.image.alt_text or str(self.image)

    @property
    def reasons(self) -> list[str]:
        return [said(reason) for reason in self.decision.reasons]


@dataclass(frozen=True)
class Choice:
    """An article that is asked for, with what is answered about the use."""

    article: Article
    decision: Decision

    @property
    def verdict(self) -> Verdict:
        return self.decision.verdict

    @property
    def is_ours(self) -> bool:
        return self.verdict in OURS_TO_PERMIT

    @property
    def answer(self) -> Answer:
        return answer(self.decision)

    @property
    def pictures(self) -> list[PictureChoice]:
        """The pictures on its page, each with its own answer."""
        answers = {one.element.key: one for one in self.decision.elements}
        found = []
        for image in self.article.pictures():
            key = picture_key(image)
            if key in answers and image.is_usable():
                value = f"{self.article.slug}:{key}"
                found.append(PictureChoice(image, value, key, answers[key]))
        return found


@dataclass(frozen=True)
class Selection:
    """What was chosen so far. ``strange``: what was named and leads to no article."""

    articles: tuple[Article, ...]
    use: Use | None
    strange: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def slugs(self) -> list[str]:
        return [article.slug for article in self.articles]

    def of(self, *verdicts: Verdict) -> list[Choice]:
        """The choices that are answered so."""
        return [choice for choice in self.choices if choice.verdict in verdicts]

    @property
    def free(self) -> list[Choice]:
        return self.of(Verdict.GRANTED)

    @property
    def to_ask(self) -> list[Choice]:
        return self.of(Verdict.ASK)

    @property
    def elsewhere(self) -> list[Choice]:
        return self.of(Verdict.REFER)

    @property
    def refused(self) -> list[Choice]:
        return self.of(Verdict.REFUSED)

    @property
    def ours(self) -> list[Choice]:
        """What we can be asked for: what needs our leave, and what is free already."""
        return self.of(*OURS_TO_PERMIT)

    def without_others(self) -> "Selection":
        """Only what we can be asked for."""
        left = tuple(self.ours)
        articles = tuple(choice.article for choice in left)
        return replace(self, articles=articles, choices=left, strange=())


def selection(names: Iterable[str], use: str, *, at: datetime) -> Selection:
    """The live articles of these slugs, in this order, and what is answered about ``use``."""
    names = list(dict.fromkeys(names))
    articles = named(names, at=at)
    known = {*articles, *(article.slug for article in articles.values())}
    found = list({article.pk: article for article in articles.values()}.values())[:MOST_ARTICLES]
    strange = tuple(legible(name) for name in names if name not in known)
    wanted = Use(use) if use in ASKABLE else None
    choices = ()
    if wanted:
        choices = tuple(
            Choice(article, decide(snapshot(article, at=at), wanted, at)) for article in found
        )
    return Selection(tuple(found), wanted, strange[:3], choices)


def named(names: list[str], *, at: datetime) -> dict[str, Article]:
    """Name → live article, for slugs of today and those that an article has left."""
    slugs = [name for name in names if _SLUG.fullmatch(name)][: 2 * MOST_ARTICLES]
    live = loaded(Article.objects.live(at))
    found = {article.slug: article for article in live.filter(slug__in=slugs)} if slugs else {}
    if missing := [slug for slug in slugs if slug not in found]:
        left = FormerSlug.objects.filter(model=Article._meta.model_name, slug__in=missing)
        moved = dict(left.values_list("slug", "row_id"))
        rows = {article.pk: article for article in live.filter(pk__in=moved.values())}
        found |= {slug: rows[key] for slug, key in moved.items() if key in rows}
    return {name: found[name] for name in slugs if name in found}


def search(typed: str, *, at: datetime) -> list[Article]:
    """Live articles that ``typed`` may mean: by address or slug the one, else by the headline."""
    typed = CONTROL.sub("", typed)[:LONGEST_SEARCH].strip()
    if (slug := slug_in(typed)) and (article := named([slug], at=at).get(slug)):
        return [article]
    if "://" in typed or typed.startswith("/"):
        return []
    articles = Article.objects.live(at)
    for word in typed.split()[:8]:
        articles = articles.filter(headline__icontains=word)
    return list(articles.select_related("publication").newest_first()[:MOST_FOUND])


def slug_in(typed: str) -> str:
    """The slug in an address of ours, or what could be one; else nothing."""
    try:
        path = unquote(urlsplit(typed).path)
    except ValueError:
        return ""
    if found := _ADDRESS.search(path):
        return found[1]
    return typed if _SLUG.fullmatch(typed) else ""
