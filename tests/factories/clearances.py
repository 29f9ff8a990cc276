"""Clearances as the rights desk enters, asks for and grants them."""

from datetime import datetime
from itertools import count

from django.contrib.auth.models import User

from articles.models import Article, Author, Image, Publication
from licensing.actions import clearances
from licensing.models import Clearance, Scope
from tests.factories.articles import make_publication

_numbers = count(1)
SCOPES = {
    Article: Scope.ARTICLE,
    Author: Scope.AUTHOR,
    Publication: Scope.PUBLICATION,
    Image: Scope.IMAGE,
}


def make_clearance(
    *, by: User, grant: bool = True, at: datetime | None = None, **fields
) -> Clearance:
    """An agreement with a publication, granted unless it is not to be; ``by`` rights staff.

    Without anything that it is for, it is for everything of a new publication.
    """
    if not {"article", "author", "image", "publication"} & fields.keys():
        fields["publication"] = make_publication(rights_contact="rights@gazette.example")
    named = [name for name in ("article", "author", "image") if fields.get(name)]
    values = {
        "scope": named[0] if named else Scope.PUBLICATION,
        "basis": "agreement",
        "reference": f"Letter {next(_numbers)}",
        "covers": ["web"],
    }
    clearance = clearances.enter(by=by, at=at, **{**values, **fields})
    if grant:
        clearances.grant(clearance, by=by, at=at)
    return clearance


def clear(
    subject: Publication | Article | Author | Image, *, by: User, passes_on=(), **fields
) -> Clearance:
    """Leave to carry ``subject`` on the web, and to pass it on for the uses named."""
    values = {"passes_on": list(passes_on), SCOPES[type(subject)].value: subject}
    return make_clearance(by=by, **{**values, **fields})
