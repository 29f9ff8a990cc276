"""Which news go into whose digest, under which heading: numbers and keys in, no row is read.

News are numbered. Whoever began at ``since`` and was ``told`` up to a number gets what lies above
it and under a heading of theirs; an article once, in one language; and what was put right in
articles that came out since they began.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter, itemgetter

Key = tuple[str, int]


@dataclass(frozen=True)
class News:
    """One entry: an article that came out or, with ``correction``, was put right.

    ``headings`` are those it stands under, the wider ones included; ``text`` is what it has in
    common with its translations.
    """

    number: int
    article: int
    text: int
    headings: frozenset[Key]
    correction: int = 0


@dataclass(frozen=True)
class Version:
    """A public article: in which language it says its text, and under which number it came out."""

    article: int
    language: str
    number: int


@dataclass
class Chosen:
    """What a digest holds: articles by heading, newest first; how many more there are; what was
    put right, as (article, correction).
    """

    sections: dict[Key, list[int]] = field(default_factory=dict)
    more: int = 0
    corrected: list[tuple[int, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.sections or self.corrected)

    @property
    def articles(self) -> list[int]:
        """The articles that came out, as they are listed."""
        return [article for articles in self.sections.values() for article in articles]


def choose(
    news: Iterable[News],
    versions: Mapping[int, Sequence[Version]],
    *,
    followed: Sequence[Key],
    since: int,
    told: int,
    language: str,
    most: int,
) -> Chosen:
    """The digest for whoever follows ``followed``; an article stands under the first of these that
    it belongs to. ``versions`` are the public versions of each text, this one's own included.
    """
    places = {key: place for place, key in enumerate(followed)}
    ours = [
        entry
        for entry in news
        if entry.number > told and not places.keys().isdisjoint(entry.headings)
    ]
    ours.sort(key=attrgetter("number"), reverse=True)
    shown: dict[int, tuple[News, int]] = {}
    for entry in ours:
        if entry.correction or entry.text in shown:
            continue
        version = _version(versions.get(entry.text, ()), told, language)
        if version:
            shown[entry.text] = (entry, version)
    chosen = Chosen(more=max(len(shown) - most, 0))
    listed = [
        (min(places[key] for key in entry.headings if key in places), version)
        for entry, version in islice(shown.values(), most)
    ]
    for place, article in sorted(listed, key=itemgetter(0)):
        chosen.sections.setdefault(followed[place], []).append(article)
    chosen.corrected = [
        (entry.article, entry.correction)
        for entry in ours
        if entry.correction
        and _was_told(entry, versions.get(entry.text, ()), since, told, language)
    ][:most]
    return chosen


def _version(versions: Sequence[Version], told: int, language: str) -> int | None:
    """In which version a text is told, if it is: in the reader's own language when that comes out,
    else when the text first comes out in any. A translation into a third language is no news.
    """
    found = versions[0] if versions else None
    if len(versions) > 1:
        own = next((version for version in versions if _is_in(version, language)), None)
        found = own or min(versions, key=attrgetter("number"))
    return found.article if found and found.number > told else None


def _is_in(version: Version, language: str) -> bool:
    """Whether it is written in ``language``, in whichever country’s way (“es-mx” is Spanish)."""
    return version.language == language or version.language.startswith(f"{language}-")


def _was_told(
    entry: News, versions: Sequence[Version], since: int, told: int, language: str
) -> bool:
    """Whether what was put right is the version that the reader was told, since they began."""
    out = [version for version in versions if version.number <= told]
    return _version(out, since, language) == entry.article
