"""What an address of the site begins with, and in which language machines are told it."""

from collections.abc import Callable

from django.conf import settings
from django.urls import translate_url
from django.utils import translation

# Makes a whole address of a path.
Absolute = Callable[[str], str]
# Where a site that was told no address of its own is found: on this machine.
LAPTOP = "http://127.0.0.1:8000"


class AbsoluteMixin:
    """For views that name whole addresses."""

    def absolute(self, path: str) -> str:
        """``path`` with scheme and host."""
        return absolute(self.request, path)


def absolute(request, path: str) -> str:
    """``path`` with scheme and host: the site's own where it is set, else those it was asked by."""
    return settings.SITE_URL + path if settings.SITE_URL else request.build_absolute_uri(path)


def site() -> str:
    """Scheme and host of the site, where nobody asks for a page: in letters and on papers."""
    return settings.SITE_URL or LAPTOP


def neutral(path: str) -> str:
    """The path of the same page in the site's own language, which is the one machines are told."""
    # It may have been made while another language was spoken than is now.
    language = translation.get_language_from_path(path)
    if language is None:
        return path
    with translation.override(language):
        return translate_url(path, settings.LANGUAGE_CODE)
