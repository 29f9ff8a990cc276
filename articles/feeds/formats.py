"""The formats of a feed by the ending of its address."""

from collections.abc import Callable
from typing import NamedTuple

from articles.feeds import atom, json_feed, rss
from articles.feeds.entries import Feed


class Format(NamedTuple):
    """How a feed is written, and what people call that."""

    name: str
    media_type: str
    render: Callable[[Feed], bytes]
    has_a_stylesheet: bool = True


FORMATS = {
    "rss": Format("RSS", rss.MEDIA_TYPE, rss.render),
    "atom": Format("Atom", atom.MEDIA_TYPE, atom.render),
    "json": Format("JSON Feed", json_feed.MEDIA_TYPE, json_feed.render, has_a_stylesheet=False),
}
