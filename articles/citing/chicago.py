"""Chicago style, eighteenth edition, notes and bibliography: a news article with its address."""

from articles.citing import names
from articles.citing.citation import Citation, Name
from articles.citing.runs import Reference, american, quoted, reference, stop, title
from articles.lines import line

# Of more than so many, "et al." stands for all but the first ones: in a note, in a bibliography.
_MOST_IN_A_NOTE = 2
_MOST_IN_A_BIBLIOGRAPHY = 6
_FIRST_IN_A_BIBLIOGRAPHY = 3


def note(citation: Citation) -> Reference:
    """Author, “Headline,” trans. translator, *Publication*, day, address; origin."""
    author = _in_a_note(citation.authors)
    translators = _in_a_note(citation.translators)
    return reference(
        f"{author}, " if author else "",
        quoted(citation.headline, ","),
        " ",
        f"trans. {translators}, " if translators else "",
        title(citation.container),
        _dated(citation),
        f", {line(citation.url)}",
        _origin(citation, "; originally published in "),
        ".",
    )


def bibliography(citation: Citation) -> Reference:
    """Author. “Headline.” Translated by translator. *Publication*, day. Address. Origin."""
    author = _in_a_bibliography(citation.authors)
    container = title(citation.container)
    # Unsigned, the publication stands where the author would.
    lead = (author, stop(author), " ") if author else (container, stop(container.text), " ")
    place = (" ", container, _dated(citation)) if author else (" ", _dated(citation).lstrip(", "))
    translators = _listed([names.straight(name) for name in citation.translators])
    origin = _origin(citation, " Originally published in ")
    dated = citation.issued or author
    return reference(
        lead,
        quoted(citation.headline, "."),
        f" Translated by {translators}{stop(translators)}" if translators else "",
        (place, ".") if dated else (),
        f" {line(citation.url)}.",
        (origin, ".") if origin else (),
    )


def _dated(citation: Citation) -> str:
    return f", {american(citation.issued)}" if citation.issued else ""


def _in_a_note(people: tuple[Name, ...]) -> str:
    told = [names.straight(name) for name in people]
    return f"{told[0]} et al." if len(told) > _MOST_IN_A_NOTE else _listed(told)


def _in_a_bibliography(people: tuple[Name, ...]) -> str:
    if not people:
        return ""
    first, *others = people
    told = [names.inverted(first, keeps_particle=False), *map(names.straight, others)]
    if len(told) > _MOST_IN_A_BIBLIOGRAPHY:
        return f"{', '.join(told[:_FIRST_IN_A_BIBLIOGRAPHY])}, et al."
    return _listed(told, comma_before_the_last=True)


def _listed(told: list[str], *, comma_before_the_last: bool = False) -> str:
    if len(told) < 2:
        return "".join(told)
    comma = "," if comma_before_the_last or len(told) > 2 else ""
    return f"{', '.join(told[:-1])}{comma} and {told[-1]}"


def _origin(citation: Citation, lead: str):
    origin = citation.origin
    if origin is None:
        return ()
    day = origin.published_on
    return (lead, title(origin.publication), f", {american(day)}" if day else "")
