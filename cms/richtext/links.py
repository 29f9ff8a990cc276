"""Where a link may lead: its address without trackers and detours, or none at all."""

import re
from urllib.parse import unquote

from cms.richtext.vocabulary import LINK_SCHEMES

MAX_ADDRESS = 2_000
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Browsers drop these inside an address, so they must not split a scheme here either.
IGNORED = re.compile("[\t\n\r]")
UNSAFE = re.compile('[\x00-\x20"<>\\\\^`{|}\x7f-\xa0\u2028\u2029]')

# Campaign and click numbers: they say who sent the link, never which page is meant.
TRACKERS = re.compile(
    r"utm_\w+|hsa_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium)|fbclid|gclid|gclsrc|gbraid|wbraid"
    r"|dclid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok"
    r"|vero_id|oly_anon_id|oly_enc_id|ref_src|wt\.mc_id|__twitter_impression",
    re.IGNORECASE,
)
# Addresses that only lead on to another one, and the parameter which names it.
DETOURS = re.compile(
    r"https?://(?:www\.google\.[a-z.]{2,6}/url|l\.facebook\.com/l\.php|lm\.facebook\.com/l\.php"
    r"|[a-z0-9]+\.safelinks\.protection\.outlook\.com/)\?(?:[^#]*&)?(?:q|u|url)=([^&#]+)",
    re.IGNORECASE,
)


def address(href):
    """The address to keep for ``href``, or None when it leads nowhere a reader may be sent."""
    href = IGNORED.sub("", href).strip()
    if len(href) > MAX_ADDRESS:
        return None
    if href.startswith("//"):
        href = f"https:{href}"
    elif href[:4].lower() == "www.":
        href = f"https://{href}"
    while detour := DETOURS.match(href):
        href = unquote(detour[1], errors="ignore")
    scheme = SCHEME.match(href)
    if scheme is None or scheme[1].lower() not in LINK_SCHEMES:
        return None
    if scheme[1].lower().startswith("http"):
        href = without_trackers(href)
    return UNSAFE.sub(lambda found: percent(found[0]), href)


def percent(character):
    return "".join(f"%{byte:02X}" for byte in character.encode())


def without_trackers(href):
    page, hash_sign, fragment = href.partition("#")
    path, question_mark, query = page.partition("?")
    if not question_mark:
        return href
    kept = [pair for pair in query.split("&") if not TRACKERS.fullmatch(pair.partition("=")[0])]
    query = "&".join(kept)
    return f"{path}?{query}{hash_sign}{fragment}" if query else f"{path}{hash_sign}{fragment}"
