"""Letters to requesters: in their language, of one wording, with one link each, to one address."""

import re
import tomllib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from post_office.models import Email

from licensing import letter_samples, letter_texts, request_letters, request_links
from licensing.actions import desk, endings, grants, requests, settling
from licensing.letter_places import LETTERS, PLACES
from licensing.letter_texts import LANGUAGES
from licensing.letter_words import faults
from licensing.models import Grant, LetterWording, PermissionRequest, RequestLink
from licensing.rights.vocabulary import Use
from tests.factories.articles import house, make_live_article
from tests.factories.holders import letters_to
from tests.factories.requests import (
    REQUESTER,
    make_billed_request,
    make_granted_request,
    make_request,
    make_taken_request,
    send_quote,
)

DESK = "rights@house.example"
EVIL = "<script>alert(1)</script> {number} {{ 1|add:1 }}"
LINK = re.compile(r"/permissions/([-\w]{20,})/")


@pytest.fixture
def staff(people):
    ours = house()
    ours.rights_contact = DESK
    ours.save()
    person = people["rights_desk"]
    person.first_name, person.last_name = "Mara", "Quill"
    person.save()
    return person


def tokens(mail) -> set[str]:
    return set(LINK.findall(mail.message + mail.html_message))


# --- What is shipped --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_shipped_whole_in_every_language(settings, language):
    assert language in dict(settings.LANGUAGES)
    words = letter_texts.shipped_words(language)
    assert set(words["letters"]) == set(LETTERS)
    assert words["phrases"].keys() == letter_texts.shipped_words("en")["phrases"].keys()
    for name, letter in LETTERS.items():
        wording = letter_texts.shipped(name, language)
        assert not faults(wording.text, letter.places, letter.must_say), name
        assert not faults(wording.subject, letter.places, [letter.subject_says]), name
        shown = request_letters.rendered(
            wording, letter_samples.sample_values(name, language, house="The House Review")
        )
        assert not set(shown["text"] + shown["subject"]) & {"{", "}"}, name
        assert shown["direction"] == ("rtl" if language == "ar" else "ltr")


def test_the_house_may_speak_every_language_that_a_requester_may_choose(settings):
    assert {code for code, _name in settings.LANGUAGES} == set(LANGUAGES)


def test_every_place_is_explained_and_every_explanation_is_of_a_place():
    assert {place for letter in LETTERS.values() for place in letter.places} == set(PLACES)


def test_every_letter_says_in_each_language_something_of_its_own():
    for name in LETTERS:
        bodies = {letter_texts.shipped(name, language).text for language in LANGUAGES}
        assert len(bodies) == len(LANGUAGES), name
    for language in LANGUAGES:
        path = letter_texts.FOLDER / f"{language}.toml"
        texts = [entry["text"] for entry in tomllib.loads(path.read_text())["letters"].values()]
        assert len(set(texts)) == len(texts), language


# --- The way of a request ---------------------------------------------------------------------


def test_each_step_of_a_paid_licence_writes_its_letter_once(staff, people):
    ours = make_billed_request(people=people)
    settling.record_payment(
        ours,
        by=staff,
        amount=ours.accepted_quote.total,
        received_on=timezone.localdate(),
    )
    mails = letters_to(REQUESTER)
    said = [mail.subject.partition(": ")[2] for mail in mails]
    bill, grant = ours.invoices.get(), ours.grants.get()
    assert said == [
        "please confirm your address",
        "we have your request",
        "we are working on your request",
        "our quote",
        f"invoice {bill.number}",
        "your permission is granted",
    ]
    for mail in mails:
        assert mail.subject.startswith(ours.number)
        assert (mail.to, mail.cc, mail.bcc) == ([REQUESTER], [], [])
        assert mail.headers["Reply-To"] == DESK
        assert ours.requester_name in mail.message and ours.requester_name in mail.html_message
    assert "€150.00" in mails[3].message and "Licence" in mails[3].html_message
    assert f"/grants/{grant.number}/" in mails[-1].message
    told = [mail.subject for mail in letters_to(DESK)]
    assert [subject.partition(": ")[2].split(" by")[0] for subject in told] == [
        "a new request",
        f"{ours.requester} accepted the quote",
    ]
    assert ours.get_admin_url() in letters_to(DESK)[0].message


def test_every_letter_has_a_link_of_its_own_which_stands_in_the_mail_only(staff, people):
    asked = make_taken_request(people=people)
    found = [tokens(mail) for mail in letters_to(REQUESTER)]
    assert all(len(each) == 1 for each in found)
    assert len(set.union(*found)) == len(found) == RequestLink.objects.count()
    for (token,) in found:
        assert request_links.find(token).permission_request == asked
        assert not RequestLink.objects.filter(token_hash=token).exists()
    assert not [mail for mail in letters_to(DESK) if tokens(mail)]


def test_a_letter_that_was_written_is_not_written_again_and_makes_no_link(staff, people):
    asked = make_request(make_live_article(people=people))
    event = asked.events.first()
    before = (Email.objects.count(), RequestLink.objects.count())
    assert not request_letters.tell(asked, "received", at=event.at, event=event)
    request_letters.tell_desk(asked, "received", at=event.at, event=event)
    assert (Email.objects.count(), RequestLink.objects.count()) == before


def test_the_other_ends_of_a_request_are_told_too(staff, people):
    article = make_live_article(people=people)

    def taken():
        return make_taken_request(people=people, articles=[article])

    declined, referred, moved = taken(), taken(), taken()
    settling.decline(declined, by=staff, reason="The author does not agree.", code="author")
    settling.refer(
        referred,
        by=staff,
        holder_name="The Gazette",
        holder_contact="ask@gazette.example",
        text="They answer\x00 quickly.\u202e",
    )
    endings.transfer(moved, by=staff, reason="Sold.")
    desk.ask_back(taken(), by=staff, text="Which edition?")
    no, whom, goes_on, asks = (
        [mail for mail in letters_to(REQUESTER) if said in mail.subject][-1]
        for said in ("cannot give", "who can give", "new number", "a question")
    )
    assert "> The author does not agree.\n— Mara Quill" in no.message
    assert "The Gazette\nask@gazette.example\n\n> They answer quickly.\n" in whom.message
    assert moved.number in goes_on.message
    assert moved.followed_by.get().number in goes_on.subject
    assert "Which edition?" in asks.html_message


def test_a_licensee_is_told_what_becomes_of_the_licence(staff, people):
    asked = make_granted_request(people=people, use=Use.COMMERCIAL_WEB)
    first = asked.grants.get()
    later = first.valid_until + timedelta(days=100)
    longer = grants.extend(first, by=staff, valid_until=later, reason="Asked for.")
    grants.revoke(longer, by=people["rights_manager"], reason="Sold as a book.")
    extended, revoked = letters_to(REQUESTER)[-2:]
    assert longer.number in extended.message and f"{later:%Y}" in extended.message
    assert "Sold as a book." in revoked.message and longer.number in revoked.subject


def test_a_licence_that_never_counted_is_not_called_revoked(staff, people):
    requests.withdraw(make_billed_request(people=people))
    assert not [mail for mail in letters_to(REQUESTER) if "revoked" in mail.subject]
    assert "withdrawn" in letters_to(REQUESTER)[-1].subject


# --- Whose words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Bonjour"), ("de", "Guten Tag"), ("ar", "تحية")]
)
def test_a_requester_is_written_to_in_the_language_of_choice(staff, people, language, said):
    make_request(make_live_article(people=people), language=language)
    for mail in letters_to(REQUESTER):
        assert said in mail.message
        assert f'lang="{language}"' in mail.html_message
        assert ('dir="rtl"' in mail.html_message) == (language == "ar")
    assert "a new request" in letters_to(DESK)[0].subject


def test_the_newest_wording_of_the_house_is_used_and_an_empty_one_is_the_shipped_one(staff, people):
    article = make_live_article(people=people)
    ours = {"letter": "submitted", "language": "en"}
    for version, (subject, text) in enumerate(
        [("{number} first", "First {link}"), ("{number} hello", "Hello {requester}\n\n{link}")], 1
    ):
        LetterWording.objects.create(version=version, subject=subject, text=text, **ours)
    asked = make_request(article, confirmed=False)
    (mail,) = letters_to(REQUESTER)
    assert mail.subject == f"{asked.number} hello"
    assert mail.message.startswith(f"Hello {asked.requester_name}\n\nConfirm my address:\nhttp")
    LetterWording.objects.create(version=3, **ours)
    make_request(article, confirmed=False)
    assert "please confirm" in letters_to(REQUESTER)[-1].subject


def test_words_of_others_are_words_in_every_letter(staff, people):
    article = make_live_article(people=people, headline=f"Lamps {EVIL}")
    asked = make_taken_request(people=people, articles=[article], requester_name=f"Ines {EVIL}")
    desk.ask_back(asked, by=staff, text=f"{EVIL}\n\nAnd this?")
    requests.answer(asked, text=EVIL)
    send_quote(asked, by=staff, lines=[{"label": EVIL, "why": "", "amount": "150"}], text=EVIL)
    mails = letters_to(REQUESTER) + letters_to(DESK)
    assert len(mails) == 7
    for mail in mails:
        assert "<script>" not in mail.html_message
        assert "&lt;script&gt;" in mail.html_message
        assert "{{ 1|add:1 }}" in mail.message and "{number}" in mail.message
        assert len(mail.subject) <= 120 and "\n" not in mail.subject
        assert mail.subject.startswith(asked.number)


# --- Nobody to write to -----------------------------------------------------------------------


@pytest.mark.parametrize("address", ["a@b.example, c@d.example", '"a b"@c.example', ""])
def test_whoever_cannot_be_written_to_is_told_on_the_form(people, address):
    with pytest.raises(ValidationError) as refusal:
        make_request(make_live_article(people=people), requester_email=address)
    assert set(refusal.value.message_dict) == {"requester_email"}
    assert not PermissionRequest.objects.exists()


def test_a_request_without_an_address_moves_without_letters(staff, people):
    asked = make_request(make_live_article(people=people), by=staff, requester_email="")
    desk.review(asked, by=staff)
    settling.decline(asked, by=staff, reason="No.", code="use")
    assert asked.status == "declined"
    assert not RequestLink.objects.exists()
    assert {tuple(mail.to) for mail in Email.objects.all()} == {(DESK,)}


def test_who_was_forgotten_gets_no_letter(staff, people):
    asked = make_granted_request(people=people)
    now = timezone.now()
    PermissionRequest.objects.filter(pk=asked.pk).update(
        requester_name="", requester_email="", erased_at=now
    )
    before = Email.objects.count()
    grant = Grant.objects.get()
    grants.revoke(grant, by=people["rights_manager"], reason="Sold.")
    assert Email.objects.count() == before


def test_without_an_address_of_the_desk_requests_come_in_all_the_same(people):
    house()
    make_request(make_live_article(people=people))
    assert [mail.headers.get("Reply-To") for mail in letters_to(REQUESTER)] == [None, None]
