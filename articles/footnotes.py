"""Typed footnotes made real: ``word[1]`` and a list of notes become notes where their marks stand.

This happens only when every note has exactly one mark and every mark its note; nothing is lost.
"""

import re
from collections import Counter
from itertools import pairwise

from articles.reading import first_number, text_of
from cms.richtext.tree import Element
from cms.richtext.vocabulary import FOOTNOTE_CLASS, NOTE_HEADINGS

NUMBER = r"\d{1,3}|[ivxlc]{1,6}"
MARK = re.compile(rf"\[({NUMBER})\]")
MARK_IN_SENTENCE = re.compile(rf"[ \xa0]*\[({NUMBER})\]")
MARK_OF_NOTE = re.compile(rf"\s*\[({NUMBER})\]\s*[.:]?\s*")
BACK_ARROW = re.compile(r"\s*[↩⏎↑⤴⬆][\ufe0e\ufe0f]?\s*$")
HEADING_BLOCKS = frozenset(["p", "h2", "h3", "h4"])


def recognise_footnotes(root: Element) -> bool:
    """Move typed notes to their marks. Say whether that was done; if not, nothing has changed."""
    marks = [Counter(marks_in([block])) for block in root.children]
    total = Counter()
    for count in marks:
        total.update(count)
    for first, last in reversed(runs_of_notes(root.children)):
        noted = notes_in(root.children[first:last])
        notes = dict(noted)
        outside = total.copy()
        for count in marks[first:last]:
            outside.subtract(count)
        is_one_to_one = (
            len(noted) == len(notes) == outside.total()
            and all(outside[number] == 1 for number in notes)
            and all(is_worded(note) for note in notes.values())
        )
        if is_one_to_one:
            root.children[before_heading(root.children, first) : last] = []
            place_notes(root, notes)
            return True
    return False


def is_worded(note):
    """Has words of its own, and no mark left of one that came in pieces."""
    words = text_of(note).strip()
    return bool(words) and not MARK_OF_NOTE.match(words)


def runs_of_notes(blocks):
    """Where notes stand, block after block, as slices of ``blocks``: all runs, in their order."""
    edges = [-1, *[index for index, block in enumerate(blocks) if not is_note_block(block)]]
    runs = [(before + 1, after) for before, after in pairwise([*edges, len(blocks)])]
    runs = [run for run in runs if run[0] < run[1]]
    for index, block in enumerate(blocks):
        # A numbered list says [1] by its own counting, where notes are expected.
        is_last = index == len(blocks) - 1
        is_headed = before_heading(blocks, index) < index
        if block.name == "ol" and (is_last or is_headed) and not is_note_block(block):
            runs.append((index, index + 1))
    return sorted(runs)


def is_note_block(block):
    if block.name == "p":
        return MARK_OF_NOTE.match(text_of(block)) is not None
    if block.name in {"ul", "ol"}:
        return all(MARK_OF_NOTE.match(text_of(item)) for item in block.children)
    return False


def notes_in(blocks):
    """The notes of these blocks as pairs of their number and an element with their words."""
    found = []
    for block in blocks:
        if block.name == "p":
            lines = split_at_breaks(block)
        elif is_note_block(block):
            lines = block.children
        else:
            start = first_number(block)
            found += [(str(start + n), note(item)) for n, item in enumerate(block.children)]
            continue
        for line in lines:
            if number := MARK_OF_NOTE.match(text_of(line)):
                found.append((number[1], note(line)))
            else:
                found[-1][1].children += [" ", *line.children]
    return found


def note(line):
    """A footnote with the words of the line, without its mark and its arrow back."""
    words = Element("span", f' class="{FOOTNOTE_CLASS}"', list(line.children))
    strip_first(words, MARK_OF_NOTE)
    strip_last(words, BACK_ARROW)
    return words


def strip_first(element, pattern):
    """Take what matches from the first words, without touching elements of the text itself."""
    for index, child in enumerate(element.children):
        if isinstance(child, Element):
            copy = Element(child.name, child.source, list(child.children))
            element.children[index] = copy
            if text_of(copy).strip():
                strip_first(copy, pattern)
                return
        elif child.strip():
            element.children[index] = pattern.sub("", child, count=1)
            return


def strip_last(element, pattern):
    if not element.children:
        return
    last = element.children[-1]
    if isinstance(last, Element):
        element.children[-1] = copy = Element(last.name, last.source, list(last.children))
        strip_last(copy, pattern)
    else:
        element.children[-1] = pattern.sub("", last)


def split_at_breaks(paragraph):
    lines = [Element("p")]
    for child in paragraph.children:
        if isinstance(child, Element) and child.name == "br":
            lines.append(Element("p"))
        else:
            lines[-1].children.append(child)
    return lines


def before_heading(blocks, first):
    """Where the heading of the notes, and a rule around it, begin: ``first`` if there is none."""
    begin = first
    if begin and blocks[begin - 1].name == "hr":
        begin -= 1
    if begin and blocks[begin - 1].name in HEADING_BLOCKS:
        words = text_of(blocks[begin - 1]).strip().rstrip(":：").strip().casefold()
        if words in NOTE_HEADINGS:
            begin -= 1
            if begin and blocks[begin - 1].name == "hr":
                begin -= 1
    return begin


def marks_in(blocks):
    """The number of every mark outside of footnotes that are there already."""
    for block in blocks:
        if isinstance(block, str):
            yield from MARK.findall(block)
        elif block.name != "span":
            yield from marks_in(block.children)


def place_notes(element, notes):
    """Put each note in the place of its mark; the space before a mark goes with it."""
    children = []
    for child in element.children:
        if isinstance(child, str):
            position = 0
            for mark in MARK_IN_SENTENCE.finditer(child):
                children += [child[position : mark.start()], notes[mark[1]]]
                position = mark.end()
            children.append(child[position:])
        else:
            if child.name != "span":
                place_notes(child, notes)
            children.append(child)
    element.children = children
