"""The demo's accounts: one for each role, with passwords of this machine's own, on laptops only."""

import json

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

from articles import darkroom
from articles.models import Article
from cms.demo.accounts import PEOPLE, make_accounts
from tests.demo import as_on_a_laptop, load
from tests.factories.accounts import one_of_each_role


def test_logins_alone_are_printed_without_loading_anything(db, tmp_path):
    output = load(tmp_path, "--logins")
    assert "contributor" in output
    assert not Article.objects.exists()


def test_it_refuses_where_debug_is_off(db, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")
    assert not get_user_model().objects.exists()


def test_every_machine_makes_passwords_of_its_own(db, tmp_path):
    machines = []
    for name in ("one", "other"):
        folder = tmp_path / name
        folder.mkdir()
        with as_on_a_laptop(folder):
            logins = make_accounts()
        machines.append({login["password"] for login in logins.values()})
        get_user_model().objects.all().delete()
    assert len(machines[0]) == len(machines[1]) == len(PEOPLE)
    assert not machines[0] & machines[1]
    assert all(len(password) >= 12 for password in machines[0])


def test_a_password_that_was_changed_is_made_anew_and_written_down(db, tmp_path):
    with as_on_a_laptop(tmp_path):
        first = make_accounts()
        editor = get_user_model().objects.get(username=first["editor"]["username"])
        editor.set_password("something else entirely")
        editor.save()
        second = make_accounts()
    assert second["editor"] != first["editor"]
    assert {**second, "editor": None} == {**first, "editor": None}
    assert json.loads((tmp_path / "demo-logins.json").read_text()) == second
    assert authenticate(**second["editor"])


def test_it_is_loaded_whole_where_accounts_stand_already(db, tmp_path, monkeypatch):
    """As on a laptop where somebody made the accounts by hand; pictures are left undeveloped."""
    monkeypatch.setattr(darkroom, "develop", lambda image: None)
    one_of_each_role()
    load(tmp_path)
    assert Article.objects.live().count() >= 30
