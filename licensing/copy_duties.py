"""What time does to copies: they are looked at, webmentions too, and who read is forgotten."""

from datetime import datetime

from cms.clock import duty, errand
from licensing.actions import counting, webmentions
from licensing.copies import mentions

errand("webmentions are looked at")(mentions.make)


@duty("who read a copy is forgotten")
def forget_readers(*, at: datetime) -> str:
    """Marks and salts of days that are over."""
    counting.forget_readers(at=at)
    return ""


@duty("old webmentions are thrown away")
def forget_webmentions(*, at: datetime) -> str:
    """What was no copy, and what is on the register by now."""
    webmentions.forget(at=at)
    return ""
