"""Two who have the same article open: the second learns of the first and loses no word."""

from functools import partial

import pytest
from django.test import Client

from articles.models import Article
from tests.browsing import complaints, filled, page_of, typed_in
from tests.factories.articles import house, make_article, make_author
from tests.factories.headings import make_region
from tests.racing import race

THREADS = 4


def change(article):
    return f"/admin/articles/article/{article.pk}/change/"


def opened(person, url):
    """A client of that person, and the form as it stood when they opened it."""
    client = Client()
    client.force_login(person)
    return client, client.get(url)


def test_the_second_to_save_is_told_who_saved_and_keeps_what_was_typed(people):
    article = make_article(by=people["contributor"], headline="Old")
    url = change(article)
    (first, page), (second, other_page) = (
        opened(people["editor"], url),
        opened(people["managing_editor"], url),
    )
    first.post(url, filled(page, headline="First"))
    answer = second.post(url, filled(other_page, headline="Second", body="<p>Long work.</p>"))
    assert answer.status_code == 200
    (sentence,) = [said for said in complaints(answer) if "saved this article" in said]
    assert sentence.startswith("editor saved this article at ")
    # It is no fault of the second, who has nothing to correct.
    assert page_of(answer).select(".errornote") == []
    assert typed_in(answer, "headline") == "Second"
    assert typed_in(answer, "body") == "<p>Long work.</p>"
    assert Article.objects.get().headline == "First"

    assert "<del>First</del>" in answer.content.decode()
    again = second.post(url, filled(answer))
    assert again.status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.body) == ("Second", "<p>Long work.</p>")
    said = [revision.content["headline"] for revision in article.revisions.order_by("number")]
    assert said == ["Old", "First", "Second"]


def test_what_only_one_of_two_changed_stands_beside_what_only_the_other_did(people):
    ada, ben, region = make_author("Ada"), make_author("Ben"), make_region()
    article = make_article(by=people["contributor"], authors=[ada], standfirst="Old")
    url = change(article)
    (first, page), (second, other_page) = (
        opened(people["editor"], url),
        opened(people["managing_editor"], url),
    )
    theirs = filled(page, standfirst="Theirs", regions=[region.pk], tags="rivers")
    theirs |= {"bylines-TOTAL_FORMS": "2", "bylines-0-DELETE": "on"}
    theirs |= {"bylines-1-author": ben.pk, "bylines-1-role": "author"}
    assert first.post(url, theirs).status_code == 302
    answer = second.post(url, filled(other_page, headline="Mine"))
    (taken,) = page_of(answer).select(".meeting ul")
    said = [item.text for item in taken.select("li")]
    assert said == ["Standfirst", "Bylines", "Regions", "Tags"]
    assert not page_of(answer).select(".meeting-choice")
    assert second.post(url, filled(answer)).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.standfirst) == ("Mine", "Theirs")
    assert [byline.author for byline in article.bylines.all()] == [ben]
    assert [*article.regions.all()] == [region] and [*article.tags.names()] == ["rivers"]


@pytest.mark.parametrize(("choice", "signed"), [("mine", ["Cem", "Ada"]), ("theirs", ["Ben"])])
def test_of_what_both_changed_each_is_chosen_by_itself(people, choice, signed):
    ada, ben, cem = make_author("Ada"), make_author("Ben"), make_author("Cem")
    article = make_article(by=people["contributor"], authors=[ada], headline="Old")
    url = change(article)
    (first, page), (second, other_page) = (
        opened(people["editor"], url),
        opened(people["managing_editor"], url),
    )
    theirs = filled(page, headline="Theirs", body="<p>Their words.</p>")
    assert first.post(url, theirs | {"bylines-0-author": ben.pk}).status_code == 302
    mine = filled(other_page, headline="Mine", body="<p>My words.</p>")
    mine |= {"bylines-TOTAL_FORMS": "2", "bylines-0-position": "1", "bylines-1-position": "0"}
    mine |= {"bylines-1-author": cem.pk, "bylines-1-role": "author"}
    answer = second.post(url, mine)
    asked = [item.text for item in page_of(answer).select(".meeting-choice legend")]
    assert asked == ["Headline", "Body", "Bylines"]
    assert "Their words." in page_of(answer).select_one(".meeting-texts").text
    chosen = filled(answer) | {"choice-headline": "theirs", "choice-body": "mine"}
    assert second.post(url, chosen | {"choice-bylines": choice}).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.body) == ("Theirs", "<p>My words.</p>")
    assert [byline.author.name for byline in article.bylines.all()] == signed


def test_who_saves_twice_in_a_row_is_not_held_up_by_oneself(people):
    article = make_article(by=people["editor"])
    client, page = opened(people["editor"], change(article))
    for headline in ("One", "Two", "Three"):
        page = client.post(change(article), filled(page, headline=headline), follow=True)
    assert Article.objects.get().headline == "Three"


def test_a_move_made_meanwhile_is_not_undone_by_a_save(people):
    article = make_article(by=people["contributor"])
    client, page = opened(people["editor"], change(article))
    mover, _page = opened(people["contributor"], change(article))
    mover.post(f"/admin/articles/article/{article.pk}/move/submit/", {"go": "1"})
    assert client.post(change(article), filled(page, headline="New")).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.status) == ("New", "in_review")


def test_a_draft_handed_in_meanwhile_is_no_longer_its_writers_to_save(people):
    article = make_article(by=people["contributor"], headline="Old")
    client, page = opened(people["contributor"], change(article))
    other, _page = opened(people["contributor"], change(article))
    other.post(f"/admin/articles/article/{article.pk}/move/submit/", {"go": "1"})
    assert client.post(change(article), filled(page, headline="New")).status_code == 403
    assert Article.objects.get().headline == "Old"


@pytest.mark.django_db(transaction=True)
def test_of_editors_who_save_at_the_same_moment_one_wins_and_the_others_are_told(people):
    article = make_article(by=people["contributor"])
    url = change(article)
    for turn in range(4):
        desks = [opened(people["editor"], url) for _ in range(THREADS)]
        before = article.revisions.count()
        answers = race(
            [
                partial(client.post, url, filled(page, headline=f"By {place} in {turn}"))
                for place, (client, page) in enumerate(desks)
            ]
        )
        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302]
        assert article.revisions.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_enters_two_drafts_or_one_and_never_an_error(people):
    house()
    for turn in range(4):
        desks = [opened(people["editor"], "/admin/articles/article/add/") for _ in range(THREADS)]
        answers = race(
            [
                partial(client.post, page.request["PATH_INFO"], filled(page, headline=f"H {turn}"))
                for client, page in desks
            ]
        )
        assert {answer.status_code for answer in answers} <= {200, 302}, answers
        assert 302 in {answer.status_code for answer in answers}
