"""What the clock does for the hub: it finds what has changed, and tells it outside of the rows."""

from datetime import datetime

from articles.websub import hub, pings, promises
from cms.clock import duty, errand


@duty("feeds that have changed are noted for the hub")
def note_changed_feeds(*, at: datetime) -> str:
    """Promises the pings. Where no hub is set nothing is looked at."""
    count = promises.promise(at=at) if hub.address() else 0
    return f"{count} noted." if count else ""


errand("the hub is told of feeds that have changed")(pings.tell)
