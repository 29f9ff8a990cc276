"""What the desk of rights has settled before anything is published."""

from articles.models import Publication
from licensing.models import (
    Clearance,
    ClearanceStatus,
    Scope,
    TermsAssignment,
    TermsVersion,
    UsageTerms,
)

COMMUNITY = {
    "excerpt": {"verdict": "granted", "conditions": ["acknowledge_source"]},
    "community_web": {
        "verdict": "granted",
        "conditions": ["acknowledge_source", "show_copyright", "link_original"],
    },
    "commercial_web": {"verdict": "ask"},
    "print": {"verdict": "ask"},
    "search_index": {"verdict": "granted"},
}


def hold_an_agreement_with(publication: Publication, **fields) -> Clearance:
    """A standing agreement for web publication, as it lies in the files for years."""
    held = Clearance.objects.filter(publication=publication, status=ClearanceStatus.GRANTED).first()
    values = {
        "scope": Scope.PUBLICATION,
        "publication": publication,
        "basis": "agreement",
        "reference": "Exchange of letters",
        "covers": ["web", "translation"],
        "passes_on": ["excerpt", "community_web", "search_index"],
        "status": ClearanceStatus.GRANTED,
    }
    return held or Clearance.objects.create(**{**values, **fields})


def stand_under(
    rules: dict = COMMUNITY, *, name: str = "Community terms", licence_url: str = "", **place
) -> UsageTerms:
    """Terms with one version, for ``article=``, ``report=``, ``publication=`` or the whole site."""
    terms, _created = UsageTerms.objects.get_or_create(
        name=name, defaults={"slug": name.lower().replace(" ", "-")}
    )
    if not terms.versions.exists():
        TermsVersion.objects.create(
            terms=terms, number=1, rules=rules, text=f"<p>{name}.</p>", licence_url=licence_url
        )
    nowhere = {"article": None, "report": None, "publication": None}
    TermsAssignment.objects.update_or_create(**{**nowhere, **place}, defaults={"terms": terms})
    return terms
