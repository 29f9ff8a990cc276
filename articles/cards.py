"""The picture that stands for an article, or for the site, where somebody shares an address."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles import credits, editions, languages, syndication
from articles.addresses import Absolute
from articles.changes import marked_headline
from articles.darkroom import print_copy
from articles.imaging.containers import PictureRefused
from articles.imaging.crops import cropped
from articles.models import Image, ShareCard
from articles.pages import ArticlePage
from articles.printing.card import DESIGN, PICTURE, Card, typeset_card
from cms.sitepolicy.texts import HouseTexts

Read = Callable[[Image], bytes | None]


def of_article(page: ArticlePage, *, absolute: Absolute, read: Read) -> Card:
    """What stands on the card of the article; its picture only where it may leave the house."""
    article = page.article
    image = article.featured_image if page.featured else None
    if image and image.pk not in syndication.rights_on(page, absolute=absolute).free_pictures:
        image = None
    themes = page.subjects["themes"]
    return Card(
        headline=marked_headline(article),
        masthead=page.texts["masthead"],
        source=_source(page),
        language=article.language,
        direction=article.direction,
        kicker=themes[0].name if themes else "",
        byline=credits.signature(page.authors),
        picture=read(image) if image else None,
        alt=image.alt_text if image else "",
        credit=image.credit_line if image else "",
    )


def of_site(texts: HouseTexts) -> Card:
    """The card of every other page, in the language it speaks."""
    language = get_language()
    return Card(
        headline=texts["masthead"],
        masthead="",
        source=texts["tagline"],
        language=language,
        direction=languages.direction(language),
    )


def article_png(page: ArticlePage, *, absolute: Absolute):
    """An open file with the card of the article on ``page``. Raises NobodyFinishesIt."""
    facts = of_article(page, absolute=absolute, read=_version_of)

    def made(_card: ShareCard) -> bytes:
        return _typeset(of_article(page, absolute=absolute, read=_copy_about_its_focal_point))

    return editions.kept(
        ShareCard,
        _fingerprint(facts),
        made,
        article=page.article,
        language=page.article.language,
    )


def site_png(texts: HouseTexts):
    """An open file with the card of the site. Raises NobodyFinishesIt."""
    card = of_site(texts)
    return editions.kept(
        ShareCard,
        _fingerprint(card),
        lambda _card: _typeset(card),
        article=None,
        language=card.language,
    )


def article_address(page: ArticlePage, *, absolute: Absolute) -> str:
    """Where the card lies; another address for everything else it says."""
    facts = of_article(page, absolute=absolute, read=_version_of)
    path = reverse("articles:article_card", args=[page.article.slug])
    return f"{absolute(path)}?v={_fingerprint(facts)[:12]}"


def site_address(texts: HouseTexts, *, absolute: Absolute) -> str:
    """Where the card of the site lies, in the language the page speaks."""
    return f"{absolute(reverse('site:card'))}?v={_fingerprint(of_site(texts))[:12]}"


def alt_text(page: ArticlePage) -> str:
    """What the card says, for those who cannot see it."""
    return _("%(headline)s – %(publication)s") % {
        "headline": marked_headline(page.article),
        "publication": _source(page),
    }


def _source(page: ArticlePage) -> str:
    article = page.article
    if not article.is_carried:
        return article.publication.name
    return _("%(publication)s · first published by %(source)s") % {
        "publication": article.publication.name,
        "source": article.originating_publication.name,
    }


def _version_of(image: Image) -> bytes:
    """Stands for the picture's part in a fingerprint; one in the middle is what it ever was."""
    version = editions.version_of(image)
    return version if image.is_centred else version + b"%d %d" % (image.focal_x, image.focal_y)


def _copy_about_its_focal_point(image: Image) -> bytes | None:
    """The copy for the press, cut here where the press would cut it in the middle."""
    copy = print_copy(image)
    if copy is None or image.is_centred:
        return copy
    try:
        return cropped(copy, PICTURE, (image.focal_x, image.focal_y))
    except PictureRefused:
        # A copy that the disk has damaged is for the press to judge.
        return copy


def _typeset(card: Card) -> bytes:
    return typeset_card(card, more_fonts=settings.FONT_FOLDERS)


def _fingerprint(card: Card) -> str:
    return editions.fingerprint_of(f"{DESIGN}{settings.FONT_FOLDERS}", card)
