"""The databases' own indexes for the search; no model knows them, ``articles.search`` does.

What is there already gets an entry that waits to be made: the clock makes it.
"""

from datetime import UTC, datetime, timedelta

import django.db.models.deletion
from django.db import migrations, models

# SQLite: the tokenizer takes what is not ASCII for a letter, whatever it is, so that it cannot
# split a token of ours. Newest first is by key, which is the article's place in time.
SQLITE = [
    "CREATE VIRTUAL TABLE articles_search_text USING fts5"
    "(words, columnsize=0, tokenize=\"ascii tokenchars '@'\")",
    "CREATE VIRTUAL TABLE articles_search_head USING fts5"
    "(words, columnsize=0, tokenize=\"ascii tokenchars '@'\")",
    "CREATE VIRTUAL TABLE articles_search_key USING fts5"
    "(words, content='', columnsize=0, detail=none, tokenize=ascii)",
]
NO_SQLITE = [
    "DROP TABLE articles_search_text",
    "DROP TABLE articles_search_head",
    "DROP TABLE articles_search_key",
]
POSTGRES = [
    "ALTER TABLE articles_searchentry ADD COLUMN words tsvector, ADD COLUMN head tsvector",
    "CREATE INDEX articles_search_text ON articles_searchentry USING gin (words)",
    "CREATE INDEX articles_search_head ON articles_searchentry USING gin (head)",
    "ALTER TABLE articles_searchword ADD COLUMN keys text[]",
    "CREATE INDEX articles_search_key ON articles_searchword USING gin (keys)",
]
NO_POSTGRES = [
    "ALTER TABLE articles_searchentry DROP COLUMN words, DROP COLUMN head",
    "ALTER TABLE articles_searchword DROP COLUMN keys",
]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def create(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRES:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in NO_SQLITE if is_sqlite else NO_POSTGRES:
        schema_editor.execute(statement)


def enter_what_is_there(apps, schema_editor):
    entry = apps.get_model("articles", "SearchEntry")
    standing = apps.get_model("articles", "Article").objects.filter(
        status__in=["approved", "published"], published_at__isnull=False
    )
    entry.objects.bulk_create(
        (
            entry(
                article_id=pk,
                place=(published_at - EPOCH) // timedelta(seconds=1) * (1 << 24) + pk % (1 << 24),
            )
            for pk, published_at in standing.values_list("pk", "published_at")
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_sealed_events")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.BigIntegerField(db_index=True)),
                ("version", models.PositiveSmallIntegerField(db_index=True, default=0)),
                ("mark", models.CharField(blank=True, max_length=3)),
                ("headline", models.TextField(blank=True)),
                ("standfirst", models.TextField(blank=True)),
                ("names", models.TextField(blank=True)),
                ("frequent", models.TextField(blank=True)),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
                "indexes": [
                    models.Index(fields=["mark", "place"], name="search_entries_by_language")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "verbose_name": "word of the search",
                "verbose_name_plural": "words of the search",
            },
        ),
        migrations.CreateModel(
            name="StaleSearchEntry",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "verbose_name": "stale search entry",
                "verbose_name_plural": "stale search entries",
            },
        ),
        migrations.RunPython(create, drop),
        migrations.RunPython(enter_what_is_there, migrations.RunPython.noop),
    ]
