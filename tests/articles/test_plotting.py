"""Bars on top of each other: whole coordinates, within the picture, as high as what they count."""

from hypothesis import given
from hypothesis import strategies as st

from articles.plotting import FOOT, HEAD, HEIGHT, WIDTH, stacks

PAIRS = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), min_size=1, max_size=20)


@given(PAIRS)
def test_every_part_stands_within_the_picture_and_on_the_one_below(pairs):
    labels = [str(place) for place in range(len(pairs))]
    ours, carried = zip(*pairs, strict=True)
    plot = stacks(labels, [("one", "Ours", list(ours)), ("two", "Carried", list(carried))])
    assert [foot.count for foot in plot.feet] == [sum(pair) for pair in pairs]
    assert len(plot.parts) == sum(bool(count) for pair in pairs for count in pair)
    for part in plot.parts:
        assert part.x >= 0 and part.x + part.width <= WIDTH
        # Two that are nearly nothing are drawn all the same.
        assert part.y >= HEAD - 2 and part.y + part.height <= HEIGHT - FOOT
    by_label = {}
    for part in plot.parts:
        assert part.y + part.height == by_label.get(part.label, HEIGHT - FOOT)
        by_label[part.label] = part.y
