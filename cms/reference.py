"""Pages of the admin for whoever is new or in doubt: a tour, and the states with their diagrams."""

from dataclasses import dataclass

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.workflow import EDITORIAL
from cms.roles import GROUPS, ROLES
from cms.workflows.drawing import Drawing, draw
from cms.workflows.moves import Move, Reason, Workflow
from licensing.complaint_workflow import COMPLAINT
from licensing.crosspost_workflow import CROSSPOST
from licensing.grant_workflow import GRANT
from licensing.request_workflow import REQUEST
from licensing.workflow import CLEARANCE

TABLES = [
    (gettext_lazy("Articles"), EDITORIAL),
    (gettext_lazy("Clearances"), CLEARANCE),
    (gettext_lazy("Permission requests"), REQUEST),
    (gettext_lazy("Grants"), GRANT),
    (gettext_lazy("Cross-posts"), CROSSPOST),
    (gettext_lazy("Complaints"), COMPLAINT),
]


@dataclass(frozen=True)
class Explained:
    """One move as people read it: from where, where to, who makes it."""

    number: int
    move: Move
    sources: list[tuple[str, str]]
    target: tuple[str, str]
    roles: list[str]
    needs_reason: bool


@dataclass(frozen=True)
class Chapter:
    """One kind of row: its picture, and its moves in words."""

    key: str
    title: str
    drawing: Drawing
    moves: list[Explained]


def chapters() -> list[Chapter]:
    """Every state machine of the house."""
    return [
        Chapter(
            workflow.name.replace(" ", "-"), str(title), draw(workflow), _moves_in_words(workflow)
        )
        for title, workflow in TABLES
    ]


def _moves_in_words(workflow: Workflow) -> list[Explained]:
    return [
        Explained(
            number=number,
            move=move,
            sources=[
                (status, str(label))
                for status, label in workflow.labels.items()
                if status in move.sources
            ],
            target=(move.target, str(workflow.labels[move.target])),
            roles=[_(GROUPS[role]) for role in GROUPS if move.permission in ROLES[role]],
            needs_reason=move.reason == Reason.REQUIRED,
        )
        for number, move in enumerate(workflow.moves.values(), 1)
    ]


def states(request) -> TemplateResponse:
    """What may follow what, and by whose leave."""
    return _page(request, "states", _("States and moves"), chapters=chapters())


def tour(request) -> TemplateResponse:
    """How a day's work goes here, as far as it is this person's."""
    return _page(request, "tour", _("A tour of the newsroom"))


def _page(request, name: str, title: str, **shown) -> TemplateResponse:
    context = {**admin.site.each_context(request), "title": title, **shown}
    return TemplateResponse(request, f"admin/reference/{name}.html", context)
