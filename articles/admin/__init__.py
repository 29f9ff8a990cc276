"""The newsroom's desks in the admin, one a file."""

from articles.admin.articles import ArticleAdmin
from articles.admin.checklist import ChecklistPointAdmin
from articles.admin.corrections import CorrectionAdmin
from articles.admin.followers import FollowerAdmin
from articles.admin.front import FrontPlaceAdmin
from articles.admin.headings import InDepthReportAdmin, RegionAdmin, ThemeAdmin
from articles.admin.hub import HubPingAdmin
from articles.admin.people import AuthorAdmin, PublicationAdmin
from articles.admin.pictures import ImageAdmin
from articles.admin.tags import TagAdmin

__all__ = [
    "ArticleAdmin",
    "AuthorAdmin",
    "ChecklistPointAdmin",
    "CorrectionAdmin",
    "FollowerAdmin",
    "FrontPlaceAdmin",
    "HubPingAdmin",
    "ImageAdmin",
    "InDepthReportAdmin",
    "PublicationAdmin",
    "RegionAdmin",
    "TagAdmin",
    "ThemeAdmin",
]
