"""The statement of an article's rights: one snapshot, one decision for each use, addresses added.

Pages, feeds and files for machines all take it from here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from articles import addresses, credits
from articles.addresses import Absolute
from articles.changes import marked_headline
from articles.models import Article, Image
from articles.pages import ArticlePage
from licensing.chain import origin
from licensing.rights.conditions import Kind
from licensing.rights.decide import Decision, decide_all
from licensing.rights.facts import Clearance, Right, Snapshot, in_force
from licensing.rights.questions import ASKABLE
from licensing.rights.statement import PictureStatement, Source, Statement
from licensing.rights.vocabulary import Basis, Carriage, Use, Verdict
from licensing.snapshot import picture_key, snapshot


@dataclass(frozen=True)
class Rights:
    """What a page shows of the rights in an article."""

    snapshot: Snapshot
    decisions: dict[Use, Decision]
    at: datetime

    @property
    def is_fair_use(self) -> bool:
        """Whether we carry some of the text under nothing but fair use."""
        return bool(self.used_fairly)

    @property
    def used_fairly(self) -> list[Right]:
        """The rights in the text that we carry under nothing but fair use."""
        rights = self.snapshot.text.rights
        return [right for right in rights if self._rests_on(right) == {Basis.FAIR_USE}]

    @property
    def keeps_out_of_search(self) -> str:
        """``"all"`` where somebody whose text we carry does not want our copy to be found."""
        relied_on = (one for right in self.snapshot.text.rights for one in self._relied_on(right))
        asked = any(entry.kind is Kind.NOINDEX for one in relied_on for entry in one.conditions)
        return "all" if asked else ""

    @property
    def required_attribution(self) -> list[str]:
        """What those whose text we carry want to have said, word for word."""
        relied_on = (one for right in self.snapshot.text.rights for one in self._relied_on(right))
        return list(dict.fromkeys(one.attribution for one in relied_on if one.attribution))

    def licence_url(self, told: Callable[[str], str]) -> str:
        """The licence that others wrote, where what it gives is ours to pass on; else our page of
        the terms. ``""`` where we license nothing. ``told`` makes an address of a path.
        """
        terms = self.snapshot.text.terms
        if terms is None or self.is_fair_use:
            return ""
        if terms.licence_url and self.decisions[Use.COMMUNITY_WEB].is_granted:
            return terms.licence_url
        return told(terms.url)

    def _rests_on(self, right: Right) -> set[Basis]:
        return {one.basis for one in self._relied_on(right)}

    def _relied_on(self, right: Right) -> list[Clearance]:
        return [
            one for one in right.clearances if Carriage.WEB in one.covers and in_force(one, self.at)
        ]


def rights_of(article: Article, *, at: datetime | None = None) -> Rights:
    """The answers for ``article`` (from ``articles.pages.loaded``) as of ``at``."""
    at = at or timezone.now()
    facts = snapshot(article, at=at)
    return Rights(facts, decide_all(facts, at), at)


def form_address(slug: str, use: Use | None = None) -> str:
    """The form for permissions, with an article filled in, and what for."""
    query = {"article": slug, "use": use.value} if use in ASKABLE else {"article": slug}
    return f"{reverse('rights:permission_new')}?{urlencode(query)}"


def statement_of(
    page: ArticlePage, *, absolute: Absolute, rights: Rights | None = None
) -> Statement:
    """What is said of the article on ``page``. ``absolute`` makes an address of a path."""

    def told(path: str) -> str:
        return absolute(addresses.neutral(path))

    article = page.article
    rights = rights or rights_of(article)
    terms = rights.snapshot.text.terms
    return Statement(
        url=absolute(article.get_absolute_url()),
        headline=article.headline,
        language=article.language,
        site_name=page.texts.written("masthead") or article.publication.name,
        site_url=absolute("/"),
        desk=rights.snapshot.desk,
        holders=tuple(credits.copyright_holders(article)),
        copyright_year=credits.copyright_year(article),
        copyright_notice=page.copyright_line,
        rights_url=absolute(reverse("licensing:article_rights", args=[article.slug])),
        policy_url=told(reverse("rights:rights_policy")),
        acquire_url=told(form_address(article.slug)),
        odrl_url=absolute(reverse("licensing:article_odrl", args=[article.slug])),
        rsl_url=absolute(reverse("licensing:license_xml")),
        tdm_policy_url=absolute(reverse("licensing:tdm_policy")),
        decisions=rights.decisions,
        terms=terms,
        terms_url=told(terms.url) if terms else "",
        licence_url=rights.licence_url(told),
        credit_text=", ".join(credits.copyright_holders(article)),
        authors=tuple(
            (author.name, told(reverse("site:author_detail", args=[author.slug])))
            for author in page.authors
        ),
        # In the zone of the house, as some channels name the day alone.
        published_at=timezone.localtime(article.published_at),
        modified_at=timezone.localtime(page.changed_at),
        expires_at=article.carry_until,
        standfirst=article.standfirst,
        body_html=article.body,
        word_count=article.word_count,
        section=page.subjects["themes"][0].name if page.subjects["themes"] else "",
        keywords=tuple(tag.name for tag in page.subjects["tags"]),
        source=_source(article),
        is_fair_use=rights.is_fair_use,
        keeps_out_of_search=rights.keeps_out_of_search,
        pictures=tuple(
            _picture(shown, rights, told)
            for shown in ([page.featured] if page.featured else []) + page.gallery
        ),
        marked_headline=marked_headline(article) if article.retracted_at else "",
        corrections=tuple(
            (row.dated, row.get_kind_display(), row.text) for row in page.corrections
        ),
    )


def _source(article: Article) -> Source | None:
    publication = origin(article)
    if publication is None:
        return None
    return Source(
        publication.name,
        article.original_url or publication.url,
        article.original_date,
        publication.rights_contact,
        publication.url,
    )


def _picture(shown, rights: Rights, absolute) -> PictureStatement:
    image: Image = shown.image
    element = next(one for one in rights.snapshot.others if one.key == picture_key(image))
    answers = {
        answer.element.key: answer.verdict
        for answer in rights.decisions[Use.COMMUNITY_WEB].elements
    }
    licence = image.web_statement or (element.terms.url if element.terms else "")
    return PictureStatement(
        url=absolute(shown.src),
        credit_line=image.credit_line,
        creator=image.creator,
        copyright_notice=image.copyright_notice,
        licence_url=absolute(licence) if licence.startswith("/") else licence,
        acquire_url=image.credit_url,
        caption=shown.caption,
        width=shown.width,
        height=shown.height,
        verdict=answers.get(element.key, Verdict.REFER),
    )
