"""Requesters follow, change and answer on a secret link, as far as it is; all else is refused."""

from datetime import timedelta
from functools import partial
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import actions as editing
from licensing import request_links
from licensing.actions import desk, endings, requests, settling
from licensing.actions import erasure as erasing
from licensing.models import Crosspost, PermissionRequest, RequestStatus
from licensing.request_forms import ACTS, DECLARE
from licensing.rights.particulars import Particulars
from licensing.rights.vocabulary import Use
from tests.browsing import HOSTILE, page_of, standing
from tests.factories.articles import house, make_live_article
from tests.factories.holders import letters_to
from tests.factories.requests import (
    make_billed_request,
    make_granted_request,
    make_request,
    make_taken_request,
    send_quote,
)
from tests.racing import race
from tests.reading import body_of, soup, words

DESK = "rights@house.example"
PROOF = b"%PDF-1.7 a proof"


@pytest.fixture
def article(people):
    ours = house()
    ours.rights_contact = DESK
    ours.save()
    return make_live_article(people=people, headline="The last lamplighter", slug="lamplighter")


@pytest.fixture
def asked(article):
    """A request that is with us, and not looked at."""
    return make_request(article, purpose="Beside an essay.")


@pytest.fixture
def quoted(people, article):
    row = make_taken_request(people=people, articles=[article])
    send_quote(row, by=people["rights_desk"], text="For the first edition.")
    return row


def link_to(row: PermissionRequest, **late) -> str:
    """The address of a fresh link; one that was made earlier with ``days=``."""
    made_at = timezone.now() - timedelta(**late)
    _link, token = request_links.make(row, at=made_at)
    return reverse("licensing:permission", args=[token])


def sent(page, act: str, **typed) -> dict:
    """The form of that act as it stands on the page, then ``typed`` over it."""
    field = page_of(page).select_one(f'[name=act][value="{act}"]')
    assert field, f"no way to {act} on this page"
    return standing(field.find_parent("form")) | {
        f"{act}-{name}": value for name, value in typed.items()
    }


def do(client, path: str, act: str, **typed):
    return client.post(path, sent(client.get(path), act, **typed))


def upload(content=PROOF, name="proof.pdf"):
    return SimpleUploadedFile(name, content)


def stage(page) -> str:
    """The stage that is marked, and how."""
    marked = page_of(page).select_one(".stages .is-here, .stages .is-ended")
    return f"{marked['class'][0]} {words(marked.select_one('.way-label'))}" if marked else ""


# --- In each state ----------------------------------------------------------------------------


def in_state(status: str, *, people, article) -> PermissionRequest:
    """A request as far as that, taken there by the verbs."""
    if status in (RequestStatus.HELD, RequestStatus.RECEIVED):
        return make_request(article, confirmed=status == RequestStatus.RECEIVED)
    if status == RequestStatus.AWAITING_PAYMENT:
        return make_billed_request(people=people, articles=[article])
    if status == RequestStatus.GRANTED:
        return make_granted_request(people=people, articles=[article])
    row = make_taken_request(people=people, articles=[article])
    ways = {
        RequestStatus.AWAITING_REQUESTER: [ask_back],
        RequestStatus.QUOTED: [send_quote],
        RequestStatus.DECLINED: [decline],
        RequestStatus.REFERRED: [refer],
        RequestStatus.WITHDRAWN: [requests.withdraw],
        RequestStatus.LAPSED: [ask_back, endings.lapse],
        RequestStatus.CLOSED: [decline, endings.close],
    }
    for go in ways.get(status, ()):
        is_unattended = go in (requests.withdraw, endings.lapse)
        go(row, by=None if is_unattended else people["rights_desk"])
    return row


def ask_back(row, *, by):
    desk.ask_back(row, by=by, text="Which pages?")


def decline(row, *, by):
    settling.decline(row, by=by, reason="The author does not want it.", code="author")


def refer(row, *, by):
    settling.refer(row, by=by, holder_name="The Gazette", holder_contact="r@gazette.example")


SAYS = {
    RequestStatus.HELD: ("is-here Confirmation", "Please confirm your request"),
    RequestStatus.RECEIVED: ("is-here A look at it", "You have our answer by"),
    RequestStatus.IN_REVIEW: ("is-here A look at it", "We are looking at your request"),
    RequestStatus.AWAITING_REQUESTER: ("is-here A look at it", "Which pages?"),
    RequestStatus.QUOTED: ("is-here Our answer", "Accept for €150.00"),
    RequestStatus.AWAITING_PAYMENT: ("is-here Payment", "Please pay the invoice"),
    RequestStatus.GRANTED: ("", "You have our permission"),
    RequestStatus.DECLINED: ("is-ended Our answer: it ended here", "The author does not want it."),
    RequestStatus.REFERRED: ("is-ended Our answer: it ended here", "r@gazette.example"),
    RequestStatus.WITHDRAWN: ("is-ended A look at it: it ended here", "You owe nothing"),
    RequestStatus.LAPSED: ("is-ended A look at it: it ended here", "Ask once more"),
    RequestStatus.CLOSED: ("is-ended Our answer: it ended here", "the record stays"),
}


@pytest.mark.parametrize("status", SAYS)
def test_it_says_how_far_it_is_and_offers_what_can_be_done(client, people, article, status):
    row = in_state(status, people=people, article=article)
    assert row.status == status
    page = client.get(link_to(row))
    marked, said = SAYS[status]
    assert (stage(page), said in words(page)) == (marked, True), words(page)
    assert row.number in words(page) and "The last lamplighter" in words(page)
    offered = {field["value"] for field in page_of(page).select("[name=act]")}
    # What is printed has no address to tell.
    assert offered == set(ACTS[status]) - {DECLARE}
    everybody = [person.get_full_name() or person.username for person in people.values()]
    assert not [name for name in everybody if name in words(page)]


def test_every_state_offers_something_or_nothing_on_purpose():
    assert set(ACTS) == set(RequestStatus)
    assert set(SAYS) == set(RequestStatus) - {RequestStatus.ACCEPTED}


def test_the_page_is_kept_by_nobody_and_found_by_nobody(client, asked):
    page = client.get(link_to(asked))
    assert "no-store" in page["Cache-Control"] and "private" in page["Cache-Control"]
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")


def test_notes_among_colleagues_never_show(client, people, asked):
    desk.add_note(asked, by=people["rights_desk"], text="A difficult customer.")
    assert "difficult" not in words(client.get(link_to(asked)))


def test_an_article_that_went_loses_its_name(client, people, article, asked):
    editing.withdraw(article, by=people["managing_editor"], reason="A mistake.")
    page = client.get(link_to(asked))
    assert "lamplighter" not in body_of(page).decode()
    assert "not public any more" in words(page)


# --- The link ---------------------------------------------------------------------------------


def test_a_wrong_link_is_not_found_and_one_that_ended_is_gone(client, asked):
    path = link_to(asked)
    wrong = [path[:-2] + ("A/" if path[-2] != "A" else "B/"), "/permissions/x/", path + "x/"]
    for address in (*wrong, f"/permissions/{'x' * 3000}/", "/permissions/%00/"):
        assert client.get(address).status_code == client.post(address).status_code == 404
    old = link_to(asked, days=401)
    assert client.get(old).status_code == client.post(old, {"act": "withdraw"}).status_code == 410
    request_links.revoke(asked, at=timezone.now())
    page = client.get(path)
    assert page.status_code == 410 and DESK in words(page)
    assert asked.number not in words(page) and "Ines" not in words(page)
    assert page["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_page_speaks_the_language_of_the_letters(client, article, language):
    asked = make_request(article, language=language)
    late = link_to(asked, days=401)
    for address in (link_to(asked), late):
        response = client.get(address, HTTP_ACCEPT_LANGUAGE="de")
        assert soup(response).html["lang"] == response["Content-Language"] == language
        assert soup(response).select("nav.tongues") == []
    requests.withdraw(asked)
    erasing.erase(PermissionRequest.objects.get(), at=timezone.now())
    # Who was forgotten cannot be told from whose link has ended.
    assert soup(client.get(link_to(asked))).html["lang"] == language


def test_who_was_forgotten_has_no_page(client, asked):
    path = link_to(asked)
    requests.withdraw(asked)
    asked = PermissionRequest.objects.get()
    erasing.erase(asked, at=timezone.now())
    assert client.get(path).status_code == client.post(path).status_code == 410


def test_looking_changes_nothing_and_other_methods_are_refused(client, article):
    row = make_request(article, confirmed=False)
    path = link_to(row)
    assert client.head(path).status_code == client.options(path).status_code == 200
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        assert client.generic(method, path).status_code == 405
    assert client.get(path, {"act": "confirm"}).status_code == 200
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(path, {"act": "confirm"}).status_code == 403
    row.refresh_from_db()
    assert row.status == "held"


# --- What is done there -----------------------------------------------------------------------


def test_confirming_twice_is_confirming_once(client, people, article):
    row = make_request(article, confirmed=False)
    path = link_to(row)
    form = sent(client.get(path), "confirm")
    assert client.post(path, form)["Location"] == path
    desk.review(PermissionRequest.objects.get(), by=people["rights_desk"])
    assert client.post(path, form)["Location"] == path
    row.refresh_from_db()
    assert (row.status, row.events.filter(move="confirm").count()) == ("in_review", 1)


def test_a_correction_stands_on_record_and_the_desk_is_told(client, asked):
    path = link_to(asked)
    before = len(letters_to(DESK))
    answer = do(client, path, "correct", asked_edition="Second", purpose="Beside two essays.")
    page = words(client.get(answer["Location"]))
    assert "Your correction is recorded" in page
    assert "nothing → Second" in page and "Beside an essay. → Beside two essays." in page
    asked.refresh_from_db()
    assert (asked.particulars["edition"], asked.purpose) == ("Second", "Beside two essays.")
    assert len(letters_to(DESK)) == before + 1
    assert "nothing → Second" in letters_to(DESK)[-1].message
    do(client, path, "correct")
    assert asked.messages.count() == 1


def test_an_answer_brings_words_changes_and_a_file(client, people, article):
    row = in_state(RequestStatus.AWAITING_REQUESTER, people=people, article=article)
    path = link_to(row)
    nothing = do(client, path, "answer")
    assert nothing.status_code == 422 and "Please write something" in words(nothing)
    told = {"text": "Pages 3 to 9.", "asked_pages": "3-9", "upload": upload()}
    assert do(client, path, "answer", **told).status_code == 302
    page = client.get(path)
    assert "Pages 3 to 9." in words(page) and "proof.pdf" in words(page)
    row.refresh_from_db()
    assert row.status == "in_review"


def test_a_file_comes_back_as_it_was_and_never_as_a_page(client, asked):
    path = link_to(asked)
    for _click in range(2):
        do(client, path, "write", upload=upload(name="../../proof\u202e.pdf"))
    kept = asked.files.get()
    address = f"{path}files/{kept.key}/"
    assert page_of(client.get(path)).select_one(f'a[href="{address}"]')
    got = client.get(address)
    assert body_of(got) == PROOF and got["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got["Content-Security-Policy"] and got["Referrer-Policy"] == "no-referrer"
    assert body_of(client.head(address)) == b"" and client.post(address).status_code == 405
    another = link_to(make_request(asked.requested.get().article))
    assert client.get(f"{another}files/{kept.key}/").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "empty.pdf", "The file is empty"),
        (b"MZ\x90", "virus.exe", "This kind of file is not kept"),
        (b"<script>", "proof.pdf", "no PDF, whatever its name says"),
        (b"a\x00b", "letter.txt", "no TXT, whatever its name says"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_and_the_words_are_not_lost(
    client, asked, content, name, said
):
    answer = do(client, link_to(asked), "write", text="See this.", upload=upload(content, name))
    assert answer.status_code == 422 and said in words(answer)
    assert sent(answer, "write")["write-text"] == "See this."
    assert not asked.files.exists() and not asked.messages.exists()


def test_a_message_is_heard_once_however_often_it_is_sent(client, asked):
    path = link_to(asked)
    before = len(letters_to(DESK))
    for _click in range(2):
        assert do(client, path, "write", text="When do you\nanswer?").status_code == 302
    assert (asked.messages.count(), len(letters_to(DESK))) == (1, before + 1)
    assert "with us" in words(client.get(path, {"done": "write"}))


# --- The offer --------------------------------------------------------------------------------


def test_an_offer_says_where_it_differs_and_is_accepted_with_an_address(client, people, article):
    row = make_taken_request(people=people, articles=[article])
    fewer = [{"format": "paperback", "copies": 500, "price": "18.00"}]
    given = Particulars(Use.PRINT, {**row.particulars, "runs": fewer})
    send_quote(row, by=people["rights_desk"], given=given)
    path = link_to(row)
    page = client.get(path)
    assert "you asked for: Paperback: 3,000 copies" in words(page)
    answer = client.post(path, sent(page, "accept"))
    assert answer.status_code == 422
    assert "Please agree to this" in words(answer) and "needs an address" in words(answer)
    told = {"agreed": "on", "billing_address": "1 Quay Street\nHarbour"}
    assert client.post(path, sent(answer, "accept", **told))["Location"] == path
    row.refresh_from_db()
    assert (row.status, row.accepted_quote.number) == ("awaiting_payment", 1)
    assert row.invoices.get().buyer[-2:] == ["1 Quay Street", "Harbour"]


def test_a_counter_offer_to_an_offer_that_was_replaced_is_asked_again(client, people, quoted):
    path = link_to(quoted)
    form = sent(client.get(path), "counter", text="We print fewer.")
    send_quote(quoted, by=people["rights_desk"], net="300")
    answer = client.post(path, form)
    assert answer.status_code == 422 and "another offer since" in words(answer)
    again = sent(answer, "counter")
    assert again["counter-text"] == "We print fewer."
    assert client.post(path, again)["Location"].startswith(path)
    quoted.refresh_from_db()
    assert (quoted.status, quoted.events.get(move="counter").facts["quote"]) == ("in_review", 2)


def test_an_offer_that_was_replaced_is_not_accepted_and_the_new_one_not_unseen(
    client, people, quoted
):
    path = link_to(quoted)
    told = {"agreed": "on", "billing_address": "1 Quay Street"}
    form = sent(client.get(path), "accept", **told)
    send_quote(quoted, by=people["rights_desk"], net="300")
    answer = client.post(path, form)
    assert answer.status_code == 422 and "another offer since" in words(answer)
    anew = sent(answer, "accept")
    assert (anew["accept-quote"], anew["accept-billing_address"]) == ("2", "1 Quay Street")
    assert "accept-agreed" not in anew and "Accept for €300.00" in words(answer)
    client.post(path, sent(answer, "accept", agreed="on"))
    quoted.refresh_from_db()
    assert quoted.accepted_quote.number == 2


def test_an_offer_that_ended_cannot_be_accepted(client, people, article):
    then = timezone.now() - timedelta(days=3)
    older = make_live_article(people=people, dated=then - timedelta(days=1))
    row = make_taken_request(people=people, articles=[older])
    ended = timezone.localdate(then) + timedelta(days=1)
    send_quote(row, by=people["rights_desk"], at=then, valid_until=ended)
    path = link_to(row)
    page = client.get(path)
    assert "Our offer has ended" in words(page) and "this day has passed" in words(page)
    assert not page_of(page).select('[value="accept"]')
    told = {"accept-quote": 1, "accept-agreed": "on", "accept-billing_address": "1 Quay Street"}
    assert client.post(path, {"act": "accept", **told}).status_code == 409
    row.refresh_from_db()
    assert row.status == "quoted"


def test_a_counter_offer_says_what_is_wanted_and_goes_back_to_the_desk(client, quoted):
    path = link_to(quoted)
    nothing = do(client, path, "counter")
    assert nothing.status_code == 422 and "Say what you would like to change" in words(nothing)
    fewer = {"asked_runs-paperback-copies": "500", "text": "We print fewer now."}
    assert do(client, path, "counter", **fewer).status_code == 302
    quoted.refresh_from_db()
    assert (quoted.status, quoted.particulars["runs"][0]["copies"]) == ("in_review", 500)
    assert "We print fewer now." in letters_to(DESK)[-1].message


def test_taking_it_back_is_asked_about_first_and_double_clicks_do_no_harm(client, quoted):
    path = link_to(quoted)
    unsure = do(client, path, "withdraw", text="The book is off.")
    assert unsure.status_code == 422 and "if you mean it" in words(unsure)
    form = sent(unsure, "withdraw", sure="on")
    assert form["withdraw-text"] == "The book is off."
    assert [client.post(path, form).status_code for _click in range(2)] == [302, 302]
    quoted.refresh_from_db()
    assert quoted.status == "withdrawn"
    assert quoted.messages.filter(text="The book is off.").count() == 1


def test_what_was_typed_for_a_form_that_is_gone_is_not_lost(client, people, article):
    row = in_state(RequestStatus.AWAITING_REQUESTER, people=people, article=article)
    path = link_to(row)
    form = sent(client.get(path), "answer", text="Pages 3 to 9.")
    decline(row, by=people["rights_desk"])
    answer = client.post(path, form)
    assert answer.status_code == 409 and "Nothing was recorded" in words(answer)
    assert sent(answer, "write")["write-text"] == "Pages 3 to 9."
    assert not row.messages.filter(by=None).exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_accept_at_once_one_does(client, quoted):
    path = link_to(quoted)
    form = sent(client.get(path), "accept", agreed="on", billing_address="1 Quay Street")
    outcomes = race([partial(Client().post, path, form) for _number in range(4)])
    assert {answer.status_code for answer in outcomes} <= {302, 409, 422}, outcomes
    quoted.refresh_from_db()
    assert quoted.status == "awaiting_payment"
    assert quoted.invoices.count() == quoted.grants.count() == 1


# --- Misuse -----------------------------------------------------------------------------------


FIELDS = ("text", "quote", "agreed", "billing_name", "vat_id", "asked_title", "asked_territories")


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_values_never_break_it(client, quoted, kind):
    path = link_to(quoted)
    page = client.get(path)
    for act in ("accept", "counter", "write", "withdraw", "answer", "nonsense"):
        stands = sent(page, act) if act in ACTS["quoted"] else {"act": act}
        for fields in (FIELDS, FIELDS[:1]):
            form = stands | {f"{act}-{field}": HOSTILE[kind] for field in fields}
            assert post_bytes(client, path, form) in (302, 400, 409, 422), act
    assert post_bytes(client, path, {"act": HOSTILE[kind]}) == 400
    assert client.get(path, {"done": HOSTILE[kind][:2000]}).status_code == 200


def post_bytes(client, path: str, form: dict) -> int:
    """The status that a form of bytes is answered with."""
    data = urlencode(form, doseq=True)
    return client.post(path, data, content_type="application/x-www-form-urlencoded").status_code


# --- Where a copy stands ----------------------------------------------------------------------


COPY = "https://gazette.example/lamps"


@pytest.fixture
def holder(client, people, article):
    """Tells where a copy stands, as whoever has a licence for the web does."""
    row = make_granted_request(people=people, articles=[article], use=Use.COMMERCIAL_WEB)
    path = link_to(row)
    return lambda url: do(client, path, DECLARE, url=url)


def test_a_copy_that_is_told_again_and_again_is_one_row(holder):
    spellings = [COPY, f"{COPY}/", COPY.replace("https", "http"), f"{COPY}?utm_source=mail"]
    assert [holder(url).status_code for url in spellings * 2] == [302] * 8
    assert Crosspost.objects.get().url == COPY


@pytest.mark.parametrize(
    "limit",
    [
        "DECLARATIONS_PER_ADDRESS_AN_HOUR",
        "DECLARATIONS_PER_HOST_AN_HOUR",
        "DECLARATIONS_AN_HOUR",
    ],
)
def test_who_tells_of_too_many_copies_waits_and_loses_nothing(holder, settings, limit):
    setattr(settings, limit, 1)
    assert holder(COPY).status_code == 302
    answer = holder(f"{COPY}-2")
    assert answer.status_code == 429 and int(answer["Retry-After"]) >= 3600
    assert "Nothing is lost" in words(answer) and Crosspost.objects.count() == 1
    assert page_of(answer).select_one("[name=declare-url]")["value"] == f"{COPY}-2"
    elsewhere = holder("https://other.example/lamps")
    assert elsewhere.status_code == (302 if "HOST" in limit else 429)
