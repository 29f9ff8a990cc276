"""Each duty stands alone, and the command does them all, once or until it is told to stop."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils.module_loading import autodiscover_modules
from post_office.models import Email

from cms import clock
from cms.clock import do_duties, duty, errand, run_errands
from cms.outbox.delivery import Delivery
from tests.factories.mail import make_mail
from tests.racing import race
from tests.site import ROOT

NOW = datetime(2030, 6, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_duties(monkeypatch, settings, tmp_path):
    """A clock without duties, and mail into files of the test's own."""
    # What an app registers at its first import would else be lost with the empty table.
    autodiscover_modules("duties")
    monkeypatch.setattr(clock, "DUTIES", {})
    monkeypatch.setattr(clock, "ERRANDS", {})
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")


def test_a_duty_is_told_the_moment_and_says_what_it_did(db):
    @duty("the bell is rung")
    def ring(*, at):
        return f"at {at:%H:%M}"

    assert [str(outcome) for outcome in do_duties(at=NOW)] == ["the bell is rung: at 00:00"]


def test_an_errand_is_run_outside_of_any_transaction_and_one_that_fails_stops_nobody(caplog):
    is_free = []

    @errand("nobody is there")
    def in_vain(*, is_stopping):
        raise ConnectionRefusedError

    @errand("the neighbour is told")
    def tell(*, is_stopping):
        is_free.append(not connection.in_atomic_block)
        return Delivery(sent=1)

    said = [(outcome.said, outcome.has_failed) for outcome in run_errands()]
    assert said == [("", True), ("Mail: 1 sent.", False)]
    assert is_free == [True]


def test_a_duty_that_fails_undoes_its_own_work_and_stops_nobody(db, caplog):
    @duty("first")
    def first(*, at):
        make_mail(subject="First")
        return "done"

    @duty("second")
    def second(*, at):
        make_mail(subject="Second")
        raise ZeroDivisionError

    @duty("third")
    def third(*, at):
        make_mail(subject="Third")
        return "done"

    outcomes = do_duties(at=NOW)
    assert [outcome.has_failed for outcome in outcomes] == [False, True, False]
    assert set(Email.objects.values_list("subject", flat=True)) == {"First", "Third"}
    assert "This duty failed: second" in caplog.text


def test_two_duties_of_one_name_are_a_mistake():
    def one(*, at):
        return ""

    def other(*, at):
        return ""

    duty("the same")(one)
    duty("the same")(one)
    with pytest.raises(ValueError, match="Two duties"):
        duty("the same")(other)


@pytest.mark.django_db(transaction=True)
def test_of_two_clocks_at_once_the_second_finds_nothing_left_to_do():
    @duty("one mail is written")
    def write_one(*, at):
        if Email.objects.exists():
            return ""
        time.sleep(0.05)
        make_mail()
        return "written"

    rounds = race([lambda: do_duties(at=NOW)] * 4)
    assert sorted(outcome.said for [outcome] in rounds) == ["", "", "", "written"]
    assert Email.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_duty_may_not_leave_a_transaction_open():
    @duty("nothing")
    def nothing(*, at):
        assert transaction.get_connection().in_atomic_block
        return ""

    assert not do_duties(at=NOW)[0].has_failed
    assert not transaction.get_connection().in_atomic_block


# --- the command ------------------------------------------------------------------------------


def test_the_command_does_the_duties_and_then_delivers_what_they_promised(db, capsys, tmp_path):
    @duty("a mail is promised")
    def promise(*, at):
        make_mail()
        return "one"

    call_command("clock")
    assert capsys.readouterr().out == "a mail is promised: one\nMail: 1 sent.\n"
    assert len(list((tmp_path / "mail").iterdir())) == 1


def test_the_command_finds_the_duties_of_every_app(db, capsys, monkeypatch):
    monkeypatch.undo()
    call_command("clock")
    assert "old mail is thrown away" in clock.DUTIES
    assert capsys.readouterr().out == ""


def test_after_a_failed_duty_mail_is_delivered_and_the_exit_code_says_so(db, capsys):
    @duty("this breaks")
    def fail(*, at):
        raise ZeroDivisionError

    make_mail()
    with pytest.raises(CommandError, match="Not all went well"):
        call_command("clock")
    assert "Mail: 1 sent." in capsys.readouterr().out


@pytest.mark.parametrize("trouble", [Delivery(failed=1), Delivery(is_server_away=True)])
def test_mail_that_does_not_leave_is_said_by_the_exit_code(db, monkeypatch, trouble):
    monkeypatch.setattr("cms.management.commands.clock.deliver", lambda **kwargs: trouble)
    with pytest.raises(CommandError):
        call_command("clock")


@pytest.mark.parametrize("length", ["0", "-1", "soon", "1.5"])
def test_a_clock_that_watches_wants_whole_seconds(length):
    with pytest.raises(CommandError, match="whole number of seconds"):
        call_command("clock", f"--watch={length}")


# --- the command as a process of its own --------------------------------------------------------


@pytest.fixture
def watching(tmp_path):
    """Starts a clock that watches a site without tables; every strike is a line of complaint."""
    settled = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "EMAIL_URL")
    environment = {key: value for key, value in os.environ.items() if key not in settled}
    environment |= {"VAR_DIR": str(tmp_path), "PYTHONWARNINGS": "ignore"}
    started = []

    def watch(*arguments):
        process = subprocess.Popen(
            [sys.executable, "manage.py", "clock", "--watch", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield watch
    for process in started:
        process.kill()
        process.stderr.close()
        process.wait()


def has_struck(process):
    return any("Mail could not be delivered" in line for line in process.stderr)


def test_a_clock_that_watches_outlives_its_failures_and_ends_when_terminated(watching):
    process = watching("1")
    assert has_struck(process)
    assert has_struck(process)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


def test_a_clock_that_watches_ends_when_interrupted_however_long_it_would_rest(watching):
    process = watching("3600")
    assert has_struck(process)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0


def test_a_clock_ends_with_the_process_beside_which_it_was_started(watching):
    process = watching("3600", "--beside", "1")
    assert process.wait(60) == 0
