"""The page of rights of an article, the policy of the house, and the page of its terms."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles import actions
from licensing.models import Clearance, TermsVersion
from tests.factories import hidden
from tests.factories.articles import house, make_live_article
from tests.factories.rights import COMMUNITY, stand_under
from tests.factories.whole import make_whole_article
from tests.reading import links, soup, words

DAY = timedelta(days=1)
RIGHTS = "/articles/tide-tables/rights/"


@pytest.fixture
def whole(people):
    ours = house()
    ours.rights_contact = "desk@house.example"
    ours.save()
    article = make_whole_article(people)
    Clearance.objects.filter(publication__name="Firth Gazette").update(
        agreed_on=date(2018, 3, 3), valid_until=date(2090, 3, 2)
    )
    origin = article.originating_publication
    origin.rights_contact = "rights@firth.example"
    origin.save()
    return article


def use(page, name):
    return page.find("li", id=name)


# --- the rights of an article -----------------------------------------------------------------


def test_the_page_shows_the_chain_as_a_list_in_order(client, whole):
    page = soup(client.get(RIGHTS))
    stages = [words(stage) for stage in page.select(".chain li")]
    assert stages == [
        "First published by Firth Gazette 2 March 2019",
        "Translated by Translators' Pool 7 January 2020",
        "Cross-posted by Harbour Mirror",
        "Carried here by The House Review since 4 May 2021 under our agreement with Firth Gazette "
        "of 3 March 2018 under our agreement with Translators' Pool until 2 March 2090",
    ]
    figure = page.select_one("figure.chain")
    assert page.find(id=figure["aria-labelledby"]).get_text() == "How it came here"


def test_the_page_names_holders_notice_terms_and_how_long_the_answers_hold(client, whole):
    text = words(soup(client.get(RIGHTS)).select_one(".facts"))
    assert "Rights holders Ada Brook, Ben Cole, The House Review" in text
    assert "Copyright © Ada Brook, Ben Cole, The House Review, 2019" in text
    assert "Community terms, version 1" in text
    assert "These answers hold at least until 3 March 2090" in text


def test_each_use_has_its_answer_its_conditions_and_its_reasons_in_order(client, whole):
    page = soup(client.get(RIGHTS))
    allowed = use(page, "community_web")
    assert words(allowed.strong) == "Allowed"
    assert "Name the source." in [words(row) for row in allowed.select(".conditions li")]
    reasons = [words(row) for row in allowed.select(".reasons li")]
    assert reasons == [
        "Chain of title: First published by Firth Gazette on 2 March 2019; our agreement with "
        "Firth Gazette of 3 March 2018 lets us pass this on.",
        "Chain of title: Translated by Translators' Pool on 7 January 2020; our agreement with "
        "Translators' Pool lets us pass this on.",
        "Terms: Our terms “Community terms” allow this.",
    ]
    assert words(use(page, "print").strong) == "Ask the rights holder"
    assert len(page.select(".uses > li")) == 11


def test_whom_to_ask_is_a_letter_already_begun(client, whole):
    ask = soup(client.get(RIGHTS)).find(id="ask")
    letters = [anchor["href"] for anchor in ask.select("li a")]
    begun = "mailto:rights@firth.example?subject=Publish%20in%20print%3A%20Who%20Keeps"
    assert any(letter.startswith(begun) for letter in letters)
    assert all("http%3A%2F%2Ftestserver%2Farticles%2Ftide-tables%2F" in one for one in letters)


def test_a_text_of_our_own_is_asked_for_at_the_house(client, people, whole):
    own = make_live_article(people=people)
    page = soup(client.get(f"{own.get_absolute_url()}rights/"))
    assert words(page.select_one(".chain li")).startswith(
        "First published here by The House Review"
    )
    ask = page.find(id="ask")
    assert words(ask.h3) == "The House Review"
    asked = {words(anchor): anchor["href"] for anchor in ask.select("li a")}
    form = f"/permissions/new/?article={own.slug}&use="
    assert asked["Publish in print"] == f"{form}print"
    assert ask.select_one("a[href^=mailto]")["href"] == "mailto:desk@house.example"
    assert use(page, "print").select_one("a.ask-here")["href"] == f"{form}print"
    assert use(page, "community_web").select_one("a.ask-here") is None


def test_each_picture_has_its_own_answer_and_credit(client, whole):
    image = whole.featured_image
    image.rights_category = "agency"
    image.save()
    first, second = soup(client.get(RIGHTS)).select(".pictures > li")
    assert "Cora Dunn / Firth Gazette" in words(first)
    assert "left out of copies" in words(first)
    assert "nobody gave us leave" in words(first)
    assert "left out of copies" not in words(second)


def test_the_page_leads_to_the_article_the_terms_and_the_files_for_machines(client, whole):
    assert {
        "/articles/tide-tables/",
        "/rights/",
        "/rights/terms/community-terms/",
        "/articles/tide-tables/rights.odrl.json",
        "/articles/tide-tables/article.ninjs.json",
        "/license.xml",
    } <= links(client.get(RIGHTS))


@pytest.mark.parametrize("kind", hidden.UNKNOWN)
def test_the_rights_of_what_is_not_public_are_unknown(client, people, kind):
    article = hidden.UNKNOWN[kind](people)
    assert client.get(f"/articles/{article.slug}/rights/").status_code == 404


def test_a_withdrawn_article_has_a_notice_in_the_place_of_its_rights(client, people):
    article = hidden.withdrawn(people)
    assert client.get(f"/articles/{article.slug}/rights/").status_code == 410


def test_an_address_that_was_left_leads_on(client, people, whole):
    whole.slug = "who-keeps"
    whole.save()
    actions.revise(whole, by=people["editor"])
    response = client.get(RIGHTS)
    assert (response.status_code, response["Location"]) == (301, "/articles/who-keeps/rights/")


# --- the policy -------------------------------------------------------------------------------


def test_the_policy_opens_with_what_counts_for_every_article(client, db):
    ours = house()
    ours.rights_contact = "desk@house.example"
    ours.save()
    stand_under()
    response = client.get("/rights/")
    rows = {words(row.th): words(row) for row in soup(response).select("tbody tr")}
    assert len(rows) == 11
    assert "Allowed You may cross-post this article" in rows["Cross-post on a community site"]
    assert "Ask us To publish this article in print" in rows["Publish in print"]
    assert "Ask us To translate this article" in rows["Translate"]
    expected = {
        "mailto:desk@house.example",
        "/rights/terms/community-terms/",
        "/permissions/new/",
    }
    assert expected <= links(response)


def test_a_house_without_terms_has_a_policy_all_the_same(client, db):
    response = client.get("/rights/")
    assert response.status_code == 200
    assert soup(response).table is None


# --- terms ------------------------------------------------------------------------------------

TERMS = "/rights/terms/community-terms/"


@pytest.fixture
def terms(db):
    """Terms of three versions: a past one, the one in force, one that lies ahead."""
    found = stand_under()
    now = timezone.now()
    TermsVersion.objects.create(
        terms=found,
        number=2,
        rules={**COMMUNITY, "print": {"verdict": "refused"}},
        text="<p>Second wording.</p>",
        change_note="Print is no longer given.",
        licence_url="https://creativecommons.org/licenses/by-nd/4.0/",
        valid_from=now,
    )
    TermsVersion.objects.create(
        terms=found, number=3, text="<p>Of tomorrow.</p>", valid_from=now + DAY
    )
    return found


def test_the_terms_say_what_counts_now_and_what_others_wrote(client, terms):
    response = client.get(TERMS)
    page = soup(response)
    text = words(page)
    assert "Second wording." in text
    assert "Of tomorrow." not in text
    assert "Version 3" not in text
    rows = {words(row.th): words(row.strong) for row in page.select("tbody tr")}
    assert rows["Publish in print"] == "Not allowed"
    assert page.find("a", rel="license")["href"].endswith("/by-nd/4.0/")
    assert page.find("link", rel="canonical")["href"] == f"http://testserver{TERMS}"


def test_an_earlier_version_stays_readable_and_says_that_it_was_replaced(client, terms):
    page = soup(client.get(f"{TERMS}?version=1"))
    text = words(page)
    assert "Community terms." in text
    assert "This version was replaced on" in text
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex, follow"
    history = [words(row) for row in page.select(".versions li")]
    assert history[0].startswith("Version 2 in force since")
    assert history[0].endswith("Print is no longer given.")
    assert "replaced on" in history[1]


@pytest.mark.parametrize("version", ["3", "4", "0", "-1", "x", "", "1'", "１"])
def test_a_version_that_never_counted_is_unknown(client, terms, version):
    assert client.get(TERMS, {"version": version}).status_code == 404


def test_terms_that_do_not_count_yet_are_unknown(client, terms, time_machine):
    assert client.get("/rights/terms/none/").status_code == 404
    time_machine.move_to(timezone.now() - 99 * DAY)
    assert client.get(TERMS).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_of_rights_are_read_and_nothing_else(client, terms, method):
    assert getattr(client, method)(TERMS).status_code == 405
