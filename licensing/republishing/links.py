"""Where the links of a copy lead, read on a page that is not ours: somewhere whole, or nowhere."""

import re
from urllib.parse import quote, urljoin

from licensing.rights.attribution_links import KEPT, MAX_ADDRESS, STRAY_PERCENT, address

PERSON = re.compile(r"(?:mailto|tel):\S+", re.IGNORECASE)


def absolute(url: str, page: str) -> str:
    """``url`` as it stands on ``page``, whole; empty where no reader may be sent there."""
    url = url.strip()
    if PERSON.fullmatch(url) and len(url) <= MAX_ADDRESS:
        try:
            return quote(STRAY_PERCENT.sub("%25", url), safe=KEPT)
        except UnicodeError:
            return ""
    try:
        return address(urljoin(page, url))
    except ValueError:
        return ""
