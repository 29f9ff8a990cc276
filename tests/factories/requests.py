"""Permission requests at every point of their way, taken there by the verbs of both sides."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Article
from licensing import issuing
from licensing.actions import desk, requests, settling
from licensing.models import CannedAnswer, PermissionRequest
from licensing.rights.particulars import Particulars
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_live_article

_numbers = count(1)
REQUESTER = "ines@harbour-post.example"
# The least that each use must be told.
TOLD = {
    Use.PRINT: {
        "title": "Harbour Reader",
        "publisher": "Harbour Press",
        "runs": [{"format": "paperback", "copies": 3000, "price": "18.00"}],
        "portion": "whole",
        "territories": ["GB"],
    },
    Use.COMMUNITY_WEB: {
        "url": "https://harbour-post.example/",
        "posted_for": "unlimited",
        "ads": "no",
    },
    Use.COMMERCIAL_WEB: {
        "url": "https://harbour-post.example/",
        "posted_for": "365",
        "paywall": "no",
        "ads": "yes",
    },
    Use.TRANSLATION: {"language": "fr", "medium": "web", "title": "Le Port"},
    Use.EXCERPT: {"title": "Harbour Reader", "words": 120},
    Use.EDUCATION: {
        "institution": "Harbour School",
        "title": "Geography 2",
        "copies": 30,
        "medium": "print",
        "portion": "whole",
        "posted_for": "365",
    },
}


def make_request(
    *articles: Article, use: Use = Use.PRINT, confirmed: bool = True, by=None, at=None, **fields
) -> PermissionRequest:
    """A request, its e-mail confirmed unless it is not to be; entered by ``by`` if named."""
    values = {
        "use": use.value,
        "particulars": TOLD[use],
        "requester_name": f"Ines Roca {next(_numbers)}",
        "requester_email": REQUESTER,
        "requester_kind": "publisher",
        "outlet": "Harbour Press",
    }
    permission_request = requests.submit(
        articles=[(article, []) for article in articles], by=by, at=at, **{**values, **fields}
    )
    if confirmed and by is None:
        requests.confirm(permission_request, at=at)
    return permission_request


def make_taken_request(*, people: dict[str, User], articles=(), **fields) -> PermissionRequest:
    """A request that a colleague of the rights desk works on, by default for a text of our own."""
    articles = articles or [make_live_article(people=people)]
    permission_request = make_request(*articles, **fields)
    desk.review(permission_request, by=people["rights_desk"])
    return permission_request


def send_quote(
    permission_request: PermissionRequest, *, by: User, net="150", days: int = 30, **fields
):
    """A quote of one line for what was asked."""
    now = timezone.now()
    asked = Particulars(Use(permission_request.use), permission_request.particulars)
    decisions = [line.decision for line in issuing.articles_of(permission_request, at=now)]
    values = {
        "given": asked,
        "lines": [{"label": "Licence", "why": "", "amount": str(net)}],
        "currency": "EUR",
        "net": Decimal(net),
        "tax": Decimal(0),
        "valid_until": timezone.localdate(now) + timedelta(days=days),
        "conditions": issuing.usual_conditions(asked, decisions),
    }
    return desk.quote(permission_request, by=by, **{**values, **fields})


def make_granted_request(*, people: dict[str, User], **fields) -> PermissionRequest:
    """A request that was granted free of charge."""
    permission_request = make_taken_request(people=people, **fields)
    settling.issue(permission_request, by=people["rights_desk"])
    return permission_request


def make_billed_request(*, people: dict[str, User], **fields) -> PermissionRequest:
    """A request whose quote was accepted, and whose bill waits for payment."""
    permission_request = make_taken_request(people=people, **fields)
    send_quote(permission_request, by=people["rights_desk"])
    requests.accept(permission_request)
    return permission_request


def make_canned_answer(**fields) -> CannedAnswer:
    """Words to start a letter from."""
    text = "Dear {requester}, about {articles} ({number}): which print run? {other}"
    return CannedAnswer.objects.create(**{"name": "Print run", "text": text, **fields})
