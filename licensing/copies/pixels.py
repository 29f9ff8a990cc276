"""Which pixel counts the copies under a grant: its own, or that of the one it took over from."""

from django.urls import reverse

from articles.models import Article
from licensing.models import Grant, Pixel
from licensing.succession import before


def pixel_of(grant: Grant, article: Article) -> Pixel | None:
    """What counts the copies of ``article`` under ``grant``: a copy that stands keeps its pixel."""
    rows = Pixel.objects.filter(grant__in=before(grant), article=article)
    return rows.order_by("-pk").first()


def path_of(pixel: Pixel) -> str:
    """Where it is fetched."""
    return reverse("licensing:pixel", args=[pixel.key])
