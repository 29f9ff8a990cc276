"""People are led on in their own language; machines and licences are told one address for all."""

import json
import re

import pytest
from django.conf import settings as site_settings
from django.utils import translation

from articles.addresses import neutral
from licensing.models import PermissionRequest
from tests.factories.articles import make_live_article
from tests.factories.headings import make_theme
from tests.factories.rights import stand_under
from tests.factories.statements import LICENCES
from tests.licensing.views.test_permissions import PRINT
from tests.reading import soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_house_with_an_address")]
HOST = "https://house.example"
FILES = ("rights.odrl.json", "article.ninjs.json")
IN_A_LANGUAGE = re.compile(
    rf"{HOST}/({'|'.join(code for code, _name in site_settings.LANGUAGES)})/"
)


@pytest.fixture
def texte(people):
    """A French article, free for community sites, under terms of the site."""
    stand_under(name="Community")
    article = make_live_article(people=people, language="fr", slug="le-phare")
    article.themes.add(make_theme())
    return article


def machine_texts(client, article) -> dict[str, str]:
    """What each channel says of ``article`` to machines."""
    page = client.get(article.get_absolute_url())
    found = {
        name: client.get(f"{article.get_absolute_url()}{name}").content.decode() for name in FILES
    }
    found |= {path: client.get(path).content.decode() for path in ("/license.xml", "/robots.txt")}
    found["json-ld"] = soup(page).select_one("script[type='application/ld+json']").string
    found["headers"] = " ".join(str(value) for value in page.headers.values())
    return found


def test_machines_are_told_addresses_without_a_language(client, texte):
    told = machine_texts(client, texte)
    assert {name for name, text in told.items() if IN_A_LANGUAGE.search(text)} == set()
    node = json.loads(told["json-ld"])
    node = node if isinstance(node, dict) else node[0]
    assert node["license"] == f"{HOST}/rights/terms/community/"
    assert node["acquireLicensePage"] == f"{HOST}/permissions/new/?article=le-phare"
    assert f"<{HOST}/rights/terms/community/>" in told["headers"]


def test_people_are_led_on_in_the_language_of_the_article(client, texte):
    page = client.get(texte.get_absolute_url())
    assert page["Content-Language"] == "fr"
    led = {link["href"] for link in soup(page).select("a[href]")}
    assert "/fr/rights/" in led and "/rights/" not in led
    rights = client.get(f"{texte.get_absolute_url()}rights/")
    led = {link["href"] for link in soup(rights).select("a[href]")}
    assert "/fr/rights/terms/community/" in led
    assert any(link.startswith("/fr/permissions/new/?article=le-phare") for link in led)


@pytest.mark.parametrize("path", ["/rights/", "/rights/terms/community/", "/permissions/new/"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_pages_of_rights_are_there_in_each_language(client, texte, path, language):
    page = client.get(f"/{language}{path}")
    assert page.status_code == 200 and page["Content-Language"] == language
    assert soup(page).html["lang"] == language
    assert client.get(path)["Content-Language"] == "en"


def test_the_form_writes_letters_in_the_language_of_its_page(client, texte):
    new = "/fr/permissions/new/"
    asked = {"article": "le-phare", "use": "print"}
    form = client.get(new, {**asked, "step": "details"}).context["form"]
    assert form["language"].value() == "fr"
    assert (
        client.get(new[3:], {**asked, "step": "details"}).context["form"]["language"].value()
        == "en"
    )
    fields = {name: form[name].value() for name in form.fields if form[name].value()}
    page = soup(client.get(new, {**asked, "step": "details"}))
    key = page.select_one("[name=key]")["value"]
    told = {
        **fields,
        **asked,
        **PRINT,
        "asked_territories": "DE, AT",
        "key": key,
        "step": "send",
        "consent": "on",
    }
    answer = client.post(new, told)
    assert answer.status_code == 303, answer.context["form"].errors
    assert answer["Location"].startswith("/fr/permissions/new/?sent=")
    made = PermissionRequest.objects.get()
    assert made.language == "fr"


def test_a_path_is_told_without_its_language_whichever_is_spoken():
    for spoken in ("en", "fr", "ar"):
        with translation.override(spoken):
            assert neutral("/fr/rights/terms/community/?version=2") == (
                "/rights/terms/community/?version=2"
            )
            assert neutral("/articles/le-phare/") == "/articles/le-phare/"
            assert neutral("/license.xml") == "/license.xml"
            assert neutral("/fr/no/such/page/") == "/fr/no/such/page/"


def test_a_licence_that_others_wrote_has_one_address_in_every_language(client, people):
    licence = LICENCES["CC-BY-4.0"]
    article = make_live_article(people=people, language="fr", slug="libre")
    rules = {"community_web": {"verdict": "granted"}}
    stand_under(rules, name="Libre", licence_url=licence.url, article=article)
    told = machine_texts(client, article)
    assert licence.url in told["json-ld"] and licence.url in told["headers"]
