"""The table of moves makes sense before anything moves by it."""

import pytest

from cms.workflows.moves import Move, TableOfMovesIsWrong, Workflow

STATUSES = [("open", "Open"), ("shut", "Shut")]


def a_move(name="shut", sources=("open",), target="shut"):
    return Move(name, frozenset(sources), target, "app.permission", name.title())


def test_a_table_lists_the_moves_that_start_from_a_status():
    door = Workflow(
        "door",
        statuses=STATUSES,
        initial="open",
        moves=[a_move(), a_move("open", ["shut"], "open")],
    )
    assert [move.name for move in door.moves_from("open")] == ["shut"]
    assert [move.name for move in door.moves_from("shut")] == ["open"]


@pytest.mark.parametrize(
    ("moves", "complaint"),
    [
        ([a_move(), a_move()], "names a move twice"),
        ([a_move(target="ajar")], "unknown statuses"),
        ([a_move(sources=())], "starts from nowhere"),
        ([], "nothing leads to"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_when_it_is_made(moves, complaint):
    with pytest.raises(TableOfMovesIsWrong, match=complaint):
        Workflow("door", statuses=STATUSES, initial="open", moves=moves)


def test_a_diagram_names_every_move():
    door = Workflow("door", statuses=STATUSES, initial="open", moves=[a_move()])
    assert door.diagram() == "stateDiagram-v2\n    [*] --> open\n    open --> shut: shut"
