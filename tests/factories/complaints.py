"""Complaints of rights holders, and notices of our own."""

from django.urls import reverse

from articles.models import Article, Image
from licensing.actions import complaints, own_notices
from licensing.models import Complaint, OwnNotice
from tests.factories.articles import make_live_article

COMPLAINANT = "vera@holder.example"
TOLD = {
    "work": "“Salt on the stairs”, an essay of mine of 2019.",
    "addresses": "http://testserver/articles/a-text/",
    "claim": "The third and fourth paragraph are mine, word for word.",
    "name": "Vera Holm",
    "standing": "owner",
    "holder": "",
    "email": COMPLAINANT,
    "contact": "1 Quay Street",
    "language": "en",
    "is_in_good_faith": True,
    "is_accurate": True,
    "signature": "Vera Holm",
}
COUNTER = {
    "text": "We had her leave, in a letter of 2019.",
    "name": "Ada Brook",
    "contact": "2 Quay Street",
    "is_in_good_faith": True,
    "consents": True,
    "signature": "Ada Brook",
}


def make_complaint(*articles: Article, pictures: list[Image] | None = None, **told) -> Complaint:
    """A notice about ``articles``, as it comes in."""
    return complaints.submit(articles=articles, pictures=pictures or [], **{**TOLD, **told})


def acknowledged(*articles: Article, people, **told) -> Complaint:
    """A notice that somebody looks at."""
    complaint = make_complaint(*articles, **told)
    complaints.acknowledge(complaint, by=people["rights_desk"])
    return complaint


def upheld(*articles: Article, people, **told) -> Complaint:
    """A notice that was right: what it is about is withheld."""
    complaint = acknowledged(*articles, people=people, **told)
    complaints.uphold(complaint, by=people["rights_manager"], reason="It is hers.")
    return complaint


def countered(*articles: Article, people, **told) -> Complaint:
    """An upheld notice that the other side has answered."""
    complaint = upheld(*articles, people=people, **told)
    complaints.counter(complaint, **COUNTER)
    return complaint


def page_of(complaint: Complaint, token: str) -> str:
    """Where whoever holds the token follows it."""
    return reverse("licensing:complaint", args=[token])


def make_own_notice(*, people, **told) -> OwnNotice:
    """A letter of ours to somebody who uses a text of ours."""
    article = told.pop("article", None) or make_live_article(people=people)
    values = {
        "url": "https://copy.example/page",
        "sent_to": "abuse@copy.example",
        "subject": "Your use of our text",
        "text": "Please take it down.",
        "by": people["rights_manager"],
    }
    return own_notices.send(article, **{**values, **told})
