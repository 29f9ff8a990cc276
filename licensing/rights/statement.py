"""What is said about the rights in one article, once, for every channel that spells it.

A renderer (RSL, ODRL, schema.org, TDMRep, ninjs, HTML head, HTTP headers) takes a statement and
nothing else, or the rights of the site where its file speaks for all pages. Addresses are absolute.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from licensing.rights.conditions import Condition, Kind
from licensing.rights.decide import Decision
from licensing.rights.facts import Party, Rule, Terms
from licensing.rights.vocabulary import Use, Verdict

# What hands the whole text over.
_WHOLE_TEXT = (Use.COMMUNITY_WEB, Use.COMMERCIAL_WEB, Use.PRINT, Use.EDUCATION, Use.BROADCAST)


@dataclass(frozen=True)
class Source:
    """Where a text first ran. ``url`` may be empty where nobody noted it."""

    name: str
    url: str = ""
    published_on: date | None = None
    contact: str = ""
    publication_url: str = ""


@dataclass(frozen=True)
class PictureStatement:
    """What is said of one picture. ``licence_url`` is the web statement of rights, or empty."""

    url: str
    credit_line: str
    creator: str = ""
    copyright_notice: str = ""
    licence_url: str = ""
    acquire_url: str = ""
    caption: str = ""
    width: int = 0
    height: int = 0
    verdict: Verdict = Verdict.REFER


class PageRights(Protocol):
    """As much of a statement as the files for the whole site say of one page."""

    url: str
    tdm_policy_url: str
    holders: tuple[str, ...]

    def verdict(self, use: Use) -> Verdict: ...
    def conditions(self, use: Use) -> tuple[Condition, ...]: ...
    @property
    def named_licence(self) -> str: ...
    @property
    def is_mining_reserved(self) -> bool: ...
    @property
    def is_kept_from_search(self) -> bool: ...
    @property
    def is_carried(self) -> bool: ...


@dataclass(frozen=True)
class Statement:
    """One article's rights.

    ``holders`` are the names in the copyright line, ``licence_url`` the page of the terms or of the
    licence others wrote; empty where we may license nothing (a fair-use carriage). ``terms_url`` is
    our own page of the terms. ``keeps_out_of_search`` is what was agreed with the source about our
    copy: ``""``, ``"news"`` (news search) or ``"all"``. ``authors`` are (name, address of their
    page), ``corrections`` (when, kind, text). ``body_html`` is what a copy may hold: pictures
    that are not cleared are out of it. ``tdm_policy_url`` is the house's offer to miners.
    """

    url: str
    headline: str
    language: str
    site_name: str
    site_url: str
    desk: Party
    holders: tuple[str, ...]
    copyright_year: int
    copyright_notice: str
    rights_url: str
    policy_url: str
    acquire_url: str
    odrl_url: str
    rsl_url: str
    decisions: Mapping[Use, Decision]
    terms: Terms | None = None
    terms_url: str = ""
    licence_url: str = ""
    terms_sentence: str = ""
    credit_text: str = ""
    authors: tuple[tuple[str, str], ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    expires_at: datetime | None = None
    standfirst: str = ""
    body_html: str = ""
    word_count: int = 0
    section: str = ""
    keywords: tuple[str, ...] = ()
    source: Source | None = None
    is_fair_use: bool = False
    keeps_out_of_search: str = ""
    pictures: tuple[PictureStatement, ...] = ()
    corrections: tuple[tuple[datetime, str, str], ...] = ()
    # With a word before it where the house has retracted the text; else "".
    marked_headline: str = ""
    translation_of_url: str = ""
    version: int = 1
    tdm_policy_url: str = ""

    @property
    def is_mining_reserved(self) -> bool:
        """Whether text and data mining is reserved (EU directive 2019/790, article 4(3)).

        It is unless training is allowed outright: silence is never yes.
        """
        return self.decisions[Use.AI_TRAINING].verdict is not Verdict.GRANTED

    @property
    def is_carried(self) -> bool:
        """Whether the text first ran elsewhere."""
        return self.source is not None

    def may(self, use: Use) -> bool:
        """Whether ``use`` is allowed without asking."""
        return self.decisions[use].verdict is Verdict.GRANTED

    def verdict(self, use: Use) -> Verdict:
        """The answer to ``use`` for anybody who asks."""
        return self.decisions[use].verdict

    def conditions(self, use: Use) -> tuple[Condition, ...]:
        """What binds whoever makes this ``use``."""
        return self.decisions[use].conditions

    @property
    def named_licence(self) -> str:
        """The licence address for every channel; none on a text that we only carry fairly."""
        return "" if self.is_fair_use else self.licence_url

    @property
    def source_url(self) -> str:
        """Where the text first ran, if elsewhere and if we know."""
        return self.source.url if self.source else ""

    @property
    def is_kept_from_search(self) -> bool:
        """Whether no search engine shall list our page: agreed with the source, or refused."""
        return self.keeps_out_of_search == "all" or _is_unlisted(self)

    @property
    def may_give_whole_text(self) -> bool:
        """Whether a machine may be handed the full text without asking."""
        return not self.is_fair_use and any(
            self.may(use)
            and not any(entry.kind is Kind.EXCERPT_WORDS for entry in self.conditions(use))
            for use in _WHOLE_TEXT
        )


class _ByRules:
    """Answers from a table of rules; a use that it does not name has to be asked for."""

    rules: Mapping[Use, Rule]

    def verdict(self, use: Use) -> Verdict:
        rule = self.rules.get(use)
        return rule.verdict if rule else Verdict.ASK

    def conditions(self, use: Use) -> tuple[Condition, ...]:
        rule = self.rules.get(use)
        return rule.conditions if rule else ()

    @property
    def is_mining_reserved(self) -> bool:
        """As for a statement: silence is never yes."""
        return self.verdict(Use.AI_TRAINING) is not Verdict.GRANTED


@dataclass(frozen=True)
class SiteRights(_ByRules):
    """What holds for every page of the site that says nothing else: ``rules`` are those of the
    default terms, ``name`` is that of the house.
    """

    name: str
    url: str
    desk: Party
    rules: Mapping[Use, Rule]
    terms_url: str
    policy_url: str
    acquire_url: str
    tdm_policy_url: str
    licence_url: str = ""
    is_carried = False

    @property
    def holders(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def named_licence(self) -> str:
        return self.licence_url or self.terms_url

    @property
    def is_kept_from_search(self) -> bool:
        return _is_unlisted(self)


@dataclass(frozen=True)
class LineRights(_ByRules):
    """One article's line in the files for the whole site; ``rules`` are what was decided."""

    url: str
    holders: tuple[str, ...]
    rules: Mapping[Use, Rule]
    named_licence: str = ""
    tdm_policy_url: str = ""
    is_carried: bool = False
    keeps_out_of_search: str = ""

    @property
    def is_kept_from_search(self) -> bool:
        return self.keeps_out_of_search == "all" or _is_unlisted(self)


def _is_unlisted(rights: PageRights | SiteRights) -> bool:
    # Only a plain no keeps a page out. Terms that forgot to name search must not unlist the site.
    return rights.verdict(Use.SEARCH_INDEX) is Verdict.REFUSED
