"""Papers of the rights desk with every field filled, so that each can be looked for in print."""

import datetime
from dataclasses import replace

from licensing.printing.document import (
    CaseFile,
    Certificate,
    Event,
    File,
    Invoice,
    IssuedByPerson,
    LicensedArticle,
    Line,
    Mail,
    Message,
    Party,
    Record,
    Terms,
)

CHECK = "https://imprimatur.example/grants/GR-2026-000123/"
PAY = "https://pay.imprimatur.example/INV-2026-000045/"
TERMS = "https://imprimatur.example/rights/terms/print/"
FINGERPRINT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
HOUSE = {
    "language": "en-GB",
    "direction": "ltr",
    "house": "Imprimatur",
    "dated": datetime.datetime(2026, 11, 28, 14, 5, tzinfo=datetime.UTC),
    "copyright": "© Imprimatur 2026",
    "terms_url": TERMS,
}
LICENSOR = Party(
    name="Imprimatur Media",
    lines=["12 Quay Street", "Bristol BS1 4QA"],
    contact="rights@imprimatur.example",
    url="https://imprimatur.example/",
    vat_id="GB 123 4567 89",
)


def certificate(**changes) -> Certificate:
    whole = Certificate(
        **HOUSE,
        url=CHECK,
        number="GR-2026-000123",
        issued_on="28 November 2026",
        licensor=LICENSOR,
        licensee=Party(name="Marta Lindqvist", lines=["Northern Light Press", "Sweden"]),
        issued_by=IssuedByPerson("Hanna Weber", "Head of rights"),
        check_url=CHECK,
        articles=[
            LicensedArticle(
                headline="The Ferry That Came Back",
                byline="By Ada Brook and Ben Cole",
                publication="Imprimatur, 9 March 2024",
                original_publication="The Harbour Post, 7 March 2024",
                url="https://imprimatur.example/articles/ferry/",
                revision="Fourth revision",
                fingerprint=FINGERPRINT,
                attribution="Ada Brook, first published by The Harbour Post. © Ada Brook.",
                pictures_covered=["The quay at dawn. Photo: Cora Dunn"],
                pictures_left_out=["Map of the route"],
            ),
            LicensedArticle(headline="Ten Winters Without a Boat", revision="Second revision"),
        ],
        uses=["Publish in print", "Publish an electronic edition"],
        particulars=[("Title", "Islands in the North"), ("Paperback", "5,000 copies")],
        conditions=["Name the source in every copy.", "The text may not be sold on its own."],
        territory="Sweden, Norway, Denmark",
        languages="English, Swedish",
        valid_from="1 January 2027",
        valid_until="31 December 2031",
        fee="EUR 420.00",
        terms=Terms(
            name="Print and books",
            version="3 of 4 May 2026",
            url=TERMS,
            text=["A new edition needs permission of its own.", "The text is not altered."],
        ),
        request_number="RQ-2026-000310",
    )
    return replace(whole, **changes)


def invoice(**changes) -> Invoice:
    whole = Invoice(
        **HOUSE,
        url="https://imprimatur.example/invoices/INV-2026-000045/",
        number="INV-2026-000045",
        issued_on="28 November 2026",
        supplied_on="27 November 2026",
        due_on="28 December 2026",
        seller=LICENSOR,
        buyer=Party(name="Northern Light Press AB", lines=["Hamngatan 4"], vat_id="SE 5566 01"),
        purchase_order="PO-77812",
        request_number="RQ-2026-000310",
        grant_number="GR-2026-000123",
        lines=[
            Line("Publish in print", "EUR 260.00", "Print run of 5,000 copies: + 30 %."),
            Line("Rush", "EUR 40.00"),
        ],
        net="EUR 300.00",
        tax_label="VAT",
        tax_rate="20 %",
        tax="EUR 60.00",
        total="EUR 360.00",
        tax_note="Reverse charge: the buyer accounts for VAT.",
        payment=["By bank transfer to GB33 BUKB 2020.", "Please name the invoice."],
        payment_url=PAY,
    )
    return replace(whole, **changes)


def case_file(**changes) -> CaseFile:
    whole = CaseFile(
        **HOUSE,
        url="https://imprimatur.example/requests/RQ-2026-000310/",
        number="RQ-2026-000310",
        requester="Marta Lindqvist",
        status="Licensed",
        head=[("Received", "20 November 2026"), ("Answered", "28 November 2026")],
        asked=[("Use", "Publish in print"), ("In their words", "A reader for evening classes.")],
        articles=[
            Record(
                title="The Ferry That Came Back",
                facts=[("Rights holder", "The Harbour Post")],
                paragraphs=["The clearance of 3 January allows print."],
            )
        ],
        thread=[Message("Marta", "20 Nov, 09:12", "Dear rights desk,\nmay we?\n\nBest wishes")],
        quotes=[
            Record(
                title="Quote 1",
                facts=[("Sent", "23 November")],
                lines=[Line("Print run", "EUR 300.00", "Band up to 5,000")],
            )
        ],
        invoices=[
            Record(title="INV-2026-000045", lines=[Line("Bank transfer NLP-99", "EUR 420.00")])
        ],
        grants=[Record(title="GR-2026-000123", facts=[("Valid until", "31 December 2031")])],
        events=[
            Event(
                who="Hanna Weber",
                when="21 Nov, 10:40",
                move="Send quote",
                before="In review",
                after="Quoted",
                reason="First version",
                seal=FINGERPRINT,
            )
        ],
        files=[File("request-form.pdf", FINGERPRINT, "118 KB")],
        mails=[Mail("28 Nov, 14:05", "marta@northern.example", "Your licence")],
    )
    return replace(whole, **changes)
