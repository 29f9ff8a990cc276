"""Fingerprints of what was agreed, which the record of events keeps: whoever changes a licence or a
quote behind our back is found out.

What a fingerprint covers is written down here by name and never changes, because those that were
sealed are compared with it; a column that is added later is left out, or has a seal of its own.
Who the licensee is, and words to a person, are left out: they are erased one day.
"""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal

from licensing.models import Grant, Quote

OF_GRANT = (
    "number",
    "permission_request_id",
    "use",
    "particulars",
    "conditions",
    "is_exclusive",
    "valid_from",
    "valid_until",
    "currency",
    "fee",
    "terms_version_id",
    "terms_name",
    "terms_text",
    "quote_id",
    "rule_version_id",
    "supersedes_id",
    "issued_at",
    "issued_by_id",
)
OF_GRANTED_ARTICLE = (
    "article_id",
    "revision_id",
    "position",
    "headline",
    "fingerprint",
    "attribution",
    "pictures",
    "left_out",
)
OF_QUOTE = (
    "permission_request_id",
    "number",
    "particulars",
    "is_exclusive",
    "conditions",
    "articles",
    "lines",
    "currency",
    "net",
    "tax",
    "tax_label",
    "total",
    "schedule_version_id",
    "valid_until",
    "created_at",
    "created_by_id",
)


def of_grant(grant: Grant) -> str:
    """SHA-256 of all that a grant gives."""
    rows = sorted(grant.granted.all(), key=lambda row: (row.position, row.article_id))
    articles = [_columns(row, OF_GRANTED_ARTICLE) for row in rows]
    return _sha256(_columns(grant, OF_GRANT) | {"articles": articles})


def of_quote(quote: Quote) -> str:
    """SHA-256 of all that a quote offers."""
    return _sha256(_columns(quote, OF_QUOTE))


def _columns(row, names: tuple[str, ...]) -> dict[str, object]:
    fields = {name: row._meta.get_field(name) for name in names}
    # As it will be read back: a fee that was given as 0 is 0.000 then.
    return {name: _plain(field.to_python(getattr(row, name))) for name, field in fields.items()}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.3f}" if isinstance(value, Decimal) else value


def _sha256(said: dict) -> str:
    written = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode("ascii")).hexdigest()
