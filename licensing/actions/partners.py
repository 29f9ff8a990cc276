"""What the desk does with partners: enters them, gives them a new address, switches it off.

Each verb asks the permission itself, and raises NotYours.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.actions import steps
from licensing.models import Partner
from licensing.partners import tokens

ADD, CHANGE = "licensing.add_partner", "licensing.change_partner"


@transaction.atomic
def enter(partner: Partner, *, by, at: datetime | None = None) -> Partner:
    """Adds ``partner``, or saves what was changed; an address of its feed is another matter."""
    steps.ask(by, CHANGE if partner.pk else ADD)
    if partner.pk is None:
        partner.created_at, partner.created_by = at or timezone.now(), by
    partner.licensee_key = partner.email.casefold()
    partner.save()
    return partner


def give_address(partner: Partner, *, by, token: str = "", at: datetime | None = None) -> str:
    """A new token, told only here; from now on the one before is nobody's.

    ``token`` is one that was made elsewhere, for a demo say.
    """
    steps.ask(by, CHANGE)
    token = token or tokens.make()
    _set(
        partner,
        token_hash=tokens.hash_of(token),
        token_made_at=at or timezone.now(),
        switched_off_at=None,
    )
    return token


def switch_off(partner: Partner, *, by, at: datetime | None = None) -> None:
    """Ends the address; the partner stays, with the record of what it was given."""
    steps.ask(by, CHANGE)
    _set(partner, token_hash=None, switched_off_at=at or timezone.now())


def _set(partner: Partner, **values) -> None:
    Partner.objects.filter(pk=partner.pk).update(**values)
    for name, value in values.items():
        setattr(partner, name, value)
