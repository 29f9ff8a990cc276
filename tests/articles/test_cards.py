"""The card of an article: made once a state, with a picture only where it may leave the house."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image as Pixels

from articles import cards, editions
from articles.models import Article, Image, ShareCard
from articles.pages import article_page, loaded
from articles.printing.typeset import TypesettingError
from articles.syndication import ItemRights
from cms.sitepolicy.actions import write_version
from tests.factories.articles import make_image, make_live_article
from tests.factories.headings import make_theme
from tests.factories.rights import stand_under
from tests.factories.whole import make_whole_article, write_house_texts
from tests.reading import body_of, soup

pytestmark = pytest.mark.django_db


class Press:
    """Keeps the cards it is given; ``faults`` is how often it jams first."""

    def __init__(self):
        self.printed, self.faults = [], 0

    def __call__(self, card, more_fonts=()):
        if self.faults:
            self.faults -= 1
            raise TypesettingError("jammed")
        self.printed.append(card)
        return b"PNG %d" % len(self.printed)


@pytest.fixture
def press(monkeypatch):
    press = Press()
    monkeypatch.setattr(cards, "typeset_card", press)
    return press


def address(client, path):
    """Where the card lies, as the page's head says."""
    page = soup(client.get(path))
    return page.find("meta", property="og:image")["content"].removeprefix("http://testserver")


def test_the_head_of_an_article_names_its_card_and_what_stands_on_it(client, people):
    write_house_texts()
    article = make_whole_article(people)
    page = soup(client.get(article.get_absolute_url()))
    told = {tag["property"]: tag["content"] for tag in page.find_all("meta", property=True)}
    where = re.escape(f"http://testserver{article.get_absolute_url()}card.png")
    assert re.fullmatch(where + r"\?v=[0-9a-f]{12}", told["og:image"])
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"] == (
        "Who Keeps the Tide Tables – The House Review · first published by Firth Gazette"
    )
    assert (told["article:section"], told["article:tag"]) == ("Navigation", "tides")
    assert page.find("meta", attrs={"name": "twitter:card"})["content"] == "summary_large_image"
    with Pixels.open(io.BytesIO(body_of(client.get(told["og:image"])))) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_a_card_is_typeset_once_for_all_that_stands_on_it(client, people, press):
    article = make_live_article(people=people)
    path = article.get_absolute_url()
    first = address(client, path)
    assert body_of(client.get(first)) == body_of(client.get(first)) == b"PNG 1"
    Article.objects.filter(pk=article.pk).update(body="<p>Other words.</p>")
    assert address(client, path) == first
    Article.objects.filter(pk=article.pk).update(headline="Another headline")
    second = address(client, path)
    assert second != first
    assert body_of(client.get(second)) == b"PNG 2"
    former = ShareCard.objects.get().file.name
    article.themes.add(make_theme("Navigation"))
    assert body_of(client.get(address(client, path))) == b"PNG 3"
    assert ShareCard.objects.count() == 1
    assert not default_storage.exists(former)


def shown(article, **rights):
    page = article_page(loaded(Article.objects.all()).get(pk=article.pk))
    page.worked_out["item_rights"] = ItemRights("©", **rights)
    return cards.of_article(page, absolute=str, read=lambda image: b"picture")


def test_a_picture_stands_on_the_card_only_where_it_may_leave_the_house(people):
    image = make_image(developed=True, credit_line="Cora Dunn")
    article = make_live_article(people=people, featured_image=image)
    free = {"free_pictures": frozenset({image.pk})}
    assert shown(article).picture is None
    assert shown(article).credit == ""
    assert (shown(article, **free).picture, shown(article, **free).credit) == (
        b"picture",
        "Cora Dunn",
    )
    Image.objects.filter(pk=image.pk).update(use_until=timezone.now())
    assert shown(article, **free).picture is None


def test_what_rights_say_of_a_picture_reaches_the_card(client, people, press):
    stand_under()
    image = make_image(developed=True, rights_category="agency", credit_line="Agency")
    article = make_live_article(people=people, featured_image=image)
    body_of(client.get(address(client, article.get_absolute_url())))
    assert press.printed[0].picture is None


def test_a_press_that_jams_gives_the_work_back(client, people, press):
    article = make_live_article(people=people)
    press.faults = 1
    path = f"{article.get_absolute_url()}card.png"
    with pytest.raises(TypesettingError):
        client.get(path)
    assert body_of(client.get(path)) == b"PNG 1"


def test_a_card_that_another_process_makes_is_waited_for_with_patience(
    client, people, press, monkeypatch
):
    monkeypatch.setattr(editions, "PATIENCE", 0)
    article = make_live_article(people=people)
    path = f"{article.get_absolute_url()}card.png"
    body_of(client.get(path))
    ShareCard.objects.update(file="", claimed_at=timezone.now())
    response = client.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_the_site_has_a_card_in_each_of_its_languages(client, press):
    write_version(kind="masthead", language="en", text="The House Review")
    write_version(kind="masthead", language="ar", text="المراجعة")
    for path, number in (("/card.png", 1), ("/ar/card.png", 2), ("/card.png", 1)):
        assert body_of(client.get(path)) == b"PNG %d" % number
    assert [card.headline for card in press.printed] == ["The House Review", "المراجعة"]
    assert [card.direction for card in press.printed] == ["ltr", "rtl"]


def test_a_listing_names_the_card_of_the_site(client, people):
    make_live_article(people=people)
    assert address(client, "/articles/").startswith("/card.png?v=")
