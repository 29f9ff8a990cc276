"""Terms are followed by their next version and never changed; what counts is a matter of time."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, models, transaction

from licensing import lint
from licensing.actions.terms import assign, install, unassign, write_version
from licensing.models import TermsAssignment, TermsVersion, UsageTerms
from licensing.models.terms import TermsVersionsAreImmutable
from licensing.ready_made import READY_MADE
from licensing.rights.conditions import Condition, Kind
from licensing.rights.facts import Rule
from licensing.rights.licences import LICENCES
from licensing.rights.usage import TermsAreWrong, rules_from_json
from licensing.rights.vocabulary import Use, Verdict
from licensing.terms_history import changes, fates
from tests.factories.articles import make_article, make_publication
from tests.factories.headings import make_report
from tests.factories.terms import granted, make_rules, make_terms, make_version
from tests.racing import race

THREADS = 8
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

CHANGES = {
    "save": lambda version: version.save(),
    "save of one column": lambda version: version.save(update_fields=["text"]),
    "save as if new": lambda version: saved_as_new(version),
    "delete": lambda version: version.delete(),
    "update": lambda version: TermsVersion.objects.update(text="<p>Other.</p>"),
    "filtered update": lambda version: TermsVersion.objects.filter(pk=version.pk).update(number=9),
    "queryset delete": lambda version: TermsVersion.objects.all().delete(),
    "bulk update": lambda version: TermsVersion.objects.bulk_update([version], ["text"]),
    "bulk create": lambda version: TermsVersion.objects.bulk_create(
        [version], update_conflicts=True, update_fields=["text"], unique_fields=["id"]
    ),
    "update or create": lambda version: TermsVersion.objects.update_or_create(
        pk=version.pk, defaults={"text": "<p>Other.</p>"}
    ),
    "update of a relation": lambda version: version.terms.versions.update(text="<p>Other.</p>"),
    "delete of a relation": lambda version: version.terms.versions.all().delete(),
    "move to other terms": lambda version: make_terms().versions.add(version),
    "deletion of the terms": lambda version: version.terms.delete(),
    "deletion of who wrote it": lambda version: version.created_by.delete(),
}


def saved_as_new(version):
    version._state.adding = True
    version.save()


@pytest.mark.parametrize("way", CHANGES)
def test_no_way_changes_or_deletes_a_version(people, way):
    terms = make_terms(by=people["rights_manager"], text="<p>As it stood.</p>")
    before = TermsVersion.objects.filter(terms=terms).values().get()
    version = terms.versions.get()
    version.text = "<p>Other.</p>"
    refusals = (TermsVersionsAreImmutable, IntegrityError, models.ProtectedError)
    with pytest.raises(refusals), transaction.atomic():
        CHANGES[way](version)
    assert TermsVersion.objects.filter(terms=terms).values().get() == before


def test_versions_count_from_one_and_know_who_wrote_them(people):
    terms = make_terms(by=people["rights_manager"])
    second = make_version(terms, by=people["admin"])
    assert (second.number, second.created_by) == (2, people["admin"])
    assert make_terms().versions.get().number == 1


def test_a_text_is_cleaned_whatever_way_it_comes_in(db):
    terms = make_terms(text='<p onclick="x()">A <script>alert(1)</script>wording.</p>')
    assert terms.versions.get().text == "<p>A wording.</p>"


@pytest.mark.django_db(transaction=True)
def test_of_versions_written_at_once_each_has_its_own_number():
    terms = UsageTerms.objects.create(name="Raced", slug="raced")
    for _round in range(4):
        write = partial(make_version, terms)
        outcomes = race([write] * THREADS)
        assert [one for one in outcomes if not isinstance(one, TermsVersion)] == []
    numbers = terms.versions.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 4 * THREADS + 1))


@pytest.mark.django_db(transaction=True)
def test_of_terms_put_in_one_place_at_once_one_stands():
    publication = make_publication()
    several = [make_terms() for _number in range(THREADS)]
    for place in ({"publication": publication}, {}):
        outcomes = race([partial(assign, terms, by=None, **place) for terms in several])
        assert [one for one in outcomes if not isinstance(one, TermsAssignment)] == []
    assert TermsAssignment.objects.count() == 2


# --- when a version counts --------------------------------------------------------------------


def in_force(at):
    return [version.number for version in TermsVersion.objects.in_force(at)]


def test_the_newest_version_whose_time_has_come_is_in_force(db):
    with time_machine.travel(AT - 2 * HOUR, tick=False):
        terms = make_terms()
        make_version(terms, valid_from=AT)
        make_version(terms, valid_from=AT + HOUR)
    assert in_force(AT - 3 * HOUR) == []
    assert in_force(AT - 2 * HOUR) == in_force(AT - timedelta(microseconds=1)) == [1]
    assert in_force(AT) == [2]
    assert in_force(AT + HOUR) == [3]


def test_a_version_is_never_backdated(db):
    terms = make_terms()
    with time_machine.travel(AT, tick=False):
        with pytest.raises(TermsAreWrong, match="never from before"):
            make_version(terms, valid_from=AT - 2 * HOUR)
        assert make_version(terms, valid_from=AT - timedelta(minutes=5)).valid_from == AT


def test_what_became_of_each_version_is_said_in_words(db):
    with time_machine.travel(AT, tick=False):
        terms = make_terms()
        make_version(terms, valid_from=AT + 2 * HOUR)
        make_version(terms, valid_from=AT + HOUR)
        make_version(terms, valid_from=AT + 4 * HOUR)

    def words(at):
        return [(fate.version.number, fate.word) for fate in fates(terms.versions.all(), at=at)]

    assert words(AT) == [(4, "ahead"), (3, "ahead"), (2, "never"), (1, "now")]
    assert words(AT + HOUR) == [(4, "ahead"), (3, "now"), (2, "never"), (1, "past")]
    assert words(AT + 4 * HOUR) == [(4, "now"), (3, "past"), (2, "never"), (1, "past")]


@pytest.mark.parametrize("hours", range(6))
def test_the_version_called_in_force_is_the_one_in_force(db, hours):
    with time_machine.travel(AT, tick=False):
        terms = make_terms()
        for ahead in (3, 1, 4, 4, 2):
            make_version(terms, valid_from=AT + ahead * HOUR)
    at = AT + hours * HOUR
    now = [one.version.number for one in fates(terms.versions.all(), at=at) if one.word == "now"]
    assert now == in_force(at)


def test_a_comparison_names_each_use_that_changed_with_both_sentences(db):
    terms = make_terms(rules=make_rules(excerpt=granted("name_author")))
    make_version(terms, rules=make_rules(excerpt=granted("name_author"), print="refused"))
    newer, older = terms.versions.all()
    (change,) = changes(older, newer, contact="desk@house.example")
    assert change == (
        "Publish in print",
        "To publish this article in print, ask us (desk@house.example).",
        "You may not publish this article in print.",
    )


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spdx", "use", "rule", "words"),
    [
        ("CC-BY-NC-4.0", Use.COMMERCIAL_WEB, Rule(Verdict.GRANTED), "commercial"),
        ("CC-BY-ND-4.0", Use.TRANSLATION, Rule(Verdict.GRANTED), "Translate"),
        ("CC-BY-4.0", Use.PRINT, Rule(Verdict.ASK), "Publish in print"),
        ("CC-BY-4.0", Use.PRINT, granted("no_paywall"), "No paywall"),
        ("CC0-1.0", Use.EDUCATION, granted("name_author"), "Name the author"),
    ],
)
def test_terms_that_contradict_the_licence_they_name_are_not_written(db, spdx, use, rule, words):
    terms = UsageTerms.objects.create(name="Licensed", slug="licensed")
    licence = LICENCES[spdx]
    with pytest.raises(TermsAreWrong) as refused:
        make_version(terms, rules={**licence.rules, use: rule}, licence_url=licence.url)
    assert words in " ".join(refused.value.reasons)
    assert not TermsVersion.objects.exists()


@pytest.mark.parametrize(
    "wrong", [Condition(Kind.TERM, -1), Condition(Kind.TERRITORY, ()), Condition(Kind.TERM, "x")]
)
def test_a_condition_that_makes_no_sense_is_not_written(db, wrong):
    terms = UsageTerms.objects.create(name="Ours", slug="ours")
    with pytest.raises(TermsAreWrong):
        make_version(terms, rules={Use.PRINT: Rule(Verdict.ASK, (wrong,))})
    assert not TermsVersion.objects.exists()


# --- ready-made sets --------------------------------------------------------------------------


@pytest.mark.parametrize("slug", READY_MADE)
def test_a_ready_made_set_installs_once_and_says_what_it_says(people, slug):
    by = people["rights_manager"]
    terms = install(READY_MADE[slug], by=by)
    assert install(READY_MADE[slug], by=by) == terms
    version = terms.versions.get()
    assert rules_from_json(version.rules) == dict(READY_MADE[slug].rules)
    assert set(READY_MADE[slug].rules) == set(Use)
    assert version.created_by == terms.history.get().history_user == by
    terms.full_clean()
    version.clean_fields()


def test_a_set_that_was_changed_since_is_left_as_it_is(db):
    terms = install(READY_MADE["cc-by-4-0"], by=None)
    write_version(terms, rules=make_rules(), text="<p>Ours.</p>", by=None)
    install(READY_MADE["cc-by-4-0"], by=None)
    assert terms.versions.count() == 2


def test_the_text_of_a_ready_made_set_is_kept_word_for_word(db):
    for one in READY_MADE.values():
        assert "<a " in one.text or "licenses" not in one.licence_url
        kept = install(one, by=None).versions.get().text
        assert kept.count("<p>") == one.text.count("<p>")
        assert kept.count("<a ") == one.text.count("<a ")


@pytest.mark.parametrize("one", READY_MADE.values(), ids=READY_MADE)
def test_nothing_speaks_against_a_ready_made_set(one):
    said = {"licence_url": one.licence_url, "name": one.name}
    assert lint.faults(one.rules, **said) == lint.warnings(one.rules, **said) == []


# --- places -----------------------------------------------------------------------------------


def test_terms_of_a_place_are_replaced_taken_away_and_remembered(people):
    article = make_article(by=people["editor"])
    first, second = make_terms(), make_terms()
    assign(first, by=people["rights_desk"], article=article)
    assign(second, by=people["rights_manager"], article=article)
    assign(second, by=people["admin"], article=article)
    assert TermsAssignment.objects.get().terms == second
    assert unassign(by=people["rights_manager"], article=article) is True
    assert unassign(by=people["rights_manager"], article=article) is False
    assert not TermsAssignment.objects.exists()
    past = TermsAssignment.history.order_by("history_id")
    assert [(row.history_type, row.terms, row.history_user.username) for row in past] == [
        ("+", first, "rights_desk"),
        ("~", second, "rights_manager"),
        ("-", second, "rights_manager"),
    ]


def test_two_places_at_once_are_none(people):
    article = make_article(by=people["editor"])
    with pytest.raises(ValueError, match="one thing"):
        assign(make_terms(), by=None, article=article, report=make_report())
