"""A complaint about a picture is upheld: whoever holds it in a copy hears of it, nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from articles.models import Article, GalleryImage
from licensing.actions import complaints, recalls
from licensing.compliance.owing import owed
from licensing.models import Delivery, Recall, RecalledCopy
from licensing.recall_words import said_of
from licensing.snapshot import picture_key
from tests.factories.articles import make_image, make_live_article
from tests.factories.complaints import upheld
from tests.factories.crossposts import make_crosspost
from tests.factories.partners import fetch, items, make_partner
from tests.factories.recalls import TEXT, put_right, taken_by, tell_all, told, told_at
from tests.factories.takings import free_for_community_sites

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()


@pytest.fixture
def image():
    return make_image(developed=True, alt_text="A ladder against a lamp")


@pytest.fixture
def article(people, image):
    free_for_community_sites()
    return make_live_article(
        people=people, headline="The lamps", body=TEXT.format(year=1931), featured_image=image
    )


def without_it(article: Article) -> None:
    """The picture is taken out of the article."""
    Article.objects.filter(pk=article.pk).update(featured_image=None)


def test_whose_licence_or_feed_brought_the_picture_is_told_and_nobody_else(article, people, image):
    taken_by("ines", article)
    partner = make_partner()
    fetch(partner)
    assert Delivery.objects.get().pictures == [picture_key(image)]
    without_it(article)
    article = Article.objects.get(pk=article.pk)
    taken_by("noor", article)
    later = make_partner()
    fetch(later)
    # An editor took it out as soon as the notice came; copies are where they were.
    upheld(people=people, pictures=[image])
    recall = Recall.objects.get()
    assert (recall.article, recall.cause, recall.image) == (article, "picture", image)
    assert tell_all() == 2
    assert [len(told("ines")), len(told("noor"))] == [1, 0]
    assert [len(told_at(one.email)) for one in (partner, later)] == [1, 0]
    for letter in (told("ines")[0], told_at(partner.email)[0]):
        assert "A ladder against a lamp" in letter.message and "The lamps" in letter.message
        assert "the text may stay" in letter.message.lower()


def test_a_picture_of_a_similar_number_is_another_picture(people, article, image):
    taken_by("ines", article)
    other = make_image(pk=int(f"{image.pk}0"))
    upheld(people=people, pictures=[other])
    assert not Recall.objects.exists()


def test_who_has_to_take_the_text_down_is_not_asked_for_the_picture_besides(people, article, image):
    taken_by("ines", article)
    upheld(article, people=people, pictures=[image])
    assert Recall.objects.get().cause == "withholding"


def test_a_feed_gives_the_article_anew_without_the_picture(people, article, image):
    partner = make_partner()
    before = items(partner)["The lamps"]
    assert image.key.hex in before["image"].replace("-", "")
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        complaint = upheld(people=people, pictures=[image])
        after = items(partner)["The lamps"]
        assert "image" not in after and str(image.key) not in after["content_html"]
        row = Delivery.objects.get()
        assert row.pictures == [] and row.changed_at and not row.gone_at
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        complaints.restore(complaint, reason="She agrees.", by=people["rights_manager"])
        again = items(partner)["The lamps"]
        assert again["image"] == before["image"]
    versions = [int(one["_imprimatur_partner"]["version"]) for one in (before, after, again)]
    assert versions[0] < versions[1] < versions[2]


def test_a_copy_with_a_picture_that_is_withheld_is_not_as_it_should_be(people, article, image):
    other = make_image()
    GalleryImage.objects.create(article=article, image=other)
    article = Article.objects.get(pk=article.pk)
    crosspost = make_crosspost(article, grant=taken_by("ines", article))

    def cleared() -> dict[str, bool]:
        (_revision, due), *_later = owed(crosspost, at=timezone.now())
        return {one.marks[1]: one.is_cleared for one in due.pictures}

    assert cleared() == {image.key.hex: True, other.key.hex: True}
    without_it(article)
    upheld(people=people, pictures=[image])
    assert cleared() == {image.key.hex: False, other.key.hex: True}


def test_a_picture_that_is_shown_again_is_no_matter_any_more(people, article, image):
    taken_by("ines", article)
    partner = make_partner()
    fetch(partner)
    complaint = upheld(people=people, pictures=[image])
    assert RecalledCopy.objects.get().partner == partner
    assert Recall.objects.unanswered().exists()
    complaints.restore(complaint, reason="She agrees.", by=people["rights_manager"])
    assert not Recall.objects.unanswered().exists()
    assert tell_all() == 0 and not RecalledCopy.objects.exists()


def test_what_is_said_of_the_picture_answers_nothing_about_the_text(people, article, image):
    taken_by("ines", article)
    at = timezone.now()
    put_right(article, by=people["editor"], kind="retraction", at=at)
    upheld(people=people, pictures=[image])
    tell_all()
    text, picture = RecalledCopy.objects.order_by("recall__at")
    assert recalls.remind_some(at=timezone.now() + 4 * DAY) == 2
    recalls.answer(picture, answer="put_right")
    text.refresh_from_db()
    assert not text.answered_at
    RecalledCopy.objects.filter(pk=picture.pk).update(answered_at=None, answer="")
    picture.refresh_from_db()
    recalls.answer(picture, answer="not_used")
    text.refresh_from_db()
    assert not text.answered_at
    # A copy that is gone is gone with its pictures.
    RecalledCopy.objects.filter(pk=picture.pk).update(answered_at=None, answer="")
    picture.refresh_from_db()
    recalls.answer(picture, answer="removed")
    text.refresh_from_db()
    assert text.answer == "removed"


def test_who_never_used_a_text_that_is_gone_has_answered_for_all_of_it(people, article, image):
    taken_by("ines", article)
    put_right(article, by=people["editor"], kind="retraction")
    upheld(people=people, pictures=[image])
    tell_all()
    upheld(article, people=people)
    picture = RecalledCopy.objects.get(recall__cause="picture")
    recalls.answer(picture, answer="not_used")
    assert not RecalledCopy.objects.open().exists()


def test_a_picture_that_is_shown_again_says_nothing_of_a_text_that_is_gone(people, article, image):
    taken_by("ines", article)
    complaint = upheld(people=people, pictures=[image])
    at = timezone.now()
    tell_all(at=at)
    found = Recall.objects.get()
    complaints.restore(complaint, reason="She agrees.", by=people["rights_manager"])
    assert said_of(found, at=timezone.now()).is_over
    upheld(article, people=people)
    said = said_of(found, at=timezone.now())
    assert (said.cause, said.is_over) == ("withholding", False)
    # They are asked once to take it down, and reminded of that once.
    tell_all(at=at)
    assert recalls.remind_some(at=at + 4 * DAY) == 1
