"""What was recorded before there were seals is sealed in the order in which it was recorded."""

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from articles.models import ArticleEvent
from cms.workflows import sealing
from cms.workflows.chains import Reading
from tests.factories.stages import make_article_at


def test_a_migration_makes_whole_chains_of_events_without_seals(people, monkeypatch):
    """Also where a date lies before the one of the event before, as "struck" has it."""
    monkeypatch.setattr(sealing, "BATCH", 2)
    for stage in ("withdrawn", "struck", "in_review"):
        make_article_at(stage, people=people)
    as_sealed = list(ArticleEvent.objects.order_by("pk").values())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_articleevent SET number = 1000 - number, seal = ''")
    assert list(Reading(["public"]).faults())

    of_then = MigrationLoader(connection).project_state(("articles", "0003_sealed_events")).apps
    sealing.seal_what_stands(of_then.get_model("articles", "ArticleEvent"), "article_id")
    assert list(ArticleEvent.objects.order_by("pk").values()) == as_sealed
    assert list(Reading(["public"]).faults()) == []
