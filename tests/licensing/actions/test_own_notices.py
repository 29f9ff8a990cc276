"""Notices of our own: composed from what was seen, sent as they were read over, the answer kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from cms.workflows.actions import MoveNotAllowed, NotYours
from licensing.actions import crossposts, own_notices
from licensing.compliance.findings import Code, Finding, as_json
from licensing.models import CrosspostCheck, FoundBy, OwnNotice
from licensing.rights.vocabulary import Sentence
from tests.factories.articles import make_live_article
from tests.factories.complaints import make_own_notice
from tests.factories.holders import letters_to

ADD = "/admin/licensing/ownnotice/add/"
URL = "https://copy.example/page"
OUTLET = "abuse@copy.example"


@pytest.fixture
def article(people):
    return make_live_article(people=people)


@pytest.fixture
def look(article):
    copy, _is_new = crossposts.declare(article, url=URL, found_by=FoundBy.STAFF)
    missing = Finding(Code.LINK, Sentence("The link to the original article is missing."))
    return CrosspostCheck.objects.create(
        crosspost=copy,
        at=timezone.now(),
        http_status=200,
        sha256="ab" * 32,
        findings=as_json([missing]),
    )


def test_it_is_composed_from_the_last_look_and_sent_as_it_was_read_over(
    client, people, article, look
):
    client.force_login(people["rights_manager"])
    page = client.get(f"{ADD}?crosspost={look.crosspost_id}")
    start = page.context["form"].initial
    assert "The link to the original article is missing." in start["text"]
    assert "ab" * 32 in start["text"] and URL in start["text"]
    typed = {**start, "sent_to": OUTLET, "text": f"{start['text']}\n\nKind regards"}
    answer = client.post(ADD, typed)
    notice = OwnNotice.objects.get()
    assert answer["Location"] == notice.get_admin_url()
    assert (notice.evidence, notice.crosspost) == (look, look.crosspost)
    (letter,) = letters_to(OUTLET)
    assert "Kind regards" in letter.message and notice.number in letter.subject
    assert "Kind regards" in client.get(notice.get_admin_url()).content.decode()


def test_any_address_can_be_composed_for_without_a_copy_on_record(client, people, article):
    client.force_login(people["rights_manager"])
    typed = {"article": f"http://testserver{article.get_absolute_url()}", "url": URL}
    page = client.post(ADD, {**typed, "_compose": "1"})
    start = page.context["form"].initial
    assert article.headline in start["text"] and not OwnNotice.objects.exists()
    assert client.post(ADD, {**typed, **start, "sent_to": OUTLET}).status_code == 302
    assert OwnNotice.objects.get().evidence is None
    lost = client.post(ADD, {**typed, "article": "https://elsewhere.example/", "_compose": "1"})
    assert "article" in lost.context["form"].errors


def test_only_a_manager_sends_and_records(client, people, article):
    for role in ("contributor", "managing_editor", "rights_desk"):
        with pytest.raises(NotYours):
            make_own_notice(people=people, article=article, by=people[role])
        client.force_login(people[role])
        assert client.post(ADD, {}).status_code == 403
    assert letters_to(OUTLET) == []


def test_the_answer_is_kept_once(client, people, article):
    notice = make_own_notice(people=people, article=article)
    with pytest.raises(NotYours):
        own_notices.record_answer(notice, answer="Done.", by=people["rights_desk"])
    client.force_login(people["rights_manager"])
    address = reverse("admin:licensing_ownnotice_answer", args=[notice.pk])
    assert client.post(address, {"answer": "We took it down."}).status_code == 302
    assert client.post(address, {"answer": "Or did we?"}).status_code == 409
    notice.refresh_from_db()
    assert notice.answer == "We took it down." and notice.answered_at


def test_what_cannot_be_sent_is_not_kept(people, article):
    with pytest.raises(MoveNotAllowed):
        make_own_notice(people=people, article=article, sent_to="a@b.example, c@d.example")
    with pytest.raises(ValidationError):
        make_own_notice(people=people, article=article, text="x\x00y")
    assert not OwnNotice.objects.exists()


def test_nothing_is_written_about_a_text_that_is_not_public(people, article):
    Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now() + timedelta(days=1))
    told = {"url": URL, "sent_to": OUTLET, "subject": "Yours", "text": article.headline}
    with pytest.raises(MoveNotAllowed):
        own_notices.send(article, by=people["rights_manager"], **told)
    assert not letters_to(OUTLET)
