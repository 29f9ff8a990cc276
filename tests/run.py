"""``make test``: the whole suite on SQLite, then on a real PostgreSQL. Arguments go to pytest.

``-p tests.times`` says how long the tests of each file took.
"""

import os
import subprocess
import sys
import tempfile

from tests import developed
from tests.postgres import postgres_url

# What touches no row is as true on one database as on the other, and runs once: ROWS_ONLY, which
# conftest.py obeys. So does what only reads the code or only looks at pages.
ONCE = [
    "tests/architecture",
    "tests/browser/test_feeds_in_browser.py",
    "tests/browser/test_pages_in_browser.py",
    "tests/browser/test_reading_in_browser.py",
    "tests/browser/test_saving_in_browser.py",
    "tests/browser/test_sharing_in_browser.py",
    "tests/cms/richtext/test_editor_in_browser.py",
    "tests/cms/test_roles.py",
    "tests/journeys/test_whole_site.py",
]
# One of them waits for a browser most of the time.
PROCESSES = os.environ.get("TEST_PROCESSES") or str((os.cpu_count() or 1) + 1)
PARALLEL = ["-n", PROCESSES, "--dist", "loadgroup"]
# The first is given to one suite only; the second would have every process compile all it imports.
NOT_HANDED_ON = ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")


def suite(name: str, *arguments: str, **settled: str) -> int:
    """Runs pytest on one database, in an environment where that is ``settled``: its exit code."""
    print(f"\n=== {name} ===", flush=True)
    environment = {key: value for key, value in os.environ.items() if key not in NOT_HANDED_ON}
    command = [sys.executable, "-m", "pytest", *PARALLEL, *arguments, *sys.argv[1:]]
    before = os.times()
    code = subprocess.run(command, env=environment | settled, check=False).returncode
    took = [after - earlier for after, earlier in zip(os.times(), before, strict=True)]
    # The second says the same on a busy machine as on an idle one.
    print(f"{name} took {took[4]:.0f} s, {took[2] + took[3]:.0f} s of computing", flush=True)
    return code


def main() -> int:
    """0 where both passed."""
    with tempfile.TemporaryDirectory(prefix="tests-") as folder, postgres_url() as url:
        shared = {developed.FOLDER: folder, "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
        codes = [suite("SQLite", **shared)]
        left_out = [f"--ignore={path}" for path in ONCE]
        on_postgresql = {"DATABASE_URL": url, "ROWS_ONLY": "1"}
        codes.append(suite("PostgreSQL", *left_out, **shared, **on_postgresql))
    for name, code in zip(("SQLite", "PostgreSQL"), codes, strict=True):
        print(f"{name}: {'passed' if code == 0 else f'failed (exit code {code})'}")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
