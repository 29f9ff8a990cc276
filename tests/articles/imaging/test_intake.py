"""The door for pictures lets the honest in, and says in words why not to everything else."""

import io
import struct
import sys
import time
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from PIL import ExifTags, Image

from articles.imaging import intake
from articles.imaging.containers import PictureRefused, walk
from articles.imaging.decoding import decoded
from articles.imaging.intake import Examined, admitted, examine
from tests.articles.imaging.pictures import (
    behind_start,
    gif_header,
    iim_block,
    jpeg,
    located,
    packet,
    painted,
    png,
    png_chunk,
    saved,
    webp_header,
)

JPEG, PNG = jpeg(), saved(painted(), "PNG")
PROGRESSIVE = jpeg(progressive=True)
GIF, WEBP = saved(painted("P"), "GIF"), saved(painted(), "WEBP")
FRAMES = [painted(), painted().rotate(90)]
MOVING = {"save_all": True, "append_images": FRAMES, "duration": 100}
SCRIPT = b"<script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def look(data, name="photo.jpg"):
    return examine(io.BytesIO(data), name=name)


def refusal(data, name="photo.jpg"):
    with pytest.raises(PictureRefused) as refused:
        look(data, name)
    assert refused.value.reasons
    for reason in refused.value.reasons:
        assert reason[0].isupper() and reason.endswith(".")
        assert "Error" not in reason and "0x" not in reason
    return " ".join(refused.value.reasons)


def zip_with(comment=b""):
    return b"PK\x03\x04" + bytes(40) + b"PK\x05\x06" + bytes(16) + struct.pack("<H", 0) + comment


# What comes in


@pytest.mark.parametrize(
    ("name", "data", "format_"),
    [
        ("photo.jpg", JPEG, "JPEG"),
        ("PHOTO.JPEG", JPEG, "JPEG"),
        ("my.photo.final.jpg ", JPEG, "JPEG"),
        ("photo.jfif", JPEG, "JPEG"),
        ("progressive.jpg", PROGRESSIVE, "JPEG"),
        ("grey.jpg", saved(painted("L"), "JPEG"), "JPEG"),
        ("cmyk.jpg", saved(painted("CMYK"), "JPEG"), "JPEG"),
        ("chart.png", PNG, "PNG"),
        ("transparent.png", saved(painted("RGBA"), "PNG"), "PNG"),
        ("palette.png", saved(painted("P"), "PNG", transparency=3), "PNG"),
        ("deep.png", saved(Image.new("I;16", (400, 300), 40_000), "PNG"), "PNG"),
        ("one-bit.png", saved(painted("1"), "PNG"), "PNG"),
        ("still.gif", GIF, "GIF"),
        ("photo.webp", WEBP, "WEBP"),
        ("lossless.webp", saved(painted("RGBA"), "WEBP", lossless=True), "WEBP"),
    ],
)
def test_a_picture_comes_in(name, data, format_):
    examined = look(data, name)
    assert examined.format == format_
    assert examined.width >= 320 and examined.height >= 200


def test_the_extension_and_media_type_to_store_are_ours():
    examined = look(JPEG, "Photo.JFIF")
    assert (examined.extension, examined.media_type) == (".jpg", "image/jpeg")
    assert isinstance(examined, Examined)


@pytest.mark.parametrize("turn", range(1, 9))
def test_the_size_is_the_size_as_displayed(turn):
    data = jpeg((640, 400), exif=located(tag274=turn))
    expected = (400, 640) if turn >= 5 else (640, 400)
    assert (look(data).width, look(data).height) == expected


def test_the_file_is_left_at_its_beginning():
    file = io.BytesIO(JPEG)
    examine(file, name="photo.jpg")
    assert file.tell() == 0


def test_a_camera_may_write_a_second_picture_behind_the_first():
    assert look(saved(painted(), "MPO", save_all=True, append_images=FRAMES)).format == "JPEG"
    assert look(JPEG + JPEG).width == 640
    assert look(JPEG + b"\0\0\0\x18ftypmp42" + bytes(2000)).format == "JPEG"


def test_one_megabyte_of_profile_is_no_reason_to_refuse():
    assert look(jpeg(icc_profile=bytes(1_000_000))).format == "JPEG"


# Names and contents


def test_text_named_jpg_is_refused_in_words():
    assert "This file is named .jpg but is not a picture." in refusal(b"Dear editor, " * 40)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"PK\x03\x04\x14\0", "a ZIP archive or office document"),
        (SVG, "an SVG drawing"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><!-- x --><svg width="9">', "an SVG drawing"),
        (b"<!DOCTYPE html><p>hello", "a web page"),
        (b"\n\n <HTML><body>" + SCRIPT, "a web page"),
        (SCRIPT, "a web page"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC photo"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "an AVIF picture"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "a video"),
        (b"II*\0\x08\0\0\0", "a TIFF"),
        (b"8BPS\0\x01", "a Photoshop document"),
        (b"BM\x36\0\x0c\0\0\0\0\0", "a BMP picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "a PostScript document"),
        (b"\x7fELF\x02\x01", "not a picture"),
        (b"\0" * 5000, "not a picture"),
        (b"\xff\xd8", "not a picture"),
        (b"\x89PNG\n\x1a\n", "not a picture"),
        (b"GIF90a" + bytes(50), "not a picture"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "not a picture"),
    ],
)
@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo"])
def test_what_is_no_picture_is_called_by_its_name(data, words, name):
    assert words in refusal(data, name)


@pytest.mark.parametrize("right", ["photo.jpg", "photo.png", "photo.webp", "photo.gif"])
@pytest.mark.parametrize("data", [JPEG, PNG, WEBP, GIF], ids=["jpeg", "png", "webp", "gif"])
def test_name_and_content_must_agree(right, data):
    if intake.family_of(data) in intake.EXTENSIONS and right.endswith(
        intake.EXTENSIONS[intake.family_of(data)]
    ):
        assert look(data, right)
    else:
        assert "Rename it" in refusal(data, right)


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "photo", "photo.php", "photo.jpg.exe", "photo.svg", ".jpg", "photo.jpg\0.php"],
)
def test_a_name_must_end_as_pictures_do(name):
    assert "Rename it to .jpg" in refusal(JPEG, name)


# Size, before anything else


class Unread(io.BytesIO):
    def read(self, *args):
        raise AssertionError("a file too large must not be read")


def test_a_file_too_large_is_refused_before_it_is_read():
    with pytest.raises(PictureRefused, match=r"41\.0 MB; at most 40 MB"):
        examine(Unread(bytes(41_000_000)), name="photo.jpg")


def test_an_empty_file_is_refused():
    assert refusal(b"") == "This file is empty."


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bomb.png", png(20_000, 10_000), "200 megapixels"),
        ("bomb.png", png(15_000, 15_000), "225 megapixels"),
        ("bomb.png", png(8_000, 7_501), "megapixels"),
        ("bomb.png", png(2**31 - 1, 2**31 - 1, pixels=b"x"), "megapixels"),
        ("line.png", png(20_001, 300), "side of 20,001 pixels"),
        ("line.png", png(320, 16_001), "side of 16,001 pixels"),
        ("none.png", png(0, 300, pixels=b"x"), "no size"),
        ("bomb.webp", webp_header(16_000, 16_000), "256 megapixels"),
        ("bomb.webp", webp_header(2**24, 2**24), "megapixels"),
        ("large.webp", webp_header(6_000, 5_000), "too much memory"),
        ("bomb.gif", gif_header(65_535, 65_535, b",\0\0\0\0\1\0\1\0\0\2\0;"), "megapixels"),
        ("frame.gif", gif_header(400, 300, b",\xff\xff\xff\xff\xff\xff\xff\xff\0\2\0;"), "side"),
        ("small.jpg", jpeg((319, 400)), "at least 320 × 200"),
        ("flat.jpg", jpeg((640, 199)), "at least 320 × 200"),
        ("dot.png", png(1, 1), "1 × 1 pixels"),
        ("turned.jpg", jpeg((400, 300), exif=located(tag274=6)), "300 × 400 pixels"),
    ],
)
def test_a_picture_of_the_wrong_size_is_refused(name, data, words):
    assert words in refusal(data, name)


def test_a_jpeg_that_states_a_huge_size_is_refused():
    at = JPEG.index(b"\xff\xc0") + 5
    huge = JPEG[:at] + struct.pack(">HH", 65_000, 65_000) + JPEG[at + 4 :]
    assert "megapixels" in refusal(huge)


def test_a_progressive_jpeg_that_takes_too_much_memory_is_refused():
    at = PROGRESSIVE.index(b"\xff\xc2") + 5
    large = PROGRESSIVE[:at] + struct.pack(">HH", 7_000, 8_500) + PROGRESSIVE[at + 4 :]
    full_colour = large[: at + 6] + b"\x11" + large[at + 7 :]
    assert "too much memory" in refusal(full_colour)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("photo.gif", saved(painted("P"), "GIF", **MOVING)),
        ("photo.webp", saved(painted(), "WEBP", **MOVING)),
        ("photo.png", saved(painted(), "PNG", **MOVING)),
        ("flag.webp", webp_header(400, 300, rest=b"ANIM\x06\0\0\0" + bytes(6))),
    ],
)
def test_a_moving_picture_is_refused_in_words(name, data):
    assert "This picture moves" in refusal(data, name)


def test_every_reason_is_given_at_once():
    with pytest.raises(PictureRefused) as refused:
        look(png(20_000, 10_000), "bomb.jpg")
    assert len(refused.value.reasons) == 3


# Cut off, broken, contradictory


@pytest.mark.parametrize("part", [n / 40 for n in range(40)] + [0.999])
@pytest.mark.parametrize(
    ("name", "data"),
    [("a.jpg", JPEG), ("b.jpg", PROGRESSIVE), ("a.png", PNG), ("a.webp", WEBP), ("a.gif", GIF)],
    ids=["jpeg", "progressive", "png", "webp", "gif"],
)
def test_a_file_that_was_cut_off_is_refused(name, data, part):
    refusal(data[: int(len(data) * part)], name)


@pytest.mark.parametrize("missing", [1, 2, 3, 7])
@pytest.mark.parametrize(
    ("name", "data"), [("a.jpg", JPEG), ("a.png", PNG), ("a.webp", WEBP), ("a.gif", GIF)]
)
def test_even_the_last_byte_is_missed(name, data, missing):
    refusal(data[:-missing], name)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("no-pixels.png", png(400, 300, pixels=b"")),
        ("few-pixels.png", png(400, 300, pixels=zlib.compress(bytes(100)))),
        ("not-zlib.png", png(400, 300, pixels=b"hello" * 100)),
        ("wrong-type.png", png(400, 300, bits=7, colour=9)),
        ("checksum.png", PNG[:40] + bytes([PNG[40] ^ 1]) + PNG[41:]),
        ("two-sizes.png", png(400, 300, extra=png_chunk(b"IHDR", bytes(13)))),
        ("no-header.png", PNG[:8] + png_chunk(b"IDAT", b"") + png_chunk(b"IEND", b"")),
        ("long-chunk.png", PNG[:33] + b"\xff\xff\xff\xffIDAT" + PNG[41:]),
        ("header-only.gif", gif_header(400, 300, b";")),
        ("no-pixels.gif", gif_header(400, 300, b",\0\0\0\0\x90\x01\x2c\x01\0\x08\0;")),
        ("rubbish.gif", gif_header(400, 300, b"rubbish" * 50)),
        ("header-only.webp", webp_header(400, 300)),
        ("size.webp", webp_header(500, 400, rest=WEBP[12:])),
        ("long-chunk.webp", webp_header(400, 300, rest=b"VP8 \xff\xff\xff\xff" + bytes(40))),
        ("start-end.jpg", b"\xff\xd8\xff\xd9"),
        ("no-scan.jpg", JPEG[: JPEG.index(b"\xff\xda")] + b"\xff\xd9"),
        ("two-sizes.jpg", behind_start(JPEG, (0xC0, bytes(15)))),
        ("no-colours.jpg", behind_start(b"\xff\xd8\xff\xda\0\2\xff\xd9", (0xC0, bytes(15)))),
        ("no-length.jpg", b"\xff\xd8\xff\xe0\0\0" + JPEG[2:]),
        ("no-tables.jpg", JPEG.replace(b"\xff\xdb", b"\xff\xe9")),
        ("twelve-bit.jpg", JPEG.replace(b"\xff\xc0\0\x11\x08", b"\xff\xc0\0\x11\x0c")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_picture_is_refused(name, data):
    refusal(data, name)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize(
    ("name", "data"), [("a.jpg", JPEG), ("a.png", PNG), ("a.webp", WEBP), ("a.gif", GIF)]
)
def test_flipped_bytes_are_answered_with_a_picture_or_a_reason(name, data, seed):
    broken = bytearray(data)
    for n in range(1, 6):
        broken[(seed * 7919 * n) % min(len(data), 700 + seed * 50)] ^= 1 + (seed * 31 + n) % 255
    try:
        assert look(bytes(broken), name).width
    except PictureRefused as refused:
        assert refused.reasons


# Two things at once


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.gif", b"GIF89a/*" + SCRIPT + b"*/=1;" + bytes(100)),
        ("comment.gif", GIF[:-1] + b"!\xfe" + bytes([len(SCRIPT)]) + SCRIPT + b"\0;"),
        ("behind.gif", GIF + SCRIPT),
        ("rubbish.gif", GIF + b"alert(1)//"),
        ("text.png", png(400, 300, extra=png_chunk(b"tEXt", b"Comment\0" + SCRIPT))),
        ("behind.png", PNG + b"<html><body>"),
        ("cropped.png", PNG + PNG),
        ("zip.png", PNG + zip_with()),
        ("zip.jpg", JPEG + zip_with()),
        ("pdf.jpg", behind_start(JPEG, (0xFE, b"%PDF-1.4\n1 0 obj"))),
        ("comment.jpg", behind_start(JPEG, (0xFE, SCRIPT))),
        ("behind.jpg", JPEG + b"<ScRiPt src=//evil.example>"),
        ("php.jpg", jpeg(exif=located(tag270="<?php system($_GET['c']); ?>"))),
        ("svg.jpg", behind_start(JPEG, (0xFE, SVG))),
        ("entity.jpg", behind_start(JPEG, (0xFE, b'<!DOCTYPE x [<!ENTITY a "b">]>'))),
        ("page.webp", saved(painted(), "WEBP", xmp=b"<html ><body>")),
        ("behind.webp", WEBP + b"more"),
        ("huge-behind.webp", WEBP + bytes(100) + b"x"),
    ],
)
def test_a_file_that_is_two_things_at_once_is_refused(name, data):
    refusal(data, name)


# Notes in the picture never break the door

LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha">%s]><l>&j;</l>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
XXE = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
HOSTILE_NOTES = {
    "invalid UTF-8": b"\xff\xfe\xfd" * 50,
    "invalid UTF-8 in a packet": packet("<dc:creator>\xe9</dc:creator>").replace(b"\xc3", b""),
    "NUL": b"\0" * 500,
    "unknown entity": packet("<dc:creator>&nobody;</dc:creator>"),
    "deep": b"<a>" * 15_000,
    "deep and closed": b"<a>" * 8_000 + b"</a>" * 8_000,
    "many attributes": b"<a %s/>" % b" ".join(b'a%d=""' % n for n in range(3000)),
    "unknown encoding": b'<?xml version="1.0" encoding="x-klingon"?><a/>',
    "utf-16": '<?xml version="1.0"?><a>é</a>'.encode("utf-16"),
    "utf-7": b'<?xml version="1.0" encoding="utf-7"?><a>+ADw-</a>',
    "empty": b"",
    "unbound prefix": b"<rdf:RDF/>",
    "a URL that is none": packet("<xmpRights:WebStatement>http://[</xmpRights:WebStatement>"),
}


@pytest.mark.parametrize("notes", HOSTILE_NOTES.values(), ids=HOSTILE_NOTES)
@pytest.mark.parametrize("format_", ["JPEG", "WEBP"])
def test_hostile_xmp_costs_the_notes_and_not_the_picture(notes, format_):
    data = saved(painted(), format_, xmp=notes)
    examined = look(data, f"a.{format_.lower()}")
    assert examined.width == 640
    assert examined.credits.creator == ""


@pytest.mark.parametrize("notes", [LAUGHS, XXE], ids=["billion laughs", "external entity"])
def test_a_document_type_in_the_notes_is_refused_at_the_door(notes):
    assert "hidden" in refusal(saved(painted(), "WEBP", xmp=notes), "a.webp")


def test_five_megabytes_of_xmp_are_not_parsed():
    notes = packet(f"<dc:creator>Ana {'x' * 5_000_000}</dc:creator>")
    assert look(saved(painted(), "WEBP", xmp=notes), "a.webp").credits.creator == ""


def test_more_notes_than_anybody_needs_are_refused():
    notes = saved(painted(), "WEBP", xmp=b" " * 10_000_001)
    assert "more than 10 MB" in refusal(notes, "a.webp")


EXIF = located().tobytes()
HOSTILE_EXIF = {
    "empty": b"",
    "header only": b"Exif\0\0",
    "rubbish": b"Exif\0\0" + b"\xff" * 300,
    "no directory": b"Exif\0\0II*\0\xff\xff\xff\xff",
    "directory in itself": b"Exif\0\0II*\0\x08\0\0\0\1\0\x69\x87\4\0\1\0\0\0\x08\0\0\0",
    "65535 entries": b"Exif\0\0MM\0*\0\0\0\x08\xff\xff",
    "huge count": b"Exif\0\0II*\0\x08\0\0\0\1\0\x0e\1\2\0\xff\xff\xff\xff\x08\0\0\0",
    "wrong type": b"Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\2\0\4\0\0\0abc\0",
    "orientation 9": b"Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\x09\0\0\0",
    "orientation twice": b"Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\2\0\0\0\6\0\6\0",
    **{f"cut at {n}": EXIF[:n] for n in range(7, len(EXIF), 12)},
}


@pytest.mark.parametrize("exif", HOSTILE_EXIF.values(), ids=HOSTILE_EXIF)
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_hostile_exif_costs_the_notes_and_not_the_picture(exif, format_):
    data = saved(painted(), format_, exif=exif)
    assert look(data, f"a.{format_.lower()}").width in (640, 480)


@pytest.mark.parametrize(
    "block",
    [
        b"\x1c",
        b"\x1c\x02\x50",
        b"\x1c\x02\x50\xff\xff",
        b"\x1c\x02\x50\x84\xff\xff\xff\xffAna",
        b"\x1c\x02\x50\0\0" * 3000,
        b"\x1c\x03\x3c\0\0",
        b"\x1c\x02\x50\0\3Ana\x1d\x02",
        b"rubbish" * 100,
        b"\x1c\x02\x50\0\3A\xffa",
    ],
)
def test_hostile_iim_costs_the_notes_and_not_the_picture(block):
    assert look(behind_start(JPEG, iim_block(block))).width == 640


@pytest.mark.parametrize("profile", [b"x", b"\0" * 128, b"\xff" * 3000, bytes(60_000)])
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_a_broken_colour_profile_is_no_reason_to_refuse(profile, format_):
    data = saved(painted(), format_, icc_profile=profile)
    assert look(data, f"a.{format_.lower()}").width == 640


# Time and memory


def last_scan(data):
    return data[data.rindex(b"\xff\xda") : -2]


MANY, BEHIND = "far too many parts", "cannot be read"
HOSTILE_WORK = {
    "fill bytes.jpg": (lambda: JPEG[:2] + b"\xff" * 20_000_000 + JPEG[2:], "not picture"),
    "tiny segments.jpg": (lambda: JPEG[:2] + b"\xff\xfe\0\2" * 2_000_000 + JPEG[2:], MANY),
    "scans.jpg": (lambda: PROGRESSIVE[:-2] + last_scan(PROGRESSIVE) * 60 + b"\xff\xd9", MANY),
    "tiny chunks.png": (lambda: png(400, 300, extra=png_chunk(b"teSt", b"") * 1_500_000), MANY),
    "text bombs.png": (lambda: png(400, 300, extra=zipped(b"zTXt", 1_000_000) * 70), BEHIND),
    "profile bomb.png": (lambda: png(400, 300, extra=zipped(b"iCCP", 50_000_000)), BEHIND),
    "tiny blocks.gif": (lambda: GIF[:-1] + b"!\xfe" + b"\1a" * 4_000_000 + b"\0;", MANY),
    "empty blocks.gif": (lambda: GIF[:-1] + b"!\xfe\0" * 3_000_000 + b";", MANY),
    "tiny chunks.webp": (lambda: webp_header(400, 300, rest=b"teSt\0\0\0\0" * 2_500_000), MANY),
}
# Much to look through, but nothing that is done twice.
HARMLESS_WORK = {
    "restarts.jpg": lambda: JPEG[:-2] + b"\xff\xd0" * 10_000_000 + b"\xff\xd9",
    "angle brackets.jpg": lambda: JPEG + b"<" * 20_000_000,
    "pixel bomb.png": lambda: png(400, 300, pixels=zlib.compress(bytes(50_000_000))),
}


def zipped(name, size):
    return png_chunk(name, b"a\0\0" + zlib.compress(bytes(size)))


@pytest.mark.parametrize("name", HOSTILE_WORK)
def test_a_file_made_to_cost_time_is_refused_soon(name):
    make, words = HOSTILE_WORK[name]
    data = make()
    began = time.process_time()
    assert words in refusal(data, name)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("name", HARMLESS_WORK)
def test_a_file_with_much_in_it_is_examined_soon(name):
    data = HARMLESS_WORK[name]()
    began = time.process_time()
    assert look(data, name)
    assert time.process_time() - began < 5


def test_headers_that_a_decoder_reads_differently_are_refused():
    promised = replace(walk(JPEG), width=641)
    with pytest.raises(PictureRefused, match="contradicts itself"), decoded(JPEG, promised):
        pass


def test_pictures_are_examined_from_many_threads_and_warnings_stay_as_they_were():
    before = list(warnings.filters)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(look, [JPEG, PROGRESSIVE] * 20))
    assert len(answers) == 40
    assert warnings.filters == before


def test_the_largest_picture_is_examined():
    assert look(png(7_740, 7_740), "large.png").width == 7_740


def test_a_decompression_bomb_warning_would_be_an_error(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 200_000)
    assert "cannot be read" in refusal(JPEG)


def test_a_picture_is_not_kept_once_it_was_examined():
    class Watched(io.BytesIO):
        pass

    file = Watched(saved(painted(), "WEBP", xmp=b"<broken"))
    examine(file, name="a.webp")
    assert sys.getrefcount(file) == 2


def test_our_own_files_need_no_name_but_keep_the_limits():
    assert admitted(io.BytesIO(JPEG))[1].family == "JPEG"
    with pytest.raises(PictureRefused, match="megapixels"):
        admitted(io.BytesIO(png(20_000, 10_000)))


def test_the_orientation_tag_is_the_one_of_the_standard():
    assert ExifTags.Base.Orientation == 0x0112
