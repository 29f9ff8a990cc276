"""From a form to a digest and to the click that ends it, through HTTP and a real mail server."""

import random
import re
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone
from post_office.models import STATUS, Email

from articles import duties
from articles.models import Follower
from cms.clock import do_duties
from cms.outbox.delivery import deliver
from cms.outbox.models import PromisedMail
from tests.browsing import sent
from tests.cms.outbox.conftest import mail_server
from tests.factories.articles import make_author, make_live_article
from tests.factories.followers import make_follower
from tests.journeys.test_killed_workers import kill_again_and_again
from tests.pressing import press
from tests.racing import race
from tests.reading import words

__all__ = ["duties", "mail_server"]
INES = "ines@harbour.example"
DAY = timedelta(days=1)
DIGEST = "articles/mail/follow_digest"


def strike(at=None) -> None:
    """The clock: every duty, then the mail."""
    outcomes = do_duties(at=at or timezone.now())
    assert not [outcome for outcome in outcomes if outcome.has_failed]
    deliver()


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content()


@pytest.mark.django_db(transaction=True)
def test_a_reader_follows_an_author_until_one_click_ends_it(client, people, mail_server):
    jane = make_author("Jane Doe", slug="jane-doe")
    make_live_article(people=people, headline="Long known", authors=[jane])
    form = client.get("/follow/", {"author": "jane-doe"})
    client.post("/follow/", sent(form, email=INES, frequency="daily"))
    strike()
    (asked,) = mail_server.messages
    secret = re.search(r"/follow/[-\w]{43}/", text_of(asked)).group()

    # A scanner that opens every link of a mail begins nothing.
    client.get(secret)
    make_live_article(people=people, headline="Too early", authors=[jane])
    strike(timezone.now() + DAY)
    assert len(mail_server.messages) == 1
    assert "You follow us now" in words(
        press(client, client.get(secret), "Yes, send me these mails")
    )

    make_live_article(people=people, headline="The last lamplighter", authors=[jane])
    make_live_article(people=people, headline="By somebody else")
    strike(timezone.now() + 2 * DAY)
    strike(timezone.now() + 2 * DAY)
    (digest,) = mail_server.messages[1:]
    assert digest["To"] == INES and "The last lamplighter" in digest["Subject"]
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for body in (text_of(digest), digest.get_body(("html",)).get_content()):
        assert "The last lamplighter" in body
        assert "Long known" not in body and "Too early" not in body and "somebody" not in body

    # What goes over the wire is what a mail program of the provider reads.
    (raw,) = re.findall(
        rb"\r\nList-Unsubscribe:\s+<http://127\.0\.0\.1:8000(/follow/[-\w]{43}/stop/)>\r\n",
        mail_server.envelopes[-1].content,
    )
    program = type(client)(enforce_csrf_checks=True)
    answer = program.post(
        raw.decode(), "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200 and not program.cookies
    make_live_article(people=people, headline="Never heard of", authors=[jane])
    strike(timezone.now() + 9 * DAY)
    assert len(mail_server.messages) == 2
    assert client.get(secret).status_code == 410
    assert not Email.objects.filter(to=INES).exists()


def make_due(number: int, people) -> list[Follower]:
    """Followers whose morning has come, and an article that they were not told."""
    followers = [make_follower(at=timezone.now() - 3 * DAY) for _ in range(number)]
    make_live_article(people=people, headline="The last lamplighter")
    return followers


def digests_of(messages) -> Counter:
    return Counter(message["To"] for message in messages if "lamplighter" in message["Subject"])


@pytest.mark.django_db(transaction=True)
def test_of_two_clocks_that_strike_at_once_everybody_gets_one_mail(people, mail_server):
    followers = make_due(8, people)
    race([partial(do_duties, at=timezone.now())] * 3)
    assert PromisedMail.objects.filter(template=DIGEST).count() == len(followers)
    race([deliver] * 2)
    assert digests_of(mail_server.messages) == {follower.email: 1 for follower in followers}


@pytest.mark.django_db(transaction=True)
def test_clocks_that_are_killed_lose_no_digest_and_write_none_twice(people, mail_server, settings):
    followers = make_due(12, people)
    chance = random.Random(20261129)  # noqa: S311 no secret, and the same every time
    lives = [chance.uniform(0.02, 0.3) for _ in range(5)]
    kill_again_and_again(settings.EMAIL_PORT, lives)
    assert not Email.objects.exclude(status=STATUS.sent).exists()
    assert PromisedMail.objects.filter(template=DIGEST).count() == len(followers)
    arrived = {
        (message["To"], message["Message-ID"])
        for message in mail_server.messages
        if "lamplighter" in message["Subject"]
    }
    # One that came twice says that it is the same.
    assert sorted(to for to, _key in arrived) == sorted(follower.email for follower in followers)
