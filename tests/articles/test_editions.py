"""A PDF is typeset once for each thing it says; whatever fails, the next reader is served."""

import threading
import time
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from articles import darkroom, editions
from articles.models import Article, Correction, PdfEdition
from articles.pages import article_page, loaded
from articles.printing.typeset import Typeset, TypesettingError
from cms.sitepolicy.actions import write_version
from tests.factories.articles import make_author, make_image, make_live_article
from tests.factories.headings import make_region
from tests.factories.whole import make_whole_article, write_house_texts
from tests.reading import printed, reader

URL = "https://news.example/articles/tide-tables/"


class Press:
    """A press that counts what it prints; ``faults`` is how often it jams first."""

    def __init__(self, *, seconds=0.0, faults=0):
        self.printed = []
        self.seconds = seconds
        self.faults = faults

    def __call__(self, document, more_fonts=()):
        time.sleep(self.seconds)
        if self.faults:
            self.faults -= 1
            raise TypesettingError("jammed")
        self.printed.append(document)
        return Typeset(b"%PDF-1.7 " + str(len(self.printed)).encode(), True, ("a remark",))


@pytest.fixture
def press(monkeypatch):
    press = Press()
    monkeypatch.setattr(editions, "typeset", press)
    return press


def page_of(article, **when):
    return article_page(loaded(Article.objects.all()).get(pk=article.pk), **when)


def pdf(article, **when):
    with editions.pdf(page_of(article, **when), url=URL) as file:
        return file.read()


def test_what_has_not_changed_is_typeset_once(people, press):
    article = make_whole_article(people)
    assert pdf(article) == pdf(article) == b"%PDF-1.7 1"
    assert len(press.printed) == 1
    assert PdfEdition.objects.get().warnings == ["a remark"]


def a_new_body(article):
    Article.objects.filter(pk=article.pk).update(body="<p>Other words.</p>")


def a_new_headline(article):
    Article.objects.filter(pk=article.pk).update(headline="Another headline")


def a_new_house_text(article):
    write_version(kind="disclaimer", language="en", text="<p>Nobody answers.</p>")


def a_new_picture(article):
    image = make_image(developed=True)
    Article.objects.filter(pk=article.pk).update(featured_image=image)


def new_credits_of_the_picture(article):
    image = article.featured_image
    image.copyright_notice = "© 2021 Cora Dunn"
    image.save()
    darkroom.develop(image)


def a_new_biography(article):
    author = article.bylines.first().author
    author.bio = "<p>Ada Brook sails again.</p>"
    author.save()


def a_new_name(article):
    author = article.bylines.first().author
    author.name = "Ada Stream"
    author.save()


def a_correction(article):
    Correction.objects.create(article=article, text="It was May.", kind="correction")


def a_region(article):
    article.regions.add(make_region("Shetland"))


def the_end_of_a_pictures_time(article):
    image = article.featured_image
    image.use_until = timezone.now() - timedelta(minutes=1)
    image.save()


@pytest.mark.parametrize(
    "change",
    [
        a_new_body,
        a_new_headline,
        a_new_house_text,
        a_new_picture,
        new_credits_of_the_picture,
        a_new_biography,
        a_new_name,
        a_correction,
        a_region,
        the_end_of_a_pictures_time,
    ],
)
def test_what_is_printed_differently_is_typeset_anew(people, press, change):
    article = make_whole_article(people)
    first = pdf(article)
    change(article)
    assert pdf(article) != first
    assert len(press.printed) == 2


def time_passing(article):
    pass


def an_editorial_note(article):
    Article.objects.filter(pk=article.pk).update(editorial_note="Call Ada.")


def a_save_without_a_change(article):
    article.refresh_from_db()
    article.updated_at = timezone.now()
    article.save()


def another_article_by_the_same_hand(article):
    make_author()


def a_house_text_in_another_language(article):
    write_version(kind="disclaimer", language="fr", text="<p>Personne.</p>")


def a_house_text_for_next_year(article):
    write_version(
        kind="disclaimer",
        language="en",
        text="<p>Later.</p>",
        valid_from=timezone.now() + timedelta(days=365),
    )


@pytest.mark.parametrize(
    "change",
    [
        time_passing,
        an_editorial_note,
        a_save_without_a_change,
        another_article_by_the_same_hand,
        a_house_text_in_another_language,
        a_house_text_for_next_year,
    ],
)
def test_what_is_not_printed_makes_no_new_edition(people, press, time_machine, change):
    time_machine.move_to(timezone.now(), tick=False)
    article = make_whole_article(people)
    pdf(article)
    change(article)
    time_machine.shift(timedelta(days=2))
    pdf(article)
    assert len(press.printed) == 1


def test_an_edition_that_is_out_of_date_goes_with_its_file(people, press):
    article = make_whole_article(people)
    pdf(article)
    former = PdfEdition.objects.get().file.name
    a_new_body(article)
    pdf(article)
    edition = PdfEdition.objects.get()
    assert edition.file.name != former
    assert not default_storage.exists(former)
    assert default_storage.exists(edition.file.name)


def test_an_edition_of_one_article_leaves_those_of_others_alone(people, press):
    one, other = make_live_article(people=people), make_live_article(people=people)
    pdf(one)
    pdf(other)
    a_new_body(one)
    pdf(one)
    assert PdfEdition.objects.filter(article=other).exists()
    assert len(press.printed) == 3


def test_a_text_that_returns_to_what_it_said_is_typeset_again(people, press):
    article = make_live_article(people=people)
    before = article.body
    pdf(article)
    a_new_body(article)
    pdf(article)
    Article.objects.filter(pk=article.pk).update(body=before)
    pdf(article)
    assert len(press.printed) == 3
    assert PdfEdition.objects.count() == 1


def test_a_file_that_was_lost_is_made_again(people, press):
    article = make_live_article(people=people)
    pdf(article)
    default_storage.delete(PdfEdition.objects.get().file.name)
    assert pdf(article) == b"%PDF-1.7 2"
    assert pdf(article) == b"%PDF-1.7 2"
    assert PdfEdition.objects.count() == 1


def test_a_claim_nobody_works_on_any_more_is_taken_over(people, press, monkeypatch):
    article = make_live_article(people=people)
    pdf(article)
    long_ago = timezone.now() - editions.CLAIM_LASTS - timedelta(seconds=1)
    PdfEdition.objects.update(file="", claimed_at=long_ago)
    assert pdf(article) == b"%PDF-1.7 2"
    assert PdfEdition.objects.get().claimed_at > long_ago


def test_who_saw_an_abandoned_claim_that_another_took_meanwhile_leaves_it_to_them(
    people, press, monkeypatch
):
    article = make_live_article(people=people)
    pdf(article)
    long_ago = timezone.now() - editions.CLAIM_LASTS - timedelta(seconds=1)
    PdfEdition.objects.update(file="", claimed_at=long_ago)
    stale = PdfEdition.objects.get()
    PdfEdition.objects.update(claimed_at=timezone.now())
    monkeypatch.setattr(
        type(PdfEdition.objects), "get_or_create", lambda *args, **row: (stale, False)
    )
    monkeypatch.setattr(editions, "PATIENCE", 0)
    with pytest.raises(editions.NobodyFinishesIt):
        pdf(article)
    assert len(press.printed) == 1


def test_a_claim_somebody_works_on_is_waited_for_with_limited_patience(people, press, monkeypatch):
    monkeypatch.setattr(editions, "PATIENCE", 0.3)
    article = make_live_article(people=people)
    pdf(article)
    PdfEdition.objects.update(file="", claimed_at=timezone.now())
    with pytest.raises(editions.NobodyFinishesIt):
        pdf(article)
    assert len(press.printed) == 1


def test_a_press_that_jams_gives_the_work_back(people, press):
    press.faults = 1
    article = make_live_article(people=people)
    with pytest.raises(TypesettingError):
        pdf(article)
    assert not PdfEdition.objects.exists()
    assert pdf(article) == b"%PDF-1.7 1"


def test_a_jam_in_mending_a_lost_file_gives_the_work_back_too(people, press):
    article = make_live_article(people=people)
    pdf(article)
    default_storage.delete(PdfEdition.objects.get().file.name)
    press.faults = 1
    with pytest.raises(TypesettingError):
        pdf(article)
    assert pdf(article) == b"%PDF-1.7 2"


def test_a_picture_that_was_lost_gives_the_work_back(people, press, monkeypatch):
    def lost(image):
        raise FileNotFoundError(image)

    article = make_whole_article(people)
    with monkeypatch.context() as patch, pytest.raises(FileNotFoundError):
        patch.setattr(editions, "print_copy", lost)
        pdf(article)
    assert pdf(article) == b"%PDF-1.7 1"


def test_a_full_disk_gives_the_work_back(people, press, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("No space left on device")

    article = make_live_article(people=people)
    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(default_storage, "save", full)
        pdf(article)
    assert pdf(article).startswith(b"%PDF")


def test_one_who_fails_late_does_not_take_the_work_from_who_took_over(people, press, monkeypatch):
    article = make_live_article(people=people)

    def jammed_after_another_took_over(document, more_fonts=()):
        PdfEdition.objects.update(claimed_at=timezone.now() + timedelta(seconds=1))
        raise TypesettingError("jammed")

    monkeypatch.setattr(editions, "typeset", jammed_after_another_took_over)
    with pytest.raises(TypesettingError):
        pdf(article)
    assert PdfEdition.objects.exists()


def at_once(*acts):
    """What each of ``acts`` returns, all begun together, each in a thread of its own."""
    ready, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        ready.wait()
        try:
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_the_same_pdf_and_it_is_typeset_once(people, press):
    press.seconds = 0.5
    article = make_live_article(people=people)
    assert at_once(*[lambda: pdf(article)] * 4) == [b"%PDF-1.7 1"] * 4
    assert len(press.printed) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_find_an_abandoned_claim_one_takes_it(people, press):
    article = make_live_article(people=people)
    pdf(article)
    long_ago = timezone.now() - editions.CLAIM_LASTS - timedelta(seconds=1)
    PdfEdition.objects.update(file="", claimed_at=long_ago)
    press.seconds = 0.5
    assert at_once(*[lambda: pdf(article)] * 3) == [b"%PDF-1.7 2"] * 3
    assert len(press.printed) == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_of_a_jammed_press_the_second_is_served(people, press):
    press.seconds, press.faults = 0.3, 1
    article = make_live_article(people=people)
    results = at_once(*[lambda: pdf(article)] * 2)
    assert {type(result) for result in results} == {TypesettingError, bytes}


def test_the_file_says_who_owns_it_and_where_it_comes_from_on_every_page(client, people):
    write_house_texts()
    article = make_whole_article(people, body="<p>The tide was late again.</p>" * 120)
    response = client.get(f"{article.get_absolute_url()}article.pdf")
    file = reader(response)
    url = f"http://testserver{article.get_absolute_url()}"
    assert len(file.pages) > 1
    assert file.metadata.title == "Who Keeps the Tide Tables"
    assert file.metadata.author == "Ada Brook, Ben Cole"
    assert file.metadata.creation_date.year == 2021
    xmp = file.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "Copyright © Ada Brook, Ben Cole, The House Review, 2019" in xmp
    for number, page in enumerate(file.pages, start=1):
        text = page.extract_text()
        assert url in text
        assert f"Page {number} of {len(file.pages)}" in text
    assert "The tide was late again." in printed(file)
