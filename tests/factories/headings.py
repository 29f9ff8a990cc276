"""Regions, themes and in-depth reports."""

from itertools import count

from articles.models import InDepthReport, Region, Theme

_numbers = count(1)


def make_region(name: str = "", **fields) -> Region:
    """A part of the world."""
    number = next(_numbers)
    return Region.objects.create(
        **{"name": name or f"Region {number}", "slug": f"region-{number}", **fields}
    )


def make_theme(name: str = "", **fields) -> Theme:
    """A matter."""
    number = next(_numbers)
    return Theme.objects.create(
        **{"name": name or f"Theme {number}", "slug": f"theme-{number}", **fields}
    )


def make_report(title: str = "", *, articles=(), **fields) -> InDepthReport:
    """A dossier with ``articles`` in this order."""
    number = next(_numbers)
    report = InDepthReport.objects.create(
        **{"title": title or f"Report {number}", "slug": f"report-{number}", **fields}
    )
    for position, article in enumerate(articles):
        report.entries.create(article=article, position=position)
    return report
