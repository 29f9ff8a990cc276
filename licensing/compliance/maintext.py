"""The main text of a page, by a library, in a process of its own that may be ended.

It is evidence for people to read; findings do not rest on it. A hostile page keeps any parser busy
for minutes (so many attributes, so much nesting): this one for some seconds, and not our process.
"""

import resource
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from resiliparse.extract.html2text import extract_plain_text

SECONDS = 5
BYTES = 1_000_000
MEMORY = 1024**3
# So many processes at a time; other looks wait for their turn.
AT_A_TIME = BoundedSemaphore(2)
HOME = Path(__file__).parents[2]


def main_text(html: str, *, seconds: float = SECONDS) -> str:
    """What a reader would call the text; empty where that could not be told in time."""
    command = [sys.executable, "-m", "licensing.compliance.maintext"]
    try:
        with AT_A_TIME:
            done = subprocess.run(  # noqa: S603 (ourselves, with nothing of the page in it)
                command,
                input=html.encode(errors="replace"),
                capture_output=True,
                timeout=seconds,
                cwd=HOME,
                # Nothing of ours is there for a page to find, were it to get that far.
                env={},
                check=True,
            )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout[:BYTES].decode(errors="ignore").strip()


def extracted(html: str) -> str:
    """The same in this process, for as long as it takes."""
    return extract_plain_text(html, main_content=True, alt_texts=False, links=False)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.buffer.write(extracted(sys.stdin.buffer.read().decode(errors="replace")).encode())
