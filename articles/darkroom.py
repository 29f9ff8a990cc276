"""From an original to the copies readers get, and back to the addresses a page names.

``articles.imaging`` knows pixels and metadata; this room knows where files lie and which row they
belong to. The original itself is never served to the public: it may hold places and people.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse

from articles.imaging import renditions
from articles.imaging.credits import Credits
from articles.imaging.intake import examine
from articles.models import Image

# Ending → media type, in the order in which a browser is offered them.
MEDIA_TYPES = {made.extension[1:]: made.media_type for made in renditions.FORMATS}
DEFAULT_WIDTH = 960
# Credits that no form asks for; an editor cannot have meant to drop them.
SAID_BY_THE_FILE = ("headline", "licensor_url", "digital_source_type", "data_mining")


def credits_of(image: Image) -> Credits:
    """What is written into every copy of ``image``, under the IPTC's names."""
    return Credits(
        creator=image.creator,
        credit_line=image.credit_line,
        copyright_notice=image.copyright_notice,
        usage_terms=image.usage_terms,
        source=image.source,
        caption=image.caption,
        web_statement=image.web_statement,
    )


def develop(image: Image) -> None:
    """Makes the copies of ``image`` anew where its file or its credits changed.

    The copies of an earlier version are removed once the transaction is through.
    """
    version = _version(image)
    if image.renditions.get("version") == version:
        return
    former = image.renditions
    image.renditions = {"version": version, "widths": _written(image, version)}
    image.save(update_fields=["renditions"])
    transaction.on_commit(lambda: _remove(image, former))


def discard(image: Image) -> None:
    """Removes the files of a picture whose row is deleted, once the transaction is through."""

    def remove():
        _remove(image, image.renditions)
        image.original.delete(save=False)

    transaction.on_commit(remove)


def _written(image: Image, version: str) -> list[int]:
    """Writes every copy, or none of them; returns their widths."""
    widths, names = set(), []
    try:
        with image.original.open("rb") as original:
            for rendition in renditions.render(original, _said_by_row_and_file(image, original)):
                widths.add(rendition.width)
                name = rendition_path(image, version, rendition.width, rendition.extension[1:])
                names.append(name)
                default_storage.delete(name)
                default_storage.save(name, ContentFile(rendition.data))
    except Exception:
        for name in names:
            default_storage.delete(name)
        raise
    return sorted(widths)


def _said_by_row_and_file(image: Image, original) -> Credits:
    """What the row says, and what only the file can say: its maker's reservations and licensor."""
    said = examine(original).credits
    return replace(credits_of(image), **{name: getattr(said, name) for name in SAID_BY_THE_FILE})


def _version(image: Image) -> str:
    facts = json.dumps([image.original.name, repr(credits_of(image))])
    return hashlib.sha256(facts.encode()).hexdigest()[:12]


def _remove(image: Image, former: dict) -> None:
    for width in former.get("widths", []):
        for extension in MEDIA_TYPES:
            default_storage.delete(rendition_path(image, former["version"], width, extension))


def rendition_path(image: Image, version: str, width: int, extension: str) -> str:
    """Where a copy lies in the storage."""
    return f"renditions/{image.key.hex[:2]}/{image.key.hex}/{version}/{width}.{extension}"


def rendition_url(image: Image, width: int, extension: str) -> str:
    """The public address of a copy."""
    return reverse(
        "articles:picture",
        kwargs={
            "key": image.key,
            "version": image.renditions["version"],
            "width": width,
            "extension": extension,
        },
    )


def small_address(image: Image) -> str:
    """The public address of the smallest copy; empty while there are none."""
    widths = image.renditions.get("widths")
    return rendition_url(image, min(widths), "jpg") if widths else ""


@dataclass(frozen=True)
class Picture:
    """A picture as a template shows it: addresses, measures and words."""

    image: Image
    caption: str
    sources: list[tuple[str, str]]
    src: str
    srcset: str
    width: int
    height: int

    @property
    def alt(self) -> str:
        return self.image.alt_text

    @property
    def focus(self) -> str:
        """Classes that move a crop to the focal point; none where that is the middle."""
        if self.image.is_centred:
            return ""
        across, down = (round(side, -1) for side in (self.image.focal_x, self.image.focal_y))
        return f"fx-{across} fy-{down}"


def picture(image: Image, *, caption: str = "") -> Picture | None:
    """What a ``<picture>`` needs, without a query; ``None`` while there are no copies."""
    widths = image.renditions.get("widths")
    if not widths:
        return None
    chosen = min(widths, key=lambda width: abs(width - DEFAULT_WIDTH))
    src = rendition_url(image, chosen, "jpg")
    # Asked of the resolver once: a page of twenty pictures names three hundred copies.
    folder = src.rpartition("/")[0]

    def srcset(extension: str) -> str:
        return renditions.srcset((width, f"{folder}/{width}.{extension}") for width in widths)

    return Picture(
        image=image,
        caption=caption or image.caption,
        sources=[
            (media_type, srcset(ending))
            for ending, media_type in MEDIA_TYPES.items()
            if ending != "jpg"
        ],
        src=src,
        srcset=srcset("jpg"),
        width=chosen,
        height=round(image.height * chosen / image.width),
    )


def original_extension(image: Image) -> str:
    """``.jpg``, ``.png``, …"""
    return PurePath(image.original.name).suffix


def open_smallest(image: Image):
    """The smallest JPEG copy, open."""
    width = min(image.renditions["widths"])
    return default_storage.open(rendition_path(image, image.renditions["version"], width, "jpg"))


def print_copy(image: Image) -> bytes | None:
    """The largest JPEG copy up to print width, for the printed edition."""
    widths = [width for width in image.renditions.get("widths", []) if width <= 1280]
    if not widths:
        return None
    name = rendition_path(image, image.renditions["version"], max(widths), "jpg")
    with default_storage.open(name, "rb") as copy:
        return copy.read()
