"""Nothing of foreign origin goes out, or stays out, without leave that covers the web."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import actions as newsroom
from articles import readiness
from articles.models import Article, Byline, OriginHop
from cms.workflows.actions import MoveNotAllowed
from licensing import duties
from licensing.actions import clearances
from licensing.models.clearance import day_begins
from tests.factories.articles import (
    make_author,
    make_image,
    make_live_article,
    make_publication,
)
from tests.factories.clearances import clear
from tests.factories.hidden import approved, scheduled, withdrawn
from tests.factories.stages import make_move
from tests.reading import body_of, status

DAY = timedelta(days=1)
MACHINES = ("license.xml", ".well-known/tdmrep.json", "robots.txt")


@pytest.fixture
def desk(people):
    return people["rights_desk"]


def carried(make, people, **fields):
    """A text that first ran elsewhere, without leave unless somebody gives it."""
    fields.setdefault("originating_publication", make_publication("The Gazette"))
    return make(people, cleared=False, **fields)


def live(people, **fields):
    return make_live_article(people=people, **fields)


def fresh(article) -> Article:
    """The article as whoever opens it now finds it."""
    return Article.objects.get(pk=article.pk)


def is_live(article) -> bool:
    return Article.objects.live().filter(pk=article.pk).exists()


def refused(article, name: str, *, by, **told) -> str:
    """Why the move is not made, after which nothing has changed."""
    row = Article.objects.filter(pk=article.pk)
    before = row.values().get()
    with pytest.raises(MoveNotAllowed) as refusal:
        make_move(row.get(), name, by=by, **told)
    assert row.values().get() == before
    return " ".join(refusal.value.reasons)


# --- Every way out ----------------------------------------------------------------------------


def ended(people, desk):
    """A withdrawn article whose clearance was revoked meanwhile."""
    publication = make_publication("The Gazette")
    agreement = clear(publication, by=desk)
    article = carried(withdrawn, people, originating_publication=publication)
    clearances.revoke(agreement, by=people["rights_manager"], reason="Over.")
    return article


@pytest.mark.parametrize("name", ["publish", "schedule", "reinstate"])
@pytest.mark.parametrize("role", ["editor", "managing_editor", "admin"])
def test_no_verb_and_no_page_of_the_desk_lets_it_out(people, desk, client, name, role):
    article = ended(people, desk) if name == "reinstate" else carried(approved, people)
    if name == "reinstate" and role == "editor":
        role = "managing_editor"
    assert "no clearance from The Gazette" in refused(article, name, by=people[role])
    client.force_login(people[role])
    tomorrow = timezone.localtime() + DAY
    typed = {"reason": "So.", "publish_at": f"{tomorrow:%Y-%m-%dT%H:%M}", "dated": ""}
    answer = client.post(f"/admin/articles/article/{article.pk}/move/{name}/", typed)
    assert answer.status_code == 409
    assert "no clearance from The Gazette" in answer.content.decode()
    assert not is_live(article)


def test_a_text_whose_outlet_beside_the_date_is_foreign_needs_leave_too(people):
    article = approved(people, publication=make_publication("The Gazette"), cleared=False)
    assert "no clearance from The Gazette" in refused(article, "publish", by=people["editor"])


def test_our_own_text_needs_nobodys_leave(people):
    newsroom.publish(approved(people), by=people["editor"])


# --- When it counts ---------------------------------------------------------------------------


def test_what_begins_after_the_hour_named_does_not_let_it_be_scheduled(people, desk):
    article = carried(approved, people)
    begins = timezone.localdate() + 5 * DAY
    clear(article.originating_publication, by=desk, valid_from=begins)
    hour = day_begins(begins) - timedelta(seconds=1)
    said = refused(article, "schedule", by=people["editor"], publish_at=hour)
    assert "no clearance from The Gazette" in said


def test_what_begins_before_the_hour_named_lets_it_be_scheduled_today(people, desk, client):
    article = carried(approved, people)
    begins = timezone.localdate() + 5 * DAY
    clear(article.originating_publication, by=desk, valid_from=begins)
    assert "no clearance" in refused(article, "publish", by=people["editor"])
    client.force_login(people["editor"])
    typed = {"publish_at": f"{day_begins(begins):%Y-%m-%dT%H:%M}", "reason": ""}
    answer = client.post(f"/admin/articles/article/{article.pk}/move/schedule/", typed)
    assert answer.status_code == 302, answer.content.decode()
    with time_machine.travel(day_begins(begins) + timedelta(minutes=1), tick=False):
        assert is_live(article)


def test_what_ends_before_the_hour_named_does_not_let_it_be_scheduled(people, desk):
    article = carried(approved, people)
    clear(article.originating_publication, by=desk, valid_until=timezone.localdate() + 2 * DAY)
    said = refused(article, "schedule", by=people["editor"], publish_at=timezone.now() + 4 * DAY)
    assert "has ended" in said


def test_an_embargo_that_outlasts_the_leave_never_shows_it(people, desk):
    article = carried(approved, people, embargo_until=timezone.now() + 4 * DAY)
    clear(article.originating_publication, by=desk, valid_until=timezone.localdate() + 2 * DAY)
    newsroom.publish(fresh(article), by=people["editor"])
    for days in (0, 1, 3, 5):
        with time_machine.travel(timezone.now() + days * DAY, tick=False):
            assert not is_live(article)


def test_what_was_scheduled_does_not_come_out_when_its_leave_is_revoked_first(people, desk):
    publication = make_publication()
    agreement = clear(publication, by=desk)
    article = carried(scheduled, people, originating_publication=publication)
    clearances.revoke(agreement, by=people["rights_manager"], reason="Over.")
    with time_machine.travel(timezone.now() + 2 * DAY, tick=False):
        assert not is_live(article)
        clear(publication, by=desk)
        assert is_live(article)


# --- Who has to give it -----------------------------------------------------------------------


def test_in_the_publications_stead_every_author_may_give_it(people, desk):
    first, second = make_author(), make_author()
    article = carried(approved, people, authors=[first, second])
    one = clear(first, by=desk, basis="permission")
    assert "not everybody has" in refused(article, "publish", by=people["editor"])
    clear(second, by=desk, basis="permission")
    newsroom.publish(article, by=people["editor"])
    clearances.revoke(one, by=people["rights_manager"], reason="Over.")
    assert not is_live(article)


def test_an_author_who_joins_without_leave_takes_it_off(people, desk):
    author = make_author()
    clear(author, by=desk, basis="permission")
    article = carried(approved, people, authors=[author])
    newsroom.publish(article, by=people["editor"])
    Byline.objects.create(article=article, author=make_author(), position=1)
    newsroom.revise(article, by=people["editor"])
    assert not is_live(article)


def test_a_translation_on_the_way_needs_the_translators_leave_too(people, desk):
    article = carried(approved, people)
    clear(article.originating_publication, by=desk)
    pool = make_publication("Translators’ Pool")
    OriginHop.objects.create(article=article, step="translated", publication=pool)
    assert "Translators’ Pool" in refused(article, "publish", by=people["editor"])
    clear(pool, by=desk)
    newsroom.publish(article, by=people["editor"])


def test_a_text_that_we_translated_needs_leave_to_translate(people, desk):
    article = carried(approved, people)
    OriginHop.objects.create(article=article, step="translated", publication=article.publication)
    clear(article.originating_publication, by=desk)
    assert "translating it" in refused(article, "publish", by=people["editor"])
    clear(article, by=desk, covers=["translation"])
    newsroom.publish(article, by=people["editor"])


def test_the_translators_leave_alone_is_no_leave(people, desk):
    article = carried(approved, people)
    pool = make_publication("Translators’ Pool")
    OriginHop.objects.create(article=article, step="translated", publication=pool)
    clear(article, by=desk, publication=pool)
    assert "The Gazette" in refused(article, "publish", by=people["editor"])


# --- Its origin is changed while it is public -------------------------------------------------


def test_a_live_article_that_turns_out_to_be_foreign_leaves_at_once(people, client):
    article = live(people)
    article.originating_publication = make_publication()
    article.save()
    newsroom.revise(article, by=people["editor"])
    assert not is_live(article)
    assert client.get(article.get_absolute_url()).status_code == 404
    article.originating_publication = None
    article.save()
    newsroom.revise(article, by=people["editor"])
    assert client.get(article.get_absolute_url()).status_code == 200


def test_a_revision_of_another_origin_that_is_restored_is_judged_by_it(people, desk):
    foreign = make_publication()
    agreement = clear(foreign, by=desk)
    article = carried(live, people, originating_publication=foreign)
    old = article.revisions.first()
    article.originating_publication = None
    article.save()
    newsroom.revise(article, by=people["editor"])
    clearances.revoke(agreement, by=people["rights_manager"], reason="Over.")
    assert is_live(article)
    newsroom.restore(old, by=people["managing_editor"])
    assert not is_live(article)


def test_a_step_that_is_added_through_the_desk_is_judged_at_once(people, desk):
    article = carried(live, people, originating_publication=clear_publication(desk))
    pool = make_publication()
    OriginHop.objects.create(article=article, step="translated", publication=pool)
    newsroom.revise(article, by=people["editor"])
    assert not is_live(article)
    clear(pool, by=desk)
    assert is_live(article)


def clear_publication(desk):
    publication = make_publication()
    clear(publication, by=desk)
    return publication


# --- Pictures ---------------------------------------------------------------------------------


def test_a_picture_that_nobody_has_looked_into_holds_the_article_back(people, desk):
    image = make_image(rights_category="unknown")
    article = approved(people, featured_image=image)
    assert "why we may show the picture" in refused(article, "publish", by=people["editor"])
    clear(image, by=desk, basis="permission")
    newsroom.publish(article, by=people["editor"])


def test_leave_for_a_picture_that_only_begins_or_was_revoked_is_none(people, desk):
    image = make_image(rights_category="unknown")
    article = approved(people, featured_image=image)
    begins = timezone.localdate() + 5 * DAY
    leave = clear(image, by=desk, basis="permission", valid_from=begins)
    assert readiness.blockers(fresh(article)) != []
    with time_machine.travel(day_begins(begins), tick=False):
        duties.begin_what_begins(at=timezone.now())
        assert readiness.blockers(fresh(article)) == []
        clearances.revoke(leave, by=people["rights_manager"], reason="Over.")
        assert readiness.blockers(fresh(article)) != []


def test_a_picture_whose_leave_is_revoked_leaves_its_words_behind(people, desk, client):
    image = make_image(rights_category="agency", developed=True, alt_text="A wet quay")
    leave = clear(image, by=desk, basis="permission")
    article = live(people, featured_image=image)
    copies = image.renditions
    file = f"/pictures/{image.key}/{copies['version']}/{copies['widths'][0]}.jpg"
    assert status(client, file) == 200
    clearances.revoke(leave, by=people["rights_manager"], reason="Over.")
    assert status(client, file) == 404
    for edition in ("", "print/"):
        page = client.get(f"{article.get_absolute_url()}{edition}").content.decode()
        assert str(image.key) not in page
        assert "A wet quay" in page
    clear(image, by=desk, basis="permission")
    assert status(client, file) == 200


# --- For machines -----------------------------------------------------------------------------


def test_what_has_left_is_in_no_file_for_machines_and_comes_back(people, desk, client):
    publication = make_publication("Quux Gazette")
    agreement = clear(publication, by=desk)
    article = carried(
        live, people, originating_publication=publication, slug="quux-article", headline="Quux"
    )

    def told():
        return {name: body_of(client.get(f"/{name}")) for name in MACHINES}

    shown = told()
    assert any(article.slug.encode() in body for body in shown.values())
    clearances.revoke(agreement, by=people["rights_manager"], reason="Over.")
    assert not [name for name, body in told().items() if b"quux" in body.lower()]
    for name in ("rights.odrl.json", "article.ninjs.json"):
        assert client.get(f"/articles/{article.slug}/{name}").status_code == 404
    clear(article, by=desk)
    assert told().keys() == shown.keys()
    assert client.get(f"/articles/{article.slug}/rights.odrl.json").status_code == 200
