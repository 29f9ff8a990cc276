"""What is typed and not saved is kept for its owner, within bounds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import unsaved
from articles.models import UnsavedWork
from cms.workflows.actions import MoveNotAllowed

KEY = "k" * 22


def test_the_same_form_is_kept_once_and_never_with_what_no_database_holds(people):
    for words in ("One", "Two\x00 \ud800words"):
        form = {"headline": [words], "regions": ["1", "2"]}
        unsaved.keep(form, by=people["editor"], key=KEY, article=None)
    work = UnsavedWork.objects.get()
    assert work.form == {"headline": ["Two words"], "regions": ["1", "2"]}
    assert work.headline == "Two words"
    assert unsaved.throw_away(by=people["contributor"], key=KEY) == 0
    assert unsaved.throw_away(by=people["editor"], key=KEY) == 1


def test_too_large_and_too_many_are_refused_in_words(people, monkeypatch):
    monkeypatch.setattr(unsaved, "LARGEST", 1000)
    monkeypatch.setattr(unsaved, "MOST", 1)
    with pytest.raises(MoveNotAllowed, match="too large"):
        unsaved.keep({"body": ["x" * 1000]}, by=people["editor"], key=KEY, article=None)
    unsaved.keep({"body": ["x"]}, by=people["editor"], key=KEY, article=None)
    with pytest.raises(MoveNotAllowed, match="Throw some of it away"):
        unsaved.keep({"body": ["x"]}, by=people["editor"], key="l" * 22, article=None)
    unsaved.keep({"body": ["y"]}, by=people["editor"], key=KEY, article=None)


def test_after_two_weeks_it_is_forgotten(people):
    now = timezone.now()
    unsaved.keep({"body": ["x"]}, by=people["editor"], key=KEY, article=None, at=now)
    assert unsaved.forget(at=now + timedelta(days=13)) == ""
    said = unsaved.forget(at=now + timedelta(days=15))
    assert said == "1 piece of unsaved work was thrown away."
