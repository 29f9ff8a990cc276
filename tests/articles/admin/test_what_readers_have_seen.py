"""What readers have seen is taken back by a withdrawal only, and leaves its record."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Article
from tests.browsing import complaints, filled, rows
from tests.factories.articles import make_article, make_live_article
from tests.factories.headings import make_region, make_report, make_theme


@pytest.fixture
def editor(client, people):
    client.force_login(people["editor"])
    return client


def change_page(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def test_an_embargo_is_no_second_way_to_withdraw(editor, people):
    article = make_live_article(people=people)
    form = filled(editor.get(change_page(article)), embargo_until="2199-01-01T00:00")
    assert editor.post(change_page(article), form).status_code == 302
    assert Article.objects.live().contains(article)


def test_restoring_takes_no_page_from_its_readers(people):
    article = make_article(by=people["contributor"])
    article.embargo_until = timezone.now() + timedelta(days=1)
    article.save()
    embargoed = actions.revise(article, by=people["contributor"])
    article.embargo_until = None
    article.save()
    actions.revise(article, by=people["contributor"])
    actions.submit(article, by=people["contributor"])
    actions.approve(article, by=people["editor"])
    actions.publish(article, by=people["editor"])
    actions.restore(embargoed, by=people["editor"])
    assert Article.objects.live().contains(article)


def test_a_scheduled_article_under_embargo_can_still_be_taken_off_the_schedule(people):
    article = make_article(by=people["contributor"])
    actions.submit(article, by=people["contributor"])
    actions.approve(article, by=people["editor"])
    now = timezone.now()
    Article.objects.filter(pk=article.pk).update(embargo_until=now + timedelta(days=9))
    article.refresh_from_db()
    actions.schedule(article, by=people["editor"], publish_at=now + timedelta(days=1))
    actions.unschedule(article, by=people["editor"], at=now + timedelta(days=2))
    assert article.published_at is None


def test_a_published_article_under_embargo_can_be_withdrawn(people):
    article = make_article(
        by=people["contributor"], embargo_until=timezone.now() + timedelta(days=9)
    )
    actions.submit(article, by=people["contributor"])
    actions.approve(article, by=people["editor"])
    actions.publish(article, by=people["editor"])
    actions.withdraw(article, by=people["managing_editor"], reason="A mistake")
    assert article.status == "withdrawn"


@pytest.mark.parametrize("make", [make_region, make_theme])
def test_a_heading_under_which_an_article_stands_is_not_deleted(client, people, make):
    heading, article = make("Arctic"), make_live_article(people=people)
    getattr(article, f"{heading._meta.model_name}s").add(heading)
    client.force_login(people["managing_editor"])
    address = reverse(f"admin:articles_{heading._meta.model_name}_delete", args=[heading.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert article.get_absolute_url()
    assert type(heading).objects.contains(heading)


def test_an_article_that_joins_a_report_in_its_form_goes_to_its_end(editor, people):
    first, second = (make_live_article(people=people) for _article in range(2))
    report = make_report(articles=[first])
    page = editor.get(change_page(second))
    entered = filled(page) | rows("report_entries", {"report": report.pk, "article": second.pk})
    assert editor.post(change_page(second), entered).status_code == 302
    assert list(report.entries.values_list("article", flat=True)) == [first.pk, second.pk]


def test_a_sent_back_draft_keeps_its_record(client, people):
    article = make_article(by=people["contributor"])
    actions.submit(article, by=people["contributor"])
    actions.send_back(article, by=people["editor"], reason="Libel risk in the third paragraph")
    client.force_login(people["contributor"])
    address = reverse("admin:articles_article_delete", args=[article.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert article.events.count() == 2


def test_who_approves_approves_what_they_read(editor, people):
    article = make_article(by=people["contributor"])
    actions.submit(article, by=people["contributor"])
    address = reverse("admin:articles_article_move", args=[article.pk, "approve"])
    seen = article.revisions.first().number
    article.body = "<p>Something else altogether.</p>"
    article.save()
    actions.revise(article, by=people["managing_editor"])
    answer = editor.post(address, {"seen_revision": seen, "reason": ""})
    assert "The text was changed after you opened this page" in " ".join(complaints(answer))
    article.refresh_from_db()
    assert article.status == "in_review"
    editor.post(address, {"seen_revision": seen + 1, "reason": ""})
    article.refresh_from_db()
    assert article.status == "approved"


def test_a_made_up_question_to_the_list_is_not_asked(editor):
    address = reverse("admin:articles_article_changelist")
    assert editor.get(address, {"status__regex": "((("}).status_code in (302, 400)
