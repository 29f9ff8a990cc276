"""What every paper of the rights desk says of itself, from the rows: house, language, labels."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from moneyed import Money

from articles.addresses import site
from articles.models import Publication
from licensing.invoicing import seller
from licensing.models import Grant, PermissionRequest
from licensing.money import formatted
from licensing.printing.document import Party


@contextmanager
def in_language_of(permission_request: PermissionRequest) -> Iterator[str]:
    """Everything in here is said in the language of the requester's letters."""
    known = dict(settings.LANGUAGES)
    language = permission_request.language
    language = language if language in known else settings.LANGUAGE_CODE
    with translation.override(language):
        yield language


def head(language: str, *, dated: datetime) -> dict:
    """The fields that every paper has, but its number and address."""
    house = Publication.objects.filter(is_house=True).first()
    return {
        "language": language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "house": house.name if house else seller()[0],
        "dated": timezone.localtime(dated),
    }


def labels(english: Mapping[str, str]) -> dict[str, str]:
    """The fixed words of a paper, translated."""
    return {name: _(words) for name, words in english.items()}


def house_party() -> Party:
    """Who licenses and bills."""
    house = Publication.objects.filter(is_house=True).first()
    name, *lines = seller()
    contact = house.rights_contact if house else ""
    return Party(name=name, lines=lines, contact=contact, url=f"{site()}/")


def absolute(path: str) -> str:
    """The whole address of a page of ours."""
    return f"{site()}{path}"


def check_url(grant: Grant) -> str:
    """The whole address that says whether a licence is in force; the QR code leads there."""
    return absolute(reverse("licensing:grant_check", args=[grant.number]))


def day(value: date | datetime | None) -> str:
    """A day as it is printed."""
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    return date_format(value) if value else ""


def moment(value: datetime | None) -> str:
    """Day and hour as they are printed."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT") if value else ""


def amount(value, currency: str) -> str:
    """A sum as it is printed."""
    return formatted(Money(value, currency), translation.get_language() or "en")
