"""Articles and what hangs on them."""

import io
from datetime import datetime
from itertools import count

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from PIL import Image as Pixels

from articles import actions, darkroom
from articles.models import Article, Author, Byline, Image, Publication
from tests.factories.rights import hold_an_agreement_with

_numbers = count(1)


def make_publication(name: str = "", **fields) -> Publication:
    """An outlet; ours with ``is_house=True``."""
    name = name or f"Publication {next(_numbers)}"
    return Publication.objects.create(name=name, slug=f"publication-{next(_numbers)}", **fields)


def house() -> Publication:
    """Our own publication."""
    ours = Publication.objects.filter(is_house=True).first()
    return ours or make_publication("The House Review", is_house=True)


def make_author(name: str = "", **fields) -> Author:
    """Somebody who signs."""
    number = next(_numbers)
    return Author.objects.create(
        name=name or f"Author {number}", **{"slug": f"author-{number}", **fields}
    )


def make_article(
    *, by: User, authors: list[Author] | None = None, cleared: bool = True, **fields
) -> Article:
    """A draft with a body and one byline, with its first revision.

    What others published first is covered by an agreement, unless it is not to be ``cleared``.
    """
    number = next(_numbers)
    values = {
        "headline": f"Headline {number}",
        "slug": f"headline-{number}",
        "body": "<p>Some words that stand for an article.</p>",
        "created_by": by,
    }
    fields.setdefault("publication", house())
    article = Article.objects.create(**{**values, **fields})
    for position, author in enumerate(authors if authors is not None else [make_author()]):
        Byline.objects.create(article=article, author=author, position=position)
    foreign = article.originating_publication or article.publication
    if cleared and not foreign.is_house:
        hold_an_agreement_with(foreign)
    actions.revise(article, by=by)
    return article


def make_live_article(*, people: dict[str, User], dated: datetime | None = None, **fields):
    """An article that went all the way, as the newsroom takes it there."""
    article = make_article(by=people["contributor"], **fields)
    actions.submit(article, by=people["contributor"])
    actions.approve(article, by=people["editor"])
    actions.publish(article, by=people["editor"], dated=dated)
    return article


def picture_file(*, width: int = 640, height: int = 400, name: str = "picture.jpg") -> ContentFile:
    """A small JPEG."""
    pixels = io.BytesIO()
    Pixels.new("RGB", (width, height), (120, 40, 30)).save(pixels, "JPEG")
    return ContentFile(pixels.getvalue(), name=name)


def make_image(*, developed: bool = False, **fields) -> Image:
    """A picture with a credit; ``developed`` makes its copies too."""
    file = fields.pop("file", None) or picture_file()
    values = {
        "alt_text": "A red field",
        "credit_line": "Jane Doe / The House Review",
        "rights_category": "own",
        "width": 640,
        "height": 400,
        "file_format": "JPEG",
        "original": file,
    }
    image = Image.objects.create(**{**values, **fields})
    if developed:
        darkroom.develop(image)
    return image
