"""Pictures made for the tests, honest and hostile; what is expected of them is not known here."""

import struct
import zlib
from io import BytesIO

from PIL import Image

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def painted(mode="RGB", size=(640, 480)):
    """A picture with a gradient in it, so that a damaged or turned copy does not look the same."""
    across = Image.linear_gradient("L").rotate(90).resize(size)
    down = Image.linear_gradient("L").resize(size)
    colour = Image.merge("RGB", (across, down, Image.new("L", size, 90)))
    if mode in ("RGBA", "LA"):
        image = colour.convert(mode[:-1])
        image.putalpha(across)
        return image
    return colour.convert(mode)


def saved(image, format_, **options):
    out = BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


def jpeg(size=(640, 480), **options):
    return saved(painted(size=size), "JPEG", **options)


def png_chunk(name, data):
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(width, height, *, extra=b"", pixels=None, bits=1, colour=0):
    """A PNG from its parts: one bit a pixel, black, in a few bytes however large it says it is."""
    if pixels is None:
        pixels = zlib.compress(bytes(height * (1 + (width + 7) // 8)), 9)
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + extra
        + png_chunk(b"IDAT", pixels)
        + png_chunk(b"IEND", b"")
    )


def webp_header(width, height, *, flags=0, rest=b""):
    """A WebP that is nothing but its announcement."""
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + bytes([flags, 0, 0, 0]) + canvas + rest
    return b"RIFF" + struct.pack("<I", len(body)) + body


def gif_header(width, height, rest=b""):
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + rest


def behind_start(data, *segments):
    """A JPEG with further segments (marker byte, content) put before its own."""
    inserted = b"".join(
        b"\xff" + bytes([kind]) + struct.pack(">H", len(content) + 2) + content
        for kind, content in segments
    )
    return data[:2] + inserted + data[2:]


def iim(*datasets):
    """An APP13 segment with IPTC IIM datasets (record, number, bytes)."""
    block = b"".join(
        bytes([0x1C, record, number]) + struct.pack(">H", len(value)) + value
        for record, number, value in datasets
    )
    return iim_block(block)


def iim_block(block):
    resource = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(block))
    return 0xED, b"Photoshop 3.0\0" + resource + block + b"\0" * (len(block) % 2)


def packet(body, attributes=""):
    """An XMP packet whose one description has the given properties."""
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}"><rdf:Description '
        'rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" '
        f'xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" {attributes}>{body}'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def located(**tags):
    """EXIF with a place, a camera, an orientation and whatever else is named by tag number."""
    exif = Image.Exif()
    exif[271], exif[272], exif[36867] = "Fujikon", "X-9000", "2026:11:01 10:00:00"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (46.0, 12.0, 30.5), "E", (6.0, 9.0, 1.25)
    for tag, value in tags.items():
        exif[int(tag.removeprefix("tag"))] = value
    return exif


def exif_block(*entries):
    """EXIF from its parts, (tag, type, bytes) in any order; Pillow itself writes ASCII only."""
    directory, texts = struct.pack("<H", len(entries)), b""
    start = 8 + 2 + 12 * len(entries) + 4
    for tag, kind, value in sorted(entries):
        value = value.ljust(5, b"\0")
        directory += struct.pack("<HHII", tag, kind, len(value), start + len(texts))
        texts += value
    return b"Exif\0\0II*\0\x08\0\0\0" + directory + bytes(4) + texts
