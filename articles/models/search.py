"""What is kept of an article so that it can be found; made of the article, never written by hand.

The databases' own indexes of these rows have no model: migration 0004 makes them, and
``articles.search`` alone speaks to them.
"""

from django.db import models


class SearchEntry(models.Model):
    """The words of an article that the public may come to see, as ``articles.search`` cuts them.

    ``place`` is the article's place in time, so that an index can be read newest first.
    ``version`` is 0 for one that has to be made.
    """

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, related_name="search_entry"
    )
    place = models.BigIntegerField(db_index=True)
    version = models.PositiveSmallIntegerField(default=0, db_index=True)
    mark = models.CharField(max_length=3, blank=True)
    headline = models.TextField(blank=True)
    standfirst = models.TextField(blank=True)
    names = models.TextField(blank=True)
    frequent = models.TextField(blank=True)

    class Meta:
        verbose_name = "search entry"
        verbose_name_plural = "search entries"
        indexes = [models.Index(fields=["mark", "place"], name="search_entries_by_language")]

    def __str__(self):
        return str(self.article_id)


class StaleSearchEntry(models.Model):
    """An article whose entry has to be made again, because a name it stands under has changed.

    A row of its own: in PostgreSQL whoever touches an entry pays for every word in it anew.
    """

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )

    class Meta:
        verbose_name = "stale search entry"
        verbose_name_plural = "stale search entries"

    def __str__(self):
        return str(self.pk)


class SearchWord(models.Model):
    """A word that stands in some indexed text, for whoever has misspelt it."""

    word = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "word of the search"
        verbose_name_plural = "words of the search"

    def __str__(self):
        return self.word
