"""The verbs that arrange: whole, at once, by whoever saw what they replace, or not at all."""

from functools import partial

import pytest
from django.contrib.auth.models import Permission

from articles import hearing
from articles.arranging import (
    MOST_PLACES,
    OrderChanged,
    Place,
    arrange_front,
    arrange_report,
    front_order,
    report_order,
)
from articles.models import FrontPlace
from cms.workflows.actions import MoveNotAllowed, NotYours
from tests.factories.articles import make_article
from tests.factories.headings import make_report
from tests.racing import race


@pytest.fixture
def editor(people):
    return people["editor"]


@pytest.fixture
def articles(people):
    return [make_article(by=people["contributor"]) for _ in range(4)]


def keys(articles):
    return [article.pk for article in articles]


def places(*articles):
    return [Place(article.pk) for article in articles]


def standing(report):
    return list(report.entries.values_list("article", "position"))


def test_a_report_is_arranged_as_a_whole(editor, articles, monkeypatch):
    one, two, three, four = keys(articles)
    report = make_report(articles=articles[:3])
    heard = []
    monkeypatch.setattr(hearing, "_hearers", [lambda rows: heard.extend(rows.order_by("pk"))])
    kept = report.entries.get(article=three).pk
    arrange_report(report, [four, three, one], seen=[one, two, three], by=editor)
    assert standing(report) == [(four, 0), (three, 1), (one, 2)]
    assert report.entries.get(article=three).pk == kept
    assert heard == [articles[1], articles[3]]


def test_whoever_has_not_seen_what_stands_is_told_and_changes_nothing(editor, articles):
    one, two, three, _four = keys(articles)
    report = make_report(articles=articles[:2])
    with pytest.raises(OrderChanged, match="off meanwhile"):
        arrange_report(report, [two, one], seen=[one, two, three], by=editor)
    with pytest.raises(OrderChanged, match="another order"):
        arrange_report(report, [one, two], seen=[two, one], by=editor)
    with pytest.raises(OrderChanged, match="has added"):
        arrange_report(report, [one], seen=[one], by=editor)
    assert report_order(report, by=editor) == [one, two]


def test_the_front_page_is_arranged_with_its_times(editor, articles):
    first, second, third, _fourth = articles
    arrange_front(places(first, second), seen=[], by=editor)
    order = front_order(by=editor)
    timed = Place(second.pk, shown_from=first.created_at)
    arrange_front([timed, *places(third)], seen=order, by=editor)
    assert front_order(by=editor) == [timed, *places(third)]
    with pytest.raises(OrderChanged, match="another time"):
        arrange_front([], seen=places(second, third), by=editor)


def test_an_order_that_cannot_be_is_refused(editor, articles):
    one = articles[0].pk
    report = make_report()
    for order in ([one, one], [one, 10**12], list(range(1, MOST_PLACES + 2))):
        with pytest.raises(MoveNotAllowed):
            arrange_report(report, order, seen=[], by=editor)
        with pytest.raises(MoveNotAllowed):
            arrange_front([Place(key) for key in order], seen=[], by=editor)
    assert not report.entries.exists()


def test_whoever_may_not_take_off_may_still_move(people, articles):
    reader = people["rights_desk"]
    one, two = keys(articles[:2])
    report = make_report(articles=articles[:2])
    with pytest.raises(NotYours):
        arrange_report(report, [two, one], seen=[one, two], by=reader)
    reader.user_permissions.add(Permission.objects.get(codename="change_reportentry"))
    reader = type(reader).objects.get(pk=reader.pk)
    with pytest.raises(NotYours):
        arrange_report(report, [two], seen=[one, two], by=reader)
    arrange_report(report, [two, one], seen=[one, two], by=reader)
    assert report_order(report, by=reader) == [two, one]


def test_what_is_hidden_from_an_editor_keeps_its_place_and_its_name(people, articles):
    contributor = people["contributor"]
    contributor.user_permissions.add(
        *Permission.objects.filter(codename__endswith="_frontplace"),
    )
    contributor = type(contributor).objects.get(pk=contributor.pk)
    secret = make_article(by=people["editor"], headline="Secret")
    first, second = articles[:2]
    report = make_report(articles=[first, secret, second])
    own = keys([first, second])
    assert report_order(report, by=contributor) == own
    arrange_report(report, own[::-1], seen=own, by=contributor)
    assert [key for key, _place in standing(report)] == keys([second, secret, first])
    for position, article in enumerate([secret, first, second]):
        FrontPlace.objects.create(article=article, position=position)
    arrange_front(places(second), seen=places(first, second), by=contributor)
    assert list(FrontPlace.objects.values_list("article", flat=True)) == keys([secret, second])
    with pytest.raises(MoveNotAllowed) as refused:
        arrange_report(report, [*own[::-1], secret.pk], seen=own[::-1], by=contributor)
    assert "Secret" not in str(refused.value)
    with pytest.raises(OrderChanged) as refused:
        arrange_front([], seen=places(second, secret), by=contributor)
    assert "Secret" not in str(refused.value)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_wins_and_the_other_is_told(people):
    editor = people["editor"]
    articles = [make_article(by=people["contributor"]) for _ in range(2)]
    report = make_report()
    for verb in (
        lambda order: arrange_front([Place(key) for key in order], seen=[], by=editor),
        lambda order: arrange_report(report, order, seen=[], by=editor),
    ):
        outcomes = race([partial(verb, [article.pk]) for article in articles])
        assert sorted(isinstance(outcome, OrderChanged) for outcome in outcomes) == [False, True]
    assert FrontPlace.objects.count() == report.entries.count() == 1
