"""What the clock does for followers: it notes what came out, writes digests, and forgets."""

from datetime import datetime

from django.utils.translation import ngettext

from articles.following import actions, digests, noting
from cms.clock import duty

# As many letters are looked for, for which SQLite reads all that was ever promised.
MOST_AT_ONCE = 50


@duty("what came out is noted")
def note_what_came_out(*, at: datetime) -> str:
    """Numbers new articles and corrections, in the order in which digests tell them."""
    number = noting.note(at=at)
    said = ngettext("%d news entry was written.", "%d news entries were written.", number)
    return said % number if number else ""


@duty("digests are written")
def write_digests(*, at: datetime) -> str:
    """A bounded batch; those who are left wait for the next stroke."""
    number = digests.send_due(at=at)
    return ngettext("%d digest.", "%d digests.", number) % number if number else ""


@duty("followers who did not confirm are forgotten")
def forget_followers(*, at: datetime) -> str:
    """Throws away addresses that nobody confirmed."""
    number = actions.forget(at=at, most=MOST_AT_ONCE)
    said = ngettext("%d follower was forgotten.", "%d followers were forgotten.", number)
    return said % number if number else ""
