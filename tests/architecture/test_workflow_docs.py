"""The tables of moves, the verbs and the printed diagrams say the same."""

import inspect
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission

from articles import actions
from articles.workflow import EDITORIAL
from cms import roles
from cms.management.commands.workflows import document
from cms.workflows.moves import Reason
from licensing.actions import clearances
from licensing.actions.verbs import (
    COMPLAINT_VERBS,
    CROSSPOST_VERBS,
    GRANT_VERBS,
    REQUEST_VERBS,
)
from licensing.complaint_workflow import COMPLAINT
from licensing.crosspost_workflow import CROSSPOST
from licensing.grant_workflow import GRANT
from licensing.request_workflow import REQUEST
from licensing.workflow import CLEARANCE

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_printed_diagrams_are_those_of_the_tables():
    printed = (DOCS / "workflows.md").read_text()
    assert printed == document(), "call: manage.py workflows > docs/workflows.md"


@pytest.mark.parametrize("name", EDITORIAL.moves)
def test_every_move_of_an_article_has_its_verb(name):
    assert callable(getattr(actions, name))


@pytest.mark.parametrize("name", EDITORIAL.moves)
def test_every_verb_is_told_who_acts_and_when_by_name(name):
    told = inspect.signature(getattr(actions, name)).parameters
    for word in ("by", "at", "reason"):
        assert told[word].kind is inspect.Parameter.KEYWORD_ONLY
    is_asked = EDITORIAL[name].reason == Reason.REQUIRED
    assert (told["reason"].default is inspect.Parameter.empty) == is_asked


@pytest.mark.parametrize("name", CLEARANCE.moves)
def test_every_move_of_a_clearance_has_its_verb_told_who_acts_and_when_by_name(name):
    told = inspect.signature(getattr(clearances, name)).parameters
    for word in set(told) - {"clearance"}:
        assert told[word].kind is inspect.Parameter.KEYWORD_ONLY
    assert {"by", "at"} <= set(told)
    if CLEARANCE[name].reason == Reason.REQUIRED:
        assert told["reason"].default is inspect.Parameter.empty


@pytest.mark.parametrize(
    ("workflow", "verbs"),
    [
        (REQUEST, REQUEST_VERBS),
        (GRANT, GRANT_VERBS),
        (CROSSPOST, CROSSPOST_VERBS),
        (COMPLAINT, COMPLAINT_VERBS),
    ],
    ids=["request", "grant", "cross-post", "complaint"],
)
def test_every_move_of_the_desk_has_its_verb_told_who_acts_and_when_by_name(workflow, verbs):
    assert set(verbs) == set(workflow.moves)
    for verb in verbs.values():
        _row, *told = inspect.signature(verb).parameters.values()
        assert all(word.kind is inspect.Parameter.KEYWORD_ONLY for word in told)
        assert {"by", "at"} <= {word.name for word in told}


def test_every_permission_of_the_table_exists_and_somebody_holds_it(people):
    held = set().union(*roles.ROLES.values())
    workflows = (EDITORIAL, CLEARANCE, REQUEST, GRANT, CROSSPOST, COMPLAINT)
    for move in (move for workflow in workflows for move in workflow.moves.values()):
        app, codename = move.permission.split(".")
        assert Permission.objects.filter(content_type__app_label=app, codename=codename).exists()
        assert move.permission in held
