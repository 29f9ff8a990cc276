"""The letters about clearances, to those who hold rights and to the desk; each promised once."""

from datetime import datetime
from functools import wraps

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import addresses
from articles.models import Article, Publication
from cms.outbox.actions import enqueue
from cms.outbox.letters import MailRefused, one_address
from cms.outbox.models import PromisedMail
from cms.text import CONTROL
from licensing import asking, links
from licensing.gate import bears_on
from licensing.models import Clearance, ClearanceEvent, ClearanceLink, ClearanceMessage
from licensing.reliance import reliance
from licensing.rights.vocabulary import Carriage, Use
from licensing.wording import carriage_name, use_name

MOST_NAMED = 20


def in_the_language_of_the_site(letter):
    """Whoever sends it may have the newsroom in another language; of a holder none is known."""

    @wraps(letter)
    def spoken(*args, **kwargs):
        with translation.override(settings.LANGUAGE_CODE):
            return letter(*args, **kwargs)

    return spoken


@in_the_language_of_the_site
def ask(
    clearance: Clearance, link: ClearanceLink, token: str, *, message: str = "", by=None
) -> None:
    """To the rights holder: may we, and what of it may we pass on?"""
    subject = _("May we publish this? {subject}").format(subject=clearance.subject)
    _to_holder(clearance, link, token, "request", subject, message=message, by=by)


@in_the_language_of_the_site
def remind(clearance: Clearance, link: ClearanceLink, token: str, *, key: str) -> None:
    """To the rights holder: we still wait for an answer."""
    subject = _("A reminder: may we publish this? {subject}").format(subject=clearance.subject)
    _to_holder(clearance, link, token, "reminder", subject, key=key)


@in_the_language_of_the_site
def answer(
    clearance: Clearance, link: ClearanceLink, token: str, *, message: ClearanceMessage
) -> None:
    """To the rights holder: what a colleague answers."""
    subject = _("Our answer: {subject}").format(subject=clearance.subject)
    _to_holder(clearance, link, token, "answer", subject, message=message.text, by=message.by)


def _to_holder(clearance, link, token, letter: str, subject: str, *, key: str = "", **told) -> None:
    house = _house()
    enqueue(
        to=link.sent_to,
        subject=_visible(subject),
        template=f"licensing/mail/clearance_{letter}",
        context={
            "clearance": clearance,
            "subject": clearance.subject,
            "holder": clearance.holder,
            "house": house,
            "address": links.address(token),
            "ends": date_format(link.expires_at),
            "covers": [carriage_name(Carriage(name)) for name in clearance.covers],
            "passes_on": [use_name(Use(name)) for name in clearance.passes_on],
            "bounds": asking.bounds(clearance),
            "until": date_format(clearance.valid_until) if clearance.valid_until else "",
            "articles": _named(clearance),
            **told,
        },
        key=key,
        reply_to=house.rights_contact if house and can_be_sent_to(house.rights_contact) else "",
    )


@in_the_language_of_the_site
def tell_desk_of_answer(clearance: Clearance, event: ClearanceEvent) -> None:
    """To the desk: the rights holder has answered."""
    subject = _("{holder} answered: {answer}").format(
        holder=clearance.holder, answer=clearance.get_status_display()
    )
    key = f"clearance-event-{event.pk}"
    _to_desk(clearance, "answered", subject, key=key, at=event.at, event=event)


@in_the_language_of_the_site
def tell_desk_of_question(clearance: Clearance, message: ClearanceMessage) -> None:
    """To the desk: the rights holder asks something."""
    subject = _("{holder} has a question").format(holder=clearance.holder)
    key = f"clearance-message-{message.pk}"
    _to_desk(clearance, "question", subject, key=key, at=message.sent_at, message=message)


@in_the_language_of_the_site
def warn(clearance: Clearance, *, days: int, left: int, at: datetime) -> bool:
    """To the desk: this ends, and these articles rest on it. Returns whether it was news.

    ``days`` names the warning, ``left`` is how many days there are.
    """
    key = f"clearance-{clearance.pk}-{clearance.valid_until}-ends-in-{days}"
    if is_promised(key):
        return False
    subject = ngettext(
        "Ends in {days} day: {clearance}", "Ends in {days} days: {clearance}", left
    ).format(days=left, clearance=clearance)
    return _to_desk(clearance, "ending", subject, key=key, at=at, days=left)


@in_the_language_of_the_site
def tell_desk_of_end(clearance: Clearance, event: ClearanceEvent) -> None:
    """To the desk: this has ended, and what rests on it alone left the public pages."""
    subject = _("Ended: {clearance}").format(clearance=clearance)
    _to_desk(clearance, "ended", subject, key=f"clearance-event-{event.pk}", at=event.at)


def is_promised(key: str) -> bool:
    """Whether the letter of that key has been written."""
    return PromisedMail.objects.filter(key=key).exists()


def can_be_sent_to(address: str) -> bool:
    """Whether the outbox would take a letter to ``address``."""
    try:
        return bool(one_address(address))
    except MailRefused:
        return False


def _to_desk(
    clearance: Clearance, letter: str, subject: str, *, key: str, at: datetime, **told
) -> bool:
    """Returns whether the desk has an address to write to."""
    house = _house()
    if house is None or not can_be_sent_to(house.rights_contact):
        return False
    rests = reliance(clearance, at=at)
    articles = rests.lacking if letter == "ended" else rests.resting
    shown = [article for article in articles if article.has_been_public(at)]
    path = reverse("admin:licensing_clearance_change", args=[clearance.pk])
    enqueue(
        to=house.rights_contact,
        subject=_visible(subject),
        template=f"licensing/mail/clearance_{letter}",
        context={
            "clearance": clearance,
            "house": house,
            "address": f"{addresses.site()}{path}",
            "articles": [
                (
                    article,
                    addresses.site() + reverse("admin:articles_article_change", args=[article.pk]),
                )
                for article in shown[:MOST_NAMED]
            ],
            "number_of_articles": len(shown),
            **told,
        },
        key=key,
    )
    return True


def _house() -> Publication | None:
    return Publication.objects.filter(is_house=True).first()


def _named(clearance: Clearance) -> list[Article]:
    """Some of the articles concerned: one by one for a text, the newest for an agreement."""
    return list(bears_on(clearance).order_by("-published_at", "-pk")[:MOST_NAMED])


def _visible(subject: str) -> str:
    """One line without what could not be seen in it; how long it may be, the outbox says."""
    return " ".join(CONTROL.sub(" ", subject).split())


def asked_at(clearance: Clearance) -> datetime | None:
    """When the rights holder was asked last."""
    event = clearance.events.filter(move="request").first()
    return event.at if event else None
