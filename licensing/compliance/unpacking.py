"""From the bytes of an answer to its words: unpacked within bounds, in the charset they are in.

Pure. What a server says of its bytes is a hint: bytes that are UTF-8 are read as UTF-8, whatever is
said, and a name that is no charset of the web is not looked up.
"""

import codecs
import re
import zlib

import brotli

# Charsets of the web by their usual names, and what Python calls what browsers read.
CHARSETS = {
    **dict.fromkeys(["ascii", "us-ascii", "iso-8859-1", "latin1", "latin-1"], "cp1252"),
    **{f"iso-8859-{number}": f"iso8859-{number}" for number in (*range(2, 9), *range(10, 17))},
    **{f"windows-{number}": f"cp{number}" for number in (874, *range(1250, 1259))},
    **{name: name for name in ["koi8-r", "koi8-u", "big5", "euc-jp", "euc-kr", "gb18030"]},
    **dict.fromkeys(["gbk", "gb2312"], "gb18030"),
    **dict.fromkeys(["shift_jis", "shift-jis"], "cp932"),
    "iso-8859-9": "cp1254",
    "ks_c_5601-1987": "cp949",
    "tis-620": "cp874",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
IN_A_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
IN_A_PAGE = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
SNIFFED = 4_096
UNKNOWN = "\ufffd"


class NotReadable(Exception):
    """Packed in a way that is not known, or broken."""


class TooMuch(Exception):
    """Unpacked it is more than is read."""


def unpacked(body: bytes, coding: str, *, most: int) -> bytes:
    """``body`` without its content codings, the last one first. Raises NotReadable, TooMuch."""
    names = [name.strip().lower() for name in coding.split(",") if name.strip()]
    if len(names) > 2:
        raise NotReadable(coding)
    for name in reversed(names):
        if name in ("gzip", "x-gzip"):
            body = _inflated(body, zlib.MAX_WBITS | 32, most)
        elif name == "deflate":
            # Some servers leave out the frame around it.
            is_framed = body[:1] and body[0] & 0x0F == 8 and len(body) > 1
            is_framed = is_framed and (body[0] * 256 + body[1]) % 31 == 0
            body = _inflated(body, zlib.MAX_WBITS if is_framed else -zlib.MAX_WBITS, most)
        elif name == "br":
            body = _unbrotlied(body, most)
        elif name != "identity":
            raise NotReadable(name)
    return body


def _inflated(body: bytes, bits: int, most: int) -> bytes:
    engine = zlib.decompressobj(bits)
    try:
        found = engine.decompress(body, most + 1)
    except zlib.error as fault:
        raise NotReadable from fault
    if len(found) > most:
        raise TooMuch
    return found


def _unbrotlied(body: bytes, most: int) -> bytes:
    engine, found, given = brotli.Decompressor(), [], body
    length = 0
    try:
        while length <= most:
            part = engine.process(given, output_buffer_limit=most + 1)
            given = b""
            if not part:
                break
            found.append(part)
            length += len(part)
    except brotli.error as fault:
        raise NotReadable from fault
    if length > most:
        raise TooMuch
    return b"".join(found)


def decoded(body: bytes, content_type: str) -> str:
    """``body`` as text; what no charset explains becomes a sign for the unknown, as does NUL."""
    return _decoded(body, content_type).replace("\0", UNKNOWN)


def _decoded(body: bytes, content_type: str) -> str:
    for mark, charset in BOMS.items():
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    found = body.decode(errors="replace")
    strange = found.count(UNKNOWN)
    # Bytes of another charset are hardly ever UTF-8 by chance.
    if strange <= len(found) - len(found.encode("ascii", "ignore")) - strange:
        return found
    said = IN_A_HEADER.search(content_type)
    told = IN_A_PAGE.search(body[:SNIFFED])
    names = [said[1]] if said else []
    names += [told[1].decode("ascii", "replace")] if told else []
    charsets = [CHARSETS[name.lower()] for name in names if name.lower() in CHARSETS]
    return body.decode((charsets or ["cp1252"])[0], "replace")
