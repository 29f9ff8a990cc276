"""What every test may ask for: files of its own, people of every role, a browser, a whole site."""

import os

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
def pytest_collection_modifyitems(items):
    """Browser tests share one site, hence one process; without Chromium one line says so.

    First of its kind: whoever spreads tests over processes reads the group after it.
    """
    found = [item for item in items if item.get_closest_marker("browser")]
    for item in found:
        item.add_marker(pytest.mark.xdist_group("browser"))
    if found and not chromium_path():
        if os.environ.get("REQUIRE_BROWSER") == "1":
            raise pytest.UsageError("REQUIRE_BROWSER=1, but there is no Chromium here.")
        for item in found:
            item.add_marker(pytest.mark.skip(reason="no Chromium here: browser tests left out"))


@pytest.fixture(scope="session", autouse=True)
def a_folder_for_static_files():
    """There for a live server, which looks for it before any test has one of its own."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def files_of_its_own(settings, tmp_path):
    """Uploads of a test go nowhere else; passwords are hashed cheaply."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
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
