"""The demo's register of copies: one in each state, with what looks at them saw and who read them.

Nothing is fetched: each page is written here, out of the copy that its outlet was given.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from html import escape

from django.utils import timezone

from articles.addresses import site
from articles.models import Article
from articles.pages import article_page, loaded
from licensing.actions import counting, crossposts
from licensing.compliance import checks
from licensing.compliance.failures import Failure
from licensing.compliance.fetch import Fetched
from licensing.compliance.maintext import main_text
from licensing.compliance.reading import read
from licensing.kits import kit_of
from licensing.models import Crosspost, FoundBy, Grant, Readings, Sighting
from licensing.republication import held, offered
from licensing.republishing.copy import Copy, Format
from licensing.republishing.rendering import render
from licensing.rights.attribution import Form
from licensing.rights.vocabulary import Use

DAY = timedelta(days=1)
MONTHS_OF_READING = 100


class DemoCopies:
    """Enters copies as takers, webmentions and the desk would, and records looks at them."""

    def __init__(self, *, people: dict, now: datetime):
        self.by = people["rights_desk"]
        self.now = now

    def load(self, found: dict[str, Article]) -> None:
        """``found``: articles by key. Does nothing where any copy is known."""
        if Crosspost.objects.exists():
            return
        grants = {grant.licensee_outlet: grant for grant in Grant.objects.order_by("pk")}
        berm, salt = grants["De Groene Berm"], grants["Salt & Light"]
        self._seen(berm, "groene-berm.example/nieuws/meadow/", _as_given)
        self._read_today(berm, {"groene-berm.example": 214, "": 9, "polder-nieuws.example": 17})
        self._seen(salt, "salt-and-light.example/2026/brine/", _cut_and_without_its_link)
        self._read_today(salt, {"salt-and-light.example": 63})
        road = grants["Bords de route"]
        self._told(road, "bords-de-route.example/pre-entre-les-voies")
        if watch := grants.get("Harbour Watch"):
            place = "harbour-watch.example/reports/committee/"
            self._settle(self._seen(watch, place, _under_another_title))
        if revue := grants.get("Revue du Ponant"):
            self._read_for_months(revue, "revue-du-ponant.example")
        lithium = found["lithium"]
        self._without_a_name(lithium, "https://desert-notes.example/brine-has-no-owner")
        gone = self._enter(found["structure"], "https://wide-open-mirror.example/p/48213")
        checks.record(gone, checks.Seen(Fetched(Failure.GONE, 410)), at=timezone.now())
        # Nobody looks before tomorrow.
        rows = Crosspost.objects.filter(next_check_at__lt=self.now + DAY)
        rows.update(next_check_at=self.now + DAY)

    # --- how we came to know of them ---

    def _told(self, grant: Grant, place: str) -> Crosspost:
        article = grant.granted.get().article
        told = {"outlet": grant.licensee_outlet, "found_by": FoundBy.TAKER}
        return crossposts.declare(
            article, url=f"https://{place}", grant=grant, at=timezone.now(), **told
        )[0]

    def _enter(self, article: Article, url: str) -> Crosspost:
        return crossposts.enter(article, url=url, by=self.by, at=timezone.now())[0]

    # --- what was seen ---

    def _seen(self, grant: Grant, place: str, page: Callable[[Copy], str]) -> Crosspost:
        copy = self._told(grant, place)
        article = loaded(Article.objects.filter(pk=copy.article_id)).get()
        at = timezone.now()
        decision = held(article, grant, at=at)
        kit = kit_of(article_page(article, at=at), decision, grant=grant, absolute=_absolute)
        self._record(copy, page(kit), grant.licensee_outlet)
        return copy

    def _without_a_name(self, article: Article, url: str) -> None:
        """Taken as the terms allow, and told by a webmention."""
        at = timezone.now()
        article = loaded(Article.objects.filter(pk=article.pk)).get()
        decision = offered(article, Use.COMMUNITY_WEB, at=at).decision
        kit = kit_of(article_page(article, at=at), decision, absolute=_absolute)
        copy, _is_new = crossposts.declare(article, url=url, found_by=FoundBy.WEBMENTION, at=at)
        self._record(copy, _as_given(kit), "Desert Notes")

    def _record(self, copy: Crosspost, body: str, outlet: str) -> None:
        html = _page(body, outlet)
        digest = sha256(html.encode()).hexdigest()
        fetched = Fetched("", 200, copy.url, "text/html", html, digest)
        seen = checks.Seen(fetched, read(html), main_text(html))
        checks.record(copy, seen, at=timezone.now())

    def _settle(self, copy: Crosspost) -> None:
        copy.refresh_from_db()
        crossposts.resolve(
            copy,
            by=self.by,
            reason="Their readers know the committee by its old name; the writer agreed.",
            at=timezone.now(),
        )

    # --- who read them ---

    def _read_today(self, grant: Grant, hosts: dict[str, int]) -> None:
        pixel = counting.give_pixel(grant, grant.granted.get().article, at=self.now)
        day = timezone.localdate(self.now)
        for host, number in hosts.items():
            Readings.objects.create(pixel=pixel, day=day, host=host, number=number)
            if host:
                Sighting.objects.create(pixel=pixel, host=host, first_at=self.now)

    def _read_for_months(self, grant: Grant, host: str) -> None:
        """Many at first, then fewer, more on some days than on others."""
        pixel = counting.give_pixel(grant, grant.granted.get().article, at=grant.issued_at)
        last = timezone.localdate(self.now)
        days = min(MONTHS_OF_READING, (last - timezone.localdate(grant.issued_at)).days)
        Readings.objects.bulk_create(
            Readings(
                pixel=pixel,
                day=last - timedelta(days=back),
                host=host,
                number=max(1, 4 + (back * 7919) % 23 + (90 if back > days - 6 else 0)),
            )
            for back in range(days)
        )
        Sighting.objects.create(pixel=pixel, host=host, first_at=grant.issued_at + DAY)


# --- Pages ------------------------------------------------------------------------------------


def _absolute(path: str) -> str:
    return f"{site()}{path}"


def _as_given(kit: Copy) -> str:
    return render(kit, Format.HTML)


def _cut_and_without_its_link(kit: Copy) -> str:
    """Two paragraphs are gone, and so is the credit."""
    cut = replace(kit, body=(*kit.body[:3], *kit.body[5:]))
    return render(cut, Format.HTML).replace(kit.credit(Form.WEB_HTML), "")


def _under_another_title(kit: Copy) -> str:
    words = replace(kit, headline="Who sits at the long table", featured=None, gallery=())
    return render(words, Format.HTML)


def _page(body: str, outlet: str) -> str:
    name = escape(outlet)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{name}</title></head><body>'
        f"<header><p>{name}</p></header><main><article>{body}</article></main></body></html>"
    )
