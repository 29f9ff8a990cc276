"""What became of each version of usage terms, and what changed from one to another, in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.comparison import FieldChange, compare
from licensing.models import TermsVersion
from licensing.rights.facts import Rule
from licensing.rights.licences import licence_at
from licensing.rights.usage import rules_from_json
from licensing.rights.vocabulary import Use, Verdict
from licensing.sentences import rule_sentence
from licensing.wording import use_name


class Changed(NamedTuple):
    """What two versions say differently about one thing."""

    what: str
    before: str
    after: str


def changes(old: TermsVersion, new: TermsVersion, *, contact: str = "") -> list[Changed]:
    """What ``new`` answers differently, use by use, and whether the licence is another."""
    before, after = rules_from_json(old.rules), rules_from_json(new.rules)
    found = []
    if old.licence_url != new.licence_url:
        found.append(Changed(_("Licence"), licence_name(old), licence_name(new)))
    for use in Use:
        was, now = before.get(use, UNSAID), after.get(use, UNSAID)
        if was != now:
            said = (rule_sentence(use, rule, contact=contact) for rule in (was, now))
            found.append(Changed(use_name(use), *said))
    return found


def changes_of_text(old: TermsVersion, new: TermsVersion) -> list[FieldChange]:
    """The paragraphs that differ, word by word; empty where they say the same."""
    return compare({"body": old.text}, {"body": new.text})


def licence_name(version: TermsVersion) -> str:
    """The name of the licence, or its address, or that these are terms of our own."""
    known = licence_at(version.licence_url)
    return known.name if known else version.licence_url or _("our own terms")


# What terms do not say has to be asked for.
UNSAID = Rule(Verdict.ASK)


class Fate(NamedTuple):
    """A version and what became of it."""

    version: TermsVersion
    word: str
    sentence: str


def fates(versions: Iterable[TermsVersion], *, at: datetime) -> list[Fate]:
    """Each version with when it counted, newest first. ``versions`` are all of their terms."""
    found, sooner = [], None
    is_taken = False
    for version in sorted(versions, key=lambda version: -version.number):
        found.append(_fate(version, at, sooner, is_taken=is_taken))
        is_taken = is_taken or version.valid_from <= at
        sooner = min(sooner or version.valid_from, version.valid_from)
    return found


def _fate(version: TermsVersion, at: datetime, sooner: datetime | None, *, is_taken: bool) -> Fate:
    """``sooner``: when the first of the later versions came or comes to count."""
    since = _moment(version.valid_from)
    if sooner is not None and sooner <= version.valid_from:
        return Fate(version, "never", _("Never counted: a later version came first."))
    if version.valid_from > at:
        return Fate(version, "ahead", _("Counts from {since} on.").format(since=since))
    if is_taken:
        until = _moment(sooner)
        said = _("Counted from {since} until {until}.").format(since=since, until=until)
        return Fate(version, "past", said)
    if sooner is not None:
        until = _moment(sooner)
        said = _("In force since {since}, until {until}.").format(since=since, until=until)
        return Fate(version, "now", said)
    return Fate(version, "now", _("In force since {since}.").format(since=since))


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "DATETIME_FORMAT")
