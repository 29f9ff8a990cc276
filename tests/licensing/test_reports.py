"""The desk's figures, against a case counted by hand."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from licensing import reports
from licensing.actions import desk, endings, requests, settling
from licensing.models import PermissionRequest
from licensing.reports import Period
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_live_article, make_publication
from tests.factories.clearances import make_clearance
from tests.factories.requests import (
    TOLD,
    make_billed_request,
    make_request,
    make_taken_request,
)

DAY = timedelta(days=1)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def on(day: int, hour: int = 12) -> datetime:
    return timezone.make_aware(datetime(2026, 3, day, hour))


@pytest.fixture
def article(people):
    return make_live_article(people=people)


def answered(row, *, received: datetime, after: int):
    PermissionRequest.objects.filter(pk=row.pk).update(
        received_at=received, answered_at=received + after * DAY
    )


def test_half_and_nine_in_ten_are_counted_in_days_of_the_calendar(people, article):
    for place, days in enumerate([0, 1, 1, 2, 2, 3, 4, 5, 9, 20]):
        row = make_request(article)
        # Late in the evening and early in the morning are two days.
        answered(row, received=on(1 + place % 3, 23 if place % 2 else 1), after=days)
    outside = make_request(article)
    answered(outside, received=timezone.make_aware(datetime(2026, 1, 5)), after=3)
    found = reports.answer_times(Period(date(2026, 2, 1), date(2026, 3, 31)))
    assert [(one.month, one.count, one.median, one.ninety) for one in found] == [
        (date(2026, 2, 1), 0, None, None),
        (date(2026, 3, 1), 10, 2, 9),
    ]


def settled(row, how: str, people, *, at: datetime):
    manager = people["rights_manager"]
    if how == "granted":
        settling.issue(row, by=manager)
    elif how == "declined":
        settling.decline(row, by=manager, reason="No.", code="use")
    elif how == "withdrawn":
        requests.withdraw(row)
    elif how == "merged":
        endings.merge(row, by=manager, into=make_request(row.requested.get().article))
    PermissionRequest.objects.filter(pk=row.pk).update(settled_at=at)


def test_outcomes_count_as_they_were_even_once_a_case_is_closed(people):
    ends = ["granted", "granted", "granted", "declined", "withdrawn", "merged"]
    rows = [make_taken_request(people=people) for _end in ends]
    for row, end in zip(rows, ends, strict=True):
        settled(row, end, people, at=on(9))
    endings.close(PermissionRequest.objects.get(pk=rows[0].pk), by=people["rights_manager"])
    ((month, counts),) = reports.outcomes_by_month(MARCH)
    assert month == date(2026, 3, 1)
    assert counts == {"granted": 3, "declined": 1, "withdrawn": 1}
    assert reports.grant_rate(counts) == 75
    assert reports.outcomes_by_use(MARCH) == [("Publish in print", counts)]
    assert reports.grant_rate({}) is None


def test_what_is_open_is_counted_by_its_age(people, article):
    today = timezone.localdate()
    for days in (0, 2, 3, 10, 11, 21, 400):
        row = make_request(article)
        PermissionRequest.objects.filter(pk=row.pk).update(received_at=timezone.now() - days * DAY)
    assert [count for _label, count in reports.open_by_age(on=today)] == [2, 1, 1, 1, 2]


def test_fees_are_counted_by_use_territory_and_publication_less_what_was_cancelled(people):
    today = timezone.localdate()
    period = Period(today, today)
    gazette = make_publication("The Gazette", is_house=False)
    make_billed_request(people=people)
    make_clearance(
        by=people["admin"], publication=gazette, passes_on=["commercial_web"], covers=["web"]
    )
    one = make_live_article(people=people, publication=gazette, cleared=False)
    two = make_live_article(people=people)
    web = make_taken_request(
        people=people,
        articles=[one, two],
        use=Use.COMMERCIAL_WEB,
        particulars={**TOLD[Use.COMMERCIAL_WEB], "territories": ["DE", "FR"]},
    )
    from_desk(web, people, net="50.50", currency="EUR")
    gone = make_billed_request(people=people)
    requests.withdraw(gone)
    assert [tuple(fee) for fee in reports.fees_by_use(period)] == [
        ("Publish in print", "EUR", 2, Decimal(150)),
        ("Publish on a commercial site", "EUR", 1, Decimal("50.5")),
    ]
    assert [(fee.label, fee.net) for fee in reports.fees_by_territory(period)] == [
        ("United Kingdom", 150),
        ("Several countries", Decimal("50.5")),
    ]
    by_publication = {fee.label: fee.net for fee in reports.fees_by_publication(period)}
    assert by_publication["The Gazette"] == Decimal("50.5")
    assert sum(by_publication.values()) == Decimal("200.5")


def from_desk(row, people, *, net: str, currency: str):
    desk.quote(
        row,
        by=people["rights_desk"],
        given=row.asked,
        lines=[{"label": "Licence", "why": "", "amount": net}],
        currency=currency,
        net=Decimal(net),
        tax=Decimal(0),
        valid_until=timezone.localdate() + 30 * DAY,
    )
    requests.accept(row)


def test_the_page_is_empty_without_anything_and_draws_what_there_is(people, client):
    client.force_login(people["rights_desk"])
    page = reverse("admin:licensing_permissionrequest_reports")
    assert "Nothing to show for this period." in client.get(page).content.decode()
    make_billed_request(people=people)
    answer = client.get(page)
    drawn = answer.content.decode()
    assert "<svg" in drawn and "€150.00" in drawn and " style=" not in drawn
    csv = client.get(f"{page}fees-by-use.csv").getvalue().decode("utf-8-sig")
    assert csv.splitlines()[1] == "Publish in print,EUR,1,150.00"
    assert client.get(f"{page}nonsense.csv").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"since": "x", "until": "2026-01-01"},
        {"since": "2026-02-01", "until": "2026-01-01"},
        {"since": "1900-01-01", "until": "2026-01-01"},
        {"since": "0001-01-01", "until": "9999-12-31"},
    ],
)
def test_a_period_that_is_none_is_said_and_the_usual_one_is_shown(people, client, query):
    client.force_login(people["rights_desk"])
    answer = client.get(reverse("admin:licensing_permissionrequest_reports"), query)
    assert answer.status_code == 200 and answer.context["form"].errors


def test_the_reports_ask_as_many_questions_for_three_rows_as_for_one(
    people, django_assert_num_queries
):
    today = timezone.localdate()
    for _number in range(2):
        make_billed_request(people=people)
        with django_assert_num_queries(6):
            reports.answer_times(Period(today, today))
            reports.outcomes_by_month(Period(today, today))
            reports.open_by_age(on=today)
            reports.fees_by_use(Period(today, today))
            reports.fees_by_territory(Period(today, today))
            reports.fees_by_publication(Period(today, today))
