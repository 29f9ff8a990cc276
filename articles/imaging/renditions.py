"""What a reader is sent of a picture: a closed list of sizes in three formats, with its credits.

The picture is decoded once, made upright and sRGB, and written anew, so that nothing of the
original file but its look survives: no EXIF, no place, no camera, no thumbnail of what was cropped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageCms

from articles.imaging.containers import Container
from articles.imaging.credits import Credits, to_xmp
from articles.imaging.decoding import decoded, orientation, turned, turned_size
from articles.imaging.intake import admitted

WIDTHS = (320, 640, 960, 1280, 1920)
# A very tall picture would be slow at full width; its wider renditions are left out.
RENDITION_PIXELS = 6_000_000
# Rows of the reduced picture that are worked out at a time.
BAND = 64
PROFILE_LIMIT = 2_000_000
# Signatures of colour spaces in a profile, ICC.1:2022, table 19.
_SPACES = {"RGB": b"RGB ", "L": b"GRAY", "CMYK": b"CMYK"}
_LANCZOS = Image.Resampling.LANCZOS


@dataclass(frozen=True)
class Format:
    """One way of writing a picture; ``options`` are Pillow's."""

    name: str
    extension: str
    media_type: str
    options: dict


# In the order of <source>: best first. Measured and looked at on three 18 to 20 megapixel photos:
# AVIF speed 8 costs a third of Pillow's default 6 for files at most 15 % larger; 7 gains nothing.
# One thread, so that a web process never takes the whole machine.
FORMATS = (
    Format("AVIF", ".avif", "image/avif", {"quality": 58, "speed": 8, "max_threads": 1}),
    Format("WEBP", ".webp", "image/webp", {"quality": 80, "method": 4}),
    Format("JPEG", ".jpg", "image/jpeg", {"quality": 80, "progressive": True, "optimize": True}),
)
# Drawings and screenshots come as PNG or GIF; at half colour resolution their red text bleeds.
_FULL_COLOUR = {"AVIF": {"subsampling": "4:4:4"}, "JPEG": {"subsampling": 0}, "WEBP": {}}


@dataclass(frozen=True)
class Rendition:
    """One file for the page. ``width`` and ``height`` are pixels, ``extension`` has its dot."""

    width: int
    height: int
    format: str
    extension: str
    media_type: str
    data: bytes


def render(
    file: BinaryIO, credits: Credits, *, caption_language: str = "x-default"
) -> Iterator[Rendition]:
    """Return an iterator of ``Rendition``, smallest first, each size in AVIF, WebP and JPEG.

    The file is decoded before this returns; a rendition is written when it is asked for, so that
    only one is in memory. The only metadata written is the XMP packet of ``credits``; none when
    they are empty. Transparency is kept in AVIF and WebP and lies on white in JPEG. Raises
    ``PictureRefused`` under the limits of ``intake``.
    """
    data, container = admitted(file)
    picture = _prepared(data, container)
    packet = to_xmp(credits, caption_language=caption_language) if credits != Credits() else b""
    return _written(picture, packet, is_drawing=container.family in ("PNG", "GIF"))


def sizes_for(width: int, height: int) -> list[tuple[int, int]]:
    """Return the (width, height) of every rendition of a picture of that displayed size.

    Never larger than the picture, and always at least one: the picture's own size when it is
    smaller than the smallest width.
    """
    sizes = [(w, max(1, round(height * w / width))) for w in WIDTHS if w <= width]
    bounded = [(w, h) for w, h in sizes if w * h <= RENDITION_PIXELS]
    return bounded or sizes[:1] or [(width, height)]


def srcset(stored: Iterable[tuple[int, str]]) -> str:
    """Return the value of an HTML ``srcset`` for (width in pixels, address) pairs of one format.

    The addresses are ours: without spaces and commas.
    """
    return ", ".join(f"{address} {width}w" for width, address in sorted(stored))


def _written(picture: Image.Image, packet: bytes, *, is_drawing: bool) -> Iterator[Rendition]:
    for size in sizes_for(*picture.size):
        resized = picture if size == picture.size else picture.resize(size, _LANCZOS)
        for format_ in FORMATS:
            options = format_.options | (_FULL_COLOUR[format_.name] if is_drawing else {})
            image = _on_white(resized) if format_.name == "JPEG" else resized
            data = _saved(image, format_.name, options | ({"xmp": packet} if packet else {}))
            yield Rendition(*size, format_.name, format_.extension, format_.media_type, data)


def _saved(image: Image.Image, name: str, options: dict) -> bytes:
    out = BytesIO()
    try:
        image.save(out, name, **options)
    except OSError:
        if name != "JPEG":
            raise
        # Pillow gives a progressive JPEG one byte a pixel, and pure noise takes more.
        out = BytesIO()
        image.save(out, name, **options | {"progressive": False, "optimize": False})
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _prepared(data: bytes, container: Container) -> Image.Image:
    """Return the largest rendition's pixels: upright, sRGB, RGB, RGBA or L, without any info."""
    stored = (container.width, container.height)
    # The orientation is known only after opening; either way up, this is enough to start from.
    enough = _largest(*stored), _largest(*stored[::-1])[::-1]
    at_least = (max(w for w, _ in enough), max(h for _, h in enough))
    with decoded(data, container, at_least=at_least) as image:
        turn = orientation(image)
        size = turned_size(*_largest(*turned_size(*stored, turn)), turn)
        profile = image.info.get("icc_profile")
        smaller = _reduced(image, size)
    upright = turned(_in_srgb(smaller.resize(size, _LANCZOS), profile), turn)
    upright.info = {}
    return upright


def _largest(width: int, height: int) -> tuple[int, int]:
    return sizes_for(width, height)[-1]


def _reduced(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the picture in a mode that can be calculated with, by a whole factor nearer ``size``.

    Band by band: converting and averaging copy all they are given, and so does resizing what is
    transparent, of which this leaves little.
    """
    mode = _working_mode(image)
    factor = max(1, min(image.width // size[0], image.height // size[1]))
    width, height = image.size
    out = Image.new(mode, (-(-width // factor), -(-height // factor)))
    for top in range(0, height, BAND * factor):
        band = image.crop((0, top, width, min(height, top + BAND * factor)))
        out.paste(_converted(band, mode).reduce(factor), (0, top // factor))
    return out


def _working_mode(image: Image.Image) -> str:
    if image.has_transparency_data:
        return "RGBA"
    if image.mode in ("1", "L") or image.mode.startswith(("I", "F")):
        return "L"
    return "CMYK" if image.mode == "CMYK" else "RGB"


def _converted(image: Image.Image, mode: str) -> Image.Image:
    if image.mode.startswith("I;16"):
        # Pillow's own conversion cuts everything above 255 to white.
        image = image.point(lambda value: value / 256, "L")
    return image if image.mode == mode else image.convert(mode)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in sRGB, which is what a picture without a profile means on the web.

    A profile that is broken, oversized or meant for other colours is ignored: wrong colours can be
    seen and mended, a crash cannot.
    """
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    if profile and len(profile) <= PROFILE_LIMIT and profile[16:20] == _SPACES[colours.mode]:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            colours = ImageCms.profileToProfile(colours, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            pass
    if colours.mode == "CMYK":
        colours = colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours
