"""What an article says, as plain data: rows in, JSON out, and back again.

A snapshot holds everything an editor enters and nothing the workflow decides. Names stand beside
keys, so that a snapshot can be read by a person when the row it points to has changed its name.
"""

from articles.models import Article

TEXT_FIELDS = (
    "headline",
    "slug",
    "standfirst",
    "body",
    "language",
    "original_url",
    "copyright_holders",
    "copyright_year",
    "reader_note",
    "editorial_note",
)
KEY_FIELDS = ("publication", "originating_publication", "translation_of", "featured_image")
DATE_FIELDS = ("original_date", "embargo_until")
MANY_FIELDS = ("regions", "themes")


def _named(row) -> dict | None:
    return None if row is None else {"id": row.pk, "name": str(row)}


def snapshot(article: Article) -> dict:
    """The article's content as JSON-ready data. About ten queries."""
    content = {name: getattr(article, name) for name in TEXT_FIELDS}
    content |= {name: _named(getattr(article, name)) for name in KEY_FIELDS}
    for name in DATE_FIELDS:
        value = getattr(article, name)
        content[name] = value.isoformat() if value else None
    for name in MANY_FIELDS:
        content[name] = [_named(row) for row in getattr(article, name).order_by("name", "pk")]
    content["tags"] = sorted(article.tags.names())
    content["bylines"] = [
        {
            "author": _named(byline.author),
            "role": byline.role,
            "credit_suffix": byline.credit_suffix,
        }
        for byline in article.bylines.select_related("author")
    ]
    content["reports"] = [
        {"report": _named(entry.report), "position": entry.position}
        for entry in article.report_entries.select_related("report").order_by("report__title", "pk")
    ]
    content["gallery"] = [
        {"image": _named(entry.image), "caption": entry.caption}
        for entry in article.gallery.select_related("image")
    ]
    content["hops"] = [
        {
            "step": hop.step,
            "publication": _named(hop.publication),
            "url": hop.url,
            "date": hop.date.isoformat() if hop.date else None,
        }
        for hop in article.hops.select_related("publication")
    ]
    return content
