"""Which letters go to requesters and complainants, when, what may be filled into each: one table.

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
    "copy": _("The address of the copy."),
    "amiss": _("What is to be put right on the copy, one a line."),
    "paste": _("The lines that make it good; left out where there are none."),
    "headline": _("The headline of the article that this letter is about."),
    "picture": _("The picture that is to be taken out; left out where it is about the text."),
    "what": _("What happened to the text, in a sentence."),
    "todo": _("What is to be done with the copy, in a sentence."),
    "notice": _("What readers are told; left out where they are told nothing."),
    "changes": _("What was changed since it was granted, passage by passage; left out without."),
}
EVERYWHERE = ("requester", "number", "use", "articles", "link", "house")
# Letters about a complaint, and to a partner: their phrase, and what may be filled into each.
NOTICE, FEED = "about_notice", "about_feed"
ABOUT = {
    NOTICE: ("requester", "number", "articles", "link", "house"),
    FEED: ("requester", "articles", "link", "house"),
}


@dataclass(frozen=True)
class Letter:
    """A letter to a requester. ``own``: its places beside those that every letter has.

    ``must_say``: without these places in its text the letter would not say what it is for.
    ``about``: the phrase that stands before what it is about.
    """

    name: str
    title: str
    when: str
    own: tuple[str, ...] = ()
    must_say: tuple[str, ...] = ("link",)
    about: str = "about"

    @property
    def places(self) -> tuple[str, ...]:
        return (*ABOUT.get(self.about, EVERYWHERE), *self.own)

    @property
    def subject_says(self) -> str:
        """What the subject may not leave out: partners know no number."""
        return "headline" if self.about == FEED else "number"


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
        "taken",
        _("Copy taken"),
        _("When somebody has taken a copy from the republish page, by name."),
        ("grant", "days", "check"),
        ("link", "grant"),
        about="about_copy",
    ),
    Letter(
        "copy_amiss",
        _("Something to put right on a copy"),
        _("When a look at a copy found that something is missing or altered; once for each."),
        ("grant", "copy", "amiss", "paste"),
        ("copy", "amiss"),
    ),
    Letter(
        "copy_changed",
        _("The text was put right"),
        _("When readers are told of a correction, clarification or update; to all with a copy."),
        ("grant", "headline", "notice", "changes"),
        ("link", "headline", "notice"),
    ),
    Letter(
        "copy_retracted",
        _("The text was retracted"),
        _("When the house no longer stands by a text; to all with a copy."),
        ("grant", "headline", "notice", "changes"),
        ("link", "headline", "notice"),
    ),
    Letter(
        "copy_withdrawn",
        _("The text was withdrawn"),
        _("When a text is withdrawn, or withheld after a complaint; to all with a copy."),
        ("grant", "headline", "notice", "changes"),
        ("link", "headline"),
    ),
    Letter(
        "copy_picture",
        _("A picture was withheld"),
        _("When a picture is withheld after a complaint; to all whose licence names it."),
        ("grant", "headline", "picture"),
        ("link", "headline", "picture"),
    ),
    Letter(
        "remind_copy",
        _("Reminder: your copy"),
        _("Three days and a week after one of these, while nobody has said what was done."),
        ("grant", "headline", "picture", "notice", "changes", "day"),
        ("link", "headline"),
    ),
    Letter(
        "feed_recalled",
        _("To partners: put right or taken back"),
        _("When a text is put right or taken back; to all who were given it by their feed."),
        ("headline", "what", "picture", "notice", "changes", "todo"),
        ("link", "headline", "what", "notice", "todo"),
        FEED,
    ),
    Letter(
        "remind_feed",
        _("Reminder to partners"),
        _("Three days and a week after that, while nobody has said what was done."),
        ("headline", "what", "picture", "notice", "changes", "todo", "day"),
        ("link", "headline"),
        FEED,
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
    Letter(
        "notice_received",
        _("Complaint: received"),
        _("When a rights holder has complained on the page."),
        ("day",),
        ("link",),
        NOTICE,
    ),
    Letter(
        "notice_acknowledged",
        _("Complaint: acknowledged"),
        _("When a colleague looks at a complaint, for the first time or once more."),
        ("day",),
        ("link",),
        NOTICE,
    ),
    Letter(
        "notice_upheld",
        _("Complaint: upheld"),
        _("When what a complaint is about is withheld."),
        ("reason",),
        ("link",),
        NOTICE,
    ),
    Letter(
        "notice_rejected",
        _("Complaint: rejected"),
        _("When a complaint is not founded."),
        ("reason",),
        ("link", "reason"),
        NOTICE,
    ),
    Letter(
        "notice_countered",
        _("Complaint: counter-notice"),
        _("When the other side has answered a complaint."),
        ("message",),
        ("link", "message"),
        NOTICE,
    ),
    Letter(
        "notice_restored",
        _("Complaint: shown again"),
        _("When what was withheld is public again."),
        ("reason",),
        ("link",),
        NOTICE,
    ),
    Letter(
        "notice_closed",
        _("Complaint: closed"),
        _("When a complaint is over and nothing changes."),
        ("reason",),
        ("link",),
        NOTICE,
    ),
    Letter(
        "notice_message",
        _("Complaint: a message from us"),
        _("When a colleague writes to whoever complained."),
        ("message",),
        ("link", "message"),
        NOTICE,
    ),
    Letter(
        "notice_invited",
        _("Complaint: asked for a counter-notice"),
        _("When a colleague sends the link of a complaint to the other side."),
        ("message",),
        ("link",),
        NOTICE,
    ),
]
LETTERS: dict[str, Letter] = {letter.name: letter for letter in _ALL}
