"""The rows of the newsroom."""

from articles.models.article import Article, ArticleEvent
from articles.models.byline import Author, AuthorLink, Byline
from articles.models.checklist import ChecklistPoint, ChecklistTick
from articles.models.comment import Comment
from articles.models.correction import Correction, Dismissal
from articles.models.edition import PdfEdition, ShareCard
from articles.models.follower import Follower, Following, Frequency, NewsEntry
from articles.models.front import FrontPlace
from articles.models.hub import AnnouncedArticle, HubPing
from articles.models.image import GalleryImage, Image
from articles.models.letters import WithoutLetters
from articles.models.links import LinkCheck
from articles.models.origin import OriginHop
from articles.models.presence import Editing
from articles.models.publication import Publication
from articles.models.revision import Revision
from articles.models.search import SearchEntry, SearchWord, StaleSearchEntry
from articles.models.slugs import FormerSlug
from articles.models.taxonomy import InDepthReport, Region, ReportEntry, Theme
from articles.models.unsaved import UnsavedWork
from articles.models.visibility import Status

__all__ = [
    "AnnouncedArticle",
    "Article",
    "ArticleEvent",
    "Author",
    "AuthorLink",
    "Byline",
    "ChecklistPoint",
    "ChecklistTick",
    "Comment",
    "Correction",
    "Dismissal",
    "Editing",
    "Follower",
    "Following",
    "FormerSlug",
    "Frequency",
    "FrontPlace",
    "GalleryImage",
    "HubPing",
    "Image",
    "InDepthReport",
    "LinkCheck",
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
    "UnsavedWork",
    "WithoutLetters",
]
