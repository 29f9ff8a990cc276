"""What readers are told after a text was changed under their eyes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import actions, correcting
from articles.changes import marked_headline
from articles.models import Article, Correction
from cms.workflows.actions import MoveNotAllowed, NotYours
from cms.written_once import WrittenOnceError
from tests.factories.articles import make_article, make_live_article
from tests.reading import soup


@pytest.fixture
def article(people):
    return make_live_article(people=people)


def rewritten(article, people, body="<p>Other words that say something else.</p>", **told):
    article.body = body
    article.save(update_fields=["body"])
    return actions.revise(article, by=people["editor"], **told)


def is_due(article) -> bool:
    return Article.objects.with_correction_due().contains(article)


def corrected(article, people, **fields):
    fields = {"by": people["editor"], "kind": "correction", "text": "It was Tuesday."} | fields
    return correcting.correct(article, **fields)


def test_notices_are_numbered_name_the_revision_and_move_the_pages_date(article, people):
    later = timezone.now() + timedelta(hours=1)
    revision = rewritten(article, people)
    first = corrected(article, people)
    second = corrected(article, people, kind="update", at=later, dated=later)
    assert [first.number, second.number] == [1, 2]
    assert (first.revision, first.created_by) == (revision, people["editor"])
    article.refresh_from_db()
    assert article.updated_at == later
    assert article.corrections.create(text="By hand.").number == 3


def test_a_retraction_marks_the_headline_and_stands_above_the_text(article, people):
    told = corrected(article, people, kind="retraction", placement="end")
    article.refresh_from_db()
    assert told.placement == "top"
    assert article.retracted_at == told.dated
    assert marked_headline(article) == f"Retracted: {article.headline}"
    Article.objects.filter(pk=article.pk).update(language="fr")
    article.refresh_from_db()
    assert marked_headline(article).endswith(article.headline)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "apology"},
        {"placement": "nowhere"},
        {"text": "  "},
        {"text": "a\x00b"},
        {"text": "half \ud800"},
        {"text": "x" * 4001},
        {"dated": timezone.now() + timedelta(days=3)},
    ],
)
def test_a_notice_that_says_nothing_right_is_refused_with_a_reason(article, people, fields):
    with pytest.raises(MoveNotAllowed) as refusal:
        corrected(article, people, **fields)
    assert refusal.value.reasons
    assert not article.corrections.exists()


@pytest.mark.parametrize("role", ["contributor", "rights_desk", "rights_manager"])
def test_readers_are_told_by_editors(article, people, role):
    with pytest.raises(NotYours):
        corrected(article, people, by=people[role])
    rewritten(article, people)
    with pytest.raises(NotYours):
        correcting.dismiss(article, by=people[role], reason="No.")
    assert is_due(article)


def test_of_what_readers_have_not_seen_there_is_nothing_to_tell(people):
    draft = make_article(by=people["editor"])
    rewritten(draft, people)
    assert not is_due(draft)
    with pytest.raises(MoveNotAllowed, match="Readers have not seen"):
        corrected(draft, people)


def test_what_was_told_is_neither_changed_nor_taken_back(article, people):
    told = corrected(article, people)
    told.text = "It was Monday."
    for change in (
        told.save,
        told.delete,
        Correction.objects.all().delete,
        lambda: Correction.objects.update(text="Nothing."),
    ):
        with pytest.raises(WrittenOnceError):
            change()
    assert Correction.objects.get().text == "It was Tuesday."


def test_a_change_that_matters_falls_due_by_itself_and_a_notice_settles_it(article, people):
    rewritten(article, people, "<p>Some <em>words</em> that stand for an article.</p>")
    assert not is_due(article)
    rewritten(article, people)
    since = Article.objects.get(pk=article.pk).correction_due_since
    rewritten(article, people, "<p>Yet other words, 12 of them.</p>")
    assert Article.objects.get(pk=article.pk).correction_due_since == since
    corrected(article, people)
    assert not is_due(article)


def test_a_restored_text_falls_due_too(article, people):
    first = article.revisions.first()
    rewritten(article, people)
    corrected(article, people)
    actions.restore(first, by=people["editor"])
    assert is_due(article)


def test_what_is_due_is_dismissed_with_a_reason_that_is_kept(article, people):
    rewritten(article, people)
    for reason in ("  ", "a\x00b", "x" * 401):
        with pytest.raises(MoveNotAllowed):
            correcting.dismiss(article, by=people["editor"], reason=reason)
    assert is_due(article)
    told = correcting.dismiss(article, by=people["editor"], reason="A test page.")
    assert not is_due(article)
    assert (told.by, told.reason, told.revision.number) == (people["editor"], "A test page.", 2)
    with pytest.raises(MoveNotAllowed, match="No notice is due"):
        correcting.dismiss(article, by=people["editor"], reason="Again.")


# --- other versions of a retracted text -------------------------------------------------------


@pytest.fixture
def versions(people, article):
    """A live translation of the article, and one that nobody has seen."""
    shown = make_live_article(people=people, language="fr")
    draft = make_article(by=people["editor"], language="de")
    Article.objects.filter(pk__in=[shown.pk, draft.pk]).update(translation_of=article)
    return shown, draft


def test_a_retraction_of_the_original_makes_one_due_in_the_versions_that_readers_have_seen(
    article, people, versions
):
    shown, draft = versions
    corrected(article, people)
    assert not is_due(shown)
    corrected(article, people, kind="retraction")
    assert is_due(shown)
    assert not is_due(draft)
    assert not is_due(article)


def test_a_retraction_of_a_translation_says_nothing_of_its_original(article, people, versions):
    shown, _draft = versions
    corrected(shown, people, kind="retraction")
    assert not is_due(article)


def test_a_translation_tells_its_readers_that_the_original_is_retracted(
    article, people, versions, client
):
    shown, _draft = versions
    corrected(article, people, kind="retraction", text="The letters were forged.")
    page = soup(client.get(shown.get_absolute_url()))
    [notice] = page.select(".correction")
    assert article.headline in notice.get_text()
    assert "forged" not in notice.get_text()
    # Which is said until it is retracted itself, and never of what readers may not know.
    Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now() + timedelta(days=1))
    assert not soup(client.get(shown.get_absolute_url())).select(".correction")
    Article.objects.filter(pk=article.pk).update(embargo_until=None)
    corrected(shown, people, kind="retraction", text="Les lettres sont fausses.")
    [notice] = soup(client.get(shown.get_absolute_url())).select(".correction")
    assert "Les lettres" in notice.get_text()
