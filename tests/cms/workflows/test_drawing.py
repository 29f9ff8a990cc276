"""The picture of a state machine says what the table says, and nothing lies upon a word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.reference import TABLES
from cms.workflows.drawing import ARROW, HEAD, ROW, draw
from cms.workflows.moves import Move, Workflow

WORKFLOWS = [workflow for _title, workflow in TABLES]


@st.composite
def workflows(draw_from):
    names = [f"s{number}" for number in range(draw_from(st.integers(1, 8)))]
    # A chain, so that every status is reached, and whatever else comes to mind.
    moves = [
        Move(f"chain_{a}_{b}", frozenset({a}), b, "x.y", f"{a} to {b}") for a, b in pairwise(names)
    ]
    more = draw_from(
        st.lists(st.tuples(st.sets(st.sampled_from(names), min_size=1), st.sampled_from(names)))
    )
    moves += [
        Move(f"more_{place}", frozenset(sources), target, "x.y", "More", is_grave=bool(place % 2))
        for place, (sources, target) in enumerate(more)
    ]
    return Workflow("w", statuses=[(n, n.upper()) for n in names], initial="s0", moves=moves)


def read(drawing):
    """The table, read from the picture alone."""
    at = {line.y: line.status for line in drawing.lines}
    moves = {}
    for column in drawing.columns:
        starts = {at[dot] for dot in column.dots} | ({at[column.end]} if column.is_ring else set())
        moves[column.name] = (starts, at[column.end])
    return moves


@given(workflows())
def test_the_table_can_be_read_from_the_picture(workflow):
    drawing = draw(workflow)
    said = {name: (set(move.sources), move.target) for name, move in workflow.moves.items()}
    assert read(drawing) == said
    assert [line.is_initial for line in drawing.lines].index(True) == 0


@given(workflows())
def test_everything_lies_within_the_picture_and_apart(workflow):
    drawing = draw(workflow)
    heights = [line.y for line in drawing.lines]
    assert all(b - a == ROW > 4 * ARROW for a, b in pairwise(heights))
    assert all(HEAD < y < drawing.height for y in heights)
    xs = [column.x for column in drawing.columns]
    assert all(drawing.labels < x < drawing.width for x in xs)
    assert len(set(xs)) == len(xs)
    for column in drawing.columns:
        reached = {height for span in column.spans for height in span} - {column.end}
        assert reached <= set(column.dots)
        assert bool(column.head) == bool(column.dots)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_each_of_ours_can_be_read_from_its_picture(workflow):
    said = {name: (set(move.sources), move.target) for name, move in workflow.moves.items()}
    assert read(draw(workflow)) == said
