"""Copies of articles elsewhere, and the licences under which they stand."""

from datetime import datetime
from itertools import count

from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Article
from licensing.actions import crossposts
from licensing.models import Crosspost, FoundBy, Grant
from licensing.rights.vocabulary import Use
from tests.factories.requests import make_granted_request

_numbers = count(1)


def make_grant_of(article: Article, *, people: dict[str, User], **fields) -> Grant:
    """A licence to cross-post ``article``, free of charge."""
    told = {"use": Use.COMMUNITY_WEB, "requester_kind": "non_commercial", **fields}
    return make_granted_request(people=people, articles=[article], **told).grants.get()


def make_crosspost(
    article: Article, *, grant: Grant | None = None, at: datetime | None = None, **fields
) -> Crosspost:
    """A copy that its taker told us of."""
    url = fields.pop("url", f"https://outlet-{next(_numbers)}.example/copy/")
    told = {"found_by": FoundBy.TAKER, "at": at or timezone.now(), **fields}
    crosspost, _is_new = crossposts.declare(article, url=url, grant=grant, **told)
    return crosspost
