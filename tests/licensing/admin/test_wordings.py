"""The desk of letters: every letter is seen, worded anew by managers, and never rewritten."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import escape

from cms.workflows.actions import NotYours
from licensing import letter_texts
from licensing.actions.wordings import WordedMeanwhile, write_wording
from licensing.letter_places import LETTERS
from licensing.models import LetterWording

pytestmark = pytest.mark.django_db
LIST = "/admin/licensing/letterwording/"
ADD = f"{LIST}add/"
OURS = {"letter": "decline", "language": "en"}
WORDS = {"subject": "{number}: no", "text": "Dear {requester},\n\n{reason}\n\n{link}"}


@pytest.fixture
def manager(people, client):
    client.force_login(people["rights_manager"])
    return people["rights_manager"]


def post(client, button="_save", **typed):
    return client.post(ADD, {**OURS, **WORDS, "seen": 0, button: "1", **typed})


def test_every_letter_stands_in_the_list_in_every_language(manager, client):
    page = client.get(LIST).content.decode()
    for letter in LETTERS.values():
        assert str(letter.title) in page and str(escape(str(letter.when))) in page
        for language in letter_texts.LANGUAGES:
            assert f"{LIST}letters/{letter.name}/{language}/" in page
    assert page.count("As shipped") == len(LETTERS) * len(letter_texts.LANGUAGES)


def test_a_letter_is_shown_as_it_goes_out(people, client):
    client.force_login(people["rights_desk"])
    page = client.get(f"{LIST}letters/quote/ar/")
    shown = page.context["shown"]
    assert shown["direction"] == "rtl" and "Ines Roca" in shown["text"]
    assert 'srcdoc="&lt;!doctype html&gt;' in page.content.decode()
    assert "Word it another way" not in page.content.decode()
    for lost in ("letters/quote/xx/", "letters/nothing/en/", "999999999999999999999/change/"):
        assert client.get(f"{LIST}{lost}").status_code == 404


def test_saving_writes_the_next_version_and_letters_go_out_in_it(manager, client):
    answer = post(client)
    assert answer.status_code == 302
    assert answer["Location"] == f"{LIST}letters/decline/en/"
    post(client, subject="{number}: sorry", seen=1)
    rows = list(LetterWording.objects.order_by("version").values_list("version", "created_by"))
    assert rows == [(1, manager.pk), (2, manager.pk)]
    assert letter_texts.in_force("decline", "en").subject == "{number}: sorry"
    assert LogEntry.objects.count() == 2
    first = LetterWording.objects.get(version=1)
    page = client.get(reverse("admin:licensing_letterwording_change", args=[first.pk]))
    assert "{number}: no" in page.content.decode()
    begun = client.get(ADD, {**OURS, "follow": first.pk}).context["form"].initial
    assert (begun["subject"], begun["seen"]) == ("{number}: no", 2)


def test_a_preview_shows_what_was_typed_and_writes_nothing(manager, client):
    page = post(client, "_preview", text="Hello <b>{requester}</b>\n\n{reason} {link}")
    assert page.context["shown"]["text"].startswith("Hello <b>Ines Roca</b>")
    assert "&lt;b&gt;" in page.context["shown"]["html"]
    assert page.context["form"]["text"].value().startswith("Hello")
    assert not LetterWording.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": "{nobody} {reason}"}, "There is no place {nobody}"),
        ({"text": "{reason} {link} {"}, "A brace stands alone"),
        ({"text": "Just no."}, "It must say {reason}"),
        ({"subject": "No"}, "It must say {number}"),
        ({"subject": "{number}: \u202eno"}, "invisible control character"),
        ({"text": "a\x00b {reason}"}, "Null characters are not allowed"),
        ({"text": "{reason} " + "x" * 1_000_000}, "at most 5000 characters"),
        ({"text": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_used_comes_back_with_a_sentence_and_loses_nothing(
    manager, client, typed, said
):
    page = post(client, **typed)
    assert page.status_code == 200
    assert said in " ".join(
        sentence for sentences in page.context["form"].errors.values() for sentence in sentences
    )
    for name, value in typed.items():
        assert page.context["form"][name].value() == value
    assert not LetterWording.objects.exists()


def test_of_two_who_word_it_at_once_the_second_is_told(manager, client):
    post(client)
    page = post(client, text="Mine. {reason}")
    assert "Somebody else has written another version" in page.content.decode()
    assert page.context["form"]["text"].value() == "Mine. {reason}"
    assert LetterWording.objects.count() == 1


def test_the_shipped_wording_comes_back_as_a_version_of_its_own(manager, client):
    post(client)
    post(client, "_shipped", seen=1, text="")
    row = LetterWording.objects.order_by("version").last()
    assert (row.version, row.subject, row.text) == (2, "", "")
    standing = letter_texts.in_force("decline", "en")
    assert standing.text == letter_texts.shipped("decline", "en").text
    assert "the shipped wording again" in client.get(f"{LIST}letters/decline/en/").content.decode()


@pytest.mark.parametrize("typed", [{}, {"letter": "nothing"}, {"language": "xx"}])
def test_where_no_letter_is_named_the_list_offers_them(manager, client, typed):
    for answer in (client.get(ADD, typed), client.post(ADD, typed)):
        assert answer.status_code == 200
        assert "letters/decline/en/" in answer.content.decode()


def test_the_verb_itself_asks_who_writes_and_what(people):
    with pytest.raises(NotYours):
        write_wording(**OURS, **WORDS, by=people["rights_desk"])
    with pytest.raises(ValidationError):
        write_wording(**OURS, subject="{number}", text="Nothing.", by=people["rights_manager"])
    with pytest.raises(WordedMeanwhile):
        write_wording(**OURS, **WORDS, by=people["rights_manager"], seen=3)
    assert not LetterWording.objects.exists()
