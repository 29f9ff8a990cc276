"""The only place where Pillow opens a file: one picture at a time, one format, nothing guessed."""

import threading
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO

from PIL import Image

from articles.imaging.containers import Container, PictureRefused, damaged
from articles.imaging.marking import marked as _

# EXIF 3.0, tag 0x0112: what has to be done to the stored rows to show them upright.
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# One picture at a time in a process: it bounds the memory, and warning filters are process-wide.
_one_at_a_time = threading.Lock()


@contextmanager
def decoded(
    data: bytes, container: Container, *, at_least: tuple[int, int] | None = None
) -> Iterator[Image.Image]:
    """Yield the fully decoded first frame; other threads wait until the block is left.

    ``at_least`` (width, height in stored pixels) lets a JPEG be decoded at 1/2, 1/4 or 1/8, never
    smaller than that; the whole file is read all the same. Raises ``PictureRefused`` when Pillow
    cannot read it to its end or finds another size than the headers promise.
    """
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        # Closed, because Pillow's plugins hold themselves in rings and pixels would stay for long.
        with closing(_load(data, container, at_least)) as image:
            yield image


def _load(data: bytes, container: Container, at_least: tuple[int, int] | None) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=[container.family])
        if image.size != (container.width, container.height):
            raise damaged(_("it contradicts itself about its size"))
        if getattr(image, "is_animated", False) and image.format != "MPO":
            raise damaged(_("it contradicts itself about moving"))
        if at_least:
            image.draft(None, at_least)
        image.load()
    except PictureRefused:
        raise
    # Decoders answer a hostile file with whatever the line it broke raises.
    except Exception as error:
        raise damaged(_("it cannot be read to its end")) from error
    return image


def orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1 when there is none or it cannot be read."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # a broken EXIF block costs the turn, not the picture
        return 1
    return value if isinstance(value, int) and value in _TURNS else 1


def turned_size(width: int, height: int, turn: int) -> tuple[int, int]:
    """Return the size after an orientation; its own inverse."""
    return (height, width) if turn >= 5 else (width, height)


def turned(image: Image.Image, turn: int) -> Image.Image:
    """Return the picture upright."""
    return image.transpose(_TURNS[turn]) if turn in _TURNS else image
