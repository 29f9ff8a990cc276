"""OPML 2.0: the feeds of the site in one file, which feed readers take over at once."""

from articles.addresses import Absolute
from articles.feeds.directory import Group, ListedFeed
from cms.xml import XmlWriter

MEDIA_TYPE = "text/x-opml"
# The one of the three formats that every reader knows.
ENDING = "rss"


def render(groups: list[Group], *, title: str, absolute: Absolute) -> bytes:
    """The whole document."""
    xml = XmlWriter()
    with xml.within("opml", {"version": "2.0"}):
        with xml.within("head"):
            xml.element("title", title)
            xml.element("docs", "http://opml.org/spec2.opml")
        with xml.within("body"):
            for group in groups:
                with xml.within("outline", {"text": group.label}):
                    for feed in group.feeds:
                        xml.element("outline", attributes=_outline(feed, absolute))
    return xml.taken()


def _outline(feed: ListedFeed, absolute: Absolute) -> dict[str, str]:
    return {
        "type": "rss",
        "text": feed.name,
        "title": feed.name,
        "xmlUrl": absolute(feed.paths[ENDING]),
        "htmlUrl": absolute(feed.page),
    }
