"""XMP packets (ISO 16684-1) as plain text values by name; which name means what is not known here.

A name is ``prefix:Property``. Reading takes what cameras and editors write and gives nothing at
all for what is not well formed; a DOCTYPE is never followed (SECURITY: XML parsers restrictive).
"""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

# A packet inside one JPEG segment has at most 64 kB; edit histories in a PNG reach some hundred.
PACKET_LIMIT = 1_000_000

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
# How a property is written; whatever is not here is plain text.
_ALTERNATIVES = frozenset({"dc:rights", "dc:description", "xmpRights:UsageTerms"})
_LISTS = frozenset({"dc:creator"})
LICENSOR_URL = "plus:LicensorURL"


def parse(packet: bytes, names: list[str]) -> dict[str, str]:
    """Return the first text of each of ``names`` that the packet holds; unreadable gives ``{}``.

    Of several languages the ``x-default`` is taken, of several people all, joined by "; ".
    """
    if not packet or len(packet) > PACKET_LIMIT:
        return {}
    try:
        root = fromstring(packet.strip(b"\0 \t\r\n"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        # The parser's frame holds the error and the error its frame: a ring that would keep the
        # caller's picture in memory until the collector comes by.
        error.__traceback__ = None
        return {}
    described = [d for rdf in root.iter(f"{{{_RDF}}}RDF") for d in rdf]
    values = {}
    for name in names:
        places = root.iter() if name == LICENSOR_URL else described
        found = (_value(place, _qualified(name)) for place in places)
        if value := next((text for text in found if text), ""):
            values[name] = value
    return values


def _qualified(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _value(place: Element, tag: str) -> str:
    """Return a property of one description, written as an attribute or as an element."""
    if (attribute := place.get(tag)) is not None:
        return attribute
    element = place.find(tag)
    if element is None:
        return ""
    items = element.findall(f"*/{{{_RDF}}}li")
    if not items:
        return element.get(f"{{{_RDF}}}resource") or _text(element)
    if element.find(f"{{{_RDF}}}Alt") is None:
        return "; ".join(text for text in map(_text, items) if text)
    items.sort(key=lambda item: item.get(_LANGUAGE) != "x-default")
    return _text(items[0])


def _text(element: Any) -> str:
    return (element.text or "").strip(" \t\r\n")


def write(values: Mapping[str, str], *, language: str = "x-default") -> bytes:
    """Return a packet in UTF-8 with the given properties, each value escaped.

    ``language`` (RFC 5646) is said of descriptions beside the obligatory ``x-default``. The values
    must hold no character that XML 1.0 forbids. Raises ``ValueError`` for what is no language tag.
    """
    if not _LANGUAGE_TAG.fullmatch(language):
        raise ValueError(f"{language!r} is not a language tag")
    properties = "".join(_property(name, value, language) for name, value in values.items())
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">'
        f'<rdf:Description rdf:about=""{declared}>{properties}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _property(name: str, value: str, language: str) -> str:
    text = escape(value)
    if name == LICENSOR_URL:
        return (
            '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">'
            f"<{name}>{text}</{name}></rdf:li></rdf:Seq></plus:Licensor>"
        )
    if name in _ALTERNATIVES:
        tags = ["x-default"]
        if name == "dc:description" and language != "x-default":
            tags.append(language)
        items = "".join(f'<rdf:li xml:lang="{tag}">{text}</rdf:li>' for tag in tags)
        return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"
    if name in _LISTS:
        return f"<{name}><rdf:Seq><rdf:li>{text}</rdf:li></rdf:Seq></{name}>"
    return f"<{name}>{text}</{name}>"
