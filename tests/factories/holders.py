"""Rights holders: who gets a letter, and the secret address that stands in it."""

import re

from post_office.models import Email

from licensing import links
from licensing.actions import clearances
from licensing.models import Clearance, ClearanceLink
from tests.factories.clearances import make_clearance

HOLDER = "rights@gazette.example"


def make_asked(*, by, **fields) -> Clearance:
    """A clearance whose holder was written to."""
    at = fields.pop("at", None)
    clearance = make_clearance(by=by, grant=False, at=at, **fields)
    clearances.request(clearance, by=by, at=at)
    return clearance


def letters_to(address: str) -> list[Email]:
    """The mails promised to ``address``, oldest first."""
    return [mail for mail in Email.objects.order_by("pk") if mail.to == [address]]


def secret_path(address: str = HOLDER) -> str:
    """The path of the link in the last letter to ``address``."""
    return re.findall(r"/clearances/[-\w]+/", letters_to(address)[-1].message)[-1]


def link_of(path: str) -> ClearanceLink:
    """The link that a path leads to."""
    return links.find(path.strip("/").rpartition("/")[2])
