"""A rights holder answers on a secret link, once; anything else is refused in words."""

from datetime import timedelta
from functools import partial
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from licensing.actions import clearances
from licensing.models import Clearance, ClearanceEvent, ClearanceLink, ClearanceMessage
from tests.factories.articles import house, make_article, make_publication
from tests.factories.clearances import clear
from tests.factories.holders import HOLDER, letters_to, link_of, make_asked, secret_path
from tests.racing import race
from tests.reading import soup, words

DESK = "rights@house.example"
YES = {
    "answer": "grant",
    "grant-name": "Ines Roca, rights manager",
    "grant-covers": ["web"],
    "grant-passes_on": ["excerpt", "community_web"],
    "grant-conditions": ["acknowledge_source", "no_edits"],
    "grant-attribution": "By courtesy of the Gazette",
    "grant-confirmed": "on",
}
NO = {"answer": "refuse", "refuse-name": "Ines Roca"}
QUESTION = {"answer": "ask", "ask-name": "Ines Roca", "ask-text": "In which language?"}


@pytest.fixture
def desk(people):
    ours = house()
    ours.rights_contact = DESK
    ours.save()
    return people["rights_desk"]


@pytest.fixture
def asked(desk, people):
    """An article that we would like to carry; its publication has been written to."""
    article = make_article(
        by=people["editor"],
        headline="The last lamplighter",
        originating_publication=make_publication("The Gazette", rights_contact=HOLDER),
        original_url="https://gazette.example/lamplighter",
        cleared=False,
    )
    return make_asked(
        by=desk,
        article=article,
        publication=article.originating_publication,
        basis="permission",
        reference="",
        covers=["web", "newsletter"],
        passes_on=["community_web"],
    )


@pytest.fixture
def path(asked):
    return secret_path()


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Clearance, ClearanceEvent, ClearanceLink, ClearanceMessage)
    ] + [len(letters_to(DESK)), len(letters_to(HOLDER))]


def test_the_page_says_who_asks_for_what(client, path):
    said = words(client.get(path))
    for what in ("The House Review asks The Gazette", "The last lamplighter"):
        assert what in said
    assert "publication on our website" in said
    assert "Cross-post on a community site" in said
    page = soup(client.get(path))
    assert page.find("a", href="https://gazette.example/lamplighter")["rel"] == ["noreferrer"]


def test_what_is_asked_for_is_ticked_and_nothing_else(client, path):
    page = soup(client.get(path))
    ticked = {box["value"] for box in page.select("input[type=checkbox][checked]")}
    assert ticked == {"web", "newsletter", "community_web"}


def test_the_page_is_nobody_elses(client, path):
    for ask in (client.get, client.post):
        answer = ask(path)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
    page = soup(client.get(path))
    loaded = [tag.get("src") or tag.get("href") for tag in page.select("script, link, img")]
    assert not [address for address in loaded if "://" in address]


def test_to_look_changes_nothing(client, path):
    before = everything()
    for ask in (client.get, client.head, client.options):
        ask(path)
    assert everything() == before


def test_yes_is_recorded_as_it_was_given(client, asked, path):
    until = timezone.localdate() + timedelta(days=365)
    answer = client.post(path, {**YES, "grant-valid_until": until.isoformat()}, follow=True)
    assert answer.status_code == 200
    asked.refresh_from_db()
    assert asked.status == "granted"
    assert asked.covers == ["web"]
    assert asked.passes_on == ["excerpt", "community_web"]
    assert asked.conditions == ["acknowledge_source", "no_edits"]
    assert (asked.attribution, asked.valid_until) == ("By courtesy of the Gazette", until)
    event = asked.events.first()
    assert event.by is None
    assert "Ines Roca" in event.actor and HOLDER in event.actor
    said = words(answer)
    for what in ("your answer is recorded", "Granted", "on our website", "By courtesy of"):
        assert what in said
    assert "change nothing in the text" in said
    assert asked.history.first().covers == ["web"]


def test_conditions_that_we_asked_under_stay(client, asked, path):
    Clearance.objects.filter(pk=asked.pk).update(
        conditions=[{"kind": "print_run", "value": 500}, "link_original"]
    )
    client.post(path, YES)
    asked.refresh_from_db()
    assert {"kind": "print_run", "value": 500} in asked.conditions
    assert "link_original" not in asked.conditions


def test_no_is_recorded_with_and_without_a_reason(client, asked, path):
    answer = client.post(path, NO, follow=True)
    asked.refresh_from_db()
    assert asked.status == "refused"
    assert asked.events.first().reason == "No reason was given."
    assert "Refused" in words(answer)


def test_the_desk_is_told_of_each_answer(client, asked, path):
    client.post(path, QUESTION)
    client.post(path, {**NO, "refuse-reason": "It is sold already."})
    question, answer = letters_to(DESK)
    assert "In which language?" in question.message
    assert "It is sold already." in answer.message
    for mail in (question, answer):
        assert f"/admin/licensing/clearance/{asked.pk}/change/" in mail.message
        assert "/clearances/" not in mail.message


def test_a_question_is_shown_with_its_answer_and_leaves_the_link_open(client, asked, desk, path):
    assert client.post(path, QUESTION).status_code == 302
    assert "In which language?" in words(client.get(path))
    clearances.answer(asked, by=desk, text="In English alone.")
    fresh = secret_path()
    assert fresh != path
    assert "In English alone." in letters_to(HOLDER)[-1].message
    said = words(client.get(fresh))
    assert "In which language?" in said and "In English alone." in said
    assert desk.username not in said
    assert client.post(fresh, YES).status_code == 302
    assert "In English alone." in words(client.get(fresh))


# --- Refused in words, and nothing changes ----------------------------------------------------


def refused(client, path, data, status):
    before = everything()
    answer = client.post(path, data)
    assert answer.status_code == status
    assert everything() == before
    return words(answer)


def test_an_answer_is_given_once(client, path):
    client.post(path, YES)
    for again in (YES, NO, QUESTION):
        assert "your answer is recorded" in refused(client, path, again, 410)
    assert client.get(path).status_code == 200


def test_a_link_that_is_too_old_says_so(client, path):
    ClearanceLink.objects.update(expires_at=timezone.now())
    for data in (YES, NO, QUESTION):
        assert "takes no answer any more" in refused(client, path, data, 410)
    assert client.get(path).status_code == 410


def test_a_link_that_was_revoked_says_so(client, asked, desk, path):
    clearances.withdraw_links(asked, by=desk)
    for data in (YES, NO, QUESTION):
        assert "takes no answer any more" in refused(client, path, data, 410)


def test_a_link_that_was_altered_leads_nowhere(client, path):
    token = path.strip("/").rpartition("/")[2]
    altered = [token[:-1], token + "A", token.swapcase(), token[::-1], "x" * 43, "-", "A" * 5000]
    for made_up in altered:
        assert "nothing at this address" in refused(client, f"/clearances/{made_up}/", YES, 404)
        assert client.get(f"/clearances/{made_up}/").status_code == 404


def test_what_the_desk_settled_itself_is_not_answered_any_more(client, asked, desk, path):
    asked.reference = "Their letter of Monday"
    asked.save()
    clearances.grant(asked, by=desk)
    for data in (YES, NO, QUESTION):
        refused(client, path, data, 410)


def test_an_old_link_does_not_answer_a_new_request(client, asked, desk, path):
    client.post(path, NO)
    asked.refresh_from_db()
    clearances.reopen(asked, by=desk)
    clearances.request(asked, by=desk)
    refused(client, path, YES, 410)
    assert client.post(secret_path(), YES).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"grant-covers": []}, "Choose at least one"),
        ({"grant-covers": ["the moon"]}, "not one of the available choices"),
        ({"grant-passes_on": ["selling"]}, "not one of the available choices"),
        ({"grant-conditions": ["excerpt_words"]}, "not one of the available choices"),
        ({"grant-name": " "}, "required"),
        ({"grant-name": "x" * 121}, "at most 120"),
        ({"grant-name": "\u200b"}, "nothing to read"),
        ({"grant-confirmed": ""}, "Please confirm"),
        ({"grant-valid_until": "yesterday"}, "valid date"),
        ({"grant-valid_until": "2001-01-01"}, "has passed"),
        ({"grant-valid_until": "9999-01-01"}, "Please name a year"),
        ({"grant-attribution": "x" * 501}, "at most 500"),
        ({"grant-attribution": "two\nlines"}, "single line"),
    ],
)
def test_a_yes_that_makes_no_sense_is_refused_beside_the_field(client, path, wrong, said):
    assert said in refused(client, path, {**YES, **wrong}, 422)


@pytest.mark.parametrize("answer", ["", "revoke", "grant "])
def test_an_answer_that_is_none_is_refused(client, path, answer):
    refused(client, path, {**YES, "answer": answer}, 400)


def test_a_yes_that_somebody_else_has_alone_is_refused(client, people, asked, path):
    Clearance.objects.filter(pk=asked.pk).update(is_exclusive=True)
    clear(asked.article, by=people["rights_desk"], is_exclusive=True)
    assert "exclusive too" in refused(client, path, YES, 422)


def test_a_yes_to_what_is_forbidden_is_refused(client, asked, path):
    Clearance.objects.filter(pk=asked.pk).update(forbids=["excerpt"])
    assert "forbidden to everybody" in refused(client, path, YES, 422)


def test_nobody_asks_without_end(client, path):
    for _number in range(clearances.MOST_MESSAGES_A_DAY):
        assert client.post(path, QUESTION).status_code == 302
    assert "enough for one day" in refused(client, path, QUESTION, 422)
    assert client.post(path, YES).status_code == 302


def test_a_post_from_another_site_is_refused(path):
    stranger = Client(enforce_csrf_checks=True)
    before = everything()
    assert stranger.post(path, YES).status_code == 403
    assert everything() == before


def test_what_a_holder_typed_is_shown_as_typed(client, path):
    evil = "<script>alert(1)</script>"
    client.post(path, {**QUESTION, "ask-text": evil, "ask-name": evil})
    page = client.get(path)
    assert evil not in page.content.decode()
    assert evil in words(page)
    assert evil not in letters_to(DESK)[-1].html_message


def test_the_token_is_kept_nowhere_but_in_the_letter(path):
    token = path.strip("/").rpartition("/")[2]
    assert len(token) >= 43
    for model in (Clearance, ClearanceEvent, ClearanceLink, ClearanceMessage):
        assert token not in str(list(model.objects.values()))


def test_no_refusal_writes_the_secret_address_into_the_log(client, path, caplog):
    client.post(path, {**YES, "grant-confirmed": ""})
    client.post(path, NO)
    client.post(path, YES)
    token = path.strip("/").rpartition("/")[2]
    assert token not in caplog.text


# --- Two at once ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_many_who_answer_on_a_link_at_once_one_does(people):
    for _round in range(4):
        make_asked(by=people["rights_desk"])
        link = link_of(secret_path())
        terms = {"covers": ["web"]}
        runners = [
            partial(clearances.grant_by_link, link_of(secret_path()), name="A", terms=terms),
            partial(clearances.refuse_by_link, link_of(secret_path()), name="B"),
        ] * 3
        outcomes = race(runners)
        wins = [outcome for outcome in outcomes if isinstance(outcome, ClearanceEvent)]
        losses = [one for one in outcomes if isinstance(one, clearances.LinkIsClosed)]
        assert (len(wins), len(losses)) == (1, 5), outcomes
        link.clearance.refresh_from_db()
        assert link.clearance.status == wins[0].to_status
        assert link.clearance.events.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_holder_and_the_desk_do_not_both_settle_it(people):
    for _round in range(6):
        clearance = make_asked(by=people["rights_desk"])
        mine = Clearance.objects.get(pk=clearance.pk)
        outcomes = race(
            [
                partial(
                    clearances.grant_by_link,
                    link_of(secret_path()),
                    name="A",
                    terms={"covers": ["newsletter"]},
                ),
                partial(clearances.refuse, mine, by=people["rights_manager"], reason="Too dear."),
            ]
        )
        assert sum(isinstance(one, ClearanceEvent) for one in outcomes) == 1, outcomes
        clearance.refresh_from_db()
        by_holder = isinstance(outcomes[0], ClearanceEvent)
        assert clearance.status == ("granted" if by_holder else "refused")
        assert clearance.covers == (["newsletter"] if by_holder else ["web"])


# --- What is fixed as it is asked -------------------------------------------------------------


@pytest.fixture
def bounded(asked):
    """Asked for alone, from a day on, with a limit of copies and one use forbidden."""
    Clearance.objects.filter(pk=asked.pk).update(
        is_exclusive=True,
        valid_from=timezone.localdate() + timedelta(days=30),
        forbids=["ai_training"],
        conditions=[{"kind": "print_run", "value": 500}],
    )
    return asked


def test_a_holder_is_told_of_all_that_a_yes_would_mean(client, bounded, desk, path):
    bounded.refresh_from_db()
    clearances.answer(bounded, by=desk, text="As you wished.")
    clearances.remind(bounded, number=1, asked=timezone.now(), at=timezone.now())
    letter = letters_to(HOLDER)[-1]
    page = words(client.get(secret_path()))
    for said in (page, letter.message, letter.html_message):
        assert "nobody else may be given the same" in said
        assert "It counts from" in said
        assert "Train an AI" in said
        assert "500" in said


def test_a_yes_to_what_was_changed_after_the_page_was_shown_is_asked_for_anew(client, asked, path):
    shown = soup(client.get(path)).find("input", {"name": "grant-seen"})["value"]
    Clearance.objects.filter(pk=asked.pk).update(is_exclusive=True)
    answer = {**YES, "grant-seen": shown}
    assert "has changed since" in refused(client, path, answer, 422)
    page = soup(client.post(path, answer))
    fresh = page.find("input", {"name": "grant-seen"})["value"]
    assert "nobody else may be given the same" in words(page)
    assert client.post(path, {**YES, "grant-seen": fresh}).status_code == 302


def test_a_page_of_thanks_tells_what_was_given_then_and_not_what_was_given_later(
    client, asked, desk, people, path
):
    client.post(path, YES)
    asked.refresh_from_db()
    clearances.revoke(asked, by=people["rights_manager"], reason="A slip.")
    assert "Since then it has ended" in words(client.get(path))
    clearances.reopen(asked, by=desk)
    clearances.request(asked, by=desk)
    later = secret_path()
    client.post(later, {**YES, "grant-covers": ["print"]})
    assert "printed editions" in words(client.get(later))
    first = words(client.get(path))
    assert "your answer is recorded" in first
    assert "printed editions" not in first


def test_an_unknown_address_answers_like_any_other_that_leads_nowhere(client, path):
    made_up, nowhere = client.get("/clearances/" + "x" * 43 + "/"), client.get("/no-such-page/")
    assert made_up.content == nowhere.content
    assert made_up.headers == nowhere.headers


def test_whoever_waits_for_our_answer_is_told_so(client, path):
    assert "with us" not in words(client.get(path))
    client.post(path, QUESTION)
    assert "Your message is with us" in words(client.get(path))


@pytest.mark.parametrize("answer", [YES, NO, QUESTION])
@pytest.mark.parametrize("value", ["\x00", "\ud800", "x" * 100_000, "\u202eevil", "{{ x }}", "%s"])
def test_hostile_values_never_break_it(client, path, answer, value):
    for field in answer:
        hostile = {**answer, field: value.encode("utf-8", "surrogatepass")}
        # Django's client would send bytes one by one, as so many numbers.
        sent = urlencode(hostile, doseq=True)
        answered = client.post(path, sent, content_type="application/x-www-form-urlencoded")
        assert answered.status_code in (302, 400, 410, 422)
    assert client.get(path).status_code in (200, 410)


def test_a_box_that_is_sent_many_times_is_ticked_once(client, asked, path):
    client.post(path, {**YES, "grant-covers": ["web"] * 900})
    asked.refresh_from_db()
    assert asked.covers == ["web"]
