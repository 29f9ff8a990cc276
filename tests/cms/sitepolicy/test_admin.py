"""The desk of house texts: saving writes the next version, and no address changes an old one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.sitepolicy.models import Kind, SitePolicy
from tests.browsing import complaints, filled
from tests.factories.sitepolicy import make_text

LIST = "/admin/sitepolicy/sitepolicy/"
ADD = f"{LIST}add/"


@pytest.fixture
def desk(people, client):
    client.force_login(people["managing_editor"])
    return client


def written(desk, address=ADD, **typed):
    values = {"kind": Kind.DISCLAIMER, "language": "en", "text": "<p>New.</p>"} | typed
    return desk.post(ADD, filled(desk.get(address)) | values)


def test_saving_writes_the_next_version_by_whoever_saved(desk, people):
    first = make_text("<p>Old.</p>")
    assert written(desk)["Location"] == LIST
    second = SitePolicy.objects.get(version=2)
    assert (second.text, second.created_by) == ("<p>New.</p>", people["managing_editor"])
    first.refresh_from_db()
    assert first.text == "<p>Old.</p>"


def test_the_next_version_starts_from_the_wording_that_stands(desk):
    french = make_text("<p>Ancien.</p>", kind=Kind.FAIR_USE, language="fr")
    typed = filled(desk.get(f"{ADD}?follow={french.pk}"))
    assert (typed["kind"], typed["language"], typed["text"]) == (
        Kind.FAIR_USE,
        "fr",
        "<p>Ancien.</p>",
    )
    desk.post(ADD, typed)
    assert SitePolicy.objects.filter(kind=Kind.FAIR_USE, language="fr").count() == 2


@pytest.mark.parametrize("follow", ["abc", "-1", "99999999999999999999", "٣", "1 OR 1"])
def test_following_what_is_not_there_is_a_blank_form(desk, follow):
    make_text()
    answer = desk.get(f"{ADD}?follow={follow}")
    assert answer.status_code == 200
    assert "A wording" not in answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"text": ""},
        {"text": "<p></p>"},
        {"text": "<p>" + "x" * 1_000_001},
        {"kind": "manifesto"},
        {"language": "tlh"},
        {"valid_from_0": "99999-01-01"},
        {"valid_from_0": "9999-12-31"},
        {"valid_from_0": "0001-01-01"},
        {"valid_from_0": "0000-01-01"},
        {"valid_from_1": "25:00"},
        {"valid_from_0": "", "valid_from_1": ""},
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence(desk, typed):
    answer = written(desk, **typed)
    assert answer.status_code == 200
    assert complaints(answer)
    assert not SitePolicy.objects.exists()


def test_nobody_names_a_version_or_a_writer(desk, people):
    written(desk, version="99", created_by=str(people["editor"].pk), id="4711", pk="4711")
    policy = SitePolicy.objects.get()
    assert (policy.version, policy.created_by) == (1, people["managing_editor"])
    assert policy.pk != 4711


def test_a_version_shows_its_wording_and_offers_the_next_and_no_field(desk):
    policy = make_text("<p>As it <strong>stood</strong>.</p>")
    answer = desk.get(f"{LIST}{policy.pk}/change/")
    page = answer.content.decode()
    assert "<p>As it <strong>stood</strong>.</p>" in page
    assert f"{ADD}?follow={policy.pk}" in page
    assert 'name="text"' not in page
    assert 'name="_save"' not in page


@pytest.mark.parametrize("page", ["change", "delete"])
@pytest.mark.parametrize("role", ["managing_editor", "rights_manager", "admin"])
def test_no_address_changes_or_deletes_a_version(people, client, page, role):
    policy = make_text("<p>As it stood.</p>")
    client.force_login(people[role])
    typed = {"text": "<p>Other.</p>", "kind": "disclaimer", "language": "en", "post": "yes"}
    assert client.post(f"{LIST}{policy.pk}/{page}/", typed).status_code == 403
    assert SitePolicy.objects.get().text == "<p>As it stood.</p>"


def test_the_list_shows_the_newest_of_each_and_all_when_asked(desk):
    make_text(language="fr")
    make_text()
    make_text()
    assert desk.get(LIST).context["cl"].result_count == 2
    assert desk.get(LIST, {"versions": "all"}).context["cl"].result_count == 3


def test_a_wording_may_count_from_a_moment_that_lies_ahead(desk):
    ahead = timezone.now() + timedelta(days=9)
    written(desk, valid_from_0=f"{ahead:%Y-%m-%d}", valid_from_1="10:00:00")
    assert not SitePolicy.objects.in_force().exists()
    assert SitePolicy.objects.in_force(ahead + timedelta(days=1)).exists()
