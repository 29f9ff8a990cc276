"""The demo's republishers: copies that others have taken from the republish page, by name."""

from datetime import datetime

from django.utils import timezone

from articles.models import Article
from licensing.actions.taking import take
from licensing.models import CameBy, PermissionRequest
from licensing.republication import offered
from licensing.rights.vocabulary import Use

# By article: who took it, for which use. The terms of the demo count from the day it is loaded on.
TAKEN = (
    {
        "article": "verges",
        "use": Use.COMMERCIAL_WEB,
        "name": "Lotte Verhaegen",
        "email": "lotte@groene-berm.example",
        "outlet": "De Groene Berm",
        "outlet_url": "https://groene-berm.example/",
        "country": "BE",
        "kind": "commercial",
        "language": "en",
    },
    {
        "article": "verges",
        "use": Use.COMMUNITY_WEB,
        "name": "Amina Bensalah",
        "email": "redaction@bords-de-route.example",
        "outlet": "Bords de route",
        "outlet_url": "https://bords-de-route.example/",
        "country": "FR",
        "kind": "non_commercial",
        "language": "fr",
        "is_counted": False,
    },
    {
        "article": "lithium",
        "use": Use.COMMUNITY_WEB,
        "name": "Odd Henriksen",
        "email": "odd@salt-and-light.example",
        "outlet": "Salt & Light",
        "outlet_url": "https://salt-and-light.example/",
        "country": "NO",
        "kind": "non_commercial",
        "language": "en",
    },
)


def take_copies(found: dict[str, Article], *, at: datetime | None = None) -> None:
    """``found``: articles by key. Does nothing where anything was taken before."""
    if PermissionRequest.objects.filter(came_by=CameBy.KIT).exists():
        return
    at = at or timezone.now()
    for row in TAKEN:
        told = dict(row)
        article, use = found[told.pop("article")], told.pop("use")
        take(article, use=use, accepted=offered(article, use, at=at).key, at=at, **told)
