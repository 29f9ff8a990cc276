"""The demo's partner: an outlet with a feed, whose address is the same at every loading."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from articles.models import Article
from cms import secret_links
from licensing.actions import partners
from licensing.models import Partner
from licensing.partners import tokens
from licensing.partners.contents import Asked, contents

PARTNER = {
    "outlet": "Salt & Light",
    "name": "Odd Henriksen",
    "email": "odd@salt-and-light.example",
}


def make_partner(*, by, now: datetime) -> str:
    """Enters the partner, once, and says where its feed is."""
    token = secret_links.token_from("demo", key=settings.SECRET_KEY, purpose=tokens.PURPOSE)
    if not Partner.objects.exists():
        partner = partners.enter(Partner(**PARTNER), by=by, at=now)
        partners.give_address(partner, by=by, token=token, at=now)
        # It has been here before: its page in the admin has something to tell.
        contents(partner, Asked(Article.objects.all(), now, tokens.address)).give()
    return tokens.address(reverse("licensing:partner_feed", args=[token, "atom"]))
