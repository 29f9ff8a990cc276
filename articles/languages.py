"""The languages a text may be in, and which way each is written."""

from django.conf import global_settings, settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _


def choices() -> list[tuple[str, str]]:
    """(BCP 47 code, name) of every language Django knows, by name."""
    named = [(code, _(name)) for code, name in global_settings.LANGUAGES]
    return sorted(named, key=lambda pair: pair[1])


def direction(code: str) -> str:
    """``"rtl"`` or ``"ltr"``; unknown languages are written from the left."""
    try:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def in_itself(code: str) -> str:
    """``Français`` for ``fr``; unknown languages are called by their code."""
    try:
        name = get_language_info(code)["name_local"]
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


def spoken(code: str) -> str:
    """The language in which the site speaks around a text in ``code``: the same where the site is
    translated into it, else the site's own.
    """
    known = dict(settings.LANGUAGES)
    return next((one for one in (code, code.split("-")[0]) if one in known), settings.LANGUAGE_CODE)
