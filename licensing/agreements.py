"""Under which standing agreements we carry what a publication first published, in words.

As far as the public may know: what is agreed, with whom and since when; never a letter, a contact
or a note of the desk.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.models import Publication
from licensing.chain import fact
from licensing.models import Clearance, Scope
from licensing.rights.facts import Clearance as Fact
from licensing.rights.vocabulary import Carriage, Use
from licensing.wording import carriage_name, listed, said, use_name


@dataclass(frozen=True)
class Agreement:
    """One agreement: how it is called, and what it says in sentences."""

    name: str
    sentences: tuple[str, ...]


def agreements(publication: Publication, *, at: datetime) -> list[Agreement]:
    """Those with ``publication`` that are in force at ``at``; with ourselves there are none."""
    if publication.is_house:
        return []
    standing = Clearance.objects.in_force(at).filter(
        scope=Scope.PUBLICATION, publication=publication
    )
    rows = standing.select_related("publication", "author").order_by(
        "valid_from", "agreed_on", "pk"
    )
    return [_agreement(fact(row)) for row in rows]


def _agreement(known: Fact) -> Agreement:
    covered = listed(carriage_name(one) for one in Carriage if one in known.covers)
    sentences = [_("It covers {carriages}.").format(carriages=covered)] if covered else []
    sentences += filter(None, [_days(known)])
    sentences.append(_onward(known))
    if forbidden := [use_name(use) for use in Use if use in known.forbids]:
        pattern = _("Through us nobody gets leave for: {uses}.")
        sentences.append(pattern.format(uses=listed(forbidden)))
    if known.conditions:
        pattern = _("Whoever takes a copy has to: {conditions}.")
        sentences.append(pattern.format(conditions=listed(said(one) for one in known.conditions)))
    return Agreement(capfirst(known.named), tuple(sentences))


def _days(known: Fact) -> str:
    begins = _day(known.since)
    # The end is the first instant that no longer counts.
    ends = _day(known.until - timedelta(microseconds=1)) if known.until else ""
    if begins and ends:
        return _("It counts from {first} until {last}.").format(first=begins, last=ends)
    if begins:
        return _("It has counted since {first}.").format(first=begins)
    return _("It counts until {last}.").format(last=ends) if ends else ""


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localdate(moment)) if moment else ""


def _onward(known: Fact) -> str:
    uses = [use_name(use) for use in Use if use in known.passes_on]
    if not uses:
        return _(
            "It lets us pass nothing on: for every further use the rights holder is to be asked."
        )
    pattern = _("It lets us pass on leave for: {uses}.")
    return pattern.format(uses=listed(uses))
