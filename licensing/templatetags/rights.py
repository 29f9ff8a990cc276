"""What the templates ask for of rights: the answers for a page, and what the desk holds and lacks.

Nothing here works out a right; the decisions are those of ``rights_for``, made once a page.
"""

from django import template
from django.utils import timezone

from articles.models import Article, Image, Publication
from licensing import answers
from licensing.agreements import Agreement
from licensing.agreements import agreements as agreements_with
from licensing.holdings import Holding
from licensing.holdings import holdings as holdings_of
from licensing.models import Clearance, Recall
from licensing.rights.vocabulary import Use
from licensing.statements import Rights, form_address

register = template.Library()
MOST_RECALLS = 5


@register.simple_tag
def rights(page) -> Rights:
    """The decisions about the article on ``page``."""
    return answers.rights_for(page)


@register.filter
def main_answers(decided: Rights) -> list[answers.Answer]:
    """What most people want to know."""
    return answers.main_answers(decided)


@register.filter
def other_answers(decided: Rights) -> list[answers.Answer]:
    """Everything else that may be asked."""
    return answers.other_answers(decided)


@register.simple_tag
def form_for(article: Article, use: str = "") -> str:
    """The form for permissions, with ``article`` filled in, and what for."""
    return form_address(article.slug, Use(use) if use else None)


@register.simple_tag
def holdings(article: Article) -> list[Holding]:
    """What we hold and lack now of the rights in ``article``."""
    return holdings_of(article, at=timezone.now())


@register.simple_tag
def recalls(article: Article) -> list[Recall]:
    """What holders of copies of ``article`` were told last, and how many have answered."""
    return list(Recall.objects.filter(article=article).with_numbers()[:MOST_RECALLS])


@register.simple_tag
def agreements(publication: Publication) -> list[Agreement]:
    """The standing agreements under which we carry what ``publication`` first published."""
    return agreements_with(publication, at=timezone.now())


@register.simple_tag
def clearances_of_picture(image: Image) -> list[Clearance]:
    """What was entered of the leave to show ``image``, newest first."""
    return list(Clearance.objects.filter(image=image).order_by("-pk"))
