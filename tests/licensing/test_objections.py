"""A clearance that makes no sense is refused in words as it is entered, and nothing is kept."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from licensing.models import Clearance
from tests.factories.articles import house, make_article, make_author, make_image, make_publication
from tests.factories.clearances import clear, make_clearance


def refused(**fields):
    """The sentences with which it is refused."""
    kept = Clearance.objects.count()
    with pytest.raises(ValidationError) as refusal:
        make_clearance(grant=False, **fields)
    assert Clearance.objects.count() == kept
    return " ".join(refusal.value.messages)


@pytest.fixture
def desk(people):
    return people["rights_desk"]


def test_it_does_not_end_before_it_begins(desk):
    days = {"valid_from": date(2026, 5, 2), "valid_until": date(2026, 5, 1)}
    assert refused(by=desk, **days) == "It ends before it begins."


def test_it_may_end_on_the_day_on_which_it_begins(desk):
    day = date(2026, 5, 2)
    make_clearance(by=desk, grant=False, valid_from=day, valid_until=day)


def test_it_does_not_come_from_ourselves(desk):
    assert "our own publication" in refused(by=desk, publication=house())
    assert "our own publication" in refused(by=desk, holder_name=" the house review ")


def test_our_own_article_needs_nobodys_leave(people, desk):
    article = make_article(by=people["editor"])
    said = {"article": article, "basis": "permission"}
    assert "needs nobody's leave" in refused(by=desk, **said)
    # Somebody else may hold rights in it all the same, and own work may be filed as such.
    make_clearance(by=desk, grant=False, **said, holder_name="An Agency")
    make_clearance(by=desk, grant=False, article=article, basis="own_work")


def test_it_names_what_it_is_for_and_nothing_else(people, desk):
    foreign = make_publication()
    article = make_article(by=people["editor"], originating_publication=foreign)
    for fields in (
        {"scope": "article", "publication": foreign},
        {"scope": "publication", "publication": foreign, "article": article},
        {"scope": "author", "author": make_author(), "image": make_image()},
        {"scope": "image", "image": make_image(), "article": article},
        {"scope": "publication", "publication": None, "author": make_author()},
    ):
        assert "and nothing else" in refused(by=desk, **fields)


def test_it_was_not_agreed_tomorrow(desk):
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "lies ahead" in refused(by=desk, agreed_on=tomorrow)


def test_nothing_is_both_allowed_and_forbidden(desk):
    said = refused(by=desk, passes_on=["print", "excerpt"], forbids=["print"])
    assert "Publish in print" in said
    assert "Quote" not in said


def test_a_licence_is_read_on_the_web(desk):
    said = refused(by=desk, basis="open_licence", licence_url="ftp://licences.example/by")
    assert "http or https" in said


def test_who_answers_for_fair_use_may_approve(people, desk):
    said = refused(by=desk, basis="fair_use", fair_use_editor=people["contributor"])
    assert "is no editor" in said
    for role in ("editor", "managing_editor", "admin"):
        make_clearance(by=desk, grant=False, basis="fair_use", fair_use_editor=people[role])


def test_an_exclusive_one_beside_a_granted_one_is_refused_as_it_is_entered(desk):
    publication = make_publication()
    clear(publication, by=desk, is_exclusive=True)
    fields = {"publication": publication, "is_exclusive": True}
    assert "exclusive too" in refused(by=desk, **fields)
    assert "exclusive too" in refused(by=desk, **fields, valid_from=date(2040, 1, 1))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("covers", ["the moon"]),
        ("covers", "web"),
        ("covers", [1]),
        ("passes_on", ["selling"]),
        ("passes_on", {"print": True}),
        ("forbids", ["breathing"]),
        ("forbids", [None]),
        ("conditions", ["be nice"]),
        ("conditions", [{"kind": "excerpt_words", "value": -1}]),
        ("scope", "planet"),
        ("basis", "finders keepers"),
        ("holder_contact", "nobody"),
        ("attribution", "One line\nand another"),
        ("valid_until", date(9999, 1, 1)),
        ("reference", "\x00"),
    ],
)
def test_values_that_mean_nothing_are_refused(desk, field, value):
    assert refused(by=desk, **{field: value})


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2026, 5, 1), date(2026, 6, 30), "from 1 May 2026 until 30 June 2026"),
        (date(2026, 5, 1), None, "from 1 May 2026"),
        (None, date(2026, 6, 30), "until 30 June 2026"),
        (None, None, "without an end"),
    ],
)
def test_its_days_are_said_in_words(since, until, words):
    assert Clearance(valid_from=since, valid_until=until).days == words
