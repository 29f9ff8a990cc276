"""The feed of a partner in each format: as the public feeds are written, and what partners need
besides: the version, under which licence, and what is taken back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

from articles.addresses import Absolute
from articles.feeds import atom, json_feed, rss
from articles.feeds.entries import Feed
from cms.xml import moment
from licensing.partners.contents import Contents, Item, TakenBack
from licensing.republishing import ninjs as written_ninjs
from licensing.rights import ninjs
from licensing.rights.wire import cleaned, json_text
from licensing.statements import statement_of

CANCELLED = "canceled"
USABLE = "usable"


@dataclass(frozen=True)
class Told:
    """What a renderer is given: the feed, and what stands behind its entries."""

    feed: Feed
    contents: Contents
    absolute: Absolute


class Format(NamedTuple):
    """How a feed is written, and what people call that."""

    name: str
    media_type: str
    render: Callable[[Told], bytes]
    has_a_stylesheet: bool = False


def _rss(told: Told) -> bytes:
    return rss.render(told.feed)


def _atom(told: Told) -> bytes:
    return atom.render(told.feed)


# --- JSON Feed --------------------------------------------------------------------------------


def _json(told: Told) -> bytes:
    """As JSON Feed has no word for what is gone, it stands there as an item that says so."""
    said = json_feed.document(told.feed)
    for item, row in zip(said["items"], told.contents.items, strict=True):
        item["_imprimatur_partner"] = _partner(row, told)
    said["items"] += [_cancelled(row, told) for row in told.contents.taken_back]
    return json_feed.written(said)


def _partner(row: Item, told: Told) -> dict:
    facts = {
        "about": told.feed.feeds_url,
        "pubstatus": USABLE,
        "version": _version(row),
        "permission": row.decision.grant,
        "whole": row.copy is not None,
        "notes": list(row.copy.asides) if row.copy else [],
    }
    return {name: value for name, value in facts.items() if value not in ("", [])}


def _cancelled(row: TakenBack, told: Told) -> dict:
    return {
        "id": row.gone.id,
        "url": told.absolute(row.path),
        "content_text": row.gone.notice or CANCELLED,
        "date_modified": moment(row.gone.at),
        "language": row.gone.language,
        "_imprimatur_partner": {"about": told.feed.feeds_url, "pubstatus": CANCELLED},
    }


# --- ninjs ------------------------------------------------------------------------------------


def _ninjs(told: Told) -> bytes:
    """A composite item, in which every article is a whole item of its own."""
    feed = told.feed
    items = [
        *(_item(row, told) for row in told.contents.items),
        *(_taken_back(row, told) for row in told.contents.taken_back),
    ]
    said = {
        # A web address, as ninjs wants it, and one that everybody may know.
        "uri": told.absolute(reverse("licensing:partner_feed_borne", args=["ninjs.json"])),
        "standard": ninjs.STANDARD,
        "type": "composite",
        "representationType": "full",
        "pubStatus": USABLE,
        "versionCreated": moment(feed.updated),
        "language": feed.language,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": feed.title}],
        "copyrightNotice": feed.copyright,
        "associations": [
            {**item, "name": f"item-{place}"} for place, item in enumerate(items, start=1)
        ],
    }
    return json_text(cleaned(said)).encode()


def _item(row: Item, told: Told) -> dict:
    if row.copy:
        said = written_ninjs.item(row.copy)
    else:
        statement = statement_of(
            row.page, absolute=told.absolute, rights=row.page.worked_out["rights"]
        )
        # What everybody may have is no matter here: this use gets a summary.
        left_out = ("bodies", "associations")
        whole = ninjs.item(statement)
        said = {name: value for name, value in whole.items() if name not in left_out}
        said["representationType"] = "partial"
        said["usageTerms"] = row.entry.rights_in_words
    said |= {"version": _version(row), "versionCreated": moment(row.entry.updated)}
    said["altIds"] = [*said.get("altIds", []), {"role": "permanent", "value": row.entry.id}]
    return cleaned(said)


def _taken_back(row: TakenBack, told: Told) -> dict:
    return {
        **ninjs.cancelled(told.absolute(row.path)),
        "versionCreated": moment(row.gone.at),
        "altIds": [{"role": "permanent", "value": row.gone.id}],
    }


def _version(row: Item) -> str:
    """Grows with every change, of the text as of its notices."""
    return str(int(row.entry.updated.timestamp()))


FORMATS = {
    "rss": Format("RSS", rss.MEDIA_TYPE, _rss, has_a_stylesheet=True),
    "atom": Format("Atom", atom.MEDIA_TYPE, _atom, has_a_stylesheet=True),
    "json": Format("JSON Feed", json_feed.MEDIA_TYPE, _json),
    "ninjs.json": Format("ninjs", ninjs.MEDIA_TYPE, _ninjs),
}
