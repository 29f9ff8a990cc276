"""A few words of XHTML inside an XML feed, for a person who has opened it in a browser."""

from articles.feeds.entries import Feed
from cms.xml import XmlWriter

XHTML = "http://www.w3.org/1999/xhtml"


def write(xml: XmlWriter, feed: Feed) -> None:
    """What a feed is, and where the page and the other feeds are. Feed readers pass over it."""
    with xml.within("xhtml:div", {"xmlns:xhtml": XHTML, "class": "hint"}):
        xml.element("xhtml:p", feed.what_it_is)
        with xml.within("xhtml:p"):
            xml.element("xhtml:a", feed.page_label, {"href": feed.page_url})
            xml.element("xhtml:a", feed.feeds_label, {"href": feed.feeds_url})
