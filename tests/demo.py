"""The demo newsroom inside a test's own transaction: loaded once for a module, then rolled back."""

import io
import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from tests.developed import remembered

CHEAP = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass(frozen=True)
class LoadedDemo:
    """Where the demo's files lie, and what its loading said."""

    folder: Path
    output: str

    @property
    def media(self) -> Path:
        return self.folder / "media"

    @property
    def logins(self) -> dict:
        return json.loads((self.folder / "demo-logins.json").read_text())


@contextmanager
def as_on_a_laptop(folder: Path):
    """The settings under which ``manage.py demo`` runs, with files in ``folder``."""
    with override_settings(
        DEBUG=True, VAR_DIR=folder, MEDIA_ROOT=folder / "media", PASSWORD_HASHERS=CHEAP
    ):
        yield


def load(folder: Path, *arguments: str) -> str:
    """``manage.py demo``; what it printed."""
    output = io.StringIO()
    with as_on_a_laptop(folder), remembered():
        call_command("demo", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo, pictures and all, for every test of a module; it takes its time once."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        yield LoadedDemo(folder, load(folder))
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded_demo, db, settings):
    """The demo, with its pictures where the site looks for them."""
    settings.MEDIA_ROOT = loaded_demo.media
    return loaded_demo
