"""What the public may see is a question about time, asked of the row; no job has to run."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import actions
from articles.models import Article, Status
from tests.factories.accounts import make_person
from tests.factories.articles import house, make_article, make_live_article, make_publication
from tests.factories.stages import HOUR, make_article_at

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENTS = st.sampled_from(
    [AT + timedelta(microseconds=step) for step in (-3_600_000_000, -1, 0, 1, 3_600_000_000)]
)
PUBLIC_ONCE = (Status.PUBLISHED, Status.WITHDRAWN)


@st.composite
def rows(draw):
    """The columns that decide, in every combination the constraints allow."""
    status = draw(st.sampled_from(Status.values))
    dates = {
        Status.DRAFT: st.none(),
        Status.IN_REVIEW: st.none(),
        Status.APPROVED: st.none() | MOMENTS,
    }
    return {
        "status": status,
        "published_at": draw(dates.get(status, MOMENTS)),
        "embargo_until": draw(st.none() | MOMENTS),
        "carry_until": draw(st.none() | MOMENTS),
        "withdrawn_at": AT if status == Status.WITHDRAWN else None,
    }


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(st.lists(rows(), min_size=10, max_size=40), MOMENTS)
def test_live_means_the_same_to_queryset_and_article(several, at):
    with transaction.atomic():
        by, ours = make_person("somebody"), house()
        Article.objects.bulk_create(
            Article(headline="x", slug=f"x-{n}", created_by=by, publication=ours, **columns)
            for n, columns in enumerate(several)
        )
        live = set(Article.objects.live(at))
        assert live == {article for article in Article.objects.all() if article.is_live(at)}
        assert not live & set(Article.objects.withdrawn())
        assert all(article.has_been_public(at) for article in live)
        assert not any(article.is_scheduled(at) for article in live)
        transaction.set_rollback(True)


def is_live(article, at):
    article.refresh_from_db()
    found = Article.objects.live(at).filter(pk=article.pk).exists()
    assert found == article.is_live(at)
    return found


def test_a_scheduled_article_goes_live_at_its_hour_and_nobody_does_anything(people):
    article = make_article_at("approved", people=people)
    actions.schedule(article, by=people["editor"], publish_at=AT, at=AT - HOUR)
    assert not is_live(article, AT - timedelta(microseconds=1))
    assert is_live(article, AT)
    assert article.status == Status.APPROVED


def test_an_embargo_holds_whatever_the_schedule_says(people):
    article = make_live_article(people=people, dated=AT - HOUR, embargo_until=AT + HOUR)
    assert not is_live(article, AT)
    assert is_live(article, AT + HOUR)


def test_an_embargo_that_is_over_publishes_nothing(people):
    assert not is_live(make_article_at("approved", people=people, embargo_until=AT - HOUR), AT)


def test_what_we_may_carry_until_a_moment_is_gone_at_that_moment(people):
    article = make_live_article(people=people, dated=AT - HOUR)
    Article.objects.update(carry_until=AT)
    article.refresh_from_db()
    assert is_live(article, AT - timedelta(microseconds=1))
    assert not is_live(article, AT)


def test_a_withdrawn_article_is_never_live_however_old_its_date(people):
    article = make_live_article(people=people, dated=AT - HOUR)
    actions.withdraw(article, by=people["managing_editor"], reason="Wrong.", at=AT)
    assert not any(is_live(article, AT + step * HOUR) for step in range(-2, 3))


@pytest.mark.parametrize("stage", ["draft", "in_review", "approved", "scheduled"])
def test_what_has_not_been_published_is_not_live(people, stage):
    article = make_article_at(stage, people=people)
    assert not Article.objects.live().exists()
    assert not article.has_been_public()


# --- what the database itself refuses ---------------------------------------------------------

DATE = "publication_date_from_approval_and_always_once_public"
WITHDRAWAL = "exactly_the_withdrawn_articles_have_a_day_of_withdrawal"
ORIGIN = "an_original_address_or_date_has_an_originating_publication"
CONTRADICTIONS = [
    ("an_article_has_a_headline", {"headline": ""}),
    (DATE, {"status": "draft", "published_at": AT}),
    (DATE, {"status": "in_review", "published_at": AT}),
    (DATE, {"status": "published"}),
    (DATE, {"status": "withdrawn", "withdrawn_at": AT}),
    (DATE, {"status": "lost"}),
    (WITHDRAWAL, {"status": "withdrawn", "published_at": AT}),
    (WITHDRAWAL, {"status": "published", "published_at": AT, "withdrawn_at": AT}),
    (WITHDRAWAL, {"status": "draft", "withdrawn_at": AT}),
    ("a_copyright_year_lies_in_the_age_of_print", {"copyright_year": 0}),
    ("a_copyright_year_lies_in_the_age_of_print", {"copyright_year": 2201}),
    (ORIGIN, {"original_url": "https://example.org/"}),
    (ORIGIN, {"original_date": AT.date()}),
]


@pytest.mark.parametrize(("constraint", "columns"), CONTRADICTIONS)
def test_the_database_refuses_a_row_that_contradicts_itself(people, constraint, columns):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_article(by=people["editor"], **columns)


def test_the_database_refuses_a_row_that_translates_itself(people):
    article = make_article(by=people["editor"])
    with (
        pytest.raises(IntegrityError, match="an_article_is_not_its_own_translation"),
        transaction.atomic(),
    ):
        Article.objects.filter(pk=article.pk).update(translation_of=article)


def test_the_database_refuses_a_row_whose_publication_is_its_own_origin(people):
    article = make_article(by=people["editor"])
    with (
        pytest.raises(IntegrityError, match="a_publication_is_not_the_origin_of_its_own_text"),
        transaction.atomic(),
    ):
        Article.objects.filter(pk=article.pk).update(originating_publication=article.publication_id)


def test_the_database_refuses_a_second_translation_into_a_language(people):
    head = make_article(by=people["editor"])
    make_article(by=people["editor"], language="fr", translation_of=head)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(by=people["editor"], language="fr", translation_of=head)


def test_the_database_refuses_a_second_house(db):
    house()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_publication("Another", is_house=True)


def test_every_constraint_of_the_article_has_been_tried():
    tried = {constraint for constraint, _columns in CONTRADICTIONS} | {
        "an_article_is_not_its_own_translation",
        "an_article_has_one_translation_a_language",
        "a_publication_is_not_the_origin_of_its_own_text",
    }
    assert {constraint.name for constraint in Article._meta.constraints} == tried
