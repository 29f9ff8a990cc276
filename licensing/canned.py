"""Canned answers with the names of a case filled in, those in its requester's language first."""

from django.db.models import Case, Value, When

from licensing.models import CannedAnswer, PermissionRequest
from licensing.wording import listed


def canned_answers(permission_request: PermissionRequest):
    """All there are, those in the language of our letters to this requester first."""
    ours = Case(When(language=permission_request.language, then=Value(0)), default=Value(1))
    return CannedAnswer.objects.order_by(ours, "name", "language")


def filled(canned: CannedAnswer, permission_request: PermissionRequest) -> str:
    """The text for this case. Only the three places are filled; braces mean nothing else."""
    headlines = [f"“{row.article.headline}”" for row in permission_request.requested.all()]
    places = {
        "{requester}": permission_request.requester_name,
        "{number}": permission_request.number,
        "{articles}": listed(headlines) if headlines else "",
    }
    text = canned.text
    for place, value in places.items():
        text = text.replace(place, value)
    return text
