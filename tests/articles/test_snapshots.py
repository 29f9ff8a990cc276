"""A snapshot holds what editors enter, all of it, and nothing the workflow decides."""

import json
from datetime import UTC, date, datetime

from articles.models import Article, Byline, GalleryImage, OriginHop, ReportEntry
from articles.snapshots import DATE_FIELDS, KEY_FIELDS, MANY_FIELDS, TEXT_FIELDS, snapshot
from tests.factories.articles import make_article, make_author, make_image, make_publication
from tests.factories.headings import make_region, make_report

KEPT_BY_THE_MOVES = {
    "id",
    "status",
    "published_at",
    "carry_until",
    "withdrawn_at",
    "withdrawal_notice",
    "created_at",
    "created_by",
    "updated_at",
    "word_count",
    "follows_revision",
    "correction_due_since",
    "retracted_at",
}


def test_every_column_is_either_the_editors_or_kept_by_the_machine():
    theirs = {*TEXT_FIELDS, *KEY_FIELDS, *DATE_FIELDS}
    columns = {field.name for field in Article._meta.concrete_fields}
    assert columns == theirs | KEPT_BY_THE_MOVES
    assert {field.name for field in Article._meta.many_to_many} == {*MANY_FIELDS, "tags"}


def test_a_snapshot_names_what_it_points_to(people):
    article = make_article(
        by=people["editor"],
        authors=[],
        original_date=date(2019, 9, 9),
        originating_publication=make_publication("Elsewhere"),
        embargo_until=datetime(2026, 1, 1, 10, tzinfo=UTC),
    )
    article.regions.add(make_region("Kenya"))
    article.tags.add("water", "dams")
    Byline.objects.create(
        article=article, author=make_author("Jane Doe"), credit_suffix="in Nairobi"
    )
    GalleryImage.objects.create(article=article, image=make_image(caption="A dam"), caption="Here")
    OriginHop.objects.create(article=article, step="translated", publication=make_publication("T"))
    ReportEntry.objects.create(article=article, report=make_report("Rivers"), position=2)
    content = snapshot(article)
    assert content["originating_publication"]["name"] == "Elsewhere"
    assert [region["name"] for region in content["regions"]] == ["Kenya"]
    assert content["tags"] == ["dams", "water"]
    (byline,) = content["bylines"]
    assert (byline["author"]["name"], byline["credit_suffix"]) == ("Jane Doe", "in Nairobi")
    assert content["gallery"][0]["image"]["name"] == "A dam"
    assert content["hops"][0] | {"publication": None} == {
        "step": "translated",
        "publication": None,
        "url": "",
        "date": None,
    }
    assert content["reports"][0]["position"] == 2
    assert content["original_date"] == "2019-09-09"
    assert content["embargo_until"] == "2026-01-01T10:00:00+00:00"


def test_a_snapshot_survives_the_way_through_json(people):
    content = snapshot(make_article(by=people["editor"], headline="Œuvre 🌍 مقال"))
    assert json.loads(json.dumps(content)) == content


def test_a_snapshot_of_the_stored_row_is_that_of_the_row_in_hand(people):
    article = make_article(by=people["editor"])
    assert snapshot(article) == snapshot(Article.objects.get(pk=article.pk))
