"""Addresses for new rows: made of a name, and free."""

from articles.models import FormerSlug
from articles.text import slug_from


def free_slug(model, name: str, *, but: int | None = None) -> str:
    """An address for a row of ``model`` called ``name``: neither in use nor one that was left.

    ``but`` is the key of the row it is for, whose own addresses do not stand in its way.
    """
    kind = model._meta.model_name
    stem = slug_from(name) or kind
    used = model.objects.filter(slug__startswith=stem).exclude(pk=but)
    left = FormerSlug.objects.filter(model=kind, slug__startswith=stem).exclude(row_id=but)
    taken = {*used.values_list("slug", flat=True), *left.values_list("slug", flat=True)}
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
