"""What is done with usage terms: the next version is written, terms are put in place or taken away.

A version is never changed and never counts from a moment that has passed.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing import allowed_uses
from licensing.lint import faults
from licensing.models import TermsAssignment, TermsVersion, UsageTerms
from licensing.ready_made import ReadyMade
from licensing.rights.conditions import ConditionIsWrong, as_json, parse
from licensing.rights.facts import Rule
from licensing.rights.usage import TermsAreWrong, rules_as_json
from licensing.rights.vocabulary import Use
from licensing.standing import articles_at
from licensing.wording import said

# Who chose “now” and then went on writing meant the moment of saving.
GRACE = timedelta(hours=1)


@transaction.atomic
def write_version(
    terms: UsageTerms,
    *,
    rules: Mapping[Use, Rule],
    text: str,
    by,
    licence_url: str = "",
    change_note: str = "",
    valid_from: datetime | None = None,
) -> TermsVersion:
    """Adds the next version of ``terms``; it counts at once, or from a moment that lies ahead.

    Who writes at the same moment as others waits and takes the number after theirs. Raises
    TermsAreWrong with ``reasons`` and writes nothing.
    """
    if reasons := objections(rules, licence_url=licence_url, name=terms.name):
        raise TermsAreWrong(reasons)
    # Whoever holds the row of the terms writes; the others wait.
    UsageTerms.objects.select_for_update().get(pk=terms.pk)
    now = timezone.now()
    if valid_from is not None and valid_from < now - GRACE:
        raise TermsAreWrong([_("A version counts from now on or later, never from before.")])
    latest = terms.versions.aggregate(latest=Max("number"))["latest"] or 0
    version = TermsVersion.objects.create(
        terms=terms,
        number=latest + 1,
        rules=rules_as_json(rules),
        licence_url=licence_url,
        text=text,
        change_note=change_note,
        valid_from=max(valid_from or now, now),
        created_by=by,
    )
    allowed_uses.touched(articles_at(terms.assignments.all()))
    return version


def objections(rules: Mapping[Use, Rule], *, licence_url: str, name: str) -> list[str]:
    """Why these rules cannot stand as terms, in sentences; empty means they can."""
    reasons = []
    for rule in rules.values():
        try:
            parse(as_json(rule.conditions))
        except ConditionIsWrong as fault:
            reasons.append(said(fault.sentence))
    return reasons or [str(fault) for fault in faults(rules, licence_url=licence_url, name=name)]


def assign(
    terms: UsageTerms, *, by, article=None, report=None, publication=None
) -> TermsAssignment:
    """Puts ``terms`` in place of whatever stood there; the site's default where nothing is named.

    Raises ValueError where more than one place is named.
    """
    place = _place(article, report, publication)
    try:
        return _assign(terms, by, place)
    except IntegrityError:
        # Somebody put the first terms there just now; from then on there is a row to change.
        return _assign(terms, by, place)


@transaction.atomic
def _assign(terms: UsageTerms, by, place: dict) -> TermsAssignment:
    assignment = TermsAssignment.objects.select_for_update().filter(**place).first()
    if assignment is None:
        assignment = TermsAssignment(**place)
    elif assignment.terms_id == terms.pk:
        return assignment
    assignment.terms = terms
    assignment._history_user = by
    assignment.save()
    allowed_uses.touched(articles_at([assignment]))
    return assignment


@transaction.atomic
def unassign(*, by, article=None, report=None, publication=None) -> bool:
    """Takes the terms of a place away, so that the wider place's count; whether any stood."""
    place = _place(article, report, publication)
    assignment = TermsAssignment.objects.select_for_update().filter(**place).first()
    if assignment is None:
        return False
    assignment._history_user = by
    concerned = articles_at([assignment])
    assignment.delete()
    allowed_uses.touched(concerned)
    return True


def _place(article, report, publication) -> dict:
    place = {"article": article, "report": report, "publication": publication}
    if sum(thing is not None for thing in place.values()) > 1:
        raise ValueError("Terms are assigned to one thing at a time.")
    return place


@transaction.atomic
def install(ready_made: ReadyMade, *, by) -> UsageTerms:
    """Terms from a ready-made set; where its address stands already it is left as it is."""
    terms = UsageTerms.objects.filter(slug=ready_made.slug).first()
    if terms is None:
        terms = UsageTerms(name=ready_made.name, slug=ready_made.slug, summary=ready_made.summary)
        terms._history_user = by
        terms.save()
    if not terms.versions.exists():
        write_version(
            terms,
            rules=ready_made.rules,
            text=ready_made.text,
            licence_url=ready_made.licence_url,
            by=by,
        )
    return terms
