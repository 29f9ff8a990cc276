"""What a licence would say: as long as agreed, within its bounds, with what we hold to the end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.workflows.actions import MoveNotAllowed
from licensing import issuing
from licensing.actions import grants, requests, settling
from licensing.models import Grant
from licensing.rights.conditions import Condition, Kind, parse
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_image, make_live_article, make_publication
from tests.factories.requests import TOLD, make_granted_request, make_taken_request, send_quote
from tests.factories.terms import make_terms, make_terms_for_the_site

pytestmark = pytest.mark.django_db


def why_not(permission_request) -> str:
    return " ".join(issuing.what_hinders(permission_request, at=permission_request.moved_at))


def with_pictures(people, **fields):
    """A request for an article with two pictures of ours; the second may be shown for 40 days."""
    kept, ending = (make_image(rights_category="own") for _ in range(2))
    article = make_live_article(people=people, featured_image=kept)
    article.gallery.create(image=ending, position=1)
    asked = make_taken_request(people=people, articles=[article], **fields)
    keys = [f"image-{kept.pk}", f"image-{ending.pk}"]
    asked.requested.update(pictures=keys)
    ending.use_until = asked.moved_at + timedelta(days=40)
    ending.save()
    return asked, keys


def test_of_several_articles_the_one_that_is_not_ours_is_named(people):
    gazette = make_publication("The Gazette")
    ours = make_live_article(people=people, headline="Ours to give")
    theirs = make_live_article(
        people=people, originating_publication=gazette, headline="Theirs alone"
    )
    said = why_not(make_taken_request(people=people, articles=[ours, theirs]))
    assert "“Theirs alone”" in said
    assert "Ours to give" not in said


def test_a_picture_that_we_do_not_hold_to_the_end_is_left_out(people):
    asked, keys = with_pictures(people)
    settling.issue(asked, by=people["rights_desk"])
    line = Grant.objects.get().granted.get()
    assert (line.pictures, line.left_out) == (keys[:1], keys[1:])


def test_a_licence_is_not_extended_beyond_what_we_hold_of_its_pictures(people):
    told = {**TOLD[Use.COMMERCIAL_WEB], "posted_for": "30"}
    asked, keys = with_pictures(people, use=Use.COMMERCIAL_WEB, particulars=told)
    settling.issue(asked, by=people["rights_desk"])
    grant = Grant.objects.get()
    assert grant.granted.get().pictures == keys
    until = grant.valid_until + timedelta(days=90)
    with pytest.raises(MoveNotAllowed, match="one of its pictures"):
        grants.extend(grant, by=people["rights_desk"], valid_until=until, reason="Asked.")
    until = grant.valid_until + timedelta(days=5)
    longer = grants.extend(grant, by=people["rights_desk"], valid_until=until, reason="Asked.")
    assert longer.granted.get().pictures == keys


def test_a_term_that_was_agreed_ends_the_licence_whatever_was_asked(people):
    asked = make_taken_request(people=people)
    send_quote(asked, by=people["rights_desk"], net="0", conditions=(Condition(Kind.TERM, 90),))
    requests.accept(asked)
    grant = Grant.objects.get()
    assert grant.valid_until == timezone.localdate() + timedelta(days=89)
    # And the bounds of what is given bind, though nobody wrote them down beside it.
    assert {entry.kind for entry in parse(grant.conditions)} == {
        Kind.TERM,
        Kind.TERRITORY,
        Kind.PRINT_RUN,
        Kind.FORMATS,
    }


def test_bounds_that_leave_nothing_are_no_licence(people):
    asked = make_taken_request(people=people)
    nowhere = (Condition(Kind.TERRITORY, ("FR",)),)
    with pytest.raises(MoveNotAllowed, match="nothing in common"):
        send_quote(asked, by=people["rights_desk"], conditions=nowhere)


def test_the_words_of_the_terms_are_kept_as_they_are_read(people):
    text = "<p>Print &amp; books:</p><ul><li>name us</li><li>ask</li></ul><p>Thank you.</p>"
    make_terms_for_the_site(make_terms(text=text))
    grant = make_granted_request(people=people).grants.get()
    assert grant.terms_text == "Print & books:\n\n– name us\n– ask\n\nThank you."
