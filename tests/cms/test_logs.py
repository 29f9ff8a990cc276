"""No log keeps a secret address, whatever is wrong with the request."""

import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from cms.secret_pages import SECRET_BELOW

SECRET = "0xeFcU30Er0Uld-9v-PXfXcbwB-Rr81pcpBabSdif6Q"
ADDRESS = f"/clearances/{SECRET}/"


@pytest.fixture
def heard(monkeypatch):
    """What the handlers of the settings write."""
    stream = io.StringIO()
    handlers = {}
    for name in settings.LOGGING["handlers"]:
        configured = logging.config.DictConfigurator(settings.LOGGING)
        configured.config["formatters"] = {
            key: configured.configure_formatter(dict(value))
            for key, value in settings.LOGGING["formatters"].items()
        }
        configured.config["filters"] = {
            key: configured.configure_filter(dict(value))
            for key, value in settings.LOGGING["filters"].items()
        }
        handlers[name] = configured.configure_handler(dict(settings.LOGGING["handlers"][name]))
        handlers[name].setStream(stream)
    for handler in handlers.values():
        logging.getLogger().addHandler(handler)
    yield stream
    for handler in handlers.values():
        logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [ADDRESS, f"/clearances/{SECRET[:-1]}/", f"/clearances/{SECRET}./", f"{ADDRESS}more/"],
)
def test_a_refused_request_is_logged_without_the_secret_in_its_address(heard, address):
    stranger = Client(enforce_csrf_checks=True)
    for ask in (stranger.get, stranger.post, stranger.put, stranger.delete):
        assert ask(address).status_code >= 400
    assert "/clearances/…" in heard.getvalue()
    assert SECRET[:-1] not in heard.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["", "stop/", "more/"])
def test_the_address_of_a_follower_is_masked_as_well(heard, page):
    for ask in (Client().get, Client().post):
        assert ask(f"/follow/{SECRET}/{page}").status_code == 404
    assert "/follow/…" in heard.getvalue() and SECRET not in heard.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("desk", ["complaints", "permissions"])
def test_the_addresses_of_complainants_and_licensees_are_masked_as_well(heard, desk):
    assert Client().get(f"/{desk}/{SECRET}/").status_code == 404
    assert f"/{desk}/…" in heard.getvalue() and SECRET not in heard.getvalue()


def test_the_line_of_a_development_server_is_masked_too(heard):
    request_line = f"POST {ADDRESS} HTTP/1.1"
    logging.getLogger("tests").warning('"%s" %s %s', request_line, "302", "0")
    assert heard.getvalue().count('"POST /clearances/…/ HTTP/1.1" 302 0') == 2


def test_other_lines_stay_as_they_are(heard):
    logging.getLogger("tests").warning("%s: %s", "Not Found", "/articles/of-clearances/")
    assert "Not Found: /articles/of-clearances/" in heard.getvalue()


def test_every_address_with_a_token_is_below_one_that_is_known_to_be_secret():
    routes = [str(pattern.pattern) for pattern in patterns(get_resolver())]
    secret = {route.partition("/")[0] for route in routes if ":token>" in route}
    assert secret == set(SECRET_BELOW)


def patterns(resolver):
    for one in resolver.url_patterns:
        yield from patterns(one) if hasattr(one, "url_patterns") else [one]
