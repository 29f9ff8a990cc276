"""The letters about requests, to requesters and to the desk; each promised once.

Who was forgotten, or never had an address, gets none; a move never fails for want of a letter.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from articles import addresses
from articles.models import Publication
from cms.outbox.actions import enqueue
from licensing import letter_texts, letter_values, letter_words, request_links
from licensing.letters import can_be_sent_to, is_promised
from licensing.models import PermissionRequest, PermissionRequestEvent
from licensing.wording import use_name

TEMPLATE = "licensing/mail/request"
RIGHT_TO_LEFT = ("ar",)
# To the desk: what happened, as its subject says it.
TO_THE_DESK = {
    "received": _("{number}: a new request by {requester}"),
    "answer": _("{number}: {requester} answered"),
    "counter": _("{number}: {requester} wants other rights"),
    "accept": _("{number}: {requester} accepted the quote"),
    "withdraw": _("{number}: {requester} withdrew"),
    "message": _("{number}: a message from {requester}"),
}


def tell(
    permission_request: PermissionRequest,
    letter: str,
    *,
    at: datetime,
    event: PermissionRequestEvent | None = None,
    key: str = "",
    place: Callable[[str], str] = request_links.address,
    **told,
) -> bool:
    """To the requester, with a fresh secret link. Returns whether it was written now.

    ``place`` makes of its token the address to which the letter leads.
    """
    key = key or _key(permission_request, letter, event)
    if not can_be_told(permission_request) or is_promised(key):
        return False
    house = house_of_ours()
    language = letter_texts.language_of(permission_request.language)
    _link, token = request_links.make(permission_request, at=at)
    values = letter_values.of_request(
        permission_request,
        letter,
        language=language,
        house=house,
        address=place(token),
    ) | told_by(told, language)
    shown = rendered(letter_texts.in_force(letter, language), values)
    enqueue(
        to=permission_request.requester_email,
        subject=shown["subject"],
        template=TEMPLATE,
        context=shown,
        language=language,
        key=key,
        reply_to=desk_address(house),
    )
    return True


def can_be_told(permission_request: PermissionRequest) -> bool:
    """Whether there is anybody to write to."""
    address = permission_request.requester_email
    return bool(address and not permission_request.erased_at and can_be_sent_to(address))


def told_by(told: dict, language: str) -> dict:
    """What the verb told its letter, as the places of the wording name it."""
    values = {}
    if quote := told.get("quote"):
        values |= letter_values.of_quote(quote, language)
    if invoice := told.get("invoice"):
        values |= letter_values.of_invoice(invoice, language)
    if grant := told.get("grant"):
        values |= letter_values.of_grant(grant, language)
    if other := told.get("before") or told.get("into"):
        values["other"] = other.number
    if amiss := told.get("amiss"):
        values |= letter_values.of_copy(told["copy"], amiss, language)
    if recalled := told.get("recalled"):
        values |= letter_values.of_recall(recalled, told["notice"], told["passages"], language)
    if day := told.get("day"):
        values["day"] = letter_values.day(day, language)
    words = letter_values.quotation(told.get("text", ""), told.get("by"))
    return values | {"message": words, "reason": words}


def rendered(wording: letter_texts.Wording, values: dict) -> dict[str, object]:
    """What the templates of a letter show."""
    values = dict.fromkeys(letter_texts.places_of(wording.letter), "") | values
    found = letter_words.blocks(wording.text, values)
    is_rtl = wording.language in RIGHT_TO_LEFT
    return {
        "blocks": found,
        "text": letter_words.plain(found),
        "language": wording.language,
        "direction": "rtl" if is_rtl else "ltr",
        "end": "left" if is_rtl else "right",
        "subject": letter_words.subject(wording.subject, values),
    }


def tell_desk(
    permission_request: PermissionRequest,
    letter: str,
    *,
    at: datetime,
    event: PermissionRequestEvent | None = None,
    key: str = "",
    text: str = "",
) -> bool:
    """To the desk. Returns whether it was written, or had been."""
    house = house_of_ours()
    address = desk_address(house)
    if not address:
        return False
    language = settings.LANGUAGE_CODE
    values = {"number": permission_request.number, "requester": permission_request.requester}
    with translation.override(language):
        subject = letter_words.subject(str(TO_THE_DESK[letter]), values)
        use = use_name(permission_request.asked.use)
    spoken = letter_texts.language_of(language)
    enqueue(
        to=address,
        subject=subject,
        template=f"{TEMPLATE}_desk",
        context={
            "permission_request": permission_request,
            "subject": subject,
            "use": use,
            "articles": letter_values.named_articles(
                permission_request, spoken, is_for_desk=True
            ).rows,
            "text": letter_words.visible(text),
            "language": language,
            "address": f"{addresses.site()}{permission_request.get_admin_url()}",
        },
        key=f"{key or _key(permission_request, letter, event)}-desk",
    )
    return True


def house_of_ours() -> Publication | None:
    """The publication whose rights desk this is."""
    return Publication.objects.filter(is_house=True).first()


def desk_address(house: Publication | None) -> str:
    """Where the desk reads its mail; ``""``: nowhere that is known."""
    return house.rights_contact if house and can_be_sent_to(house.rights_contact) else ""


def _key(permission_request, letter: str, event: PermissionRequestEvent | None) -> str:
    if event is not None:
        return f"request-event-{event.pk}-{letter}"
    return f"request-{permission_request.pk}-{letter}"
