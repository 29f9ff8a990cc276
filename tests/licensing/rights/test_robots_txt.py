"""robots.txt: the licence before every group, desks and secrets closed, articles open."""

from urllib.robotparser import RobotFileParser

import pytest

from licensing.rights.robots_txt import robots_txt

RSL = "https://house.example/license.xml"
KEPT = ("/admin/", "/permissions/")
SITEMAPS = ("https://house.example/sitemap.xml", "https://house.example/news-sitemap.xml")


@pytest.fixture
def crawler():
    parser = RobotFileParser()
    parser.parse(robots_txt(RSL, SITEMAPS, KEPT).splitlines())
    return parser


def test_the_licence_stands_before_every_group_and_in_none():
    lines = robots_txt(RSL, SITEMAPS).splitlines()
    assert lines[0] == f"License: {RSL}"
    assert sum(line.startswith("License:") for line in lines) == 1


@pytest.mark.parametrize("path", ["/admin/", "/permissions/abc/"])
def test_desks_and_secret_links_are_closed(crawler, path):
    assert not crawler.can_fetch("AnyBot", f"https://house.example{path}")


@pytest.mark.parametrize("path", ["/", "/articles/a/", "/rights/", "/articles/a/rights/"])
def test_what_is_for_readers_is_open(crawler, path):
    assert crawler.can_fetch("AnyBot", f"https://house.example{path}")


def test_sitemaps_are_named(crawler):
    assert crawler.site_maps() == list(SITEMAPS)


def test_preferences_of_an_unfinished_standard_are_off_until_wanted():
    assert "Content-Usage" not in robots_txt(RSL)
    lines = robots_txt(RSL, content_usage="train-ai=n").splitlines()
    assert lines.index("Content-Usage: train-ai=n") == lines.index("User-agent: *") + 1
