"""The newsroom's pages in a browser: nobody is kept out, nothing is too wide, nothing complains."""

import re

import pytest

from tests.browser.desk import Desk
from tests.looking import barriers, is_too_wide, troubles_of

pytestmark = pytest.mark.browser

HEADLINE = "The Border Runs a Thousand Metres Above the Water"
ARTICLE = "/admin/articles/article/"
RIGHTS = "/admin/licensing/"
# By role: what that person works with all day. {article} is one with versions and revisions.
PAGES = {
    "contributor": ["/admin/", ARTICLE, f"{ARTICLE}add/"],
    "editor": [
        "/admin/",
        f"{ARTICLE}?status__exact=published",
        f"{ARTICLE}{{article}}/change/",
        f"{ARTICLE}{{article}}/review/",
        f"{ARTICLE}{{article}}/links/",
        f"{ARTICLE}{{article}}/revisions/",
        f"{ARTICLE}{{article}}/revisions/1/2/",
        f"{ARTICLE}{{article}}/translations/",
        f"{ARTICLE}{{article}}/history/",
        "/admin/articles/correction/",
        "/admin/articles/correction/add/",
        "/admin/articles/image/",
        "/admin/articles/image/1/change/",
        "/admin/articles/image/1/replace/",
        "/admin/articles/frontplace/",
        "/admin/articles/frontplace/add/",
        "/admin/articles/author/",
        "/admin/tour/",
        "/admin/states/",
    ],
    "managing_editor": [
        "/admin/",
        "/admin/articles/checklistpoint/",
        "/admin/articles/indepthreport/1/change/",
        f"{ARTICLE}{{article}}/move/withdraw/",
        "/admin/articles/follower/",
        "/admin/sitepolicy/sitepolicy/add/",
    ],
    "rights_manager": [
        "/admin/",
        f"{RIGHTS}clearance/",
        f"{RIGHTS}clearance/1/change/",
        f"{RIGHTS}grant/",
        f"{RIGHTS}grant/1/change/",
        f"{RIGHTS}grant/1/extend/",
        f"{RIGHTS}grant/calendar/",
        f"{RIGHTS}permissionrequest/",
        f"{RIGHTS}permissionrequest/1/change/",
        f"{RIGHTS}permissionrequest/reports/",
        f"{RIGHTS}feeschedule/1/change/",
        f"{RIGHTS}grantrule/1/change/",
        f"{RIGHTS}usageterms/1/change/",
        f"{RIGHTS}letterwording/",
    ],
    "admin": ["/admin/auth/user/1/change/", "/admin/post_office/email/"],
}


@pytest.fixture(params=PAGES)
def desk(request, demo_site, browser_page):
    person = Desk(browser_page, demo_site)
    person.log_in(request.param)
    person.pages = PAGES[request.param]
    return person


def key_of(desk: Desk, headline: str) -> str:
    desk.page.goto(f"{desk.site.url}{ARTICLE}?q={headline}")
    link = desk.page.locator("#result_list").get_by_role("link", name=headline).first
    return re.search(r"/article/(\d+)/", link.get_attribute("href"))[1]


def test_every_page_is_open_to_everybody_and_fits_a_tablet(desk):
    troubles = troubles_of(desk.page)
    asks = any("{article}" in path for path in desk.pages)
    article = key_of(desk, HEADLINE) if asks else ""
    kept_out, too_wide = {}, []
    for path in desk.pages:
        desk.page.set_viewport_size({"width": 1280, "height": 900})
        answer = desk.page.goto(desk.site.url + path.format(article=article))
        assert answer.ok, path
        kept_out[path] = barriers(desk.page)
        desk.page.set_viewport_size({"width": 768, "height": 900})
        if is_too_wide(desk.page):
            too_wide.append(path)
    assert {path: found for path, found in kept_out.items() if found} == {}
    assert (too_wide, troubles) == ([], [])
