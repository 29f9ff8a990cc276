"""The desk of licences: read, revoked, extended, renewed, listed as CSV, seen in a calendar."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from licensing.models import Grant
from licensing.rights.vocabulary import Use
from tests.factories.clearances import make_clearance
from tests.factories.requests import make_billed_request, make_granted_request

DAY = timedelta(days=1)
LIST = reverse("admin:licensing_grant_changelist")


def address(grant, page, *args):
    return reverse(f"admin:licensing_grant_{page}", args=[grant.pk, *args])


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def manager(people, client):
    client.force_login(people["rights_manager"])
    return client


@pytest.fixture
def grant(people):
    """One that ends after a year."""
    return make_granted_request(people=people, use=Use.COMMERCIAL_WEB).grants.get()


def test_a_licence_is_read_as_it_was_given(people, manager, grant):
    page = words(manager.get(address(grant, "change")))
    row = grant.granted.get()
    for said in (grant.number, row.headline, row.fingerprint[:12], "Free of charge", "One year"):
        assert said in page, said
    assert manager.post(address(grant, "change"), {"fee": "1"}).status_code == 403


def test_revoking_wants_a_reason_and_is_not_done_twice(people, manager, grant):
    assert "was revoked" in words(manager.get(address(grant, "move", "revoke")))
    assert manager.post(address(grant, "move", "revoke"), {"reason": ""}).status_code == 200
    sent = {"reason": "Used for something else."}
    assert manager.post(address(grant, "move", "revoke"), sent).status_code == 302
    assert manager.post(address(grant, "move", "revoke"), sent).status_code == 409
    grant.refresh_from_db()
    assert grant.status == "revoked"
    for name in ("issue", "activate", "supersede", "expire", "nonsense"):
        assert manager.post(address(grant, "move", name), sent).status_code == 404


def test_extending_puts_a_longer_one_in_its_place(people, manager, grant):
    later = (grant.valid_until + 30 * DAY).isoformat()
    early = {"valid_until": grant.valid_from.isoformat(), "reason": "x"}
    assert manager.post(address(grant, "extend"), early).status_code == 409
    assert manager.post(address(grant, "extend"), {"reason": "x"}).status_code == 200
    both = {"valid_until": later, "is_endless": "on", "reason": "x"}
    assert manager.post(address(grant, "extend"), both).status_code == 200
    answer = manager.post(address(grant, "extend"), {"valid_until": later, "reason": "Agreed."})
    longer = Grant.objects.get(supersedes=grant)
    assert answer["Location"] == address(longer, "change")
    assert longer.valid_until.isoformat() == later
    again = manager.post(address(grant, "extend"), {"valid_until": later, "reason": "Again."})
    assert again.status_code == 409


def test_renewing_opens_a_request_for_the_same_rights(people, manager, grant):
    answer = manager.post(address(grant, "renew"))
    new = grant.renewals.get()
    assert answer["Location"] == new.get_admin_url()
    assert "A request to renew it was opened before." in words(manager.get(address(grant, "renew")))


@pytest.mark.parametrize("page", ["extend", "renew"])
def test_whoever_may_not_is_sent_away_before_being_told_what_there_is(people, client, grant, page):
    client.force_login(people["editor"])
    for url in (address(grant, page), address(grant, page).replace(f"/{grant.pk}/", "/98765/")):
        assert client.get(url).status_code == client.post(url).status_code == 403
    for name in ("calendar", "file", "changelist"):
        args = ["csv"] if name == "file" else []
        assert client.get(reverse(f"admin:licensing_grant_{name}", args=args)).status_code == 403


def test_the_list_as_csv_holds_what_is_shown_and_runs_nothing(people, manager, grant):
    hostile = make_granted_request(
        people=people, outlet='=HYPERLINK("http://evil.example")', requester_name="@SUM(A1)"
    )
    answer = manager.get(
        reverse("admin:licensing_grant_file", args=["csv"]), {"use__exact": "print"}
    )
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 2 and rows[0][0] == "Number"
    told = dict(zip(*rows, strict=True))
    assert told["Number"] == hostile.grants.get().number
    assert told["Outlet"].startswith("'=") and told["Licensee"].startswith("'@")


def test_the_list_is_narrowed_down_and_says_what_ends_soon(people, manager, grant):
    pending = make_billed_request(people=people).grants.get()
    Grant.objects.filter(pk=grant.pk).update(valid_until=timezone.localdate() + 12 * DAY)
    page = manager.get(LIST, {"ends": "30"})
    assert [row.number for row in page.context["cl"].result_list] == [grant.number]
    assert "ends in 12 days" in words(page)
    page = manager.get(LIST, {"status__exact": "pending_payment"})
    assert [row.number for row in page.context["cl"].result_list] == [pending.number]
    key = grant.granted.get().article.publication_id
    assert manager.get(LIST, {"publication": key}).context["cl"].result_count == 2


def test_the_calendar_looks_a_year_ahead_at_licences_and_clearances(people, manager, grant):
    make_clearance(by=people["admin"], valid_until=timezone.localdate() + 40 * DAY)
    make_clearance(by=people["admin"], valid_until=timezone.localdate() + 900 * DAY)
    answer = manager.get(reverse("admin:licensing_grant_calendar"))
    months = answer.context["months"]
    assert len(months) == 13
    assert sum(len(month["clearances"]) for month in months) == 1
    assert sum(len(month["grants"]) for month in months) == 1
    assert "<svg" in answer.content.decode() and " style=" not in answer.content.decode()


def test_many_are_revoked_by_whom_one_is_with_a_result_for_each(people, client, grant):
    ended = make_granted_request(people=people).grants.get()
    Grant.objects.filter(pk=ended.pk).update(status="expired")
    address = reverse("admin:licensing_grant_bulk", args=["revoke"])
    asked = f"{address}?rows={grant.pk},{ended.pk},99999"
    client.force_login(people["rights_desk"])
    assert client.post(asked, {"reason": "Mine."}).status_code == 403
    client.force_login(people["rights_manager"])
    assert "1 of 2 rows can be moved now." in words(client.get(asked))
    assert "1 of 2 rows moved." in words(client.post(asked, {"reason": "Sold on."}))
    for row in (grant, ended):
        row.refresh_from_db()
    assert (grant.status, ended.status) == ("revoked", "expired")
    assert client.post(address.replace("revoke", "expire")).status_code == 404
