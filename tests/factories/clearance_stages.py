"""Clearances at every point of their way, taken there by the desk's own verbs."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from cms.workflows.moves import Reason
from licensing.actions import clearances
from licensing.models import Clearance
from licensing.workflow import CLEARANCE
from tests.factories.clearances import make_clearance

LONG_AGO = timedelta(days=400)
STAGES = ("needed", "requested", "granted", "refused", "expired", "revoked")


def make_clearance_at(stage: str, *, by: User, **fields) -> Clearance:
    """An agreement with a publication, as far as ``stage``."""
    if stage == "expired":
        then = timezone.now() - LONG_AGO
        fields.setdefault("valid_until", timezone.localdate(then) + timedelta(days=30))
        clearance = make_clearance(by=by, at=then, **fields)
        clearances.expire(clearance, at=timezone.now())
        return clearance
    clearance = make_clearance(by=by, grant=stage in ("granted", "revoked"), **fields)
    if stage == "requested":
        clearances.request(clearance, by=by)
    elif stage == "refused":
        clearances.refuse(clearance, by=by, reason="They said no.")
    elif stage == "revoked":
        clearances.revoke(clearance, by=by, reason="They took it back.")
    return clearance


def make_move(clearance: Clearance, name: str, *, by: User, **told):
    """The move of that name, told what it asks for."""
    if CLEARANCE[name].reason == Reason.REQUIRED:
        told.setdefault("reason", "Because it must be.")
    if name == "expire":
        return clearances.expire(clearance, at=timezone.now())
    return getattr(clearances, name)(clearance, by=by, **told)
