"""Prints the tables of moves as ``docs/workflows.md``; a test compares the two."""

from django.core.management.base import BaseCommand
from django.utils import translation

from cms.reference import TABLES
from cms.workflows.moves import Reason, Workflow

ASKS = {Reason.NONE: "no", Reason.OPTIONAL: "may be given", Reason.REQUIRED: "yes"}


def document() -> str:
    """The whole document, in English."""
    with translation.override("en"):
        parts = [
            "# Workflows",
            "Printed from the tables by `manage.py workflows > docs/workflows.md`; do not edit.",
        ]
        for title, workflow in TABLES:
            parts += [f"## {title}", f"```mermaid\n{workflow.diagram()}\n```", _table(workflow)]
        return "\n\n".join(parts) + "\n"


def _table(workflow: Workflow) -> str:
    lines = [
        "| move | from | to | permission | reason | what it does |",
        "|---|---|---|---|---|---|",
    ]
    for move in workflow.moves.values():
        sources = ", ".join(status for status in workflow.labels if status in move.sources)
        lines.append(
            f"| {move.name} | {sources} | {move.target} | `{move.permission}` | "
            f"{ASKS[move.reason]} | {move.help_text} |"
        )
    return "\n".join(lines)


class Command(BaseCommand):
    """``manage.py workflows``"""

    help = "Prints docs/workflows.md from the tables of moves."

    def handle(self, *args, **options):
        self.stdout.write(document(), ending="")
