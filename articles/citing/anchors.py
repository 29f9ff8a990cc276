"""A passage named by its words and those around it, and found again after the text was edited.

The words decide: a place that does not say the same is never taken for the passage. Of several
that do, the one is taken around which most is as it was.
"""

from dataclasses import dataclass

CONTEXT = 60


@dataclass(frozen=True)
class Quote:
    """A W3C Web Annotation TextQuoteSelector: the words, and some before and after."""

    exact: str
    prefix: str = ""
    suffix: str = ""


def one_line(text: str) -> str:
    """``text`` as passages are compared: whatever parts two words is one space."""
    return " ".join(text.split())


def quote_at(words: str, start: int, end: int) -> Quote:
    """The passage ``words[start:end]`` with what stands around it."""
    return Quote(words[start:end], words[max(0, start - CONTEXT) : start], words[end:][:CONTEXT])


def find(words: str, quote: Quote) -> tuple[int, int] | None:
    """Where the passage stands in ``words``, or None where it is gone."""
    if not quote.exact:
        return None
    best, most = None, -1
    start = words.find(quote.exact)
    while start >= 0:
        end = start + len(quote.exact)
        likeness = _shared(words[max(0, start - CONTEXT) : start][::-1], quote.prefix[::-1])
        likeness += _shared(words[end : end + CONTEXT], quote.suffix)
        if likeness > most:
            best, most = (start, end), likeness
        start = words.find(quote.exact, start + 1)
    return best


def _shared(one: str, other: str) -> int:
    """How many signs the two have in common at their beginnings."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
