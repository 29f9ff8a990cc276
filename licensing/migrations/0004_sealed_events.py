"""Gives every event its place in the chain of its row, and seals it."""

from django.db import migrations, models

from cms.workflows.sealing import seal_what_stands


def seal_events(apps, schema_editor):
    seal_what_stands(apps.get_model("licensing", "ClearanceEvent"), "clearance_id")


class Migration(migrations.Migration):

    dependencies = [
        ("licensing", "0003_clearances_begin"),
    ]

    operations = [
        migrations.AddField(
            model_name="clearanceevent",
            name="facts",
            field=models.JSONField(blank=True, default=dict, verbose_name="facts"),
        ),
        migrations.AddField(
            model_name="clearanceevent",
            name="number",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="number"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="clearanceevent",
            name="seal",
            field=models.CharField(default="", editable=False, max_length=64, verbose_name="seal"),
            preserve_default=False,
        ),
        migrations.RunPython(seal_events, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="clearanceevent",
            constraint=models.UniqueConstraint(
                fields=("clearance", "number"), name="a_clearance_has_each_number_of_event_once"
            ),
        ),
        migrations.AlterModelOptions(
            name="clearanceevent",
            options={
                "base_manager_name": "objects",
                "ordering": ["-at", "-pk"],
                "verbose_name": "event of a clearance",
                "verbose_name_plural": "events of a clearance",
            },
        ),
    ]
