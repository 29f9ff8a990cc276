"""``make test``: the whole suite on SQLite, then on a real PostgreSQL. Arguments go to pytest."""

import os
import subprocess
import sys

from tests.postgres import postgres_url

# What touches no row is as true on one database as on the other, and runs once; so does what only
# looks at pages.
ONCE = [
    "tests/architecture",
    "tests/articles/imaging",
    "tests/articles/printing",
    "tests/browser/test_pages_in_browser.py",
    "tests/cms/richtext/test_cleaning.py",
    "tests/cms/richtext/test_editor_in_browser.py",
    "tests/licensing/rights",
    "tests/licensing/test_terms_sentences.py",
]
PARALLEL = ["-n", os.environ.get("TEST_PROCESSES", "2"), "--dist", "loadgroup"]


def suite(name: str, *arguments: str, database_url: str | None) -> int:
    """Runs pytest on one database and returns its exit code."""
    print(f"\n=== {name} ===", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    command = [sys.executable, "-m", "pytest", *PARALLEL, *arguments, *sys.argv[1:]]
    return subprocess.run(command, env=environment, check=False).returncode


def main() -> int:
    """0 where both passed."""
    codes = [suite("SQLite", database_url=None)]
    with postgres_url() as url:
        left_out = [f"--ignore={path}" for path in ONCE]
        codes.append(suite("PostgreSQL", *left_out, database_url=url))
    for name, code in zip(("SQLite", "PostgreSQL"), codes, strict=True):
        print(f"{name}: {'passed' if code == 0 else f'failed (exit code {code})'}")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
