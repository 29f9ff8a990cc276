"""The fixed words of the papers, in English; whoever fills a paper looks each one up by gettext.

`labels={key: gettext(words) for key, words in CERTIFICATE.items()}`. Places in braces are filled
when the paper is typeset, and must stand in a translation as well.
"""

from licensing.rights.marking import marked as _

_EVERY_PAPER = {
    "page": _("Page {number} of {total}"),
    "vat_id": _("VAT number"),
    "qr": _("QR code that leads to {url}"),
}

CERTIFICATE = {
    **_EVERY_PAPER,
    "title": _("Permission to publish"),
    "licence": _("Licence"),
    "number": _("Licence number"),
    "issued_on": _("Issued on"),
    "request": _("Request"),
    "licensor": _("Licensor"),
    "licensee": _("Licensee"),
    "grant": _(
        "{licensor} grants {licensee} a non-exclusive licence to use what is named here, in "
        "the ways, places and time named here, on the conditions and terms set out in this "
        "document."
    ),
    "grant_exclusive": _(
        "{licensor} grants {licensee} an exclusive licence to use what is named "
        "here, in the ways, places and time named here, on the conditions and terms set out in "
        "this document."
    ),
    "nothing_else": _("Every right that is not granted here stays with the licensor."),
    "uses": _("Permitted uses"),
    "particulars": _("Publication"),
    "scope": _("Scope"),
    "territory": _("Territory"),
    "languages": _("Languages"),
    "valid_from": _("Valid from"),
    "valid_until": _("Valid until"),
    "no_end": _("No end date"),
    "exclusivity": _("Exclusivity"),
    "exclusive": _("Exclusive"),
    "not_exclusive": _("Non-exclusive"),
    "fee": _("Fee"),
    "articles": _("Licensed articles"),
    "article": _("Article {number}"),
    "publication": _("Publication"),
    "original_publication": _("First published"),
    "address": _("Address"),
    "revision": _("Revision"),
    "fingerprint": _("SHA-256 of this revision"),
    "attribution": _("This line must stand in every copy"),
    "pictures_covered": _("Pictures covered"),
    "pictures_left_out": _("Pictures not covered"),
    "conditions": _("Conditions"),
    "terms": _("Terms"),
    "terms_version": _("{name}, version {version}"),
    "terms_frozen": _("As they stood when this licence was granted:"),
    "issued_by": _("Issued for the licensor by"),
    "issued_by_rule": _("Issued for the licensor by standing rule"),
    "rule_version": _("Version {version}"),
    "check": _("Check this licence"),
    "check_why": _(
        "Whether this licence is in force today is said at this address only, not by this paper:"
    ),
}

INVOICE = {
    **_EVERY_PAPER,
    "invoice": _("Invoice"),
    "credit_note": _("Credit note"),
    "number": _("Number"),
    "issued_on": _("Date"),
    "supplied_on": _("Date of supply"),
    "due_on": _("Due on"),
    "request": _("Request"),
    "grant": _("Licence"),
    "purchase_order": _("Your order"),
    "seller": _("From"),
    "buyer": _("Recipient"),
    "cancels": _("This credit note cancels invoice {number}."),
    "line": _("For"),
    "amount": _("Amount"),
    "net": _("Net"),
    "total": _("Total"),
    "total_credit": _("Total credited"),
    "payment": _("How to pay"),
    "payment_address": _("Pay online"),
    "only_once_paid": _("The licence counts only once this invoice has been paid in full."),
}

CASE_FILE = {
    **_EVERY_PAPER,
    "title": _("Case file"),
    "number": _("Request"),
    "requester": _("Requester"),
    "status": _("Status"),
    "asked": _("What was asked"),
    "articles": _("Articles and reasons"),
    "thread": _("Messages"),
    "notes": _("Internal notes"),
    "internal": _("Internal"),
    "internal_why": _("Notes of the desk. They were never sent to the requester."),
    "internal_pages": _("Contains internal notes"),
    "quotes": _("Quotes"),
    "invoices": _("Invoices and payments"),
    "grants": _("Licences"),
    "events": _("Every event"),
    "events_why": _(
        "Each seal is computed over its event and the seal before it; here are the first "
        "sixteen digits."
    ),
    "seal": _("Seal"),
    "files": _("Files"),
    "sha256": _("SHA-256"),
    "mails": _("Mails"),
    "mail_to": _("Recipient"),
    "nothing": _("Nothing is on record."),
}
