"""The page of a text's versions: which there are, which are out of date, and another begun."""

import pytest

from articles import actions, correcting, translating
from articles.models import Article
from tests.factories.articles import make_article, make_author, make_live_article
from tests.reading import soup, words


@pytest.fixture
def text(people):
    return make_article(by=people["contributor"], headline="The dam", language="en")


@pytest.fixture
def desk(people, client):
    client.force_login(people["editor"])
    return client


def page(article, more=""):
    return f"/admin/articles/article/{article.pk}/translations/{more}"


def test_another_version_is_begun_and_opened(desk, text):
    carla = make_author("Carla")
    answer = desk.post(page(text), {"language": "fr", "translator": carla.pk})
    draft = Article.objects.get(language="fr")
    assert answer["Location"] == f"/admin/articles/article/{draft.pk}/change/"
    assert draft.bylines.get(role="translator").author == carla
    form = soup(desk.get(answer["Location"]))
    assert "Français" in words(form.select_one(".desk-side"))


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"language": "en"},
        {"language": "xx"},
        {"language": "fr", "translator": "0"},
        {"language": "fr", "translator": "9" * 40},
        {"language": "fr", "translator": "Carla\x00"},
    ],
)
def test_what_cannot_be_comes_back_with_a_sentence(desk, text, told):
    answer = desk.post(page(text), told)
    assert answer.status_code == 200
    assert soup(answer).select(".errorlist li")
    assert Article.objects.count() == 1


def test_the_page_says_what_a_version_lacks_and_who_brings_it_up_says_so(desk, people, text):
    draft = translating.translate(text, "fr", by=people["editor"])
    text.body = "<p>The water came at night.</p>"
    text.save()
    actions.revise(text, by=people["editor"])
    shown = soup(desk.get(page(text)))
    assert "Changed in the original since revision 1: Body." in words(shown)
    comparison = f"/admin/articles/article/{text.pk}/revisions/1/2/"
    assert shown.select(f'a[href="{comparison}"]')
    assert desk.get(page(draft, "follows/")).status_code == 405
    assert "is up to date" in words(desk.post(page(draft, "follows/"), follow=True))
    assert "Changed in the original" not in words(desk.get(page(text)))


def test_the_page_says_that_the_original_is_retracted(desk, people):
    text = make_live_article(people=people, language="en")
    draft = translating.translate(text, "fr", by=people["editor"])
    assert "Retracted" not in words(desk.get(page(draft)))
    correcting.correct(text, by=people["editor"], kind="retraction", text="It was forged.")
    assert "Retracted" in words(desk.get(page(draft)))
    form = soup(desk.get(f"/admin/articles/article/{draft.pk}/change/"))
    assert "Retracted" in words(form.select_one(".desk-side"))


def test_a_writer_translates_own_texts_and_reads_of_no_secret_version(people, client, text):
    secret = translating.translate(text, "de", by=people["editor"])
    Article.objects.filter(pk=secret.pk).update(headline="Der Minister geht")
    client.force_login(people["contributor"])
    assert "Der Minister geht" not in words(client.get(page(text)))
    assert client.post(page(secret, "follows/")).status_code in (302, 403, 404)
    assert client.post(page(text), {"language": "fr"}).status_code == 302
    refused = soup(client.post(page(text), {"language": "de"}))
    assert words(refused.select_one(".errorlist")) == "You may not translate this article."
    assert Article.objects.filter(language="de").get() == secret


def test_who_only_reads_begins_nothing(people, client, text):
    client.force_login(people["rights_desk"])
    assert not soup(client.get(page(text))).select("form.translate")
    assert client.post(page(text), {"language": "fr"}).status_code == 403
    assert client.post(page(text, "follows/")).status_code == 403
    assert Article.objects.count() == 1
