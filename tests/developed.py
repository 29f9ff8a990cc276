"""A memory for the demo's pictures: in one run of the suite each copy is compressed only once.

The demo is loaded four times, on two databases, and most of that time goes into compressing the
same pixels with the same options to the same bytes. Tests of pictures never remember anything.
Called as a program, this is ``manage.py`` with the memory.
"""

import hashlib
import os
import sys
from contextlib import contextmanager
from pathlib import Path

from django.core.management import execute_from_command_line

from articles.imaging import renditions

# Names the folder of the memory; ``tests.run`` makes one for each run.
FOLDER = "TESTS_DEVELOPED"


@contextmanager
def remembered():
    """While it lasts, what was compressed in this run is taken from the folder, if there is one."""
    folder, compress = os.environ.get(FOLDER), renditions._saved
    if not folder:
        yield
        return

    def saved(image, name, options):
        facts = f"{name} {image.mode} {image.size} {sorted(options.items())}"
        key = hashlib.sha256(facts.encode() + image.tobytes()).hexdigest()
        known = Path(folder, key)
        if not known.exists():
            # Whole or not at all: another process may be looking.
            half = known.with_suffix(f".{os.getpid()}")
            half.write_bytes(compress(image, name, options))
            half.rename(known)
        return known.read_bytes()

    renditions._saved = saved
    try:
        yield
    finally:
        renditions._saved = compress


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    with remembered():
        execute_from_command_line(sys.argv)
