"""How a picture file is built, told from its headers alone; no pixel is decoded here.

Every length, count and side that a decoder would believe is looked at before a decoder sees the
file, because decoders reserve memory and start loops on the file's word. The orders are those of
ITU-T T.81 (JPEG), ISO/IEC 15948 (PNG), RFC 9649 (WebP) and GIF89a.
"""

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from struct import unpack_from

from articles.imaging.marking import Sentence
from articles.imaging.marking import marked as _

# The largest counts that honest files come near are about a tenth of these.
JPEG_SEGMENTS = 2_000
# Each scan of a progressive JPEG walks the whole picture again; encoders write about ten.
JPEG_SCANS = 40
# Between two parts of a JPEG; Pillow steps over it byte by byte.
JPEG_PADDING = 4_096
PNG_CHUNKS = 50_000
WEBP_CHUNKS = 1_000
GIF_BLOCKS = 400_000

_MARKER = re.compile(rb"\xff[^\x00\x01\xff\xd0-\xd7]")
_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SOI, _EOI, _SOS, _APP0 = 0xD8, 0xD9, 0xDA, 0xE0

TOO_MANY_PARTS = _("it is built from far too many parts")
NO_PICTURE = _("there is no picture in it")
NOT_PICTURE = _("there is something in it that is not picture")


class PictureRefused(ValueError):
    """A file that is not let in; ``reasons`` are sentences for the person who sent it."""

    def __init__(self, reasons: list[Sentence]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Container:
    """What the headers promise.

    ``width`` and ``height`` are pixels as stored, before any EXIF orientation. ``memory`` is the
    number of bytes a decoder needs for the whole picture, ``notes`` the bytes that are not
    picture, ``end`` the offset at which the picture says it ends.
    """

    family: str
    width: int
    height: int
    memory: int
    notes: int
    end: int
    is_moving: bool = False


def damaged(what: str) -> PictureRefused:
    reason = Sentence(
        "This picture is damaged: {what}. Export or download it once more.", what=what
    )
    return PictureRefused([reason])


def cut_off() -> PictureRefused:
    return damaged(_("the file ends before the picture does"))


def family_of(data: bytes) -> str | None:
    """Return ``JPEG``, ``PNG``, ``WEBP`` or ``GIF`` by the first bytes, or None."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    return None


def walk(data: bytes) -> Container:
    """Return what the headers of a JPEG, PNG, WebP or GIF promise.

    Raises ``PictureRefused`` when the file is cut off, contradicts itself, or is built from so
    many parts that reading it is the attack.
    """
    family = family_of(data)
    if family is None:
        raise PictureRefused([Sentence("This file is not a picture.")])
    try:
        return _WALKS[family](data)
    except (struct.error, IndexError) as error:
        raise cut_off() from error


def _walk_jpeg(data: bytes) -> Container:
    notes, scans, frame, end = 0, 0, None, 0
    for kind, at, length in _jpeg_parts(data):
        if kind in _FRAME_HEADERS:
            if frame is not None:
                raise damaged(_("it states its size twice"))
            frame = at
        scans += kind == _SOS
        if scans > JPEG_SCANS:
            raise damaged(TOO_MANY_PARTS)
        notes += length if kind >= _APP0 else 0
        end = at
    if frame is None or not scans:
        raise damaged(NO_PICTURE)
    width, height, coefficients = _jpeg_frame(data, frame)
    # A JPEG is halved while it is decoded: a quarter of its pixels, four bytes each. With several
    # scans the decoder keeps every coefficient beside them.
    memory = width * height + (coefficients if scans > 1 else 0)
    return Container("JPEG", width, height, len(data) + memory, notes, end)


def _jpeg_parts(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield kind, offset and length of every part; the last is the end mark, of no length."""
    at, kind = 2, 0
    for _part in range(JPEG_SEGMENTS):
        marker = _MARKER.search(data, at)
        if marker is None:
            raise cut_off()
        if kind != _SOS and marker.start() - at > JPEG_PADDING:
            raise damaged(NOT_PICTURE)
        kind, at = data[marker.start() + 1], marker.end()
        if kind == _EOI:
            yield kind, at, 0
            return
        (length,) = unpack_from(">H", data, at)
        if kind == _SOI or length < 2:
            raise damaged(NOT_PICTURE)
        yield kind, at, length
        at += length
    raise damaged(TOO_MANY_PARTS)


def _jpeg_frame(data: bytes, at: int) -> tuple[int, int, int]:
    """Return width, height and the bytes of coefficients, two for each sample of each component."""
    height, width, components = unpack_from(">HHB", data, at + 3)
    factors = [data[at + 9 + 3 * n] for n in range(components)]
    across = max((factor >> 4 for factor in factors), default=0)
    down = max((factor & 15 for factor in factors), default=0)
    if not across or not down:
        raise damaged(_("its colours have no size"))
    samples = sum((factor >> 4) * (factor & 15) for factor in factors)
    return width, height, 2 * width * height * samples // (across * down)


def _walk_png(data: bytes) -> Container:
    at, notes, chunks, width, height, pixels, moving = 8, 0, 0, 0, 0, False, False
    name = b""
    while name != b"IEND":
        length, name = unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            raise cut_off()
        if chunks == 0:
            if name != b"IHDR":
                raise damaged(_("it does not begin with its size"))
            width, height = unpack_from(">II", data, at + 8)
        elif name == b"IHDR":
            raise damaged(_("it states its size twice"))
        moving = moving or name == b"acTL"
        pixels = pixels or name == b"IDAT"
        notes += 0 if name in (b"IDAT", b"fdAT") else length
        at, chunks = at + 12 + length, chunks + 1
        if chunks > PNG_CHUNKS:
            raise damaged(TOO_MANY_PARTS)
    if not pixels:
        raise damaged(NO_PICTURE)
    return Container("PNG", width, height, len(data) + 4 * width * height, notes, at, moving)


def _walk_webp(data: bytes) -> Container:
    (size,) = unpack_from("<I", data, 4)
    end, at, notes, chunks, width, height, moving = size + 8, 12, 0, 0, 0, 0, False
    if end > len(data):
        raise cut_off()
    while at + 8 <= end:
        name, length = unpack_from("<4sI", data, at)
        if at + 8 + length > end:
            raise cut_off()
        side = _WEBP_SIDES.get(name, _no_side)(data, at + 8)
        width, height = max(width, side[0]), max(height, side[1])
        moving = moving or name in (b"ANIM", b"ANMF")
        notes += 0 if name in _WEBP_SIDES or name in (b"ALPH", b"ANMF") else length
        at, chunks = at + 8 + length + length % 2, chunks + 1
        if chunks > WEBP_CHUNKS:
            raise damaged(TOO_MANY_PARTS)
    # The decoder keeps two canvases, hands over a third, and we hold the fourth; the file, thrice.
    memory = 3 * len(data) + 16 * width * height
    return Container("WEBP", width, height, memory, notes, end, moving)


def _no_side(data: bytes, at: int) -> tuple[int, int]:
    return 0, 0


def _vp8x_side(data: bytes, at: int) -> tuple[int, int]:
    low_width, high_width, low_height, high_height = unpack_from("<HBHB", data, at + 4)
    return (high_width << 16 | low_width) + 1, (high_height << 16 | low_height) + 1


def _vp8_side(data: bytes, at: int) -> tuple[int, int]:
    width, height = unpack_from("<HH", data, at + 6)
    return width & 0x3FFF, height & 0x3FFF


def _vp8l_side(data: bytes, at: int) -> tuple[int, int]:
    (bits,) = unpack_from("<I", data, at + 1)
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


_WEBP_SIDES = {b"VP8X": _vp8x_side, b"VP8 ": _vp8_side, b"VP8L": _vp8l_side}


def _walk_gif(data: bytes) -> Container:
    width, height, flags = unpack_from("<HHB", data, 6)
    at, notes, frames, left = 13 + _gif_palette(flags), 0, 0, GIF_BLOCKS
    while (kind := data[at]) != 0x3B:
        if kind == 0x2C:
            frames += 1
            x, y, w, h, flags = unpack_from("<HHHHB", data, at + 1)
            width, height = max(width, x + w), max(height, y + h)
            at, left = _skip_blocks(data, at + 11 + _gif_palette(flags), left)
        elif kind == 0x21:
            start = at
            at, left = _skip_blocks(data, at + 2, left)
            notes += at - start
        else:
            raise damaged(NOT_PICTURE)
        if frames > 1:
            break
    if not frames:
        raise damaged(NO_PICTURE)
    memory = len(data) + 4 * width * height
    return Container("GIF", width, height, memory, notes, at + 1, frames > 1)


def _gif_palette(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _skip_blocks(data: bytes, at: int, left: int) -> tuple[int, int]:
    """Return the offset behind a chain of sub-blocks and how many blocks the file may still use."""
    while left > 0:
        length = data[at]
        at, left = at + 1 + length, left - 1
        if not length:
            return at, left
    raise damaged(TOO_MANY_PARTS)


_WALKS: dict[str, Callable[[bytes], Container]] = {
    "JPEG": _walk_jpeg,
    "PNG": _walk_png,
    "WEBP": _walk_webp,
    "GIF": _walk_gif,
}
