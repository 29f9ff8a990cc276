"""The demo newsroom: whole, readable, loadable again and again."""

import stat

import pytest
from django.apps import apps
from django.contrib.auth import authenticate, get_user_model
from django.utils import timezone

from articles.correcting import needs_correction
from articles.desk_lists import sent_back
from articles.models import Article, Correction, Image, InDepthReport, Status
from articles.panels import panels_of_articles
from cms import roles
from cms.demo.accounts import PEOPLE
from cms.sitepolicy.models import Kind, SitePolicy
from licensing.models import TermsAssignment, UsageTerms
from licensing.ready_made import READY_MADE
from tests.demo import demo, load, loaded_demo
from tests.reading import soup, status

__all__ = ["demo", "loaded_demo"]

pytestmark = pytest.mark.xdist_group("demo")

KILOBYTE = 1024
# Panels of the first page in which the demo has something to do.
ALIVE = {
    roles.CONTRIBUTOR: {"own"},
    roles.EDITOR: {"own", "review", "blocked", "corrections"},
    roles.MANAGING_EDITOR: {"review", "blocked", "corrections"},
}
LARGEST = {"article": 60 * KILOBYTE, "css": 30 * KILOBYTE, "js": 15 * KILOBYTE}


def rows():
    """How many rows of each of our tables there are, and what their keys are."""
    ours = ("articles", "sitepolicy", "licensing", "auth", "taggit")
    return {
        model._meta.label: sorted(model._default_manager.values_list("pk", flat=True))
        for label in ours
        for model in apps.get_app_config(label).get_models()
    }


# --- what is in it ----------------------------------------------------------------------------


def test_there_is_enough_to_fill_a_newsroom(demo):
    assert Article.objects.count() >= 40
    assert Article.objects.live().count() >= 30
    assert set(Article.objects.values_list("status", flat=True)) == set(Status.values)
    assert any(article.is_scheduled() for article in Article.objects.all())
    assert Article.objects.withdrawn().count() >= 1
    assert Correction.objects.count() >= 2
    assert InDepthReport.objects.with_live_articles().count() >= 2


def test_something_waits_on_the_first_page_of_everybody_who_writes(demo):
    for role, expected in ALIVE.items():
        person = get_user_model().objects.get(username=demo.logins[role]["username"])
        panels = panels_of_articles(person, at=timezone.now())
        assert expected <= {panel.key for panel in panels if panel.rows}
    assert sent_back(Article.objects.all()).exists()


def test_a_text_is_retracted_and_another_waits_for_its_notice(demo, client):
    retracted = Article.objects.live().get(retracted_at__isnull=False)
    assert retracted.corrections.get().is_retraction
    page = soup(client.get(retracted.get_absolute_url())).main.get_text()
    assert retracted.corrections.get().text in page
    due = Article.objects.live().with_correction_due().get()
    first, *_between, last = due.revisions.order_by("number")
    assert needs_correction(first.content, last.content)


def test_it_speaks_every_language_of_the_site_and_its_translations_meet(demo):
    languages = set(Article.objects.live().values_list("language", flat=True))
    assert languages >= {"en", "fr", "es", "de", "ar"}
    assert Article.objects.live().filter(translation_of__isnull=False).count() >= 3


def test_every_ready_made_set_of_terms_is_there_and_each_kind_of_place_has_one(demo):
    assert set(UsageTerms.objects.values_list("slug", flat=True)) >= set(READY_MADE)
    places = TermsAssignment.objects.values_list("article", "report", "publication")
    assert {tuple(bool(key) for key in place) for place in places} == {
        (False, False, False),
        (False, False, True),
        (False, True, False),
        (True, False, False),
    }


def test_every_text_of_the_house_is_there_in_every_language(demo, settings):
    found = set(SitePolicy.objects.in_force().values_list("kind", "language"))
    # What is said of data says the periods of the settings, as long as the house says nothing.
    kinds = set(Kind.values) - {Kind.PRIVACY, Kind.CONSENT}
    assert found == {(kind, code) for kind in kinds for code, _name in settings.LANGUAGES}


def test_every_picture_is_developed_described_and_credited(demo):
    assert Image.objects.count() >= 20
    for image in Image.objects.all():
        assert image.renditions["widths"]
        assert image.alt_text
        assert image.credit_line


def test_it_makes_up_no_address_of_anybody_real(demo):
    for article in Article.objects.all():
        for anchor in soup_of(article.body).find_all("a", href=True):
            host = anchor["href"].partition("://")[2].partition("/")[0]
            assert host.endswith(".example"), anchor["href"]


def soup_of(html):
    return soup(type("Answer", (), {"streaming": False, "content": html.encode()})())


# --- what a reader gets -----------------------------------------------------------------------


def test_every_article_answers_as_its_state_says(demo, client):
    for article in Article.objects.all():
        expected = 410 if article.status == Status.WITHDRAWN else 404
        if article.slug == "the-bell-that-rings-twice-a-day":
            # Withheld after a complaint.
            expected = 451
        expected = 200 if article.is_live() else expected
        for edition in ("", "print/"):
            address = article.get_absolute_url() + edition
            assert status(client, address) == expected, address


def test_every_article_can_be_typeset_without_a_complaint(demo, client):
    for article in Article.objects.live():
        assert status(client, f"{article.get_absolute_url()}article.pdf") == 200, article.slug
        assert article.pdf_editions.get().warnings == [], article.slug


def test_every_public_page_shows_pictures_that_are_there(demo, client):
    for address in ("/", longest().get_absolute_url()):
        page = soup(client.get(address))
        for image in page.find_all("img"):
            assert image.has_attr("alt")
            assert status(client, image["src"]) == 200


def longest():
    return Article.objects.live().order_by("-word_count").first()


def test_the_longest_article_is_small(demo, client):
    page = client.get(longest().get_absolute_url())
    assert len(page.content) <= LARGEST["article"]


@pytest.mark.parametrize("kind", ["css", "js"])
def test_style_and_script_of_a_page_are_small(demo, client, settings, kind):
    sizes = assets(client, settings, longest().get_absolute_url())
    assert sum(sizes[kind].values()) <= LARGEST[kind], sizes[kind]


def assets(client, settings, address):
    """Bytes of each style sheet and script that the page loads."""
    page = soup(client.get(address))
    names = {
        "css": [node["href"] for node in page.find_all("link", rel="stylesheet")],
        "js": [node["src"] for node in page.find_all("script", src=True)],
    }
    folder = settings.STATICFILES_DIRS[0]
    return {
        kind: {name: (folder / name.removeprefix("/static/")).stat().st_size for name in found}
        for kind, found in names.items()
    }


# --- loading it -------------------------------------------------------------------------------


def test_loading_it_again_changes_nothing(demo):
    before, logins = rows(), demo.logins
    hashes = dict(get_user_model().objects.values_list("username", "password"))
    output = load(demo.folder)
    assert rows() == before
    assert demo.logins == logins
    assert dict(get_user_model().objects.values_list("username", "password")) == hashes
    assert "Developing" not in output


def test_what_an_editor_changed_is_left_as_it_is(demo):
    article = longest()
    Article.objects.filter(pk=article.pk).update(headline="Ours now")
    load(demo.folder)
    article.refresh_from_db()
    assert article.headline == "Ours now"


def test_what_was_lost_comes_back(demo):
    report = InDepthReport.objects.first()
    slug, title = report.slug, report.title
    report.delete()
    load(demo.folder)
    assert InDepthReport.objects.get(slug=slug).title == title


def test_it_prints_a_login_for_each_role_and_writes_them_down_for_this_machine_alone(demo):
    assert list(demo.logins) == list(PEOPLE)
    for role, login in demo.logins.items():
        assert set(login) == {"username", "password"}
        assert login["password"] in demo.output
        assert authenticate(**login).is_staff, role
    mode = (demo.folder / "demo-logins.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_each_account_has_its_role_and_no_other(demo):
    for role, login in demo.logins.items():
        person = get_user_model().objects.get(username=login["username"])
        groups = [group.name for group in person.groups.all()]
        assert person.is_superuser == (role not in roles.GROUPS)
        assert groups == ([roles.GROUPS[role]] if role in roles.GROUPS else [])
