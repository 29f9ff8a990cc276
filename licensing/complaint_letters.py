"""The letters about complaints: to whoever complained, to the other side, to the desk."""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from articles import addresses
from cms.outbox.actions import enqueue
from licensing import complaint_links, letter_texts, letter_values, letter_words
from licensing.letter_words import Button, Items
from licensing.letters import can_be_sent_to, is_promised
from licensing.models import Complaint, ComplaintEvent, ComplaintMessage
from licensing.models.complaint import Side
from licensing.request_letters import TEMPLATE, desk_address, house_of_ours, rendered

MOST_NAMED = 20
TO_THE_DESK = {
    "received": _("{number}: a complaint by a rights holder"),
    "message": _("{number}: a message about a complaint"),
    "counter": _("{number}: a counter-notice"),
}


def tell(
    complaint: Complaint,
    letter: str,
    *,
    key: str,
    at: datetime,
    to: str = "",
    side: Side = Side.COMPLAINANT,
    text: str = "",
    by=None,
) -> bool:
    """With a fresh secret link; ``to`` is whoever complained unless it says somebody else.

    Returns whether it was written now.
    """
    to = to or complaint.email
    if is_promised(key) or not can_be_sent_to(to):
        return False
    house = house_of_ours()
    language = letter_texts.language_of(complaint.language)
    _link, token = complaint_links.make(complaint, to=to, side=side, at=at)
    is_theirs = side == Side.COMPLAINANT
    words = letter_values.quotation(text, by)
    values = {
        "requester": complaint.name if is_theirs else letter_texts.phrase("somebody", language),
        "number": complaint.number,
        "articles": Items(tuple(map(letter_words.visible, addresses_of(complaint)[:MOST_NAMED]))),
        "link": Button(letter_texts.button(letter, language), complaint_links.address(token)),
        "house": house.name if house else letter_texts.phrase("desk", language),
        "day": letter_values.day(complaint.promised_by, language),
        "message": words,
        "reason": words,
    }
    shown = rendered(letter_texts.in_force(letter, language), values)
    enqueue(
        to=to,
        subject=shown["subject"],
        template=TEMPLATE,
        context=shown,
        language=language,
        key=key,
        reply_to=desk_address(house),
    )
    return True


def of_move(complaint: Complaint, letter: str, event: ComplaintEvent, **told) -> None:
    """What a move is told by: to whoever complained, and to whoever was asked to answer."""
    key = f"complaint-event-{event.pk}"
    tell(complaint, letter, key=key, at=event.at, **told)


def to_the_other_side(complaint: Complaint, letter: str, event: ComplaintEvent, text: str) -> None:
    """How it ended, to those who hold a link for the other side."""
    open_links = complaint.links.filter(side=Side.COUNTER, revoked_at=None)
    for place, to in enumerate(sorted(set(open_links.values_list("sent_to", flat=True)))):
        key = f"complaint-event-{event.pk}-other-{place}"
        tell(complaint, letter, key=key, at=event.at, to=to, side=Side.COUNTER, text=text)


def addresses_of(complaint: Complaint) -> list[str]:
    """Where it stands here, line by line as it was typed."""
    lines = (line.strip() for line in complaint.addresses.splitlines())
    return [line for line in lines if line]


def tell_desk(
    complaint: Complaint, what: str, *, key: str, message: ComplaintMessage | None = None
) -> bool:
    """To the desk. Returns whether it has an address to write to."""
    address = desk_address(house_of_ours())
    if not address:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        subject = letter_words.subject(str(TO_THE_DESK[what]), {"number": complaint.number})
    enqueue(
        to=address,
        subject=subject,
        template="licensing/mail/complaint_desk",
        context={
            "complaint": complaint,
            "subject": subject,
            "language": settings.LANGUAGE_CODE,
            "lines": list(map(letter_words.visible, addresses_of(complaint)[:MOST_NAMED])),
            "text": letter_words.visible(message.text) if message else "",
            "address": f"{addresses.site()}{complaint.get_admin_url()}",
        },
        key=key,
    )
    return True
