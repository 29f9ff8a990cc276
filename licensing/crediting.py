"""The lines with which a copy of an article credits it: what its conditions owe, ready to paste."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.pages import ArticlePage
from licensing.attribution import rule_for, work_of
from licensing.chain import origin
from licensing.models import AttributionTemplate
from licensing.rights.attribution import Form, Part
from licensing.rights.conditions import Condition, Kind
from licensing.rights.vocabulary import Use, Verdict
from licensing.statements import Rights

# Which parts of the lines a condition owes.
OWED = {
    Kind.SOURCE: (Part.SOURCE, Part.HOUSE),
    Kind.AUTHOR: (Part.AUTHOR, Part.TRANSLATOR),
    Kind.COPYRIGHT: (Part.COPYRIGHT,),
    Kind.LINK: (Part.LINK, Part.FOLLOWED),
    Kind.LICENCE: (Part.LICENCE,),
    Kind.CHANGES: (Part.CHANGES,),
}
# Forms for a use of their own; whoever has to ask somebody else for it gets the line from them.
ELSEWHERE = {Form.PRINT: Use.PRINT, Form.BROADCAST: Use.BROADCAST}
OURS_TO_PERMIT = (Verdict.GRANTED, Verdict.ASK)
# Signs that fit on a line of the box they are shown in, and lines that fit on a screen.
WIDE, HIGH = 66, 14


class CreditLine(NamedTuple):
    """The line in one form."""

    label: str
    text: str

    @property
    def rows(self) -> int:
        """How many lines of a text box it fills."""
        return min(HIGH, sum(1 + len(line) // WIDE for line in self.text.splitlines()))


def parts_owed(conditions: tuple[Condition, ...]) -> frozenset[Part]:
    """What must stand in a copy under these conditions; its pictures are credited in any case."""
    owed = {part for entry in conditions for part in OWED.get(entry.kind, ())}
    return frozenset(owed | {Part.PICTURES})


def credit_lines(page: ArticlePage, rights: Rights, *, url: str) -> list[CreditLine]:
    """The lines for a copy that may be taken without asking; none where nothing may."""
    decision = next(
        (
            rights.decisions[use]
            for use in (Use.COMMUNITY_WEB, Use.EXCERPT)
            if rights.decisions[use].is_granted
        ),
        None,
    )
    if decision is None:
        return []
    article = page.article
    first = origin(article)
    template = first and AttributionTemplate.objects.filter(publication=first).first()
    rule = rule_for(template, parts_owed(decision.conditions))
    terms = rights.snapshot.text.terms
    left_out = {one.element.key for one in decision.left_out}
    work = work_of(
        article,
        url=url,
        licence=terms.name if terms and terms.licence_url else "",
        licence_url=terms.licence_url if terms else "",
        images=[
            shot.image
            for shot in [page.featured, *page.gallery]
            if shot and f"image-{shot.image.pk}" not in left_out
        ],
    )
    labels = {
        Form.WEB_HTML: _("On a web page (HTML)"),
        Form.MARKDOWN: _("In Markdown"),
        Form.TEXT: _("As plain text, for a newsletter"),
        Form.PRINT: _("In print"),
        Form.BROADCAST: _("On air"),
    }
    lines = [
        CreditLine(label, rule.build(work, form))
        for form, label in labels.items()
        if form not in ELSEWHERE or rights.decisions[ELSEWHERE[form]].verdict in OURS_TO_PERMIT
    ]
    if required := "\n".join(rights.required_attribution):
        lines.insert(0, CreditLine(_("Word for word, as the rights holder asks"), required))
    return [line for line in lines if line.text]
