"""Gives every event its place in the chain of its row, and seals it."""

from django.db import migrations, models

from cms.workflows.sealing import seal_what_stands


def seal_events(apps, schema_editor):
    seal_what_stands(apps.get_model("articles", "ArticleEvent"), "article_id")


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0002_rights_and_who_acts"),
    ]

    operations = [
        migrations.AddField(
            model_name="articleevent",
            name="facts",
            field=models.JSONField(blank=True, default=dict, verbose_name="facts"),
        ),
        migrations.AddField(
            model_name="articleevent",
            name="number",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="number"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="articleevent",
            name="seal",
            field=models.CharField(default="", editable=False, max_length=64, verbose_name="seal"),
            preserve_default=False,
        ),
        migrations.RunPython(seal_events, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="articleevent",
            constraint=models.UniqueConstraint(
                fields=("article", "number"), name="an_article_has_each_number_of_event_once"
            ),
        ),
        migrations.AlterModelOptions(
            name="articleevent",
            options={
                "base_manager_name": "objects",
                "ordering": ["-at", "-pk"],
                "verbose_name": "event of an article",
                "verbose_name_plural": "events of an article",
            },
        ),
    ]
