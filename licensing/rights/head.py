"""An article's rights in the head of its page and in its HTTP headers.

One ``rel="license"`` in the HTML, for people: readers of RDFa and microformats take every one of
them for the licence, whatever its type (so RSL is named by headers and robots.txt alone).
"""

from typing import NamedTuple

from licensing.rights import rsl, tdmrep
from licensing.rights.statement import Statement
from licensing.rights.wire import address, line, moment

HAS_POLICY = "http://www.w3.org/ns/odrl/2/hasPolicy"
ODRL_TYPE = "application/ld+json"


class Tag(NamedTuple):
    """A void element of the head; whoever prints it escapes the values."""

    name: str
    attributes: dict[str, str]


def head(statement: Statement) -> list[Tag]:
    """Links and meta elements about rights. The canonical link is the page's own business."""
    tags = []
    if licence := address(statement.named_licence):
        tags.append(_link("license", licence))
    if policy := address(statement.odrl_url):
        tags.append(_link(HAS_POLICY, policy, ODRL_TYPE))
    return [*tags, *_robots(statement), *_citation(statement)]


def headers(statement: Statement) -> dict[str, str]:
    """For the page itself: ``Link`` (RFC 8288) and the TDM reservation, in ASCII without breaks."""
    links = (
        (statement.named_licence, "license", "text/html"),
        (statement.rsl_url, "license", rsl.MEDIA_TYPE),
        (statement.odrl_url, HAS_POLICY, ODRL_TYPE),
    )
    said = [
        f'<{target}>; rel="{rel}"; type="{kind}"'
        for url, rel, kind in links
        if (target := address(url))
    ]
    found = {"Link": ", ".join(said)} if said else {}
    return found | tdmrep.headers(statement)


def headers_without_markup(statement: Statement) -> dict[str, str]:
    """For a PDF or JSON of the article: the same, and what the meta elements tell the robots."""
    return headers(statement) | {"X-Robots-Tag": ", ".join(_robots_header(statement))}


def _link(rel: str, href: str, kind: str = "") -> Tag:
    return Tag("link", {"rel": rel, "href": href} | ({"type": kind} if kind else {}))


def _meta(name: str, content: object) -> Tag:
    return Tag("meta", {"name": name, "content": line(content)})


def _rules(statement: Statement) -> list[str]:
    """What every robot is told; the most restrictive of several rules counts."""
    rules = ["noindex"] if statement.is_kept_from_search else []
    # A large preview is a use of its own; what belongs to others gets the usual small one.
    size = "standard" if statement.is_carried or statement.is_fair_use else "large"
    rules.append(f"max-image-preview:{size}")
    if statement.expires_at:
        rules.append(f"unavailable_after: {moment(statement.expires_at)}")
    return rules


def _kept_from(statement: Statement) -> str:
    """The Google robot that the agreement with the source is about (Publisher Center 9606800)."""
    if statement.is_kept_from_search:
        return "googlebot"
    return "googlebot-news" if statement.keeps_out_of_search == "news" else ""


def _robots(statement: Statement) -> list[Tag]:
    tags = [_meta("robots", ", ".join(_rules(statement)))]
    if robot := _kept_from(statement):
        tags.append(_meta(robot, "noindex"))
    return tags


def _robots_header(statement: Statement) -> list[str]:
    robot = _kept_from(statement)
    return [*_rules(statement), *([f"{robot}: noindex"] if robot else [])]


def _citation(statement: Statement) -> list[Tag]:
    """Dublin Core and Highwire names as Zotero reads them.

    ``DC.type`` makes it a newspaper article; ``citation_title`` would make it a journal's.
    """
    names = [name for name, _ in statement.authors]
    published = statement.published_at
    pairs = [
        ("DC.type", "newspaperArticle"),
        ("DC.title", statement.marked_headline or statement.headline),
        *(("DC.creator", name) for name in names),
        ("DC.date", published.date().isoformat() if published else ""),
        ("DC.publisher", statement.site_name),
        ("DC.language", statement.language),
        ("DC.rights", statement.copyright_notice),
        ("DC.source", address(statement.source_url)),
        *(("citation_author", name) for name in names),
        ("citation_publication_date", f"{published:%Y/%m/%d}" if published else ""),
        ("citation_public_url", address(statement.url)),
    ]
    return [_meta(name, content) for name, content in pairs if line(content)]
