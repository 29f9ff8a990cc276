"""Statements of every kind of terms, each with the answers that ``decide`` gives."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from licensing.rights.conditions import Condition, Kind
from licensing.rights.decide import decide_all
from licensing.rights.facts import (
    Clearance,
    Element,
    ElementKind,
    Party,
    Right,
    Rule,
    Snapshot,
    Terms,
)
from licensing.rights.licences import LICENCES, Licence
from licensing.rights.statement import PictureStatement, SiteRights, Source, Statement
from licensing.rights.vocabulary import Basis, Carriage, Use, Verdict

SITE = "https://house.example/"
HOUSE = "The House Review"
DESK = Party("Rights desk", "rights@house.example")
PUBLISHED = datetime(2021, 5, 4, 9, 30, tzinfo=UTC)
NOW = datetime(2021, 6, 1, 12, 0, tzinfo=UTC)
ORIGIN = Source(
    "OneWorld",
    "https://oneworld.example/a/1",
    date(2019, 9, 9),
    "desk@oneworld.example",
    "https://oneworld.example/",
)
_ASK, _YES = Rule(Verdict.ASK), Rule(Verdict.GRANTED)
CREDIT = tuple(Condition(kind) for kind in (Kind.SOURCE, Kind.AUTHOR, Kind.COPYRIGHT, Kind.LINK))

RESERVED = Terms(
    "All rights reserved",
    1,
    f"{SITE}rights/terms/all-rights-reserved/",
    dict.fromkeys(Use, _ASK)
    | {
        Use.EXCERPT: Rule(Verdict.GRANTED, (*CREDIT, Condition(Kind.EXCERPT_WORDS, 150))),
        Use.SEARCH_INDEX: _YES,
    },
)
COMMUNITY = Terms(
    "Community cross-post",
    3,
    f"{SITE}rights/terms/community/",
    dict(RESERVED.rules)
    | {
        Use.COMMUNITY_WEB: Rule(
            Verdict.GRANTED,
            (
                *CREDIT,
                Condition(Kind.NO_EDITS),
                Condition(Kind.NO_SEPARATE_SALE),
                Condition(Kind.NO_PAYWALL),
                Condition(Kind.TELL_US),
            ),
        ),
        Use.AI_TRAINING: Rule(Verdict.REFUSED),
    },
)
COMMUNITY_USES = frozenset({Use.EXCERPT, Use.COMMUNITY_WEB, Use.SEARCH_INDEX})


def licence_terms(licence: Licence) -> Terms:
    """The house's page for a licence that others wrote."""
    page = f"{SITE}rights/terms/{licence.spdx.lower()}/"
    return Terms(licence.name, 1, page, licence.rules, licence.url)


def make_site(terms: Terms = RESERVED, **facts) -> SiteRights:
    """The rights of the whole site."""
    values = {
        "name": HOUSE,
        "url": SITE,
        "desk": DESK,
        "rules": terms.rules,
        "terms_url": terms.url,
        "licence_url": terms.licence_url,
        "policy_url": f"{SITE}rights/",
        "acquire_url": f"{SITE}permissions/new/",
        "tdm_policy_url": f"{SITE}rights/tdm-policy.json",
    }
    return SiteRights(**values | facts)


def make_statement(
    terms: Terms | None = RESERVED,
    right: Right | None = None,
    *,
    slug: str = "tide-tables",
    at: datetime = NOW,
    **facts,
) -> Statement:
    """Own work under ``terms``, unless ``right`` says whose it is."""
    right = right or Right(Party(HOUSE), "Written for us", is_ours=True)
    text = Element(ElementKind.TEXT, "text", "the text", (right,), terms)
    page = f"{SITE}articles/{slug}/"
    found = Snapshot(text, DESK, published_at=PUBLISHED, url=page)
    values = {
        "url": page,
        "headline": "Who Keeps the Tide Tables",
        "language": "en",
        "site_name": HOUSE,
        "site_url": SITE,
        "desk": DESK,
        "holders": (HOUSE,),
        "copyright_year": 2021,
        "copyright_notice": f"© 2021 {HOUSE}",
        "rights_url": f"{page}rights/",
        "policy_url": f"{SITE}rights/",
        "acquire_url": f"{SITE}permissions/new/?article={slug}",
        "odrl_url": f"{page}rights.odrl.json",
        "rsl_url": f"{SITE}license.xml",
        "tdm_policy_url": f"{SITE}rights/tdm-policy.json",
        "decisions": decide_all(found, at),
        "terms": terms,
        "terms_url": terms.url if terms else "",
        "licence_url": (terms.licence_url or terms.url) if terms else "",
        "terms_sentence": f"{terms.name}." if terms else "",
        "credit_text": HOUSE,
        "authors": (("Ada Brook", f"{SITE}authors/ada-brook/"),),
        "published_at": PUBLISHED,
        "modified_at": PUBLISHED,
        "standfirst": "A book nobody signs, and everybody needs.",
        "body_html": "<p>The tide tables of Skerryvoe are kept by hand.</p>",
        "word_count": 9,
        "section": "Sea",
        "keywords": ("tides", "pilots"),
    }
    return Statement(**values | facts)


def make_carried(
    terms: Terms | None,
    *,
    basis: Basis = Basis.AGREEMENT,
    passes_on: frozenset[Use] = COMMUNITY_USES,
    **facts,
) -> Statement:
    """A text that OneWorld holds the rights in and that first ran there."""
    leave = Clearance(1, "our agreement with OneWorld", basis, frozenset({Carriage.WEB}), passes_on)
    right = Right(
        Party("OneWorld", "desk@oneworld.example"),
        "First published by OneWorld on 9 September 2019",
        routes=(((leave,),),),
    )
    values = {
        "holders": ("OneWorld",),
        "copyright_year": 2019,
        "copyright_notice": "© 2019 OneWorld",
        "credit_text": "OneWorld",
        "source": ORIGIN,
    }
    return make_statement(terms, right, **values | facts)


def make_fairly_carried(**facts) -> Statement:
    """What we carry under fair use and may let nobody take."""
    return make_carried(
        None, basis=Basis.FAIR_USE, passes_on=frozenset(), is_fair_use=True, **facts
    )


def every_kind() -> Mapping[str, Statement]:
    """One statement for each kind of terms."""
    every_use = frozenset(Use)
    found = {
        "all rights reserved": make_statement(RESERVED),
        "community cross-post": make_carried(COMMUNITY, keeps_out_of_search="news"),
        "fair use": make_fairly_carried(),
        "two holders": make_statement(
            RESERVED,
            holders=(HOUSE, "Ada Brook"),
            copyright_notice=f"© 2021 {HOUSE}, Ada Brook",
        ),
    }
    for licence in LICENCES.values():
        terms = licence_terms(licence)
        found[licence.spdx] = make_statement(terms)
        found[f"{licence.spdx}, carried"] = make_carried(
            terms, basis=Basis.OPEN_LICENCE, passes_on=every_use
        )
    return found


def make_picture(**facts) -> PictureStatement:
    values = {
        "url": f"{SITE}media/pier.jpg",
        "credit_line": "Photo: Ben Cole",
        "creator": "Ben Cole",
        "copyright_notice": "© 2020 Ben Cole",
        "licence_url": f"{SITE}rights/terms/all-rights-reserved/",
        "acquire_url": f"{SITE}permissions/new/",
        "caption": "The pier at low water.",
        "width": 1600,
        "height": 900,
        "verdict": Verdict.GRANTED,
    }
    return PictureStatement(**values | facts)


def with_answers(statement: Statement, **verdicts: Verdict) -> Statement:
    """The statement with other answers, named by use: ``search_index=Verdict.REFUSED``."""
    changed = {
        Use(name): statement.decisions[Use(name)]._replace(verdict=verdict)
        for name, verdict in verdicts.items()
    }
    return replace(statement, decisions={**statement.decisions, **changed})
