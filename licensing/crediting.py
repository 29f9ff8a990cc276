"""The credit that a copy of an article owes: made in one place for kits, licences, pages and looks,
so that what is handed over is what is looked for.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.models import Article, Image
from articles.pages import ArticlePage
from licensing.applying import facts
from licensing.attribution import rule_for, work_of
from licensing.chain import open_licence, origin
from licensing.models import AttributionTemplate, Grant
from licensing.rights.attribution import AttributionRule, Form, Part, Work
from licensing.rights.conditions import Condition, Kind
from licensing.rights.facts import Right, Terms
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
# Before the number of a version, in the name that a licence keeps of its terms.
MARK = " · v"
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


class Credit(NamedTuple):
    """What there is to say, and the rule that words it and verifies it."""

    rule: AttributionRule
    work: Work

    def written(self, form: Form) -> str:
        """The lines that must stand."""
        return self.rule.build(self.work, form)


def credit_of(
    article: Article,
    template: AttributionTemplate | None,
    conditions: Iterable[Condition],
    *,
    url: str,
    terms: Terms | None,
    rights: Iterable[Right],
    at: datetime,
    grant: str = "",
    images: Iterable[Image] = (),
) -> Credit:
    """What a copy of ``article``, whose address is ``url``, owes on ``conditions`` and ``terms``.

    ``rights`` are those in its text, of which we hold some at ``at``. ``grant`` is the number of
    its licence. A licence that others wrote is named where a condition asks for it, and where the
    copy has none of our own: that under which we carry the text, else that of our terms.
    """
    kinds = {entry.kind for entry in conditions}
    licence = licence_url = ""
    if terms and terms.licence_url and (Kind.LICENCE in kinds or not grant):
        licence, licence_url = terms.name, terms.licence_url
    if Kind.LICENCE in kinds and (theirs := open_licence(rights, at=at)):
        licence, licence_url = theirs.name, theirs.url
    work = work_of(
        article,
        url=url,
        grant=grant,
        licence=licence,
        licence_url=licence_url,
        terms=terms.name if terms else "",
        images=images,
    )
    owed = {part for kind in kinds for part in OWED.get(kind, ())}
    # Pictures are credited in any case.
    return Credit(rule_for(template, owed | {Part.PICTURES}), work)


def template_of(article: Article) -> AttributionTemplate | None:
    """The words in which whoever published it first wants to be credited."""
    source = origin(article)
    return source and AttributionTemplate.objects.filter(publication=source).first()


def terms_of(grant: Grant | None, standing: Terms | None) -> Terms | None:
    """The terms under which a copy was taken: those written down in its licence. Without one, or
    where it is for texts under several, ``standing``: those of the article.
    """
    version = grant.terms_version if grant else None
    # By what they were called then: terms may be renamed.
    said = grant.terms_name if version else ""
    is_the_only_one = said.count(MARK) == 1 and said.endswith(f"{MARK}{version.number}")
    return facts(version) if is_the_only_one else standing


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
    left_out = {one.element.key for one in decision.left_out}
    credit = credit_of(
        page.article,
        template_of(page.article),
        decision.conditions,
        url=url,
        terms=decision.terms,
        rights=rights.snapshot.text.rights,
        at=rights.at,
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
        CreditLine(label, credit.written(form))
        for form, label in labels.items()
        if form not in ELSEWHERE or rights.decisions[ELSEWHERE[form]].verdict in OURS_TO_PERMIT
    ]
    if required := "\n".join(rights.required_attribution):
        lines.insert(0, CreditLine(_("Word for word, as the rights holder asks"), required))
    return [line for line in lines if line.text]
