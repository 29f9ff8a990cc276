"""A copy as WordPress block markup, for the code view of its editor or the body of an import.

Blocks that their editor would not take as they are stand in a block of HTML, which it leaves alone.
"""

import json
from collections.abc import Iterable

from licensing.republishing import html
from licensing.republishing.copy import Block, Copy, Picture
from licensing.republishing.html import escaped, quoted

# How a line of credit begins and ends, which in a caption is none of its own.
LINE = '<p dir="auto">', "</p>"
USUAL_LEVEL = 2


def written(copy: Copy) -> str:
    """The whole copy, the headline as its first block."""
    return Writer(copy).whole()


def block_of(name: str, markup: str, **attributes) -> str:
    """``markup`` in the comments of the block ``name``."""
    said = f" {json.dumps(attributes, separators=(',', ':'))}" if attributes else ""
    return f"<!-- wp:{name}{said} -->\n{markup}\n<!-- /wp:{name} -->"


class Writer(html.Writer):
    """One copy in the writing, block after block."""

    between = "\n\n"

    def __init__(self, copy: Copy):
        super().__init__(copy)
        # For what no block of theirs holds; its notes are counted with the others.
        self.by_hand = html.Writer(copy)
        self.by_hand.notes = self.notes

    def whole(self) -> str:
        return self.between.join([*self.above(), *self.below(self.lead())])

    def raw(self, markup: str) -> str:
        return block_of("html", markup) if markup else ""

    def aside(self) -> str:
        return self.raw(super().aside())

    def credit(self) -> str:
        return self.raw(super().credit())

    def pixel(self) -> str:
        return self.raw(super().pixel())

    def picture(self, picture: Picture) -> str:
        credit = picture.line(self.form)
        credit = credit.removeprefix(LINE[0]).removesuffix(LINE[1])
        caption = "<br>".join(filter(None, [escaped(picture.caption), credit]))
        below = f'<figcaption class="wp-element-caption">{caption}</figcaption>' if caption else ""
        image = f'<img src="{self.address(picture)}" alt="{quoted(picture.alt)}"/>'
        return block_of("image", f'<figure class="wp-block-image">{image}{below}</figure>')

    def endnotes(self) -> str:
        if not self.notes:
            return ""
        notes = (
            self.paragraph(f"[{number}] {note} {self.back(number)}", self.note_id(number))
            for number, note in enumerate(self.notes, start=1)
        )
        return self.between.join([self.heading(2, escaped(self.copy.words.notes)), *notes])

    # --- Blocks -------------------------------------------------------------------------------

    def paragraph(self, markup: str, anchor: str = "") -> str:
        told = f' id="{anchor}"' if anchor else ""
        if self.copy.direction == "rtl":
            return block_of("paragraph", f'<p dir="rtl"{told}>{markup}</p>', direction="rtl")
        return block_of("paragraph", f"<p{told}>{markup}</p>")

    def heading(self, level: int, markup: str) -> str:
        told = {} if level == USUAL_LEVEL else {"level": level}
        return block_of(
            "heading", f'<h{level} class="wp-block-heading">{markup}</h{level}>', **told
        )

    def quote(self, block: Block) -> str:
        inside = self.blocks(block["blocks"])
        return block_of("quote", f'<blockquote class="wp-block-quote">{inside}</blockquote>')

    def rule(self) -> str:
        return block_of("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>')

    def code(self, block: Block) -> str:
        markup = f'<pre class="wp-block-code"><code>{escaped(block["text"])}</code></pre>'
        return block_of("code", markup)

    def listed(self, block: Block) -> str:
        if not _is_list_of_theirs(block):
            return self.raw(self.by_hand.listed(block))
        items = "\n\n".join(map(self.item, block["items"]))
        if not block["ordered"]:
            return block_of("list", f'<ul class="wp-block-list">{items}</ul>')
        start, told = "", {"ordered": True}
        if block["start"] != 1:
            start, told = f' start="{block["start"]}"', told | {"start": block["start"]}
        return block_of("list", f'<ol{start} class="wp-block-list">{items}</ol>', **told)

    def item(self, blocks: Iterable[Block]) -> str:
        words, *lists = blocks
        inside = "".join([self.inline(words["content"]), *map(self.listed, lists)])
        return block_of("list-item", f"<li>{inside}</li>")

    def table(self, block: Block) -> str:
        if not all(_is_cell_of_theirs(cell) for cell in block["cells"]):
            return self.raw(self.by_hand.table(block))
        markup = f'<figure class="wp-block-table">{super().table(block)}</figure>'
        return block_of("table", markup, hasFixedLayout=False)


def _is_list_of_theirs(block: Block) -> bool:
    """Whether its items are words, with lists of the same kind under them or none."""
    return all(
        [inside["type"] for inside in item[:1]] == ["paragraph"]
        and all(inside["type"] == "list" and _is_list_of_theirs(inside) for inside in item[1:])
        for item in block["items"]
    )


def _is_cell_of_theirs(cell: dict) -> bool:
    is_single = cell["colspan"] == cell["rowspan"] == 1
    return is_single and [block["type"] for block in cell["blocks"]] in ([], ["paragraph"])
