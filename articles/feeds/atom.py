"""Atom 1.0 (RFC 4287) with licence links (4946), pages (5005) and tombstones (6721)."""

from articles.feeds import hint, rss
from articles.feeds.entries import Entry, Feed, Person
from cms.xml import XmlWriter, moment

MEDIA_TYPE = "application/atom+xml"
NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:at": "http://purl.org/atompub/tombstones/1.0",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}
# RFC 4946: the licence is not said here, and is not that of the feed.
NO_LICENCE_SAID = "http://purl.org/atompub/license#unspecified"


def render(feed: Feed) -> bytes:
    """The whole document."""
    xml = XmlWriter()
    xml.stylesheet(feed.stylesheet)
    with xml.within("feed", {**NAMESPACES, "xml:lang": feed.language}):
        xml.element("id", feed.id)
        xml.element("title", feed.title)
        xml.some("subtitle", feed.description)
        hint.write(xml, feed)
        xml.element("updated", moment(max([feed.updated, *(gone.at for gone in feed.gone)])))
        with xml.within("author"):
            xml.element("name", feed.publisher)
        xml.link("link", "alternate", feed.page_url, type="text/html")
        xml.link("link", "self", feed.url, type=MEDIA_TYPE)
        xml.link("link", "first", feed.first_url, type=MEDIA_TYPE)
        xml.link("link", "next", feed.next_url, type=MEDIA_TYPE)
        xml.link("link", "hub", feed.hub_url)
        xml.some("icon", feed.icon_url)
        xml.some("rights", feed.copyright)
        xml.element("generator", "Imprimatur")
        rss.tombstones(xml, feed)
        for entry in feed.entries:
            with xml.within("entry", {"xml:lang": entry.language}):
                _entry(xml, entry)
    return xml.taken()


def _entry(xml: XmlWriter, entry: Entry) -> None:
    xml.element("id", entry.id)
    xml.element("title", entry.title)
    xml.element("published", moment(entry.published))
    xml.element("updated", moment(entry.updated))
    for person in entry.authors:
        _person(xml, "author", person)
    for person in entry.contributors:
        _person(xml, "contributor", person)
    xml.link("link", "alternate", entry.url, type="text/html", hreflang=entry.language)
    xml.link("link", "license", entry.licence or NO_LICENCE_SAID)
    xml.link("link", "via", entry.rights.original_url)
    for category in entry.categories:
        xml.element("category", attributes={"term": category})
    xml.element("rights", entry.rights_in_words)
    for holder in entry.rights.holders:
        xml.element("dcterms:rightsHolder", holder)
    _source(xml, entry)
    xml.some("summary", entry.summary)
    xml.some("content", entry.html, {"type": "html"})
    if entry.photo:
        xml.link(
            "link",
            "enclosure",
            entry.photo.url,
            type=entry.photo.media_type,
            title=entry.photo.credit,
        )
        rss.photo(xml, entry.photo)


def _person(xml: XmlWriter, name: str, person: Person) -> None:
    with xml.within(name):
        xml.element("name", person.name)
        xml.some("uri", person.url)


def _source(xml: XmlWriter, entry: Entry) -> None:
    """Where a copy was first published, as far as we know that place as a feed."""
    rights = entry.rights
    if not rights.source_name:
        return
    with xml.within("source"):
        xml.some("id", rights.source_url)
        xml.element("title", rights.source_name)
        xml.link("link", "alternate", rights.source_url)
        xml.element("rights", rights.copyright_notice)
