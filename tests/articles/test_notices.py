"""Other desks say what stands in a section; the house says the rest."""

import pytest

from articles import notices
from articles.notices import Section


@pytest.fixture(autouse=True)
def writers(monkeypatch):
    monkeypatch.setattr(notices, "_writers", {})


def test_without_a_writer_the_house_has_its_say():
    house = Section("disclaimer", "<p>Ours.</p>")
    assert notices.said(None, house) is house


def test_a_writer_is_told_the_page_and_the_wording_of_the_house():
    heard = []

    @notices.register("crosspost")
    def write(page, *, house):
        heard.append((page, house))
        return Section(house.key, "<p>Not so.</p>", house.label)

    house = Section("crosspost", "<p>Ours.</p>", "Cross-posting")
    assert notices.said("the page", house) == Section(
        "crosspost", "<p>Not so.</p>", "Cross-posting"
    )
    assert heard == [("the page", house)]
    assert notices.said("the page", Section("other", "")).html == ""
