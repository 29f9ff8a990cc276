"""Which moments the site knows, and how a day is asked for.

The moments are those that every calendar and time zone here can show.
"""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIRST_YEAR_OF_PRINT = 1450
LAST_YEAR = 2200


class DayInput(forms.DateInput):
    """A field for a day; what is no day leaves it empty, for HTML has no place for it there."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")

    def format_value(self, value) -> str | None:
        """The day as HTML wants it."""
        try:
            return date.fromisoformat(super().format_value(value) or "").isoformat()
        except ValueError:
            return None


def validate_moment(value) -> None:
    """Refuses years before print and beyond reason. Raises ValidationError."""
    if not FIRST_YEAR_OF_PRINT <= value.year <= LAST_YEAR:
        raise ValidationError(
            _("Please name a year from %(first)d to %(last)d."),
            params={"first": FIRST_YEAR_OF_PRINT, "last": LAST_YEAR},
            code="year",
        )


def validate_past(value) -> None:
    """Refuses a moment that lies ahead. Raises ValidationError."""
    if value > timezone.now():
        raise ValidationError(_("This moment lies ahead."), code="future")
