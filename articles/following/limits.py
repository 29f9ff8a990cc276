"""How often somebody may ask to follow by mail."""

from django.conf import settings

from cms.limits.limits import DAY, EVERYBODY, HOUR, Limit


def asking() -> dict[str, Limit]:
    """How often the form may be sent: from one address, for one e-mail, by everybody."""
    return {
        "address": Limit(settings.FOLLOWS_PER_ADDRESS_AN_HOUR, HOUR),
        "email": Limit(settings.FOLLOWS_PER_EMAIL_A_DAY, DAY),
        EVERYBODY: Limit(settings.FOLLOWS_AN_HOUR, HOUR),
    }
