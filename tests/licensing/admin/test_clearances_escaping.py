"""Nothing that anybody typed about a clearance is run by the browser of whoever reads it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from licensing.actions import clearances
from licensing.models import Clearance, ClearanceEvidence
from tests.articles.admin.test_escaping import EVIL, assert_harmless
from tests.browsing import filled
from tests.factories.accounts import make_person
from tests.factories.articles import make_article, make_author, make_image, make_publication
from tests.factories.clearances import make_clearance


@pytest.fixture
def poisoned(people, tmp_path, monkeypatch):
    """Clearances with something evil in every place where somebody may write."""
    storage = ClearanceEvidence._meta.get_field("file").storage
    monkeypatch.setattr(storage, "base_location", str(tmp_path / "private"))
    monkeypatch.setattr(storage, "location", str(tmp_path / "private"))
    somebody = make_person(EVIL[:150], role="rights_desk")
    somebody.first_name = somebody.last_name = EVIL[:150]
    somebody.save()
    elsewhere = make_publication(EVIL, rights_contact="a@e.example")
    article = make_article(
        by=somebody, headline=EVIL, originating_publication=elsewhere, cleared=False
    )
    lines = dict.fromkeys(("holder_name", "attribution", "note"), EVIL)
    lines |= {"reference": EVIL[:100], "fair_use_purpose": EVIL}
    lines |= {"conditions": [{"kind": "territory", "value": ["<b>x</b>", "'\"><i>"]}]}
    found = [
        make_clearance(by=somebody, grant=False, **lines, **about)
        for about in (
            {"publication": elsewhere},
            {"scope": "article", "article": article, "publication": elsewhere},
            {"scope": "author", "author": make_author(EVIL), "publication": elsewhere},
            {"scope": "image", "image": make_image(caption=EVIL), "publication": elsewhere},
        )
    ]
    for row in found:
        clearances.request(row, by=somebody, message=EVIL)
        row.messages.create(text=EVIL, name=EVIL, sent_at=row.created_at)
        Clearance.objects.filter(pk=row.pk).update(note=EVIL)
    clearances.refuse(found[1], by=somebody, reason=EVIL)
    clearances.grant(found[0], by=somebody, reason=EVIL)
    return found


def test_no_page_of_the_desk_runs_what_was_typed(poisoned, people, client):
    client.force_login(people["admin"])
    assert_harmless(client.get("/admin/licensing/clearance/"))
    assert_harmless(client.get("/admin/licensing/clearance/", {"q": EVIL, "e": EVIL}))
    for row in poisoned:
        for page in ("change", "history", "delete", "answer"):
            url = reverse(f"admin:licensing_clearance_{page}", args=[row.pk])
            assert_harmless(client.get(url))
        url = reverse("admin:licensing_clearance_change", args=[row.pk])
        assert_harmless(client.post(url, filled(client.get(url)), follow=True))
        for version in row.history.all():
            assert_harmless(
                client.get(f"/admin/licensing/clearance/{row.pk}/history/{version.pk}/")
            )
        for move in ("request", "grant", "refuse", "revoke", "expire", "reopen"):
            url = reverse("admin:licensing_clearance_move", args=[row.pk, move])
            assert_harmless(client.get(url))
            typed = {"reason": EVIL, "message": EVIL}
            assert_harmless(client.post(url, typed, follow=True))
    assert_harmless(client.get(f"/admin/licensing/clearance/add/?follow={poisoned[0].pk}"))
    assert_harmless(client.get("/admin/"))


def test_no_letter_or_file_name_runs(poisoned, people, client):
    client.force_login(people["admin"])
    row = poisoned[2]
    url = reverse("admin:licensing_clearance_answer", args=[row.pk])
    assert_harmless(client.post(url, {"text": EVIL}, follow=True))
    add = reverse("admin:licensing_clearance_evidence_add", args=[row.pk])
    for name in ("'\"><img src=x onerror=alert(1)>.txt", "<script>alert(1)<.exe"):
        upload = SimpleUploadedFile(name, b"Yes.")
        assert_harmless(client.post(add, {"file": upload}, follow=True))
    assert row.evidence.exists()


def test_a_form_that_comes_back_runs_nothing(poisoned, people, client):
    client.force_login(people["admin"])
    add = "/admin/licensing/clearance/add/"
    typed = filled(client.get(add))
    names = ("scope", "article", "publication", "holder_name", "holder_contact", "basis")
    names += ("covers", "passes_on", "forbids", "conditions", "conditions-territory")
    names += ("conditions-print_run", "valid_from", "licence_url", "note", "seen")
    for name in names:
        assert_harmless(client.post(add, typed | {name: EVIL}))
        assert_harmless(client.get(add, {name: EVIL}))
