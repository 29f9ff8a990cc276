"""Partners, and what they get when they fetch their feeds."""

import json
from itertools import count

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.models import Article
from licensing.actions import partners
from licensing.models import Partner
from licensing.partners import tokens
from licensing.partners.contents import Asked, contents
from tests.factories.accounts import make_person

_numbers = count(1)


def make_partner(*, active: bool = True, **fields) -> Partner:
    """An outlet whose token stands in ``partner.token``; without one unless it is ``active``."""
    number = next(_numbers)
    values = {
        "name": f"Ines Roca {number}",
        "outlet": f"Harbour Post {number}",
        "email": f"desk{number}@harbour-post.example",
    }
    by = a_manager()
    partner = partners.enter(Partner(**{**values, **fields}), by=by)
    partner.token = partners.give_address(partner, by=by) if active else ""
    return partner


def a_manager() -> User:
    """Whoever may enter partners: of the newsroom, if there is one."""
    found = User.objects.filter(username="rights_manager").first()
    return found or make_person("manager", role="rights_manager")


def address(partner: Partner, ending: str = "json", query: str = "") -> str:
    return f"/partners/{partner.token}/feed.{ending}{'?' + query if query else ''}"


def fetched(partner: Partner, ending: str = "json", query: str = "", **headers):
    """The answer to the partner."""
    return Client().get(address(partner, ending, query), headers=headers)


def fetch(partner: Partner) -> None:
    """As its software does, without a word over HTTP."""
    asked = Asked(Article.objects.all(), timezone.now(), tokens.address)
    contents(partner, asked).give()


def items(partner: Partner, query: str = "") -> dict[str, dict]:
    """Headline → item of its JSON feed; what is taken back by its id."""
    answer = fetched(partner, query=query)
    assert answer.status_code == 200
    return {item.get("title", item["id"]): item for item in json.loads(answer.content)["items"]}


def given(partner: Partner, query: str = "") -> set[str]:
    """The headlines that stand in its feed and are not taken back."""
    return {name for name, item in items(partner, query).items() if "title" in item}


def taken_back(partner: Partner) -> set[str]:
    """The ids of what it is told to take down."""
    return {
        item["id"]
        for item in items(partner).values()
        if item["_imprimatur_partner"]["pubstatus"] == "canceled"
    }
