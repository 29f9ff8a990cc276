"""How feed readers and search engines read what we write; no code is shared with a renderer."""

import json
from functools import cache
from pathlib import Path

import feedparser
from jsonschema import Draft202012Validator
from lxml import etree

DATA = Path(__file__).parent / "data"
NAMESPACES = {
    "at": "http://purl.org/atompub/tombstones/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "cc": "http://backend.userland.com/creativeCommonsRssModule",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
# What RSS 2.0 knows below a channel and below an item, in its own namespace.
CHANNEL = {
    "title", "link", "description", "language", "copyright", "lastBuildDate", "generator", "ttl",
    "item",
}  # fmt: skip
ITEM = {"title", "link", "guid", "pubDate", "description", "category", "source"}
ONCE = {"title", "link", "guid", "pubDate", "description", "source"}


@cache
def _schema(name: str):
    tree = etree.parse(DATA / name)
    return etree.RelaxNG(tree) if name.endswith(".rng") else etree.XMLSchema(tree)


def xml(content: bytes) -> etree._Element:
    """The document; well formed, or the parser raises."""
    return etree.fromstring(content)


def found(tree: etree._Element, path: str) -> list:
    """Elements, or texts and attributes where the path ends in one."""
    return tree.xpath(path, namespaces=NAMESPACES)


def check(content: bytes, schema: str) -> etree._Element:
    """The document, which obeys the schema of this name in ``tests/data``."""
    tree, rules = xml(content), _schema(schema)
    assert rules.validate(tree), rules.error_log
    return tree


def check_atom(content: bytes) -> etree._Element:
    """RFC 4287: the grammar, and what the grammar cannot say."""
    tree = check(content, "atom.rng")
    assert len(found(tree, "/atom:feed/atom:link[@rel='self']")) == 1
    has_author = bool(found(tree, "/atom:feed/atom:author"))
    for entry in found(tree, "/atom:feed/atom:entry"):
        assert has_author or found(entry, "atom:author")
        alternates = found(entry, "atom:link[@rel='alternate']")
        assert len(alternates) == 1
        kinds = [(link.get("type"), link.get("hreflang")) for link in alternates]
        assert len(set(kinds)) == len(kinds)
    ids = found(tree, "//atom:entry/atom:id/text()")
    assert len(set(ids)) == len(ids)
    return tree


def check_rss(content: bytes) -> etree._Element:
    """RSS 2.0, by the rules of its advisory board."""
    tree = xml(content)
    assert tree.tag == "rss" and tree.get("version") == "2.0"
    (channel,) = tree
    assert {"title", "link", "description"} <= _own(channel) <= CHANNEL
    assert len(found(channel, "atom:link[@rel='self']")) == 1
    for item in found(channel, "item"):
        names = [child.tag for child in item if "{" not in child.tag]
        assert set(names) <= ITEM
        assert [name for name in ONCE if names.count(name) > 1] == []
        assert found(item, "guid/@isPermaLink") == ["false"]
        assert len(found(item, "source")) == len(found(item, "source/@url"))
    return tree


def _own(element) -> set[str]:
    return {child.tag for child in element if isinstance(child.tag, str) and "{" not in child.tag}


def check_json(content: bytes) -> dict:
    """JSON Feed 1.1."""
    said = json.loads(content)
    Draft202012Validator(json.loads((DATA / "json_feed_1_1.json").read_text())).validate(said)
    return said


def parsed(content: bytes) -> feedparser.FeedParserDict:
    """RSS or Atom, as feedparser reads it; without a complaint."""
    answer = feedparser.parse(content)
    assert not answer.bozo, answer.bozo_exception
    return answer


CHECKS = {"rss": check_rss, "atom": check_atom, "json": check_json}


def ids(content: bytes, ending: str) -> list[str]:
    """What stands in the feed, in its order, once it has been checked."""
    said = CHECKS[ending](content)
    if ending == "json":
        return [item["id"] for item in said["items"]]
    return found(said, {"rss": "//item/guid/text()", "atom": "//atom:entry/atom:id/text()"}[ending])
