"""Letters to whoever entered an article: it was sent back, approved, scheduled, published.

Promised in the transaction of the move. Nobody is told of what they did themselves.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import addresses
from articles.models import Article, ArticleEvent, WithoutLetters
from cms.outbox.actions import enqueue
from cms.outbox.letters import MailRefused

TEMPLATE = "articles/mail/article_moved"
# A letter names so many comments; the page has them all.
MOST_COMMENTS = 20


def tell_writer(article: Article, event: ArticleEvent) -> None:
    """The letter that belongs to a move, where its writer wants one."""
    if event.move not in SUBJECTS or event.by_id == article.created_by_id:
        return
    writer = article.created_by
    is_reached = writer.email and writer.is_active and article.may_be_seen_by(writer)
    if not is_reached or WithoutLetters.objects.filter(user=writer).exists():
        return
    try:
        with translation.override(settings.LANGUAGE_CODE):
            enqueue(
                to=writer.email,
                subject=SUBJECTS[event.move]() % {"article": article.headline},
                template=TEMPLATE,
                context=_shown(article, event),
                key=f"article-{article.pk}-event-{event.number}",
            )
    except MailRefused:
        # An address that cannot be written to holds up no move: the desk shows what happened.
        return


def _shown(article: Article, event: ArticleEvent) -> dict:
    site = addresses.site()
    is_sent_back = event.move == "send_back"
    remarks = article.comments.open().select_related("by") if is_sent_back else []
    seen_from = article.published_at
    return {
        "language": settings.LANGUAGE_CODE,
        "move": event.move,
        "headline": article.headline,
        "who": event.by.get_full_name() or event.by.get_username() if event.by else "",
        "reason": event.reason,
        "when": date_format(timezone.localtime(seen_from), "DATETIME_FORMAT") if seen_from else "",
        "is_live": article.is_live(),
        "remarks": remarks[:MOST_COMMENTS],
        "public": site + article.get_absolute_url(),
        "review": site + reverse("admin:articles_article_review", args=[article.pk]),
        "preference": site + reverse("admin:articles_article_letters"),
    }


SUBJECTS = {
    "send_back": lambda: _("Sent back to you: %(article)s"),
    "approve": lambda: _("Approved: %(article)s"),
    "schedule": lambda: _("Scheduled: %(article)s"),
    "publish": lambda: _("Published: %(article)s"),
}
