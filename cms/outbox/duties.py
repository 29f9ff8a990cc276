"""What the clock does for the outbox beside delivery: old mail is thrown away."""

from datetime import datetime, timedelta

from post_office.models import STATUS, Email

from cms.clock import duty

KEPT_FOR = timedelta(days=90)


@duty("old mail is thrown away")
def throw_away_old_mail(*, at: datetime) -> str:
    """Deletes what was sent or given up 90 days ago, because bodies hold secret links.

    What still waits stays, however old it is; post_office's own cleaning would take it too.
    """
    done = Email.objects.filter(status__in=[STATUS.sent, STATUS.failed])
    _rows, deleted = done.filter(last_updated__lt=at - KEPT_FOR).delete()
    count = deleted.get(Email._meta.label, 0)
    return f"{count} thrown away." if count else ""
