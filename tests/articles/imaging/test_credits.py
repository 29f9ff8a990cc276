"""Who made a picture is read from wherever the file says it, cleaned, and written back whole."""

import io
import json
import shutil
import subprocess

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from articles.imaging import xmp
from articles.imaging.credits import Credits, read, to_xmp
from tests.articles.imaging.pictures import (
    behind_start,
    exif_block,
    iim,
    iim_block,
    jpeg,
    packet,
    painted,
    saved,
)

FULL = Credits(
    creator="Zoë Müller & Söhne",
    credit_line="Zoë Müller / Agentur <Süd>",
    copyright_notice="© 2026 Zoë Müller",
    usage_terms='Online only; no "archive" sale.',
    source="Agentur Süd",
    headline="Harvest",
    caption="Two men — one cart.\u00a0Geneva, 1 November 2026.",
    web_statement="https://example.org/rights/?a=1&b=2",
    licensor_url="https://example.org/licence/7",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    data_mining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED",
)


def credits_of(data):
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return read(image)


def in_xmp(body, attributes=""):
    return credits_of(jpeg(xmp=packet(body, attributes)))


# Reading XMP


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        ("<dc:creator><rdf:Seq><rdf:li>Ana</rdf:li></rdf:Seq></dc:creator>", "creator", "Ana"),
        (
            "<dc:creator><rdf:Seq><rdf:li>Ana</rdf:li><rdf:li>Bo</rdf:li></rdf:Seq></dc:creator>",
            "creator",
            "Ana; Bo",
        ),
        ("<dc:creator><rdf:Bag><rdf:li> Ana\n</rdf:li></rdf:Bag></dc:creator>", "creator", "Ana"),
        ("<dc:creator>Ana</dc:creator>", "creator", "Ana"),
        ("<photoshop:Credit>Reporters</photoshop:Credit>", "credit_line", "Reporters"),
        ("<photoshop:Source>Archive</photoshop:Source>", "source", "Archive"),
        ("<photoshop:Headline>Rain</photoshop:Headline>", "headline", "Rain"),
        (
            '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© A</rdf:li></rdf:Alt></dc:rights>',
            "copyright_notice",
            "© A",
        ),
        (
            '<dc:description><rdf:Alt><rdf:li xml:lang="fr">Pluie</rdf:li>'
            '<rdf:li xml:lang="x-default">Rain</rdf:li></rdf:Alt></dc:description>',
            "caption",
            "Rain",
        ),
        (
            '<dc:description><rdf:Alt><rdf:li xml:lang="fr">Pluie</rdf:li></rdf:Alt>'
            "</dc:description>",
            "caption",
            "Pluie",
        ),
        (
            "<xmpRights:UsageTerms><rdf:Alt><rdf:li>Web only</rdf:li></rdf:Alt>"
            "</xmpRights:UsageTerms>",
            "usage_terms",
            "Web only",
        ),
        (
            '<xmpRights:WebStatement rdf:resource="https://example.org/r"/>',
            "web_statement",
            "https://example.org/r",
        ),
        (
            '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorURL>'
            "https://example.org/l</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>",
            "licensor_url",
            "https://example.org/l",
        ),
        (
            '<plus:Licensor><rdf:Seq><rdf:li plus:LicensorURL="https://example.org/l"/></rdf:Seq>'
            "</plus:Licensor>",
            "licensor_url",
            "https://example.org/l",
        ),
    ],
)
def test_xmp_is_read_in_the_forms_that_editors_write(body, field, value):
    assert in_xmp(body) == Credits(**{field: value})


def test_xmp_properties_may_be_attributes():
    read_credits = in_xmp("", 'photoshop:Credit="Reporters" photoshop:Source="Archive"')
    assert read_credits == Credits(credit_line="Reporters", source="Archive")


def test_what_an_ingredient_says_is_not_said_of_the_picture():
    nested = '<rdf:Description dc:creator="Somebody else"/>'
    assert in_xmp(f"<photoshop:History>{nested}</photoshop:History>") == Credits()


@pytest.mark.parametrize("format_", ["WEBP", "AVIF", "JPEG"])
def test_xmp_is_found_in_every_format_that_has_a_place_for_it(format_):
    assert credits_of(saved(painted(), format_, xmp=to_xmp(FULL))) == FULL


def test_xmp_is_found_in_a_png():
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", to_xmp(FULL).decode())
    assert credits_of(saved(painted(), "PNG", pnginfo=info)) == FULL


@pytest.mark.parametrize(
    "notes",
    [
        b"",
        b"\0",
        b"<",
        b"<a>" * 15_000,
        b"\xff" * 100,
        packet("<dc:creator>&nobody;</dc:creator>"),
        b'<!DOCTYPE a [<!ENTITY b "Ana">]>' + packet("<dc:creator>&b;</dc:creator>"),
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">' + packet("<dc:creator>Ana</dc:creator>"),
        b"<!DOCTYPE a>" + packet("<dc:creator>Ana</dc:creator>"),
        packet("<dc:creator>Ana</dc:creator>")[:-4],
        packet(f"<dc:creator>Ana {'x' * xmp.PACKET_LIMIT}</dc:creator>"),
    ],
)
def test_what_is_not_well_formed_says_nothing(notes):
    assert xmp.parse(notes, ["dc:creator"]) == {}


# IIM, EXIF, and which of them is believed

NAMED = [
    (80, "creator"),
    (110, "credit_line"),
    (116, "copyright_notice"),
    (115, "source"),
    (105, "headline"),
    (120, "caption"),
]


@pytest.mark.parametrize(("number", "field"), NAMED)
def test_iim_is_read(number, field):
    data = behind_start(jpeg(), iim((2, number, b"Ana")))
    assert credits_of(data) == Credits(**{field: "Ana"})


@pytest.mark.parametrize(
    "datasets",
    [
        [(1, 90, b"\x1b%G"), (2, 80, "Zoë".encode())],
        [(2, 80, "Zoë".encode())],
        [(2, 80, "Zoë".encode("latin-1"))],
        [(1, 90, b"\x1b%G"), (2, 80, "Zoë".encode() + b"\xff")],
    ],
    ids=["declared UTF-8", "undeclared UTF-8", "Latin-1", "broken UTF-8"],
)
def test_iim_text_is_read_in_the_charset_it_is_in(datasets):
    assert credits_of(behind_start(jpeg(), iim(*datasets))).creator == "Zoë"


def test_several_by_lines_are_all_kept():
    data = behind_start(jpeg(), iim((2, 80, b"Ana"), (2, 80, b"Bo"), (2, 80, b"")))
    assert credits_of(data).creator == "Ana; Bo"


@pytest.mark.parametrize(
    "block",
    [b"", b"\x1c\x02", b"\x1c\x02\x50\x89\0", b"\x1c\x03\x3c\0\0", b"\x1b\x02\x50\0\1a"],
)
def test_broken_iim_says_nothing(block):
    assert credits_of(behind_start(jpeg(), iim_block(block))) == Credits()


@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_exif_is_read(charset):
    entries = [(315, "Zoë"), (33432, "© Zoë\0"), (270, "Rain")]
    block = exif_block(*((tag, 2, text.encode(charset)) for tag, text in entries))
    said = credits_of(jpeg(exif=block))
    assert said == Credits(creator="Zoë", copyright_notice="© Zoë", caption="Rain")


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about this very block
@pytest.mark.parametrize("kind", [0, 1, 3, 4, 5, 7, 12, 99])
def test_exif_numbers_and_bytes_are_no_names(kind):
    assert credits_of(jpeg(exif=exif_block((315, kind, bytes(range(8)))))).creator == ""


def test_xmp_is_believed_before_iim_and_iim_before_exif_field_by_field():
    data = behind_start(
        jpeg(
            xmp=packet("<dc:creator>from XMP</dc:creator>"),
            exif=exif_block(*((tag, 2, b"from EXIF") for tag in (315, 33432, 270))),
        ),
        iim((2, 80, b"from IIM"), (2, 116, b"from IIM")),
    )
    assert credits_of(data) == Credits(
        creator="from XMP", copyright_notice="from IIM", caption="from EXIF"
    )


def test_a_blank_by_line_does_not_hide_the_name_in_the_exif():
    data = behind_start(jpeg(exif=exif_block((315, 2, b"Ana Bo"))), iim((2, 80, b" \0 ")))
    assert credits_of(data).creator == "Ana Bo"


def test_a_picture_without_notes_says_nothing():
    assert credits_of(jpeg()) == Credits()


# What a Credits may hold


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("  Ana \r\n\t Bo ", "Ana Bo"),
        ("Ana\0Bo\0\0", "Ana Bo"),
        ("A\x1b[31mna", "A [31mna"),
        ("A\ud800B", "A B"),
        ("A\uffffB\u2028C", "A B C"),
        ("10\u00a0%", "10\u00a0%"),
        ("مصوّر \u200fأحمد", "مصوّر \u200fأحمد"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\n\0", ""),
    ],
)
def test_a_value_is_one_clean_line(said, kept):
    assert Credits(caption=said).caption == kept


def test_a_value_has_a_bounded_length():
    values = Credits(caption="x" * 10_000, creator="y" * 10_000, copyright_notice="z" * 10_000)
    lengths = len(values.caption), len(values.creator), len(values.copyright_notice)
    assert lengths == (2000, 500, 1000)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "http:///x",
        "http://",
        "https://a b/",
        'https://a"onclick="x/',
        "https://a/<script>",
        "ftp://a/",
        "see our website",
        "https://a/" + "x" * 500,
        "https://a/\u202e\nx",
    ],
)
def test_only_web_addresses_are_kept_as_addresses(address):
    assert Credits(web_statement=address, licensor_url=address) == Credits()


def test_an_address_without_scheme_is_completed():
    assert Credits(web_statement="www.example.org/r").web_statement == "https://www.example.org/r"


# Writing

anything = st.builds(Credits, **{name: st.text(max_size=80) for name in ("creator", "caption")})
values = st.fixed_dictionaries(
    {}, optional={name: st.text(max_size=2100) for name in Credits.__dataclass_fields__}
)
addresses = st.sampled_from(["", "https://example.org/?a=1&b=<", "http://example.org/é?a&b"])


@settings(deadline=None)  # the machine may be busy
@given(values, addresses, st.sampled_from(["x-default", "fr", "zh-Hant-TW"]))
def test_what_is_written_is_read_back(said, address, language):
    written = Credits(**{**said, "web_statement": address, "licensor_url": address})
    block = to_xmp(written, caption_language=language)
    image = Image.new("L", (1, 1))
    image.info["xmp"] = block
    assert read(image) == written


@settings(deadline=None)  # the machine may be busy
@given(values)
def test_cleaning_twice_changes_nothing(said):
    once = Credits(**said)
    assert Credits(**vars(once)) == once


@settings(deadline=None)  # the machine may be busy
@given(anything)
def test_a_packet_is_well_formed(said):
    assert fromstring(to_xmp(said), forbid_dtd=True) is not None


def test_the_longest_credits_fit_one_jpeg_segment():
    address = "https://" + "&" * 492
    longest = dict.fromkeys(Credits.__dataclass_fields__, "&" * 9000) | dict.fromkeys(
        ("web_statement", "licensor_url", "digital_source_type", "data_mining"), address
    )
    block = to_xmp(Credits(**longest), caption_language="fr")
    assert credits_of(jpeg(xmp=block)) == Credits(**longest)


def test_marked_is_true_with_a_copyright_notice_and_absent_without():
    assert b"<xmpRights:Marked>True</xmpRights:Marked>" in to_xmp(FULL)
    assert b"Marked" not in to_xmp(Credits(creator="Ana"))


def test_the_caption_says_its_language():
    block = to_xmp(Credits(caption="Pluie"), caption_language="fr").decode()
    assert block.index('xml:lang="x-default">Pluie') < block.index('xml:lang="fr">Pluie')


@pytest.mark.parametrize("language", ["", "français", 'fr"><x', "fr_FR", "fr ", "-"])
def test_a_language_must_be_a_language_tag(language):
    with pytest.raises(ValueError, match="language tag"):
        to_xmp(FULL, caption_language=language)


@pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool is not installed")
def test_exiftool_reads_every_field(tmp_path):
    path = tmp_path / "picture.jpg"
    path.write_bytes(jpeg(xmp=to_xmp(FULL, caption_language="de")))
    command = ["exiftool", "-json", "-n", "-G1", "-struct", str(path)]
    (seen,) = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert seen["XMP-dc:Creator"] == [FULL.creator]
    assert seen["XMP-photoshop:Credit"] == FULL.credit_line
    assert seen["XMP-dc:Rights"] == FULL.copyright_notice
    assert seen["XMP-xmpRights:Marked"] is True
    assert seen["XMP-xmpRights:UsageTerms"] == FULL.usage_terms
    assert seen["XMP-xmpRights:WebStatement"] == FULL.web_statement
    assert seen["XMP-photoshop:Source"] == FULL.source
    assert seen["XMP-photoshop:Headline"] == FULL.headline
    assert seen["XMP-dc:Description"] == FULL.caption
    assert seen["XMP-dc:Description-de"] == FULL.caption
    assert seen["XMP-plus:Licensor"] == [{"LicensorURL": FULL.licensor_url}]
    assert seen["XMP-iptcExt:DigitalSourceType"] == FULL.digital_source_type
    assert seen["XMP-plus:DataMining"].endswith("DMI-PROHIBITED")
    assert not any(name.startswith("ExifTool:Warning") for name in seen)
