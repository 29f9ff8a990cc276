"""How slugs of every script, keys and widths are written in an address, and what it begins with."""

from django.conf import settings

from articles.darkroom import MEDIA_TYPES


class UnicodeSlugConverter:
    """A slug of letters of any script, digits, underscores and hyphens."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PictureEndingConverter:
    """The ending of a picture's copy."""

    regex = "|".join(MEDIA_TYPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def absolute(request, path: str) -> str:
    """``path`` with scheme and host: the site's own where it is set, else those it was asked by."""
    return settings.SITE_URL + path if settings.SITE_URL else request.build_absolute_uri(path)
