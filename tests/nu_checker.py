"""The Nu HTML checker, which knows what HTML is; asked about many pages at once.

``VNU_JAR`` names its file, which ``.ci/run`` fetches. Without that or Java nothing is asked.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path


def why_not() -> str:
    """What is missing here to ask the checker, in a few words; ``""`` where nothing is."""
    if not shutil.which("java"):
        return "no Java here: HTML is not checked"
    if not Path(os.environ.get("VNU_JAR", "")).is_file():
        return "VNU_JAR names no file: HTML is not checked"
    return ""


def complaints(pages: dict[str, bytes], folder: Path) -> list[str]:
    """What is wrong with ``pages`` (address → HTML), a line each; ``folder`` is empty."""
    names = {}
    for number, (address, html) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_bytes(html)
        names[file.name] = address
    command = [
        "java",
        "-jar",
        os.environ["VNU_JAR"],
        "--errors-only",
        "--format",
        "json",
        "--stdout",
        str(folder),
    ]
    answer = subprocess.run(command, capture_output=True, check=False)
    messages = json.loads(answer.stdout)["messages"]
    return [
        f"{names[Path(told['url']).name]}:{told.get('lastLine')}: {told['message']}"
        for told in messages
        if told["type"] == "error"
    ]
