"""A copy as plain text: for newsletters with the addresses of its links, for print without."""

from collections.abc import Iterable
from textwrap import indent

from licensing.republishing.copy import Block, Copy, Notice, Picture
from licensing.republishing.links import absolute
from licensing.republishing.words import clean
from licensing.rights.attribution import Form

QUOTED = "    "


def written(copy: Copy) -> str:
    """For a newsletter, or whatever else is read on a screen."""
    return Writer(copy).whole()


def body(copy: Copy) -> str:
    """The copy without headline, standfirst, byline and asides, where these stand apart."""
    return joined(Writer(copy).below())


def joined(parts: Iterable[str]) -> str:
    """Paragraphs under one another, as a file."""
    return "\n\n".join(part for part in parts if part) + "\n"


def printed(copy: Copy) -> str:
    """For a page on paper."""
    return PrintWriter(copy).whole()


class Writer:
    """One copy in the writing; ``notes`` are those met so far, ``told`` the addresses."""

    form = Form.TEXT

    def __init__(self, copy: Copy):
        self.copy = copy
        self.notes: list[str] = []
        self.told: set[str] = set()

    def whole(self) -> str:
        copy = self.copy
        head = [clean(copy.headline), clean(copy.standfirst), clean(copy.byline)]
        lead = [self.picture(copy.featured)] if copy.featured else []
        return joined([*head, *self.below(lead), self.aside()])

    def below(self, lead: Iterable[str] = ()) -> list[str]:
        """What stands under the headline, ``lead`` above the text."""
        copy = self.copy
        return [
            copy.credit(self.form) if copy.credit_stands_first else "",
            *map(self.notice, copy.first_notices),
            *lead,
            self.blocks(copy.body),
            *map(self.picture, copy.gallery),
            *(f"[{number}] {note}" for number, note in enumerate(self.notes, start=1)),
            *map(self.notice, copy.last_notices),
            *map(clean, copy.required),
            "" if copy.credit_stands_first else copy.credit(self.form),
        ]

    def notice(self, notice: Notice) -> str:
        return "\n".join(filter(None, [clean(notice.lead), clean(notice.text)]))

    def picture(self, picture: Picture) -> str:
        lines = [clean(picture.caption), picture.line(self.form)]
        return "\n".join(filter(None, [*lines, self.address(picture)]))

    def address(self, picture: Picture) -> str:
        return absolute(picture.url, self.copy.url)

    def asides(self) -> list[str]:
        return [clean(line) for line in self.copy.asides]

    def aside(self) -> str:
        lines = self.asides()
        if not lines:
            return ""
        told = "\n".join([clean(self.copy.words.not_for_readers), *lines])
        return f"[{told}]"

    # --- Blocks -------------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "\n\n".join(map(self.block, blocks))

    def block(self, block: Block) -> str:
        match block["type"]:
            case "quote":
                return indent(self.blocks(block["blocks"]), QUOTED)
            case "list":
                return self.listed(block)
            case "rule":
                return "* * *"
            case "code":
                return clean(block["text"])
            case "table":
                return self.table(block)
            case _:
                return self.inline(block["content"])

    def listed(self, block: Block) -> str:
        items = []
        for number, item in enumerate(block["items"], start=block["start"]):
            mark = f"{number}. " if block["ordered"] else "- "
            items.append(mark + indent(self.blocks(item), " " * len(mark)).lstrip(" "))
        return "\n".join(items)

    def table(self, block: Block) -> str:
        rows = [[] for _ in range(block["rows"])]
        for cell in block["cells"]:
            rows[cell["y"]].append(" ".join(self.blocks(cell["blocks"]).split()))
        return "\n".join("\t".join(row) for row in rows)

    # --- Words --------------------------------------------------------------------------------

    def inline(self, nodes: Iterable[dict]) -> str:
        return "".join(map(self.word, nodes))

    def word(self, node: dict) -> str:
        match node["type"]:
            case "text" | "code":
                return clean(node["text"])
            case "break":
                return "\n"
            case "link":
                return self.link(node)
            case "note":
                return self.mark(node)
            case _:
                return self.inline(node["content"])

    def link(self, node: dict) -> str:
        words = self.inline(node["content"])
        url = absolute(node["url"], self.copy.url)
        shown = url.removeprefix("mailto:").removeprefix("tel:")
        if not shown or shown in words or url in self.told:
            return words
        self.told.add(url)
        return f"{words} ({shown})"

    def mark(self, node: dict) -> str:
        self.notes.append("")
        number = len(self.notes)
        self.notes[number - 1] = self.inline(node["content"])
        return f"[{number}]"


class PrintWriter(Writer):
    """On paper nobody follows a link; where the pictures lie is for the desk alone."""

    form = Form.PRINT

    def address(self, picture: Picture) -> str:
        return ""

    def asides(self) -> list[str]:
        addresses = (absolute(picture.url, self.copy.url) for picture in self.copy.pictures)
        return [*super().asides(), *filter(None, addresses)]

    def link(self, node: dict) -> str:
        return self.inline(node["content"])
