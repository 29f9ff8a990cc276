"""Why an article cannot go out is said in sentences, each of which somebody can act on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from articles import actions, readiness
from articles.models import Byline, GalleryImage
from cms.workflows.actions import MoveNotAllowed
from tests.factories.articles import house, make_article, make_author, make_image, make_publication
from tests.factories.rights import hold_an_agreement_with
from tests.factories.stages import HOUR, make_article_at, make_move

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def article(people):
    return make_article(by=people["contributor"])


def test_nothing_keeps_a_whole_signed_article_back(article):
    assert readiness.blockers(article) == []


@pytest.mark.parametrize("body", ["", "<p></p>", "<p> </p>", "<p>\u00a0</p>", "<hr>"])
def test_an_empty_body_keeps_it_back(people, body):
    article = make_article(by=people["contributor"], body=body)
    assert readiness.blockers(article) == ["The body is empty."]
    assert readiness.gaps(article) == ["The body is empty."]


@pytest.mark.parametrize(
    "role", [Byline.Role.TRANSLATOR, Byline.Role.PHOTOGRAPHER, Byline.Role.EDITOR]
)
def test_somebody_must_sign_it_as_author_or_reporter(people, role):
    article = make_article(by=people["contributor"], authors=[])
    Byline.objects.create(article=article, author=make_author(), role=role)
    assert readiness.blockers(article) == ["Nobody signs it. Add a byline with the role “Author”."]
    Byline.objects.create(article=article, author=make_author(), role=Byline.Role.REPORTER)
    assert readiness.blockers(article) == []


def test_a_picture_without_a_credit_keeps_it_back_wherever_it_stands(article):
    article.featured_image = make_image(credit_line="", caption="A field")
    GalleryImage.objects.create(article=article, image=make_image(credit_line="", caption="A hill"))
    assert readiness.blockers(article) == [
        "The picture “A field” has no credit line.",
        "The picture “A hill” has no credit line.",
    ]


def test_a_picture_whose_time_is_over_keeps_it_back(article):
    article.featured_image = make_image(caption="A field", use_until=AT)
    assert readiness.blockers(article, at=AT - HOUR) == []
    assert readiness.blockers(article, at=AT) == [
        "The right to show the picture “A field” has ended."
    ]


def test_our_own_publication_is_no_origin(article):
    article.originating_publication = house()
    assert readiness.blockers(article) == [
        "The originating publication is our own. Leave it empty for a text of ours."
    ]


def test_nothing_was_first_published_tomorrow(article):
    article.originating_publication = make_publication()
    hold_an_agreement_with(article.originating_publication)
    article.original_date = AT.date() + timedelta(days=1)
    assert readiness.blockers(article, at=AT) == [
        "The date of first publication lies in the future."
    ]


def test_today_is_today_in_the_newsrooms_own_time_zone(article, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    article.originating_publication = make_publication()
    hold_an_agreement_with(article.originating_publication)
    article.original_date = date(2026, 3, 2)  # in Auckland it is the 2nd already
    assert readiness.blockers(article, at=AT) == []


def test_other_desks_are_asked_too_and_their_sentences_stand_with_ours(article, monkeypatch):
    monkeypatch.setattr(readiness, "_checks", list(readiness._checks))
    asked = []

    @readiness.register
    def rights(article, *, at):
        asked.append((article, at))
        return ["No clearance is in force."]

    readiness.register(rights)
    assert readiness.blockers(article, at=AT) == ["No clearance is in force."]
    assert asked == [(article, AT)]


# --- the verbs and the desk obey --------------------------------------------------------------


@pytest.fixture
def blocked(monkeypatch):
    monkeypatch.setattr(readiness, "_checks", [lambda article, *, at: ["Not yet."]])


@pytest.mark.parametrize(
    ("stage", "name"),
    [
        ("approved", "publish"),
        ("approved", "schedule"),
        ("scheduled", "publish"),
        ("scheduled", "schedule"),
        ("struck", "publish"),
        ("withdrawn", "reinstate"),
    ],
)
def test_no_way_leads_to_the_public_past_what_blocks_it(people, client, request, stage, name):
    article = make_article_at(stage, people=people)
    before = (article.status, article.published_at, article.events.count())
    request.getfixturevalue("blocked")
    with pytest.raises(MoveNotAllowed, match="Not yet"):
        make_move(article, name, by=people["managing_editor"])

    client.force_login(people["managing_editor"])
    tomorrow = timezone.now() + timedelta(days=1)
    typed = {"reason": "Because.", "publish_at": f"{tomorrow:%Y-%m-%dT%H:%M}"}
    answer = client.post(f"/admin/articles/article/{article.pk}/move/{name}/", typed)
    assert answer.status_code == 409
    assert "Not yet." in answer.content.decode()
    article.refresh_from_db()
    assert (article.status, article.published_at, article.events.count()) == before


def test_an_empty_text_is_not_even_submitted(people):
    article = make_article(by=people["contributor"], body="")
    with pytest.raises(MoveNotAllowed, match="The body is empty"):
        actions.submit(article, by=people["contributor"])
