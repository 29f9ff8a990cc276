"""``perform``: the only place where a status changes."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.text import validate_text
from cms.workflows.models import Event
from cms.workflows.moves import Move, Reason, Reasons, Workflow

LONGEST_REASON = Event._meta.get_field("reason").max_length


class MoveNotAllowed(Exception):
    """The move may not be made; ``reasons`` says why, in sentences for a person."""

    def __init__(self, reasons: Reasons):
        self.reasons = list(reasons)
        super().__init__(" ".join(str(reason) for reason in self.reasons))


class NotYours(MoveNotAllowed):
    """The actor lacks the permission, whatever state the row is in."""


class TooLate(MoveNotAllowed):
    """The row is no longer where the actor saw it: somebody else moved it first."""


def hindrances(row, workflow: Workflow, move: Move, *, by, at: datetime) -> Reasons:
    """Why ``by`` may not make this move now, in sentences; empty means yes."""
    if row.status not in move.sources:
        return [
            _("“%(row)s” is %(status)s; “%(move)s” is not possible from there.")
            % {"row": row, "status": workflow.labels[row.status], "move": move.label}
        ]
    return move.hindrances(row, by=by, at=at)


def may(by: AbstractBaseUser, move: Move, row) -> bool:
    """Whether ``by`` holds the permission for ``move``, on this row where the row has a say."""
    if not (by.is_active and by.has_perm(move.permission)):
        return False
    return row.may_be_moved_by(by) if hasattr(row, "may_be_moved_by") else True


@transaction.atomic
def perform(
    row,
    workflow: Workflow,
    name: str,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
    actor: str = "",
    facts: dict | None = None,
    **changes,
):
    """Moves ``row`` and writes its event, or raises and changes nothing.

    ``by`` is a colleague; ``None`` with ``actor`` is the clock or whoever holds the row's secret
    link, for moves whose table row allows that. ``facts`` is what else belongs into the event:
    words and whole numbers, see ``seals.oddities``.

    ``changes`` are other columns that change with the status (a publication date, say). The UPDATE
    names the status and those columns as we saw them, so that of two people who move at once one
    wins without a lock, on SQLite and PostgreSQL alike, even where the status stays what it was.

    Raises NotYours, TooLate or MoveNotAllowed, each with ``reasons``. Returns the event.
    """
    move = workflow[name]
    allowed = may(by, move, row) if by else move.is_unattended and bool(actor)
    if not allowed:
        raise NotYours([_("You have no permission to “%(move)s” here.") % {"move": move.label}])
    if reasons := hindrances(row, workflow, move, by=by, at=at):
        raise MoveNotAllowed(reasons)
    reason = reason.strip()
    if faults := _faults_of_reason(move, reason):
        raise MoveNotAllowed(faults)

    changes = {"status": move.target, **changes}
    seen = {column: getattr(row, column) for column in changes}
    if not type(row).objects.filter(pk=row.pk, **seen).update(**changes):
        raise TooLate([_("Somebody else moved “%(row)s” first. Look again.") % {"row": row}])
    for column, value in changes.items():
        setattr(row, column, value)
    return row.events.create(
        move=name,
        from_status=seen["status"],
        to_status=move.target,
        by=by,
        actor="" if by else actor[:200],
        at=at,
        reason=reason,
        facts=facts or {},
    )


def _faults_of_reason(move: Move, reason: str) -> Reasons:
    if move.reason == Reason.REQUIRED and not reason:
        return [_("“%(move)s” needs a reason.") % {"move": move.label}]
    if len(reason) > LONGEST_REASON:
        return [_("A reason has at most %d characters.") % LONGEST_REASON]
    try:
        validate_text(reason)
    except ValidationError as fault:
        return fault.messages
    return []
