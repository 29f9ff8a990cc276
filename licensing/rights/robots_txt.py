"""``/robots.txt`` (RFC 9309): what crawlers stay away from, and where licence and sitemaps are."""

from collections.abc import Iterable

from licensing.rights.wire import address, line

MEDIA_TYPE = "text/plain; charset=utf-8"


def robots_txt(
    rsl_url: str,
    sitemap_urls: Iterable[str] = (),
    kept: Iterable[str] = (),
    content_usage: str = "",
) -> str:
    """The whole file.

    ``License:`` (RSL 1.0) stands before every group: a group that holds one makes its crawler
    ignore the global one. It allows and disallows nothing. ``content_usage`` is an AIPREF
    preference such as ``train-ai=n``; the draft changes with every revision, so it is off.
    """
    lines = []
    if licence := address(rsl_url):
        lines += [f"License: {licence}", ""]
    lines.append("User-agent: *")
    if content_usage:
        lines.append(f"Content-Usage: {line(content_usage)}")
    lines += [f"Disallow: {path}" for path in kept]
    sitemaps = [f"Sitemap: {found}" for url in sitemap_urls if (found := address(url))]
    if sitemaps:
        lines += ["", *sitemaps]
    return "\n".join(lines) + "\n"
