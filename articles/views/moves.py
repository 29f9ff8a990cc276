"""Where a page has gone whose address has changed."""

from articles.models import FormerSlug


def moved(model, slug: str, visible):
    """The row of ``visible`` that once had this address, or ``None``."""
    former = FormerSlug.objects.filter(model=model._meta.model_name, slug=slug).first()
    return visible.filter(pk=former.row_id).first() if former else None
