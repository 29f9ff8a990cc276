"""MLA style, ninth edition: an article of an online newspaper in a list of works cited."""

import re
from datetime import date

from articles.citing import names
from articles.citing.citation import Citation, Name
from articles.citing.runs import Reference, month, quoted, reference, stop, title
from articles.lines import line

_SHORT = {
    "January": "Jan.", "February": "Feb.", "March": "Mar.", "April": "Apr.", "August": "Aug.",
    "September": "Sept.", "October": "Oct.", "November": "Nov.", "December": "Dec.",
}  # fmt: skip
_ARTICLE = re.compile(r"^(?:The|An|A) (?=\S)")


def mla(citation: Citation) -> Reference:
    """Author. “Headline.” *Publication*, translator, day, address. Accessed day. Origin."""
    author = _authors(citation.authors)
    return reference(
        (author, stop(author), " ") if author else (),
        quoted(citation.headline, "."),
        " ",
        title(citation.container),
        _translators(citation.translators),
        f", {day(citation.issued)}" if citation.issued else "",
        f", {_without_scheme(citation.url)}.",
        f" Accessed {day(citation.accessed)}." if citation.accessed else "",
        _origin(citation),
    )


def day(moment: date) -> str:
    """“9 Sept. 2019”: months of more than four letters are cut short."""
    name = month(moment)
    return f"{moment.day} {_SHORT.get(name, name)} {moment.year}"


def _authors(people: tuple[Name, ...]) -> str:
    """The first one turned round; a second; of three and more, the first alone."""
    if not people:
        return ""
    first = _first(people[0])
    if len(people) == 1:
        return first
    if len(people) == 2:
        return f"{first}, and {names.straight(people[1])}"
    return f"{first}, et al."


def _first(name: Name) -> str:
    if name.is_collective:
        return _ARTICLE.sub("", line(name.text))
    return names.inverted(name, keeps_particle=True)


def _translators(people: tuple[Name, ...]) -> str:
    if not people:
        return ""
    told = [names.straight(name) for name in people]
    said = " and ".join(told) if len(told) < 3 else f"{told[0]} et al."
    return f", translated by {said}"


def _without_scheme(url: str) -> str:
    return re.sub(r"^https?://", "", line(url)).rstrip(".")


def _origin(citation: Citation):
    origin = citation.origin
    if origin is None:
        return ()
    dated = f", {day(origin.published_on)}" if origin.published_on else ""
    return (" Originally published in ", title(origin.publication), f"{dated}.")
