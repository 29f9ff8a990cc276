"""A newsroom on a working day: something of everything that its first page counts."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from articles import actions
from articles.models import Article
from licensing.models import PermissionRequest
from tests.factories.articles import make_article, make_image, make_live_article, make_publication
from tests.factories.clearances import make_clearance
from tests.factories.hidden import approved, embargoed, in_review, scheduled
from tests.factories.requests import make_billed_request, make_granted_request, make_request

DAY = timedelta(days=1)


def make_blocked(people: dict[str, User], **fields) -> Article:
    """Approved, but nobody gave us leave to carry it."""
    return approved(people, originating_publication=make_publication(), cleared=False, **fields)


def make_working_day(people: dict[str, User]) -> None:
    """One of everything that waits or came out, ended or is about to."""
    make_article(by=people["editor"])
    make_article(by=people["contributor"])
    returned = in_review(people)
    actions.send_back(returned, by=people["editor"], reason="Name the second source.")
    in_review(people)
    make_blocked(people)
    scheduled(people)
    embargoed(people)
    text = make_live_article(people=people)
    carried = make_live_article(
        people=people, originating_publication=make_publication(), dated=timezone.now() - 9 * DAY
    )
    Article.objects.filter(pk=carried.pk).update(correction_due_since=timezone.now())
    make_image(credit_line="")
    manager = people["rights_manager"]
    make_clearance(by=manager, valid_until=timezone.localdate() + 3 * DAY)
    make_clearance(by=manager, grant=False)
    make_request(text)
    late = make_request(text, at=timezone.now() - 15 * DAY)
    PermissionRequest.objects.filter(pk=late.pk).update(
        promised_by=timezone.localdate() - 5 * DAY, owner=people["rights_desk"]
    )
    make_granted_request(people=people, articles=[text])
    make_billed_request(people=people, articles=[text])
