"""The fixed words of the papers, in English; whoever fills a paper looks each one up by gettext.

`labels={key: gettext(words) for key, words in CERTIFICATE.items()}`. Places in braces are filled
when the paper is typeset, and must stand in a translation as well.
"""

_EVERY_PAPER = {
    "page": "Page {number} of {total}",
    "vat_id": "VAT number",
    "qr": "QR code that leads to {url}",
}

CERTIFICATE = {
    **_EVERY_PAPER,
    "title": "Permission to publish",
    "licence": "Licence",
    "number": "Licence number",
    "issued_on": "Issued on",
    "request": "Request",
    "licensor": "Licensor",
    "licensee": "Licensee",
    "grant": "{licensor} grants {licensee} a non-exclusive licence to use what is named here, in "
    "the ways, places and time named here, on the conditions and terms set out in this document.",
    "grant_exclusive": "{licensor} grants {licensee} an exclusive licence to use what is named "
    "here, in the ways, places and time named here, on the conditions and terms set out in this "
    "document.",
    "nothing_else": "Every right that is not granted here stays with the licensor.",
    "uses": "Permitted uses",
    "particulars": "Publication",
    "scope": "Scope",
    "territory": "Territory",
    "languages": "Languages",
    "valid_from": "Valid from",
    "valid_until": "Valid until",
    "no_end": "No end date",
    "exclusivity": "Exclusivity",
    "exclusive": "Exclusive",
    "not_exclusive": "Non-exclusive",
    "fee": "Fee",
    "articles": "Licensed articles",
    "article": "Article {number}",
    "publication": "Publication",
    "original_publication": "First published",
    "address": "Address",
    "revision": "Revision",
    "fingerprint": "SHA-256 of this revision",
    "attribution": "This line must stand in every copy",
    "pictures_covered": "Pictures covered",
    "pictures_left_out": "Pictures not covered",
    "conditions": "Conditions",
    "terms": "Terms",
    "terms_version": "{name}, version {version}",
    "terms_frozen": "As they stood when this licence was granted:",
    "issued_by": "Issued for the licensor by",
    "issued_by_rule": "Issued for the licensor by standing rule",
    "rule_version": "Version {version}",
    "check": "Check this licence",
    "check_why": "Whether this licence is in force today is said at this address only, not by this "
    "paper:",
}

INVOICE = {
    **_EVERY_PAPER,
    "invoice": "Invoice",
    "credit_note": "Credit note",
    "number": "Number",
    "issued_on": "Date",
    "supplied_on": "Date of supply",
    "due_on": "Due on",
    "request": "Request",
    "grant": "Licence",
    "purchase_order": "Your order",
    "seller": "From",
    "buyer": "To",
    "cancels": "This credit note cancels invoice {number}.",
    "line": "For",
    "amount": "Amount",
    "net": "Net",
    "total": "Total",
    "total_credit": "Total credited",
    "payment": "How to pay",
    "payment_address": "Pay online",
    "only_once_paid": "The licence counts only once this invoice has been paid in full.",
}

CASE_FILE = {
    **_EVERY_PAPER,
    "title": "Case file",
    "number": "Request",
    "requester": "Requester",
    "status": "Status",
    "asked": "What was asked",
    "articles": "Articles and reasons",
    "thread": "Messages",
    "notes": "Internal notes",
    "internal": "Internal",
    "internal_why": "Notes of the desk. They were never sent to the requester.",
    "internal_pages": "Contains internal notes",
    "quotes": "Quotes",
    "invoices": "Invoices and payments",
    "grants": "Licences",
    "events": "Every event",
    "events_why": "Each seal is computed over its event and the seal before it; here are the first "
    "sixteen digits.",
    "seal": "Seal",
    "files": "Files",
    "sha256": "SHA-256",
    "mails": "Mails",
    "mail_to": "To",
    "nothing": "Nothing is on record.",
}
