"""The rights in articles where they leave the page: for feeds, maps, embeds, cards and mail.

What may leave is what ``decide`` grants everybody for community sites, never the terms alone.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from articles import addresses, credits, languages, syndication
from articles.addresses import Absolute
from articles.models import Article
from articles.pages import ArticlePage
from articles.syndication import ItemRights
from licensing.answers import rights_for
from licensing.chain import origin
from licensing.rights.conditions import Kind
from licensing.rights.decide import Decision, decide
from licensing.rights.facts import Snapshot
from licensing.rights.handing_over import hands_over_text, pictures_handed_over
from licensing.rights.vocabulary import Use, Verdict
from licensing.sentences import decision_sentence
from licensing.snapshot import picture_key, snapshots
from licensing.statements import Rights, form_address

# The uses whose answers stand in what is said.
SAID = (Use.COMMUNITY_WEB, Use.SEARCH_INDEX)


@syndication.register
def items(
    articles: Iterable[Article], *, at: datetime, absolute: Absolute
) -> dict[int, ItemRights]:
    """What is said of each of ``articles`` by its key; of one that is not public, nothing."""
    articles = list(articles)
    found = snapshots(articles, at=at)
    return {
        article.pk: item
        for article in articles
        if (item := _item(article, found[article.pk], at, absolute))
    }


@syndication.register_page
def on_page(page: ArticlePage, *, absolute: Absolute) -> ItemRights | None:
    """The same of the article on ``page``, from the answers that the page shows."""
    rights = rights_for(page)
    item = _item(page.article, rights.snapshot, page.at, absolute)
    quoting = rights.decisions[Use.EXCERPT]
    words = [one.value for one in quoting.conditions if one.kind is Kind.EXCERPT_WORDS]
    return replace(item, excerpt_words=min(words)) if item and words else item


def _item(
    article: Article, snapshot: Snapshot, at: datetime, absolute: Absolute
) -> ItemRights | None:
    decisions = {use: decide(snapshot, use, at) for use in SAID}
    taking = decisions[Use.COMMUNITY_WEB]
    if not taking.elements:
        return None
    return told(article, Rights(snapshot, decisions, at), taking, absolute=absolute)


def told(article: Article, rights: Rights, taking: Decision, *, absolute: Absolute) -> ItemRights:
    """What is said of ``article`` to whom ``taking`` is the answer; the text and the pictures are
    those of a feed for everybody. ``rights`` have answers for ``SAID`` at least.
    """
    source, terms = origin(article), rights.snapshot.text.terms

    def address(path: str) -> str:
        return absolute(addresses.neutral(path))

    with translation.override(languages.spoken(article.language)):
        notice, copyright_notice = _notice(rights, taking), credits.copyright_line(article)
    return ItemRights(
        copyright_notice,
        notice=notice,
        holders=tuple(credits.copyright_holders(article)),
        licence_url=rights.licence_url(address),
        terms_url=address(terms.url) if terms else "",
        acquire_url="" if rights.is_fair_use else address(form_address(article.slug)),
        rights_url=absolute(reverse("licensing:article_rights", args=[article.slug])),
        source_name=source.name if source else "",
        source_url=source.url if source else "",
        original_url=article.original_url,
        gives_full_text=hands_over_text(taking) and not rights.is_fair_use,
        is_fair_use=rights.is_fair_use,
        kept_out_of_search=_kept_out_of_search(rights),
        free_pictures=_free_pictures(article, taking, rights.at),
    )


def _notice(rights: Rights, taking: Decision) -> str:
    """What the source wants to have said, word for word; and what a reader may do with it."""
    if rights.is_fair_use:
        pattern = _(
            "This article itself is carried under fair use; the rights are held by {holder}."
        )
        said = [pattern.format(holder=right.holder) for right in rights.used_fairly]
    else:
        said = [decision_sentence(taking)]
    return " ".join(dict.fromkeys([*rights.required_attribution, *said]))


def _kept_out_of_search(rights: Rights) -> str:
    """What was agreed with the source about our copy; a plain no to search engines counts, too."""
    is_refused = rights.decisions[Use.SEARCH_INDEX].verdict is Verdict.REFUSED
    return "all" if is_refused else rights.keeps_out_of_search


def _free_pictures(article: Article, taking: Decision, at: datetime) -> frozenset[int]:
    free = pictures_handed_over(taking)
    return frozenset(
        image.pk
        for image in article.pictures()
        if picture_key(image) in free and image.is_usable(at)
    )
