"""Bills and credit notes as PDF: what was sent, word for word."""

from django.utils.translation import gettext as _

from licensing import invoicing, papers
from licensing.models import Invoice, InvoiceKind
from licensing.printing import document
from licensing.printing.document import Line, Party
from licensing.printing.labels import INVOICE
from licensing.printing.typeset import typeset
from licensing.quotes import lines_in_words


def pdf(invoice: Invoice) -> bytes:
    """The bill as a PDF. Raises TypesettingError."""
    with papers.in_language_of(invoice.permission_request) as language:
        return typeset(paper(invoice, language)).pdf


def paper(invoice: Invoice, language: str) -> document.Invoice:
    """What is printed."""
    is_credit = invoice.kind == InvoiceKind.CREDIT_NOTE
    payment_url = "" if is_credit else invoicing.payment_address(invoice)
    return document.Invoice(
        **papers.head(language, dated=invoice.issued_at),
        number=invoice.number,
        url=papers.check_url(invoice.grant) if invoice.grant else "",
        kind="credit_note" if is_credit else "invoice",
        cancels=invoice.cancels.number if is_credit else "",
        issued_on=papers.day(invoice.issued_at),
        due_on="" if is_credit else papers.day(invoice.due_on),
        seller=_party(invoice.seller),
        buyer=_party(invoice.buyer, vat_id=invoice.vat_id),
        purchase_order=invoice.po_number,
        request_number=invoice.permission_request.number,
        grant_number=invoice.grant.number if invoice.grant else "",
        lines=[
            Line(line.label, line.amount, line.why)
            for line in lines_in_words(invoice.lines, invoice.currency, language)
        ],
        net=papers.amount(invoice.net, invoice.currency),
        tax_label=invoice.tax_label,
        tax=papers.amount(invoice.tax, invoice.currency) if invoice.tax_label else "",
        total=papers.amount(invoice.total, invoice.currency),
        payment=[] if is_credit else [_how_to_pay(invoice)],
        payment_url=payment_url,
        labels=papers.labels(INVOICE),
    )


def _party(lines: list[str], *, vat_id: str = "") -> Party:
    name, *more = lines or [_("Erased")]
    return Party(name=name, lines=more, vat_id=vat_id)


def _how_to_pay(invoice: Invoice) -> str:
    return _("Please name {number} with your payment.").format(number=invoice.number)
