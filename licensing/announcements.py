"""The rights in an article as its editions announce them: HTTP headers, and the head of a page.

One statement a page, made from the decisions that its panel and notices show.
"""

from django.urls import reverse

from articles import announcements
from articles.addresses import Absolute
from articles.pages import ArticlePage
from licensing.answers import rights_for
from licensing.rights import head
from licensing.rights.statement import Statement
from licensing.statements import statement_of


def statement_for(page: ArticlePage, *, absolute: Absolute) -> Statement:
    """The statement of the article on ``page``, made once."""
    if "statement" not in page.worked_out:
        rights = rights_for(page)
        page.worked_out["statement"] = statement_of(page, absolute=absolute, rights=rights)
    return page.worked_out["statement"]


@announcements.register
def headers(page: ArticlePage, *, absolute: Absolute, has_markup: bool) -> dict[str, str]:
    """``Link``, the TDM reservation and, where no head can say it, what robots are told. Pages say
    where webmentions go, too.
    """
    statement = statement_for(page, absolute=absolute)
    if not has_markup:
        return head.headers_without_markup(statement)
    found = head.headers(statement)
    mentions = f'<{absolute(reverse("licensing:webmention"))}>; rel="webmention"'
    return {**found, "Link": ", ".join(filter(None, [found.get("Link", ""), mentions]))}
