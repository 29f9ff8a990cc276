"""Lists are narrowed by what may be done: never by more than ``decide`` grants, soon by no less."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from articles import actions as newsroom
from articles import usage
from articles.models import Article
from articles.pages import loaded
from cms.workflows.actions import MoveNotAllowed
from licensing import allowed_uses, duties
from licensing.actions import clearances
from licensing.actions.terms import assign, unassign
from licensing.models import AllowedUse, Clearance, KnownUses
from licensing.models.allowed import NEVER
from licensing.rights.decide import decide
from licensing.rights.vocabulary import Verdict
from licensing.snapshot import snapshots
from tests.factories.articles import house, make_article, make_live_article, make_publication
from tests.factories.clearances import clear
from tests.factories.headings import make_report
from tests.factories.hidden import scheduled, withdrawn
from tests.factories.terms import (
    make_rules,
    make_terms,
    make_terms_for_the_site,
    make_version,
)
from tests.licensing.worlds import USES, World
from tests.racing import race

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OPEN = make_rules(community_web="granted", print="granted")


def shown(use="print", *, at=None) -> set[int]:
    """What a list narrowed by ``use`` shows."""
    narrowed = usage.narrow(Article.objects.all(), use, at=at or timezone.now())
    return set(narrowed.values_list("pk", flat=True))


def differences(at) -> tuple[dict, dict]:
    """By use: what is shown and is not granted, and what is public, granted and not shown.

    What a clearance that lies ahead will bring back is public once the clock has seen it begin.
    """
    known = snapshots(loaded(Article.objects.all()), at=at)
    live = set(Article.objects.live(at).values_list("pk", flat=True))
    too_much, too_little = {}, {}
    for use in USES:
        seen = shown(use.value, at=at)
        may = {key for key, one in known.items() if decide(one, use, at).is_granted}
        too_much |= {use: seen - may} if seen - may else {}
        too_little |= {use: may & live - seen} if may & live - seen else {}
    return too_much, too_little


@pytest.mark.parametrize("at_once", [200, 1], ids=["at once", "by the clock"])
@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_never_more_is_shown_and_in_the_end_no_less(
    people, monkeypatch, seed, at_once
):
    monkeypatch.setattr(allowed_uses, "AT_ONCE", at_once)
    world, happened, yeses = World(people, seed), [], 0
    for _step in range(12):
        happened.append(world.happen())
        now = timezone.now()
        for at in (now, now + 1.5 * DAY):
            too_much, too_little = differences(at)
            assert too_much == {}, happened
            if at_once > 1:
                assert too_little == {}, happened
            yeses += sum(len(shown(use.value, at=at)) for use in USES)
    duties.work_out_allowed_uses(at=timezone.now())
    now = timezone.now()
    for at in (now, now + 1.5 * DAY, now + 2.5 * DAY, now + 9 * DAY):
        assert differences(at) == ({}, {}), happened
    assert yeses or at_once == 1


# --- Stale is never yes -----------------------------------------------------------------------


@pytest.fixture
def article(people):
    make_terms_for_the_site(make_terms(rules=OPEN))
    return make_live_article(people=people)


def test_what_was_never_worked_out_is_no_yes_until_the_clock_has_seen_it(article):
    KnownUses.objects.all().delete()
    assert shown() == set()
    assert "1 article" in duties.work_out_allowed_uses(at=timezone.now())
    assert shown() == {article.pk}
    assert duties.work_out_allowed_uses(at=timezone.now()) == ""


def test_what_has_been_forgotten_or_has_run_out_is_no_yes(article):
    allowed_uses.forget(Article.objects.all())
    assert KnownUses.objects.get().until == NEVER and shown() == set()
    allowed_uses.touched(Article.objects.all())
    assert shown() == {article.pk}
    AllowedUse.objects.update(until=timezone.now())
    assert shown() == set()


@pytest.mark.parametrize(
    "use", ["", "everything", "search_index", "print ", "print\x00", "‮", "x" * 10_000, "' OR 1=1"]
)
def test_a_use_that_nobody_can_ask_for_narrows_to_nothing(article, use):
    assert shown(use) == set()


def test_what_is_not_public_is_never_shown_whatever_the_index_says(people, article):
    hidden = [scheduled(people), withdrawn(people), make_article(by=people["editor"])]
    KnownUses.objects.all().delete()
    for row in [article, *hidden]:
        values = {"since": NEVER, "until": timezone.now() + 9 * DAY}
        AllowedUse.objects.get_or_create(article=row, use="print", defaults=values)
        KnownUses.objects.create(article=row, until=values["until"])
    assert shown() == {article.pk}


def test_a_scheduled_article_is_there_when_its_hour_strikes_and_not_before(people, article):
    coming = scheduled(people)
    assert shown() == {article.pk}
    assert shown(at=timezone.now() + 2 * DAY) == {article.pk, coming.pk}


def test_more_moments_than_are_looked_at_are_looked_at_in_time(people, article, monkeypatch):
    monkeypatch.setattr(allowed_uses, "MOST_MOMENTS", 2)
    terms = assign(make_terms(rules=OPEN), by=None, article=article).terms
    now = timezone.now()
    for day in range(1, 6):
        rules = OPEN if day % 2 else make_rules(Verdict.REFUSED)
        make_version(terms, rules=rules, valid_from=now + day * DAY)
    now = timezone.now()
    for hours in range(0, 24 * 7, 11):
        at = now + timedelta(hours=hours)
        duties.work_out_allowed_uses(at=at)
        assert differences(at) == ({}, {}), hours


# --- The doors --------------------------------------------------------------------------------


@pytest.mark.parametrize("at_once", [200, 0], ids=["few", "many"])
def test_every_door_takes_out_what_it_changes_in_the_same_breath(
    people, client, monkeypatch, at_once
):
    """The admin's pages that write rows themselves, beside the verbs of ``World``."""
    make_terms_for_the_site(make_terms(rules=OPEN))
    article, other = make_live_article(people=people), make_live_article(people=people)
    closed = make_terms(rules=make_rules())
    report = make_report(articles=[other])
    assign(closed, by=None, report=report)
    allowed_uses.touched(Article.objects.all())
    assert shown() == {article.pk}
    monkeypatch.setattr(allowed_uses, "AT_ONCE", at_once)
    client.force_login(people["admin"])

    def post(address, **data):
        answer = client.post(f"/admin/{address}", data)
        assert answer.status_code == 302, answer.context["errors"]

    arranged = {"article": [other.pk, article.pk], "seen": [other.pk], "do": "save"}
    post(f"articles/indepthreport/{report.pk}/articles/", **arranged)
    assert report.entries.count() == 2 and shown() == set()

    client.post("/admin/licensing/termsassignment/add/", {"terms": closed.pk, "article": ""})
    own = assign(make_terms(rules=OPEN), by=None, article=article)
    duties.work_out_allowed_uses(at=timezone.now())
    assert shown() == {article.pk}
    post(f"licensing/termsassignment/{own.pk}/change/", terms=closed.pk)
    assert shown() == set()
    own.refresh_from_db()
    assign(make_terms(rules=OPEN), by=None, article=article)
    duties.work_out_allowed_uses(at=timezone.now())
    assert shown() == {article.pk}
    post(f"licensing/termsassignment/{own.pk}/delete/", post="yes")
    assert shown() == set()

    unassign(by=None, report=report)
    duties.work_out_allowed_uses(at=timezone.now())
    assert shown() == {article.pk, other.pk}
    ours = house()
    names = {"name": ours.name, "slug": ours.slug, "language": "en"}
    post(f"articles/publication/{ours.pk}/change/", **names)
    assert shown() == set()


def test_what_stays_as_it_was_is_not_worked_out_again(people, article):
    before = AllowedUse.objects.order_by("pk").values_list("pk", flat=True)
    keys = list(before)
    newsroom.revise(article, by=people["editor"])
    assert list(before.all()) == keys


def test_a_refused_move_leaves_the_index_as_it_was(people, article):
    keys = list(AllowedUse.objects.order_by("pk").values_list("pk", flat=True))
    with pytest.raises(MoveNotAllowed):
        newsroom.publish(article, by=people["editor"])
    assert list(AllowedUse.objects.order_by("pk").values_list("pk", flat=True)) == keys


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_rights_at_once_the_second_sees_what_the_first_did(people):
    for _round in range(6):
        publication = make_publication()
        held = clear(publication, by=people["rights_desk"], passes_on=["print"])
        article = make_live_article(people=people, originating_publication=publication)
        place = {"publication": publication}
        assign(make_terms(), by=None, **place)
        race(
            [
                lambda place=place: assign(make_terms(rules=OPEN), by=None, **place),
                lambda held=held: clearances.revoke(
                    Clearance.objects.get(pk=held.pk), by=people["admin"], reason="Taken back."
                ),
            ]
        )
        clear(article, by=people["rights_desk"])
        assert differences(timezone.now()) == ({}, {})


# --- Many -------------------------------------------------------------------------------------


def asked(call) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def test_many_are_worked_out_for_as_many_questions_as_one(people, article):
    elsewhere = make_publication()
    for _number in range(5):
        make_live_article(people=people, originating_publication=elsewhere)
    one = asked(lambda: allowed_uses.touched(Article.objects.filter(pk=article.pk + 1)))
    assert asked(lambda: allowed_uses.touched(Article.objects.all())) <= one + 1


def test_a_stroke_does_a_bounded_number_and_the_next_one_goes_on(people, article):
    for _number in range(4):
        make_live_article(people=people)
    allowed_uses.forget(Article.objects.all())
    at = timezone.now()
    assert [allowed_uses.renew(at=at, most=2) for _stroke in range(4)] == [2, 2, 1, 0]
    assert len(shown()) == 5


def test_a_restored_database_is_worked_out_by_a_command(people, article, capsys):
    AllowedUse.objects.all().delete()
    KnownUses.objects.all().delete()
    call_command("index_uses", resume=True)
    assert shown() == {article.pk}
    AllowedUse.objects.all().delete()
    call_command("index_uses")
    assert shown() == {article.pk} and "1 articles worked out." in capsys.readouterr().out
    call_command("index_uses", resume=True)
    assert "Nothing waits." in capsys.readouterr().out


def test_the_uses_are_those_that_readers_ask_for_in_their_language(db):
    keys = [key for key, _label in usage.choices()]
    assert keys[:3] == ["community_web", "commercial_web", "print"]
    assert not {"search_index", "ai_input", "ai_training"} & set(keys)
    with translation.override("fr"):
        assert [key for key, _label in usage.choices()] == keys
