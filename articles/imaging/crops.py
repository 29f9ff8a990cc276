"""Which part of a picture is shown where there is room for another shape: numbers in, numbers out.

The rule is that of ``object-position`` in CSS: the focal point stands as far along the crop as it
stands along the picture. So a page, a card and a preview show the same part, the focal point is
never cut off, and a focal point in the middle gives the crop from the middle.
"""

from io import BytesIO
from typing import NamedTuple

from articles.imaging.decoding import decoded
from articles.imaging.intake import admitted

# For a crop that is put on something else and compressed there once more.
_QUALITY = 92


class Box(NamedTuple):
    """A part of a picture, in pixels from its upper left corner."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> tuple[int, int]:
        return self.right - self.left, self.bottom - self.top


def crop_box(size: tuple[int, int], ratio: tuple[int, int], focal: tuple[int, int]) -> Box:
    """The largest part of a picture of ``size`` in the shape of ``ratio`` (width, height).

    ``focal`` is the focal point in per cent from the left and the top. One side of the part is
    that of the picture; the other is rounded to whole pixels, and never to none.
    """
    width, height = size
    across, down = ratio
    if width * down > height * across:
        part = max(1, round(height * across / down)), height
    else:
        part = width, max(1, round(width * down / across))
    left, top = (
        round((whole - piece) * place / 100)
        for whole, piece, place in zip(size, part, focal, strict=True)
    )
    return Box(left, top, left + part[0], top + part[1])


def cropped(data: bytes, ratio: tuple[int, int], focal: tuple[int, int]) -> bytes:
    """That part of one of our own copies, as a JPEG. Raises PictureRefused where it is none."""
    data, container = admitted(BytesIO(data))
    with decoded(data, container) as image:
        part = image.convert("RGB").crop(crop_box(image.size, ratio, focal))
    out = BytesIO()
    part.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
