"""How measurements are taken and written down; nothing here judges them."""

import gc
import statistics
import sys
import time

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory, override_settings

ROUNDS = 3
SECONDS = 1.0


class Site:
    """The WSGI application, called as a server calls it; no socket, no second process."""

    def __init__(self, **settings):
        self.settings = override_settings(**settings)
        with self.settings:
            self.handler = WSGIHandler()

    def get(self, address: str) -> bytes:
        """The body of the answer, which is 200."""
        environ = RequestFactory().get(address).environ
        started = []
        answer = self.handler(environ, lambda status, headers: started.append(status))
        body = b"".join(answer)
        answer.close()
        assert started == ["200 OK"], (address, started)
        return body

    def rate(self, address: str) -> float:
        """Requests a second, one after the other."""
        # What pytest holds is no part of a server: it is kept from being searched for garbage.
        gc.collect()
        gc.freeze()
        with self.settings:
            count, begun = 0, time.perf_counter()
            while (passed := time.perf_counter() - begun) < SECONDS:
                self.get(address)
                count += 1
        return count / passed


def seconds(act, *, times: int = 5) -> float:
    """The median time that ``act`` takes."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def table(title: str, head: tuple, rows: list[tuple]) -> None:
    """Writes ``rows`` as columns, below ``title``."""
    cells = [head, *[tuple(str(cell) for cell in row) for row in rows]]
    widths = [max(len(row[place]) for row in cells) for place in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    sys.stdout.write(f"\n{title}\n\n" + "\n".join(lines) + "\n")
