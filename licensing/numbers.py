"""Numbers of requests, grants, invoices and complaints: in sequence, each once, without gaps.

A number is taken in the transaction that uses it, by holding the row of its series: who fails
gives it back, who comes at the same time waits.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from licensing.models import Counter

REQUEST, GRANT, INVOICE = "PR", "GR", "INV"
COMPLAINT, OWN_NOTICE = "CO", "ON"
DIGITS = 6


@transaction.atomic
def next_number(series: str, *, at: datetime) -> str:
    """The next of ``series`` in the year of ``at``: “PR-2026-000123”. Call it late: others wait."""
    name = f"{series}-{timezone.localdate(at).year}"
    counters = Counter.objects.filter(series=name)
    if not counters.update(last=F("last") + 1):
        # Of two who begin a year at once, one writes the row and the other finds it.
        Counter.objects.get_or_create(series=name)
        counters.update(last=F("last") + 1)
    return f"{name}-{counters.values_list('last', flat=True).get():0{DIGITS}d}"
