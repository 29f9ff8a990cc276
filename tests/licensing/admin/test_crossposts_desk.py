"""The desk of copies: listed, read with their evidence, looked at, settled, entered, counted."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from licensing.actions import crossposts
from licensing.compliance.findings import Code, Finding, as_json
from licensing.compliance.matching import Change
from licensing.models import Crosspost, CrosspostCheck, CrosspostStatus, FoundBy, Sighting
from licensing.rights.vocabulary import Sentence
from tests.browsing import page_of, standing
from tests.factories.articles import make_live_article
from tests.factories.copies import make_pixel, make_readings, make_sighting
from tests.factories.crossposts import make_crosspost, make_grant_of

LIST = reverse("admin:licensing_crosspost_changelist")
LINE = '<a href="https://house.example/">The last & only line</a>'
LINKED = Finding(Code.LINK, Sentence("The link to the original article is missing."), line=LINE)
ALTERED = Finding(
    Code.ALTERED,
    Sentence("The text was changed in one place."),
    is_due=False,
    passages=(Change("a soup", "a <b>stew</b>"),),
)


def address(page, *args):
    return reverse(f"admin:licensing_crosspost_{page}", args=args)


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def desk(people, client):
    client.force_login(people["rights_desk"])
    return client


@pytest.fixture
def article(people):
    return make_live_article(people=people, headline="The last lamplighter")


@pytest.fixture
def copy(article, people):
    """One that lacks something."""
    grant = make_grant_of(article, people=people)
    row = make_crosspost(article, grant=grant, url="https://outlet.example/copy/", outlet="Outlet")
    return look_at(row, LINKED, replace(LINKED, code=Code.SOURCE), ALTERED)


def look_at(row: Crosspost, *findings: Finding, failure: str = "") -> Crosspost:
    at = timezone.now()
    CrosspostCheck.objects.create(
        crosspost=row,
        at=at,
        http_status=None if failure else 200,
        failure=failure,
        address=row.url,
        title="Their <title>",
        text="What a reader saw there.",
        sha256="ab" * 32,
        revision=row.article.revisions.first(),
        findings=as_json(findings),
    )
    if findings and row.status == CrosspostStatus.DECLARED:
        crossposts.object_to(row, at=at)
    return row


def test_the_list_says_where_each_stands_and_is_narrowed(desk, copy, article):
    other = make_crosspost(article, url="https://elsewhere.example/", found_by=FoundBy.WEBMENTION)
    page = words(desk.get(LIST))
    for said in ("The last lamplighter", "Outlet", copy.grant.number, "2 things to put right"):
        assert said in page, said
    for asked, shown in (
        ("status__exact=non_compliant", [copy]),
        ("found_by__exact=webmention", [other]),
        ("host=elsewhere.example", [other]),
        ("host=nobody.example", []),
        (f"article={article.pk}", [other, copy]),
        (f"grant={copy.grant_id}", [copy]),
        ("due=1", [other, copy]),
        ("q=outlet.example", [copy]),
        (f"q={copy.grant.number}", [copy]),
        ("host=%00", None),
    ):
        answer = desk.get(f"{LIST}?{asked}")
        if shown is None:
            assert answer.status_code in (302, 400)
        else:
            assert list(answer.context["cl"].result_list) == shown, asked
    assert "2 of" not in page and desk.get(f"{LIST}export/csv/").status_code == 200


def test_three_rows_cost_no_more_queries_than_one(desk, copy, article):
    desk.get(LIST)
    numbers = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            desk.get(LIST)
        numbers.append(len(asked))
        for _one in range(2):
            look_at(make_crosspost(article), LINKED)
    assert numbers[0] == numbers[1]


def test_the_case_says_what_is_amiss_and_shows_the_evidence(desk, copy):
    page = words(desk.get(address("change", copy.pk)))
    assert "The link to the original article is missing." in page
    assert "&lt;a href=&quot;https://house.example/&quot;&gt;The last &amp; only line" in page
    # The same line is not written out for each thing that it makes good.
    assert page.count("The last &amp; only line") == 1 and "The lines above" in page
    assert "<del><bdi>a soup</bdi></del>" in page and "a &lt;b&gt;stew&lt;/b&gt;" in page
    assert desk.post(address("change", copy.pk), {"url": "https://x.example/"}).status_code == 403
    look = copy.checks.get()
    evidence = words(desk.get(address("look", copy.pk, look.pk)))
    for said in ("What a reader saw there.", "ab" * 32, "Their &lt;title&gt;", "200"):
        assert said in evidence, said


def test_what_could_not_be_seen_now_leaves_what_was_seen_before(desk, copy):
    look_at(copy, failure="no_answer")
    page = words(desk.get(address("change", copy.pk)))
    assert "The site did not answer." in page and "What follows was seen on" in page
    assert "The link to the original article is missing." in page
    new = make_crosspost(copy.article)
    assert "has not been seen there yet" in words(desk.get(address("change", new.pk)))


def test_a_look_is_asked_for_by_post_alone(desk, copy):
    Crosspost.objects.filter(pk=copy.pk).update(next_check_at=None)
    assert desk.get(address("look_now", copy.pk)).status_code == 405
    assert desk.post(address("look_now", copy.pk)).status_code == 302
    copy.refresh_from_db()
    assert copy.next_check_at <= timezone.now()


def test_many_are_looked_at_together(desk, copy, article):
    rows = [copy, make_crosspost(article)]
    Crosspost.objects.update(next_check_at=None)
    chosen = {"action": "look", "_selected_action": [row.pk for row in rows], "index": "0"}
    page = desk.post(LIST, chosen)
    assert page.status_code == 302 and "/bulk/look/" in page["Location"]
    assert "Look now" in words(desk.get(page["Location"]))
    assert Crosspost.objects.due().count() == 0
    assert "2 of 2 rows changed" in words(desk.post(page["Location"]))
    assert Crosspost.objects.due().count() == 2


def test_the_desk_settles_and_says_gone_and_never_verifies(desk, copy):
    for name in ("verify", "object", "nonsense"):
        assert desk.post(address("move", copy.pk, name), {"reason": "x"}).status_code == 404
    assert desk.post(address("move", copy.pk, "resolve"), {"reason": ""}).status_code == 200
    assert desk.post(address("move", copy.pk, "resolve"), {"reason": "Agreed."}).status_code == 302
    copy.refresh_from_db()
    assert copy.status == "resolved"
    assert "Agreed." in words(desk.get(address("change", copy.pk)))
    assert desk.post(address("move", copy.pk, "mark_gone"), {}).status_code == 302
    copy.refresh_from_db()
    assert (copy.status, copy.next_check_at) == ("gone", None)


def test_a_copy_is_entered_once_and_one_that_is_known_is_shown(desk, article, people):
    grant = make_grant_of(article, people=people)
    start = desk.get(f"{address('add')}?article={article.pk}&grant={grant.number}")
    assert start.context["form"].initial["article"] == article.pk
    told = {"article": article.pk, "url": "https://found.example/a/", "grant": grant.number}
    assert desk.post(address("add"), told).status_code == 302
    copy = Crosspost.objects.get()
    assert (copy.found_by, copy.declared_by, copy.grant) == ("staff", people["rights_desk"], grant)
    again = desk.post(address("add"), {**told, "url": "http://www.found.example/a"}, follow=True)
    assert "known already" in words(again) and Crosspost.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"article": "made-up"},
        {"article": "9" * 40},
        {"article": ""},
        {"url": "http://127.0.0.1/"},
        {"url": "x" * 900},
        {"url": "https://a.example/\0"},
        {"grant": "GR-1999-000001"},
        {"outlet": "two\nlines"},
    ],
)
def test_what_makes_no_sense_is_said_beside_the_field(desk, article, wrong):
    told = {"article": article.pk, "url": "https://found.example/a/", **wrong}
    answer = desk.post(address("add"), told)
    assert answer.status_code == 200 and list(answer.context["form"].errors) == list(wrong)
    assert not Crosspost.objects.exists()


# --- What pixels saw --------------------------------------------------------------------------


def test_hosts_that_nobody_told_us_of_are_entered_or_put_aside(desk, article, people):
    pixel = make_pixel(article, people=people)
    make_readings(pixel, day=timezone.localdate(), number=1234, host="unknown.example")
    row, other = make_sighting(pixel), make_sighting(pixel, host="translate.example")
    page = words(desk.get(address("seen")))
    assert "unknown.example" in page and "1,234" in page
    enter = address("seen_enter", row.pk)
    assert "https://unknown.example/" in words(desk.get(enter))
    assert desk.post(enter, {"url": "http://10.0.0.1/"}).status_code == 200
    assert desk.post(enter, {"url": "https://unknown.example/a/"}).status_code == 302
    assert Crosspost.objects.get().found_by == "pixel"
    assert desk.get(address("seen_dismiss", other.pk)).status_code == 405
    assert desk.post(address("seen_dismiss", other.pk)).status_code == 302
    assert not Sighting.objects.open().exists()
    assert "There is none now." in words(desk.get(address("seen")))
    assert desk.get(address("seen_enter", "9" * 40)).status_code == 404


def test_readings_are_shown_on_their_page_the_licence_and_the_article(desk, article, people):
    pixel = make_pixel(article, people=people)
    make_readings(pixel, day=timezone.localdate(), number=4321, host="outlet.example")
    make_crosspost(article, grant=pixel.grant, url="https://outlet.example/a/")
    pages = [
        address("readings"),
        f"{address('readings')}?since=nonsense&until=9999-99-99",
        reverse("admin:licensing_grant_change", args=[pixel.grant_id]),
        reverse("admin:articles_article_change", args=[article.pk]),
        address("change", Crosspost.objects.get().pk),
    ]
    for url in pages:
        assert "4,321" in words(desk.get(url)), url


def test_readings_are_summed_up_of_thirteen_months_at_most(desk):
    page = desk.get(f"{address('readings')}?since=2020-01-01&until=2026-01-01")
    assert "At most thirteen months" in words(page)
    usual = standing(page_of(desk.get(address("readings"))).select_one("form.period"))
    page = desk.get(address("readings"), usual)
    assert page.context["form"].is_valid(), usual


def test_the_first_page_names_what_is_out_of_line(desk, copy, people):
    make_sighting(make_pixel(copy.article, people=people, grant=copy.grant))
    page = words(desk.get(reverse("admin:index")))
    assert "Copies out of line" in page and "Nobody told us of" in page and "Outlet" in page


# --- Who may ----------------------------------------------------------------------------------


def test_who_answers_for_no_copies_sees_none(client, people, copy):
    look, seen = (
        copy.checks.get(),
        make_sighting(make_pixel(copy.article, people=people, grant=copy.grant)),
    )
    pages = [
        ("get", LIST),
        ("get", address("change", copy.pk)),
        ("get", address("change", 10**6)),
        ("get", address("look", copy.pk, look.pk)),
        ("get", address("seen")),
        ("get", address("seen_enter", seen.pk)),
        ("post", address("seen_enter", seen.pk)),
        ("post", address("seen_dismiss", seen.pk)),
        ("get", address("readings")),
        ("get", f"{LIST}export/csv/"),
        ("get", f"{LIST}bulk/look/?rows={copy.pk}"),
        ("post", f"{LIST}bulk/look/?rows={copy.pk}"),
        ("post", address("look_now", copy.pk)),
        ("get", address("move", copy.pk, "resolve")),
        ("get", address("history", copy.pk)),
    ]
    for role in ("contributor", "editor", "managing_editor"):
        client.force_login(people[role])
        for method, url in pages:
            assert getattr(client, method)(url).status_code == 403, (role, url)
    client.force_login(people["editor"])
    form = words(client.get(reverse("admin:articles_article_change", args=[copy.article_id])))
    assert "Copies elsewhere" not in form
