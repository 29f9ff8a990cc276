"""The demo newsroom from end to end: every link leads somewhere, every page is sound HTML."""

import os

import pytest
from django.conf import settings

from tests import nu_checker
from tests.crawling import Crawl
from tests.factories.articles import make_live_article

# The site is served once, in the process of the browser tests.
pytestmark = pytest.mark.xdist_group("demo")

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
OURS = "the-committee-that-decides-where-the-world-is-dangerous"
ARABIC = "الحدود-تمر-فوق-الماء"
# Pages to which no other leads, or only in a moment of trouble, and how they answer.
OUT_OF_THE_WAY = {
    404: [
        *(f"{language}/there-is-none/" for language in ("", "/fr", "/es", "/de", "/ar")),
        "/articles/the-comittee-that-decides/",
        "/articles/?before=nothing",
        "/authors/?after=%00",
        "/follow/?author=nobody",
        "/permissions/new/?article=there-is-none&use=print",
    ],
    410: [
        "/articles/an-album-of-the-quay/",
        "/articles/an-album-of-the-quay/rights/",
        "/articles/an-album-of-the-quay/republish/",
    ],
    200: [
        "/articles/?region=arctic&language=es",
        "/ar/articles/?language=sw&until=2026-13-40",
        "/articles/?region=nowhere&from=yesterday",
        "/search/?q=%22",
        "/search/?q=water+-river",
        "/search/?q=wter",
        "/search/?q=zzzzzzzz",
        "/search/?q=<b>water</b>&exact=1",
        "/search/?q=water&region=africa&from=2020-01-01",
        "/fr/search/?q=eau",
        "/ar/search/?q=ماء",
        "/ar/search/?q=ظظظظظ",
        f"/articles/{OURS}/print/",
        f"/articles/{OURS}/cite/?paragraph=1",
        f"/articles/{OURS}/cite/?quote=words+that+are+not+there",
        f"/articles/{ARABIC}/print/",
        f"/articles/{ARABIC}/cite/?paragraph=1",
        f"/articles/{ARABIC}/rights/",
        f"/articles/{ARABIC}/republish/?use=print",
        f"/articles/{ARABIC}/republish/?use=community_web",
        "/follow/?sent=1",
        "/ar/follow/?theme=water&site=1",
        "/ar/saved/",
        "/permissions/new/?find=river",
        f"/permissions/new/?article={OURS}",
        f"/permissions/new/?article={OURS}&use=print",
        f"/permissions/new/?article={OURS}&use=print&step=details",
        f"/ar/permissions/new/?article={OURS}&use=translation&step=details",
    ],
}
ASKED = {"article": OURS, "use": "print"}
TYPED = [
    ("/follow/", {}),
    ("/ar/follow/", {"email": "<b>nobody", "what": ["author:nobody", "theme:water"]}),
    ("/permissions/new/", {**ASKED, "step": "check", "deadline": "soon"}),
    ("/ar/permissions/new/", {**ASKED, "step": "send", "requester_email": "nobody"}),
    ("/permissions/new/", {**ASKED, "step": "details", "requester_name": '"><b>'}),
    (f"/articles/{OURS}/republish/?use=community_web", {"requester_email": '"><b>'}),
]


@pytest.fixture(scope="module")
def crawl(demo_site):
    starts = ["/", *(f"/{code}/" for code in LANGUAGES)]
    return Crawl(demo_site.url).follow(starts)


def test_every_link_leads_somewhere(crawl):
    dead = {
        f"{answer.status} {path} (on {answer.found_on})"
        for path, answer in crawl.answers.items()
        if answer.status >= 400
    }
    assert dead == set()


def test_every_mark_within_a_page_is_there(crawl):
    assert crawl.dead_marks == []


@pytest.fixture(scope="module")
def out_of_the_way(crawl):
    return {
        (status, path): crawl.fetch(path)
        for status, paths in OUT_OF_THE_WAY.items()
        for path in paths
    }


def test_pages_out_of_the_way_answer_as_they_should(out_of_the_way):
    others = [
        (asked, answer.status)
        for asked, answer in out_of_the_way.items()
        if answer.status != asked[0]
    ]
    assert others == []


def test_every_page_is_sound_html(crawl, out_of_the_way, tmp_path, client, people):
    if reason := nu_checker.why_not():
        if os.environ.get("REQUIRE_NU") == "1":
            pytest.fail(f"REQUIRE_NU=1, but: {reason}")
        pytest.skip(reason)
    pages = {path: answer.body for path, answer in crawl.answers.items() if answer.is_page}
    pages |= {path: answer.body for (_status, path), answer in out_of_the_way.items()}
    # The demo says of a wrong address what programmers want to know; readers see this.
    make_live_article(people=people, headline="Who keeps the tide tables")
    for path in ("/there-is-none/", "/ar/there-is-none/", "/articles/who-keeps-the-tide-tabels/"):
        pages[f"{path} for readers"] = client.get(path).content
    for number, (path, typed) in enumerate(TYPED):
        answer = crawl.fetch(path, typed=typed)
        assert answer.status in (200, 422), path
        pages[f"{path} with form {number}"] = answer.body
    found = nu_checker.complaints(pages, tmp_path)
    assert found == [], "\n".join(found[:40])
