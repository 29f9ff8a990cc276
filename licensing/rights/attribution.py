"""What must stand where a copy of a text stands, and how: one rule builds the lines and verifies a
page against them, so that what it builds always passes and what a page lacks it can supply.

Knows texts and pages as values; where they come from, and who is told, is known elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from licensing.rights import attribution_marks as marks
from licensing.rights import attribution_wording as wording
from licensing.rights.attribution_dues import dues
from licensing.rights.attribution_wording import (
    FIELDS,
    HOUSE_WORDING,
    PLACEHOLDERS,
    TemplateIsBroken,
)
from licensing.rights.attribution_works import (
    AS_IS,
    EVERY_PART,
    Author,
    Form,
    Part,
    PictureCredit,
    Variant,
    Work,
)
from licensing.rights.marking import marked as _
from licensing.rights.vocabulary import Sentence

__all__ = [
    "AS_IS",
    "EVERY_PART",
    "FIELDS",
    "HOUSE_WORDING",
    "PLACEHOLDERS",
    "AttributionRule",
    "Author",
    "Finding",
    "Form",
    "Part",
    "PictureCredit",
    "RuleIsBroken",
    "Variant",
    "Work",
    "faults",
    "picture_line",
    "problems",
]

# Which template says a form.
TEMPLATES = {
    Form.WEB_HTML: "web",
    Form.MARKDOWN: "web",
    Form.TEXT: "web",
    Form.PRINT: "print_line",
    Form.BROADCAST: "broadcast",
}
# Part (or template) → what is left out without it, and what to write.
HINTS = {
    Part.SOURCE: (_("the source"), "{source}"),
    Part.HOUSE: (_("us, where somebody else published it first"), "[ from {house}]"),
    Part.AUTHOR: (_("the authors"), "{author}"),
    Part.TRANSLATOR: (_("the translators"), "[ Translated by {translators}.]"),
    Part.COPYRIGHT: (_("the copyright notice"), "{copyright}"),
    Part.LINK: (_("the link to the article"), "{source}[ from {house}]"),
    Part.ORIGINAL_LINK: (_("the link to where it was first published"), "{source}"),
    Part.LICENCE: (_("the licence"), "[ Licence: {licence}.]"),
    Part.GRANT: (_("the number of the permission"), "[ Permission no. {grant}.]"),
    "translated": (_("who translated it"), "{translated_by}"),
    Part.CHANGES: (_("who edited it and what was changed"), "[ by {edited_by}][: {changes}]"),
}
# Two texts about which everything is known, one of our own and one from elsewhere: what a
# template does not say of these it never says. The words occur in no template.
OWN = Work(
    headline="Qxheadline",
    url="https://house.invalid/here",
    house="Qxhouse",
    authors=(Author("Qxauthor"),),
    holders=("Qxholder",),
    year=2001,
    licence="Qxlicence",
    licence_url="https://licence.invalid/",
    published=date(2001, 2, 3),
    language="Qxlanguage",
    translators=("Qxtranslator",),
    terms="Qxterms",
    grant="Qxgrant",
)
CARRIED = replace(OWN, source="Qxsource", original_url="https://source.invalid/there")
# What the taker of a text adds, and the template that says it.
TAKERS = {
    "translated": {Part.TRANSLATOR: Variant(translated_by="Qxtaker")},
    "edited": {Part.CHANGES: Variant(edited_by="Qxeditor", changes="Qxchanges")},
}


class Finding(NamedTuple):
    """Something that must stand on a page and does not; ``missing_line`` makes it good."""

    part: Part
    sentence: Sentence
    missing_line: str

    def __str__(self) -> str:
        return f"{self.sentence} Paste this line: {self.missing_line}"


class RuleIsBroken(ValueError):
    """A rule whose templates cannot be used; ``problems`` says why, in sentences."""

    def __init__(self, problems: Iterable[Sentence]):
        self.problems = list(problems)
        super().__init__(" ".join(map(str, self.problems)))


@dataclass(frozen=True)
class AttributionRule:
    """Which parts must stand in a copy, and the words a publication wants them in.

    An empty template stands for the house's own wording. Raises RuleIsBroken.
    """

    parts: frozenset[Part] = EVERY_PART
    web: str = ""
    print_line: str = ""
    broadcast: str = ""
    translated: str = ""
    edited: str = ""

    def __post_init__(self):
        if found := problems(self):
            raise RuleIsBroken(found)

    def build(
        self, work: Work, form: Form = Form.WEB_HTML, variant: Variant = AS_IS, outlet: str = ""
    ) -> str:
        """The lines that must stand, in the marks of ``form``; ``outlet`` is who republishes."""
        return marks.page(self._lines(work, Form(form), variant, outlet), form)

    def verify(
        self, page: str, work: Work, form: Form = Form.WEB_HTML, variant: Variant = AS_IS
    ) -> tuple[Finding, ...]:
        """What is missing on ``page``: a built line, or a whole foreign page. Empty: nothing."""
        due = dues(work, Form(form), variant, self.parts)
        missing = due.missing(page)
        lines = self._lines(work, Form(form), variant, "") if missing else []
        return tuple(
            Finding(owed.part, owed.sentence, due.line_with(owed, lines)) for owed in missing
        )

    def _lines(self, work: Work, form: Form, variant: Variant, outlet: str) -> list[str]:
        values = wording.values(work, variant, outlet, form)
        fields = [TEMPLATES[form]]
        fields += ["translated"] if variant.is_translated else []
        fields += ["edited"] if variant.is_edited else []
        known: set[str] = set()
        lines = _written([self._template(field) for field in fields], values, form, known)
        # What no template comes to say of this one work is said in the house's words.
        due = dues(work, form, variant, self.parts)
        for owed in due.missing("\n".join(lines)):
            added = _written([wording.ADDED.get(owed.part, "")], values, form, known)
            lines += [line for line in added if line not in lines]
        if form != Form.BROADCAST:
            lines += filter(None, (picture_line(picture, form) for picture in work.pictures))
        return lines

    def _template(self, field: str) -> str:
        return getattr(self, field).strip() or HOUSE_WORDING[field]


def _written(templates: Iterable[str], values: Mapping, form: Form, known: set[str]) -> list[str]:
    """The lines of all ``templates`` in the marks of ``form``; ``known`` as in ``marks.line``."""
    return [
        marks.line(runs, form, known)
        for template in templates
        for runs in wording.filled(template, values)
    ]


def picture_line(picture: PictureCredit, form: Form = Form.WEB_HTML) -> str:
    """The credit of one picture as it must stand beside it; empty where nobody is credited."""
    runs = wording.picture(picture)
    return marks.line(runs, Form(form)) if runs else ""


def problems(templates, parts: frozenset[Part] = EVERY_PART) -> list[Sentence]:
    """Why these templates cannot be used, in sentences; empty where they can.

    ``templates`` is a rule or any row with the same five fields.
    """
    parts = getattr(templates, "parts", parts)
    return [
        sentence for field in FIELDS for sentence in faults(field, getattr(templates, field), parts)
    ]


def faults(field: str, template: str, parts: frozenset[Part] = EVERY_PART) -> list[Sentence]:
    """Why ``template`` cannot be used as the line ``field`` of a publication, in sentences."""
    if not template.strip():
        return []
    label = ("line", FIELDS[field])
    try:
        slots = wording.slots(template)
    except TemplateIsBroken as broken:
        facts = (label, ("reason", str(broken.sentence)))
        return [Sentence("The {line} cannot be read: {reason}", facts)]
    if field == "broadcast" and (mute := [slot for slot in wording.MUTE if slot in slots]):
        facts = (label, ("placeholder", f"{{{mute[0]}}}"))
        return [Sentence("The {line} is spoken: {placeholder} cannot be read out.", facts)]
    return [_left_out(field, part) for part in _unsaid(field, template, parts)]


def _unsaid(field: str, template: str, parts: frozenset[Part]) -> list[Part]:
    """The parts that ``template`` does not say even of a text about which all is known."""
    forms = [form for form, name in TEMPLATES.items() if name == field]
    asked = [(work, form, AS_IS) for form in forms for work in (OWN, CARRIED)]
    if field in TAKERS:
        # All else stands in the lines before.
        parts = parts & TAKERS[field].keys()
        asked = [(CARRIED, Form.WEB_HTML, *TAKERS[field].values())]
    unsaid: set[Part] = set()
    for work, form, variant in asked:
        values = wording.values(work, variant, "Qxoutlet", form)
        page = "\n".join(_written([template], values, form, set()))
        owing = replace(work, translators=()) if field in TAKERS else work
        unsaid |= {owed.part for owed in dues(owing, form, variant, parts).missing(page)}
    return [part for part in Part if part in unsaid]


def _left_out(field: str, part: Part) -> Sentence:
    what, placeholder = HINTS["translated" if field == "translated" else part]
    pattern = _("The {line} leaves out {what}, always or for some articles: write {placeholder}.")
    facts = (("line", FIELDS[field]), ("what", what), ("placeholder", placeholder))
    return Sentence(pattern, facts)
