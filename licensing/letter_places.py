"""Which letters go to requesters, when, and what may be filled into each: one table.

The letters, their shipped words, the desk of wordings and their tests all read it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# Whatever may be filled in, and what it becomes.
PLACES = {
    "requester": _("The name of whoever asked."),
    "number": _("The number of the request."),
    "use": _("What was asked for: “publication in print”."),
    "articles": _("The articles, one a line."),
    "link": _("The secret link to the page of the request, as a button."),
    "house": _("The name of our house."),
    "day": _("The day that this letter is about."),
    "message": _("What a colleague wrote, with the name; the paragraph is left out without it."),
    "reason": _("The reason that was given."),
    "lines": _("The lines of the quote, as a table."),
    "total": _("What there is to pay."),
    "invoice": _("The number of the invoice."),
    "payment": _("Where to pay online; left out where the house takes no such payments."),
    "grant": _("The number of the licence."),
    "days": _("The days on which the licence counts: “from 1 May 2030 to 30 April 2031”."),
    "check": _("The public address on which anybody can check the licence."),
    "holder": _("The rights holder who can permit it."),
    "contact": _("How to reach the rights holder."),
    "other": _("The number of the other request."),
}
EVERYWHERE = ("requester", "number", "use", "articles", "link", "house")


@dataclass(frozen=True)
class Letter:
    """A letter to a requester. ``own``: its places beside those that every letter has.

    ``must_say``: without these places in its text the letter would not say what it is for.
    """

    name: str
    title: str
    when: str
    own: tuple[str, ...] = ()
    must_say: tuple[str, ...] = ("link",)

    @property
    def places(self) -> tuple[str, ...]:
        return (*EVERYWHERE, *self.own)


_ALL = [
    Letter(
        "submitted",
        _("Please confirm"),
        _("When somebody has asked on the page: the address is confirmed by its link."),
    ),
    Letter(
        "remind_confirm",
        _("Reminder: please confirm"),
        _("When the address was not confirmed for some days."),
    ),
    Letter(
        "received",
        _("Received"),
        _("When the address is confirmed and a person is to answer."),
        ("day",),
    ),
    Letter("review", _("Taken"), _("When a colleague takes it."), must_say=()),
    Letter(
        "ask_back",
        _("A question from us"),
        _("When a colleague needs more information."),
        ("message",),
        ("link", "message"),
    ),
    Letter(
        "remind_answer",
        _("Reminder: our question"),
        _("One week and two weeks after an unanswered question."),
        ("message", "day"),
    ),
    Letter(
        "message",
        _("A message from us"),
        _("When a colleague writes without moving the request."),
        ("message",),
        ("message",),
    ),
    Letter(
        "quote",
        _("Quote"),
        _("When a quote is sent, and each later version of it."),
        ("message", "lines", "total", "day"),
        ("link", "total", "day"),
    ),
    Letter(
        "remind_quote",
        _("Reminder: the quote ends"),
        _("One week and one day before the last day of a quote."),
        ("total", "day"),
        ("link", "day"),
    ),
    Letter(
        "accept",
        _("Accepted"),
        _("When a quote was accepted and a person has to look once more."),
        must_say=(),
    ),
    Letter(
        "invoice",
        _("Invoice"),
        _("When the invoice is written; the licence counts once it is paid."),
        ("invoice", "total", "day", "payment"),
        ("link", "invoice", "total"),
    ),
    Letter(
        "remind_payment",
        _("Reminder: the invoice"),
        _("One day and two weeks after the day on which an unpaid invoice was due."),
        ("invoice", "total", "day", "payment"),
        ("link", "invoice", "total"),
    ),
    Letter(
        "granted",
        _("Granted"),
        _("When the licence counts: free of charge, paid for, or by a rule."),
        ("grant", "days", "check"),
        ("link", "grant"),
    ),
    Letter(
        "refer",
        _("Referred to the rights holder"),
        _("When it is not ours to permit."),
        ("holder", "contact", "message"),
        ("holder", "contact"),
    ),
    Letter(
        "decline",
        _("Declined"),
        _("When a colleague says no."),
        ("reason",),
        ("reason",),
    ),
    Letter("withdraw", _("Withdrawn"), _("When the requester no longer wants it."), must_say=()),
    Letter("lapse", _("Lapsed"), _("When nobody answered in time."), must_say=()),
    Letter("reopen", _("Reopened"), _("When it is worked on again."), must_say=()),
    Letter(
        "transfer",
        _("Goes on in a new request"),
        _("When the rights holder has changed."),
        ("other",),
        ("link", "other"),
    ),
    Letter(
        "merge",
        _("Closed as a duplicate"),
        _("When the same was asked twice."),
        ("other",),
        ("other",),
    ),
    Letter("close", _("Closed"), _("When it is closed for good."), must_say=()),
    Letter(
        "renew",
        _("Renewal"),
        _("When a colleague opens a request to renew a licence."),
        ("grant",),
        ("link", "grant"),
    ),
    Letter(
        "extended",
        _("Licence extended"),
        _("When a licence counts longer than before."),
        ("grant", "days", "check"),
        ("link", "grant", "days"),
    ),
    Letter(
        "grant_ending",
        _("Licence ends soon"),
        _("A month and a week before the last day of a licence."),
        ("grant", "day", "check"),
        ("link", "grant", "day"),
    ),
    Letter(
        "expired",
        _("Licence ended"),
        _("When the last day of a licence has passed."),
        ("grant", "day"),
        ("grant",),
    ),
    Letter(
        "revoked",
        _("Licence revoked"),
        _("When a licence no longer counts, with the reason."),
        ("grant", "reason"),
        ("grant", "reason"),
    ),
]
LETTERS: dict[str, Letter] = {letter.name: letter for letter in _ALL}
