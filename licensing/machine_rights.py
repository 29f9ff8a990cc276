"""What the files for the whole site say: the default terms, and every article that differs.

Articles come in chunks, each with a number of queries that does not grow with it; only the uses
that machines make are decided.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from django.db.models import Count, Max, Sum
from django.urls import reverse
from django.utils import timezone

from articles import addresses, credits
from articles.addresses import Absolute
from articles.models import Article, Publication
from articles.pages import loaded
from cms.sitepolicy.models import Kind
from cms.sitepolicy.texts import HouseTexts
from licensing.applying import Applying, facts
from licensing.chain import Clearances, party
from licensing.models import ClearanceEvent, TermsAssignment, TermsVersion
from licensing.rights.decide import decide
from licensing.rights.facts import Party, Rule, Snapshot, Terms
from licensing.rights.statement import LineRights, SiteRights
from licensing.rights.vocabulary import MACHINE_USES, Use
from licensing.snapshot import text
from licensing.statements import Rights
from licensing.terms import site_default

CHUNK = 500


def site_rights(*, absolute: Absolute, texts: HouseTexts, at: datetime) -> SiteRights:
    """What counts where an article says nothing else."""
    house = Publication.objects.filter(is_house=True).first()
    default = site_default(at=at)
    terms = facts(default) if default else None
    policy_url = absolute(addresses.neutral(reverse("rights:rights_policy")))
    name = house.name if house else texts.written(Kind.MASTHEAD)
    return SiteRights(
        name=name,
        url=absolute("/"),
        desk=party(house) if house else Party(name),
        rules=terms.rules if terms else {},
        terms_url=absolute(terms.url) if terms else policy_url,
        policy_url=policy_url,
        acquire_url=absolute(addresses.neutral(reverse("rights:permission_new"))),
        tdm_policy_url=absolute(reverse("licensing:tdm_policy")),
        licence_url=terms.licence_url if terms else "",
    )


def stamp(*, at: datetime) -> str:
    """Differs wherever the answers may: what is live, cleared, under which terms, on which day.

    Six queries that read the ends of indexes, but for one count of what is live.
    """
    live = Article.objects.live(at).aggregate(Count("pk"), Sum("pk"), Max("updated_at"))
    ends = (
        ClearanceEvent.objects.aggregate(Max("pk")),
        TermsVersion.objects.filter(valid_from__lte=at).aggregate(Count("pk"), Max("pk")),
        TermsAssignment.history.aggregate(Max("history_id")),
        TermsAssignment.objects.aggregate(Count("pk"), Sum("terms")),
        Publication.history.aggregate(Max("history_id")),
    )
    said = (live, *ends, timezone.localdate(at))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def lines(*, absolute: Absolute, at: datetime) -> Iterator[LineRights]:
    """The machines' answers for every live article, the newest first."""
    rows = loaded(Article.objects.live(at).defer("body").order_by("-published_at", "-pk"))
    found = rows.iterator(chunk_size=CHUNK)
    policy_url = absolute(reverse("licensing:tdm_policy"))
    while chunk := list(islice(found, CHUNK)):
        clearances = Clearances(chunk)
        applying = Applying(chunk, at=at)
        for article in chunk:
            line = _line(article, clearances, applying.of(article, at=at), absolute, at)
            yield replace(line, tdm_policy_url=policy_url)


def _line(
    article: Article,
    clearances: Clearances,
    terms: Terms | None,
    absolute: Absolute,
    at: datetime,
) -> LineRights:
    known = Snapshot(
        text(article, clearances, terms),
        Party(""),
        published_at=article.published_at,
        embargo_until=article.embargo_until,
    )
    decisions = {use: decide(known, use, at) for use in (Use.COMMUNITY_WEB, *MACHINE_USES)}
    rights = Rights(known, decisions, at)
    return LineRights(
        url=absolute(article.get_absolute_url()),
        holders=tuple(credits.copyright_holders(article)),
        rules={
            use: Rule(decisions[use].verdict, decisions[use].conditions) for use in MACHINE_USES
        },
        named_licence=rights.licence_url(absolute),
        is_carried=article.is_carried,
        keeps_out_of_search=rights.keeps_out_of_search,
    )
