"""Letters about clearances: one recipient, plain words, a link for holders alone, each once."""

import re

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from licensing import letters
from licensing.actions import clearances
from tests.factories.articles import house, make_article, make_publication
from tests.factories.clearances import clear, make_clearance
from tests.factories.holders import HOLDER, letters_to, link_of, make_asked, secret_path

DESK = "rights@house.example"
EVIL = "<script>alert(1)</script> {{ 1|add:1 }} {% now 'Y' %}"


@pytest.fixture
def desk(people):
    ours = house()
    ours.rights_contact = DESK
    ours.save()
    people["rights_desk"].first_name, people["rights_desk"].last_name = "Mara", "Quill"
    people["rights_desk"].save()
    return people["rights_desk"]


@pytest.fixture
def article(people):
    return make_article(
        by=people["editor"],
        headline=f"The last lamplighter {EVIL}",
        originating_publication=make_publication("The Gazette", rights_contact=HOLDER),
        original_url="https://gazette.example/lamplighter",
        cleared=False,
    )


def asked_for(article, desk, **fields):
    values = {"article": article, "basis": "permission", "covers": ["web"], "reference": ""}
    return make_asked(by=desk, **{**values, **fields})


def test_a_request_says_who_asks_whom_for_what_and_where_to_answer(desk, article):
    clearance = make_clearance(
        by=desk, grant=False, article=article, basis="permission", passes_on=["excerpt"]
    )
    clearances.request(clearance, by=desk, message="We met at the fair.")
    (mail,) = letters_to(HOLDER)
    for said in (mail.message, mail.html_message):
        for what in (
            "The House Review",
            "The Gazette",
            "The last lamplighter",
            "https://gazette.example/lamplighter",
            "publication on our website",
            "Quote an excerpt",
            "We met at the fair.",
            "Mara Quill",
            secret_path(),
        ):
            assert what in said, what
    assert mail.headers["Reply-To"] == DESK
    assert mail.headers["Auto-Submitted"]
    assert (mail.cc, mail.bcc) == ([], [])


def test_a_letter_speaks_the_language_of_the_site_whatever_the_desk_is_read_in(desk, article):
    with translation.override("fr"):
        asked_for(article, desk)
    (letter,) = letters_to(HOLDER)
    assert date_format(link_of(secret_path()).expires_at) in letter.message


def test_words_of_others_are_words_in_every_letter(desk, article):
    asked_for(article, desk)
    clearances.ask_by_link(link_of(secret_path()), name=EVIL, text=EVIL)
    clearances.refuse_by_link(link_of(secret_path()), name=EVIL, reason=EVIL)
    mails = letters_to(HOLDER) + letters_to(DESK)
    assert len(mails) == 3
    for mail in mails:
        assert "<script>" not in mail.html_message
        assert "{{ 1|add:1 }}" in mail.message
        assert "&lt;script&gt;" in mail.html_message
        assert len(mail.subject) <= 120
        assert "\n" not in mail.subject


def test_a_letter_to_the_desk_holds_no_secret_link(desk, article):
    clearance = asked_for(article, desk)
    clearances.ask_by_link(link_of(secret_path()), name="Ines", text="Why?")
    clearances.grant_by_link(link_of(secret_path()), name="Ines", terms={"covers": ["web"]})
    letters.warn(clearance, days=30, left=20, at=timezone.now())
    assert len(letters_to(DESK)) == 3
    for mail in letters_to(DESK):
        assert not re.search(r"/clearances/[-\w]+/", mail.message + mail.html_message)
        assert f"/admin/licensing/clearance/{clearance.pk}/change/" in mail.message


def test_each_link_stands_in_one_letter(desk, article):
    clearance = asked_for(article, desk)
    clearances.answer(clearance, by=desk, text="Yes, of course.")
    found = [re.findall(r"/clearances/[-\w]+/", mail.message) for mail in letters_to(HOLDER)]
    assert all(len(set(each)) == 1 for each in found)
    assert len({each[0] for each in found}) == 2


def test_a_standing_agreement_names_the_newest_articles_it_is_about(people, desk):
    publication = make_publication("The Gazette", rights_contact=HOLDER)
    make_asked(by=desk, publication=publication, covers=["web"])
    (mail,) = letters_to(HOLDER)
    assert "The Gazette" in mail.message


def test_whoever_answers_is_written_to_where_the_request_went(people, desk, article):
    """A contact that changes later does not move the link that was sent before."""
    asked_for(article, desk)
    article.originating_publication.rights_contact = "other@gazette.example"
    article.originating_publication.save()
    event = clearances.refuse_by_link(link_of(secret_path()), name="Ines")
    assert HOLDER in event.who


@pytest.mark.parametrize(
    "contact", ["a@b.example, c@d.example", "Ines <a@b.example>", '"a b"@c.example', "nobody"]
)
def test_a_contact_that_is_not_one_plain_address_is_no_contact(contact):
    assert not letters.can_be_sent_to(contact)


def test_without_an_address_of_the_desk_an_answer_is_recorded_all_the_same(people, article):
    house()
    clearance = asked_for(article, people["rights_desk"])
    clearances.grant_by_link(link_of(secret_path()), name="Ines", terms={"covers": ["web"]})
    clearance.refresh_from_db()
    assert clearance.status == "granted"


def test_a_move_that_fails_takes_its_letters_back(people, desk, article, monkeypatch):
    asked_for(article, desk, is_exclusive=True)
    path = secret_path()
    clear(article, by=desk, is_exclusive=True)
    before = len(letters_to(DESK))
    with pytest.raises(clearances.MoveNotAllowed):
        clearances.grant_by_link(link_of(path), name="Ines", terms={"covers": ["web"]})
    assert len(letters_to(DESK)) == before
    assert link_of(path).answered_at is None
