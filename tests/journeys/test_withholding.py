"""An upheld complaint: every public address, walked before and after; nothing of it is left."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from articles import actions as newsroom_desk
from articles.models import Image
from articles.websub import promises
from licensing.actions import complaints
from tests.factories import hidden
from tests.factories.articles import make_image, make_live_article
from tests.factories.complaints import acknowledged, make_complaint, upheld
from tests.newsroom import Newsroom
from tests.reading import body_of, printed, reader, status

HEADLINE = "Who keeps the quibbling tide"
STANDFIRST = "A quibbling standfirst"
BODY = "quibbling words of the body"
CAPTION = "A quibbling quay"
SECRETS = (HEADLINE, STANDFIRST, BODY, CAPTION, "quibbling")
OTHER = "Another text stays"
KEPT = "/articles/kept-text/"
# Each below the address of the article.
EDITIONS = (
    "",
    "print/",
    "article.pdf",
    "card.png",
    "cite/",
    "cite/bibtex",
    "rights/",
    "rights.odrl.json",
    "article.ninjs.json",
    "republish/",
    "republish/?use=community_web",
    "republish/preview/?use=community_web",
    "republish/copy.html?use=community_web",
)


@pytest.fixture
def newsroom(people):
    newsroom = Newsroom(people)
    newsroom.lead = make_image(developed=True, alt_text=CAPTION, caption=CAPTION)
    article = newsroom.live
    article.headline, article.standfirst = HEADLINE, STANDFIRST
    article.body, article.featured_image = f"<p>{BODY}</p>", newsroom.lead
    article.slug, newsroom.former = "kept-text", article.slug
    article.save()
    newsroom_desk.revise(article, by=people["editor"])
    newsroom.correction = article.corrections.create(
        text="A quibbling correction", kind="correction", number=1, dated=timezone.now()
    )
    newsroom.other = make_live_article(people=people, headline=OTHER)
    return newsroom


def everywhere(newsroom) -> list[str]:
    """Every public address that there is a case for, and those below the article."""
    cases = newsroom.addresses(of=newsroom.headings, picture=newsroom.lead)
    found = {address for addresses in cases.values() for address in addresses}
    found |= {f"{KEPT}{edition}" for edition in EDITIONS}
    found |= {"/search/?q=quibbling", "/feed.rss", "/corrections/"}
    return sorted(found)


def text_of(response) -> str:
    if response["Content-Type"] == "application/pdf":
        return printed(reader(response))
    return body_of(response).decode("utf-8", "replace")


def secrets_in(address: str, text: str) -> list[str]:
    text = text.replace("<mark>", "").replace("</mark>", "")
    # A page of search results says again what was looked for.
    secrets = SECRETS[:-1] if "q=quibbling" in address else SECRETS
    return [secret for secret in secrets if secret in text or str(escape(secret)) in text]


def leaks(client, address: str) -> list[str]:
    return secrets_in(address, text_of(client.get(address)))


def test_this_test_would_notice_what_is_not_withheld(client, newsroom):
    others = ("/", "/feed.rss", "/search/?q=quibbling", "/corrections/")
    for address in (*others, *(f"{KEPT}{edition}" for edition in EDITIONS)):
        # The one is a picture, and the other opens once the terms are accepted.
        if not address.endswith(("card.png", "copy.html?use=community_web")):
            assert leaks(client, address), address


def test_nothing_of_a_withheld_article_is_left_at_any_public_address(client, newsroom):
    complaint = upheld(newsroom.live, people=newsroom.people)
    for address in everywhere(newsroom):
        response = client.get(address)
        text = text_of(response)
        assert secrets_in(address, f"{text}\n{response.headers}") == [], address
        assert response.status_code < 500 and complaint.name not in text, address
        if address.startswith(KEPT):
            assert response.status_code == 451, address
    assert OTHER in client.get("/articles/").content.decode()
    complaints.restore(complaint, reason="Agreed.", by=newsroom.people["rights_manager"])
    for edition in ("", "print/", "rights/", "article.ninjs.json"):
        assert status(client, f"{KEPT}{edition}") == 200, edition


def test_the_address_says_that_it_is_kept_back_and_by_whom_and_no_more(client, newsroom):
    complaint = upheld(newsroom.live, people=newsroom.people)
    response = client.get(KEPT)
    assert response.status_code == 451
    assert response["Link"] == '<http://testserver/>; rel="blocked-by"'
    assert response["X-Robots-Tag"] == "noindex" and response["Cache-Control"] == "no-cache"
    assert "Saved-Copy-Until" not in response
    text = response.content.decode()
    assert "Not available after a notice by a rights holder" in text
    assert complaint.number not in text and complaint.work not in text
    former = client.get(f"/articles/{newsroom.former}/")
    assert (former.status_code, former.get("Location")) == (451, None)
    item = client.get(f"/articles/{newsroom.former}/article.ninjs.json")
    assert item.status_code == 451 and "kept-text" not in item.content.decode()
    told = json.loads(client.get("/articles/kept-text/article.ninjs.json").content)
    assert told["pubStatus"] == "canceled" and "quibbling" not in json.dumps(told)
    assert client.get("/oembed/?url=http://testserver/articles/kept-text/").status_code == 404
    assert "451" in client.get("/service-worker.js").content.decode()


def test_a_withdrawn_article_that_is_withheld_says_no_longer_what_it_was(client, newsroom):
    article, by = newsroom.live, newsroom.people["managing_editor"]
    newsroom_desk.withdraw(article, by=by, reason="Wrong.", notice="A quibbling notice")
    assert leaks(client, KEPT)
    upheld(article, people=newsroom.people)
    for edition in EDITIONS:
        assert status(client, f"{KEPT}{edition}") == 451, edition
        assert leaks(client, f"{KEPT}{edition}") == []
    assert leaks(client, "/feed.atom") == []


def test_what_readers_never_saw_stays_unknown_though_it_is_withheld(client, newsroom):
    for make in hidden.UNKNOWN.values():
        article = make(newsroom.people)
        upheld(article, people=newsroom.people)
        unknown = client.get("/articles/there-is-none/")
        response = client.get(article.get_absolute_url())
        expected = 451 if make is hidden.carry_ended else 404
        assert response.status_code == expected, make
        if expected == 404:
            assert response.content == unknown.content


def test_its_pictures_go_with_it_and_one_alone_goes_from_the_page(client, newsroom):
    lead = newsroom.lead
    address = "/pictures/{}/{}/{}.jpg".format(
        lead.key, lead.renditions["version"], lead.renditions["widths"][0]
    )
    assert status(client, address) == 200
    about_it = acknowledged(people=newsroom.people, pictures=[lead])
    complaints.uphold(about_it, reason="Hers.", by=newsroom.people["rights_manager"])
    assert status(client, address) == 404
    page = client.get(KEPT)
    assert page.status_code == 200 and str(lead.key) not in page.content.decode()
    for edition in ("print/", "republish/", "rights/", "article.ninjs.json"):
        assert str(lead.key) not in text_of(client.get(f"{KEPT}{edition}"))
    complaints.restore(about_it, reason="Agreed.", by=newsroom.people["rights_manager"])
    assert status(client, address) == 200
    upheld(newsroom.live, people=newsroom.people)
    assert status(client, address) == 404
    assert Image.objects.filter(pk=lead.pk).exists()


def test_feeds_mourn_it_and_the_hub_is_told(client, newsroom, settings):
    settings.WEBSUB_HUB = "https://hub.example/"
    settings.SITE_URL = "http://testserver"
    promises.promise(at=timezone.now())
    # What stands now is taken stock of with the first.
    assert promises.promise(at=timezone.now()) == 0
    upheld(newsroom.live, people=newsroom.people)
    assert promises.promise(at=timezone.now() + timedelta(seconds=1)) > 0
    for feed in ("/feed.atom", "/articles/feed.atom"):
        text = client.get(feed).content.decode()
        assert "at:deleted-entry" in text
        assert f"article/{newsroom.live.pk}" in text
        assert "Not available after a notice by a rights holder" in text


def test_the_form_tells_of_no_address_whether_anything_is_there(client, newsroom):
    upheld(newsroom.live, people=newsroom.people)
    unknown = client.get(reverse("rights:complaint_new"), {"article": "there-is-none"})
    kept_back = client.get(reverse("rights:complaint_new"), {"article": "kept-text"})

    def said(response) -> str:
        return re.sub(r'name="(?:key|csrfmiddlewaretoken)" value="[^"]*"', "", text_of(response))

    assert said(unknown).replace("there-is-none", "") == said(kept_back).replace("kept-text", "")


def test_a_complaint_that_nobody_upheld_changes_no_page(client, newsroom):
    before = client.get(KEPT).content
    make_complaint(newsroom.live)
    assert client.get(KEPT).content == before
