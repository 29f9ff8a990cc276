"""What stands in the feed of a partner: what ``decide`` grants it, and nothing else of any article.

However many articles there are, the number of queries is the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from articles import body, credits, pages, paging, reading, withheld
from articles.addresses import Absolute
from articles.darkroom import picture
from articles.feeds import composition
from articles.feeds.entries import Entry, Gone
from articles.feeds.identity import permanent_id
from articles.models import Article, Revision
from articles.pages import ArticlePage, SubjectLink
from cms.sitepolicy.texts import HouseTexts, house_texts
from licensing import allowed_uses, kits, syndication
from licensing.actions import deliveries
from licensing.chain import origin
from licensing.models import AttributionTemplate, Delivery, Grant, GrantedArticle, Partner, Pixel
from licensing.models.grant import GrantStatus
from licensing.partners.held import Held
from licensing.republishing import html
from licensing.republishing.copy import Copy
from licensing.rights.conditions import Kind
from licensing.rights.decide import Decision, decide, decide_all
from licensing.rights.facts import Requester, Snapshot
from licensing.rights.handing_over import hands_over_to_taker
from licensing.rights.vocabulary import Use
from licensing.snapshot import picture_key, snapshots
from licensing.statements import Rights

ENTRIES = 30


@dataclass(frozen=True)
class Item:
    """An article as a partner is given it. ``copy`` is None where only a summary goes along."""

    article: Article
    decision: Decision
    entry: Entry
    copy: Copy | None
    page: ArticlePage
    grant: Grant | None
    pictures: list[str]


@dataclass(frozen=True)
class TakenBack:
    """An article that the partner was given and may not show any more, as it knows it."""

    gone: Gone
    path: str


@dataclass(frozen=True)
class Contents:
    """One page of a feed. ``before`` is the key of the next one."""

    items: tuple[Item, ...]
    taken_back: tuple[TakenBack, ...]
    before: str
    held: Held

    def give(self) -> None:
        """Writes down that it goes out. Raises OutOfDate."""
        partner, at = self.held.partner, self.held.at
        rows = [
            Delivery(
                partner=partner,
                article=item.article,
                revision_id=item.article.newest_revision,
                grant=item.grant,
                is_whole=item.copy is not None,
                pictures=item.pictures if item.copy else [],
                slug=item.article.slug,
                first_at=at,
                last_at=at,
                # Asked again at the next visit: it may be taken back before this one is over.
                look_at=at,
            )
            for item in self.items
        ]
        deliveries.give(self.held, rows)


@dataclass(frozen=True)
class Asked:
    """What is asked for: which articles, whether fewer than all, and from where on."""

    articles: QuerySet[Article]
    at: datetime
    absolute: Absolute
    before: str = ""
    is_narrowed: bool = False


def contents(partner: Partner, asked: Asked) -> Contents:
    """A page of the feed of ``partner``. Raises AddressIsWrong for a made-up ``before``."""
    at, use = asked.at, Use(partner.use)
    who = Requester(partner.licensee_key)
    is_first = not asked.before
    newest, before = _newest(partner, asked)
    held = deliveries.look_up(partner, at=at) if is_first else Held(partner, at)
    held.add(partner.deliveries.filter(article__in=newest))
    articles = _loaded({*newest, *held.rows}, at=at)
    facts = snapshots(articles.values(), at=at, requester=who)
    decisions = {key: decide(facts[key], use, at, who) for key in articles}
    pictures = {key: _pictures(articles[key], decisions[key], at=at) for key in articles}
    deliveries.look(held, articles, decisions, pictures)
    changed = [row.article_id for row in held.changed] if is_first else []
    if changed and (asked.is_narrowed or partner.language):
        named = _meant(partner, asked.articles).filter(pk__in=changed)
        changed = list(named.values_list("pk", flat=True))
    shown = [
        articles[key]
        for key in dict.fromkeys([*newest, *changed])
        if key in articles
        and decisions[key].is_granted
        and (decisions[key].grant or not partner.licences_only)
    ]
    items = _items(shown, decisions, facts, pictures, held, asked=asked, who=who, use=use)
    items.sort(key=lambda item: (item.entry.updated, item.article.pk), reverse=True)
    taken_back = _taken_back(held, asked) if is_first else []
    return Contents(tuple(items), tuple(taken_back), before, held)


# --- Which articles ---------------------------------------------------------------------------


def _meant(partner: Partner, articles: QuerySet[Article]) -> QuerySet[Article]:
    return articles.filter(language=partner.language) if partner.language else articles


def _newest(partner: Partner, asked: Asked) -> tuple[list[int], str]:
    """The keys of the newest that may be granted, and where the next page begins.

    The index of what everybody may is asked for them, and the partner's own licences; whether it
    is so is asked of ``decide``.
    """
    live = _meant(partner, asked.articles.live(asked.at))
    own = GrantedArticle.objects.filter(
        grant__licensee_key=partner.licensee_key,
        grant__status=GrantStatus.ACTIVE,
        grant__use=partner.use,
    )
    found = [live.filter(pk__in=own.values("article"))]
    if not partner.licences_only:
        allowed = allowed_uses.newest_allowed(asked.articles, partner.use, asked.at)
        found.append(_meant(partner, allowed))
    rows = {
        article.pk: article
        for articles in found
        for article in paging.page(
            articles.only("published_at"), before=asked.before, size=ENTRIES + 1
        ).articles
    }
    ordered = sorted(rows.values(), key=lambda row: (row.published_at, row.pk), reverse=True)
    shown = ordered[:ENTRIES]
    before = paging.key_of(shown[-1]) if len(ordered) > ENTRIES else ""
    return [article.pk for article in shown], before


def _loaded(keys: Iterable[int], *, at: datetime) -> dict[int, Article]:
    """Those of the articles with these keys that are live, with all that goes along."""
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("pk")
    rows = pages.loaded(Article.objects.live(at).filter(pk__in=list(keys)))
    rows = rows.prefetch_related("regions", "themes", "tags")
    return {row.pk: row for row in rows.annotate(newest_revision=Subquery(newest[:1]))}


# --- What of them -----------------------------------------------------------------------------


def _items(
    articles: list[Article],
    decisions: dict[int, Decision],
    facts: dict[int, Snapshot],
    pictures: dict[int, list[str]],
    held: Held,
    *,
    asked: Asked,
    who: Requester,
    use: Use,
) -> list[Item]:
    at, absolute = asked.at, asked.absolute
    grants = _grants(decisions[article.pk].grant for article in articles)
    found, rights, copies = {}, {}, {}
    for page in _pages(articles, facts, who=who, use=use, at=at):
        article, decision = page.article, decisions[page.article.pk]
        grant = grants.get(decision.grant)
        copy = _copy(page, decision, grant, absolute)
        found[article.pk], copies[article.pk] = page, copy
        told = syndication.told(article, page.worked_out["rights"], decision, absolute=absolute)
        free = kits.pictures_given(article, decision, at=at) if copy else frozenset()
        rights[article.pk] = replace(told, gives_full_text=False, free_pictures=free)
    entries = composition.entries(articles, at=at, absolute=absolute, rights=rights)
    return [
        Item(
            article,
            decisions[article.pk],
            _entry(entry, copies[article.pk], held.rows.get(article.pk)),
            copies[article.pk],
            found[article.pk],
            grants.get(decisions[article.pk].grant),
            pictures[article.pk],
        )
        for article, entry in zip(articles, entries, strict=True)
    ]


def _entry(entry: Entry, copy: Copy | None, before: Delivery | None) -> Entry:
    """With the text of ``copy``; what changed for this partner alone is a change, too."""
    changed_at = before.changed_at if before else None
    entry = replace(entry, updated=max(filter(None, [entry.updated, changed_at])))
    return replace(entry, html=written(copy)) if copy else entry


def _pictures(article: Article, decision: Decision, *, at: datetime) -> list[str]:
    """What the whole text goes out with, as licences name them."""
    if not hands_over_to_taker(decision):
        return []
    given = kits.pictures_given(article, decision, at=at)
    return [picture_key(image) for image in article.pictures() if image.pk in given]


def _copy(
    page: ArticlePage, decision: Decision, grant: Grant | None, absolute: Absolute
) -> Copy | None:
    """The whole text, where all is kept that it is given on: a pixel goes with a licence only."""
    kinds = {entry.kind for entry in decision.conditions}
    page.worked_out["pixel"] = page.worked_out["pixel"] if grant else None
    if Kind.KEEP_PIXEL in kinds and not page.worked_out["pixel"]:
        return None
    if not hands_over_to_taker(decision):
        return None
    return kits.kit_of(page, decision, grant=grant, absolute=absolute)


def written(copy: Copy) -> str:
    """The text of an entry: what stands under the headline, the lead picture with it."""
    writer = html.Writer(copy)
    below = "\n".join(filter(None, [writer.aside(), *writer.below(writer.lead())]))
    return f'<div lang="{copy.language}" dir="{copy.direction}">\n{below}\n</div>'


def _grants(numbers: Iterable[str]) -> dict[str, Grant]:
    rows = Grant.objects.filter(number__in=set(numbers) - {""})
    # Its terms name the licence in the credit.
    return {row.number: row for row in rows.select_related("terms_version__terms")}


def _pages(
    articles: list[Article], facts: dict[int, Snapshot], *, who: Requester, use: Use, at: datetime
) -> Iterable[ArticlePage]:
    """What a kit needs of each: all that is asked for is asked once for all of them."""
    texts, notices = house_texts(at=at), pages.notices(articles, at=at)
    sources = {source.pk for source in map(origin, articles) if source}
    rows = AttributionTemplate.objects.filter(publication__in=sources)
    templates = {row.publication_id: row for row in rows}
    # Of this use alone: its copies are looked at by the licence for it.
    counted = Pixel.objects.filter(
        article__in=articles, grant__licensee_key=who.key, grant__use=use.value
    )
    pixels = {row.article_id: row for row in counted.order_by("pk")}
    for article in articles:
        page = _page(article, texts, at=at, corrections=notices[article.pk])
        snapshot, source = facts[article.pk], origin(article)
        page.worked_out.update(
            rights=Rights(snapshot, decide_all(snapshot, at), at),
            credit=templates.get(source.pk) if source else None,
            pixel=pixels.get(article.pk),
        )
        yield page


def _page(article: Article, texts: HouseTexts, *, at: datetime, corrections: list) -> ArticlePage:
    featured = article.featured_image
    kinds = ("regions", "themes", "tags")
    return ArticlePage(
        article=article,
        at=at,
        texts=texts,
        # The kit writes the text itself.
        body=body.RenderedBody("", []),
        subjects={
            kind: [SubjectLink(row.name, row.slug) for row in getattr(article, kind).all()]
            for kind in kinds
        }
        | {"reports": []},
        byline_groups=credits.byline_groups(article),
        authors=credits.authors(article),
        stages=credits.stages(article),
        copyright_line=credits.copyright_line(article),
        featured=picture(featured) if featured and featured.is_usable(at) else None,
        gallery=[
            shown
            for entry in article.gallery.all()
            if entry.image.is_usable(at) and (shown := picture(entry.image, caption=entry.caption))
        ],
        corrections=corrections,
        translations=[],
        reading_minutes=reading.reading_minutes(article.word_count),
    )


# --- What is taken back -----------------------------------------------------------------------


def _taken_back(held: Held, asked: Asked) -> list[TakenBack]:
    """What the partner is told to take down: by the name and the address under which it got it,
    and with the notice that readers get, where there is one.
    """
    rows = held.taken_back
    keys = [row.article_id for row in rows]
    languages = dict(Article.objects.filter(pk__in=keys).values_list("pk", "language"))
    notices = withheld.withdrawal_notices(keys, at=asked.at)
    return [
        TakenBack(
            Gone(
                permanent_id(Article(pk=row.article_id), asked.absolute),
                row.gone_at,
                notices.get(row.article_id, ""),
                languages[row.article_id],
            ),
            Article(slug=row.slug).get_absolute_url(),
        )
        for row in rows
    ]
