"""Whether licences, quotes and bills still say what the record of events sealed of them."""

from collections.abc import Iterator

from django.db.models import Prefetch

from cms.workflows.witnesses import witness
from licensing import fingerprints
from licensing.invoicing import COPIED
from licensing.models import (
    Grant,
    GrantEvent,
    Invoice,
    InvoiceKind,
    PermissionRequest,
    PermissionRequestEvent,
)

CHUNK = 500
# A bill says what its quote did; who pays is said on the bill alone, and erased one day.
OF_QUOTE = ("lines", "currency", "net", "tax", "tax_label", "total")
OF_BILL = tuple(name for name in COPIED if name not in ("buyer", "vat_id", "po_number"))


def _sealed(model, move: str) -> Prefetch:
    return Prefetch("events", model.objects.filter(move=move).order_by("number"), to_attr="sealed")


@witness("licensing.grant")
def grants() -> Iterator[str]:
    """Every grant as it was issued."""
    rows = Grant.objects.order_by("pk").prefetch_related("granted", _sealed(GrantEvent, "issue"))
    for grant in rows.iterator(CHUNK):
        if [event.facts.get("sha256") for event in grant.sealed] != [fingerprints.of_grant(grant)]:
            yield f"{grant.pk}: it does not say what was issued."


@witness("licensing.quote")
def quotes() -> Iterator[str]:
    """Every quote as it was sent, none more and none fewer."""
    rows = PermissionRequest.objects.order_by("pk")
    sealed = _sealed(PermissionRequestEvent, "quote")
    for row in rows.prefetch_related("quotes", sealed).iterator(CHUNK):
        sent = {event.facts.get("quote"): event.facts.get("sha256") for event in row.sealed}
        standing = {quote.number: quote for quote in row.quotes.all()}
        for number in sorted(sent.keys() - standing.keys(), key=str):
            yield f"{number} of request {row.pk}: it is gone."
        for number, quote in sorted(standing.items()):
            if sent.get(number) != fingerprints.of_quote(quote):
                yield f"{number} of request {row.pk}: it does not say what was sent."


@witness("licensing.invoice")
def invoices() -> Iterator[str]:
    """Every bill as its quote, and every credit note as its bill."""
    rows = Invoice.objects.order_by("pk").select_related("grant__quote", "cancels")
    for bill in rows.iterator(CHUNK):
        if bill.kind == InvoiceKind.INVOICE:
            quote = bill.grant.quote if bill.grant else None
            is_whole = quote is not None and all(
                getattr(bill, name) == getattr(quote, name) for name in OF_QUOTE
            )
        else:
            before = bill.cancels
            is_whole = all(getattr(bill, name) == getattr(before, name) for name in OF_BILL) and (
                (bill.net, bill.tax, bill.total) == (-before.net, -before.tax, -before.total)
            )
        if not is_whole:
            yield f"{bill.pk}: it does not say what was agreed."
