"""Crops about a focal point: within the picture, of the shape asked for, as large as can be."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pixels

from articles.imaging.crops import crop_box, cropped

SIDES = st.integers(1, 16_000)
RATIOS = st.sampled_from([(16, 9), (1, 1), (3, 2), (4, 5), (440, 630), (191, 100)])
PLACES = st.tuples(st.integers(0, 100), st.integers(0, 100))


@given(size=st.tuples(SIDES, SIDES), ratio=RATIOS, focal=PLACES)
def test_a_crop_lies_within_the_picture_and_is_as_large_as_can_be(size, ratio, focal):
    box = crop_box(size, ratio, focal)
    assert 0 <= box.left < box.right <= size[0]
    assert 0 <= box.top < box.bottom <= size[1]
    assert box.size[0] == size[0] or box.size[1] == size[1]


@given(size=st.tuples(SIDES, SIDES), ratio=RATIOS, focal=PLACES)
def test_a_crop_has_the_shape_asked_for_to_the_pixel(size, ratio, focal):
    width, height = crop_box(size, ratio, focal).size
    across, down = ratio
    # Half a pixel of rounding on one side, or a side that would have been none.
    assert 1 in (width, height) or abs(width * down - height * across) <= max(across, down)


@given(size=st.tuples(SIDES, SIDES), ratio=RATIOS, focal=PLACES)
def test_a_crop_contains_the_focal_point(size, ratio, focal):
    box = crop_box(size, ratio, focal)
    x, y = (side * place / 100 for side, place in zip(size, focal, strict=True))
    assert box.left - 1 <= x <= box.right + 1
    assert box.top - 1 <= y <= box.bottom + 1


@given(size=st.tuples(SIDES, SIDES), ratio=RATIOS)
def test_a_focal_point_in_the_middle_crops_from_the_middle(size, ratio):
    box = crop_box(size, ratio, (50, 50))
    assert abs(box.left - (size[0] - box.right)) <= 1
    assert abs(box.top - (size[1] - box.bottom)) <= 1


@pytest.mark.parametrize(
    ("focal", "colour"), [((0, 50), "red"), ((100, 50), "blue")], ids=["left", "right"]
)
def test_the_pixels_about_the_focal_point_are_kept(focal, colour):
    wide = Pixels.new("RGB", (800, 400), "blue")
    wide.paste(Pixels.new("RGB", (400, 400), "red"), (0, 0))
    out = BytesIO()
    wide.save(out, "JPEG")
    part = Pixels.open(BytesIO(cropped(out.getvalue(), (1, 1), focal)))
    assert part.size == (400, 400)
    red, _green, blue = part.getpixel((200, 200))
    assert (red > blue) == (colour == "red")
