"""Who made a picture and what may be done with it, as the file itself says; the desk decides.

Names are those of the IPTC Photo Metadata Standard 2025.1. Nothing here trusts the file: every
value of a ``Credits`` is one clean line of bounded length, however it was made.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from PIL import Image, IptcImagePlugin

from articles.imaging import xmp

SHORT, LONG = 500, 2000
# Longest per field, in characters; together they always fit the 64 kB of one JPEG segment.
_LENGTHS = {"caption": LONG, "usage_terms": LONG, "copyright_notice": 1000}

_XMP = {
    "creator": "dc:creator",
    "credit_line": "photoshop:Credit",
    "copyright_notice": "dc:rights",
    "usage_terms": "xmpRights:UsageTerms",
    "source": "photoshop:Source",
    "headline": "photoshop:Headline",
    "caption": "dc:description",
    "web_statement": "xmpRights:WebStatement",
    "licensor_url": xmp.LICENSOR_URL,
    "digital_source_type": "Iptc4xmpExt:DigitalSourceType",
    "data_mining": "plus:DataMining",
}
# IPTC IIM 4.2, record 2.
_IIM = {
    "creator": 80,
    "credit_line": 110,
    "copyright_notice": 116,
    "source": 115,
    "headline": 105,
    "caption": 120,
}
_EXIF = {"creator": 315, "copyright_notice": 33432, "caption": 270}

_ADDRESSES = frozenset({"web_statement", "licensor_url", "digital_source_type", "data_mining"})
# Control characters, halves of characters and what XML 1.0 forbids.
_FORBIDDEN = r"\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
# Breaks fall together with them; a no-break space belongs to the typography of a caption and stays.
_NOT_TEXT = re.compile(f"[{_FORBIDDEN}]+")
_ADDRESS = re.compile(rf"https?://(?!/)[^\s{_FORBIDDEN}<>\"'\\^`{{|}}]+", re.I)


@dataclass(frozen=True)
class Credits:
    """The rights and description of one picture; an empty string is "the file does not say".

    Each value is cut to its length (2000 characters at most), without control characters, on one
    line. The last four are absolute http(s) addresses; anything else is dropped rather than linked.
    """

    creator: str = ""
    credit_line: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    source: str = ""
    headline: str = ""
    caption: str = ""
    web_statement: str = ""
    licensor_url: str = ""
    digital_source_type: str = ""
    data_mining: str = ""

    def __post_init__(self):
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in _ADDRESSES:
                value = _address(value)
            else:
                value = _clean(value, _LENGTHS.get(field.name, SHORT))
            object.__setattr__(self, field.name, value)


def read(image: Image.Image) -> Credits:
    """Return what a picture says of itself: XMP first, then IPTC IIM, then EXIF, field by field.

    ``image`` is loaded, because some formats keep their notes behind the pixels. Never raises for
    what the file holds; unreadable notes say nothing.
    """
    sources = [Credits(**said) for said in (_from_xmp(image), _from_iim(image), _from_exif(image))]
    names = [field.name for field in fields(Credits)]
    # Cleaned before they are compared: a blank by-line must not hide the name in the EXIF.
    return Credits(**{n: next(filter(None, (getattr(s, n) for s in sources)), "") for n in names})


def to_xmp(credits: Credits, *, caption_language: str = "x-default") -> bytes:
    """Return the XMP packet to be written into a rendition; ``read`` gives the same credits back.

    ``caption_language`` is an RFC 5646 tag. ``xmpRights:Marked`` is true when there is a copyright
    notice and absent otherwise: false would claim the public domain.
    """
    values = {_XMP[f.name]: text for f in fields(credits) if (text := getattr(credits, f.name))}
    if credits.copyright_notice:
        values["xmpRights:Marked"] = "True"
    return xmp.write(values, language=caption_language)


def _from_xmp(image: Image.Image) -> dict[str, str]:
    packet = image.info.get("xmp", b"")
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "replace")
    if not isinstance(packet, bytes):
        return {}
    found = xmp.parse(packet, list(_XMP.values()))
    return {field: found[name] for field, name in _XMP.items() if name in found}


def _from_iim(image: Image.Image) -> dict[str, str]:
    try:
        record = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # the parser answers a broken block with whatever the broken line raises
        return {}
    return {field: _iim_text(record, number) for field, number in _IIM.items()}


def _iim_text(record: Mapping, number: int) -> str:
    """Return a dataset of record 2 as text; repeated ones (by-lines) are joined by "; ".

    1:90 says when the text is UTF-8. Most writers forget to say so, and Latin-1 prose is hardly
    ever valid UTF-8 by chance, so UTF-8 is tried in any case.
    """
    values = record.get((2, number))
    values = values if isinstance(values, list) else [values]
    declared = record.get((1, 90)) == b"\x1b%G"
    texts = [_decode(value[: 4 * LONG], declared=declared) for value in values[:20] if value]
    return "; ".join(texts)


def _decode(value: bytes, *, declared: bool = False) -> str:
    try:
        return value.decode("utf-8", "ignore" if declared else "strict")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _from_exif(image: Image.Image) -> dict[str, str]:
    try:
        exif = image.getexif()
        values = {field: exif.get(tag) for field, tag in _EXIF.items()}
    except Exception:  # as above: a broken block says nothing
        return {}
    return {
        field: _decode(value[: 4 * LONG].encode("latin-1", "replace"))
        for field, value in values.items()
        if isinstance(value, str)
    }


def _clean(value: str, length: int) -> str:
    return _NOT_TEXT.sub(" ", value[: 4 * LONG]).strip(" ")[:length].rstrip(" ")


def _address(value: str) -> str:
    """Return a web address, or nothing; photographers often leave the scheme off."""
    value = value.strip()
    if value.lower().startswith("www."):
        value = f"https://{value}"
    return value if len(value) <= SHORT and _ADDRESS.fullmatch(value) else ""
