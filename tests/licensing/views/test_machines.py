"""The files for machines, through their doors: right type, right answer, nothing hidden told."""

import json
from datetime import datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import actions
from articles.models import Publication
from cms.secret_pages import SECRET_BELOW
from licensing.models import Clearance, TermsAssignment, TermsVersion, UsageTerms
from licensing.rights.licences import LICENCES
from licensing.rights.usage import rules_as_json
from licensing.terms import site_default
from tests import machine_readers as readers
from tests.factories.articles import make_article, make_live_article, make_publication
from tests.factories.statements import RESERVED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_house_with_an_address")]

SITE_FILES = {
    "/robots.txt": "text/plain; charset=utf-8",
    "/license.xml": "application/rsl+xml",
    "/.well-known/tdmrep.json": "application/json",
    "/.well-known/security.txt": "text/plain; charset=utf-8",
    "/rights/tdm-policy.json": "application/ld+json",
}
ARTICLE_FILES = {
    "rights.odrl.json": "application/ld+json",
    "article.ninjs.json": "application/json",
}
HOST = "https://house.example"


def put_in_force(slug: str, terms, *, licence_url: str = "", **place) -> UsageTerms:
    """Terms that stand for a place since yesterday; for the whole site where none is named."""
    row = UsageTerms.objects.create(name=slug, slug=slug)
    TermsVersion.objects.create(
        terms=row,
        number=1,
        rules=rules_as_json(terms),
        licence_url=licence_url,
        valid_from=timezone.now() - timedelta(days=1),
    )
    TermsAssignment.objects.filter(
        **{"article": None, "report": None, "publication": None, **place}
    ).delete()
    TermsAssignment.objects.create(terms=row, **place)
    return row


@pytest.fixture
def reserved():
    return put_in_force("reserved", RESERVED.rules)


def make_free(article) -> None:
    licence = LICENCES["CC-BY-4.0"]
    slug = f"cc-by-{article.pk}"
    put_in_force(slug, licence.rules, licence_url=licence.url, article=article)


@pytest.mark.parametrize(("path", "media_type"), SITE_FILES.items())
def test_a_file_of_the_site_has_its_type_and_may_be_kept(client, path, media_type):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert "public" in response["Cache-Control"]
    assert client.get(path, headers={"if-none-match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", SITE_FILES)
def test_a_file_is_read_and_nothing_else(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.parametrize(("name", "media_type"), ARTICLE_FILES.items())
def test_a_file_of_an_article_has_its_type_and_headers(client, people, reserved, name, media_type):
    article = make_live_article(people=people)
    response = client.get(f"/articles/{article.slug}/{name}")
    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert response["tdm-reservation"] == "1"
    assert f"<{HOST}/license.xml>" in response["Link"]
    assert "X-Robots-Tag" in response


@pytest.mark.parametrize("name", ARTICLE_FILES)
def test_what_is_not_public_has_no_file(client, people, name):
    draft = make_article(by=people["contributor"])
    later = make_live_article(people=people, embargo_until=timezone.now() + timedelta(days=1))
    for article in (draft, later):
        assert client.get(f"/articles/{article.slug}/{name}").status_code == 404


@pytest.mark.parametrize("name", ARTICLE_FILES)
def test_a_withdrawn_article_is_gone(client, people, name):
    article = make_live_article(people=people)
    actions.withdraw(article, by=people["managing_editor"], reason="It was wrong.")
    response = client.get(f"/articles/{article.slug}/{name}")
    assert response.status_code == 410
    assert b"Some words that stand" not in response.content


def test_partners_are_told_that_a_withdrawn_article_is_cancelled(client, people):
    article = make_live_article(people=people)
    actions.withdraw(article, by=people["managing_editor"], reason="It was wrong.")
    item = client.get(f"/articles/{article.slug}/article.ninjs.json").json()
    assert item["pubStatus"] == "canceled"
    assert item["uri"] == f"{HOST}/articles/{article.slug}/"
    assert "headlines" not in item


def test_the_text_is_handed_over_where_it_is_free(client, people, reserved):
    kept, free = make_live_article(people=people), make_live_article(people=people)
    make_free(free)
    items = [
        client.get(f"/articles/{article.slug}/article.ninjs.json").json()
        for article in (kept, free)
    ]
    assert ["bodies" in item for item in items] == [False, True]


def test_robots_are_led_to_the_licence_and_kept_from_the_desks(client):
    text = client.get("/robots.txt").content.decode()
    assert text.startswith(f"License: {HOST}/license.xml\n")
    crawler = RobotFileParser()
    crawler.parse(text.splitlines())
    assert crawler.can_fetch("AnyBot", f"{HOST}/articles/a/")
    for place in ("admin", *SECRET_BELOW):
        assert not crawler.can_fetch("AnyBot", f"{HOST}/{place}/abc/"), place


def test_the_site_files_name_the_articles_that_differ(client, people, reserved):
    kept, free = make_live_article(people=people), make_live_article(people=people)
    make_free(free)
    document = client.get("/license.xml").content
    entries = client.get("/.well-known/tdmrep.json").content.decode()
    for article, is_reserved in ((kept, True), (free, False)):
        url = f"{HOST}/articles/{article.slug}/"
        content = readers.rsl_content(document, url)
        assert readers.rsl_permits(content, "ai-train") != is_reserved
        assert readers.read_tdmrep(entries, url).is_mining_reserved == is_reserved
    assert len(ElementTree.fromstring(document)) == 2


@pytest.mark.parametrize("kind", ["own", "free", "carried", "fair use"])
def test_the_files_of_the_site_and_of_an_article_say_the_same(client, people, reserved, kind):
    fields = {}
    if kind in ("carried", "fair use"):
        origin = make_publication("OneWorld", url="https://oneworld.example/")
        fields = {
            "originating_publication": origin,
            "original_url": "https://oneworld.example/a/1",
            "original_date": datetime(2019, 9, 9).date(),
            "copyright_holders": "OneWorld",
        }
    article = make_live_article(people=people, **fields)
    if kind == "free":
        make_free(article)
    if kind == "fair use":
        note = dict.fromkeys(("purpose", "nature", "amount", "effect"), "Because.")
        Clearance.objects.update(
            basis="fair_use",
            passes_on=[],
            fair_use_editor=people["managing_editor"],
            **{f"fair_use_{factor}": said for factor, said in note.items()},
        )
    url = f"{HOST}/articles/{article.slug}/"
    odrl_file = client.get(f"{url}rights.odrl.json")
    ninjs_file = client.get(f"{url}article.ninjs.json")
    policy_url = f"{HOST}/rights/"
    said = [
        readers.read_odrl(odrl_file.content.decode(), f"{policy_url}#ai-training"),
        readers.read_ninjs(ninjs_file.content.decode(), f"{url}rights/"),
        readers.read_headers(dict(odrl_file.headers)),
        readers.read_rsl(client.get("/license.xml").content, url, policy_url),
        readers.read_tdmrep(client.get("/.well-known/tdmrep.json").content.decode(), url),
    ]
    for name in ("holders", "licence", "source", "is_mining_reserved"):
        heard = {getattr(one, name) for one in said} - {None}
        assert len(heard) == 1, (name, said)


def test_what_is_not_public_is_in_no_file_of_the_site(client, people, reserved):
    draft = make_article(by=people["contributor"])
    later = make_live_article(people=people, embargo_until=timezone.now() + timedelta(days=1))
    for article in (draft, later):
        make_free(article)
    for path in ("/license.xml", "/.well-known/tdmrep.json"):
        text = client.get(path).content.decode()
        assert not any(article.slug in text for article in (draft, later))


def test_terms_have_a_policy_at_their_address(client, reserved):
    response = client.get("/rights/terms/reserved.odrl.json")
    assert response["Content-Type"] == "application/ld+json"
    policy = response.json()
    assert policy["uid"] == f"{HOST}/rights/terms/reserved.odrl.json"
    assert policy["dct:license"] == {"@id": f"{HOST}/rights/terms/reserved/"}
    assert client.get("/rights/terms/none.odrl.json").status_code == 404


def test_terms_of_tomorrow_have_no_policy_today(client):
    row = UsageTerms.objects.create(name="Later", slug="later")
    TermsVersion.objects.create(
        terms=row, number=1, rules={}, valid_from=timezone.now() + timedelta(days=1)
    )
    assert client.get("/rights/terms/later.odrl.json").status_code == 404


def test_a_site_without_terms_reserves_everything(client):
    TermsAssignment.objects.all().delete()
    assert site_default(at=timezone.now()) is None
    entries = json.loads(client.get("/.well-known/tdmrep.json").content)
    assert entries[-1]["tdm-reservation"] == 1
    content = readers.rsl_content(client.get("/license.xml").content, f"{HOST}/")
    assert not readers.rsl_permits(content, "ai-train")


def test_security_txt_names_a_contact_and_expires_within_a_year(client):
    lines = dict(
        line.split(": ", 1)
        for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert lines["Contact"] == "mailto:rights@house.example"
    assert lines["Canonical"] == f"{HOST}/.well-known/security.txt"
    left = datetime.fromisoformat(lines["Expires"]) - timezone.now()
    assert timedelta(days=90) < left < timedelta(days=365)


def test_a_house_that_nobody_reaches_has_no_security_txt(client):
    Publication.objects.update(rights_contact="")
    assert client.get("/.well-known/security.txt").status_code == 404


def test_more_articles_ask_for_no_more_queries(client, people, reserved):
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            client.get("/license.xml")
        return len(asked)

    make_free(make_live_article(people=people))
    first = queries()
    for _ in range(3):
        make_live_article(people=people)
    assert queries() == first
