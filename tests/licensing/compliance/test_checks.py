"""A look at a copy, and what follows: evidence, the status, the next look, the letter."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from articles import actions
from cms.workflows.actions import MoveNotAllowed, NotYours
from licensing.actions import crossposts, grants
from licensing.compliance import checks
from licensing.compliance.checks import Seen
from licensing.compliance.fetch import Fetched
from licensing.compliance.reading import read
from licensing.compliance.schedule import BACKOFF, GIVEN_UP_AFTER, next_look
from licensing.models import Crosspost, CrosspostStatus
from tests.factories.articles import make_author, make_live_article
from tests.factories.crossposts import make_crosspost, make_grant_of
from tests.factories.requests import REQUESTER
from tests.factories.terms import granted, make_rules, make_terms, make_terms_for_the_site
from tests.licensing.compliance import the_pump

DAY = timedelta(days=1)
CREDIT = ("acknowledge_source", "name_author", "show_copyright", "link_original")


@pytest.fixture
def pump(people, settings):
    settings.SITE_URL = "https://house.example"
    rule = granted(*CREDIT, "no_edits")
    make_terms_for_the_site(make_terms(rules=make_rules(community_web=rule)))
    return make_live_article(
        people=people,
        authors=[make_author(the_pump.AUTHOR)],
        headline=the_pump.HEADLINE,
        slug="the-pump",
        copyright_holders=the_pump.AUTHOR,
        copyright_year=2026,
        body=the_pump.body(),
    )


@pytest.fixture
def copy(pump, people):
    return make_crosspost(pump, grant=make_grant_of(pump, people=people), outlet="Ridge Courier")


def seen(html: str) -> Seen:
    """As if the page had come."""
    fetched = Fetched(status=200, address="https://ridge.example/", html=html, sha256="0" * 64)
    return Seen(fetched, read(html), "The main text.")


def missed(failure: str) -> Seen:
    return Seen(Fetched(failure))


def record(copy, what: Seen, *, days: float = 0):
    """Looks at ``copy`` so many days after it was declared; the row as it is then."""
    check = checks.record(copy, what, at=copy.declared_at + days * DAY)
    copy.refresh_from_db()
    return check


def letters() -> list[str]:
    rows = Email.objects.filter(to=[REQUESTER], subject__contains="your copy of our text")
    return [mail.message for mail in rows.order_by("pk")]


def test_a_look_keeps_its_evidence(copy, pump):
    check = record(copy, seen(the_pump.without_link()))
    assert (check.http_status, check.failure, check.text) == (200, "", "The main text.")
    assert check.title == f"{the_pump.HEADLINE} – Ridge Courier"
    assert check.revision == pump.revisions.first()
    (finding,) = check.findings
    assert finding["code"] == "link"
    assert the_pump.URL in finding["line"]


def test_a_text_that_stays_the_same_is_kept_once_and_read_at_every_look(copy):
    told = ["One.", "One.", "Two.", "Two.", "One."]
    looks = [
        record(copy, replace(seen(the_pump.complying()), text=text), days=day)
        for day, text in enumerate(told)
    ]
    looks.append(record(copy, missed("not_found"), days=9))
    assert [look.text for look in looks] == ["One.", "", "Two.", "", "One.", ""]
    assert [look.seen_text for look in looks] == [*told, ""]


def test_what_is_found_moves_the_copy_and_what_is_mended_moves_it_on(copy):
    record(copy, seen(the_pump.without_link()))
    assert copy.status == CrosspostStatus.NON_COMPLIANT
    record(copy, seen(the_pump.without_link()), days=7)
    record(copy, seen(the_pump.complying()), days=14)
    assert copy.status == CrosspostStatus.RESOLVED
    record(copy, seen(the_pump.complying()), days=21)
    record(copy, seen(the_pump.without_two_paragraphs()), days=28)
    assert copy.status == CrosspostStatus.NON_COMPLIANT
    moves = copy.events.order_by("number").values_list("move", "actor")
    assert list(moves) == [(name, crossposts.LOOK) for name in ("object", "resolve", "object")]
    assert copy.checks.count() == 5


def test_a_copy_in_order_is_looked_at_less_and_less_often(copy):
    record(copy, seen(the_pump.complying()))
    assert copy.status == CrosspostStatus.VERIFIED
    waits = []
    for _look in range(9):
        before = copy.next_check_at
        record(copy, seen(the_pump.complying()), days=(before - copy.declared_at) / DAY)
        waits.append((copy.next_check_at - before).days)
    assert waits == [1, 1, 7, 7, 30, 30, 30, 90, 90]


def test_what_cannot_be_seen_is_tried_again_with_longer_waits_and_changes_nothing(copy):
    record(copy, seen(the_pump.complying()))
    for number, wait in enumerate(BACKOFF):
        record(copy, missed("time_is_up"), days=1 + number)
        assert copy.next_check_at == copy.last_check_at + wait
    assert (copy.status, copy.failures) == (CrosspostStatus.VERIFIED, len(BACKOFF))
    record(copy, seen(the_pump.complying()), days=30)
    assert copy.failures == 0


def test_nobody_looks_for_ever():
    at = timezone.now()
    told = {"status": CrosspostStatus.DECLARED, "declared_at": at, "at": at}
    assert next_look(failures=GIVEN_UP_AFTER - 1, **told) == at + BACKOFF[-1]
    assert next_look(failures=GIVEN_UP_AFTER, **told) is None
    assert next_look(failures=0, **told | {"status": CrosspostStatus.GONE}) is None


def test_a_page_that_is_lost_again_and_again_is_gone_and_one_that_says_so_at_once(copy, pump):
    for number, failure in enumerate(("not_found", "soft_404", "other_text")):
        assert copy.status == CrosspostStatus.DECLARED
        record(copy, missed(failure), days=number)
    assert (copy.status, copy.next_check_at) == (CrosspostStatus.GONE, None)
    other = make_crosspost(pump)
    record(other, missed("gone"))
    assert other.status == CrosspostStatus.GONE


def test_a_server_in_trouble_is_not_a_copy_that_is_gone(copy):
    for number, failure in enumerate(("not_found", "server_error", "not_found", "not_found")):
        record(copy, missed(failure), days=number)
    assert copy.status == CrosspostStatus.DECLARED


def test_a_copy_that_comes_back_is_looked_at_and_counts_again(copy, pump):
    record(copy, missed("gone"))
    again, is_new = crossposts.declare(
        pump, url=copy.url, found_by="webmention", at=copy.declared_at + DAY
    )
    assert (again, is_new) == (copy, False)
    assert again.next_check_at == copy.declared_at + DAY
    record(copy, seen(the_pump.complying()), days=1)
    assert copy.status == CrosspostStatus.VERIFIED


def test_the_outlet_gets_one_letter_for_what_is_found_with_the_line_to_paste(copy):
    record(copy, seen(the_pump.without_link()))
    record(copy, seen(the_pump.without_link()), days=7)
    record(copy, seen(the_pump.without_link()), days=30)
    (letter,) = letters()
    assert copy.url in letter
    assert "The link to the original article is missing." in letter
    assert f'<a href="{the_pump.URL}"' in letter
    assert copy.told_at == copy.declared_at
    record(copy, seen(the_pump.without_two_paragraphs()), days=31)
    assert len(letters()) == 2
    assert the_pump.paragraphs()[1] in letters()[1]


def test_letters_about_other_findings_wait_a_week(copy):
    record(copy, seen(the_pump.without_link()))
    record(copy, seen(the_pump.without_two_paragraphs()), days=1)
    assert len(letters()) == 1
    record(copy, seen(the_pump.without_two_paragraphs()), days=8)
    assert len(letters()) == 2


def test_the_line_in_the_letter_mends_the_page(copy):
    record(copy, seen(the_pump.without_link()))
    (letter,) = letters()
    pasted = letter[letter.index('<p dir="auto">') :].partition("</p>")[0] + "</p>"
    page = the_pump.put(the_pump.without_link(), "<h1>", f"{pasted}<h1>")
    record(copy, seen(page), days=2)
    assert copy.status == CrosspostStatus.RESOLVED


def test_nobody_is_written_to_about_a_text_that_is_no_longer_public(copy, pump, people):
    actions.withdraw(pump, by=people["managing_editor"], reason="Wrong.")
    record(copy, seen(the_pump.without_link()))
    assert copy.status == CrosspostStatus.NON_COMPLIANT
    assert letters() == []


def test_what_the_desk_has_settled_is_not_objected_to_again_but_something_else_is(copy, people):
    record(copy, seen(the_pump.without_link()))
    with pytest.raises(MoveNotAllowed):
        crossposts.resolve(copy, by=people["rights_desk"], reason=" ")
    crossposts.resolve(
        copy, by=people["rights_desk"], reason="They link to us on their front page."
    )
    record(copy, seen(the_pump.without_link()), days=7)
    assert copy.status == CrosspostStatus.RESOLVED
    record(copy, seen(the_pump.without_link().replace(the_pump.NOTICE, "")), days=14)
    assert copy.status == CrosspostStatus.NON_COMPLIANT


def test_either_revision_is_in_order_the_one_that_was_licensed_and_the_newest(copy, pump, people):
    first = pump.revisions.first()
    pump.body = pump.body.replace("eleven litres", "twelve litres")
    pump.save()
    newest = actions.revise(pump, by=people["editor"])
    assert record(copy, seen(the_pump.complying())).revision == first
    mended = the_pump.complying().replace("eleven litres", "twelve litres")
    assert record(copy, seen(mended), days=1).revision == newest
    assert copy.status == CrosspostStatus.VERIFIED
    wrong = the_pump.complying().replace("eleven litres", "ten litres")
    assert [row["code"] for row in record(copy, seen(wrong), days=2).findings] == ["text_altered"]


@pytest.mark.parametrize("is_licensed", [True, False])
def test_so_is_one_in_between_and_it_is_known_which(copy, pump, people, is_licensed):
    if not is_licensed:
        copy = make_crosspost(pump)
    revisions = [pump.revisions.first()]
    for litres in ("twelve", "thirteen"):
        pump.body = pump.body.replace("eleven litres", f"{litres} litres").replace(
            "twelve litres", f"{litres} litres"
        )
        pump.save()
        revisions.append(actions.revise(pump, by=people["editor"]))
    for day, litres in enumerate(("eleven", "twelve", "thirteen")):
        page = the_pump.complying().replace("eleven litres", f"{litres} litres")
        check = record(copy, seen(page), days=day)
        assert (check.revision, check.findings) == (revisions[day], [])


def test_a_copy_of_a_text_that_was_taken_back_has_to_go_and_others_write_about_it(
    copy, pump, people
):
    actions.withdraw(pump, by=people["managing_editor"], reason="It was made up.")
    check = record(copy, seen(the_pump.complying()), days=1)
    assert [row["code"] for row in check.findings] == ["still_there"]
    assert copy.status == CrosspostStatus.NON_COMPLIANT and letters() == []


def test_a_licence_that_ended_leaves_a_copy_that_has_to_go(copy, people):
    grants.revoke(copy.grant, by=people["rights_manager"], reason="It was sold on.")
    check = record(copy, seen(the_pump.complying()), days=1)
    assert [row["code"] for row in check.findings] == ["still_there"]


def test_a_copy_that_was_taken_without_a_name_is_held_against_the_terms(pump):
    copy = make_crosspost(pump)
    record(copy, seen(the_pump.complying()))
    assert copy.status == CrosspostStatus.VERIFIED
    record(copy, seen(the_pump.without_link()), days=1)
    assert copy.status == CrosspostStatus.NON_COMPLIANT
    assert letters() == []


def test_a_copy_that_nothing_permits_is_for_the_desk(people, settings):
    settings.SITE_URL = "https://house.example"
    make_terms_for_the_site()
    article = make_live_article(people=people, headline=the_pump.HEADLINE, body=the_pump.body())
    copy = make_crosspost(article)
    check = record(copy, seen(the_pump.complying()))
    assert [row["code"] for row in check.findings] == ["no_permission"]


def test_the_desk_asks_for_a_look_and_the_clock_makes_it(copy, people):
    record(copy, seen(the_pump.complying()))
    with pytest.raises(NotYours):
        crossposts.look(copy, by=people["editor"])
    at = copy.declared_at + timedelta(hours=1)
    crossposts.look(copy, by=people["rights_desk"], at=at)
    assert copy.next_check_at == at
    assert Crosspost.objects.due(at).get() == copy


def test_only_a_look_says_that_a_copy_is_in_order_and_the_desk_that_it_is_gone(copy, people):
    with pytest.raises(MoveNotAllowed):
        crossposts.verify(copy, by=people["rights_desk"])
    with pytest.raises(NotYours):
        crossposts.mark_gone(copy, by=people["editor"])
    crossposts.mark_gone(copy, by=people["rights_desk"])
    assert (copy.status, copy.next_check_at) == (CrosspostStatus.GONE, None)
