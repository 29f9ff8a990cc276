"""What a line of plain text may hold, wherever on the site it is typed."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

# Control characters, the direction overrides that let a line read as something it is not, and
# halves of characters, which no database keeps.
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def validate_text(value: str) -> None:
    """Refuses control characters; line breaks are fine. Raises ValidationError."""
    if found := CONTROL.search(value):
        raise ValidationError(
            _("Character %(place)d is an invisible control character (%(code)s)."),
            params={"place": found.start() + 1, "code": f"U+{ord(found.group()):04X}"},
            code="control_character",
        )


def validate_single_line(value: str) -> None:
    """Refuses control characters and line breaks. Raises ValidationError."""
    validate_text(value)
    if any(end in value for end in "\n\r\u2028\u2029"):
        raise ValidationError(_("This must be a single line."), code="line_break")


def validate_name(value: str) -> None:
    """Refuses a line in which there is nothing to read. Raises ValidationError."""
    validate_single_line(value)
    # Spaces, joiners and other signs without a shape are of the classes Z and C.
    if value and all(unicodedata.category(character)[0] in "ZC" for character in value):
        raise ValidationError(_("There is nothing to read in this."), code="invisible")


def legible(typed: str) -> str:
    """What was typed, without what a page cannot show: fit to stand in it again."""
    return CONTROL.sub("", typed)


def comma() -> str:
    """What stands between the members of a list: “, ”, and “، ” in Arabic."""
    return pgettext("between the members of a list", ", ")


def last_comma() -> str:
    """What stands before the last of several names: “ and ”, its spaces with it."""
    return pgettext("between the last two names", " and ")
