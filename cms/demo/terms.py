"""The demo's usage terms: ready-made sets, and where the newsroom put them."""

from licensing.actions.terms import assign, install
from licensing.models import TermsAssignment, UsageTerms
from licensing.ready_made import READY_MADE

# Kind of place → the rows it is found among.
PLACES = {"publication": "publications", "report": "reports", "article": "articles"}


class DemoTerms:
    """Installs every ready-made set and puts terms in place; what stands already is left."""

    def __init__(self, *, people: dict):
        self.by = people["rights_manager"]
        self.found: dict[str, UsageTerms] = {}

    def install(self) -> None:
        self.found = {slug: install(one, by=self.by) for slug, one in READY_MADE.items()}

    def put(self, rows: list[dict], found: dict[str, dict]) -> None:
        """``found``: rows by kind and key. A place whose row is not loaded yet waits for later."""
        for row in rows:
            place = {kind: found.get(name, {}).get(row.get(kind)) for kind, name in PLACES.items()}
            is_waiting = row.keys() & PLACES.keys() and not any(place.values())
            if not is_waiting and not TermsAssignment.objects.filter(**place).exists():
                assign(self.found[row["terms"]], by=self.by, **place)
