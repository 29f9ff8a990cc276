"""RSS 2.0 (RSS Advisory Board): feed in, bytes out."""

from email.utils import format_datetime
from html import escape

from articles.feeds import hint
from articles.feeds.entries import Entry, Feed, Photo
from cms.xml import XmlWriter, moment

MEDIA_TYPE = "application/rss+xml"
NAMESPACES = {
    "xmlns:at": "http://purl.org/atompub/tombstones/1.0",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}
MINUTES_KEPT = "15"


def render(feed: Feed) -> bytes:
    """The whole document."""
    xml = XmlWriter()
    xml.stylesheet(feed.stylesheet)
    with (
        xml.within("rss", {"version": "2.0", **NAMESPACES, "xml:lang": feed.language}),
        xml.within("channel"),
    ):
        xml.element("title", feed.title)
        xml.element("link", feed.page_url)
        xml.element("description", feed.description or feed.title)
        hint.write(xml, feed)
        xml.element("language", feed.language)
        xml.some("copyright", feed.copyright)
        xml.element("lastBuildDate", format_datetime(feed.updated))
        xml.element("generator", "Imprimatur")
        xml.element("ttl", MINUTES_KEPT)
        xml.link("atom:link", "self", feed.url, type=MEDIA_TYPE)
        xml.link("atom:link", "first", feed.first_url, type=MEDIA_TYPE)
        xml.link("atom:link", "next", feed.next_url, type=MEDIA_TYPE)
        xml.link("atom:link", "hub", feed.hub_url)
        tombstones(xml, feed)
        for entry in feed.entries:
            with xml.within("item"):
                _item(xml, entry)
    return xml.taken()


def tombstones(xml: XmlWriter, feed: Feed) -> None:
    """RFC 6721, for both formats: RSS has no word of its own for what is gone."""
    for gone in feed.gone:
        with xml.within("at:deleted-entry", {"ref": gone.id, "when": moment(gone.at)}):
            xml.some("at:comment", gone.notice, {"xml:lang": gone.language})


def _item(xml: XmlWriter, entry: Entry) -> None:
    xml.element("title", entry.title)
    xml.element("link", entry.url)
    xml.element("guid", entry.id, {"isPermaLink": "false"})
    xml.element("pubDate", format_datetime(entry.published))
    xml.element("atom:updated", moment(entry.updated))
    for person in entry.authors:
        xml.element("dc:creator", person.name)
    for person in entry.contributors:
        xml.element("dc:contributor", person.name)
    xml.element("dc:language", entry.language)
    for category in entry.categories:
        xml.element("category", category)
    xml.some("description", _as_html(entry.summary))
    xml.some("content:encoded", entry.html)
    _rights(xml, entry)
    if entry.photo:
        photo(xml, entry.photo)


def _as_html(words: str) -> str:
    """A description is HTML by the specification, so that signs in a plain text are written out."""
    return escape(words, quote=False).replace("\n\n", "<br><br>\n")


def _rights(xml: XmlWriter, entry: Entry) -> None:
    rights = entry.rights
    xml.some("dc:rights", entry.rights_in_words)
    for holder in rights.holders:
        xml.element("dcterms:rightsHolder", holder)
    xml.some("dcterms:license", entry.licence)
    xml.some("creativeCommons:license", entry.creative_commons)
    if rights.source_name and (url := rights.source_url or rights.original_url):
        xml.element("source", rights.source_name, {"url": url})
    xml.link("atom:link", "license", entry.licence)
    xml.link("atom:link", "via", rights.original_url)


def photo(xml: XmlWriter, picture: Photo) -> None:
    """Media RSS, which Atom borrows too."""
    measures = {"width": str(picture.width), "height": str(picture.height)}
    kind = {"type": picture.media_type, "medium": "image"}
    with xml.within("media:content", {"url": picture.url, **kind, **measures}):
        xml.some("media:description", picture.alt, {"type": "plain"})
        xml.some("media:credit", picture.credit, {"role": "photographer", "scheme": "urn:ebu"})
        said = {"url": picture.licence_url} if picture.licence_url else None
        xml.some("media:copyright", picture.copyright_notice, said)
