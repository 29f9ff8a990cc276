"""The rows of the newsroom."""

from articles.models.article import Article, ArticleEvent
from articles.models.byline import Author, AuthorLink, Byline
from articles.models.correction import Correction
from articles.models.edition import PdfEdition, ShareCard
from articles.models.follower import Follower, Following, Frequency, NewsEntry
from articles.models.front import FrontPlace
from articles.models.hub import AnnouncedArticle, HubPing
from articles.models.image import GalleryImage, Image
from articles.models.origin import OriginHop
from articles.models.publication import Publication
from articles.models.revision import Revision
from articles.models.search import SearchEntry, SearchWord, StaleSearchEntry
from articles.models.slugs import FormerSlug
from articles.models.taxonomy import InDepthReport, Region, ReportEntry, Theme
from articles.models.visibility import Status

__all__ = [
    "AnnouncedArticle",
    "Article",
    "ArticleEvent",
    "Author",
    "AuthorLink",
    "Byline",
    "Correction",
    "Follower",
    "Following",
    "FormerSlug",
    "Frequency",
    "FrontPlace",
    "GalleryImage",
    "HubPing",
    "Image",
    "InDepthReport",
    "NewsEntry",
    "OriginHop",
    "PdfEdition",
    "Publication",
    "Region",
    "ReportEntry",
    "Revision",
    "SearchEntry",
    "SearchWord",
    "ShareCard",
    "StaleSearchEntry",
    "Status",
    "Theme",
]
