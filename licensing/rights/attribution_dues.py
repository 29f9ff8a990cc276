"""What a copy of a work owes in one form, and which of it a page leaves out.

Knows what must be there, not the words around it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from licensing.rights.attribution_links import Place, address, place
from licensing.rights.attribution_pages import Seen, read
from licensing.rights.attribution_words import SIGN, is_said, one_line, places, plain
from licensing.rights.attribution_works import (
    SPOKEN,
    Form,
    Part,
    PictureCredit,
    Variant,
    Work,
    names,
)
from licensing.rights.marking import marked as _
from licensing.rights.vocabulary import Sentence

# A notice may stand in other words and order; so much longer than ours may it be.
NOTICE_SLACK = 40
MOST_SIGNS = 2_000
MOST_NOTICES = 8


class Owed(NamedTuple):
    """One thing that must stand: every one of ``words``, a link to ``place``, or both."""

    part: Part
    sentence: Sentence
    words: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True)
class Dues:
    """All that a copy owes. ``notice`` is what the copyright notice names: holders and year."""

    form: Form
    owed: tuple[Owed, ...]
    notice: tuple[str, ...]

    def missing(self, page: str) -> list[Owed]:
        """What is owed and not on ``page``, in order.

        A name in the copyright notice is not a name in the byline: the notice counts for itself
        alone. Where several passages could be the notice, the page gets the benefit of the doubt.
        """
        seen = read(page, self.form, [owed.place for owed in self.owed if owed.place])
        linked = [owed for owed in self.owed if _is_asked_of(seen, owed)]
        found = notices(seen.words, self.notice)
        readings = [f"{seen.words[:start]} | {seen.words[end:]}" for start, end in found]
        return min(
            (
                [owed for owed in linked if not _stands(owed, words, seen, has_notice=bool(found))]
                for words in readings or [seen.words]
            ),
            key=len,
        )

    def line_with(self, owed: Owed, lines: list[str]) -> str:
        """The first of ``lines`` on which ``owed`` stands; all of them where none has it alone."""
        part = Part.LINK if owed.part == Part.FOLLOWED else owed.part
        alone = Dues(self.form, (owed._replace(part=part),), self.notice)
        return next((line for line in lines if not alone.missing(line)), "\n".join(lines))


def _is_asked_of(seen: Seen, owed: Owed) -> bool:
    """Of a link that is not there nobody asks whether it may be followed."""
    return owed.part != Part.FOLLOWED or owed.place in seen.linked


def _stands(owed: Owed, words: str, seen: Seen, *, has_notice: bool) -> bool:
    if owed.part == Part.COPYRIGHT:
        return has_notice
    if owed.part == Part.FOLLOWED:
        return owed.place in seen.followed
    if owed.place is not None and owed.place not in seen.linked:
        return False
    return all(is_said(words, phrase) for phrase in owed.words)


def notices(words: str, named: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where ``words`` say “copyright” or © and, close behind, all that is ``named``.

    As (start, end), the tightest first.
    """
    if not named or not all(is_said(words, phrase) for phrase in named):
        return []
    reach = sum(map(len, named)) + 2 * len(named) + NOTICE_SLACK
    found = []
    for sign in islice(SIGN.finditer(words), MOST_SIGNS):
        passage = words[sign.start() : sign.end() + reach]
        ends = [next(places(passage, phrase), None) for phrase in named]
        if all(ends):
            found.append((sign.start(), sign.start() + max(end.end() for end in ends)))
    return sorted(found, key=lambda span: span[1] - span[0])[:MOST_NOTICES]


def dues(work: Work, form: Form, variant: Variant, parts: frozenset[Part]) -> Dues:
    """What a copy of ``work`` owes of ``parts``; what cannot be said in ``form`` is not owed."""
    if form == Form.BROADCAST:
        parts = parts & SPOKEN
    if form != Form.WEB_HTML:
        parts = parts - {Part.FOLLOWED}
    owed = [*_named(work, variant), *_linked(work, form), *_licensed(work)]
    owed += [*_changed(variant), *(_pictured(credit) for credit in work.pictures)]
    order = list(Part)
    due = [entry for entry in owed if entry and entry.part in parts]
    return Dues(
        form,
        tuple(sorted(due, key=lambda entry: order.index(entry.part))),
        _noticed(work) if Part.COPYRIGHT in parts else (),
    )


def _noticed(work: Work) -> tuple[str, ...]:
    holders = names(work.holders)
    year = (str(work.year),) if work.year and holders else ()
    return tuple(plain(name) for name in holders + year)


def _says(part: Part, pattern: str, name: str, *also: str) -> Owed:
    """Words that must be read; the sentence names the first of them."""
    said = tuple(plain(phrase) for phrase in (name, *also) if phrase)
    return Owed(part, Sentence(pattern, (("name", name),)), said)


def _named(work: Work, variant: Variant) -> Iterator[Owed]:
    if work.first_outlet:
        yield _says(Part.SOURCE, _("The source, {name}, is not named."), work.first_outlet)
    if work.passed_on_by:
        pattern = _("{name}, from which the text was taken, is not named.")
        yield _says(Part.HOUSE, pattern, work.passed_on_by)
    for author in work.author_names:
        yield _says(Part.AUTHOR, _("The author {name} is not named."), author)
    for translator in names([*work.translators, variant.translated_by]):
        yield _says(Part.TRANSLATOR, _("The translator {name} is not named."), translator)
    if work.copyright_notice:
        pattern = _("The copyright notice “{name}” is missing.")
        yield _says(Part.COPYRIGHT, pattern, work.copyright_notice)


def _linked(work: Work, form: Form) -> Iterator[Owed]:
    is_written = form in (Form.TEXT, Form.PRINT)
    if here := address(work.url):
        facts, goal = (("url", here),), place(here)
        yield Owed(
            Part.LINK,
            Sentence("The address of the original article is missing.", facts)
            if is_written
            else Sentence("The link to the original article is missing.", facts),
            place=goal,
        )
        pattern = _("The link to the original article is marked “nofollow”.")
        yield Owed(Part.FOLLOWED, Sentence(pattern, facts), place=goal)
    if there := work.first_address:
        facts = (("name", work.first_outlet), ("url", there))
        yield Owed(
            Part.ORIGINAL_LINK,
            Sentence("The address of the article at {name} is missing.", facts)
            if is_written
            else Sentence("The link to the article at {name} is missing.", facts),
            place=place(there),
        )


def _licensed(work: Work) -> Iterator[Owed]:
    goal = place(address(work.licence_url))
    if licence := one_line(work.licence):
        pattern = _("The licence, {name}, is not named.")
        if goal:
            pattern = _("The licence, {name}, is not named together with its address.")
        yield _says(Part.LICENCE, pattern, licence)._replace(place=goal)
    if grant := one_line(work.grant):
        yield _says(Part.GRANT, _("The number of the permission, {name}, is missing."), grant)


def _changed(variant: Variant) -> Iterator[Owed]:
    if editor := one_line(variant.edited_by):
        pattern = _("It is not said that {name} edited this version.")
        yield _says(Part.CHANGES, pattern, editor)
    if changes := variant.clause:
        yield _says(Part.CHANGES, _("It is not said what was changed: “{name}”."), changes)


def _pictured(credit: PictureCredit) -> Owed | None:
    label = one_line(credit.label)
    said = names([credit.credit_line, credit.copyright_notice])
    if not said:
        return None
    if not label:
        return _says(Part.PICTURES, _("The picture credit “{name}” is missing."), *said)
    facts = (("picture", label), ("name", ". ".join(said)))
    pattern = _("The credit of the picture “{picture}” is missing: {name}.")
    return Owed(Part.PICTURES, Sentence(pattern, facts), tuple(map(plain, said)))
