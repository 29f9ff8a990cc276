"""Passages of an article: its words as comments name them, taken from it and found in it again."""

from collections.abc import Iterator

from articles.citing import anchors, passages
from articles.citing.anchors import Quote
from articles.models import Comment
from articles.printing.blocks import blocks

FIELDS = (Comment.Field.HEADLINE, Comment.Field.STANDFIRST, Comment.Field.BODY)
LONGEST_TYPED = 10_000


class Words:
    """The words of a text, field by field: of an article, or of a snapshot of one."""

    def __init__(self, content: dict):
        self._content = content
        self._lines: dict[str, str] = {}

    @classmethod
    def of(cls, article) -> "Words":
        """As the article stands now."""
        return cls({str(field): getattr(article, field) for field in FIELDS})

    def __getitem__(self, field: str) -> str:
        """All words of a field on one line, what the footnotes say at the end."""
        if field not in self._lines:
            value = self._content.get(field) or ""
            if field == Comment.Field.BODY:
                value = _spoken(value)
            self._lines[field] = anchors.one_line(value)
        return self._lines[field]

    def find(self, comment: Comment) -> tuple[int, int] | None:
        """Where the passage of ``comment`` stands in its field; None where it is gone."""
        return anchors.find(self[comment.field], comment.quote) if comment.exact else None

    def quote(self, field: str, typed: str, *, prefix: str = "", suffix: str = "") -> Quote | None:
        """The passage that somebody selected or typed, as the text has it; None where it has not.

        What a script says stood around it tells apart two places of the same words.
        """
        line = self[field]
        selected = Quote(anchors.one_line(typed[:LONGEST_TYPED]), prefix[-100:], suffix[:100])
        if place := anchors.find(line, selected):
            return anchors.quote_at(line, *place)
        passage = passages.find(passages.Text(line, (), ()), typed[:LONGEST_TYPED])
        return anchors.quote_at(line, passage.start, passage.end) if passage else None


def _spoken(html: str) -> str:
    parsed = blocks(html)
    return " ".join([passages.text_of(parsed).words, *(_told(note) for note in _notes(parsed))])


def _notes(part) -> Iterator[dict]:
    if isinstance(part, dict):
        if part.get("type") == "note":
            yield part
        else:
            yield from _notes(list(part.values()))
    elif isinstance(part, list):
        for inner in part:
            yield from _notes(inner)


def _told(inline: dict) -> str:
    if inline["type"] == "break":
        return " "
    return inline.get("text", "") + "".join(_told(inner) for inner in inline.get("content", ()))
