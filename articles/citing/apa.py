"""APA style, seventh edition: an article of an online newspaper in a list of references."""

from articles.citing import names
from articles.citing.citation import Citation, Name
from articles.citing.runs import Reference, Run, month, plain, reference, stop, title, words
from articles.lines import line

# Of more authors than this the first nineteen are named, and the last.
_MOST = 20
_BEFORE_THE_GAP = 19


def apa(citation: Citation) -> Reference:
    """Author. (Date). Headline. *Publication*. Address (Original work published year)."""
    said = [words(citation.headline)]
    if citation.translators:
        said.append(Run(f" ({_listed(citation.translators, names_of=_initials_first)}, Trans.)."))
    said.append(Run(stop(plain(said))))
    author = _listed(citation.authors)
    dated = f"({_day(citation)})."
    # Unsigned, the headline stands where the author would.
    lead = (author, stop(author), f" {dated} ", said) if author else (said, f" {dated}")
    container = title(citation.container)
    return reference(
        lead,
        " ",
        container,
        stop(container.text),
        f" {line(citation.url)}",
        _first_published(citation),
    )


def _day(citation: Citation) -> str:
    day = citation.issued
    return f"{day.year}, {month(day)} {day.day}" if day else "n.d."


def _first_published(citation: Citation) -> str:
    day = citation.origin.published_on if citation.origin else None
    return f" (Original work published {day.year})" if day else ""


def _initials_first(name: Name) -> str:
    """“T. Lind”, as a translator is named."""
    found = names.parts(name)
    if found.literal:
        return found.literal
    family = " ".join(part for part in (found.particle, found.family, found.suffix) if part)
    return " ".join(part for part in (names.initials(found.given), family) if part)


def _listed(people: tuple[Name, ...], names_of=names.initialled) -> str:
    told = [names_of(name) for name in people]
    if len(told) > _MOST:
        return f"{', '.join(told[:_BEFORE_THE_GAP])}, . . . {told[-1]}"
    if len(told) < 2:
        return "".join(told)
    if len(told) == 2 and (names_of is _initials_first or _are_collectives(people)):
        return " & ".join(told)
    return f"{', '.join(told[:-1])}, & {told[-1]}"


def _are_collectives(people: tuple[Name, ...]) -> bool:
    return all(name.is_collective for name in people)
