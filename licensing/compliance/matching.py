"""Our paragraphs found again in somebody else's page: whole, altered, cut. Pure, and near linear.

Compared are words, as a reader would say they are the same: case, quotes, dashes and spaces do not
count, nor where a paragraph ends over there. The page may be long, broken or hostile; our own text
is neither, and what is remembered of the page is bounded by it.
"""

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from licensing.rights.attribution_words import plain

# Each sign of a script without spaces is a word; so is any run of letters and digits.
WORD = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    r"|(?:(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])"
    r"[^\W_])(?:(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])"
    r"[^\W_]|['’\u0300-\u036f\u064b-\u065f])*"
)
# As they are printed, and in Markdown that nobody has read as such.
NOTE_MARK = re.compile(r"\[(?:\d{1,3}|\^[\w-]{1,60})\]")
# How many words in a row make a trace of a paragraph, and how many traces of one kind are kept.
GRAM = 3
MOST_TRACES = 24
# A paragraph is looked for in pieces of so many words.
PIECE = 250
# A piece of which less was found again is missing; more, and it is the same with changes.
KEPT = 0.5
MOST_WORDS = 600_000


class Change(NamedTuple):
    """Words of ours that read otherwise over there; either side may be empty."""

    ours: str
    theirs: str


@dataclass(frozen=True)
class Found:
    """What became of one paragraph. ``share``: how much of it stands over there, from 0 to 1."""

    paragraph: str
    share: float
    changes: tuple[Change, ...] = ()

    @property
    def is_missing(self) -> bool:
        return self.share < KEPT

    @property
    def is_altered(self) -> bool:
        return not self.is_missing and bool(self.changes)


@dataclass(frozen=True)
class Match:
    """A text held against a page. ``added``: blocks between ours that are not ours; ``before``: all
    that stands in front of the first of ours.
    """

    found: tuple[Found, ...]
    words_found: int = 0
    words: int = 0
    added: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """How much of the text stands on the page, from 0 to 1."""
        return self.words_found / self.words if self.words else 1.0

    @property
    def missing(self) -> tuple[Found, ...]:
        return tuple(found for found in self.found if found.is_missing)

    @property
    def altered(self) -> tuple[Found, ...]:
        return tuple(found for found in self.found if found.is_altered)


def words_of(text: str) -> list[str]:
    """The words of ``text`` as they are compared."""
    return WORD.findall(plain(NOTE_MARK.sub(" ", text)))


def match(paragraphs: Iterable[str], blocks: Sequence[str], *, known: Iterable[str] = ()) -> Match:
    """``paragraphs`` of ours looked for in ``blocks`` of theirs.

    ``known`` may stand between ours without being an addition: captions, credits, notices.
    """
    ours = [(paragraph, words_of(paragraph)) for paragraph in paragraphs]
    ours = [(paragraph, words) for paragraph, words in ours if len(words) >= GRAM]
    page = _Page(blocks, {gram for _p, words in ours for gram in _grams(words)})
    found, place, hits = [], 0, set()
    for paragraph, words in ours:
        kept, changes = 0, []
        for start in range(0, len(words), PIECE):
            piece = words[start : start + PIECE]
            standing, altered, place = page.find(piece, place)
            kept += len(standing)
            hits.update(standing)
            changes += altered
        found.append(Found(paragraph, kept / len(words), tuple(changes)))
    return Match(
        tuple(found),
        words_found=len(hits),
        words=sum(len(words) for _paragraph, words in ours),
        added=page.between(hits, known),
        before=page.before(hits),
    )


def is_same(text: str, other: str) -> bool:
    """Whether two texts have the same words."""
    return words_of(text) == words_of(other)


def is_said(blocks: Iterable[str], phrase: str) -> bool:
    """Whether the words of ``phrase`` stand in one of ``blocks``, in their order and together."""
    wanted = f" {' '.join(words_of(phrase))} "
    return bool(wanted.strip()) and any(
        wanted in f" {' '.join(words_of(block))} " for block in blocks
    )


def _grams(words: Sequence[str]):
    return zip(*(words[start:] for start in range(GRAM)), strict=False)


class _Page:
    """Words in a row, with the places of those traces that are looked for."""

    def __init__(self, blocks: Sequence[str], wanted: set):
        self.blocks, self.words, self.starts = blocks, [], []
        for block in blocks:
            self.starts.append(len(self.words))
            if len(self.words) < MOST_WORDS:
                self.words += words_of(block)
        self.traces = defaultdict(list)
        for place, gram in enumerate(_grams(self.words)):
            if gram in wanted and len(self.traces[gram]) < MOST_TRACES:
                self.traces[gram].append(place)

    def find(self, piece: list[str], near: int) -> tuple[list[int], list[Change], int]:
        """Where words of ``piece`` stand, what reads otherwise, and where reading goes on."""
        start = self._start(piece, near)
        if start is None:
            return [], [], near
        slack = len(piece) // 2 + 8
        first = max(0, start - slack)
        window = self.words[first : start + len(piece) + slack]
        matcher = SequenceMatcher(None, piece, window, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        # A lone word far off is chance; a cut has long runs on both sides.
        blocks = [block for block in blocks if block.size > 1 or len(blocks) == 1] or blocks
        standing = [first + block.b + step for block in blocks for step in range(block.size)]
        if len(standing) < KEPT * len(piece):
            return standing, [], near
        return standing, _changes(piece, window, blocks), standing[-1] + 1

    def _start(self, piece: list[str], near: int) -> int | None:
        """Where ``piece`` would begin, by the most traces; of two such places the one ahead."""
        votes: Counter[int] = Counter()
        width = len(piece) // 4 + 4
        for offset, gram in enumerate(_grams(piece)):
            for place in self.traces.get(gram, ()):
                votes[(place - offset) // width] += 1
        if not votes:
            return None

        def weight(bucket: int) -> tuple:
            start = bucket * width
            return votes[bucket] + votes[bucket + 1], start + width >= near, -abs(start - near)

        return max(0, max(votes, key=weight) * width)

    def before(self, hits: set[int]) -> tuple[str, ...]:
        """The blocks in front of the one in which the first of ours stands."""
        number = bisect(self.starts, min(hits)) - 1 if hits else 0
        return tuple(self.blocks[:number])

    def between(self, hits: set[int], known: Iterable[str]) -> tuple[str, ...]:
        """The blocks that stand among ours, and of which hardly a word is ours."""
        if not hits:
            return ()
        first, last = min(hits), max(hits)
        allowed = [set(words_of(text)) for text in known]
        added = []
        ends = [*self.starts[1:], len(self.words)]
        for block, start, end in zip(self.blocks, self.starts, ends, strict=True):
            if start < first or end > last + 1 or end - start < 1:
                continue
            own = sum(place in hits for place in range(start, end))
            words = set(self.words[start:end])
            is_known = any(len(words & told) >= 0.8 * len(words) for told in allowed)
            if own * 4 < end - start and not is_known:
                added.append(block)
        return tuple(added)


def _changes(piece: list[str], window: list[str], blocks) -> list[Change]:
    """What differs from the first to the last word of ours; what stands around them does not."""
    changes = []
    ours, theirs = 0, max(0, blocks[0].b - blocks[0].a)
    for block in blocks:
        change = Change(" ".join(piece[ours : block.a]), " ".join(window[theirs : block.b]))
        if any(change):
            changes.append(change)
        ours, theirs = block.a + block.size, block.b + block.size
    if ours < len(piece):
        rest = piece[ours:]
        changes.append(Change(" ".join(rest), " ".join(window[theirs : theirs + len(rest)])))
    return changes
