"""A reader is sent the picture upright, in sRGB, small enough, credited, and nothing else of it."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from itertools import islice

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from articles.imaging.containers import PictureRefused
from articles.imaging.credits import Credits, read
from articles.imaging.renditions import FORMATS, WIDTHS, render, sizes_for, srcset
from tests.articles.imaging.pictures import jpeg, located, painted, png, saved

CREDITS = Credits(
    creator="Zoë Müller",
    credit_line="Zoë Müller / Reporters",
    copyright_notice="© 2026 Zoë Müller",
    web_statement="https://example.org/rights/",
)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def renditions(data, credits=CREDITS):
    return list(render(io.BytesIO(data), credits))


def opened(rendition):
    image = Image.open(io.BytesIO(rendition.data))
    image.load()
    return image


def difference(first, second):
    """The mean difference of two pictures, 0 to 255."""
    first, second = first.convert("RGB"), second.convert("RGB")
    return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean) / 3


# Sizes


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((6000, 4000), [(320, 213), (640, 427), (960, 640), (1280, 853), (1920, 1280)]),
        ((1920, 1080), [(320, 180), (640, 360), (960, 540), (1280, 720), (1920, 1080)]),
        ((1919, 1080), [(320, 180), (640, 360), (960, 540), (1280, 720)]),
        ((320, 200), [(320, 200)]),
        ((300, 200), [(300, 200)]),
        ((1, 1), [(1, 1)]),
        ((4000, 6000), [(320, 480), (640, 960), (960, 1440), (1280, 1920), (1920, 2880)]),
        ((2000, 16_000), [(320, 2560), (640, 5120)]),
        ((320, 16_000), [(320, 16_000)]),
        ((16_000, 200), [(320, 4), (640, 8), (960, 12), (1280, 16), (1920, 24)]),
    ],
)
def test_sizes_come_from_a_closed_list_and_are_never_larger(size, expected):
    assert sizes_for(*size) == expected


def test_every_size_comes_in_every_format():
    made = [(r.width, r.format) for r in renditions(jpeg((1000, 700)))]
    assert made == [(w, f.name) for w in WIDTHS[:3] for f in FORMATS]


def test_a_rendition_is_what_it_says():
    for rendition in renditions(jpeg((700, 500))):
        image = opened(rendition)
        assert image.size == (rendition.width, rendition.height)
        assert image.format == rendition.format
        assert rendition.media_type == f"image/{rendition.format.lower()}"
        assert rendition.extension == "." + rendition.format.lower().replace("jpeg", "jpg")


def test_a_picture_smaller_than_every_width_is_kept_at_its_size():
    assert {(r.width, r.height) for r in renditions(png(120, 90))} == {(120, 90)}


def test_the_jpeg_is_progressive():
    assert all(opened(r).info.get("progressive") for r in made("JPEG", renditions(jpeg())))


def made(name, all_of_them):
    return [r for r in all_of_them if r.format == name]


def test_the_same_picture_gives_the_same_bytes():
    first, second = renditions(jpeg()), renditions(jpeg())
    assert [hashlib.sha256(r.data).digest() for r in first] == [
        hashlib.sha256(r.data).digest() for r in second
    ]


def test_a_srcset_lists_widths_in_order():
    stored = [(640, "/media/a-640.avif"), (320, "/media/a-320.avif")]
    assert srcset(stored) == "/media/a-320.avif 320w, /media/a-640.avif 640w"
    assert srcset([]) == ""


# Looks


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_rendition_is_upright(turn, format_):
    upright = painted(size=(800, 500))
    transpose = Image.Transpose
    undo = {
        2: transpose.FLIP_LEFT_RIGHT,
        3: transpose.ROTATE_180,
        4: transpose.FLIP_TOP_BOTTOM,
        5: transpose.TRANSPOSE,
        6: transpose.ROTATE_90,
        7: transpose.TRANSVERSE,
        8: transpose.ROTATE_270,
    }
    stored = upright.transpose(undo[turn]) if turn > 1 else upright
    largest = renditions(saved(stored, format_, exif=located(tag274=turn)))[-1]
    assert (largest.width, largest.height) == (640, 400)
    assert difference(opened(largest), upright.resize((640, 400))) < 4


@pytest.mark.parametrize(
    ("mode", "format_", "options"),
    [
        ("RGB", "JPEG", {"progressive": True}),
        ("L", "JPEG", {}),
        ("CMYK", "JPEG", {}),
        ("RGB", "PNG", {}),
        ("L", "PNG", {}),
        ("P", "PNG", {}),
        ("1", "PNG", {}),
        ("RGBA", "PNG", {}),
        ("LA", "PNG", {}),
        ("RGB", "PNG", {"transparency": (1, 2, 3)}),
        ("P", "GIF", {}),
        ("L", "GIF", {}),
        ("RGBA", "WEBP", {"lossless": True}),
    ],
)
@pytest.mark.parametrize("size", [(700, 420), (4000, 2400)], ids=["resized", "reduced first"])
def test_every_kind_of_picture_keeps_its_look(mode, format_, options, size):
    image = painted(mode, size)
    expected = on_white(image).resize((320, 192), Image.Resampling.BOX)
    smallest = islice(render(io.BytesIO(saved(image, format_, **options)), CREDITS), 3)
    limit = {"1": 26, "P": 14}.get(mode, 4)
    for rendition in smallest:
        assert difference(on_white(opened(rendition)), expected) < limit


def on_white(image):
    image = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def test_sixteen_bits_are_scaled_and_not_cut():
    values = b"".join((n * 65_535 // 639).to_bytes(2, "little") for n in range(640)) * 400
    deep = Image.frombytes("I;16", (640, 400), values)
    for rendition in renditions(saved(deep, "PNG"))[-3:]:
        row = opened(rendition).convert("L").resize((5, 1), Image.Resampling.BOX)
        assert [row.getpixel((n, 0)) for n in range(5)] == pytest.approx(
            [25, 76, 127, 178, 229], abs=4
        )


def test_transparency_is_kept_in_avif_and_webp_and_lies_on_white_in_jpeg():
    image = Image.new("RGBA", (400, 300), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (0, 0, 200, 300))
    for rendition in renditions(saved(image, "PNG")):
        seen = opened(rendition)
        if rendition.format == "JPEG":
            assert min(seen.getpixel((310, 100))) > 250
        else:
            assert seen.getpixel((310, 100))[3] == 0
            assert seen.getpixel((10, 100))[3] == 255


def test_a_transparent_palette_is_kept_transparent():
    image = Image.new("P", (400, 300), 0)
    image.putpalette([255, 0, 0, 0, 255, 0])
    avif = renditions(saved(image, "GIF", transparency=0))[0]
    assert opened(avif).getpixel((5, 5))[3] == 0


def test_colours_of_another_space_are_converted_and_the_profile_is_left_behind():
    red_picture = Image.new("RGB", (400, 300), (200, 40, 40))
    data = saved(red_picture, "PNG", icc_profile=swapped_profile())
    for rendition in renditions(data):
        seen = opened(rendition)
        assert "icc_profile" not in seen.info
        red, green, _ = seen.convert("RGB").getpixel((50, 50))
        assert green > red + 80


def swapped_profile():
    """The sRGB profile with the red and green colorants changed over."""
    profile = bytearray(SRGB.tobytes())
    entries = {}
    for n in range(int.from_bytes(profile[128:132], "big")):
        at = 132 + 12 * n
        entries[bytes(profile[at : at + 4])] = at
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize(
    "profile",
    [
        b"x",
        bytes(128),
        b"\xff" * 4000,
        SRGB.tobytes()[:300],
        SRGB.tobytes()[:16] + b"CMYK" + SRGB.tobytes()[20:],
        SRGB.tobytes()[:16] + b"GRAY" + SRGB.tobytes()[20:],
        SRGB.tobytes()[:128] + b"\xff\xff\xff\xff" + SRGB.tobytes()[132:],
        SRGB.tobytes() + bytes(3_000_000),
    ],
    # A profile tells the second in which it was made; two processes must find the same tests.
    ids=["x", "zeros", "ones", "cut", "CMYK", "grey", "endless table", "too large"],
)
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_broken_profile_is_ignored(profile, mode):
    image = painted(mode, (400, 300))
    largest = renditions(saved(image, "JPEG", icc_profile=profile))[-1]
    assert difference(opened(largest), image.resize((320, 240))) < 12


def test_noise_that_no_encoder_expects_is_still_written():
    noise = Image.frombytes("RGB", (400, 300), os.urandom(360_000))
    assert len(renditions(saved(noise, "PNG"))) == 3


# Credits in, everything else out


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_credits_are_in_every_rendition(format_):
    for rendition in renditions(saved(painted(), format_)):
        assert read(opened(rendition)) == CREDITS


def test_without_credits_no_packet_is_written():
    for rendition in renditions(jpeg(), Credits()):
        assert "xmp" not in opened(rendition).info


SECRETS = [b"Fujikon", b"X-9000", b"Exif", b"secret", b"ICC_PROFILE", b"Photoshop", b"JFXX"]


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_the_place_and_the_camera_are_in_no_rendition(format_):
    options = {"exif": located(tag270="secret caption"), "icc_profile": SRGB.tobytes()}
    original = saved(painted(), format_, **options)
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(0x8825)[1] == "N"
    for rendition in renditions(original):
        image = opened(rendition)
        assert not dict(image.getexif())
        assert not {"exif", "icc_profile", "comment", "photoshop"} & set(image.info)
        for secret in SECRETS:
            assert secret not in rendition.data


def test_a_comment_is_in_no_rendition():
    for format_ in ("JPEG", "GIF"):
        for rendition in renditions(saved(painted("L"), format_, comment=b"secret")):
            assert b"secret" not in rendition.data


@pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool is not installed")
def test_exiftool_finds_the_credits_and_no_place(tmp_path):
    data = jpeg(exif=located(), xmp=b"<x/>", icc_profile=SRGB.tobytes())
    paths = []
    for rendition in renditions(data):
        paths.append(tmp_path / f"{rendition.width}{rendition.extension}")
        paths[-1].write_bytes(rendition.data)
    command = ["exiftool", "-json", "-G1", "-a", *map(str, paths)]
    answers = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert len(answers) == 6
    for seen in answers:
        assert seen["XMP-dc:Creator"] == CREDITS.creator
        assert seen["XMP-photoshop:Credit"] == CREDITS.credit_line
        assert seen["XMP-dc:Rights"] == CREDITS.copyright_notice
        assert seen["XMP-xmpRights:WebStatement"] == CREDITS.web_statement
        groups = {name.split(":")[0] for name in seen}
        assert not {g for g in groups if g.startswith(("GPS", "IFD", "ExifIFD", "ICC", "IPTC"))}
        assert not any("GPS" in name for name in seen)


# Limits


@pytest.mark.parametrize("data", [b"", b"text", png(20_000, 10_000), jpeg()[:-400]])
def test_what_would_not_come_in_is_not_rendered(data):
    with pytest.raises(PictureRefused):
        render(io.BytesIO(data), CREDITS)


def test_a_rendition_is_written_only_when_it_is_asked_for():
    first = next(render(io.BytesIO(png(7_000, 5_000)), CREDITS))
    assert first.width == 320


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is read for the peak")
def test_the_largest_picture_stays_within_its_memory(tmp_path):
    path = tmp_path / "large.png"
    Image.new("RGBA", (7_740, 7_740), (9, 99, 199, 99)).save(path, compress_level=1)
    script = (
        "import pathlib, sys\n"
        "from articles.imaging import credits, intake, renditions\n"
        "file = open(sys.argv[1], 'rb')\n"
        "intake.examine(file, name='large.png')\n"
        "next(renditions.render(file, credits.Credits()))\n"
        "lines = pathlib.Path('/proc/self/status').read_text().splitlines()\n"
        "print(next(line.split()[1] for line in lines if line.startswith('VmHWM')))\n"
    )
    command = [sys.executable, "-c", script, str(path)]
    peak = int(subprocess.run(command, capture_output=True, check=True).stdout)
    assert peak < 400_000  # kilobytes
