"""The notices under an article, as far as they are about rights: what the house promises is said
where the decision bears it out, else the decision speaks for itself.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import languages, notices
from articles.notices import Section
from articles.pages import ArticlePage
from licensing.answers import linked, rights_for
from licensing.rights.decide import Decision
from licensing.rights.vocabulary import Use, Verdict
from licensing.sentences import decision_sentence

_OURS_TO_PERMIT = (Verdict.GRANTED, Verdict.ASK)


@notices.register("crosspost")
def crosspost(page: ArticlePage, *, house: Section) -> Section:
    """The house's permission where a cross-post is free for all, else what is so instead."""
    decision = rights_for(page).decisions[Use.COMMUNITY_WEB]
    if decision.is_granted and house.html:
        return house
    return _composed(page, house, [decision])


@notices.register("print_commercial")
def print_commercial(page: ArticlePage, *, house: Section) -> Section:
    """The house's own contact where both are ours to permit, else whom to ask."""
    decisions = rights_for(page).decisions
    asked = [decisions[Use.PRINT], decisions[Use.COMMERCIAL_WEB]]
    if house.html and all(decision.verdict in _OURS_TO_PERMIT for decision in asked):
        return house
    return _composed(page, house, asked)


@notices.register("fair_use")
def fair_use(page: ArticlePage, *, house: Section) -> Section:
    """The house's notice; where the article itself is here under fair use, that comes first."""
    rights = rights_for(page)
    if not rights.is_fair_use:
        return house
    with translation.override(languages.spoken(page.article.language)):
        pattern = _(
            "This article itself is carried under fair use; the rights are held by {holder}."
        )
        lines = [
            format_html(pattern, holder=linked(str(right.holder), right.holder))
            for right in rights.used_fairly
        ]
    html = format_html("{}{}", _paragraphs(lines), house.html)
    return replace(house, html=html, language=house.language if house.html else "")


def _composed(page: ArticlePage, house: Section, decisions: Iterable[Decision]) -> Section:
    """What the decisions say, in the language of the page's fixed words."""
    with translation.override(languages.spoken(page.article.language)):
        lines = [linked(decision_sentence(one), one.whom) for one in decisions]
    return replace(house, html=_paragraphs(dict.fromkeys(lines)), language="")


def _paragraphs(lines: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))
