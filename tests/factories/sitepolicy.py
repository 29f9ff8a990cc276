"""House texts."""

from cms.sitepolicy.actions import write_version
from cms.sitepolicy.models import Kind, SitePolicy


def make_text(text: str = "<p>A wording.</p>", **fields) -> SitePolicy:
    """The next version of the disclaimer, or of what ``kind`` and ``language`` name."""
    return write_version(**{"kind": Kind.DISCLAIMER, "language": "en", "text": text, **fields})
