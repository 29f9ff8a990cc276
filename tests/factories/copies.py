"""Grants with a counting pixel, and what was read under it."""

from datetime import date, datetime

from django.utils import timezone

from articles.models import Article
from licensing.actions import counting
from licensing.models import Grant, Pixel, Readings, Sighting
from tests.factories.crossposts import make_grant_of

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def make_pixel(article: Article, *, people: dict, grant: Grant | None = None) -> Pixel:
    """The pixel of a licence to cross-post ``article``."""
    grant = grant or make_grant_of(article, people=people)
    return counting.give_pixel(grant, article, at=timezone.now())


def make_readings(pixel: Pixel, *, day: date, number: int = 1, host: str = "") -> Readings:
    return Readings.objects.create(pixel=pixel, day=day, host=host, number=number)


def make_sighting(pixel: Pixel, *, host: str = "unknown.example", at: datetime | None = None):
    return Sighting.objects.create(pixel=pixel, host=host, first_at=at or timezone.now())
