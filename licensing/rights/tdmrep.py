"""Text and data mining: whether it is reserved, and whom to ask (W3C TDM Reservation Protocol).

Final report of the community group; the reservation is that of directive (EU) 2019/790, article
4(3). Three places say it: a file for the site, headers for each page, and an offer in ODRL.
"""

from collections.abc import Iterable

from licensing.rights.statement import PageRights, SiteRights, Statement
from licensing.rights.wire import address, cleaned, line, mail_address, path_of

WELL_KNOWN_TYPE = "application/json"
POLICY_TYPE = "application/ld+json"
PROFILE = "http://www.w3.org/ns/tdmrep"
CONTEXT = ["http://www.w3.org/ns/odrl.jsonld", "http://www.w3.org/ns/tdmrep.jsonld"]
MOST_EXCEPTIONS = 5_000


def well_known(site: SiteRights, exceptions: Iterable[PageRights] = ()) -> list[dict]:
    """``/.well-known/tdmrep.json``: an array, for the first match counts; the site comes last.

    ``exceptions`` come newest first. Those that reserve what the site gives free are all named; of
    those that are freer than the site MOST_EXCEPTIONS are, for the others lose nothing but a hint.
    """
    entries, room = [], MOST_EXCEPTIONS
    for page in exceptions:
        if page.is_mining_reserved == site.is_mining_reserved:
            continue
        if not page.is_mining_reserved:
            if not room:
                continue
            room -= 1
        entries.append(_entry(path_of(page.url), page))
    # An article's path takes its print edition and its PDF along.
    return [*entries, _entry("/", site)]


def headers(statement: Statement) -> dict[str, str]:
    """The headers of one page. A page always says it: a file elsewhere is easily not read."""
    found = {"tdm-reservation": str(int(statement.is_mining_reserved))}
    if statement.is_mining_reserved and (policy := address(statement.tdm_policy_url)):
        found["tdm-policy"] = policy
    return found


def tdm_policy(site: SiteRights) -> dict:
    """``/rights/tdm-policy.json``: who wants to mine asks the desk."""
    return cleaned(
        {
            "@context": CONTEXT,
            "@type": "Offer",
            "profile": PROFILE,
            "uid": address(site.tdm_policy_url),
            "assigner": {
                "uid": address(site.url),
                "vcard:fn": line(site.name),
                "vcard:hasEmail": mail_address(site.desk.contact),
                "vcard:hasURL": address(site.acquire_url) or address(site.policy_url),
            },
            "permission": [
                {
                    "target": address(site.url),
                    "action": "tdm:mine",
                    "duty": [{"action": "obtainConsent"}],
                }
            ],
        }
    )


def _entry(path: str, rights: SiteRights | PageRights) -> dict:
    entry = {"location": f"{path}*", "tdm-reservation": int(rights.is_mining_reserved)}
    if rights.is_mining_reserved and (policy := address(rights.tdm_policy_url)):
        entry["tdm-policy"] = policy
    return entry
