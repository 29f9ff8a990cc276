"""The news sitemap (Google): what was first published in the last two days, and is ours to show."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from articles import pages, syndication
from articles.addresses import Absolute
from articles.changes import marked_headline
from articles.maps.sitemap import SITEMAP
from articles.models import Article
from articles.syndication import ItemRights
from cms.xml import XmlWriter, moment

NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
NEWS_IS_NEW_FOR = timedelta(days=2)
MOST = 1000


def news(*, at: datetime, absolute: Absolute, house: str) -> bytes:
    """``/news-sitemap.xml``; of no article on a quiet weekend, which is fine."""
    newest = Article.objects.live(at).filter(published_at__gt=at - NEWS_IS_NEW_FOR).newest_first()
    articles = list(pages.loaded(newest)[:MOST])
    rights = syndication.rights_of(articles, at=at, absolute=absolute)
    xml = XmlWriter()
    with xml.within("urlset", {"xmlns": SITEMAP, "xmlns:news": NEWS}):
        for article in articles:
            if _is_news(article, rights[article.pk], at=at):
                with xml.within("url"):
                    xml.element("loc", absolute(article.get_absolute_url()))
                    _entry(xml, article, house)
    return xml.taken()


def _is_news(article: Article, rights: ItemRights, *, at: datetime) -> bool:
    """Not what search engines are asked to leave to its source, nor what ran elsewhere before."""
    if rights.kept_out_of_search or rights.is_fair_use:
        return False
    return article.original_date is None or article.original_date > localdate(at - NEWS_IS_NEW_FOR)


def _entry(xml: XmlWriter, article: Article, house: str) -> None:
    with xml.within("news:news"):
        with xml.within("news:publication"):
            xml.element("news:name", house)
            xml.element("news:language", _language(article.language))
        xml.element("news:publication_date", _published(article))
        xml.element("news:title", marked_headline(article))


def _published(article: Article) -> str:
    """When it was published first, wherever: a day is all that is known of other places."""
    first: date | None = article.original_date
    return first.isoformat() if first else moment(article.published_at)


def _language(code: str) -> str:
    """Two or three letters (ISO 639), but for the two ways of writing Chinese."""
    chinese = {"zh-hans": "zh-cn", "zh-hant": "zh-tw", "zh-cn": "zh-cn", "zh-tw": "zh-tw"}
    return chinese.get(code.lower(), code.split("-")[0].lower())
