"""What it costs to search a hundred thousand articles, beside the least that Django can answer."""

import random
import statistics
import time
from datetime import timedelta
from itertools import accumulate, islice
from urllib.parse import quote

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Byline
from articles.search import index
from tests.benchmarks.measuring import ROUNDS, Site, table
from tests.factories.articles import house, make_author
from tests.reading import status

pytestmark = pytest.mark.benchmark

ARTICLES = 100_000
BATCH = 5_000
WORDS = 60
LETTERS = "aeioulnrstdmkp"


def vocabulary(chance, size=30_000) -> list[str]:
    """Words of a language of its own; the first is the most common."""
    words = dict.fromkeys(
        "".join(chance.choices(LETTERS, k=chance.randint(4, 10))) for _ in range(size * 2)
    )
    return list(islice(words, size))


def texts(chance, words):
    """Texts as languages have them: the second word half as often as the first, and so on."""
    weights = list(accumulate(1 / (place + 3) for place in range(len(words))))
    while True:
        yield " ".join(chance.choices(words, cum_weights=weights, k=WORDS))


def fill(people, words, chance) -> float:
    """A hundred thousand live articles in the index; the seconds that the index took."""
    now, outlet = timezone.now(), house()
    authors = [make_author() for _ in range(50)]
    written = texts(chance, words)
    for start in range(0, ARTICLES, BATCH):
        rows = [
            Article(
                headline=" ".join(text.split()[:7]),
                standfirst=" ".join(text.split()[7:25]),
                slug=f"measured-{start + number}",
                body=f"<p>everywhere {text}</p>",
                publication=outlet,
                created_by=people["editor"],
                status="published",
                published_at=now - timedelta(minutes=30 * (start + number)),
                language=chance.choice(["en", "en", "fr", "de"]),
            )
            for number, text in enumerate(islice(written, BATCH))
        ]
        made = Article.objects.bulk_create(rows)
        Byline.objects.bulk_create(
            Byline(article=article, author=authors[article.pk % 50]) for article in made
        )
    begun = time.perf_counter()
    index.outdate_everything()
    for _batch in index.make_anew():
        pass
    taken = time.perf_counter() - begun
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return taken


def questions(words) -> dict[str, str]:
    """What is asked, by what is measured with it."""
    common, other = words[0], words[1]
    return {
        "a word in every article": "everywhere",
        "two common words": f"{common} {other}",
        "two words, one of them rare": f"{common} {words[25_000]}",
        "a word in thirty articles": words[12_000],
        "a phrase of common words": f'"{common} {other}"',
        "a common word, none of another": f"{common} -{other}",
        "common words that never meet": f'"{common} {other} {common} {other} {common}"',
        "a slip of the pen": words[9_000][:4] + "x" + words[9_000][5:],
        "nothing": "zzzzzzzz",
    }


def test_requests_a_second_beside_a_bare_view(client, people):
    """Median of three rounds, each question in turn with the bare view in every round."""
    chance = random.Random(5)  # noqa: S311 the same texts each time
    words = vocabulary(chance)
    taken = fill(people, words, chance)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    site, bare = Site(), Site(MIDDLEWARE=[], ROOT_URLCONF="tests.benchmarks.hello")
    asked = {name: f"/search/?q={quote(text)}" for name, text in questions(words).items()}
    rates = {name: [] for name in ["bare view", *asked]}
    for address in asked.values():
        site.get(address)
    for _ in range(ROUNDS):
        rates["bare view"].append(bare.rate("/"))
        for name, address in asked.items():
            rates[name].append(site.rate(address))
    rows = []
    for name, found in rates.items():
        ratios = [mine / least for mine, least in zip(found, rates["bare view"], strict=True)]
        count = 0
        if name in asked:
            with CaptureQueriesContext(connection) as captured:
                status(client, asked[name])
            count = len(captured)
        rate = statistics.median(found)
        rows.append(
            (name, f"{rate:.0f}", f"{1000 / rate:.2f}", f"{statistics.median(ratios):.4f}", count)
        )
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    table(
        f"The search among {ARTICLES:,} articles, no server, no cache ({connection.vendor});"
        f" indexed at {ARTICLES / taken:.0f} articles/s",
        ("question", "requests/s", "ms", "ratio", "queries"),
        rows,
    )
