"""Mail that Django itself writes takes the same way: promised now, delivered by the clock."""

from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from cms.outbox.actions import write
from cms.outbox.letters import MailRefused


class OutboxBackend(BaseEmailBackend):
    """For ``EMAIL_BACKEND``: a row for each recipient; sender and headers are the house's own.

    Not post_office's own backend, which compiles subject and body as templates.
    """

    def send_messages(self, email_messages):
        """Promises all of them or none, and returns how many. Raises MailRefused."""
        try:
            with transaction.atomic():
                for message in email_messages:
                    _promise(message)
        except (MailRefused, DatabaseError):
            if not self.fail_silently:
                raise
            return 0
        return len(email_messages)


def _promise(message) -> None:
    if message.attachments:
        raise MailRefused(_("Mail of the house carries no attachments."))
    alternatives = getattr(message, "alternatives", [])
    pages = [content for content, kind in alternatives if kind == "text/html"]
    for address in message.recipients():
        write(
            to=address,
            subject=str(message.subject),
            text=str(message.body),
            html="".join(pages[:1]),
            reply_to="".join(message.reply_to[:1]),
        )
