"""Who is heard beside the events when the record is read: rows that still say what was sealed.

Each app registers its own in a module ``witnesses.py``, which ``manage.py verify_log`` finds. So
the record is compared with licences or bills by those who know what these are.
"""

from collections.abc import Callable, Iterator

from cms.workflows.chains import UNREADABLE

Witness = Callable[[], Iterator[str]]
WITNESSES: dict[str, Witness] = {}


def witness(name: str) -> Callable[[Witness], Witness]:
    """Registers a function that yields what is wrong with the rows of ``name``, a sentence each.

    Raises ValueError where another function has the name.
    """

    def register(function: Witness) -> Witness:
        standing = WITNESSES.setdefault(name, function)
        if (standing.__module__, standing.__qualname__) != (
            function.__module__,
            function.__qualname__,
        ):
            raise ValueError(f"Two witnesses are called “{name}”.")
        return function

    return register


def faults() -> Iterator[str]:
    """What all of them find wrong."""
    for name, function in WITNESSES.items():
        try:
            for fault in function():
                yield f"{name} {fault}"
        except UNREADABLE as failure:
            yield f"{name}: cannot be read to the end ({failure})."
