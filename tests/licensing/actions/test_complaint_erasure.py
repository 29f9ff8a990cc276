"""Who complained is forgotten once no dispute can come back; what came of it stays on record."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from post_office.models import Email

from cms.workflows.actions import MoveNotAllowed
from licensing import complaint_duties, erasure
from licensing.actions import complaints
from licensing.actions.complaint_erasure import erase
from licensing.models import (
    Complaint,
    ComplaintEvent,
    ComplaintLink,
    ComplaintMessage,
    ComplaintStatus,
    ComplaintSubject,
    CounterNotice,
)
from tests.factories.articles import house, make_live_article
from tests.factories.complaints import COMPLAINANT, acknowledged, countered, upheld
from tests.factories.rights import stand_under

DAY = timedelta(days=1)
KEPT = 3 * 365 * DAY
TABLES = (
    *(Complaint, ComplaintEvent, ComplaintLink, ComplaintMessage, ComplaintSubject),
    *(CounterNotice, Email),
)


@pytest.fixture
def manager(people):
    ours = house()
    ours.rights_contact = "rights@house.example"
    ours.save()
    stand_under()
    return people["rights_manager"]


@pytest.fixture
def ended(people, manager) -> Complaint:
    """Heard, upheld, countered, and restored."""
    complaint = countered(make_live_article(people=people), people=people, holder="Holm & Sons")
    complaints.message(complaint, text="Vera here: when?")
    complaints.write(complaint, text="Soon, Ms Holm.", by=people["rights_desk"])
    complaints.restore(complaint, reason="She went to no court.", by=manager)
    return complaint


def in_words() -> str:
    return " ".join(str(list(table.objects.values())) for table in TABLES)


def test_both_sides_are_gone_and_the_record_stays(ended):
    assert erase(ended)
    left = in_words()
    for word in ("Vera", "Holm", COMPLAINANT, "1 Quay", "2 Quay", "Ada", "Salt on the stairs"):
        assert word not in left, word
    assert ended.number in left and "She went to no court." in left
    assert ended.subjects.count() == 1 and ended.events.count() == 4
    assert not any(link.is_open() for link in ended.links.all())
    assert not erase(ended)


def test_who_was_forgotten_is_not_worked_on_again(client, ended, people, manager):
    erase(ended)
    with pytest.raises(MoveNotAllowed, match="forgotten"):
        complaints.reopen(ended, reason="New facts.", by=manager)
    with pytest.raises(MoveNotAllowed, match="forgotten"):
        complaints.write(ended, text="Hello?", by=people["rights_desk"])
    client.force_login(manager)
    page = client.get(ended.get_admin_url()).content.decode()
    assert "Their data were erased on" in page and "Send to the complainant" not in page
    assert "Erased" in client.get("/admin/licensing/complaint/").content.decode()


def test_the_clock_forgets_when_time_is_over_and_keeps_what_still_withholds(ended, people, manager):
    kept = [
        acknowledged(make_live_article(people=people), people=people),
        upheld(make_live_article(people=people), people=people),
        countered(make_live_article(people=people), people=people),
    ]
    complaints.close(kept[2], reason="The court says so.", by=manager)
    assert (kept[2].status, kept[2].is_withholding) == (ComplaintStatus.CLOSED, True)
    now = timezone.now()
    assert complaint_duties.forget_complainants(at=now + KEPT - DAY) == ""
    assert "1 complainant" in complaint_duties.forget_complainants(at=now + KEPT + DAY)
    assert set(Complaint.objects.filter(erased_at=None)) == set(kept)
    for one in kept:
        with pytest.raises(MoveNotAllowed):
            erase(one)


def test_nobody_is_forgotten_in_a_conversation_unless_they_wish_it(ended):
    later = timezone.now() + KEPT + DAY
    complaints.message(ended, text="Vera here, once more.", at=later - DAY)
    assert complaint_duties.forget_complainants(at=later) == ""
    assert Email.objects.filter(subject__contains=ended.number).exists()
    assert erase(ended, at=later)
    assert "Vera" not in in_words()


def test_whoever_wishes_is_forgotten_where_we_may(ended, people, capsys):
    open_one = acknowledged(make_live_article(people=people), people=people)
    call_command("erase_requester", COMPLAINANT.upper())
    said = capsys.readouterr().out.splitlines()
    assert said == [f"{ended.number}: erased.", f"{open_one.number}: kept. It is not decided yet."]


def test_what_we_say_about_it_follows_the_settings(settings):
    settings.COMPLAINTS_KEPT_DAYS = 90
    assert "erased 90 days after" in erasure.complaint_kept_for()
