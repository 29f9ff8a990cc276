"""Who makes which move: written out by hand, and tried at its page and by a direct POST.

A contributor's own article and somebody else's are two rows of the table: whose it is matters.
"""

import pytest
from django.contrib import admin
from django.test import Client

from cms.workflows.actions import may
from cms.workflows.admin import WorkflowAdminMixin
from tests.factories.articles import make_article, make_live_article
from tests.factories.clearances import make_clearance
from tests.factories.complaints import make_complaint
from tests.factories.crossposts import make_crosspost
from tests.factories.requests import make_granted_request, make_request

PEOPLE = ["contributor", "editor", "managing_editor", "rights_desk", "rights_manager", "admin"]
EDITORS = {"editor", "managing_editor", "admin"}
CHIEFS = {"managing_editor", "admin"}
DESK = {"rights_desk", "rights_manager", "admin"}
MANAGERS = {"rights_manager", "admin"}

ALLOWED = {
    "own article": {
        "submit": EDITORS | {"contributor"},
        "approve": EDITORS,
        "send_back": EDITORS,
        "schedule": EDITORS,
        "unschedule": EDITORS,
        "publish": EDITORS,
        "withdraw": CHIEFS,
        "reinstate": CHIEFS,
    },
    "others' article": {
        "submit": EDITORS,
        "approve": EDITORS,
        "send_back": EDITORS,
        "schedule": EDITORS,
        "unschedule": EDITORS,
        "publish": EDITORS,
        "withdraw": CHIEFS,
        "reinstate": CHIEFS,
    },
    "clearance": {
        "request": DESK,
        "grant": DESK,
        "refuse": DESK,
        "revoke": MANAGERS,
        "expire": MANAGERS,
        "reopen": DESK,
    },
    "grant": {
        "issue": DESK,
        "activate": DESK,
        "revoke": MANAGERS,
        "supersede": DESK,
        "expire": MANAGERS,
    },
    "request": {
        "confirm": DESK,
        "take": DESK,
        "settle": DESK,
        "review": DESK,
        "ask_back": DESK,
        "answer": DESK,
        "quote": DESK,
        "counter": DESK,
        "accept": DESK,
        "invoice": DESK,
        "record_payment": DESK,
        "issue": DESK,
        "refer": DESK,
        "decline": DESK,
        "withdraw": DESK,
        "lapse": DESK,
        "reopen": MANAGERS,
        "transfer": DESK,
        "merge": DESK,
        "close": DESK,
    },
    "copy": {
        "verify": DESK,
        "object": DESK,
        "resolve": DESK,
        "mark_gone": DESK,
    },
    "complaint": {
        "acknowledge": DESK,
        "uphold": MANAGERS,
        "reject": MANAGERS,
        "counter": CHIEFS | MANAGERS,
        "close": MANAGERS,
        "restore": MANAGERS,
        "reopen": MANAGERS,
    },
}
ROWS = {
    "own article": lambda people: make_article(by=people["contributor"]),
    "others' article": lambda people: make_article(by=people["rights_desk"]),
    "clearance": lambda people: make_clearance(by=people["rights_desk"], grant=False),
    "grant": lambda people: make_granted_request(people=people).grants.get(),
    "request": lambda people: make_request(make_live_article(people=people)),
    "copy": lambda people: make_crosspost(make_live_article(people=people)),
    "complaint": lambda people: make_complaint(make_live_article(people=people)),
}


@pytest.fixture
def row(people, request):
    return ROWS[request.node.callspec.params["kind"]](people)


def desk_of(row) -> WorkflowAdminMixin:
    return admin.site._registry[type(row)]


def facts(row):
    return type(row).objects.filter(pk=row.pk).values().get(), row.events.count()


def logged_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_every_desk_that_moves_rows_is_in_the_table(people):
    desks = admin.site._registry.items()
    moving = {model for model, desk in desks if isinstance(desk, WorkflowAdminMixin)}
    assert {type(make(people)) for make in ROWS.values()} == moving


@pytest.mark.parametrize("kind", ALLOWED)
def test_each_role_makes_the_moves_that_the_table_gives_it(people, row, kind):
    workflow = desk_of(row).workflow
    given = {
        name: {role for role in PEOPLE if may(people[role], move, row)}
        for name, move in workflow.moves.items()
    }
    assert given == ALLOWED[kind]


@pytest.mark.parametrize("kind", ALLOWED)
def test_the_page_of_a_move_opens_for_whom_it_is_meant(people, row, kind):
    desk = desk_of(row)
    for role in PEOPLE:
        client = logged_in(people[role])
        for name in desk.verbs:
            answer = client.get(desk.move_url(row, desk.workflow[name]))
            # Somebody else's draft is not there at all for a contributor.
            assert (answer.status_code not in (403, 404)) == (role in ALLOWED[kind][name]), (
                role,
                name,
                answer.status_code,
            )


@pytest.mark.parametrize("kind", ALLOWED)
def test_a_direct_post_of_somebody_elses_move_does_nothing(people, row, kind):
    desk = desk_of(row)
    before = facts(row)
    for role in PEOPLE:
        client = logged_in(people[role])
        for name in (name for name in desk.verbs if role not in ALLOWED[kind][name]):
            answer = client.post(desk.move_url(row, desk.workflow[name]), {"reason": "Mine."})
            assert answer.status_code in (403, 404), (role, name)
            assert facts(row) == before, (role, name)


@pytest.mark.parametrize("kind", ALLOWED)
def test_who_has_left_the_house_makes_no_move(people, row, kind):
    gone = people["admin"]
    gone.is_active = False
    assert not any(may(gone, move, row) for move in desk_of(row).workflow.moves.values())
