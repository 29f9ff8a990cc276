"""A body read as words: plain text, how many words, how many minutes."""

import re

from cms.richtext import tree
from cms.richtext.vocabulary import FOOTNOTE_CLASS

WORDS_A_MINUTE = 230
CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
WORD_ENDS = re.compile(r"[\s—–…/]+")


def plain_text(html: str) -> str:
    """Return the words alone: a blank line between paragraphs, the notes at the end as [1] …"""
    notes = []
    paragraphs = Reader(notes).paragraphs(tree.parse(html))
    numbered = [f"[{number}] {note}" for number, note in enumerate(notes, start=1)]
    return "\n\n".join(paragraphs + numbered)


def word_count(html: str) -> int:
    """Return the number of words, notes not counted; Chinese and Japanese count by character."""
    text = "".join(spoken(tree.parse(html)))
    characters = len(CJK.findall(text))
    words = WORD_ENDS.split(CJK.sub(" ", text))
    return characters + sum(any(sign.isalnum() for sign in word) for word in words)


def reading_minutes(words: int) -> int:
    """Return how many minutes a text of so many words takes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def text_of(element):
    """All words within, as they stand; a break is a space."""
    return "".join(
        child if isinstance(child, str) else " " if child.name == "br" else text_of(child)
        for child in element.children
    )


def spoken(element):
    """The words of the text without its notes, blocks apart."""
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.name in tree.BLOCKS or child.name in tree.VOID:
            yield " "
            yield from spoken(child)
            yield " "
        elif not is_footnote(child):
            yield from spoken(child)


def is_footnote(element):
    return element.name == "span" and FOOTNOTE_CLASS in element.source


class Reader:
    """Reads a tree aloud: paragraph by paragraph, what footnotes say put aside into ``notes``."""

    def __init__(self, notes):
        self.notes = notes
        self.read_so_far = []
        self.line = ""
        self.lead = ""

    def paragraphs(self, element):
        self.read(element)
        self.end_line()
        return self.read_so_far

    def read(self, element):
        number = first_number(element)
        for child in element.children:
            if isinstance(child, str):
                self.line += child
            elif child.name == "br":
                self.line += "\n"
            elif child.name == "hr":
                self.end_line()
                self.read_so_far.append("* * *")
            elif is_footnote(child):
                self.notes.append(" ".join(text_of(child).split()))
                self.line += f"[{len(self.notes)}]"
            elif child.name in {"td", "th"}:
                self.line += "\t" if self.line else ""
                self.line += " ".join(Reader(self.notes).paragraphs(child))
            elif child.name in tree.BLOCKS:
                self.end_line()
                if child.name == "li":
                    self.lead = f"{number}. " if number else "- "
                    number += bool(number)
                self.read(child)
                self.end_line()
            else:
                self.read(child)

    def end_line(self):
        lines = [line.strip(" ") for line in self.line.split("\n")]
        if text := "\n".join(lines).strip():
            self.read_so_far.append(self.lead + text)
            self.lead = ""
        self.line = ""


def first_number(element):
    """What an ordered list begins with; 0 for anything else."""
    if element.name != "ol":
        return 0
    start = element.attributes().get("start", "1")
    return int(start) if start.isdecimal() else 1
