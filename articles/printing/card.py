"""The press for cards: what stands on one in, a PNG out; reads its template and the house's fonts.

A card is what other sites and programs show of an address that somebody shares.
"""

import hashlib
import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Literal

import typst

from articles.printing.blocks import printable
from articles.printing.images import UnreadablePictureError, fit
from articles.printing.manuscript import language_and_region
from articles.printing.typeset import TypesettingError, fonts

WIDTH, HEIGHT = 1200, 630
# The room for a picture, as in the template.
PICTURE = 440, HEIGHT
_TEMPLATE = (Path(__file__).parent / "card.typ").read_bytes()
# Changes when the design of the card does; for whoever keeps what was typeset.
DESIGN = hashlib.sha256(_TEMPLATE).hexdigest()
# A point of the template is a pixel of the file.
_POINTS_AN_INCH = 72
# A standard that refuses characters which no font can draw.
_EVERY_CHARACTER_DRAWN = ["a-2u"]
_NOT_DRAWN = re.compile(r'the text `"(.+?)"`')
_LONGEST = 320
_MOST_SIGNS_LEFT_OUT = 6


@dataclass(frozen=True, kw_only=True)
class Card:
    """What stands on a card; empty fields leave no trace. The caller has chosen every word.

    ``source`` is the line that must not be missing: who published it. ``picture`` is an image
    file, ``credit`` what has to stand on it.
    """

    headline: str
    masthead: str
    source: str
    language: str
    direction: Literal["ltr", "rtl"]
    kicker: str = ""
    byline: str = ""
    picture: bytes | None = None
    alt: str = ""
    credit: str = ""


_DRAWN = ("headline", "masthead", "source", "kicker", "byline", "credit")


def typeset_card(card: Card, *, more_fonts: Sequence[Path] = ()) -> bytes:
    """The card as a PNG of 1200 by 630 pixels. The same card and fonts give the same bytes.

    What no font can draw is left out rather than shown as empty boxes: the name of the house takes
    the place of a headline; a picture goes with a credit that cannot be drawn. `more_fonts` are
    folders of fonts for further scripts. Raises TypesettingError.
    """
    folders = tuple(more_fonts)
    with tempfile.TemporaryDirectory(prefix="card-") as root:
        card = _drawable(_printable(card), root, folders)
        data, name = _data(card), None
        if card.picture:
            try:
                picture = fit(card.picture)
            except UnreadablePictureError:
                pass
            else:
                name = f"picture.{picture.suffix}"
                Path(root, name).write_bytes(picture.data)
        return _press(data | {"picture": name}, root, folders, format="png", ppi=_POINTS_AN_INCH)


def _printable(card: Card) -> Card:
    texts = {field.name: getattr(card, field.name) for field in fields(card)}
    return replace(
        card,
        **{
            name: " ".join(printable(text).split())[:_LONGEST]
            for name, text in texts.items()
            if isinstance(text, str)
        },
    )


def _drawable(card: Card, root: str, folders: tuple[Path, ...]) -> Card:
    """``card`` without what would be shown as empty boxes."""
    if not _undrawn(card, root, folders):
        return card
    blank = replace(card, **dict.fromkeys(_DRAWN, ""), picture=None)
    drawn = {}
    for name in _DRAWN:
        text = getattr(card, name)
        for _ in range(_MOST_SIGNS_LEFT_OUT):
            missing = _undrawn(replace(blank, **{name: text}), root, folders)
            if not missing:
                break
            # Signs and little pictures may go; a word without one of its letters is no word.
            text = "" if any(map(str.isalpha, missing)) else _without(text, missing)
        else:
            text = ""
        drawn[name] = text
    picture = card.picture if bool(drawn["credit"]) == bool(card.credit) else None
    if not drawn["headline"]:
        drawn |= {"headline": drawn["masthead"] or drawn["source"], "masthead": ""}
    return replace(blank, **drawn, picture=picture)


def _without(text: str, signs: str) -> str:
    left = text.replace(signs, "")
    return " ".join(left.split()) if left != text else ""


def _undrawn(card: Card, root: str, folders: tuple[Path, ...]) -> str:
    """The first characters of the card that no font can draw; ``""`` when all can be."""
    data = _data(card) | {"picture": None}
    # The credit stands on the picture alone; here it takes the place of the kicker.
    data["kicker"] = f"{card.kicker} {card.credit}"
    try:
        _press(data, root, folders, format="pdf", pdf_standards=_EVERY_CHARACTER_DRAWN, timestamp=0)
    except TypesettingError as refusal:
        found = _NOT_DRAWN.search(str(refusal))
        if not found:
            raise
        return re.sub(r"\\u\{([0-9a-f]{1,6})\}", lambda code: chr(int(code[1], 16)), found[1])
    return ""


def _data(card: Card) -> dict:
    said = {name: value for name, value in asdict(card).items() if name != "picture"}
    said["language"], _region = language_and_region(card.language)
    return said | {"title": card.headline or card.masthead or "–"}


def _press(data: dict, root: str, folders: tuple[Path, ...], **output) -> bytes:
    compiler = typst.Compiler(
        _TEMPLATE,
        root=root,
        font_paths=fonts(folders),
        ignore_system_fonts=True,
        sys_inputs={"card": json.dumps(data)},
    )
    try:
        return compiler.compile(**output)
    except typst.TypstError as error:
        raise TypesettingError(error.message) from error
