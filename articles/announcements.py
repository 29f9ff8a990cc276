"""What an edition of an article announces in its HTTP headers; desks register what they say."""

from collections.abc import Callable

from django.http import HttpResponse

from articles.addresses import Absolute
from articles.pages import ArticlePage

# ``headers(page, absolute=, has_markup=) -> {name: value}``; ``absolute`` makes an address of a
# path, ``has_markup`` is whether the edition has a head in which the same can be said.
Announcer = Callable[..., dict[str, str]]
_announcers: list[Announcer] = []


def register(announcer: Announcer) -> Announcer:
    """A decorator: from now on every edition carries these headers."""
    if announcer not in _announcers:
        _announcers.append(announcer)
    return announcer


def announce(
    response: HttpResponse, page: ArticlePage, *, absolute: Absolute, has_markup: bool
) -> None:
    """Adds to ``response`` what the desks announce about the article on ``page``."""
    for announcer in _announcers:
        for name, value in announcer(page, absolute=absolute, has_markup=has_markup).items():
            response[name] = value
