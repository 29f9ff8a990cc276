"""Licences that took the place of others: which came before one, and which holds now."""

from articles.models import Article
from licensing.models import Grant, GrantStatus

# Longer chains there are none.
MOST = 20


def before(grant: Grant) -> list[int]:
    """The key of ``grant`` and of those that it took the place of, the newest first."""
    found = [grant.pk]
    key = grant.supersedes_id
    while key and key not in found and len(found) < MOST:
        found.append(key)
        key = Grant.objects.filter(pk=key).values_list("supersedes", flat=True).first()
    return found


def after(grant: Grant, article: Article) -> Grant:
    """``grant``, or the one that took its place and gives ``article``, too."""
    for _step in range(MOST):
        if grant.status != GrantStatus.SUPERSEDED:
            break
        later = grant.superseded_by.filter(granted__article=article)
        if (found := later.order_by("pk").last()) is None:
            break
        grant = found
    return grant
