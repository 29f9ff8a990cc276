"""What a republisher is told of an article and may take of it: use by use, and on which terms.

What may be done is asked of ``decide``; which articles there are, of ``live``.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.core import signing
from django.urls import reverse

from articles.models import Article
from articles.pages import ArticlePage
from licensing.answers import Answer, answer, rights_for
from licensing.models import Grant, GrantedArticle
from licensing.rights.conditions import Kind, as_json, must_be_counted, parse
from licensing.rights.decide import Decision, decide
from licensing.rights.facts import Requester, Terms
from licensing.rights.handing_over import hands_over_to_taker, needs_a_name
from licensing.rights.questions import ASKABLE
from licensing.rights.vocabulary import Use
from licensing.snapshot import snapshot

# The likeliest first.
USES = (
    Use.COMMUNITY_WEB,
    Use.COMMERCIAL_WEB,
    Use.PRINT,
    Use.EXCERPT,
    *(
        use
        for use in ASKABLE
        if use not in (Use.COMMUNITY_WEB, Use.COMMERCIAL_WEB, Use.PRINT, Use.EXCERPT)
    ),
)
# Where the copy has an address, and somebody's browser opens it, so that it can be counted.
ON_THE_WEB = frozenset({Use.COMMUNITY_WEB, Use.COMMERCIAL_WEB, Use.TRANSLATION, Use.ADAPTATION})
LICENCE_SALT = "licensing.taken"
# As long as the page stays open that is shown right after taking; the letter's link lasts.
SHOWN_FOR = 2 * 24 * 60 * 60
LONGEST_KEY = 40


@dataclass(frozen=True)
class Offered:
    """One use, as it is answered to everybody, and on what it can be taken at once."""

    decision: Decision

    @property
    def use(self) -> Use:
        return self.decision.use

    @cached_property
    def answer(self) -> Answer:
        return answer(self.decision)

    @property
    def can_be_taken(self) -> bool:
        return hands_over_to_taker(self.decision)

    @property
    def is_quotable(self) -> bool:
        """Whether a passage may be quoted, which has a page of its own."""
        return self.use is Use.EXCERPT and self.decision.is_granted

    @property
    def needs_a_name(self) -> bool:
        return needs_a_name(self.decision)

    @property
    def must_be_counted(self) -> bool:
        return must_be_counted(self.decision.conditions)

    @property
    def may_be_counted(self) -> bool:
        refuses = self._says(Kind.NO_PIXEL)
        return self.must_be_counted or (self.use in ON_THE_WEB and not refuses)

    @property
    def is_for_non_commercial(self) -> bool:
        return self.use is Use.COMMUNITY_WEB or self._says(Kind.NON_COMMERCIAL)

    @property
    def terms(self) -> Terms | None:
        return self.decision.terms

    @cached_property
    def key(self) -> str:
        """Stands for what is accepted: the version of the terms, and all that binds the copy."""
        terms = self.terms
        said = [
            self.use.value,
            [terms.name, terms.version, terms.licence_url] if terms else [],
            as_json(self.decision.conditions),
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:20]

    def _says(self, kind: Kind) -> bool:
        return any(entry.kind is kind for entry in self.decision.conditions)


def offers(page: ArticlePage) -> dict[Use, Offered]:
    """Use by use what everybody is answered about the article on ``page``."""
    decisions = rights_for(page).decisions
    return {use: Offered(decisions[use]) for use in USES}


def offered(article: Article, use: Use, *, at: datetime) -> Offered:
    """What everybody is answered about ``use`` at ``at``."""
    return Offered(decide(snapshot(article, at=at), use, at))


def held(article: Article, grant: Grant, *, at: datetime) -> Decision:
    """What the licensee of ``grant`` is answered about its use, by this licence and no other."""
    who = Requester(grant.licensee_key)
    facts = snapshot(article, at=at, requester=who)
    this = tuple(one for one in facts.grants if one.number == grant.number)
    return decide(replace(facts, grants=this), Use(grant.use), at, who)


def use_named(name: str) -> Use | None:
    """The use of that name, if a republisher may have it in mind."""
    return Use(name) if name in ASKABLE else None


def takeable(grant: Grant, *, at: datetime) -> list[GrantedArticle]:
    """What the licensee may fetch under ``grant``: its articles, as long as they are public."""
    is_part = any(entry.kind is Kind.EXCERPT_WORDS for entry in parse(grant.conditions))
    if is_part or grant.use == Use.EXCERPT or grant.erased_at or not grant.is_in_force(at):
        return []
    live = Article.objects.live(at).filter(pk__in=grant.granted.values("article"))
    return list(grant.granted.filter(article__in=live).select_related("article"))


# --- Addresses --------------------------------------------------------------------------------


def page_address(article, **told: str) -> str:
    """The republish page of ``article`` (anything with its slug), as far as one has come on it."""
    address = reverse("licensing:republish", args=[article.slug])
    return f"{address}?{asked}" if (asked := query(**told)) else address


def query(**told: str) -> str:
    """What stands behind the question mark."""
    return urlencode({name: value for name, value in told.items() if value})


def signed(grant: Grant) -> str:
    """What shows the copy right after it was taken, to whoever took it."""
    return signing.dumps(grant.number, salt=LICENCE_SALT)


def granted_by(token: str, article: Article, *, at: datetime) -> GrantedArticle | None:
    """What ``signed`` was made of, as long as it counts."""
    try:
        number = signing.loads(token, salt=LICENCE_SALT, max_age=SHOWN_FOR)
    except signing.BadSignature:
        return None
    rows = GrantedArticle.objects.filter(grant__number=number, article=article)
    related = ("grant__permission_request", "grant__terms_version__terms")
    row = rows.select_related(*related).first()
    return row if row and row.grant.is_in_force(at) and not row.grant.erased_at else None
