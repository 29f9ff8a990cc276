"""Which articles and pictures of ours somebody means who types where something stands here."""

import re
from dataclasses import dataclass
from datetime import datetime

from articles import oembed, withheld
from articles.models import Article, FormerSlug, Image

# More than that is looked up by a person.
MOST_ADDRESSES = 20
IN_THE_NEWSROOM = re.compile(r"/admin/articles/(article|image)/([0-9]{1,18})/")
PICTURE = re.compile(r"/pictures/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")


@dataclass(frozen=True)
class Meant:
    """What was recognised."""

    articles: list[Article]
    pictures: list[Image]


def meant(typed: str, *, hosts: frozenset[str], at: datetime) -> Meant:
    """What of ours these lines lead to, as far as readers ever saw it."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()][:MOST_ADDRESSES]
    keys = {found[1] for line in lines if (found := PICTURE.search(line))}
    slugs = {slug for line in lines if (slug := oembed.slug_in(line, hosts=hosts))}
    former = FormerSlug.objects.filter(model=Article._meta.model_name, slug__in=slugs)
    known = withheld.known_to_readers(Article.objects.all(), at=at)
    articles = known.filter(slug__in=slugs) | known.filter(pk__in=former.values("row_id"))
    pictures = Image.objects.filter(key__in=keys).used() if keys else Image.objects.none()
    return Meant(list(articles.order_by("pk").distinct()), list(pictures.order_by("pk")))


def meant_by_the_desk(typed: str, *, hosts: frozenset[str], at: datetime) -> Meant:
    """As ``meant``; a colleague may also name the page of the newsroom that holds it."""
    found = meant(typed, hosts=hosts, at=at)
    keys = {"article": {one.pk for one in found.articles}, "image": set()}
    keys["image"] |= {one.pk for one in found.pictures}
    for kind, key in IN_THE_NEWSROOM.findall(typed)[:MOST_ADDRESSES]:
        keys[kind].add(int(key))
    return Meant(
        list(Article.objects.filter(pk__in=keys["article"]).order_by("pk")),
        list(Image.objects.filter(pk__in=keys["image"]).order_by("pk")),
    )
