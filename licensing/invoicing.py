"""Bills: written from the accepted quote, cancelled by a credit note, paid in full or in part."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from moneyed import Money

from articles.models import Publication
from licensing import numbers
from licensing.issuing import open_invoice
from licensing.models import Grant, Invoice, InvoiceKind, Payment, PermissionRequest
from licensing.money import FALLBACK, formatted
from licensing.rights import currencies

COPIED = ("seller", "buyer", "vat_id", "po_number", "lines", "currency", "tax_label")


@transaction.atomic
def write(permission_request: PermissionRequest, grant: Grant, *, at: datetime) -> Invoice:
    """The bill for what was accepted."""
    quote = permission_request.accepted_quote
    return Invoice.objects.create(
        number=numbers.next_number(numbers.INVOICE, at=at),
        kind=InvoiceKind.INVOICE,
        permission_request=permission_request,
        grant=grant,
        issued_at=at,
        due_on=timezone.localdate(at) + timedelta(days=settings.INVOICE_DUE_DAYS),
        seller=seller(),
        buyer=buyer(permission_request),
        vat_id=permission_request.vat_id,
        po_number=permission_request.po_number,
        lines=quote.lines,
        currency=quote.currency,
        net=quote.net,
        tax=quote.tax,
        tax_label=quote.tax_label,
        total=quote.total,
    )


@transaction.atomic
def cancel(permission_request: PermissionRequest, *, at: datetime) -> Invoice | None:
    """A credit note for the bill that is open and has not been paid; ``None`` where none is."""
    invoice = open_invoice(permission_request)
    if invoice is None or invoice.is_paid:
        return None
    return Invoice.objects.create(
        number=numbers.next_number(numbers.INVOICE, at=at),
        kind=InvoiceKind.CREDIT_NOTE,
        permission_request=permission_request,
        grant=invoice.grant,
        cancels=invoice,
        issued_at=at,
        net=-invoice.net,
        tax=-invoice.tax,
        total=-invoice.total,
        **{name: getattr(invoice, name) for name in COPIED},
    )


def record(
    invoice: Invoice, *, amount: Decimal, received_on: date, reference: str, by, at: datetime
) -> Payment:
    """Money that came in, no more than is due. Raises ValidationError."""
    payment = Payment(
        invoice=invoice,
        amount=amount,
        received_on=received_on,
        reference=reference,
        recorded_at=at,
        recorded_by=by,
    )
    payment.full_clean()
    received, due = Money(payment.amount, invoice.currency), invoice.money - invoice.paid
    if currencies.money(payment.amount, invoice.currency) != received:
        raise ValidationError({"amount": _("This currency has no coins as small as that.")})
    if received > due:
        said = _("That is more than the %(due)s that are due.")
        missing = formatted(due, get_language() or FALLBACK)
        raise ValidationError({"amount": said % {"due": missing}})
    payment.save()
    return payment


def seller() -> list[str]:
    """Who sends bills, line by line, as the house configured it."""
    if lines := [line for line in settings.INVOICE_SELLER.splitlines() if line.strip()]:
        return lines
    house = Publication.objects.filter(is_house=True).first()
    return [house.name] if house else [_("The rights desk")]


def buyer(permission_request: PermissionRequest) -> list[str]:
    """Whom a bill goes to, line by line."""
    name = permission_request.billing_name or permission_request.outlet
    person = permission_request.requester_name if name != permission_request.requester_name else ""
    address = permission_request.billing_address.splitlines()
    return [line.strip() for line in [name, person, *address] if line.strip()]


def payment_address(invoice: Invoice) -> str:
    """Where the house takes payments, with this bill filled in; ``""`` where it takes none."""
    return settings.PAYMENT_URL.format(
        number=invoice.number, amount=invoice.total, currency=invoice.currency
    )
