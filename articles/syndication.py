"""What may be said of an article where it leaves the page: in feeds, maps, cards and embeds.

The desk of rights registers the answers; without it nothing but a headline leaves the house.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from articles import credits
from articles.addresses import Absolute
from articles.models import Article
from articles.pages import ArticlePage


@dataclass(frozen=True)
class ItemRights:
    """The rights in one article, as an entry of a feed, a map or an embed repeats them.

    ``notice`` is a sentence or two for people; addresses are whole, or ``""`` where there is none.
    ``gives_full_text``: whether the whole text may leave the house.
    ``kept_out_of_search`` is ``""``, ``"news"`` or ``"all"``. ``free_pictures`` are the keys of
    pictures that may leave with it. ``excerpt_words`` is how many words anybody may quote, where a
    rule says it.
    """

    copyright_notice: str
    notice: str = ""
    holders: tuple[str, ...] = ()
    licence_url: str = ""
    terms_url: str = ""
    acquire_url: str = ""
    rights_url: str = ""
    source_name: str = ""
    source_url: str = ""
    original_url: str = ""
    gives_full_text: bool = False
    is_fair_use: bool = False
    kept_out_of_search: str = ""
    free_pictures: frozenset[int] = frozenset()
    excerpt_words: int | None = None


# ``rights(page, absolute=) -> ItemRights`` of the article on a page, from what it has worked out.
PageDesk = Callable[..., ItemRights | None]
_page_desks: list[PageDesk] = []

# ``rights(articles, at=, absolute=) -> {article's key: ItemRights}`` for articles loaded as
# ``articles.pages.loaded`` has them, in a number of queries that does not grow with them.
Desk = Callable[..., Mapping[int, ItemRights]]
_desks: list[Desk] = []


def register(desk: Desk) -> Desk:
    """A decorator: from now on the function says what the rights are."""
    _desks[:] = [desk]
    return desk


def rights_of(
    articles: Iterable[Article], *, at: datetime, absolute: Absolute
) -> Mapping[int, ItemRights]:
    """The rights in ``articles`` by key. ``absolute`` makes an address of a path."""
    articles = list(articles)
    known = _desks[0](articles, at=at, absolute=absolute) if _desks else {}
    return {
        article.pk: known.get(article.pk) or ItemRights(credits.copyright_line(article))
        for article in articles
    }


def register_page(desk: PageDesk) -> PageDesk:
    """A decorator: from now on the function says it of a page whose rights are worked out."""
    _page_desks[:] = [desk]
    return desk


def rights_on(page: ArticlePage, *, absolute: Absolute) -> ItemRights:
    """The rights in the article on ``page``, found out once for the whole page."""
    if "item_rights" not in page.worked_out:
        known = _page_desks[0](page, absolute=absolute) if _page_desks else None
        page.worked_out["item_rights"] = known or ItemRights(page.copyright_line)
    return page.worked_out["item_rights"]
