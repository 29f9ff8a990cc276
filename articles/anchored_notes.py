"""Footnotes that a page ties to their marks by links: made real before the ties are cut.

Word, Google Docs, LibreOffice, wikis, newsletters and Markdown all write the mark as a link to the
note, and most write a link back. Where such a link leads to a note of the same text, the note is
put where the mark stood, for every mark that it has; the list, its rule and its heading go. A link
to anything else stays what it is, and so does a note that no mark leads to. Pure.
"""

import re
from bisect import bisect_left, bisect_right

from articles.footnotes import HEADING_BLOCKS
from articles.reading import text_of
from cms.richtext.tree import BLOCKS, Element
from cms.richtext.vocabulary import FOOTNOTE_CLASS, NOTE_HEADINGS

# What a link to a note says: "1", "[1]", "(1)", "iv", "a", "*", "†", "[note 1]".
MARK = re.compile(
    r"\s*[\[(]?\s*(?:(?:n\.|nb|note|fn)\s*)?(?:\d{1,3}|[ivxlc]{1,7}|[a-z]|[*†‡§]{1,3})\s*[\])]?\s*",
    re.IGNORECASE,
)
# How those who write notes name the places where they stand.
NOTE_NAME = re.compile(
    r"_?(?:ftn|edn|fn|sdfootnote|sdendnote|cite[_-]?note|footnote|endnote|note)[\w:.-]*",
    re.IGNORECASE,
)
WRAPPERS = frozenset(["sup", "span", "b", "strong", "em", "i", "small", "font"])
BACK_CLASSES = re.compile(r"backlink|backref|footnote-back|reversefootnote|footnote-number")
LONGEST_WAY_BACK = 40
# What may hold one note in several paragraphs.
ROOMS = frozenset(["div", "li", "dd", "aside"])
INTO_HEADINGS = HEADING_BLOCKS | {"h1", "h5", "h6", "strong", "b", "div"}
# Beyond these it is no text with notes, and would be copied at every mark.
LONGEST_NOTE = 10_000
MOST_MARKS = 2_000
MOST_COPIED = 500_000


def tie_notes(root: Element) -> bool:
    """Put notes where their marks stand, in place. Say whether there were any."""
    return Ties(root).tie()


def fragment_of(element: Element) -> str:
    if element.name != "a" or not element.source:
        return ""
    return element.attributes().get("href", "").partition("#")[2]


class Ties:
    """The links within one text; who stands in whom, by the order in which they begin."""

    def __init__(self, root: Element):
        self.root = root
        self.named: dict[str, Element] = {}
        self.parents: dict[int, tuple[Element, int]] = {}
        self.begins: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        self.links: list[Element] = []
        self.instead: dict[int, Element | None] = {}
        self.read(root)
        self.starts = [self.begins[id(link)] for link in self.links]
        self.targets = sorted({self.begins[id(target)] for _mark, target in self.marks()})

    def read(self, element: Element) -> None:
        self.begins[id(element)] = len(self.begins)
        for position, child in enumerate(element.children):
            if isinstance(child, str):
                continue
            self.parents[id(child)] = (element, position)
            for name in names_of(child):
                self.named.setdefault(name, child)
            if fragment_of(child):
                self.links.append(child)
            self.read(child)
        self.ends[id(element)] = len(self.begins)

    def tie(self) -> bool:
        if not self.named or not self.links:
            return False
        marks = [
            (link, note)
            for link, target in self.marks()
            if (note := self.note_of(link, target)) is not None
        ]
        # A mark within a note stays there: a note holds no note.
        rooms = [note for _link, note in marks]
        within = Spans((self.begins[id(note)], self.ends[id(note)]) for note in rooms)
        marks = [(link, note) for link, note in marks if self.begins[id(link)] not in within]
        notes = {id(note): note for _link, note in marks}
        words = {key: self.words_of(note) for key, note in notes.items()}
        said = {key: text_of(footnote).strip() for key, footnote in words.items()}
        marks = [
            (link, note)
            for link, note in marks
            if said[id(note)] and not MARK.fullmatch(said[id(note)])
        ]
        copied = sum(len(said[id(note)]) for _link, note in marks)
        if not marks or len(marks) > MOST_MARKS or copied > MOST_COPIED:
            return False
        for link, note in marks:
            self.instead[id(self.raised(link))] = words[id(note)]
            self.instead[id(note)] = None
        for note in notes.values():
            if id(note) in self.instead:
                self.leave_out_before(note)
        self.rewrite(self.root)
        return True

    # --- which note a link means ---

    def marks(self):
        """Links that read like marks and lead on, each with where it leads; back is to a mark."""
        for link in self.links:
            target = self.named.get(fragment_of(link))
            leads_on = target is not None and self.begins[id(target)] > self.begins[id(link)]
            if leads_on and MARK.fullmatch(text_of(link)):
                yield link, target

    def note_of(self, link: Element, target: Element) -> Element | None:
        """The block with the note to which ``link`` is the mark; None where it is no mark."""
        if (note := self.block_around(target)) is None:
            return None
        is_tied = NOTE_NAME.fullmatch(fragment_of(link)) or self.leads_back(note, link)
        return note if is_tied and len(text_of(note)) <= LONGEST_NOTE else None

    def block_around(self, element: Element) -> Element | None:
        block = element
        while block.name not in BLOCKS:
            if id(block) not in self.parents:
                return None
            block = self.parents[id(block)][0]
        if block is self.root:
            return None
        while self.is_room_of_one(room := self.parents[id(block)][0]):
            block = room
        return block

    def is_room_of_one(self, room: Element) -> bool:
        """Whether ``room`` holds one note in several paragraphs, and no other."""
        if room.name not in ROOMS or room is self.root:
            return False
        first = bisect_left(self.targets, self.begins[id(room)])
        if bisect_left(self.targets, self.ends[id(room)]) - first > 1:
            return False
        attributes = room.attributes() if room.source else {}
        says = f"{attributes.get('id', '')} {attributes.get('class', '')}".split()
        return room.name in {"li", "dd"} or any(NOTE_NAME.fullmatch(name) for name in says)

    def links_in(self, room: Element) -> list[Element]:
        first = bisect_left(self.starts, self.begins[id(room)])
        return self.links[first : bisect_left(self.starts, self.ends[id(room)])]

    def leads_back(self, note: Element, link: Element) -> bool:
        """Whether a link in ``note`` leads to its mark, or to what stands closely around it."""
        names, place = set(names_of(link)), link
        for _step in range(3):
            place = self.parents[id(place)][0]
            if place.name not in WRAPPERS:
                break
            names.update(names_of(place))
        return any(fragment_of(one) in names for one in self.links_in(note))

    # --- what it says ---

    def words_of(self, note: Element) -> Element:
        """A footnote with the words of ``note``, without the ways back to its marks."""
        return Element("span", f' class="{FOOTNOTE_CLASS}"', self.without_ways_back(note))

    def without_ways_back(self, element: Element) -> list:
        kept: list = []
        for child in element.children:
            if isinstance(child, str):
                kept.append(child)
            elif not self.is_way_back(child):
                copy = Element(child.name, child.source, self.without_ways_back(child))
                if copy.children or not child.children:
                    kept.append(copy)
        return kept

    def is_way_back(self, element: Element) -> bool:
        classes = element.attributes().get("class", "") if element.source else ""
        words = text_of(element).strip() if classes or element.name == "a" else ""
        if BACK_CLASSES.search(classes) and len(words) < LONGEST_WAY_BACK:
            return True
        target = self.named.get(fragment_of(element))
        if target is None or self.begins[id(target)] > self.begins[id(element)]:
            return False
        return MARK.fullmatch(words) is not None or not any(sign.isalnum() for sign in words)

    # --- putting it there ---

    def raised(self, link: Element) -> Element:
        """The mark with what raises it, if that holds nothing else."""
        place, words = link, text_of(link).strip()
        while (around := self.parents[id(place)][0]).name in WRAPPERS and (
            text_of(around).strip() == words
        ):
            place = around
        return place

    def leave_out_before(self, note: Element) -> None:
        """A rule and a heading above notes that are gone, up to something that says more."""
        place = note
        while id(place) in self.parents:
            parent, position = self.parents[id(place)]
            for before in reversed(parent.children[:position]):
                if isinstance(before, str) or self.instead.get(id(before), before) is None:
                    if isinstance(before, str) and before.strip():
                        return
                elif is_of_no_more_use(before):
                    self.instead[id(before)] = None
                else:
                    return
            place = parent

    def rewrite(self, element: Element) -> None:
        children: list = []
        for child in element.children:
            if isinstance(child, str) or id(child) not in self.instead:
                if not isinstance(child, str):
                    self.rewrite(child)
                children.append(child)
            elif (words := self.instead[id(child)]) is not None:
                if children and isinstance(children[-1], str):
                    children[-1] = children[-1].rstrip(" \xa0")
                children.append(words)
        element.children = children


class Spans:
    """Places in the text, from one up to another; knows quickly whether it holds a place."""

    def __init__(self, spans):
        self.spans = sorted(set(spans))
        furthest = 0
        self.furthest = [furthest := max(furthest, end) for _begin, end in self.spans]

    def __contains__(self, place: int) -> bool:
        before = bisect_right(self.spans, (place, float("inf"))) - 1
        return before >= 0 and place < self.furthest[before]


def names_of(element: Element) -> list[str]:
    attributes = element.attributes() if element.source else {}
    return [attributes[key] for key in ("id", "name") if attributes.get(key)]


def is_of_no_more_use(element: Element) -> bool:
    """A rule, a break, an empty line, or the heading of notes that are gone."""
    if element.name in {"hr", "br"}:
        return True
    words = text_of(element).strip().rstrip(":：").strip().casefold()
    return not words or (words in NOTE_HEADINGS and element.name in INTO_HEADINGS)
