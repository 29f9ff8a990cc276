"""How often somebody may ask for permission, take a copy by name, or tell us of one."""

from django.conf import settings

from cms.limits.limits import DAY, EVERYBODY, HOUR, Limit


def asking() -> dict[str, Limit]:
    """The limits of permission requests: from one address, for one e-mail, from everybody."""
    return {
        "address": Limit(settings.REQUESTS_PER_ADDRESS_AN_HOUR, HOUR),
        "email": Limit(settings.REQUESTS_PER_EMAIL_A_DAY, DAY),
        EVERYBODY: Limit(settings.REQUESTS_AN_HOUR, HOUR),
    }


def taking() -> dict[str, Limit]:
    """The limits of copies that are taken by name, each of which is a licence and a letter."""
    return {
        "address": Limit(settings.TAKINGS_PER_ADDRESS_AN_HOUR, HOUR),
        "email": Limit(settings.TAKINGS_PER_EMAIL_A_DAY, DAY),
        EVERYBODY: Limit(settings.TAKINGS_AN_HOUR, HOUR),
    }


def declaring() -> dict[str, Limit]:
    """The limits of addresses of copies that takers tell us, each of which makes us fetch a page:
    from one address, about one host, from everybody.
    """
    return {
        "address": Limit(settings.DECLARATIONS_PER_ADDRESS_AN_HOUR, HOUR),
        "host": Limit(settings.DECLARATIONS_PER_HOST_AN_HOUR, HOUR),
        EVERYBODY: Limit(settings.DECLARATIONS_AN_HOUR, HOUR),
    }


def mentioning() -> dict[str, Limit]:
    """The limits of webmentions, each of which makes us fetch a page: from one address, about one
    host, from everybody.
    """
    return {
        "address": Limit(settings.MENTIONS_PER_ADDRESS_AN_HOUR, HOUR),
        "host": Limit(settings.MENTIONS_PER_HOST_AN_HOUR, HOUR),
        EVERYBODY: Limit(settings.MENTIONS_AN_HOUR, HOUR),
    }


def complaining() -> dict[str, Limit]:
    """The limits of complaints, each of which is read by a person and answered by a letter."""
    return {
        "address": Limit(settings.COMPLAINTS_PER_ADDRESS_AN_HOUR, HOUR),
        "email": Limit(settings.COMPLAINTS_PER_EMAIL_A_DAY, DAY),
        EVERYBODY: Limit(settings.COMPLAINTS_AN_HOUR, HOUR),
    }


def guessing() -> dict[str, Limit]:
    """The limits of addresses of partners' feeds that are nobody's: mistyped, ended or made up."""
    return {"address": Limit(settings.PARTNER_GUESSES_PER_ADDRESS_AN_HOUR, HOUR)}
