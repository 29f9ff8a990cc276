"""The door for pictures: a foreign file in, facts or reasons out; nothing is stored here."""

import os
import re
from dataclasses import dataclass
from pathlib import PurePath
from struct import unpack_from
from typing import BinaryIO

from articles.imaging import credits as picture_credits
from articles.imaging.containers import Container, PictureRefused, family_of, walk
from articles.imaging.decoding import decoded, orientation, turned_size
from articles.imaging.marking import Sentence
from articles.imaging.marking import marked as _

BYTES_LIMIT = 40_000_000
PIXEL_LIMIT = 60_000_000
# WebP holds no side above 16,383 pixels, and what we let in must be writable in every format.
SIDE_LIMIT = 16_000
SMALLEST = (320, 200)
# Bytes one picture may take while it is decoded, its file included; the process comes on top.
MEMORY_LIMIT = 350_000_000
NOTES_LIMIT = 10_000_000

EXTENSIONS = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "GIF": (".gif",),
}
MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
_FAMILY_BY_EXTENSION = {e: family for family, known in EXTENSIONS.items() for e in known}
_WORDS = {"JPEG": _("a JPEG"), "PNG": _("a PNG"), "WEBP": _("a WebP"), "GIF": _("a GIF")}

# What people send by mistake, so that the refusal can name it.
_STRANGERS = (
    (re.compile(rb"....ftyp(?:hei[cxms]|hev[cx]|mif1|msf1)", re.S), _("a HEIC photo")),
    (re.compile(rb"....ftyp(?:avif|avis)", re.S), _("an AVIF picture")),
    (re.compile(rb"....ftyp", re.S), _("a video")),
    (re.compile(rb"II\*\0|MM\0\*|II\x2b\0|MM\0\x2b"), _("a TIFF or camera raw file")),
    (re.compile(rb"8BPS"), _("a Photoshop document")),
    (re.compile(rb"BM....\0\0\0\0", re.S), _("a BMP picture")),
    (re.compile(rb"%PDF-"), _("a PDF")),
    (re.compile(rb"%!PS"), _("a PostScript document")),
    (re.compile(rb"PK\x03\x04"), _("a ZIP archive or office document")),
    (re.compile(rb"(?s:.{0,1000}?)<svg[\s>]", re.I), _("an SVG drawing")),
    (re.compile(rb"(?s:.{0,1000}?)<(?:!doctype html|html|script|body)", re.I), _("a web page")),
)
# Long enough that chance does not spell them in forty megabytes of compressed pixels.
_MARKUP = re.compile(
    rb"<(?:script[\s>/]|\?php\s|!doctype|iframe[\s>/]|html[\s>][\s<>\w]|foreignobject)", re.I
)


@dataclass(frozen=True)
class Examined:
    """A picture that may come in.

    ``format`` is ``JPEG``, ``PNG``, ``WEBP`` or ``GIF``; ``width`` and ``height`` are pixels as
    displayed, after EXIF orientation.
    """

    format: str
    width: int
    height: int
    credits: picture_credits.Credits

    @property
    def extension(self) -> str:
        """The extension to store the original under, whatever it was called."""
        return EXTENSIONS[self.format][0]

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.format]


def examine(file: BinaryIO, *, name: str | None = None) -> Examined:
    """Return what a foreign file holds, having decoded all of it once.

    ``file`` is seekable and is left at its beginning. ``name`` is the name it was sent under; only
    its extension is read, and none of a file that is ours already. Raises ``PictureRefused`` with
    every reason that could be found before decoding, or the one that decoding found (OWASP ASVS
    5.0, 5.2.1 and 5.2.2: size first, then extension and content together).
    """
    data, container = admitted(file, name=name)
    eighth = (max(1, container.width // 8), max(1, container.height // 8))
    with decoded(data, container, at_least=eighth) as image:
        size = turned_size(container.width, container.height, orientation(image))
        if reasons := _too_small(*size):
            raise PictureRefused(reasons)
        read = picture_credits.read(image)
    return Examined(container.family, *size, read)


def admitted(file: BinaryIO, *, name: str | None = None) -> tuple[bytes, Container]:
    """Return the bytes of a file that may be decoded, and what its headers promise.

    Without ``name`` (a file that is ours already) the extension is not asked for; every other
    limit holds. Raises ``PictureRefused``.
    """
    data = _read(file)
    extension = None if name is None else PurePath(name.strip()).suffix.lower()
    family = family_of(data)
    if family is None:
        raise PictureRefused([_not_a_picture(data, extension)])
    reasons = _misnamed(family, extension)
    try:
        container = walk(data)
    except PictureRefused as refused:
        raise PictureRefused(reasons + refused.reasons) from refused
    reasons += _too_much(container) + _two_things_at_once(data, container)
    if reasons:
        raise PictureRefused(reasons)
    return data, container


def _read(file: BinaryIO) -> bytes:
    file.seek(0, os.SEEK_END)
    size = file.tell()
    file.seek(0)
    if size > BYTES_LIMIT:
        raise PictureRefused(
            [
                Sentence(
                    "This file has {size} MB; at most 40 MB are possible.",
                    size=round(size / 1e6, 1),
                )
            ]
        )
    data = file.read(BYTES_LIMIT)
    file.seek(0)
    if not data:
        raise PictureRefused([Sentence("This file is empty.")])
    return data


def _not_a_picture(data: bytes, extension: str | None) -> Sentence:
    what = next((words for sign, words in _STRANGERS if sign.match(data)), _("not a picture"))
    if extension in _FAMILY_BY_EXTENSION:
        return Sentence(
            "This file is named {extension} but is {what}. "
            "Pictures come in as JPEG, PNG, WebP or still GIF.",
            extension=extension,
            what=what,
        )
    return Sentence(
        "This file is {what}. Pictures come in as JPEG, PNG, WebP or still GIF.", what=what
    )


def _misnamed(family: str, extension: str | None) -> list[Sentence]:
    if extension is None or extension in EXTENSIONS[family]:
        return []
    right = EXTENSIONS[family][0]
    if extension in _FAMILY_BY_EXTENSION:
        return [
            Sentence(
                "This file is named {extension} but is {what}. Rename it to {right}.",
                extension=extension,
                what=_WORDS[family],
                right=right,
            )
        ]
    return [
        Sentence(
            "This file is {what} but its name does not say so. Rename it to {right}.",
            what=_WORDS[family],
            right=right,
        )
    ]


def _too_much(container: Container) -> list[Sentence]:
    width, height = container.width, container.height
    reasons = []
    if container.is_moving:
        reasons.append(Sentence("This picture moves; send a still one, or a video."))
    if not width or not height:
        reasons.append(Sentence("This picture has no size."))
    if max(width, height) > SIDE_LIMIT:
        reasons.append(
            Sentence(
                "This picture has a side of {side} pixels; at most {most}.",
                side=max(width, height),
                most=SIDE_LIMIT,
            )
        )
    if width * height > PIXEL_LIMIT:
        reasons.append(
            Sentence(
                "This picture has {count} megapixels; at most 60 are possible.",
                count=round(width * height / 1e6),
            )
        )
    elif container.memory > MEMORY_LIMIT:
        reasons.append(
            Sentence(
                "This picture takes too much memory to unpack. Save it smaller, or as an ordinary "
                "(baseline) JPEG."
            )
        )
    if container.notes > NOTES_LIMIT:
        reasons.append(Sentence("This file carries more than 10 MB beside the picture itself."))
    return reasons


def _too_small(width: int, height: int) -> list[Sentence]:
    if width >= SMALLEST[0] and height >= SMALLEST[1]:
        return []
    return [
        Sentence(
            "This picture has {width} × {height} pixels; it needs at least 320 × 200.",
            width=width,
            height=height,
        )
    ]


def _two_things_at_once(data: bytes, container: Container) -> list[Sentence]:
    """Say whether the file is also something else: a page, a script, a PDF, an archive.

    Cameras write previews and films behind the end of a JPEG, so there only an archive is looked
    for; behind any other picture nothing may follow but padding.
    """
    reasons = []
    if _MARKUP.search(data):
        reasons.append(Sentence("There is a web page or a script hidden in this picture."))
    if b"%PDF-" in data[:1024] or _ends_as_archive(data):
        reasons.append(Sentence("There is another document hidden in this picture."))
    elif container.family != "JPEG" and data[container.end :].strip(b"\0\r\n\t "):
        reasons.append(
            Sentence("Something follows after the end of this picture. Export it once more.")
        )
    return reasons


def _ends_as_archive(data: bytes) -> bool:
    at = data.rfind(b"PK\x05\x06", -65_557)
    if at < 0 or at + 22 > len(data):
        return False
    (comment,) = unpack_from("<H", data, at + 20)
    return at + 22 + comment == len(data)
