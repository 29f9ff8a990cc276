"""A copy as HTML to paste into a page: no script, no form, nothing embedded but our own pictures.

Everything is written from words and blocks, so that nothing is in it which is not written here.
"""

import re
from collections.abc import Iterable
from html import escape

from licensing.republishing.copy import Block, Copy, Notice, Picture
from licensing.republishing.links import absolute
from licensing.republishing.words import clean
from licensing.rights.attribution import Form

# What a browser sends along when it fetches our counting pixel: where the copy stands.
REFERRER = "no-referrer-when-downgrade"
TAGS = {
    "strong": "strong",
    "em": "em",
    "strike": "s",
    "underline": "u",
    "sub": "sub",
    "super": "sup",
}
HYPHENS = re.compile("-(?=-)")


def written(copy: Copy) -> str:
    """The whole copy."""
    return Writer(copy).whole()


def pixel_tag(url: str) -> str:
    """The counting pixel at ``url``, as it stands in a page."""
    sent = f'width="1" height="1" alt="" referrerpolicy="{REFERRER}"'
    return f'<img src="{escaped(url)}" {sent}>' if escaped(url) else ""


def body(copy: Copy) -> str:
    """The copy without headline, standfirst, byline and lead picture, where these stand apart."""
    return "\n".join(Writer(copy).below())


def escaped(text: str) -> str:
    """``text`` between tags."""
    return escape(clean(text), quote=False)


def quoted(text: str) -> str:
    """``text`` in an attribute."""
    return escape(clean(text))


class Writer:
    """One copy in the writing; ``notes`` are those met so far."""

    form = Form.WEB_HTML
    between = "\n"

    def __init__(self, copy: Copy):
        self.copy = copy
        self.notes: list[str] = []

    def whole(self) -> str:
        copy = self.copy
        opening = f'<article lang="{quoted(copy.language)}" dir="{quoted(copy.direction)}">'
        parts = [opening, *self.above(), *self.below(self.lead()), "</article>"]
        return self.between.join(parts)

    def above(self) -> list[str]:
        """What stands over the text wherever it is shown."""
        copy = self.copy
        parts = [self.aside(), self.heading(1, escaped(copy.headline))]
        if copy.standfirst:
            parts.append(self.paragraph(f"<strong>{escaped(copy.standfirst)}</strong>"))
        if copy.byline:
            parts.append(self.paragraph(escaped(copy.byline)))
        return [part for part in parts if part]

    def lead(self) -> list[str]:
        return [self.picture(self.copy.featured)] if self.copy.featured else []

    def below(self, lead: Iterable[str] = ()) -> list[str]:
        """What stands under the headline, ``lead`` above the text."""
        copy = self.copy
        parts = [
            self.credit() if copy.credit_stands_first else "",
            *map(self.notice, copy.first_notices),
            *lead,
            self.blocks(copy.body),
            *map(self.picture, copy.gallery),
            self.endnotes(),
            *map(self.notice, copy.last_notices),
            *(self.paragraph(escaped(line)) for line in copy.required),
            "" if copy.credit_stands_first else self.credit(),
            self.pixel(),
        ]
        return [part for part in parts if part]

    # --- What stands around the text ----------------------------------------------------------

    def aside(self) -> str:
        """What only the desk reads, as a comment that nothing in it can end."""
        if not self.copy.asides:
            return ""
        lines = [self.copy.words.not_for_readers, *self.copy.asides]
        told = "\n".join(HYPHENS.sub("- ", escaped(line)) for line in lines)
        return f"<!--\n{told}\n-->"

    def credit(self) -> str:
        return self.copy.credit(self.form)

    def pixel(self) -> str:
        """The counting pixel, where there is one."""
        url = self.copy.pixel_url
        return pixel_tag(absolute(url, self.copy.url)) if url else ""

    def notice(self, notice: Notice) -> str:
        lead = f"<strong>{escaped(notice.lead)}</strong><br>" if notice.lead else ""
        return self.paragraph(lead + escaped(notice.text))

    def picture(self, picture: Picture) -> str:
        """Its caption, and its credit under it."""
        lines = [f"<p>{escaped(picture.caption)}</p>"] if picture.caption else []
        lines += filter(None, [picture.line(self.form)])
        caption = f"<figcaption>{''.join(lines)}</figcaption>" if lines else ""
        return f"<figure>{self.image(picture)}{caption}</figure>"

    def image(self, picture: Picture) -> str:
        size = f' width="{picture.width}" height="{picture.height}"' if picture.width else ""
        return f'<img src="{self.address(picture)}"{size} alt="{quoted(picture.alt)}">'

    def address(self, picture: Picture) -> str:
        return quoted(absolute(picture.url, self.copy.url))

    def endnotes(self) -> str:
        if not self.notes:
            return ""
        items = [
            f'<li id="{self.note_id(number)}">{note} {self.back(number)}</li>'
            for number, note in enumerate(self.notes, start=1)
        ]
        heading = self.heading(2, escaped(self.copy.words.notes))
        return "\n".join([heading, "<ol>", *items, "</ol>"])

    def back(self, number: int) -> str:
        label = quoted(self.copy.words.back.replace("{number}", str(number)))
        return f'<a href="#{self.mark_id(number)}" aria-label="{label}">↩</a>'

    def note_id(self, number: int) -> str:
        return f"{quoted(self.copy.key)}-note-{number}"

    def mark_id(self, number: int) -> str:
        return f"{quoted(self.copy.key)}-mark-{number}"

    # --- Blocks -------------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block]) -> str:
        return self.between.join(map(self.block, blocks))

    def block(self, block: Block) -> str:
        match block["type"]:
            case "heading":
                return self.heading(block["level"], self.inline(block["content"]))
            case "quote":
                return self.quote(block)
            case "list":
                return self.listed(block)
            case "rule":
                return self.rule()
            case "code":
                return self.code(block)
            case "table":
                return self.table(block)
            case _:
                return self.paragraph(self.inline(block["content"]))

    def paragraph(self, html: str) -> str:
        return f"<p>{html}</p>"

    def heading(self, level: int, html: str) -> str:
        return f"<h{level}>{html}</h{level}>"

    def quote(self, block: Block) -> str:
        return f"<blockquote>{self.blocks(block['blocks'])}</blockquote>"

    def rule(self) -> str:
        return "<hr>"

    def code(self, block: Block) -> str:
        return f"<pre><code>{escaped(block['text'])}</code></pre>"

    def listed(self, block: Block) -> str:
        tag = "ol" if block["ordered"] else "ul"
        start = f' start="{block["start"]}"' if block["ordered"] and block["start"] != 1 else ""
        items = "".join(f"<li>{self.within(item)}</li>" for item in block["items"])
        return f"<{tag}{start}>{items}</{tag}>"

    def table(self, block: Block) -> str:
        rows = self.rows(block)
        head = "".join(rows[: block["head"]])
        above = f"<thead>{head}</thead>" if head else ""
        return f"<table>{above}<tbody>{''.join(rows[block['head'] :])}</tbody></table>"

    def rows(self, block: Block) -> list[str]:
        rows = [""] * block["rows"]
        for cell in block["cells"]:
            tag = "th" if cell["header"] else "td"
            spans = "".join(
                f' {name}="{cell[name]}"' for name in ("colspan", "rowspan") if cell[name] > 1
            )
            rows[cell["y"]] += f"<{tag}{spans}>{self.within(cell['blocks'])}</{tag}>"
        return [f"<tr>{row}</tr>" for row in rows]

    def within(self, blocks: list[Block]) -> str:
        """Blocks in an item or a cell, where a paragraph alone needs no tag."""
        if [block["type"] for block in blocks] == ["paragraph"]:
            return self.inline(blocks[0]["content"])
        return self.blocks(blocks)

    # --- Words --------------------------------------------------------------------------------

    def inline(self, nodes: Iterable[dict]) -> str:
        return "".join(map(self.word, nodes))

    def word(self, node: dict) -> str:
        match node["type"]:
            case "text":
                return escaped(node["text"])
            case "break":
                return "<br>"
            case "code":
                return f"<code>{escaped(node['text'])}</code>"
            case "link":
                return self.link(node)
            case "note":
                return self.mark(node)
            case kind:
                tag = TAGS[kind]
                return f"<{tag}>{self.inline(node['content'])}</{tag}>"

    def link(self, node: dict) -> str:
        words = self.inline(node["content"])
        url = absolute(node["url"], self.copy.url)
        return f'<a href="{quoted(url)}">{words}</a>' if url else words

    def mark(self, node: dict) -> str:
        """The mark of a note, which stands at the end."""
        self.notes.append("")
        number = len(self.notes)
        self.notes[number - 1] = self.inline(node["content"])
        label = quoted(self.copy.words.note.replace("{number}", str(number)))
        return (
            f'<sup id="{self.mark_id(number)}"><a href="#{self.note_id(number)}"'
            f' aria-label="{label}">[{number}]</a></sup>'
        )
