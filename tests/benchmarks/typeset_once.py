"""A process that typesets one article and says what it took: ``python -m …  < body.html``."""

import json
import re
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import django

django.setup()

from articles import body, reading  # noqa: E402 the settings come first
from articles.printing.blocks import blocks  # noqa: E402
from articles.printing.document import Document, Foot, Metadata  # noqa: E402
from articles.printing.typeset import typeset  # noqa: E402

URL = "https://news.example/articles/measured/"


def peak_megabytes() -> float:
    """The most memory this process has held so far."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage says holds over an exec: it would be the memory of who started us.
        return int(re.search(r"VmHWM:\s*(\d+)", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    text = body.clean(sys.stdin.read())
    document = Document(
        title="Measured",
        language="en",
        direction="ltr",
        url=URL,
        masthead="The House Review",
        body=blocks(text),
        notes_heading="Notes",
        foot=Foot(source="© The House Review", url=URL, page=("Page ", " of ", "")),
        metadata=Metadata(
            authors=["Ada Brook"], copyright="© Ada Brook", date=datetime(2026, 1, 1, tzinfo=UTC)
        ),
    )
    before, taken = peak_megabytes(), []
    for _ in range(4):
        begun = time.perf_counter()
        size = len(typeset(document).pdf)
        taken.append(time.perf_counter() - begun)
    facts = {
        "words": reading.word_count(text),
        "bytes": size,
        "cold": taken[0],
        "warm": sorted(taken[1:])[1],
        "before": before,
        "peak": peak_megabytes(),
    }
    sys.stdout.write(json.dumps(facts))


if __name__ == "__main__":
    main()
