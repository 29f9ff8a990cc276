"""What the clock does for the search: entries are made again whose words have changed."""

from datetime import datetime

from django.utils.translation import ngettext

from articles.search.upkeep import catch_up
from cms.clock import duty


@duty("what was renamed is found by its new name")
def find_anew(*, at: datetime) -> str:
    """Makes the entries that wait: those under a heading that was renamed, or of an older index."""
    made = catch_up()
    said = ngettext("%d article indexed anew.", "%d articles indexed anew.", made)
    return said % made if made else ""
