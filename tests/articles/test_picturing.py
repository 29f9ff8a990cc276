"""Another picture in every place: an article, author or publication that may not, keeps the old."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from articles import hearing, picturing
from articles.models import Article, GalleryImage, Image
from cms.workflows.actions import MoveNotAllowed, NotYours
from tests.articles.admin.test_two_editors import change, opened
from tests.browsing import complaints, filled
from tests.factories.articles import make_article, make_author, make_image, make_publication
from tests.factories.stages import make_article_at
from tests.racing import race

pytestmark = pytest.mark.django_db


def in_gallery(article, *images):
    for position, image in enumerate(images):
        GalleryImage.objects.create(article=article, image=image, position=position)


def gallery(article):
    return [entry.image for entry in article.gallery.all()]


def replaced(old, new, people, role="editor", **told):
    """Key of the place → why not; empty where it shows the new picture."""
    outcomes = picturing.replace_picture(old, by_picture=new, by=people[role], **told)
    return {outcome.place.key: outcome.reasons for outcome in outcomes}


def test_the_new_picture_stands_in_every_place_and_the_old_says_what_replaced_it(people):
    old, new, other = make_image(), make_image(), make_image()
    featured = make_article_at("published", people=people, featured_image=old)
    shown = make_article(by=people["contributor"])
    in_gallery(shown, other, old)
    author, outlet = make_author(photo=old), make_publication(logo=old)
    outcome = replaced(old, new, people)
    assert (len(outcome), list(filter(None, outcome.values()))) == (4, [])
    for row in (featured, author, outlet, old):
        row.refresh_from_db()
    assert (featured.featured_image, gallery(shown)) == (new, [other, new])
    assert (author.photo, outlet.logo, old.replaced_by) == (new, new, new)
    for article in (featured, shown):
        revision = article.revisions.first()
        assert (revision.number, revision.created_by) == (2, people["editor"])
        assert revision.note == f"Picture {old.pk} replaced by picture {new.pk}"
    assert author.history.first().history_user == people["editor"]
    assert old.history.first().history_user == people["editor"]
    assert picturing.places(old) == []


def test_only_the_places_that_are_named_change(people):
    old, new = make_image(), make_image()
    one, other = (make_article(by=people["editor"], featured_image=old) for _ in range(2))
    assert replaced(old, new, people, only={f"article-{one.pk}"}) == {f"article-{one.pk}": []}
    other.refresh_from_db()
    assert other.featured_image == old


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"credit_line": ""}, "has no credit line"),
        ({"use_until": timezone.now() - timedelta(days=1)}, "has ended"),
    ],
    ids=["no credit", "right ended"],
)
def test_an_article_that_readers_see_does_not_take_a_picture_that_may_not_be_shown(
    people, fault, said
):
    old, new = make_image(), make_image(**fault)
    live = make_article_at("published", people=people, featured_image=old)
    draft = make_article(by=people["contributor"], featured_image=old)
    outcome = replaced(old, new, people)
    assert outcome[f"article-{draft.pk}"] == []
    (reason,) = outcome[f"article-{live.pk}"]
    assert said in reason
    live.refresh_from_db()
    assert (live.featured_image, live.revisions.count()) == (old, 1)


def test_articles_that_one_may_not_edit_stay_and_the_rest_goes_on(people):
    old, new = make_image(), make_image()
    article = make_article(by=people["contributor"], featured_image=old)
    outlet = make_publication(logo=old)
    outcome = replaced(old, new, people, "rights_manager")
    assert outcome == {
        f"article-{article.pk}": ["You may not edit this article."],
        f"publication-{outlet.pk}": [],
    }
    article.refresh_from_db()
    assert article.featured_image == old


@pytest.mark.parametrize("role", ["contributor", "rights_desk"])
def test_who_may_not_change_pictures_replaces_none(people, role):
    old = make_image()
    article = make_article(by=people["contributor"], featured_image=old)
    with pytest.raises(NotYours):
        replaced(old, make_image(), people, role)
    article.refresh_from_db()
    assert article.featured_image == old


def test_a_picture_does_not_replace_itself(people):
    image = make_image()
    with pytest.raises(MoveNotAllowed):
        replaced(image, image, people)


def test_a_picture_stands_once_in_a_gallery_even_where_both_stood_in_it(people):
    old, new = make_image(), make_image()
    article = make_article(by=people["editor"])
    in_gallery(article, old, new)
    assert replaced(old, new, people) == {f"article-{article.pk}": []}
    assert gallery(article) == [new]


def test_a_picture_that_is_put_back_is_replaced_by_none(people):
    old, new = make_image(), make_image()
    make_article(by=people["editor"], featured_image=old)
    replaced(old, new, people)
    replaced(new, old, people)
    for image in (old, new):
        image.refresh_from_db()
    assert (old.replaced_by, new.replaced_by) == (None, old)


def test_a_failure_in_one_article_leaves_it_whole_and_what_came_before_stands(people, monkeypatch):
    old, new = make_image(), make_image()
    first, second = (make_article(by=people["editor"], featured_image=old) for _ in range(2))

    def hearer(articles):
        if articles.filter(pk=first.pk).exists():
            raise MoveNotAllowed(["A desk objects."])

    monkeypatch.setattr(hearing, "_hearers", [*hearing._hearers, hearer])
    assert replaced(old, new, people) == {
        f"article-{second.pk}": [],
        f"article-{first.pk}": ["A desk objects."],
    }
    first.refresh_from_db()
    assert (first.featured_image, first.revisions.count()) == (old, 1)


def test_an_editor_who_had_the_article_open_is_told_and_overwrites_nothing(people):
    old, new = make_image(), make_image()
    article = make_article(by=people["contributor"], featured_image=old)
    editor, page = opened(people["editor"], change(article))
    replaced(old, new, people, "managing_editor")
    answer = editor.post(change(article), filled(page, headline="Mine"))
    assert any("saved this article" in said for said in complaints(answer))
    article.refresh_from_db()
    assert article.featured_image == new


@pytest.mark.django_db(transaction=True)
def test_of_an_editor_who_saves_and_a_replacement_both_are_kept_or_one_is_told(people):
    old, new = make_image(), make_image()
    article = make_article(by=people["contributor"], featured_image=old)
    editor, page = opened(people["editor"], change(article))
    save = partial(editor.post, change(article), filled(page, headline="Mine"))
    replace = partial(replaced, old, new, people, "managing_editor")
    saved, outcome = race([save, replace])
    article = Article.objects.get()
    assert article.featured_image == new
    assert outcome == {f"article-{article.pk}": []}
    assert (article.headline == "Mine") == (saved.status_code == 302)
    last = article.revisions.first()
    assert last.content["featured_image"]["id"] == new.pk
    assert last.content["headline"] == article.headline


def test_used_and_unused_pictures_are_told_apart(people):
    pictures = [make_image() for _ in range(5)]
    make_article(by=people["editor"], featured_image=pictures[0])
    in_gallery(make_article(by=people["editor"]), pictures[1])
    make_author(photo=pictures[2])
    make_publication(logo=pictures[3])
    assert set(Image.objects.used()) == set(pictures[:4])
    assert list(Image.objects.unused()) == pictures[4:]
