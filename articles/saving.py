"""Until when a copy of an article's page, saved in a reader's browser, may still be shown there.

What is withdrawn or corrected reaches a copy only when its browser asks again. So a copy ends when
the right to anything it shows ends, and a week after it was made in any case; asking again renews
it. ``templates/articles/service_worker.js`` holds browsers to that.
"""

from datetime import datetime, timedelta

from articles.pages import ArticlePage

KEPT_AT_MOST = timedelta(days=7)
HEADER = "Saved-Copy-Until"


def copy_until(page: ArticlePage) -> datetime:
    """The moment from which a copy made of ``page`` now is shown no more."""
    pictures = [shown.image for shown in page.gallery]
    pictures += [page.featured.image] if page.featured else []
    pictures += [author.photo for author in page.authors if author.photo]
    ends = [page.article.carry_until, page.at + KEPT_AT_MOST]
    ends += [end for image in pictures for end in (image.use_until, image.carry_until)]
    # The photo of an author whose time has ended is not on the page, and ends nothing.
    return min(end for end in ends if end and end > page.at)
