"""A copy as Markdown: the marks that CommonMark knows, and the notes that most dialects have.

Where a mark could be misread, the HTML element stands for it, which every dialect takes.
"""

import re
from collections.abc import Iterable
from textwrap import indent

from licensing.republishing import html
from licensing.republishing.copy import Block, Copy, Notice, Picture
from licensing.republishing.links import absolute
from licensing.republishing.words import clean
from licensing.rights import attribution_marks as marks
from licensing.rights.attribution import Form

# Kind of words → its mark, if every dialect has one, and the element that says the same.
SAID = {
    "strong": ("**", "strong"),
    "em": ("*", "em"),
    "strike": ("", "s"),
    "underline": ("", "u"),
    "sub": ("", "sub"),
    "super": ("", "sup"),
}
BREAK = "\\\n"
TICKS = re.compile("`+")
BLANK_LINES = re.compile(r"\n\s*\n")
# Between two lists, which would else be one; behind a note of one word, which would else be the
# address of a link to dialects that know no notes.
NOTHING = "<!-- -->"
MORE_THAN_AN_ADDRESS = re.compile(r"[^\s<]\S* +[^\s\"'(]")


def written(copy: Copy) -> str:
    """The whole copy."""
    return Writer(copy).whole()


def escaped(text: str) -> str:
    """Words as they stand in a line."""
    return marks.escaped(clean(text))


def line(text: str) -> str:
    """Words as a line of their own."""
    return marks.guarded(escaped(" ".join(text.split())))


def bold(text: str) -> str:
    """Strong words on a line of their own, where no mark is misread."""
    words = escaped(" ".join(text.split()))
    return f"**{words}**" if words else ""


def marked(kind: str, words: str, *, before: str = "") -> str:
    """``words`` as ``kind`` says, behind ``before``."""
    mark, tag = SAID[kind]
    is_apart = words[:1].isalnum() and words[-1:].isalnum() and not before.endswith("*")
    is_clear = mark and mark not in words and is_apart
    return f"{mark}{words}{mark}" if is_clear else f"<{tag}>{words}</{tag}>"


def headed(level: int, words: str) -> str:
    """A heading. Signs at its end that look like those of its level are words."""
    if words.endswith("#"):
        words = f"{words[:-1]}\\#"
    return f"{'#' * level} {words}"


class Writer:
    """One copy in the writing; ``notes`` are those met so far."""

    form = Form.MARKDOWN

    def __init__(self, copy: Copy):
        self.copy = copy
        self.notes: list[str] = []
        # For what Markdown has no marks for.
        self.by_hand = HtmlWriter(copy)

    def whole(self) -> str:
        copy = self.copy
        parts = [
            self.by_hand.aside(),
            headed(1, line(copy.headline)),
            bold(copy.standfirst),
            line(copy.byline),
            copy.credit(self.form) if copy.credit_stands_first else "",
            *map(self.notice, copy.first_notices),
            *map(self.picture, [copy.featured] if copy.featured else []),
            self.blocks(copy.body),
            *map(self.picture, copy.gallery),
            *map(self.notice, copy.last_notices),
            *map(line, copy.required),
            "" if copy.credit_stands_first else copy.credit(self.form),
            self.by_hand.pixel(),
            *self.endnotes(),
        ]
        return "\n\n".join(part for part in parts if part) + "\n"

    def notice(self, notice: Notice) -> str:
        return BREAK.join(filter(None, [bold(notice.lead), line(notice.text)]))

    def picture(self, picture: Picture) -> str:
        image = marks.linked(escaped(picture.alt), absolute(picture.url, self.copy.url))
        below = filter(None, [line(picture.caption), picture.line(self.form)])
        return "\n\n".join(filter(None, [f"!{image}", BREAK.join(below)]))

    def endnotes(self) -> list[str]:
        return [self.endnote(number, note) for number, note in enumerate(self.notes, start=1)]

    def endnote(self, number: int, note: str) -> str:
        if not MORE_THAN_AN_ADDRESS.match(note):
            note = f"{note.strip() or '&nbsp;'} {NOTHING}"
        return f"{self.label(number)}: {note}"

    def label(self, number: int) -> str:
        return f"[^{self.copy.key}-{number}]"

    # --- Blocks -------------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block]) -> str:
        parts, before = [], ""
        for block in blocks:
            if not (said := self.block(block)).strip():
                continue
            if block["type"] == before == "list":
                parts.append(NOTHING)
            before = block["type"]
            parts.append(said)
        return "\n\n".join(parts)

    def block(self, block: Block) -> str:
        match block["type"]:
            case "heading":
                words = self.inline(block["content"]).replace(BREAK, "<br>")
                return headed(block["level"], words)
            case "quote":
                return indent(self.blocks(block["blocks"]), "> ", lambda _: True)
            case "list":
                return self.listed(block)
            case "rule":
                return "* * *"
            case "code":
                return self.code(block)
            case "table":
                return self.table(block)
            case _:
                return self.lines(block["content"])

    def code(self, block: Block) -> str:
        text = clean(block["text"])
        fence = "`" * max([3, *(1 + len(found) for found in TICKS.findall(text))])
        return f"{fence}\n{text}\n{fence}"

    def listed(self, block: Block) -> str:
        items = []
        for number, item in enumerate(block["items"], start=block["start"]):
            mark = f"{number}. " if block["ordered"] else "- "
            items.append(mark + indent(self.blocks(item), " " * len(mark)).lstrip(" "))
        is_tight = all(len(item) == 1 for item in block["items"])
        return ("\n" if is_tight else "\n\n").join(items)

    def table(self, block: Block) -> str:
        """With marks where each cell is one line under one row of headings, else as HTML."""
        if not _is_grid(block):
            return BLANK_LINES.sub("\n", self.by_hand.table(block))
        rows = [[""] * block["columns"] for _ in range(block["rows"])]
        for cell in block["cells"]:
            rows[cell["y"]][cell["x"]] = self.blocks(cell["blocks"])
        rows.insert(1, ["---"] * block["columns"])
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    # --- Words --------------------------------------------------------------------------------

    def lines(self, nodes: Iterable[dict]) -> str:
        """A paragraph, none of whose lines begins with a mark. A break at its end has none."""
        lines = self.inline(nodes).split(BREAK)
        kept = lines.copy()
        while len(kept) > 1 and not kept[-1].strip():
            kept.pop()
        return BREAK.join(map(marks.guarded, kept)) + "<br>" * (len(lines) - len(kept))

    def inline(self, nodes: Iterable[dict]) -> str:
        said = ""
        for node in nodes:
            word = self.word(node, before=said)
            # What follows the mark of a note is not its address, nor what it says.
            if said.endswith("]") and word.startswith(("(", ":")):
                word = f"\\{word}"
            said = marks.joined([said, word])
        return said

    def word(self, node: dict, *, before: str) -> str:
        match node["type"]:
            case "text":
                return escaped(node["text"])
            case "break":
                return BREAK
            case "code":
                return f"<code>{escaped(node['text'])}</code>"
            case "link":
                url = absolute(node["url"], self.copy.url)
                return marks.linked(self.inline(node["content"]), url)
            case "note":
                return self.mark(node)
            case kind:
                return marked(kind, self.inline(node["content"]), before=before)

    def mark(self, node: dict) -> str:
        self.notes.append("")
        number = len(self.notes)
        self.notes[number - 1] = self.lines(node["content"]).replace(BREAK, "<br>")
        return self.label(number)


class HtmlWriter(html.Writer):
    """HTML in the midst of Markdown, where a mark is no mark: a note stands where it belongs."""

    def mark(self, node: dict) -> str:
        return f" ({self.inline(node['content'])})"


def _is_grid(block: Block) -> bool:
    is_full = len(block["cells"]) == block["rows"] * block["columns"]
    return (
        block["head"] == 1
        and is_full
        and all(
            cell["colspan"] == cell["rowspan"] == 1 and _is_one_line(cell["blocks"])
            for cell in block["cells"]
        )
    )


def _is_one_line(blocks: list[Block]) -> bool:
    return not blocks or (
        [block["type"] for block in blocks] == ["paragraph"] and not _breaks(blocks[0]["content"])
    )


def _breaks(nodes: Iterable[dict]) -> bool:
    return any(node["type"] == "break" or _breaks(node.get("content", ())) for node in nodes)
