"""What the page of a copy says: what is amiss, what each look saw, how often it is read."""

from collections.abc import Iterable

from licensing.admin.request_case import events_in_words
from licensing.compliance.failures import sentence
from licensing.compliance.findings import Finding, from_json
from licensing.copies import figures
from licensing.crosspost_workflow import CROSSPOST
from licensing.models import Crosspost, CrosspostCheck
from licensing.wording import said

MOST_LOOKS = 50
SHOWN_OF_A_HASH = 12


def case_of(crosspost: Crosspost) -> dict:
    """Everything that hangs on a copy."""
    rows = crosspost.checks.select_related("revision", "by").defer("text", "revision__content")
    looks = list(rows[:MOST_LOOKS])
    seen = next((look for look in looks if not look.failure), None)
    found = from_json(seen.findings) if seen else []
    return {
        "seen": seen,
        "latest": looks[0] if looks else None,
        "amiss": in_words(one for one in found if one.is_due),
        "noted": in_words(one for one in found if not one.is_due),
        "looks": [look_in_words(look) for look in looks],
        "read": figures.of_copy(crosspost, on=figures.today()),
        "events": _events(crosspost),
    }


def in_words(findings: Iterable[Finding]) -> list[dict]:
    """Each as a sentence; a line that makes several of them good is written out once."""
    told: set[str] = set()
    found = []
    for finding in findings:
        found.append(_in_words(finding, is_told=finding.line in told))
        told.update(filter(None, [finding.line]))
    return found


def _in_words(finding: Finding, *, is_told: bool) -> dict:
    """A sentence, the line that makes it good, and what reads otherwise."""
    return {
        "is_told": is_told,
        "code": finding.code.value,
        "sentence": said(finding.sentence),
        "is_due": finding.is_due,
        "line": finding.line,
        "rows": min(8, 1 + len(finding.line) // 70 + finding.line.count("\n")),
        "passages": finding.passages,
    }


def look_in_words(look: CrosspostCheck) -> dict:
    """One look, as a line of a table."""
    found = from_json(look.findings)
    return {
        "look": look,
        "failure": said(sentence(look.failure)) if look.failure else "",
        "amiss": [said(one.sentence) for one in found if one.is_due],
        "noted": sum(not one.is_due for one in found),
        "hash": look.sha256[:SHOWN_OF_A_HASH],
    }


def _events(crosspost: Crosspost) -> list[dict]:
    """The record; the keys of findings are for machines, and stand with the looks in words."""
    found = events_in_words(crosspost, CROSSPOST)
    for event in found:
        event["facts"] = []
    return found
