"""What a page of the demo costs, beside the least that Django can answer."""

import gzip
import statistics

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Author
from tests.benchmarks.measuring import ROUNDS, Site, table
from tests.demo import demo, loaded_demo
from tests.reading import soup, status

__all__ = ["demo", "loaded_demo"]

pytestmark = [pytest.mark.benchmark, pytest.mark.xdist_group("demo")]


@pytest.fixture
def addresses(demo):
    """The pages that are measured, by name."""
    longest = Article.objects.live().order_by("-word_count").first()
    author = Author.objects.filter(bylines__article=longest).first()
    return {
        "article": longest.get_absolute_url(),
        "print edition": f"{longest.get_absolute_url()}print/",
        "PDF, kept": f"{longest.get_absolute_url()}article.pdf",
        "home": "/",
        "list": "/articles/",
        "author": f"/authors/{author.slug}/",
        "rights": "/rights/",
    }


@pytest.fixture
def connection_that_stays():
    """Requests leave the connection open: the demo lives in its transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def queries(client, address):
    status(client, address)
    with CaptureQueriesContext(connection) as captured:
        status(client, address)
    return len(captured)


def test_requests_a_second_beside_a_bare_view(client, addresses, connection_that_stays):
    """Median of three rounds, each page in turn with the bare view in every round."""
    site = Site()
    bare = Site(MIDDLEWARE=[], ROOT_URLCONF="tests.benchmarks.hello")
    rates = {name: [] for name in ["bare view", *addresses]}
    for address in addresses.values():
        site.get(address)
    for _ in range(ROUNDS):
        rates["bare view"].append(bare.rate("/"))
        for name, address in addresses.items():
            rates[name].append(site.rate(address))
    rows = []
    for name, found in rates.items():
        ratios = [mine / least for mine, least in zip(found, rates["bare view"], strict=True)]
        rate = statistics.median(found)
        rows.append(
            (
                name,
                f"{rate:.0f}",
                f"{1000 / rate:.2f}",
                f"{statistics.median(ratios):.3f}",
                queries(client, addresses[name]) if name in addresses else 0,
            )
        )
    table(
        f"Requests in this process, no server, no cache ({connection.vendor})",
        ("page", "requests/s", "ms", "ratio", "queries"),
        rows,
    )


def test_bytes_of_a_page(client, addresses):
    rows = []
    for name, address in addresses.items():
        if name != "PDF, kept":
            page = client.get(address).content
            rows.append((name, f"{len(page):,}", f"{len(gzip.compress(page)):,}"))
    page = soup(client.get(addresses["article"]))
    names = [node["href"] for node in page.find_all("link", rel=["stylesheet", "preload"])]
    names += [node["src"] for node in page.find_all("script", src=True)]
    for name in names:
        file = settings.STATICFILES_DIRS[0] / name.removeprefix("/static/")
        data = file.read_bytes()
        rows.append((name, f"{len(data):,}", f"{len(gzip.compress(data)):,}"))
    table("Bytes", ("file", "plain", "gzip"), rows)
