"""Mail in the queue, without a template."""

from post_office.models import Email

from cms.outbox.actions import write


def make_mail(**fields) -> Email:
    """A mail that waits, to a reader."""
    letter = {"to": "reader@press.example", "subject": "Your request", "text": "It is granted.\n"}
    return write(**{**letter, **fields})
