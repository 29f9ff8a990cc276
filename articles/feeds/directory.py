"""Which feeds there are, in groups, for the page that lists them and for OPML; bounded."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.feeds.channels import feed_path
from articles.feeds.formats import FORMATS
from articles.filters import languages_read
from articles.models import InDepthReport, Region, Theme
from articles.offers import TreeOffer

# Of each kind; a list longer than this is no help to anybody.
MOST = 500


@dataclass(frozen=True)
class ListedFeed:
    """A feed in a list. ``language`` is that of its name where it has one."""

    name: str
    page: str
    paths: dict[str, str]
    language: str = ""
    depth: int = 0


@dataclass(frozen=True)
class Group:
    """Feeds of one kind, under a label."""

    key: str
    label: str
    feeds: list[ListedFeed]


def groups(*, at: datetime) -> list[Group]:
    """The site, its languages, regions, themes and reports, as far as something is public there."""
    found = [
        Group(
            "site",
            _("The whole site"),
            [_listed(_("All articles"), "site"), _listed(_("Corrections"), "correction_list")],
        ),
        Group("languages", _("Languages"), _languages(at)),
        Group("regions", _("Regions"), _tree("region", Region, at)),
        Group("themes", _("Themes"), _tree("theme", Theme, at)),
        Group("reports", _("In-depth reports"), _reports(at)),
    ]
    return [group for group in found if group.feeds]


def paths(kind: str, slug: str = "", query: str = "") -> dict[str, str]:
    """Ending → address of the feed in that format."""
    asked = f"?{query}" if query else ""
    return {ending: feed_path(kind, ending, slug) + asked for ending in FORMATS}


def _listed(name: str, kind: str, slug: str = "", query: str = "", **more) -> ListedFeed:
    if slug:
        page = reverse(f"site:{kind}_detail", args=[slug])
    else:
        page = reverse("site:home" if kind == "site" else f"site:{kind}")
        page += f"?{query}" if query else ""
    return ListedFeed(name, page, paths(kind, slug, query), **more)


def _languages(at: datetime) -> list[ListedFeed]:
    """Each in its own words; none where everything is in one."""
    read = languages_read(at)
    if len(read) < 2:
        return []
    return [
        _listed(name, "article_list", query=urlencode({"language": code})) for code, name in read
    ]


def _tree(kind: str, model, at: datetime) -> list[ListedFeed]:
    options = TreeOffer(model, at=at).options[:MOST]
    return [_listed(one.name, kind, one.slug, depth=one.depth) for one in options]


def _reports(at: datetime) -> list[ListedFeed]:
    reports = InDepthReport.objects.with_live_articles(at).order_by("-pk")[:MOST]
    return [_listed(report.title, "report", report.slug) for report in reports]
