"""A made-up case, to see a letter before it goes out to anybody."""

from datetime import date
from decimal import Decimal

from django.utils import translation
from moneyed import Money

from articles.addresses import site
from articles.comparison import Piece
from licensing.letter_texts import button, phrase
from licensing.letter_values import day, named_use
from licensing.letter_words import Button, Changes, Items, Quotation, Sums, Value
from licensing.money import formatted
from licensing.passages import Passage
from licensing.recall_words import CHANGED

FIRST, LAST = date(2030, 5, 1), date(2031, 4, 30)
NET, TAX = Money(Decimal("150.00"), "EUR"), Money(Decimal("28.50"), "EUR")
SAMPLE_LINE = '<p><a href="https://…">The last lamplighter of Harbour Street</a></p>'
NUMBER, GRANT, INVOICE = "PR-2030-000123", "GR-2030-000045", "IN-2030-000067"


def sample_values(letter: str, language: str, *, house: str) -> dict[str, Value]:
    """What would be filled in for the made-up case."""
    words = Quotation(phrase("sample", language), "Mara Quill")
    last = day(LAST, language)
    days = phrase("from_to", language)
    with translation.override(language):
        what, to_do = map(str, CHANGED)
    return {
        "requester": "Ines Roca",
        "number": NUMBER,
        "use": named_use("print", language),
        "articles": Items(("“The last lamplighter of Harbour Street”", "“Salt and rain”")),
        "link": Button(button(letter, language), f"{site()}/permissions/…/"),
        "house": house or phrase("desk", language),
        "day": last,
        "message": words,
        "reason": words,
        "lines": Sums(
            (
                (named_use("print", language), formatted(NET, language)),
                ("VAT 19 %", formatted(TAX, language)),
                (phrase("total", language), formatted(NET + TAX, language)),
            )
        ),
        "total": formatted(NET + TAX, language),
        "invoice": INVOICE,
        "payment": Button(phrase("pay", language), f"{site()}/…"),
        "grant": GRANT,
        "days": days.replace("{first}", day(FIRST, language)).replace("{last}", last),
        "check": Button(phrase("check", language), f"{site()}/grants/{GRANT}/"),
        "holder": "The Gazette",
        "contact": "rights@gazette.example",
        "other": "PR-2030-000099",
        "copy": "https://harbour-post.example/the-last-lamplighter",
        "amiss": Items((phrase("sample_amiss", language),)),
        "headline": "The last lamplighter of Harbour Street",
        "picture": Quotation("A ladder against a street lamp"),
        "what": what,
        "todo": to_do,
        "notice": Quotation(phrase("sample_notice", language)),
        "changes": Changes(
            (Passage("…", (Piece("removed", "1931"), Piece("added", "1913"))),),
            phrase("changed", language),
        ),
        "paste": f"{phrase('paste', language)}\n\n{SAMPLE_LINE}",
    }
