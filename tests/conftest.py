"""What every test may ask for: files of its own, people of every role, a browser, a whole site."""

import gc
import os
from itertools import count

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from cms import roles
from tests.factories import accounts
from tests.site import DemoSite, browser, chromium_path, fresh_page

# Playwright runs an event loop in this thread; Django's own check would mistake it for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

__all__ = ["browser"]

# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis_settings.register_profile(
    "busy", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("busy")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Browser tests share one site, hence one process; without Chromium one line says so.

    It is the process that loads the demo for other tests, so that no two of them compress the same
    pictures at the same time. First of its kind: whoever spreads tests reads the group after it.
    """
    found = [item for item in items if item.get_closest_marker("browser")]
    for item in found:
        item.add_marker(pytest.mark.xdist_group("demo"))
    if found and not chromium_path():
        if os.environ.get("REQUIRE_BROWSER") == "1":
            raise pytest.UsageError("REQUIRE_BROWSER=1, but there is no Chromium here.")
        for item in found:
            item.add_marker(pytest.mark.skip(reason="no Chromium here: browser tests left out"))
    if os.environ.get("ROWS_ONLY") == "1":
        config.hook.pytest_deselected(items=[item for item in items if not touches_rows(item)])
        items[:] = [item for item in items if touches_rows(item)]


def touches_rows(item) -> bool:
    """Whether a test may: pytest-django keeps whoever does not ask for the database from it."""
    asked = {"django_db_setup", "demo_site"} & set(item.fixturenames)
    return bool(asked) or item.get_closest_marker("django_db") is not None


def pytest_collection_finish(session):
    """Says so where groups are not kept together, which costs minutes and is noticed by nobody."""
    if getattr(session.config.option, "loadgroup", False):
        groups = [(item, item.get_closest_marker("xdist_group")) for item in session.items]
        astray = [item for item, mark in groups if mark and f"@{mark.args[0]}" not in item.nodeid]
        assert astray == [], "pytest-xdist does not keep groups together"
    # What was imported and collected stays to the end: nobody need look for garbage in it, nor as
    # often as usual in what tests leave, which are pages by the thousand.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def a_folder_for_static_files():
    """Empty, and there: a server warns where it is missing."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def names_of_folders(tmp_path_factory):
    """Paths that no other test has, made by whoever writes there: ``tmp_path`` makes each one."""
    folder = tmp_path_factory.mktemp("files")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def files_of_its_own(settings, names_of_folders):
    """Uploads of a test go nowhere else; passwords are hashed cheaply."""
    folder = next(names_of_folders)
    settings.MEDIA_ROOT = folder / "media"
    settings.EMAIL_FILE_PATH = str(folder / "mail")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def people(db):
    """One person of each role, by role: ``people["editor"]``."""
    # Migrating the database has synced the groups, and so has every flush.
    if Group.objects.filter(name__in=roles.GROUPS.values()).count() < len(roles.GROUPS):
        roles.sync()
    return accounts.one_of_each_role()


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The demo newsroom as ``make serve`` makes it, served by a process of its own."""
    with DemoSite(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def browser_page(browser):
    """A fresh browser page, as a reader without a past has it."""
    with fresh_page(browser, width=1280, height=900) as page:
        yield page
