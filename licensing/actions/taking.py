"""How a named republisher takes a copy: granted at once by the terms, with a number and a letter.

Whoever takes a copy without a name leaves nothing behind, and needs no verb.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from articles.pages import loaded
from cms.workflows.actions import MoveNotAllowed
from licensing import numbers, request_letters
from licensing.actions import grants, steps
from licensing.actions.counting import give_pixel
from licensing.actions.requests import REQUESTER
from licensing.letters import can_be_sent_to
from licensing.models import CameBy, Grant, GrantStatus, PermissionRequest, RequestedArticle
from licensing.republication import Offered, offered
from licensing.rights.handing_over import pictures_for_taker
from licensing.rights.questions import RequesterKind
from licensing.rights.vocabulary import Use


class TermsChanged(MoveNotAllowed):
    """What was accepted is not what counts now."""


@transaction.atomic
def take(
    article: Article,
    *,
    use: Use,
    name: str,
    email: str,
    outlet: str,
    kind: str,
    language: str,
    accepted: str,
    outlet_url: str = "",
    country: str = "",
    is_counted: bool = True,
    at: datetime | None = None,
) -> Grant:
    """The grant of whoever takes ``article`` for ``use``, and the letter that brings its link.

    ``accepted`` is the key of what the page showed. Taken again by the same person it is the grant
    that stands. Raises TermsChanged where something else counts by now, MoveNotAllowed where it
    cannot be taken, ValidationError where a name or an address makes no sense.
    """
    grants.hold([article.pk])
    # Asked afterwards: it may have been withheld while we waited for it.
    at = at or timezone.now()
    article = loaded(Article.objects.live(at)).filter(pk=article.pk).first()
    if article is None:
        raise MoveNotAllowed([_("This article is not public.")])
    offer = offered(article, use, at=at)
    if not offer.can_be_taken:
        raise MoveNotAllowed([offer.answer.sentence])
    if offer.key != accepted:
        raise TermsChanged([_("Our terms have changed since you opened the page.")])
    _check_kind(offer, kind)
    taking = PermissionRequest(
        came_by=CameBy.KIT,
        use=use.value,
        requester_name=name,
        requester_email=email,
        requester_kind=kind,
        outlet=outlet,
        outlet_url=outlet_url,
        outlet_country=country,
        language=language,
        created_at=at,
        moved_at=at,
        consented_at=at,
        number="-",
    )
    taking.full_clean(exclude=["number"])
    if not can_be_sent_to(email):
        raise ValidationError({"requester_email": _("We could not write to this address.")})
    grant = _standing(article, taking, at=at)
    if grant is None:
        grant = _granted(article, taking, offer, at=at)
    else:
        # Once a day: whoever wants the link again gets it, and nobody's box is filled.
        key = f"taken-again-{grant.pk}-{timezone.localdate(at)}"
        request_letters.tell(grant.permission_request, "taken", at=at, key=key, grant=grant)
    if offer.must_be_counted or (is_counted and offer.may_be_counted):
        _count(grant, article, at=at)
    return grant


def _check_kind(offer: Offered, kind: str) -> None:
    is_commercial = kind in (RequesterKind.COMMERCIAL, RequesterKind.PUBLISHER)
    if is_commercial and offer.is_for_non_commercial:
        said = _("This is for non-commercial outlets. Choose the use that fits yours, or ask us.")
        raise ValidationError({"requester_kind": said})


def _standing(article: Article, taking: PermissionRequest, *, at: datetime) -> Grant | None:
    """What the same person took before, if it still counts.

    An address alone is no proof of who types it: name and outlet have to be the same, too.
    """
    rows = Grant.objects.in_force(at).filter(
        licensee_key=taking.licensee_key,
        licensee_name__iexact=taking.requester_name,
        licensee_outlet__iexact=taking.outlet,
        use=taking.use,
        granted__article=article,
        permission_request__came_by=CameBy.KIT,
        erased_at=None,
    )
    return rows.select_related("permission_request").order_by("pk").last()


def _granted(article: Article, taking: PermissionRequest, offer: Offered, *, at: datetime) -> Grant:
    taking.number = numbers.next_number(numbers.REQUEST, at=at)
    taking.save()
    given = pictures_for_taker(offer.decision)
    # In the order of the page.
    elements = offer.decision.elements
    pictures = [one.element.key for one in elements if one.element.key in given]
    RequestedArticle.objects.create(permission_request=taking, article=article, pictures=pictures)
    terms = offer.terms
    facts = {"terms": f"{terms.name} · v{terms.version}" if terms else "", "accepted": offer.key}
    try:
        return give(taking, at=at, facts=facts)
    except MoveNotAllowed as refusal:
        # What stands in the way may be what another licensee agreed on with us.
        said = _("This cannot be taken here at the moment. Please ask us for it.")
        raise MoveNotAllowed([said]) from refusal


@transaction.atomic
def give(
    taking: PermissionRequest, *, by=None, at: datetime | None = None, facts: dict | None = None
) -> Grant:
    """Grants what is taken, by the terms alone, and writes the letter."""
    at = at or timezone.now()
    event = steps.move(
        taking, "take", by=by, at=at, actor=REQUESTER, facts=facts, received_at=at, settled_at=at
    )
    grant = grants.issue(taking, by=None, at=at)
    request_letters.tell(taking, "taken", at=at, event=event, grant=grant)
    return grant


def _count(grant: Grant, article: Article, *, at: datetime) -> None:
    """Gives the copy its counting pixel, if it has none."""
    if grant.status == GrantStatus.ACTIVE:
        give_pixel(grant, article, at=at)
