"""The desk of fee schedules: fees are written in a table, every saving is a version."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from licensing.fees import tariff_of, version_in_use
from licensing.models import FeeSchedule, FeeScheduleVersion
from licensing.ready_made_fees import EUROS
from licensing.rights.tariff_reading import parse_tariff
from licensing.rights.vocabulary import Use
from tests.browsing import complaints, filled, typed_in
from tests.factories.fees import TARIFF, make_fees, make_schedule

LIST = "/admin/licensing/feeschedule/"
ADD = f"{LIST}add/"


@pytest.fixture
def desk(people, client):
    client.force_login(people["rights_manager"])
    return client


def page_of(schedule):
    return f"{LIST}{schedule.pk}/change/"


def saved(desk, schedule, **typed):
    address = page_of(schedule)
    return desk.post(address, filled(desk.get(address)) | typed)


def again(desk, address, **typed):
    """The page after the button that shows it with more rows."""
    data = filled(desk.get(address)) | typed | {"_again": "print"}
    return desk.post(address, data)


# --- writing ----------------------------------------------------------------------------------


def test_fees_are_written_in_the_table_without_script(desk, people):
    typed = {"name": "Ours", "fee-print-base": "150", "fee-print-add": "print_run"}
    # The first schedule there is prices new quotes.
    assert "take_into_use" in filled(desk.get(ADD))
    page = again(desk, ADD, **typed)
    assert not FeeSchedule.objects.exists()
    rows = {
        "fee-print-print_run-0-up_to": "1,000",
        "fee-print-print_run-0-value": "1",
        "fee-print-print_run-1-value": "2.5",
        "fee-print-add": "rush",
    }
    page = desk.post(ADD, filled(page) | rows | {"_again": "print"})
    assert typed_in(page, "fee-print-print_run-0-up_to") == "1,000"
    assert typed_in(page, "fee-print-print_run-3-value") == ""
    rush = {
        "fee-print-rush-yes-how": "add",
        "fee-print-rush-yes-value": "75",
        "tax_label": "VAT",
        "tax_percent": "7",
        "take_into_use": "on",
    }
    last = filled(page) | rush
    answer = desk.post(ADD, {name: typed for name, typed in last.items() if name != "_again"})
    schedule = FeeSchedule.objects.get()
    assert answer["Location"] == page_of(schedule)
    version = schedule.versions.get()
    assert version.created_by == people["rights_manager"]
    assert tariff_of(version) == parse_tariff(
        {
            "currency": "EUR",
            "tax": {"label": "VAT", "percent": "7"},
            "uses": {
                "print": {
                    "base": "150",
                    "per": "article",
                    "drivers": [
                        {
                            "driver": "print_run",
                            "bands": [{"up_to": 1000, "times": "1"}, {"times": "2.5"}],
                        },
                        {
                            "driver": "rush",
                            "choices": {"yes": {"add": "75"}},
                            "per": "request",
                        },
                    ],
                }
            },
        }
    )
    assert version_in_use(at=timezone.now()) == version


def test_the_ready_made_schedule_is_saved_as_it_stands(desk):
    assert "?start=euros" in desk.get(ADD).content.decode()
    answer = desk.post(ADD, filled(desk.get(f"{ADD}?start=euros")))
    assert answer.status_code == 302, complaints(answer)
    version = FeeScheduleVersion.objects.get()
    assert tariff_of(version) == parse_tariff(EUROS.tariff)
    assert version.schedule.name == EUROS.name


def test_saving_writes_the_next_version_and_leaves_the_old_one(desk):
    schedule = make_schedule(is_used=True)
    saved(desk, schedule, **{"fee-print-base": "180", "change_note": "Dearer"})
    new, old = schedule.versions.all()
    assert [tariff_of(one).uses[Use.PRINT].base for one in (old, new)] == [150, 180]
    assert (new.number, new.change_note, old.tariff["uses"]["print"]["base"]) == (
        2,
        "Dearer",
        "150",
    )
    assert tariff_of(new).uses[Use.PRINT].moved == tariff_of(old).uses[Use.PRINT].moved


def test_saving_the_same_fees_writes_no_version(desk):
    schedule = make_schedule()
    answer = saved(desk, schedule, name="Another name")
    assert schedule.versions.count() == 1
    assert FeeSchedule.objects.get().name == "Another name"
    assert "no new version" in desk.get(answer["Location"]).content.decode()


def test_a_driver_is_taken_away_and_a_use_is_emptied(desk):
    schedule = make_schedule(tariff=EUROS.tariff)
    saved(desk, schedule, **{"fee-print-print_run-away": "on"})
    assert "print_run" not in str(schedule.versions.first().tariff["uses"]["print"])
    page = desk.get(page_of(schedule))
    blank = {
        name: ""
        for name in filled(page)
        if re.fullmatch(r"fee-education-(base|minimum|.*-value|.*-up_to)", name)
    }
    desk.post(page_of(schedule), filled(page) | blank)
    assert Use.EDUCATION not in tariff_of(schedule.versions.first()).uses


def test_a_version_may_count_from_a_moment_that_lies_ahead(desk):
    schedule = make_schedule(is_used=True)
    ahead = timezone.localtime() + timedelta(days=9)
    typed = {"valid_from_0": f"{ahead:%Y-%m-%d}", "valid_from_1": "10:00", "fee-print-base": "1"}
    saved(desk, schedule, **typed)
    assert version_in_use(at=timezone.now()).number == 1
    assert version_in_use(at=ahead + timedelta(days=1)).number == 2


def test_another_schedule_is_taken_into_use(desk):
    first, second = make_schedule(is_used=True), make_schedule()
    assert "take_into_use" not in filled(desk.get(page_of(first)))
    answer = saved(desk, second, take_into_use="on")
    assert "New quotes are priced by this" in desk.get(answer["Location"]).content.decode()
    assert version_in_use(at=timezone.now()).schedule == second
    assert FeeSchedule.objects.filter(is_default=True).count() == 1


def test_of_two_who_write_the_second_is_told_of_the_first_and_loses_nothing(desk, people):
    schedule = make_schedule()
    typed = filled(desk.get(page_of(schedule))) | {"fee-print-base": "99"}
    other = TARIFF | {"currency": "GBP"}
    make_fees(schedule, by=people["admin"], tariff=other)
    answer = desk.post(page_of(schedule), typed)
    assert "Version 2 was written by admin while you were at work" in " ".join(complaints(answer))
    assert typed_in(answer, "fee-print-base") == "99"
    desk.post(page_of(schedule), filled(answer))
    assert schedule.versions.count() == 3
    assert schedule.versions.first().tariff["uses"]["print"]["base"] == "99"


# --- what is refused --------------------------------------------------------------------------

NUMBER = "A number such as 12.50, please."
HOSTILE = [
    ({"fee-print-base": ""}, NUMBER),
    ({"fee-print-base": "-1"}, NUMBER),
    ({"fee-print-base": "1e9"}, NUMBER),
    ({"fee-print-base": "NaN"}, NUMBER),
    ({"fee-print-base": "12,50"}, NUMBER),
    ({"fee-print-base": "9" * 100_000}, NUMBER),
    ({"fee-print-base": "1\x00"}, NUMBER),
    ({"fee-print-base": "\u202e1"}, NUMBER),
    ({"fee-print-base": "<script>"}, NUMBER),
    ({"fee-print-base": "1.005"}, "This currency has 2 digits after the point."),
    ({"fee-print-minimum": "free"}, NUMBER),
    ({"fee-print-per": "page"}, "Either per article or per request, please."),
    ({"fee-print-print_run-0-value": ""}, NUMBER),
    ({"fee-print-print_run-0-value": "1001"}, "At most 1,000 times, please."),
    ({"fee-print-print_run-0-how": "power"}, "“power” is not understood here."),
    ({"fee-print-print_run-0-up_to": "9000"}, "Each band ends higher than the one before it."),
    ({"fee-print-print_run-0-up_to": ""}, "Only the last band may be open above."),
    ({"fee-print-print_run-0-up_to": "many"}, "A band ends at a whole number"),
    ({"fee-print-print_run-0-up_to": "1.5"}, "A band ends at a whole number"),
    ({"fee-print-print_run-way": "each"}, "An effect for each takes one row, without an end."),
    ({"fee-print-requester-academic-value": "half"}, NUMBER),
    ({"currency": "DEM"}, "Select a valid choice."),
    ({"currency": "JPY", "fee-print-base": "1.5"}, "This currency has 0 digits after the point."),
    ({"tax_label": "VAT", "tax_percent": ""}, NUMBER),
    ({"tax_label": "", "tax_percent": "7"}, "A tax needs a name"),
    ({"tax_percent": "107"}, "At most 100 percent, please."),
    ({"tax_label": "V\u202eAT"}, "invisible control character"),
    ({"name": "\u200b"}, "There is nothing to read in this."),
    ({"change_note": "x" * 301}, "at most 300 characters"),
    ({"valid_from_0": "2001-01-01", "valid_from_1": "10:00"}, "This moment has passed."),
    ({"follows": "x"}, "whole number"),
]


@pytest.mark.parametrize(("typed", "words"), HOSTILE, ids=lambda one: str(one)[:60])
def test_what_does_not_fit_comes_back_with_words_and_all_that_was_typed(desk, typed, words):
    schedule = make_schedule()
    answer = saved(desk, schedule, note="Kept as typed", **typed)
    assert answer.status_code == 200
    assert words in " ".join(complaints(answer))
    assert typed_in(answer, "note") == "Kept as typed"
    assert typed_in(answer, "fee-print-print_run-1-up_to") == "9000"
    for name, value in typed.items():
        if name.startswith("fee") and not name.endswith(("-per", "-how")):
            assert typed_in(answer, name) == value
    assert schedule.versions.count() == 1


def test_a_fault_stands_beside_its_row_and_its_use_is_open(desk):
    schedule = make_schedule(tariff=EUROS.tariff)
    answer = saved(desk, schedule, **{"fee-print-territory-some-value": "more"})
    page = BeautifulSoup(answer.content, "html.parser")
    row = page.select_one('[name="fee-print-territory-some-value"]').find_parent("tr")
    assert NUMBER in row.find_next_sibling("tr").text
    opened = [use.select_one(".fees-name").text for use in page.select("details.fees-use[open]")]
    assert opened == ["Publish in print"]


def test_a_schedule_without_any_fee_is_refused(desk):
    answer = desk.post(ADD, filled(desk.get(ADD)) | {"name": "Empty"})
    assert "A tariff names the fee of one use at least." in complaints(answer)


def test_made_up_drivers_rows_and_starts_do_no_harm(desk):
    schedule = make_schedule()
    odd = {
        "fee-print-weather-per": "article",
        "fee-poster-base": "1",
        "fee-print-add": "weather",
        "fee-print-print_run-999-value": "5",
        "_again": "x",
    }
    assert saved(desk, schedule, **odd).status_code == 200
    for start in ("", "nothing", "<script>", "a" * 5000):
        assert desk.get(ADD, {"start": start, "currency": "x"}).status_code == 200
    for key in ("9" * 30, "x", "0"):
        assert desk.get(f"{LIST}{key}/change/").status_code in (302, 404)
        assert desk.get(f"{LIST}{key}/history/").status_code in (302, 404)


# --- reading and trying out ---------------------------------------------------------------------


def pages(schedule):
    base = f"{LIST}{schedule.pk}"
    return [
        LIST,
        page_of(schedule),
        f"{base}/versions/1/",
        f"{base}/versions/1/2/",
        f"{base}/versions/2/try/",
        f"{base}/history/",
    ]


@pytest.mark.parametrize(
    ("role", "code"), [("managing_editor", 403), ("rights_desk", 200), ("rights_manager", 200)]
)
def test_who_may_see_fees_reads_every_page(people, client, role, code):
    schedule = make_schedule(is_used=True)
    dearer = TARIFF | {"uses": {"print": TARIFF["uses"]["print"] | {"base": "200"}}}
    make_fees(schedule, tariff=dearer, change_note="Dearer")
    client.force_login(people[role])
    answers = {page: client.get(page) for page in pages(schedule)}
    assert {page: answer.status_code for page, answer in answers.items()} == dict.fromkeys(
        answers, code
    )
    if code == 200:
        said = [answer.content.decode() for answer in answers.values()]
        assert "€150.00 for each article, never below €50.00 in all." in said[2]
        assert "1,001 to 9,000" in said[2]
        assert "€200.00 for each article" in said[3]
        assert client.post(page_of(schedule), {}).status_code == (
            403 if role == "rights_desk" else 200
        )


def test_what_is_not_there_is_not_found(desk):
    schedule = make_schedule()
    for path in ("versions/2/", "versions/1/2/", "versions/2/try/", f"versions/{'9' * 40}/"):
        assert desk.get(f"{LIST}{schedule.pk}/{path}").status_code == 404
    assert desk.get(f"{LIST}{'9' * 30}/versions/1/").status_code == 404


def tried(desk, **answers):
    schedule = make_schedule(tariff=EUROS.tariff)
    page = f"{LIST}{schedule.pk}/versions/1/try/"
    return desk.get(page, answers and {"of": answers["use"]} | answers)


def test_the_try_out_prices_answers_and_explains_each_line(desk):
    answer = tried(
        desk,
        use="print",
        articles="2",
        print_run="5001",
        territory="world",
        languages="2",
        requester="academic",
        portion="whole",
        exclusive="no",
        formats="1",
        pictures="1",
        rush="yes",
    )
    priced = answer.context["priced"]
    assert [amount for _label, _why, amount in priced["lines"]] == [
        "€150.00",
        "€90.00",
        "€240.00",
        "€120.00",
        "-€300.00",
        "€300.00",
        "€60.00",
        "€75.00",
    ]
    assert (priced["net"], priced["total"]) == ("€735.00", "€786.45")
    page = answer.content.decode()
    assert "Print run 5,001 (5,001 to 10,000): × 1.6" in page
    assert "Made no difference:" in page and "<polyline" in page


def test_the_try_out_says_what_goes_to_a_person(desk):
    answer = tried(desk, use="print", articles="1", print_run="100001", territory="")
    said = answer.context["priced"]["needs_person"]
    assert "Print run 100,001: the tariff ends at 100,000." in said
    assert "Territory: not known yet, and the fee depends on it." in said


@pytest.mark.parametrize("use", EUROS.tariff["uses"])
def test_every_use_can_be_tried_out_with_what_is_guessed_first(desk, use):
    answer = tried(desk, use=use, of="another")
    assert answer.context["priced"]["needs_person"] == []


@pytest.mark.parametrize(
    "answers",
    [
        {"use": "poster"},
        {"use": "print", "print_run": "many"},
        {"use": "print", "print_run": "-5"},
        {"use": "print", "print_run": "9" * 500},
        {"use": "print", "articles": "0"},
        {"use": "print", "territory": "mars"},
        {"use": "commercial_web", "term_days": ""},
        {"use": "education", "copies": "0", "requester": "non_commercial", "portion": "whole"},
    ],
    ids=str,
)
def test_no_answer_breaks_the_try_out(desk, answers):
    answer = tried(desk, **answers)
    assert answer.status_code == 200
    if not answer.context["priced"]:
        assert complaints(answer)
