"""What a letter must be: one recipient, one line of subject, words; anything more is refused."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils.translation import gettext as _

from cms.text import validate_name

LONGEST_ADDRESS = 254
LONGEST_SUBJECT = 120
# Django allows these in a quoted name before the @; the table of mail would read the comma as the
# border of a second recipient.
MORE_THAN_AN_ADDRESS = re.compile(r'[ "(),:;<>\[\]\\]')
# What a mail may say of the list it belongs to; nothing that anybody typed becomes a header.
LIST_HEADERS = frozenset({"List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"})
_HEADER = re.compile(r"[!-~](?:[ -~]{0,498}[!-~])?")


class MailRefused(ValueError):
    """The mail is not promised; the message says why, in a sentence."""


def one_address(value: str) -> str:
    """``value`` where it is one plain address. Raises MailRefused."""
    refusal = MailRefused(_("This is not one plain mail address."))
    name, _at_sign, host = value.rpartition("@")
    # A domain may hold letters of any script, and for Django also separators of lines.
    is_plain = value.isprintable() and not MORE_THAN_AN_ADDRESS.search(value) and name.isascii()
    if not is_plain or len(value) > LONGEST_ADDRESS:
        raise refusal
    try:
        validate_email(value)
        # So it is written on the wire, where a part of it may be too long.
        host.encode("idna")
    except (ValidationError, UnicodeError):
        raise refusal from None
    return value


def one_line(subject: str) -> str:
    """``subject`` as one visible line, shortened where it is too long. Raises MailRefused."""
    try:
        validate_name(subject)
    except ValidationError as refusal:
        raise MailRefused(" ".join(refusal.messages)) from refusal
    line = " ".join(subject.split())
    if not line:
        raise MailRefused(_("A mail needs a subject."))
    if len(line) > LONGEST_SUBJECT:
        return line[: LONGEST_SUBJECT - 1].rstrip() + "…"
    return line


def list_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """``headers`` where they are those of a list, each one plain line. Raises MailRefused."""
    for name, value in headers.items():
        if name not in LIST_HEADERS or not _HEADER.fullmatch(value):
            raise MailRefused(_("This is not a header of a mailing list."))
    return dict(headers)


def words(template: str, context: dict) -> tuple[str, str]:
    """Text and HTML of ``<template>.txt`` and, where there is one, ``<template>.html``.

    Raises MailRefused for what PostgreSQL could not hold.
    """
    text = render_to_string(f"{template}.txt", context).strip() + "\n"
    try:
        page = get_template(f"{template}.html")
    except TemplateDoesNotExist:
        html = ""
    else:
        html = page.render(context)
    if "\x00" in text or "\x00" in html:
        raise MailRefused(_("A mail cannot hold the character NUL."))
    return text, html
