"""Mail to followers: the link to confirm, the link to change, the digest. Each is promised once."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from html import unescape
from urllib.parse import urlencode, urlsplit

from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from articles import languages
from articles.following import links
from articles.following.headings import Heading
from articles.models import Follower
from cms.outbox.actions import enqueue
from cms.outbox.models import PromisedMail
from cms.sitepolicy.texts import HouseTexts, house_texts

TEMPLATES = "articles/mail/follow"
# A form that is sent twice in this while is answered by one mail.
SAME_MAIL = 300


def tell_to_confirm(
    follower: Follower, what: Iterable[Heading], *, days: int, at: datetime
) -> PromisedMail:
    """To whoever asked: is it you? In so many ``days`` the address is erased."""
    with translation.override(follower.language):
        frame = framed(follower, house_texts())
        subject = _("{site}: please confirm that you want our mails").format(site=frame["site"])
        shown = {**frame, "what": list(what), "days": days}
    return _promise(follower, "confirm", subject, shown, at=at)


def tell_to_manage(follower: Follower, what: Iterable[Heading], *, at: datetime) -> PromisedMail:
    """To whoever follows already, and has asked again: this is where you change it."""
    what = list(what)
    with translation.override(follower.language):
        frame = framed(follower, house_texts())
        subject = _("{site}: you follow us already").format(site=frame["site"])
        wanted = [(heading.kind, heading.slug or "1") for heading in what]
        address = f"{frame['manage']}?{urlencode(wanted)}"
        shown = {**frame, "what": what, "address": address}
    return _promise(follower, "manage", subject, shown, at=at)


def _promise(follower: Follower, letter: str, subject: str, shown: dict, *, at) -> PromisedMail:
    told = "|".join(heading.value for heading in shown["what"])
    same = hashlib.sha256(told.encode()).hexdigest()[:16]
    return enqueue(
        to=follower.email,
        subject=subject,
        template=f"{TEMPLATES}_{letter}",
        context={**shown, "subject": subject},
        language=follower.language,
        key=f"{key_of(follower.pk)}{letter}-{same}-{int(at.timestamp()) // SAME_MAIL}",
    )


def send_digest(follower: Follower, subject: str, shown: dict) -> PromisedMail:
    """The digest that is due; a second one for the same morning is the first. Raises MailRefused.

    Mail programs are told where one click ends it (RFC 8058), and to which list it belongs.
    """
    host = urlsplit(links.site()).hostname or "localhost"
    return enqueue(
        to=follower.email,
        subject=subject,
        template=f"{TEMPLATES}_digest",
        context={**shown, "subject": subject},
        language=follower.language,
        key=f"{key_of(follower.pk)}digest-{follower.due_at:%Y%m%dT%H%M}",
        headers={
            "List-Id": f"<following.{host}>",
            "List-Unsubscribe": f"<{shown['stop']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def framed(follower: Follower, texts: HouseTexts) -> dict:
    """What stands around every letter to ``follower``."""
    token = links.token_of(follower)
    return {
        "site": texts["masthead"],
        "home": links.site(),
        "texts": texts,
        "about": plain_text(texts["about"]),
        "contact": plain_text(texts["media_contact"]),
        "language": follower.language,
        "direction": languages.direction(follower.language),
        "frequency": follower.get_frequency_display(),
        "manage": links.manage_address(token),
        "stop": links.stop_address(token),
    }


def plain_text(html: str) -> str:
    """A text of the house as a mail without HTML says it."""
    return " ".join(unescape(strip_tags(html)).split())


def key_of(follower_pk: int) -> str:
    """What the key of every letter to a follower begins with."""
    return f"follower-{follower_pk}-"
