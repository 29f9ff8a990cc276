"""Articles that no reader may see, one of each kind, taken there as the newsroom takes them."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from articles import actions
from articles.models import Article, OriginHop
from tests.factories.articles import make_article, make_live_article, make_publication
from tests.factories.rights import hold_an_agreement_with

DAY = timedelta(days=1)


def draft(people: dict[str, User], **fields) -> Article:
    """Just begun."""
    return make_article(by=people["contributor"], **fields)


def in_review(people: dict[str, User], **fields) -> Article:
    """Handed to the editors."""
    article = draft(people, **fields)
    actions.submit(article, by=people["contributor"])
    return article


def approved(people: dict[str, User], **fields) -> Article:
    """Fit to be published, not yet published."""
    article = in_review(people, **fields)
    actions.approve(article, by=people["editor"])
    return article


def scheduled(people: dict[str, User], **fields) -> Article:
    """To be published tomorrow."""
    article = approved(people, **fields)
    actions.schedule(article, by=people["editor"], publish_at=timezone.now() + DAY)
    return article


def embargoed(people: dict[str, User], **fields) -> Article:
    """Published, but for tomorrow's eyes."""
    return make_live_article(people=people, embargo_until=timezone.now() + DAY, **fields)


def carry_ended(people: dict[str, User], **fields) -> Article:
    """Public until yesterday, when the leave of its translator ended."""
    fields.setdefault("originating_publication", make_publication())
    article = make_live_article(people=people, dated=timezone.now() - 7 * DAY, **fields)
    pool = make_publication()
    OriginHop.objects.create(article=article, step="translated", publication=pool)
    hold_an_agreement_with(pool, valid_until=timezone.localdate() - DAY)
    actions.revise(article, by=people["editor"])
    return article


def killed_under_embargo(people: dict[str, User], **fields) -> Article:
    """Withdrawn before anybody outside could see it."""
    article = embargoed(people, **fields)
    actions.withdraw(article, by=people["managing_editor"], reason="The source took it back.")
    return article


# Those whose very address is unknown to readers, by name.
UNKNOWN = {
    make.__name__: make
    for make in (
        draft,
        in_review,
        approved,
        scheduled,
        embargoed,
        carry_ended,
        killed_under_embargo,
    )
}


def withdrawn(
    people: dict[str, User], *, notice: str = "The figures were invented.", **fields
) -> Article:
    """Public once, taken back today."""
    article = make_live_article(people=people, dated=timezone.now() - 7 * DAY, **fields)
    actions.withdraw(
        article, by=people["managing_editor"], reason="Made up from end to end.", notice=notice
    )
    return article
