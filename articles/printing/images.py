"""Pictures as paper needs them: file in, a file no finer than print can show out; knows no page."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

# 150 mm, the widest picture, at 300 dots per inch.
_LONGEST_SIDE = 1800
_AS_THEY_ARE = {"JPEG": "jpg", "PNG": "png"}
_UPRIGHT = 1
_ORIENTATION = 0x0112


class UnreadablePictureError(ValueError):
    """The bytes are no picture that can be printed."""


@dataclass(frozen=True)
class Fitted:
    """An image file, its name's ending, and width divided by height."""

    data: bytes
    suffix: str
    ratio: float


def fit(data: bytes) -> Fitted:
    """The picture, upright and no larger than print needs; a file that fits is left as it is.

    Raises UnreadablePictureError.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return _fitted(picture, data)
    except (
        UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError
    ) as error:  # fmt: skip
        raise UnreadablePictureError("the file is damaged or of an unknown kind") from error


def _fitted(picture: Image.Image, data: bytes) -> Fitted:
    large = max(picture.size) > _LONGEST_SIDE
    turned = picture.getexif().get(_ORIENTATION, _UPRIGHT) != _UPRIGHT
    if large:
        # Lets the JPEG decoder skip detail that the next step would throw away.
        picture.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
    picture.load()  # a broken file must fail here, not in the typesetter
    if (
        picture.format in _AS_THEY_ARE
        and picture.mode in ("RGB", "RGBA", "L")
        and not (large or turned)
    ):
        return Fitted(data, _AS_THEY_ARE[picture.format], picture.width / picture.height)
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    flat = upright.convert("RGBA" if see_through else "RGB")
    flat.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    out = io.BytesIO()
    if see_through:
        flat.save(out, "PNG", icc_profile=profile)
    else:
        # The profile of a CMYK file does not fit the RGB pixels it became.
        kept = profile if picture.mode == "RGB" else None
        flat.save(out, "JPEG", quality=85, icc_profile=kept)
    return Fitted(out.getvalue(), "png" if see_through else "jpg", flat.width / flat.height)
