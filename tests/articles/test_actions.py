"""What is written is kept: revisions, addresses, and the way back to what a text once said."""

from datetime import UTC, date, datetime

import pytest

from articles import actions
from articles.models import (
    Article,
    Byline,
    FormerSlug,
    GalleryImage,
    OriginHop,
    ReportEntry,
    Revision,
)
from articles.models.revision import RevisionsAreImmutable
from articles.snapshots import snapshot
from cms.workflows.actions import MoveNotAllowed, NotYours
from tests.factories.articles import make_article, make_author, make_image, make_publication
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.stages import make_article_at


@pytest.fixture
def article(people):
    return make_article(by=people["contributor"], slug="first-address")


def changed(article, *, by, **columns):
    """The article with other words, saved and recorded."""
    for name, value in columns.items():
        setattr(article, name, value)
    article.save()
    return actions.revise(article, by=by)


# --- revisions --------------------------------------------------------------------------------


def test_where_nothing_changed_no_revision_is_made(people, article):
    first = article.revisions.get()
    article.save()
    assert actions.revise(article, by=people["editor"]) == first
    assert article.revisions.count() == 1


@pytest.mark.parametrize(
    "columns",
    [{"headline": "Other"}, {"body": "<p>Other words.</p>"}, {"editorial_note": "Call them."}],
)
def test_every_change_is_a_revision_with_the_next_number(people, article, columns):
    revision = changed(article, by=people["editor"], **columns)
    assert (revision.number, revision.created_by) == (2, people["editor"])
    assert article.revisions.first() == revision


def test_a_new_byline_is_a_change_though_no_column_is(people, article):
    Byline.objects.create(article=article, author=make_author(), position=5)
    assert actions.revise(article, by=people["editor"]).number == 2


def test_words_are_counted_as_they_are_saved(people, article):
    changed(article, by=people["editor"], body="<p>One two three.</p>")
    assert Article.objects.get().word_count == 3


def test_recording_a_revision_writes_no_status_from_a_stale_copy(people, article):
    stale = Article.objects.get(pk=article.pk)
    actions.submit(article, by=people["contributor"])
    changed_body = "<p>Other words.</p>"
    Article.objects.filter(pk=article.pk).update(body=changed_body)
    stale.body = changed_body
    actions.revise(stale, by=people["editor"])
    assert Article.objects.get().status == "in_review"


REWRITINGS = {
    "save": lambda revision: revision.save(),
    "delete": lambda revision: revision.delete(),
    "update": lambda revision: Revision.objects.update(note="Another."),
    "delete of many": lambda revision: revision.article.revisions.all().delete(),
    "bulk_update": lambda revision: Revision.objects.bulk_update([revision], ["note"]),
    "bulk_create over it": lambda revision: Revision.objects.bulk_create(
        [revision], update_conflicts=True, unique_fields=["id"], update_fields=["note"]
    ),
}


@pytest.mark.parametrize("way", REWRITINGS)
def test_a_revision_is_neither_changed_nor_deleted(article, way):
    revision = article.revisions.get()
    revision.note = "Another."
    with pytest.raises(RevisionsAreImmutable):
        REWRITINGS[way](revision)
    assert article.revisions.get().note == ""


def test_a_draft_that_is_thrown_away_takes_its_revisions_along(article):
    article.delete()
    assert not Revision.objects.exists()


# --- addresses --------------------------------------------------------------------------------


def former(article):
    rows = FormerSlug.objects.filter(model="article", row_id=article.pk)
    return set(rows.values_list("slug", flat=True))


def test_an_address_once_used_keeps_leading_to_the_article(people):
    article = make_article_at("published", people=people, slug="first-address")
    changed(article, by=people["editor"], slug="second-address")
    changed(article, by=people["editor"], slug="third-address")
    assert former(article) == {"first-address", "second-address"}


def test_an_address_that_nobody_outside_has_seen_is_not_kept(people, article):
    changed(article, by=people["editor"], slug="second-address")
    assert former(article) == set()


def test_an_address_that_is_taken_back_is_no_former_one(people):
    article = make_article_at("published", people=people, slug="first-address")
    changed(article, by=people["editor"], slug="second-address")
    changed(article, by=people["editor"], slug="first-address")
    assert former(article) == {"second-address"}


def test_readers_of_a_former_address_are_sent_on(people, client):
    article = make_article_at("published", people=people, slug="first-address")
    changed(article, by=people["editor"], slug="second-address")
    answer = client.get("/articles/first-address/")
    assert (answer.status_code, answer["Location"]) == (301, "/articles/second-address/")


def test_a_former_address_says_nothing_of_what_is_not_public(people, client, article):
    changed(article, by=people["editor"], slug="second-address")
    assert client.get("/articles/first-address/").status_code == 404


# --- restoring --------------------------------------------------------------------------------


@pytest.fixture
def rich(people):
    """An article with something in every place, and its first full revision."""
    article = make_article(
        by=people["contributor"],
        slug="rich",
        standfirst="In short.",
        body='<p>Words<span class="footnote">A note.</span>.</p>',
        originating_publication=make_publication("Elsewhere"),
        cleared=False,
        original_url="https://example.org/rich",
        original_date=date(2019, 9, 9),
        copyright_holders="Somebody",
        copyright_year=2019,
        embargo_until=datetime(2026, 1, 1, 10, tzinfo=UTC),
        reader_note="<p>Read on.</p>",
        editorial_note="Call them.",
        featured_image=make_image(),
    )
    article.regions.add(make_region("Kenya"))
    article.themes.add(make_theme("Water"))
    article.tags.add("rivers", "dams")
    GalleryImage.objects.create(article=article, image=make_image(), caption="Here", position=1)
    OriginHop.objects.create(
        article=article, step="translated", publication=make_publication(), date=date(2020, 1, 1)
    )
    ReportEntry.objects.create(report=make_report(), article=article, position=4)
    actions.revise(article, by=people["contributor"])
    return article


def emptied(article, *, by):
    """Everything else, everywhere."""
    for rows in (article.bylines, article.gallery, article.hops, article.report_entries):
        rows.all().delete()
    for many in (article.regions, article.themes, article.tags):
        many.clear()
    return changed(
        article,
        by=by,
        headline="Other",
        slug="other",
        standfirst="",
        body="<p>Other.</p>",
        language="fr",
        originating_publication=None,
        original_url="",
        original_date=None,
        copyright_holders="",
        copyright_year=None,
        embargo_until=None,
        reader_note="",
        editorial_note="",
        featured_image=None,
    )


def test_restoring_makes_a_new_revision_that_says_what_the_old_one_said_at_todays_address(
    people, rich
):
    old = rich.revisions.first()
    emptied(rich, by=people["editor"])
    restored = actions.restore(old, by=people["editor"])
    assert restored.number == old.number + 2
    assert restored.note == f"Restored from revision {old.number}"
    assert restored.content == old.content | {"slug": "other"}
    assert snapshot(Article.objects.get(pk=rich.pk)) == restored.content


def test_restoring_leaves_the_status_and_its_dates_alone(people):
    article = make_article_at("published", people=people)
    old = article.revisions.get()
    changed(article, by=people["editor"], headline="Other")
    published_at = article.published_at
    actions.restore(old, by=people["editor"])
    article.refresh_from_db()
    assert (article.status, article.published_at) == ("published", published_at)


def test_restoring_leaves_out_what_is_no_longer_there(people, rich):
    old = rich.revisions.first()
    gone = [
        rich.featured_image,
        rich.originating_publication,
        *rich.regions.all(),
        *rich.themes.all(),
        *(byline.author for byline in rich.bylines.all()),
        *(entry.image for entry in rich.gallery.all()),
        *(hop.publication for hop in rich.hops.all()),
        *(entry.report for entry in rich.report_entries.all()),
    ]
    emptied(rich, by=people["editor"])
    for row in gone:
        row.delete()
    restored = actions.restore(old, by=people["editor"])
    assert restored.content["headline"] == old.content["headline"]
    assert restored.content["tags"] == ["dams", "rivers"]
    for name in ("regions", "themes", "bylines", "gallery", "hops", "reports"):
        assert restored.content[name] == []
    for name in ("featured_image", "originating_publication", "original_date"):
        assert restored.content[name] is None
    assert restored.content["original_url"] == ""


def test_restoring_keeps_the_publication_where_the_old_one_is_gone(people):
    publication = make_publication("Short-lived")
    article = make_article(by=people["editor"], publication=publication, cleared=False)
    old, first = article.revisions.get(), article.publication
    other = make_publication("Other")
    changed(article, by=people["editor"], publication=other)
    first.delete()
    assert actions.restore(old, by=people["editor"]).content["publication"]["id"] == other.pk


def test_restoring_what_the_house_no_longer_allows_is_refused_in_words(people):
    head = make_article(by=people["editor"])
    article = make_article(by=people["editor"], language="fr", translation_of=head)
    old = article.revisions.get()
    changed(article, by=people["editor"], translation_of=None)
    make_article(by=people["editor"], language="fr", translation_of=head)
    with pytest.raises(MoveNotAllowed, match="There is a translation into this language already"):
        actions.restore(old, by=people["editor"])
    article.refresh_from_db()
    assert article.translation_of is None
    assert article.revisions.count() == 2


def test_nobody_restores_what_they_may_not_edit(people, article):
    old = article.revisions.get()
    changed(article, by=people["contributor"], headline="Other")
    actions.submit(article, by=people["contributor"])
    for role in ("contributor", "rights_desk", "rights_manager"):
        with pytest.raises(NotYours):
            actions.restore(old, by=people[role])
    assert Article.objects.get().headline == "Other"


# --- in-depth reports -------------------------------------------------------------------------


def test_an_article_goes_to_the_end_of_reports_that_are_new_to_it(people, article):
    old, new = make_report(), make_report()
    other = make_article(by=people["editor"])
    ReportEntry.objects.create(report=new, article=other, position=7)
    first, last = (ReportEntry(report=report, article=article) for report in (old, new))
    actions.place_at_the_end(first)
    actions.place_at_the_end(last)
    assert (first.position, last.position) == (0, 8)
