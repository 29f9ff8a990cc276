"""Threads that start at the same moment, each with a database connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection

# Seconds; a busy machine starts and ends threads late.
PATIENCE = 120


def race(runners: list[Callable]) -> list:
    """Runs all at once. Returns, in their order, what each returned or the exception it raised."""
    start = Barrier(len(runners))
    outcomes: list = [None] * len(runners)

    def run(place: int) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=PATIENCE)
            outcomes[place] = runners[place]()
        except Exception as failure:
            outcomes[place] = failure
        finally:
            connection.close()

    threads = [Thread(target=run, args=[place]) for place in range(len(runners))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    if any(thread.is_alive() for thread in threads):
        raise TimeoutError(f"Some of {len(threads)} are still running after {PATIENCE} seconds.")
    return outcomes
