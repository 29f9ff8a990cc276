"""In which other languages a reader can go on from a page, and where.

Plain addresses, worked out from the page's own: nothing is remembered about the reader, and no row
is read that the page has not read already.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import iri_to_uri

from articles import addresses, languages

# Pages around the articles, which are there once for each language.
SPOKEN = frozenset({"site", "rights"})
# A longer question is not repeated in five addresses.
LONGEST_QUESTION = 2000


class Way(NamedTuple):
    """A page in a language: the code of the language, and the address."""

    language: str
    url: str
    is_current: bool = False


class Switch(NamedTuple):
    """``same``: this very page in each language that it is there in. ``front``: the front page, in
    the others.
    """

    same: tuple[Way, ...]
    front: tuple[Way, ...]


def shipped() -> list[str]:
    """The languages of the interface, in their order."""
    return [code for code, _name in settings.LANGUAGES]


def switch(request, *, page=None, is_lost: bool = False) -> Switch:
    """The ways from where ``request`` leads. ``page``: the article's, if one is shown;
    ``is_lost``: nothing is there.
    """
    match = request.resolver_match
    speaks = translation.get_language()
    if match is None or is_lost:
        return Switch((), _fronts(shipped(), speaks))
    if match.namespace in SPOKEN:
        question = iri_to_uri(request.META.get("QUERY_STRING", ""))
        question = f"?{question}" if 0 < len(question) <= LONGEST_QUESTION else ""
        return Switch(
            tuple(
                Way(code, url + question, code == speaks)
                for code, url in _everywhere(match).items()
            ),
            (),
        )
    if "token" in match.kwargs:
        # Whoever has a secret link speaks the language of the letter that brought it.
        return Switch((), ())
    same = _translated(match, page) if page else ()
    reached = {languages.spoken(way.language) for way in same}
    return Switch(same, _fronts([code for code in shipped() if code not in reached], speaks))


def alternates(request) -> list[tuple[str, str]]:
    """(language, whole address) of this page in every language, for machines; with the address
    for all others, ``x-default``. Only pages around the articles have them.
    """
    match = request.resolver_match
    if match is None or match.namespace not in SPOKEN:
        return []
    everywhere = _everywhere(match)
    named = [*everywhere.items(), ("x-default", everywhere[settings.LANGUAGE_CODE])]
    return [(code, addresses.absolute(request, url)) for code, url in named]


def _everywhere(match) -> dict[str, str]:
    """The address of the page that ``match`` found, in every language."""
    found = {}
    for code in shipped():
        with translation.override(code):
            found[code] = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    return found


def _translated(match, page) -> tuple[Way, ...]:
    """The article and its translations, each in the edition that is being read."""
    if not page.translations:
        return ()

    def edition(slug: str) -> str:
        return reverse(match.view_name, kwargs={**match.kwargs, "slug": slug})

    article = page.article
    others = [Way(other.language, edition(other.slug)) for other in page.translations]
    here = Way(article.language, edition(article.slug), is_current=True)
    return tuple(sorted([here, *others], key=_by_place))


def _by_place(way: Way) -> tuple[int, str]:
    """Languages of the interface in their order, then the others."""
    known = shipped()
    return (known.index(way.language) if way.language in known else len(known), way.language)


def _fronts(codes: Iterable[str], speaks: str) -> tuple[Way, ...]:
    found = []
    for code in codes:
        with translation.override(code):
            found.append(Way(code, reverse("site:home"), code == speaks))
    return tuple(found)
