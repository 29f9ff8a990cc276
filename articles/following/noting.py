"""What came out since the clock last looked: written down once, in order, as news entries.

Whether an article is public is asked of ``live`` and nothing else: published, scheduled, freed from
an embargo, cleared at last or dated in the past, it is news when readers can first see it, once.
"""

from datetime import datetime

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce, Greatest

from articles.models import Article, Correction, NewsEntry

BATCH = 2000


def note(*, at: datetime) -> int:
    """Numbers what is new. Returns how much it was.

    Never at the same time as itself (the clock sees to it): numbers are then given in the order in
    which they are seen, and nobody who was told up to one has missed one below.
    """
    noted = NewsEntry.objects.filter(article=OuterRef("pk"), correction=None)
    # Of what came out between two looks, the later is the newer.
    seen_from = Greatest("published_at", Coalesce("embargo_until", F("published_at")))
    new = Article.objects.live(at).exclude(Exists(noted)).order_by(seen_from, "pk")
    entries = [NewsEntry(article_id=key, at=at) for key in new.values_list("pk", flat=True)]

    out = NewsEntry.objects.filter(article=OuterRef("article"), correction=None)
    told = NewsEntry.objects.filter(correction=OuterRef("pk"))
    corrected = (
        Correction.objects.filter(Exists(out), article__in=Article.objects.live(at).values("pk"))
        .exclude(Exists(told))
        .order_by("dated", "pk")
    )
    entries += [
        NewsEntry(article_id=article, correction_id=key, at=at)
        for key, article in corrected.values_list("pk", "article")
    ]
    NewsEntry.objects.bulk_create(entries, batch_size=BATCH)
    return len(entries)
