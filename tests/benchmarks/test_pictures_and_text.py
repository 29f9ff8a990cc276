"""What it costs to take in a large picture and a long text."""

import io

import pytest
from PIL import Image

from articles import body
from articles.imaging.credits import Credits
from articles.imaging.intake import examine
from articles.imaging.renditions import render
from tests.benchmarks.measuring import seconds, table

pytestmark = pytest.mark.benchmark

PARAGRAPH = (
    '<p style="color:red">The <b>tide</b> tables of <a href="https://almanac.example/">Skerryvoe'
    "</a> were kept by hand[1], and <i>nobody</i> signed them.</p>"
)
NOTE = "<p>Notes</p><p>[1] Printed since 1802, with a gap.</p>"


def photograph(width, height):
    """A JPEG as a camera makes it: colour everywhere, and grain."""
    tones = [Image.effect_noise((width // 4, height // 4), spread) for spread in (40, 60, 80)]
    picture = Image.merge("RGB", tones).resize((width, height))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=90)
    return file.getvalue()


def test_seconds_for_a_picture_of_24_megapixels():
    data = photograph(6000, 4000)

    def made():
        return list(render(io.BytesIO(data), Credits(creator="Ada Brook")))

    copies = made()
    table(
        f"A picture of 24 megapixels ({len(data) / 1e6:.1f} MB)",
        ("step", "seconds"),
        [
            (
                "examine",
                f"{seconds(lambda: examine(io.BytesIO(data), name='a.jpg'), times=3):.2f}",
            ),
            (f"render ({len(copies)} copies)", f"{seconds(made, times=3):.2f}"),
        ],
    )


def test_seconds_for_a_text_that_is_pasted():
    rows = []
    for size in (10_000, 100_000, 900_000):
        paragraphs = [PARAGRAPH.replace("[1]", "")] * (size // len(PARAGRAPH))
        html = PARAGRAPH + "".join(paragraphs) + NOTE
        cleaned = body.clean(html)
        rows.append(
            (
                f"{len(html) / 1000:.0f} KB",
                f"{seconds(lambda html=html: body.clean(html), times=3):.3f}",
                f"{seconds(lambda html=cleaned: body.clean(html), times=3):.3f}",
                f"{seconds(lambda html=cleaned: body.render(html), times=3):.3f}",
            )
        )
    table(
        "Seconds for a text with a typed footnote",
        ("size", "clean", "clean again", "render"),
        rows,
    )
