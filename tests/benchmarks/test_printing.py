"""What a PDF costs the first time and after, and the memory of a process that makes one."""

import json
import os
import re
import subprocess
import sys
from html import escape
from pathlib import Path

import pytest

from tests.benchmarks.measuring import table

pytestmark = pytest.mark.benchmark

ROOT = Path(__file__).resolve().parents[2]
# The page the product is measured by, where it lies beside the repository; never a copy of it.
REFERENCE = ROOT.parent / "shared" / "reference" / "article-page.txt"
DEMO = ROOT / "cms" / "demo" / "articles" / "01-structure.html"


def body_of_reference() -> str:
    """Its paragraphs as HTML; links keep their words."""
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", REFERENCE.read_text())
    paragraphs = re.split(r"\n\s*\n", text.replace("*", "").replace("#", ""))
    return "".join(f"<p>{escape(paragraph.strip())}</p>" for paragraph in paragraphs)


def bodies() -> dict[str, str]:
    """What is typeset, by name."""
    found = {"demo: structure": DEMO.read_text().split("+++\n", 2)[2]}
    if REFERENCE.exists():
        found["reference page"] = body_of_reference()
    return found


def test_seconds_and_memory_of_a_pdf():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings"}
    rows = []
    for name, html in bodies().items():
        result = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.typeset_once"],
            cwd=ROOT,
            env=environment,
            input=html,
            capture_output=True,
            text=True,
            check=True,
        )
        facts = json.loads(result.stdout)
        rows.append(
            (
                name,
                f"{facts['words']:,}",
                f"{facts['bytes'] / 1024:.0f}",
                f"{facts['cold']:.2f}",
                f"{facts['warm']:.2f}",
                f"{facts['before']:.0f}",
                f"{facts['peak']:.0f}",
            )
        )
    table(
        "A PDF in a process of its own",
        ("article", "words", "KB", "first s", "then s", "MB before", "MB at most"),
        rows,
    )
