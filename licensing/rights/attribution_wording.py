"""The words of a line of attribution: templates, what may stand in them, the house's own.

A template is plain text, one sentence or more a line. ``{author}`` and its like are filled in; a
passage in square brackets is left out where something in it is unknown, and so is a whole line
where something outside of brackets is. Nothing in a template is ever executed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from licensing.rights.attribution_links import address
from licensing.rights.attribution_marks import Run, name
from licensing.rights.attribution_words import spoken_date
from licensing.rights.attribution_works import Form, Part, PictureCredit, Variant, Work, names
from licensing.rights.marking import marked as _
from licensing.rights.vocabulary import Sentence

# Placeholder → what it says; the order is that of the list an editor is shown.
PLACEHOLDERS = {
    "headline": _("the headline"),
    "author": _("the authors"),
    "source": _("who published it first, linked to the article there"),
    "house": _("the house, where somebody else published it first, linked to the article here"),
    "url": _("the address of the article here"),
    "original_url": _("its address where it was first published"),
    "date": _("the day of first publication"),
    "copyright": _("© with holders and year"),
    "licence": _("the licence, linked"),
    "grant": _("the number of the permission"),
    "terms": _("the terms it is taken under"),
    "translators": _("who translated the text we publish"),
    "language": _("the language of the text we publish"),
    "outlet": _("who republishes it"),
    "translated_by": _("who translated this version"),
    "edited_by": _("who edited this version"),
    "changes": _("what was changed"),
}
# The templates of a publication → what each is called.
FIELDS = {
    "web": _("line for the web"),
    "print_line": _("line for print"),
    "broadcast": _("line for broadcast"),
    "translated": _("line for translations"),
    "edited": _("line for edited versions"),
}
MAX_TEMPLATE = 2_000
# What cannot be said aloud.
MUTE = ("url", "original_url")

WEB = """\
This article[ by {author}] was originally published by {source}[ on {date}].\
[ It is republished here from {house}.][ Translated by {translators}.]
Copyright {copyright}.
[Republished here under {licence}.][ Permission no. {grant}.]"""
PRINT = """\
[“{headline}”][ by {author}]
Originally published by {source}[ on {date}].[ Taken from {house}.]\
[ Translated by {translators}.]
Copyright {copyright}.
Reprinted with permission[ no. {grant}][ under {licence}]."""
BROADCAST = """\
Reporting by {author}, published in {source}[ on {date}].[ It reached us through {house}.]\
[ Translated by {translators}.]"""
TRANSLATED = """\
Translated[ from {language}] by {translated_by}; the original appeared in {source}."""
EDITED = """\
This version was edited[ by {edited_by}][: {changes}].[ Read the original at {url}.]"""
HOUSE_WORDING = {
    "web": WEB,
    "print_line": PRINT,
    "broadcast": BROADCAST,
    "translated": TRANSLATED,
    "edited": EDITED,
}
# What is added where the template, for this one work, does not come to say a part.
ADDED = {
    Part.SOURCE: "Originally published by {source}[ on {date}].",
    Part.HOUSE: "Taken from {house}.",
    Part.AUTHOR: "By {author}.",
    Part.TRANSLATOR: "[Translated by {translators}.][ This version: {translated_by}.]",
    Part.COPYRIGHT: "Copyright {copyright}.",
    Part.LINK: "Read the original at {url}.",
    Part.FOLLOWED: "Read the original at {url}.",
    Part.ORIGINAL_LINK: "It first appeared at {original_url}.",
    Part.LICENCE: "Licence: {licence}.",
    Part.GRANT: "Permission no. {grant}.",
    Part.CHANGES: EDITED,
}
BRACKETS = re.compile(r"([\[\]])")


class Slot(str):
    """A placeholder among the words of a template."""

    __slots__ = ()


@dataclass(frozen=True)
class Passage:
    """Words and slots that stand or fall together."""

    pieces: tuple[str, ...]
    is_optional: bool = False

    @property
    def slots(self) -> tuple[str, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Slot))


class TemplateIsBroken(ValueError):
    """A template that cannot be read. ``sentence`` says why, for a person."""

    def __init__(self, sentence: Sentence):
        super().__init__(str(sentence))
        self.sentence = sentence


@lru_cache(maxsize=512)
def parsed(template: str) -> tuple[tuple[Passage, ...], ...]:
    """The lines of ``template``, each as its passages. Raises TemplateIsBroken."""
    if len(template) > MAX_TEMPLATE:
        limit = f"{MAX_TEMPLATE:,}"
        raise TemplateIsBroken(
            Sentence("It is longer than {limit} characters.", (("limit", limit),))
        )
    return tuple(
        tuple(_passages(_pieces(line.strip()))) for line in template.splitlines() if line.strip()
    )


def _pieces(line: str) -> list[str]:
    """Words, brackets and slots, in order."""
    try:
        fields = list(Formatter().parse(line))
    except ValueError:
        raise TemplateIsBroken(
            Sentence("A brace is open or closed alone; a brace that is meant is written twice.")
        ) from None
    pieces: list[str] = []
    for words, field, specification, conversion in fields:
        pieces += [piece for piece in BRACKETS.split(words) if piece]
        if field is None:
            continue
        if field not in PLACEHOLDERS or specification or conversion:
            mark = f"!{conversion}" if conversion else f":{specification}" if specification else ""
            raise TemplateIsBroken(
                Sentence("There is no placeholder {name}.", (("name", f"{{{field}{mark}}}"),))
            )
        pieces.append(Slot(field))
    return pieces


def _passages(pieces: list[str]):
    """Bracketed passages with a slot are optional; brackets around mere words are words."""
    start = 0
    while start < len(pieces):
        end = start + 1
        if pieces[start] == "[":
            end = pieces.index("]", start) + 1 if "]" in pieces[start:] else end
            inside = tuple(pieces[start + 1 : end - 1])
            if any(isinstance(piece, Slot) for piece in inside):
                yield Passage(inside, is_optional=True)
                start = end
                continue
            end = max(end, start + 1)
        else:
            while end < len(pieces) and pieces[end] != "[":
                end += 1
        yield Passage(tuple(pieces[start:end]))
        start = end


def slots(template: str) -> frozenset[str]:
    """The placeholders in ``template``. Raises TemplateIsBroken."""
    return frozenset(
        slot for line in parsed(template) for passage in line for slot in passage.slots
    )


def filled(template: str, values: Mapping[str, tuple[Run, ...]]) -> list[list[Run]]:
    """The lines of ``template`` that have something to say, as runs. Raises TemplateIsBroken."""
    lines = (_filled(passages, values) for passages in parsed(template))
    return [line for line in lines if line]


def _filled(passages: tuple[Passage, ...], values: Mapping[str, tuple[Run, ...]]) -> list[Run]:
    runs: list[Run] = []
    for passage in passages:
        if all(values.get(slot) for slot in passage.slots):
            for piece in passage.pieces:
                runs += values[piece] if isinstance(piece, Slot) else [_after(runs, piece)]
        elif not passage.is_optional:
            return []
    return _trimmed(runs)


def _after(runs: list[Run], words: str) -> Run:
    """A full stop ends a sentence once, even behind “Inc.”."""
    if words[0] == "." and runs and runs[-1].is_name and runs[-1].text.endswith("."):
        words = words[1:]
    return Run(words, is_name=False)


def _trimmed(runs: list[Run]) -> list[Run]:
    """Without spaces where a passage before was left out; nothing where only signs are left."""
    runs = [run for run in runs if run.text]
    if not any(run.is_name or any(map(str.isalnum, run.text)) for run in runs):
        return []
    while not runs[0].is_name and not runs[0].text.strip():
        runs = runs[1:]
    first = runs[0]
    return runs if first.is_name else [first._replace(text=first.text.lstrip()), *runs[1:]]


def values(work: Work, variant: Variant, outlet: str, form: Form) -> dict[str, tuple[Run, ...]]:
    """What stands in each placeholder; an empty tuple where there is nothing to say."""
    first, ours, home = work.first_address, address(work.url), address(work.source_url)
    is_spoken = form == Form.BROADCAST
    said = {
        "headline": [name(work.headline)],
        "author": [name(author.name, author.url) for author in work.authors]
        if form in (Form.WEB_HTML, Form.MARKDOWN)
        else [name(author) for author in work.author_names],
        "source": [name(work.first_outlet, first or (home if work.passed_on_by else ours))],
        "house": [name(work.passed_on_by, ours)],
        "url": [] if is_spoken else [Run(ours, ours)],
        "original_url": [] if is_spoken else [Run(first, first)],
        "date": [name(spoken_date(work.published) if work.published else "")],
        "licence": [name(work.licence, work.licence_url, "license")],
        "grant": [name(work.grant)],
        "terms": [name(work.terms)],
        "translators": [name(person) for person in names(work.translators)],
        "language": [name(work.language)],
        "outlet": [name(outlet)],
        "translated_by": [name(variant.translated_by)],
        "edited_by": [name(variant.edited_by)],
        "changes": [name(variant.clause)],
    }
    listed = {placeholder: _listed(runs) for placeholder, runs in said.items()}
    return listed | {"copyright": _notice(work, is_spoken=is_spoken)}


def _listed(runs: list[Run]) -> tuple[Run, ...]:
    """With commas between, each name once."""
    once: dict[str, Run] = {}
    for run in runs:
        if run.text:
            once.setdefault(run.text, run)
    listed: list[Run] = []
    for run in once.values():
        listed += [Run(", ", is_name=False), run] if listed else [run]
    return tuple(listed)


def _notice(work: Work, *, is_spoken: bool) -> tuple[Run, ...]:
    """The holders as names of their own, so that each is written its own way round."""
    holders = _listed([name(holder) for holder in work.holders])
    if not holders:
        return ()
    sign = () if is_spoken else (Run("© ", is_name=False),)
    year = (Run(f", {work.year}", is_name=False),) if work.year else ()
    return (*sign, *holders, *year)


def picture(credit: PictureCredit) -> list[Run]:
    """The line of one picture; empty where nobody is to be credited."""
    said = names([credit.credit_line, credit.copyright_notice])
    if not said:
        return []
    label = name(credit.label)
    runs = [Run("Picture “", is_name=False), label, Run("”: ", is_name=False)]
    runs = runs if label.text else [Run("Picture: ", is_name=False)]
    for place, words in enumerate(said):
        runs += [Run(" ", is_name=False)] if place else []
        runs.append(name(words, "" if place else credit.credit_url))
        runs.append(_after(runs, "."))
    return [run for run in runs if run.text]
