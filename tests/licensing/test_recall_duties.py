"""Time and recalls: who is told and reminded by the clock, whatever becomes of others."""

from datetime import timedelta

import pytest
from django.utils import timezone

from licensing import recall_duties, recall_letters
from tests.factories.articles import make_live_article
from tests.factories.recalls import TEXT, put_right, taken_by, tell_all, told
from tests.factories.takings import free_for_community_sites

pytestmark = pytest.mark.django_db


def test_one_recall_that_fails_keeps_nobody_else_waiting(people, monkeypatch, caplog):
    free_for_community_sites()
    article = make_live_article(people=people, body=TEXT.format(year=1931))
    other = make_live_article(people=people, body=TEXT.format(year=1931))
    taken_by("ines", article), taken_by("noor", other)
    for one in (article, other):
        put_right(one, by=people["editor"], year=1913)
    tell, remind = recall_letters.tell, recall_letters.remind
    at = timezone.now()
    later = at + timedelta(days=4)

    def broken(act):
        def written(copy, *told, **named):
            if copy.recall.article == article:
                raise RuntimeError("Broken.")
            return act(copy, *told, **named)

        return written

    with monkeypatch.context() as patched:
        patched.setattr(recall_letters, "tell", broken(tell))
        assert recall_duties.tell_holders(at=at) == "1 holder was told."
    assert "Broken." in caplog.text and not told("ines") and len(told("noor")) == 1
    assert tell_all(at=at) == 1 and len(told("ines")) == 1
    with monkeypatch.context() as patched:
        patched.setattr(recall_letters, "remind", broken(remind))
        assert recall_duties.remind_holders(at=later) == "1 holder was reminded."
    assert recall_duties.remind_holders(at=later) == "1 holder was reminded."
