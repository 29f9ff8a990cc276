"""A site and a browser of the tests' own: the real server, the real Chromium."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import environ
import psycopg
import pytest
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
# Seconds until a test gives up waiting; many, because the machine may be busy.
PATIENCE = 60
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str | None:
    """Where Debian's (or anybody's) Chromium is, if it is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser():
    """Chromium, once for all tests that look."""
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(), args=CHROMIUM_FLAGS, timeout=PATIENCE * 1000
        )
        yield chromium
        chromium.close()


@contextmanager
def fresh_page(browser, *, width: int, height: int):
    """A page without a past, closed with all it opened."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE * 1000)
    yield context.new_page()
    context.close()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class DemoSite:
    """``with DemoSite(folder) as site:`` migrates, loads the demo, serves, and ends by itself.

    ``site.url`` is its address, ``site.logins`` the demo accounts by role.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.database = f"demo_site_{os.getpid()}"

    def __enter__(self):
        self.environment = {
            key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"
        }
        self.environment |= {"VAR_DIR": str(self.folder), "PYTHONWARNINGS": "ignore"}
        if url := os.environ.get("DATABASE_URL"):
            self.environment["DATABASE_URL"] = self._own_database(url)
        self._run("manage.py", "migrate", "--no-input", "--verbosity", "0")
        self._run("-m", "tests.developed", "demo")
        self.logins = json.loads((self.folder / "demo-logins.json").read_text())
        # Asked for late: a port that is free now may be taken by the time a site has been made.
        address = f"127.0.0.1:{free_port()}"
        self.url = f"http://{address}"
        self.log = (self.folder / "server.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", address],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
        )
        self._wait()
        return self

    def __exit__(self, *exc):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()

    def strike(self) -> None:
        """One stroke of the clock: duties, and mail into ``folder/mail``."""
        self._run("manage.py", "clock")

    def _run(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def _own_database(self, url: str) -> str:
        """A database beside the one the tests use, made anew."""
        parts = environ.Env.db_url_config(url)
        server = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        options = {name: parts[key] for name, key in server.items() if parts[key]}
        with psycopg.connect(dbname=parts["NAME"], autocommit=True, **options) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {self.database}")
            connection.execute(f"CREATE DATABASE {self.database}")
        return url.rpartition("/")[0] + f"/{self.database}"

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/admin/login/", timeout=PATIENCE).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        self.process.kill()
        raise RuntimeError((self.folder / "server.log").read_text())
