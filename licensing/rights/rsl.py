"""The site's terms for automated use in RSL 1.0 (Really Simple Licensing): ``/license.xml``.

Recommendation RSL-SPEC-1.0. ``permits`` is a closed list and a prohibition beats a permission, so
no use stands in both. Never a ``server`` attribute: it would make a licence token a condition of
reading. Tokens are separated by blanks.
"""

from collections.abc import Iterable
from xml.etree import ElementTree

from licensing.rights.conditions import EASINGS, Condition, Kind
from licensing.rights.licences import licence_at
from licensing.rights.statement import PageRights, SiteRights
from licensing.rights.vocabulary import MACHINE_USES, Use, Verdict
from licensing.rights.wire import address, line, mail_address, path_of

MEDIA_TYPE = "application/rsl+xml"
NAMESPACE = "https://rslstandard.org/rsl"
# A withdrawn permission must not live on in caches; the standard's own default is thirty days.
MAX_AGE_DAYS = 1
MOST_EXCEPTIONS = 5_000
TOKENS = {
    Use.SEARCH_INDEX: ("search",),
    Use.AI_INPUT: ("ai-input", "ai-index"),
    Use.AI_TRAINING: ("ai-train",),
}
_AI = frozenset({Use.AI_INPUT, Use.AI_TRAINING})


def license_xml(site: SiteRights, exceptions: Iterable[PageRights] = ()) -> bytes:
    """The site's default under ``/``, and the articles whose answer or licence differs, or that
    others hold the rights in.

    ``exceptions`` come newest first. An article that permits less than the site is always named;
    of the others MOST_EXCEPTIONS are, and the rest fall under the site's stricter default. A path
    takes everything beneath it along (RFC 9309), so the print edition and the PDF need no line.
    """
    root = ElementTree.Element("rsl", {"xmlns": NAMESPACE, "max-age": str(MAX_AGE_DAYS)})
    root.append(_content("/", site, site))
    usual, room = _answer(site), MOST_EXCEPTIONS
    for page in exceptions:
        if _answer(page) == usual:
            continue
        if not _is_stricter(page, site):
            if not room:
                continue
            room -= 1
        root.append(_content(path_of(page.url), page, site))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _permits(rights: SiteRights | PageRights, use: Use) -> bool:
    if use is Use.SEARCH_INDEX and rights.is_kept_from_search:
        return False
    return rights.verdict(use) is Verdict.GRANTED


def _prohibits(rights: SiteRights | PageRights, use: Use) -> bool:
    """What is not permitted to an AI is prohibited: careless readers see nothing but a list."""
    return not _permits(rights, use) if use in _AI else rights.is_kept_from_search


def _demands(rights: SiteRights | PageRights, use: Use) -> tuple[Condition, ...]:
    return tuple(entry for entry in rights.conditions(use) if entry.kind not in EASINGS)


def _answer(rights: SiteRights | PageRights) -> tuple:
    """What two rights have to share to be one line of the file."""
    uses = tuple(
        (_permits(rights, use), _prohibits(rights, use), _demands(rights, use))
        for use in MACHINE_USES
    )
    return uses, rights.named_licence, rights.holders if rights.is_carried else ()


def _is_stricter(page: PageRights, site: SiteRights) -> bool:
    return any(
        _permits(site, use)
        and (not _permits(page, use) or set(_demands(page, use)) - set(_demands(site, use)))
        for use in MACHINE_USES
    )


# --- Elements ---------------------------------------------------------------------------------


def _content(path: str, rights: SiteRights | PageRights, site: SiteRights) -> ElementTree.Element:
    content = ElementTree.Element("content", {"url": path})
    permitted = [use for use in MACHINE_USES if _permits(rights, use)]
    if len(permitted) == len(MACHINE_USES):
        groups = [permitted]
    else:
        # Apart, for a payment prices every use that its licence permits, search too.
        free = [use for use in permitted if not _demands(rights, use)]
        bound = [use for use in permitted if _demands(rights, use)]
        groups = [group for group in (free, bound) if group] or [[]]
    for group in groups:
        content.append(_licence(group, rights, site))
    _copyright(content, rights, site)
    _add(content, "terms", address(rights.named_licence) or address(site.policy_url))
    return content


def _licence(
    uses: list[Use], rights: SiteRights | PageRights, site: SiteRights
) -> ElementTree.Element:
    licence = ElementTree.Element("license")
    _add(licence, "permits", _tokens(uses), type="usage")
    demands = {entry.kind for use in uses for entry in _demands(rights, use)}
    if Kind.NON_COMMERCIAL in demands:
        _add(licence, "permits", "non-commercial", type="user")
    prohibited = [use for use in MACHINE_USES if _prohibits(rights, use)]
    _add(licence, "prohibits", _tokens(prohibited), type="usage")
    if demands:
        payment = ElementTree.SubElement(licence, "payment", {"type": "attribution"})
        public = licence_at(rights.named_licence)
        terms = address(rights.named_licence) or address(site.policy_url)
        _add(payment, "standard" if public else "custom", public.url if public else terms)
    contact = mail_address(site.desk.contact) or address(site.acquire_url)
    _add(licence, "legal", contact, type="contact")
    return licence


def _tokens(uses: list[Use]) -> str:
    if len(uses) == len(MACHINE_USES):
        return "all"
    if set(uses) == _AI:
        return "ai-all"
    return " ".join(token for use in uses for token in TOKENS[use])


def _copyright(
    content: ElementTree.Element, rights: SiteRights | PageRights, site: SiteRights
) -> None:
    facts = {}
    if rights.holders == site.holders:
        # Of other holders we know the name, not whether it is a person, and speak for none.
        facts = {"type": "organization", "contactUrl": address(site.acquire_url)}
        facts["contactEmail"] = mail_address(site.desk.contact).removeprefix("mailto:")
    named = ", ".join(line(holder) for holder in rights.holders)
    _add(content, "copyright", named, **{name: fact for name, fact in facts.items() if fact})


def _add(parent: ElementTree.Element, tag: str, text: str, **attributes: str) -> None:
    if text:
        ElementTree.SubElement(parent, tag, attributes).text = text
