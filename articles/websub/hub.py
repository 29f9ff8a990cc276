"""Which hub the house uses, if any."""

from django.conf import settings


def address() -> str:
    """The hub that is told of changes; ``""`` where there is none.

    Without SITE_URL there is none: what the clock tells the hub has to be, letter for letter, the
    address that a feed says of itself.
    """
    return settings.WEBSUB_HUB if settings.SITE_URL else ""
