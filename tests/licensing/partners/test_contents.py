"""What a partner is given: what ``decide`` grants it, changed and taken back as it happens."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import actions, correcting
from articles.models import Article, GalleryImage
from licensing.actions import clearances, deliveries, grants
from licensing.actions import partners as verbs
from licensing.actions.terms import assign
from licensing.models import AttributionTemplate, Delivery, Pixel
from licensing.models.allowed import NEVER
from licensing.republication import offered
from licensing.rights.vocabulary import Use
from tests.factories.articles import (
    make_author,
    make_image,
    make_live_article,
    make_publication,
)
from tests.factories.clearances import clear
from tests.factories.complaints import upheld
from tests.factories.headings import make_region, make_theme
from tests.factories.hidden import UNKNOWN, withdrawn
from tests.factories.partners import fetched, given, items, make_partner, taken_back
from tests.factories.requests import make_granted_request
from tests.factories.takings import WHO, free_for_community_sites, make_taking
from tests.factories.terms import granted, make_rules, make_terms

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TEXT = "<p>The pilots of Skerryvoe read the water.</p>"


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()


@pytest.fixture
def terms():
    return free_for_community_sites()


@pytest.fixture
def article(people, terms):
    return make_live_article(people=people, headline="Tide tables", body=TEXT)


def under(article, **rules) -> None:
    assign(make_terms(rules=make_rules(**rules)), by=None, article=article)


def name(article) -> str:
    return f"tag:testserver,2026:article/{article.pk}"


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta))


# --- Who is given what ------------------------------------------------------------------------


def test_what_everybody_may_is_given_whole_with_its_credit_and_rights(article):
    item = items(make_partner())["Tide tables"]
    assert "read the water" in item["content_html"]
    assert 'href="http://testserver/articles/' in item["content_html"]
    assert "cross-post this article on a community site" in item["_imprimatur_rights"]["notice"]
    assert item["_imprimatur_partner"]["whole"] is True


def test_what_one_partner_is_granted_another_does_not_see(people):
    article = make_live_article(people=people, headline="For print alone", body=TEXT)
    one = make_partner(use="print", email="Ines@Harbour-Post.example")
    other = make_partner(use="print")
    request = make_granted_request(people=people, articles=[article], requester_email=one.email)
    number = request.grants.get().number
    assert given(other) == set()
    item = items(one)["For print alone"]
    assert item["_imprimatur_partner"]["permission"] == number
    assert number in item["content_html"] and number in item["_imprimatur_rights"]["notice"]
    # The licence is for print: nothing follows from it for a site.
    site = make_partner(email="ines@harbour-post.example.org", use="community_web")
    assert given(site) == set()


def test_what_has_to_be_asked_for_is_not_there_at_all(people, article):
    under(article, community_web="ask")
    refused = make_live_article(people=people, headline="Not for others")
    under(refused, community_web="refused")
    for ending in ("rss", "atom", "json", "ninjs.json"):
        answer = fetched(make_partner(), ending)
        assert answer.status_code == 200
        assert b"Tide tables" not in answer.content and b"Not for others" not in answer.content


def test_a_part_of_a_text_is_no_reason_to_hand_it_over_whole(people, article):
    under(article, community_web=granted("name_author", excerpt_words=50))
    Article.objects.filter(pk=article.pk).update(standfirst="They are kept by hand.")
    partner = make_partner()
    item = items(partner)["Tide tables"]
    assert item["content_text"] == "They are kept by hand."
    for ending in ("rss", "atom", "json", "ninjs.json"):
        assert b"read the water" not in fetched(partner, ending).content
    assert Delivery.objects.get().is_whole is False


def test_a_text_that_has_to_be_counted_goes_out_whole_with_its_pixel_only(people):
    free_for_community_sites("keep_pixel")
    article = make_live_article(people=people, headline="Counted", body=TEXT)
    partner = make_partner(email=WHO["email"])
    assert "content_html" not in items(partner)["Counted"]
    grant = make_taking(article)
    item = items(partner)["Counted"]
    assert Pixel.objects.get(grant=grant).key in item["content_html"]
    assert item["_imprimatur_partner"]["permission"] == grant.number


def test_pictures_that_are_not_cleared_stay_behind_and_are_named(people, terms):
    cleared = make_image(developed=True, alt_text="A quay")
    foreign = make_image(developed=True, alt_text="An agency's gull", rights_category="agency")
    article = make_live_article(people=people, headline="Seen", featured_image=cleared)
    GalleryImage.objects.create(article=article, image=foreign, position=1)
    actions.revise(article, by=people["editor"])
    partner = make_partner()
    item = items(partner)["Seen"]
    assert cleared.key.hex in item["image"].replace("-", "")
    for ending in ("rss", "atom", "json", "ninjs.json"):
        content = fetched(partner, ending).content.decode()
        assert str(foreign.key) not in content and str(cleared.key) in content
    assert any("An agency's gull" in note for note in item["_imprimatur_partner"]["notes"])


@pytest.mark.parametrize("kind", [*UNKNOWN, "withdrawn"])
def test_nothing_that_readers_may_not_see_leaks_by_any_format(people, terms, kind):
    make = UNKNOWN.get(kind, withdrawn)
    hidden = make(people, headline="The hidden headline", body="<p>Hidden words.</p>")
    partner = make_partner()
    for ending in ("rss", "atom", "json", "ninjs.json"):
        content = fetched(partner, ending).content.decode()
        assert "idden" not in content and hidden.slug not in content
    # Whoever was never given it is not told that it was taken back.
    assert taken_back(partner) == set()


def test_a_partner_may_be_given_its_own_licences_and_one_language_only(people, article):
    french = make_live_article(people=people, headline="Le phare", language="fr")
    partner = make_partner(email=WHO["email"])
    assert given(partner) == {"Tide tables", "Le phare"}
    partner.language = "fr"
    verbs.enter(partner, by=people["rights_manager"])
    assert given(partner) == {"Le phare"}
    partner.language, partner.licences_only = "", True
    verbs.enter(partner, by=people["rights_manager"])
    assert given(partner) == set()
    make_taking(french)
    assert given(partner) == {"Le phare"}
    # What it was given before under everybody's terms is not taken back from it.
    assert taken_back(partner) == set()


def test_the_address_narrows_as_that_of_every_list(people, article):
    region = make_region()
    article.regions.add(region)
    make_live_article(people=people, headline="Elsewhere")
    partner = make_partner()
    assert given(partner) == {"Tide tables", "Elsewhere"}
    assert given(partner, f"region={region.slug}") == {"Tide tables"}
    assert fetched(partner, query="region=atlantis").status_code == 404


# --- Changes ----------------------------------------------------------------------------------


def test_what_went_out_is_written_down_once_and_with_the_revision(people, article):
    partner = make_partner()
    given(partner)
    row = Delivery.objects.get()
    assert (row.partner, row.article, row.is_whole, row.grant) == (partner, article, True, None)
    assert row.revision == article.revisions.first()
    with later(hours=1):
        given(partner)
        assert Delivery.objects.get().last_at == row.last_at
    with later(days=2):
        given(partner)
    again = Delivery.objects.get()
    assert again.first_at == row.first_at < again.last_at


def test_a_change_of_an_old_article_comes_back_to_whoever_holds_it(people, article, monkeypatch):
    monkeypatch.setattr("licensing.partners.contents.ENTRIES", 1)
    partner, other = make_partner(), make_partner()
    assert given(partner) == {"Tide tables"}
    make_live_article(people=people, headline="Newer")
    assert given(partner) == given(other) == {"Newer"}
    before = items(partner)
    with later(minutes=5):
        correcting.correct(article, by=people["editor"], kind="correction", text="It was 1802.")
        assert given(partner) == {"Newer", "Tide tables"}
        item = items(partner)["Tide tables"]
        assert "It was 1802." in item["content_html"]
        assert item["date_modified"] > before["Newer"]["date_modified"]
        assert given(other) == {"Newer"}
    with later(days=40):
        assert given(partner) == {"Newer"}


def test_a_new_revision_is_an_update_with_a_higher_version(people, article):
    partner = make_partner()
    first = items(partner)["Tide tables"]
    with later(minutes=5):
        Article.objects.filter(pk=article.pk).update(
            body="<p>Rewritten.</p>", updated_at=timezone.now()
        )
        article.refresh_from_db()
        actions.revise(article, by=people["editor"])
        second = items(partner)["Tide tables"]
        row = Delivery.objects.get()
    versions = [int(one["_imprimatur_partner"]["version"]) for one in (first, second)]
    assert versions[1] > versions[0] and "Rewritten." in second["content_html"]
    assert row.revision == article.revisions.first() and row.changed_at


# --- Taken back -------------------------------------------------------------------------------


def test_a_withdrawn_article_is_taken_back_for_thirty_days(people, article):
    partner, other = make_partner(), make_partner()
    given(partner)
    actions.withdraw(
        article, by=people["managing_editor"], reason="Made up.", notice="It was invented."
    )
    assert given(partner) == set() and taken_back(partner) == {name(article)}
    assert items(partner)[name(article)]["content_text"] == "It was invented."
    assert taken_back(other) == set()
    with later(days=29):
        assert taken_back(partner) == {name(article)}
    with later(days=31):
        assert taken_back(partner) == set()


def test_what_is_carried_no_longer_is_taken_back_without_a_word_about_it(people, terms):
    gazette = make_publication("The Gazette")
    held = clear(gazette, by=people["rights_manager"], passes_on=["community_web"])
    article = make_live_article(
        people=people, headline="Carried", originating_publication=gazette, cleared=False
    )
    partner = make_partner()
    assert given(partner) == {"Carried"}
    clearances.revoke(held, by=people["rights_manager"], reason="They took it back.")
    slug = article.slug
    Article.objects.filter(pk=article.pk).update(slug="a-secret-new-name")
    assert given(partner) == set() and taken_back(partner) == {name(article)}
    content = fetched(partner, "ninjs.json").content.decode()
    assert f"/articles/{slug}/" in content and "secret" not in content
    assert "They took it back" not in content and "Carried" not in content


def test_a_withheld_article_is_taken_back_at_once_and_nothing_of_it_is_said(people, article):
    partner, other = make_partner(), make_partner()
    given(partner)
    upheld(article, people=people)
    assert taken_back(partner) == {name(article)} and taken_back(other) == set()
    for ending in ("rss", "atom", "json", "ninjs.json"):
        content = fetched(partner, ending).content
        assert b"Tide tables" not in content and b"read the water" not in content


def test_what_is_embargoed_again_or_has_to_be_asked_for_now_is_taken_back(people, article):
    partner = make_partner()
    given(partner)
    second = make_live_article(people=people, headline="Second")
    given(partner)
    under(article, community_web="ask")
    assert taken_back(partner) == {name(article)}
    Article.objects.filter(pk=second.pk).update(embargo_until=timezone.now() + DAY)
    actions.revise(Article.objects.get(pk=second.pk), by=people["editor"])
    assert taken_back(partner) == {name(article), name(second)}


def test_a_licence_that_is_revoked_or_ends_takes_back_what_it_gave(people):
    articles = [make_live_article(people=people, headline=f"No. {number}") for number in (1, 2)]
    partner = make_partner(use="print")
    told = {"people": people, "requester_email": partner.email}
    rows = [make_granted_request(articles=[one], **told).grants.get() for one in articles]
    assert given(partner) == {"No. 1", "No. 2"}
    grants.revoke(rows[0], by=people["rights_manager"], reason="Not paid.")
    assert given(partner) == {"No. 2"} and taken_back(partner) == {name(articles[0])}
    type(rows[1]).objects.filter(pk=rows[1].pk).update(valid_until=timezone.localdate() + DAY)
    with later(days=3):
        assert given(partner) == set()
        assert taken_back(partner) == {name(one) for one in articles}


def test_of_two_visits_at_once_the_one_that_read_too_early_changes_nothing(article):
    partner = make_partner()
    assert given(partner)
    partner.deliveries.update(look_at=NEVER)
    now = timezone.now()
    early = deliveries.look_up(partner, at=now)
    partner.deliveries.update(gone_at=now)
    article.newest_revision = 0
    decision = offered(article, Use.COMMUNITY_WEB, at=now).decision
    deliveries.look(early, {article.pk: article}, {article.pk: decision}, {article.pk: []})
    assert partner.deliveries.get().gone_at == now


def test_what_is_granted_again_comes_back_as_an_update(people, article, monkeypatch):
    monkeypatch.setattr("licensing.partners.contents.ENTRIES", 1)
    partner = make_partner()
    given(partner)
    with later(minutes=5):
        make_live_article(people=people, headline="Newer")
        actions.withdraw(article, by=people["managing_editor"], reason="In doubt.", notice="")
        assert taken_back(partner) == {name(article)}
    with later(minutes=10):
        actions.reinstate(article, by=people["managing_editor"], reason="It holds.")
        assert given(partner) == {"Newer", "Tide tables"} and taken_back(partner) == set()


def test_what_nobody_told_of_is_found_out_within_a_day(article):
    partner = make_partner()
    Delivery.objects.create(
        partner=partner,
        article=article,
        revision=article.revisions.first(),
        is_whole=True,
        slug=article.slug,
        first_at=timezone.now(),
        last_at=timezone.now(),
        look_at=timezone.now() + DAY,
    )
    Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now() + 9 * DAY)
    assert taken_back(partner) == set()
    with later(days=1, minutes=1):
        assert taken_back(partner) == {name(article)}


# --- What it costs ----------------------------------------------------------------------------


def test_a_feed_asks_as_often_for_many_articles_as_for_one(people, terms):
    partner = make_partner(email=WHO["email"])

    def make(number: int) -> None:
        gazette = make_publication(f"Gazette {number}", url="https://gazette.example/")
        AttributionTemplate.objects.create(publication=gazette)
        image = make_image()
        article = make_live_article(
            people=people,
            headline=f"No. {number}",
            language=["en", "fr", "ar"][number % 3],
            authors=[make_author(), make_author()],
            originating_publication=gazette,
            featured_image=image,
        )
        article.themes.add(make_theme())
        article.tags.add("tides")
        correcting.correct(article, by=people["editor"], kind="correction", text="No.")
        make_taking(article, use=Use.COMMUNITY_WEB)

    def queries() -> int:
        given(partner)
        with CaptureQueriesContext(connection) as captured:
            for ending in ("rss", "atom", "json", "ninjs.json"):
                assert fetched(partner, ending).status_code == 200
        return len(captured)

    make(1)
    one = queries()
    for number in range(2, 6):
        make(number)
    assert queries() == one
    assert one <= 4 * 30
