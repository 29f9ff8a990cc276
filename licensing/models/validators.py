"""What the lists of words in a clearance must be made of."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from licensing.rights.conditions import ConditionIsWrong, parse
from licensing.rights.vocabulary import Carriage, Use
from licensing.wording import said


def _named(value, known, what) -> None:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise ValidationError(_("This must be a list of names."))
    if unknown := set(value) - {entry.value for entry in known}:
        raise ValidationError(what, params={"names": ", ".join(sorted(unknown))})


def validate_carriages(value) -> None:
    """Refuses what is no list of things we do with a text. Raises ValidationError."""
    _named(value, Carriage, _("We do not do this with texts: %(names)s."))


def validate_uses(value) -> None:
    """Refuses what is no list of uses. Raises ValidationError."""
    _named(value, Use, _("These are no uses: %(names)s."))


def validate_conditions(value) -> None:
    """Refuses what is no list of conditions. Raises ValidationError."""
    try:
        parse(value)
    except ConditionIsWrong as fault:
        raise ValidationError(said(fault.sentence)) from fault
