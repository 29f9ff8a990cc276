"""JSON Feed 1.1: feed in, bytes out; rights and credits in extensions of our own."""

import json

from articles.feeds.entries import Entry, Feed, Person
from cms.xml import legible, moment

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def render(feed: Feed) -> bytes:
    """The whole document."""
    return written(document(feed))


def written(said: dict) -> bytes:
    """A document as it goes over the wire."""
    return json.dumps(_legible(said), ensure_ascii=False, indent=1).encode()


def document(feed: Feed) -> dict:
    """What stands in it."""
    said = _kept(
        version=VERSION,
        title=feed.title,
        home_page_url=feed.page_url,
        feed_url=feed.url,
        description=feed.description,
        user_comment=feed.what_it_is,
        next_url=feed.next_url,
        icon=feed.icon_url,
        language=feed.language,
        authors=[{"name": feed.publisher}],
        hubs=[{"type": "WebSub", "url": feed.hub_url}] if feed.hub_url else None,
        _imprimatur_rights=_kept(about=feed.feeds_url, copyright=feed.copyright),
    )
    said["items"] = [_item(entry, feed) for entry in feed.entries]
    return said


def _item(entry: Entry, feed: Feed) -> dict:
    photo = entry.photo
    text = {"content_html": entry.html} if entry.html else {}
    if not text:
        text = {"content_text": entry.summary or entry.headline}
    return _kept(
        id=entry.id,
        url=entry.url,
        external_url=entry.rights.original_url,
        title=entry.title,
        **text,
        summary=entry.summary if entry.html else "",
        image=photo.url if photo else "",
        date_published=moment(entry.published),
        date_modified=moment(entry.updated),
        authors=[_person(person) for person in entry.authors],
        tags=list(entry.categories),
        language=entry.language,
        _imprimatur_rights=_rights(entry, feed),
        _imprimatur_credits=_credits(entry, feed),
    )


def _rights(entry: Entry, feed: Feed) -> dict:
    rights = entry.rights
    return _kept(
        about=feed.feeds_url,
        copyright=rights.copyright_notice,
        notice=rights.notice,
        holders=list(rights.holders),
        license=rights.licence_url,
        terms=rights.terms_url,
        acquire=rights.acquire_url,
        details=rights.rights_url,
        source=_kept(name=rights.source_name, url=rights.source_url),
    )


def _credits(entry: Entry, feed: Feed) -> dict | None:
    """Who else had a part, and who made the picture; nothing where there is nobody."""
    photo = entry.photo
    found = _kept(
        contributors=[_person(one) | {"role": one.role} for one in entry.contributors],
        image=_kept(
            alt=photo.alt,
            caption=photo.caption,
            credit=photo.credit,
            copyright=photo.copyright_notice,
            license=photo.licence_url,
        )
        if photo
        else None,
    )
    return {"about": feed.feeds_url, **found} if found else None


def _person(person: Person) -> dict:
    return _kept(name=person.name, url=person.url)


def _kept(**facts) -> dict:
    """Those that say something."""
    return {name: value for name, value in facts.items() if value}


def _legible(value):
    """Without the characters that the XML formats leave out too."""
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, list):
        return [_legible(one) for one in value]
    if isinstance(value, dict):
        return {name: _legible(one) for name, one in value.items()}
    return value
