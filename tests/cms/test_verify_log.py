"""Whoever writes past the application is found out: by the chain, by the row, or by an anchor."""

import hashlib
import io
import json
from datetime import datetime, timedelta, timezone

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import actions
from articles.models import ArticleEvent
from cms.workflows import seals
from licensing.models import ClearanceEvent
from tests.factories.articles import make_article
from tests.factories.clearance_stages import make_clearance_at
from tests.factories.stages import make_article_at

AT = datetime(2026, 3, 1, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=-5)))
# Names of tables and the column list, by the words that stand for them in a statement.
TABLES = {
    "EVENTS": "articles_articleevent",
    "ARTICLES": "articles_article",
    "SAID": "move, from_status, to_status, at, by_id, actor, reason, facts, seal, article_id",
}
SET_BACK = "UPDATE ARTICLES SET status = 'published', withdrawn_at = NULL"


def verify(**options):
    """What the command says, and whether all is well."""
    out = io.StringIO()
    try:
        call_command("verify_log", stdout=out, **options)
    except CommandError as failure:
        return [*out.getvalue().splitlines(), str(failure)], False
    return out.getvalue().splitlines(), True


def sql(statement, *values):
    for word, meant in TABLES.items():
        statement = statement.replace(word, meant)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def article(people):
    """An article with four events: submit, approve, publish, withdraw."""
    return make_article_at("withdrawn", people=people)


@pytest.fixture
def faults(article):
    """Tampers with the events of the article in SQL; returns what is said of it."""

    def tamper(*statements, values=()):
        for statement in statements:
            sql(statement, *values)
        said, is_well = verify()
        assert not is_well
        places = len(said) - 2
        assert said[-1] == f"The record is broken in {places} places.".replace(
            "1 places", "one place"
        )
        return [line.removeprefix(f"articles.article {article.pk}: ") for line in said[:-2]]

    return tamper


def test_a_record_that_nobody_touched_is_whole(people, article):
    make_clearance_at("granted", by=people["rights_desk"])
    make_article_at("struck", people=people)
    quiet = make_article(by=people["editor"])
    actions.submit(quiet, by=people["editor"], at=AT, reason="Prêt “à” lire\r\n\u2028 🗞")
    said, is_well = verify()
    assert is_well
    looked, anchor = said
    events = ArticleEvent.objects.count() + ClearanceEvent.objects.count()
    assert looked == f"Looked at {events} events in 4 chains."
    assert anchor.startswith("Anchor at ") and "4 chains, sha256 " in anchor


def test_an_empty_record_is_whole(db):
    said, is_well = verify()
    assert (said[0], is_well) == ("Looked at 0 events in 0 chains.", True)


@pytest.mark.parametrize(
    "change",
    [
        "reason = 'Another.'",
        "actor = 'the clock'",
        "move = 'a\nb\x1b[2J'",
        "at = '2020-01-01 00:00:00'",
        "by_id = (SELECT MIN(id) FROM auth_user)",
        """facts = '{"fee": 0}'""",
        "seal = 'x'",
    ],
)
def test_a_changed_word_shows(faults, change):
    said = faults("UPDATE EVENTS SET CHANGE WHERE number = 2".replace("CHANGE", change))
    assert said[0].startswith("event 2 (") and said[0].endswith(") is not what was sealed.")


def test_a_seal_that_was_made_for_the_change_shows_without_the_key(article, faults):
    first, second = article.events.order_by("number")[:2]
    said = {column: getattr(second, column) for column in seals.COLUMNS} | {"reason": "Another."}
    line = seals.Line(chain="articles.articleevent", row=article.pk, **said)
    forged = seals.seal(first.seal, line, key="guessed")
    said = faults(
        "UPDATE EVENTS SET reason = 'Another.', seal = %s WHERE number = 2", values=[forged]
    )
    assert said == [
        "event 2 (approve) is not what was sealed.",
        "event 3 (publish) is not what was sealed.",
    ]


def test_an_event_taken_out_of_the_middle_shows(faults):
    assert faults("DELETE FROM EVENTS WHERE number = 2") == ["event 2 is missing."]


def test_events_taken_out_from_the_beginning_show(faults):
    assert faults("DELETE FROM EVENTS WHERE number < 3") == ["events 1 to 2 are missing."]


def test_an_event_taken_out_and_the_gap_closed_shows(faults):
    said = faults(
        "DELETE FROM EVENTS WHERE number = 2",
        "UPDATE EVENTS SET number = 2 WHERE number = 3",
        "UPDATE EVENTS SET number = 3 WHERE number = 4",
    )
    assert "event 2 (publish) is not what was sealed." in said


def test_the_end_of_a_chain_taken_away_shows_because_the_row_says_otherwise(faults):
    assert faults("DELETE FROM EVENTS WHERE number = 4") == [
        "the row is “withdrawn”, its last event says “published”."
    ]


def test_a_chain_taken_away_whole_shows(faults):
    assert faults("DELETE FROM EVENTS") == ["the row is “withdrawn”, and no event led there."]


def test_two_events_that_changed_places_show(faults):
    said = faults(
        "UPDATE EVENTS SET number = 9 WHERE number = 2",
        "UPDATE EVENTS SET number = 2 WHERE number = 3",
        "UPDATE EVENTS SET number = 3 WHERE number = 9",
    )
    assert [line for line in said if "sealed" in line] == [
        "event 2 (publish) is not what was sealed.",
        "event 3 (approve) is not what was sealed.",
        "event 4 (withdraw) is not what was sealed.",
    ]


def test_an_event_put_in_shows(faults):
    said = faults("INSERT INTO EVENTS (number, SAID) SELECT 5, SAID FROM EVENTS WHERE number = 4")
    assert said[0] == "event 5 (withdraw) is not what was sealed."


def test_a_number_that_leads_backwards_shows(faults):
    assert faults("UPDATE EVENTS SET number = 0 WHERE number = 1")[0] == "event 0 is out of order."


def test_a_status_that_nobody_moved_shows(faults):
    assert faults(SET_BACK) == ["the row is “published”, its last event says “withdrawn”."]


def test_a_status_that_nobody_moved_shows_although_the_row_has_moved_on(people, article):
    sql("UPDATE ARTICLES SET status = 'approved', published_at = NULL, withdrawn_at = NULL")
    article.refresh_from_db()
    actions.send_back(article, by=people["editor"], reason="Not yet.")
    said, is_well = verify()
    assert not is_well
    assert said[0].endswith("event 5 (send_back) starts from “approved”, not from “withdrawn”.")


def test_an_event_moved_to_another_row_shows(people, faults):
    other = make_article(by=people["editor"])
    said = faults(
        "UPDATE EVENTS SET article_id = %s, number = 1 WHERE number = 4", values=[other.pk]
    )
    assert f"articles.article {other.pk}: event 1 (withdraw) is not what was sealed." in said


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite holds anything anywhere")
def test_a_column_that_holds_what_it_cannot_hold_is_reported_and_not_a_crash(faults):
    said = faults("UPDATE EVENTS SET at = 'soon' WHERE number = 2")
    assert said[0].startswith("articles.articleevent: cannot be read to the end (")


def test_a_reading_asks_the_database_no_more_often_for_many_rows(people, article):
    counts = []
    for _more in range(2):
        make_article_at("published", people=people)
        with CaptureQueriesContext(connection) as asked:
            verify()
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- keys -------------------------------------------------------------------------------------


def test_a_record_goes_on_under_a_new_key(people, article, settings):
    settings.LOG_SEAL_KEYS = ["new", "public"]
    actions.reinstate(article, by=people["managing_editor"], reason="It was right.")
    said, is_well = verify()
    assert is_well
    assert said[1] == "4 of them bear a seal of a former key."


def test_a_former_key_seals_nothing_behind_a_newer_one(people, article, settings):
    settings.LOG_SEAL_KEYS = ["new", "public"]
    actions.reinstate(article, by=people["managing_editor"], reason="It was right.")
    settings.LOG_SEAL_KEYS = ["public"]
    actions.withdraw(article, by=people["managing_editor"], reason="It was wrong.")
    settings.LOG_SEAL_KEYS = ["new", "public"]
    said, is_well = verify()
    assert not is_well
    assert said[0].endswith("event 6 (withdraw) is not what was sealed.")


# --- anchors ----------------------------------------------------------------------------------


@pytest.fixture
def anchor(article, tmp_path):
    path = tmp_path / "heads"
    said, is_well = verify(save=path)
    assert is_well
    assert said[-1].endswith(hashlib.sha256(path.read_bytes()).hexdigest())
    return path


def test_what_an_anchor_names_still_stands_after_more_has_happened(people, article, anchor):
    actions.reinstate(article, by=people["managing_editor"], reason="It was right.")
    make_article_at("published", people=people)
    assert verify(against=anchor)[1]


def test_a_chain_cut_and_a_row_set_back_show_against_an_anchor(article, anchor):
    sql("DELETE FROM EVENTS WHERE number = 4")
    sql(SET_BACK)
    assert verify()[1]
    said, is_well = verify(against=anchor)
    assert not is_well
    assert said[0] == f"articles.article {article.pk}: event 4 is no longer what it was."


def test_a_row_that_vanished_with_its_events_shows_against_an_anchor(people, article, anchor):
    sql("DELETE FROM EVENTS")
    sql("UPDATE ARTICLES SET status = 'draft', published_at = NULL, withdrawn_at = NULL")
    assert verify()[1]
    assert not verify(against=anchor)[1]


def test_a_record_written_anew_by_somebody_who_has_the_key_shows_against_an_anchor(article, anchor):
    previous = seals.NOTHING
    for event in article.events.order_by("number"):
        said = {column: getattr(event, column) for column in seals.COLUMNS} | {"actor": "x"}
        line = seals.Line(chain="articles.articleevent", row=article.pk, **said)
        previous = seals.seal(previous, line, key="public")
        sql("UPDATE EVENTS SET actor = 'x', seal = %s WHERE id = %s", previous, event.pk)
    assert verify()[1]
    assert not verify(against=anchor)[1]


def test_kinds_of_event_that_are_gone_show_against_an_anchor(anchor):
    anchor.write_text(anchor.read_text().replace("articles.articleevent", "articles.gone"))
    assert verify(against=anchor)[0][0] == "articles.gone: there are no such events any more."


@pytest.mark.parametrize("line", ["sha256", "[]", "{}", "9" * 5000])
def test_a_file_that_is_no_anchor_is_refused_in_a_sentence(db, tmp_path, line):
    path = tmp_path / "heads"
    path.write_text(line)
    said, is_well = verify(against=path)
    assert not is_well
    assert said[-1] == "Line 1 is not the head of a chain."


@pytest.mark.parametrize(
    "change",
    [
        {"number": "4"},
        {"seal": 4},
        {"seal": "\0" * 64},
        {"chain": "\udc80"},
        {"row": 4},
        {"row": "one"},
        {"row": "9" * 30},
    ],
)
def test_an_anchor_that_was_tampered_with_is_refused_in_a_sentence(anchor, change):
    anchor.write_text(json.dumps(json.loads(anchor.read_text()) | change))
    said, is_well = verify(against=anchor)
    assert not is_well
    assert said[-1].endswith((" is not the head of a chain.", " is no key of a row."))


def test_a_file_that_is_missing_or_not_text_is_refused(db, tmp_path):
    (tmp_path / "picture").write_bytes(b"\x89PNG\xff")
    for name in ("missing", "picture"):
        assert not verify(against=tmp_path / name)[1]


def test_an_anchor_is_not_written_over(anchor):
    before = anchor.read_bytes()
    said, is_well = verify(save=anchor)
    assert not is_well
    assert "exists already" in said[0]
    assert anchor.read_bytes() == before


def test_a_broken_record_is_given_no_anchor(article, tmp_path):
    sql("DELETE FROM EVENTS WHERE number = 1")
    said, is_well = verify(save=tmp_path / "heads")
    assert not is_well
    assert not [line for line in said if line.startswith("Anchor")]
    assert list(tmp_path.glob("heads*")) == []
