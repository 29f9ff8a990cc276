"""The rows of the newsroom."""

from articles.models.article import Article, ArticleEvent
from articles.models.byline import Author, AuthorLink, Byline
from articles.models.correction import Correction
from articles.models.edition import PdfEdition
from articles.models.image import GalleryImage, Image
from articles.models.origin import OriginHop
from articles.models.publication import Publication
from articles.models.revision import Revision
from articles.models.slugs import FormerSlug
from articles.models.taxonomy import InDepthReport, Region, ReportEntry, Theme
from articles.models.visibility import Status

__all__ = [
    "Article",
    "ArticleEvent",
    "Author",
    "AuthorLink",
    "Byline",
    "Correction",
    "FormerSlug",
    "GalleryImage",
    "Image",
    "InDepthReport",
    "OriginHop",
    "PdfEdition",
    "Publication",
    "Region",
    "ReportEntry",
    "Revision",
    "Status",
    "Theme",
]
