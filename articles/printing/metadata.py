"""Who owns the file and what others may do with it, said in the file; knows nothing of its look."""

import io
import re
from typing import Protocol
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject, TextStringObject

from articles.printing.blocks import printable
from articles.printing.document import Metadata

_SPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xmpTPg": "http://ns.adobe.com/xap/1.0/t/pg/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}
for _prefix, _uri in _SPACES.items():
    ElementTree.register_namespace(_prefix, _uri)

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_PACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{}<?xpacket end="r"?>'


class Declarable(Protocol):
    """Whatever is printed: an article, or a paper of another desk."""

    language: str
    masthead: str
    url: str
    metadata: Metadata


def declare(pdf: bytes, document: Declarable) -> bytes:
    """The PDF with authors, rights and address in its XMP and document information.

    What Typst wrote there (title, dates, the PDF/UA claim) stays.
    """
    reader = PdfReader(io.BytesIO(pdf))
    packet = _declared(reader.root_object["/Metadata"].get_data(), document)
    # Appended to the file, so that every byte Typst vouched for stays as it was.
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    stream = StreamObject()
    stream.set_data(packet)
    stream.update({
        NameObject("/Type"): NameObject("/Metadata"),
        NameObject("/Subtype"): NameObject("/XML"),
    })  # fmt: skip
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
    if _LANGUAGE.fullmatch(document.language):  # Typst knows the first two parts of a tag only
        writer.root_object[NameObject("/Lang")] = TextStringObject(document.language)
    if document.metadata.copyright:
        writer.add_metadata({"/Copyright": printable(document.metadata.copyright)})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _declared(packet: bytes, document: Declarable) -> bytes:
    root = fromstring(packet)
    about = root.find("rdf:RDF/rdf:Description", _SPACES)
    metadata = document.metadata
    _put(about, "dc:creator", "Seq", metadata.authors)
    _put(about, "dc:subject", "Bag", metadata.keywords)
    _put(about, "dc:language", "Bag", [document.language])
    _put(about, "dc:publisher", "Bag", [document.masthead])
    _put(about, "dc:rights", "Alt", [metadata.copyright])
    _put(about, "dc:identifier", None, [document.url])
    _put(about, "xmpRights:Marked", None, ["True" if metadata.copyright else ""])
    _put(about, "xmpRights:WebStatement", None, [metadata.terms_url])
    return _PACKET.format(ElementTree.tostring(root, encoding="unicode")).encode()


def _put(about, name: str, container: str | None, values) -> None:
    """Replaces a property; empty values leave none."""
    for old in about.findall(name, _SPACES):
        about.remove(old)
    values = [printable(value) for value in values if value]
    if not values:
        return
    prefix, local = name.split(":")
    element = ElementTree.SubElement(about, f"{{{_SPACES[prefix]}}}{local}")
    if container is None:
        element.text = values[0]
        return
    items = ElementTree.SubElement(element, f"{{{_SPACES['rdf']}}}{container}")
    for value in values:
        item = ElementTree.SubElement(items, f"{{{_SPACES['rdf']}}}li")
        item.text = value
        if container == "Alt":
            item.set(_LANG, "x-default")
