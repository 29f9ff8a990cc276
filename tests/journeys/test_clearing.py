"""What we hold decides what readers see: at once, on every public address, and by date alone."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from articles import actions as newsroom
from articles.models import Article
from cms.workflows.actions import MoveNotAllowed
from licensing.actions import clearances
from licensing.models.clearance import day_begins
from tests.factories.articles import (
    make_article,
    make_author,
    make_image,
    make_live_article,
    make_publication,
)
from tests.factories.clearances import clear, make_clearance
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.holders import HOLDER, link_of, make_asked, secret_path
from tests.reading import body_of

DAY = timedelta(days=1)


def editions(resolver=None):
    """The routes of one article: every public pattern that begins with its slug.

    But for the copy itself, which a text of others is not given as: test_republishing.py has it.
    """
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace != "admin":
                yield from editions(entry)
        elif isinstance(entry, URLPattern) and _is_edition(str(entry.pattern)):
            yield str(entry.pattern)


def _is_edition(route: str) -> bool:
    return route.startswith("articles/<uslug:slug>/") and "/republish/" not in route[:-1]


class Newsstand:
    """An article that we carry, everywhere where it can stand."""

    def __init__(self, people, client):
        self.people, self.client = people, client
        self.publication = make_publication("The Gazette", rights_contact=HOLDER)
        self.author = make_author("Ada Brook")
        self.image = make_image(developed=True)
        self.article = make_article(
            by=people["contributor"],
            headline="The last lamplighter",
            slug="lamplighter",
            originating_publication=self.publication,
            authors=[self.author],
            featured_image=self.image,
            cleared=False,
        )
        self.region, self.theme = make_region(), make_theme()
        self.article.regions.add(self.region)
        self.article.themes.add(self.theme)
        self.article.tags.add("gaslight")
        self.report = make_report("Lights out", articles=[self.article])
        newsroom.submit(self.article, by=people["contributor"])
        newsroom.approve(self.article, by=people["editor"])

    def fresh(self):
        """The article as whoever opens it now finds it."""
        return Article.objects.get(pk=self.article.pk)

    def publish(self):
        newsroom.publish(self.fresh(), by=self.people["editor"])

    def own_pages(self):
        named = {"<uslug:slug>": "lamplighter", "<str:format>": "bibtex"}
        return ["/" + re.sub(r"<[^>]*>", lambda place: named[place[0]], one) for one in editions()]

    def listings(self):
        headings = {
            "author": self.author,
            "publication": self.publication,
            "region": self.region,
            "theme": self.theme,
            "report": self.report,
        }
        pages = [reverse(f"site:{name}_detail", args=[row.slug]) for name, row in headings.items()]
        return ["/", "/articles/", "/tags/gaslight/", *pages]

    def picture(self):
        copy = self.image.renditions
        return f"/pictures/{self.image.key}/{copy['version']}/{copy['widths'][0]}.jpg"

    def asked(self, address):
        answer = self.client.get(address)
        return answer.status_code, body_of(answer)

    def shows_it(self) -> set[bool]:
        """Whether readers find it: ``{True}`` everywhere, ``{False}`` nowhere."""
        found = {self.asked(address)[0] == 200 for address in self.own_pages()}
        found |= {b"lamplighter" in self.asked(address)[1] for address in self.listings()}
        found.add(self.asked(self.picture())[0] == 200)
        return found

    def is_unknown(self) -> bool:
        """Whether its own pages answer like those of an article that never was."""
        return {self.asked(address)[0] for address in self.own_pages()} == {404}


@pytest.fixture
def stand(people, client):
    return Newsstand(people, client)


def test_the_editions_are_found(stand):
    assert {"/articles/lamplighter/", "/articles/lamplighter/rights/"} < set(stand.own_pages())


def test_without_a_clearance_it_does_not_go_out_on_any_way(stand, people):
    needed = make_clearance(by=people["rights_desk"], grant=False, publication=stand.publication)
    moments = {"publish": {}, "schedule": {"publish_at": timezone.now() + DAY}}
    for stage in ("needed", "requested", "refused"):
        if stage == "requested":
            clearances.request(needed, by=people["rights_desk"])
        if stage == "refused":
            clearances.refuse(needed, by=people["rights_desk"], reason="No.")
        for name, told in moments.items():
            for role in ("editor", "managing_editor", "admin"):
                with pytest.raises(MoveNotAllowed, match="The Gazette"):
                    getattr(newsroom, name)(stand.fresh(), by=people[role], **told)
    assert stand.shows_it() == {False}


def test_what_is_revoked_is_gone_in_the_next_moment_and_comes_back_with_another(stand, people):
    agreement = clear(stand.publication, by=people["rights_desk"])
    stand.publish()
    assert stand.shows_it() == {True}
    clearances.revoke(agreement, by=people["rights_manager"], reason="They sold the archive.")
    assert stand.shows_it() == {False}
    assert stand.is_unknown()
    clear(stand.article, by=people["rights_desk"], basis="permission")
    assert stand.shows_it() == {True}


def test_what_was_revoked_by_mistake_is_granted_again(stand, people):
    agreement = clear(stand.publication, by=people["rights_desk"])
    stand.publish()
    clearances.revoke(agreement, by=people["rights_manager"], reason="A slip.")
    clearances.reopen(agreement, by=people["rights_desk"])
    assert stand.shows_it() == {False}
    clearances.grant(agreement, by=people["rights_desk"])
    assert stand.shows_it() == {True}


def test_a_holder_s_yes_on_the_link_lets_it_go_out(stand, people):
    make_asked(by=people["rights_desk"], article=stand.article, basis="permission", reference="")
    with pytest.raises(MoveNotAllowed):
        stand.publish()
    clearances.grant_by_link(link_of(secret_path()), name="Ines Roca", terms={"covers": ["web"]})
    stand.publish()
    assert stand.shows_it() == {True}


def test_leave_for_something_else_is_no_leave_for_the_web(stand, people):
    make_asked(by=people["rights_desk"], article=stand.article, basis="permission", reference="")
    clearances.grant_by_link(link_of(secret_path()), name="Ines Roca", terms={"covers": ["print"]})
    with pytest.raises(MoveNotAllowed, match="does not cover"):
        stand.publish()


def test_it_leaves_after_the_last_day_without_anybody_s_doing(stand, people):
    today = timezone.localdate()
    clear(stand.publication, by=people["rights_desk"], valid_until=today)
    stand.publish()
    midnight = day_begins(today + DAY)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert stand.shows_it() == {True}
    with time_machine.travel(midnight, tick=False):
        assert stand.shows_it() == {False}
        assert stand.is_unknown()


def test_two_that_follow_each_other_leave_no_gap(stand, people):
    today = timezone.localdate()
    clear(stand.publication, by=people["rights_desk"], valid_until=today)
    stand.publish()
    clear(stand.publication, by=people["rights_desk"], valid_from=today + DAY)
    with time_machine.travel(timezone.now() + 2 * DAY, tick=False):
        assert stand.shows_it() == {True}


def test_other_articles_stay_when_one_clearance_goes(stand, people):
    agreement = clear(stand.publication, by=people["rights_desk"])
    stand.publish()
    other = make_live_article(people=people, originating_publication=make_publication())
    clearances.revoke(agreement, by=people["rights_manager"], reason="Over.")
    other.refresh_from_db()
    assert other.is_live()
    assert stand.is_unknown()
