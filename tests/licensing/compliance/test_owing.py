"""What a copy is held against: texts that are gone, notices to readers, pictures with a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import actions
from articles.models import Article, GalleryImage
from articles.pages import article_page, loaded
from licensing import kits, republication
from licensing.actions import complaints
from licensing.compliance import checks
from licensing.compliance.checks import Seen
from licensing.compliance.fetch import Fetched
from licensing.compliance.reading import read
from licensing.models import Crosspost, CrosspostCheck, Recall
from licensing.republishing.copy import Format
from licensing.republishing.rendering import render
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_image, make_live_article, make_publication
from tests.factories.complaints import acknowledged
from tests.factories.crossposts import make_crosspost, make_grant_of
from tests.factories.holders import letters_to
from tests.factories.recalls import NOTICE, TEXT, put_right, tell_all
from tests.factories.rights import hold_an_agreement_with, stand_under
from tests.factories.takings import TAKER, free_for_community_sites, make_taking

SITE = "https://house.example"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def article(people):
    free_for_community_sites()
    return make_live_article(people=people, body=TEXT.format(year=1931))


def copy_of(article: Article, *, grant=None, at=None):
    """What the kit hands over."""
    at = at or timezone.now()
    page = article_page(loaded(Article.objects.all()).get(pk=article.pk), at=at)
    decision = republication.offered(page.article, Use.COMMUNITY_WEB, at=at).decision
    if grant:
        decision = republication.held(page.article, grant, at=at)
    return kits.kit_of(page, decision, grant=grant, absolute=lambda path: f"{SITE}{path}")


def pasted(article: Article, **told) -> str:
    return f"<h1>{article.headline}</h1>{render(copy_of(article, **told), Format.HTML)}"


def look(crosspost, html: str, *, at=None) -> CrosspostCheck:
    seen = Seen(Fetched(status=200, address=crosspost.url, html=html), read(html))
    return checks.record(crosspost, seen, at=at or timezone.now())


def codes(check: CrosspostCheck) -> list[str]:
    assert check.failure == ""
    return [row["code"] for row in check.findings]


# --- Texts that are gone ----------------------------------------------------------------------


def withdraw(article, people):
    actions.withdraw(article, by=people["managing_editor"], reason="It was made up.")


def withhold(article, people):
    complaint = acknowledged(article, people=people)
    complaints.uphold(complaint, reason="Hers.", by=people["rights_manager"])


@pytest.mark.parametrize("end", [withdraw, withhold])
@pytest.mark.parametrize("is_known_before", [True, False])
def test_a_copy_that_nobody_took_a_licence_for_has_to_go_with_the_text(
    article, people, end, is_known_before
):
    html = pasted(article)
    crosspost = make_crosspost(article) if is_known_before else None
    end(article, people)
    crosspost = crosspost or make_crosspost(article)
    assert codes(look(crosspost, html)) == ["still_there"]


def test_a_copy_that_was_never_permitted_is_not_so_because_the_text_is_gone(article, people):
    html = pasted(article)
    stand_under({"community_web": {"verdict": "ask"}}, name="Ask", article=article)
    withdraw(article, people)
    assert codes(look(make_crosspost(article), html)) == ["no_permission"]


def test_a_licence_that_gave_way_to_one_without_the_text_has_ended(article, people):
    grant = make_taking(article)
    html = pasted(article, grant=grant)
    crosspost = make_crosspost(article, grant=grant)
    assert codes(look(crosspost, html)) == []
    make_grant_of(make_live_article(people=people), people=people, renews=grant)
    grant.refresh_from_db()
    assert grant.status == "superseded"
    assert codes(look(crosspost, html)) == ["still_there"]


def test_what_a_rights_holder_wants_said_is_looked_for_as_long_as_it_holds(people):
    free_for_community_sites()
    gazette = make_publication("The Gazette")
    words = "By kind leave of The Gazette."
    agreement = hold_an_agreement_with(gazette, attribution=words)
    article = make_live_article(
        people=people, originating_publication=gazette, body=TEXT.format(year=1931)
    )
    for grant in (make_taking(article), None):
        html = pasted(article, grant=grant)
        assert words in html
        crosspost = make_crosspost(article, grant=grant)
        assert codes(look(crosspost, html)) == []
        (finding,) = look(crosspost, html.replace(words, "")).findings
        assert (finding["code"], finding["line"]) == ("required_words", words)
    type(agreement).objects.filter(pk=agreement.pk).update(attribution="")
    assert codes(look(crosspost, html)) == []


# --- Notices to readers -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["correction", "update", "retraction"])
def test_a_notice_is_asked_for_once_its_holders_have_had_time(article, people, kind):
    grant = make_taking(article)
    before = pasted(article, grant=grant)
    crosspost = make_crosspost(article, grant=grant)
    put_right(article, by=people["editor"], kind=kind, year=1913)
    tell_all()
    at = timezone.now()
    check = look(crosspost, before, at=at)
    assert [(row["code"], row["due"]) for row in check.findings] == [("notice_missing", False)]
    assert len(letters_to(TAKER)) == 2
    (finding,) = look(crosspost, before, at=at + 8 * DAY).findings
    (notice,) = copy_of(article, grant=grant).notices
    assert finding["due"] and finding["line"] == f"{notice.lead}\n{NOTICE}"
    assert NOTICE in letters_to(TAKER)[-1].message
    put_in = before.replace("</article>", f"<p>{finding['line']}</p></article>")
    assert codes(look(crosspost, put_in, at=at + 9 * DAY)) == []
    after = pasted(article, grant=grant)
    assert codes(look(crosspost, after, at=at + 10 * DAY)) == []


def test_copies_are_looked_at_when_their_holders_have_had_time(article, people):
    grant, at = make_taking(article), timezone.now()
    waits = [80 * DAY, 2 * DAY, None]
    rows = [make_crosspost(article, grant=grant) for _wait in waits]
    for row, wait in zip(rows, waits, strict=True):
        Crosspost.objects.filter(pk=row.pk).update(next_check_at=wait and at + wait)
    put_right(article, by=people["editor"])
    seen = Crosspost.objects.order_by("pk").values_list("next_check_at", flat=True)
    assert list(seen) == [Recall.objects.get().at + 7 * DAY, at + 2 * DAY, None]


def test_whoever_took_no_licence_has_as_long(article, people):
    crosspost, html = make_crosspost(article), pasted(article)
    put_right(article, by=people["editor"])
    check = look(crosspost, html)
    assert [(row["code"], row["due"]) for row in check.findings] == [("notice_missing", False)]


# --- Pictures with a last day -----------------------------------------------------------------


@pytest.mark.parametrize("is_licensed", [True, False])
def test_a_picture_that_is_held_until_a_day_goes_along_until_then(people, is_licensed):
    free_for_community_sites()
    until = timezone.now() + 30 * DAY
    image = make_image(developed=True, alt_text="A wet quay at six", use_until=until)
    article = make_live_article(people=people, featured_image=make_image(developed=True))
    GalleryImage.objects.create(article=article, image=image)
    grant = make_taking(article) if is_licensed else None
    kit = copy_of(article, grant=grant)
    assert [(one.name, one.last_day) for one in kit.lent] == [
        (str(image), timezone.localdate(until))
    ]
    assert kit.left_out == () and str(image) in kit.asides[0]
    html = pasted(article, grant=grant)
    crosspost = make_crosspost(article, grant=grant)
    assert codes(look(crosspost, html)) == []
    assert codes(look(crosspost, html, at=until - DAY)) == []
    assert codes(look(crosspost, html, at=until)) == ["picture_not_cleared"]
