"""Whether it is somebody who reads that fetches a counting pixel, and from which host.

Pure: what a browser says of itself in, yes or no out. Where in doubt nobody is counted: a number
that is too small does less harm than one that flatters.
"""

import re
from collections.abc import Mapping
from hashlib import sha256

from licensing.copies.addresses import NoAddress, host

LONGEST = 2000
# Anybody can say to be another browser each time: so many readers of one copy are told apart on one
# day behind one address. What a company has in use all collides seldom.
MOST_BEHIND_AN_ADDRESS = 256
# All browsers call themselves so; most programs do not.
BROWSERS = ("mozilla/", "opera/")
# Programs that call themselves a browser, and what gives them away. A Cubot is a telephone.
MACHINES = re.compile(
    r"(?<!cu)bot(?:\b|_)|crawl|spider|slurp|archiver|scrap|fetch|headless|phantomjs|selenium"
    r"|puppeteer|playwright|lighthouse|pagespeed|gtmetrix|pingdom|uptime|monitor|validator|checker"
    r"|preview|facebookexternalhit|whatsapp|curl|wget|python|java/|go-http|okhttp|node|ruby|perl"
    r"|libwww|httpclient|feedfetcher|rss|mediapartners|google-|bingpreview"
    r"|dataprovider|ahrefs|semrush|screaming|prerender|embed"
)
# Under these a browser fetches what nobody has asked to see yet.
AHEAD = {
    "sec-purpose": ("prefetch", "prerender"),
    "purpose": ("prefetch", "preview", "prerender"),
    "x-purpose": ("prefetch", "preview", "instant"),
    "x-moz": ("prefetch",),
}


def is_reading(headers: Mapping[str, str]) -> bool:
    """Whether a page is being looked at. The names of ``headers`` are in lower case."""
    agent = headers.get("user-agent", "")[:LONGEST].lower()
    if not agent.startswith(BROWSERS) or MACHINES.search(agent):
        return False
    # Opened by itself, or by a script, it is no picture on a page.
    if headers.get("sec-fetch-dest", "image").strip().lower() != "image":
        return False
    return not any(
        word in headers.get(name, "").lower() for name, words in AHEAD.items() for word in words
    )


def shown_by(headers: Mapping[str, str]) -> str:
    """The host of the page on which it stands, and nothing else of its address; empty: unsaid."""
    try:
        return host(headers.get("referer", "")[:LONGEST])
    except NoAddress:
        return ""


def told_apart_by(address: str, agent: str) -> str:
    """What tells one reader from another for a day; empty where nothing is known."""
    if not address:
        return ""
    said = sha256(agent[:LONGEST].encode(errors="surrogateescape")).digest()
    return f"{address} {int.from_bytes(said[:8]) % MOST_BEHIND_AN_ADDRESS}"
