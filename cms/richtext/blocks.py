"""Writes the plain blocks of an article from a tree of foreign HTML: words kept, dress dropped."""

import re

from cms.richtext import links
from cms.richtext.lines import BREAK, EDGES, Note, Piece, inline, is_scene_break, paragraphs
from cms.richtext.tree import BLOCKS, LISTS, TABLE_PARTS, Element
from cms.richtext.vocabulary import FOOTNOTE_CLASS

# Lists, quotations and tables in each other beyond this are unfolded.
MAX_NESTING = 8

MARKS = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "cite": "em",
    "dfn": "em",
    "var": "em",
    "s": "s",
    "strike": "s",
    "del": "s",
    "sub": "sub",
    "sup": "sup",
}
NOTE_MARKS = {"strong", "em", "a"}
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}

BOLD = re.compile(r"(?:^|;)font-weight:(?:bold|bolder|[6-9]00)")
NOT_BOLD = re.compile(r"(?:^|;)font-weight:(?:normal|lighter|[1-5]00)")
ITALIC = re.compile(r"(?:^|;)font-style:(?:italic|oblique)")
NOT_ITALIC = re.compile(r"(?:^|;)font-style:normal")
STRUCK = re.compile(r"(?:^|;)text-decoration[a-z-]*:[^;]*line-through")
RAISED = re.compile(r"(?:^|;)vertical-align:(super|sub)\b")
HIDDEN = re.compile(r"(?:^|;)(?:display:none|mso-hide:all)")
WORD_LIST = re.compile(r"(?:^|;)mso-list:(?!ignore|none)[^;]*?level([1-9])")
WORD_NUMBER = re.compile(r"\(?(?:\d+|[a-z]|[ivxlc]+)[.)]", re.IGNORECASE)

# "1" or "[1]" which leads to another place of the page is the mark of a note.
NOTE_MARK = re.compile(r"\[?(\d{1,3}|[ivx]{1,5})\]?")
NOTE_ANCHOR = re.compile(
    r"[^#]*#_?(?:ftn|edn|fn|sdfootnote|sdendnote|cite|footnote|endnote|note|ref)[\w:.-]*",
    re.IGNORECASE,
)
BACK_LINK = re.compile(r"[\^↑↩⏎⤴⬆↵\ufe0e\ufe0f\s]+")
LIST_TYPES = frozenset("aAiI")
BLOCK_STARTS = ("<p>", "<ul", "<ol", "<h", "<blockquote>", "<table>")


def write(tree, *, tags, is_allowed_link):
    """The blocks of the tree as HTML, with elements of ``tags`` only."""
    return "".join(Writer(tags, is_allowed_link).blocks(tree))


def style_of(element):
    if "style" not in element.source.lower():
        return ""
    return "".join(element.attributes().get("style", "").lower().split())


def is_hidden(element):
    return bool(element.source) and HIDDEN.search(style_of(element)) is not None


def text_of(element):
    """All words within, as they stand."""
    return "".join(
        child if isinstance(child, str) else text_of(child) for child in element.children
    )


class Writer:
    """One container (the page, a quotation, a list item, a cell) in the writing."""

    def __init__(self, tags, is_allowed_link, *, nesting=0):
        self.tags = tags
        self.is_allowed_link = is_allowed_link
        self.nesting = nesting
        self.kind = "p"
        self.written = []
        self.line = []
        self.word_items = []

    # --- blocks -------------------------------------------------------------------------------
    def blocks(self, element, marks=()):
        """The blocks in ``element``, each a string of HTML."""
        self.walk(element, marks)
        self.flush()
        self.flush_word_list()
        return self.written

    def within(self, element, marks=()):
        """The blocks of a container inside this one."""
        inner = Writer(self.tags, self.is_allowed_link, nesting=self.nesting + 1)
        return inner.blocks(element, marks)

    def walk(self, element, marks):
        for child in element.children:
            if isinstance(child, str):
                self.line.append(Piece(child, marks))
            elif is_hidden(child):
                continue
            elif child.name == "br":
                self.line.append(Piece(BREAK, marks))
            elif child.name == "hr":
                self.add_rule()
            elif child.name in BLOCKS:
                self.add_block(child, marks)
            else:
                self.add_inline(child, marks)

    def add_block(self, element, marks):
        name = element.name
        roomy = self.nesting < MAX_NESTING and self.kind == "p"
        if name in HEADINGS and HEADINGS[name] in self.tags:
            self.flush()
            self.add_as(HEADINGS[name], element, marks)
        elif name in LISTS and roomy and "ul" in self.tags:
            self.add(self.list_of(element, marks))
        elif name == "table" and roomy and "table" in self.tags:
            self.add(self.table_of(element, marks))
        elif name == "blockquote" and roomy and "blockquote" in self.tags:
            inner = "".join(self.within(element, marks))
            self.add(f"<blockquote>{inner}</blockquote>" if inner else "")
        elif roomy and "ul" in self.tags and (level := WORD_LIST.search(style_of(element))):
            self.add_word_item(element, int(level[1]), marks)
        else:
            self.flush()
            self.walk(element, marks)
            self.flush()

    def add_as(self, kind, element, marks):
        outer, self.kind = self.kind, kind
        self.walk(element, marks)
        self.flush()
        self.kind = outer

    def add(self, block):
        self.flush()
        self.flush_word_list()
        if block:
            self.written.append(block)

    def add_rule(self):
        self.flush()
        if "hr" in self.tags and self.written[-1:] != ["<hr>"]:
            self.add("<hr>")

    def list_of(self, element, marks):
        items = []
        for child in gathered(element.children, {"li"} | LISTS):
            if child.name in LISTS:
                blocks = self.within(Element("li", children=[child]), marks)
                if items and blocks and blocks[0].startswith(("<ul", "<ol")):
                    items[-1] += blocks
                    continue
                items.append(blocks)
            else:
                items.append(bare(self.within(child, marks), element=child))
        items = "".join(f"<li>{joined(item)}</li>" for item in items if item)
        name = "ol" if element.name == "ol" else "ul"
        return f"<{name}{numbering(element)}>{items}</{name}>" if items else ""

    def table_of(self, element, marks):
        self.flush()
        rows = rows_of(element)
        for caption in [row for row in rows if row.name == "caption"]:
            self.walk(caption, marks)
            self.flush()
        content = "".join(self.row_of(row, marks) for row in rows if row.name == "tr")
        return f"<table><tbody>{content}</tbody></table>" if content else ""

    def row_of(self, row, marks):
        cells = []
        for cell in gathered(row.children, {"td", "th"}):
            content = joined(bare(self.within(cell, marks), element=cell))
            cells.append(f"<{cell.name}{spans(cell)}>{content}</{cell.name}>")
        return f"<tr>{''.join(cells)}</tr>" if cells else ""

    # --- Word's lists, which are paragraphs in disguise ----------------------------------------
    def add_word_item(self, element, level, marks):
        self.flush()
        marker = "".join(taken_markers(element)).strip()
        blocks = self.within(Element("li", children=element.children), marks)
        if blocks:
            name = "ol" if WORD_NUMBER.fullmatch(marker) else "ul"
            self.word_items.append((level, name, bare(blocks, element=Element("li"))))

    def flush_word_list(self):
        items, self.word_items = self.word_items, []
        while items:
            room = MAX_NESTING - self.nesting
            block, items = word_list(items, room=room)
            self.written.append(block)

    # --- lines --------------------------------------------------------------------------------
    def add_inline(self, element, marks):
        attributes = element.attributes() if element.source else {}
        classes = attributes.get("class", "").split()
        if element.name == "span" and FOOTNOTE_CLASS in classes and "span" in self.tags:
            self.add_note(element)
        elif element.name == "a":
            self.add_link(element, attributes, marks)
        elif element.name == "q":
            self.line.append(Piece("“", marks))
            self.walk(element, marks)
            self.line.append(Piece("”", marks))
        else:
            self.walk(element, self.with_marks(element, marks))

    def with_marks(self, element, marks):
        style = style_of(element)
        mark = MARKS.get(element.name)
        if (mark == "strong" and NOT_BOLD.search(style)) or (
            mark == "em" and NOT_ITALIC.search(style)
        ):
            mark = None
        found = [mark]
        if style and self.kind == "p":
            found.append("strong" if BOLD.search(style) else None)
            found.append("em" if ITALIC.search(style) else None)
            found.append("s" if STRUCK.search(style) else None)
            if raised := RAISED.search(style):
                found.append("sup" if raised[1] == "super" else "sub")
        names = {name for name, *_ in marks}
        for mark in found:
            if mark in self.tags and mark not in names:
                names.add(mark)
                marks = (*marks, (mark,))
        return marks

    def add_link(self, element, attributes, marks):
        if "href" not in attributes:
            self.walk(element, marks)
            return
        if self.add_note_mark(element, attributes["href"], marks):
            return
        href = links.address(attributes["href"])
        if href is None or not self.is_allowed_link(href):
            self.walk(element, marks)
            return
        title = " ".join(attributes.get("title", "").split())
        outer = tuple(mark for mark in marks if mark[0] != "a")
        self.walk(element, (*outer, ("a", href, title)))

    def add_note_mark(self, element, href, marks):
        """A number that links to a note of the same page stays as ``[1]``; the arrow back goes."""
        # Browsers copy "#_ftn1" as "https://the.page/it/came/from#_ftn1".
        if not href.strip().startswith("#") and not NOTE_ANCHOR.fullmatch(href):
            return False
        words = text_of(element).strip()
        if number := NOTE_MARK.fullmatch(words):
            self.line.append(Piece(f"[{number[1]}]", marks))
        return number is not None or BACK_LINK.fullmatch(words) is not None

    def add_note(self, element):
        writer = NoteWriter(self.tags & NOTE_MARKS, self.is_allowed_link)
        if note := writer.note(element):
            self.line.append(Piece(Note(f'<span class="{FOOTNOTE_CLASS}">{note}</span>')))

    def flush(self):
        """End the line: it becomes paragraphs, or the heading it stands in."""
        line, self.line = self.line, []
        for paragraph in paragraphs(line) if line else []:
            self.flush_word_list()
            if self.kind == "p" and "hr" in self.tags and is_scene_break(paragraph):
                self.add_rule()
            else:
                self.written.append(f"<{self.kind}>{inline(paragraph)}</{self.kind}>")


class NoteWriter(Writer):
    """A footnote: everything in it on one line, with the marks a note may have."""

    def note(self, element):
        self.walk(element, ())
        line = [Piece(" ") if piece.content is BREAK else piece for piece in self.line]
        return " ".join(inline(paragraph) for paragraph in paragraphs(line))

    def add_rule(self):
        self.flush()

    def flush(self):
        self.line.append(Piece(" "))


# --- lists and tables -------------------------------------------------------------------------
def gathered(children, names):
    """The children of these names; what stands between them is put into a new one of them."""
    found, loose = [], None
    for child in children:
        if isinstance(child, Element) and child.name in names:
            loose = None
            if not is_hidden(child):
                found.append(child)
        elif loose is not None:
            loose.children.append(child)
        elif not isinstance(child, str) or child.strip(EDGES):
            loose = Element("td" if "td" in names else "li", children=[child])
            found.append(loose)
    return found


def rows_of(table):
    """Rows and captions in their order; words that stand outside of them become a row."""
    rows = []
    for child in gathered(table.children, TABLE_PARTS):
        if child.name in {"tr", "caption"}:
            rows.append(child)
        elif child.name in {"td", "th", "li"}:
            rows.append(Element("tr", children=[Element("td", children=[child])]))
        else:
            rows += rows_of(child)
    return rows


def bare(blocks, *, element):
    """The one line of an item without its <p>, unless the source has set one."""
    has_paragraph = any(
        isinstance(child, Element) and child.name == "p" for child in element.children
    )
    if len(blocks) == 1 and blocks[0].startswith("<p>") and not has_paragraph:
        return [blocks[0][len("<p>") : -len("</p>")]]
    return blocks


def joined(blocks):
    """The content of an item; a bare line that got company becomes a paragraph again."""
    if len(blocks) > 1 and not blocks[0].startswith(BLOCK_STARTS):
        return "".join([f"<p>{blocks[0]}</p>", *blocks[1:]])
    return "".join(blocks)


def numbering(element):
    """Where an ordered list begins and what it counts with, when that is not 1, 2, 3."""
    if element.name != "ol" or not element.source:
        return ""
    attributes = element.attributes()
    start = attributes.get("start", "")
    kind = attributes.get("type", "")
    shown = ""
    if re.fullmatch(r"[0-9]{1,6}", start) and int(start) != 1:
        shown += f' start="{int(start)}"'
    return shown + (f' type="{kind}"' if kind in LIST_TYPES else "")


def spans(cell):
    """How many columns and rows a cell covers, when more than one."""
    attributes = cell.attributes() if cell.source else {}
    return "".join(
        f' {name}="{int(attributes[name])}"'
        for name in ("colspan", "rowspan")
        if re.fullmatch(r"[0-9]{1,3}", attributes.get(name, "")) and int(attributes[name]) > 1
    )


def taken_markers(element):
    """Take Word's typed bullets and numbers out of a paragraph, and yield them."""
    for child in list(element.children):
        if isinstance(child, str):
            continue
        if "mso-list:ignore" in style_of(child):
            element.children.remove(child)
            yield text_of(child)
        else:
            yield from taken_markers(child)


def word_list(items, *, room):
    """One list of the leading items, deeper ones nested; and the items that are left."""
    level, name, _blocks = items[0]
    written = []
    while items and items[0][0] >= level and (items[0][0] > level or items[0][1] == name):
        if items[0][0] > level and room > 1:
            inner, items = word_list(items, room=room - 1)
            written[-1] = [*written[-1], inner]
        else:
            written.append(items[0][2])
            items = items[1:]
    content = "".join(f"<li>{joined(item)}</li>" for item in written)
    return f"<{name}>{content}</{name}>", items
