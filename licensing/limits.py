"""How often somebody may ask for permission."""

from django.conf import settings

from cms.limits.limits import DAY, EVERYBODY, HOUR, Limit


def asking() -> dict[str, Limit]:
    """The limits of permission requests: from one address, for one e-mail, from everybody."""
    return {
        "address": Limit(settings.REQUESTS_PER_ADDRESS_AN_HOUR, HOUR),
        "email": Limit(settings.REQUESTS_PER_EMAIL_A_DAY, DAY),
        EVERYBODY: Limit(settings.REQUESTS_AN_HOUR, HOUR),
    }
