"""What a page is on which nothing of ours stands, and what else on it is not the outlet's own.

Pure. Guesses by words and names that sites use; whoever adds one adds a page to the tests.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from licensing.compliance.failures import Failure
from licensing.compliance.reading import Page

# In titles and headings, in the languages that we write letters in.
NOT_FOUND = (
    "404",
    "not found",
    "page unavailable",
    "no longer available",
    "does not exist",
    "nicht gefunden",
    "nicht mehr verfügbar",
    "existiert nicht",
    "introuvable",
    "n’existe",
    "n'existe",
    "no encontrad",
    "no existe",
    "no disponible",
    "غير موجود",
    "لم يتم العثور",
)
CONSENT = (
    "cookie",
    "consent",
    "einwilligung",
    "datenschutz",
    "consentement",
    "consentimiento",
    "ملفات تعريف الارتباط",
)
# Those who keep a page back until somebody agrees.
CONSENT_HOSTS = (
    "consensu.org",
    "cookiebot.com",
    "cookielaw.org",
    "onetrust.com",
    "usercentrics.eu",
    "privacy-center.org",
    "didomi.io",
    "quantcast.com",
    "privacy-mgmt.com",
)
ADVERTISERS = (
    "googlesyndication.com",
    "doubleclick.net",
    "googleadservices.com",
    "amazon-adsystem.com",
    "adnxs.com",
    "criteo.net",
    "criteo.com",
    "taboola.com",
    "outbrain.com",
    "rubiconproject.com",
    "pubmatic.com",
    "openx.net",
    "mgid.com",
    "revcontent.com",
    "carbonads.com",
    "media.net",
    "adform.net",
    "yieldlove.com",
)
# So few words are no article; a wall has few, too.
HARDLY_ANY = 20
FEW = 400


def why(page: Page) -> str:
    """Why our text does not stand on ``page``; empty where it looks like another text."""
    named = " ".join([page.title, *page.headings[:3]]).casefold()
    if page.word_count < FEW:
        words = " ".join(page.blocks).casefold()
        if any(sign in named for sign in NOT_FOUND):
            return Failure.SOFT_404
        if any(sign in words for sign in CONSENT) or _comes_from(page.scripts, CONSENT_HOSTS):
            return Failure.COOKIE_WALL
        if page.word_count < HARDLY_ANY:
            return Failure.EMPTY
    return ""


def shows_ads(page: Page) -> bool:
    """Whether somebody who sells advertising has a script or frame on the page."""
    return _comes_from(page.scripts, ADVERTISERS)


def _comes_from(addresses: Iterable[str], hosts: tuple[str, ...]) -> bool:
    return any(
        host == known or host.endswith(f".{known}")
        for host in map(_host, addresses)
        for known in hosts
    )


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
