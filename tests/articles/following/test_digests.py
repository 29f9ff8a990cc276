"""A digest says what came out under what its reader follows: once, and nothing hidden."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import Email

from articles import actions as editing
from articles import syndication
from articles.correcting import correct
from articles.following import digests, noting
from articles.models import Correction, Follower
from tests.factories import hidden
from tests.factories.articles import make_author, make_live_article, make_publication
from tests.factories.followers import make_asked, make_follower, the_next_morning
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.sitepolicy import make_text

pytestmark = pytest.mark.django_db


def strike(follower: Follower) -> Email | None:
    """The clock on the next morning; the digest that it wrote to ``follower``."""
    at = the_next_morning(follower)
    noting.note(at=at)
    digests.send_due(at=at)
    found = Email.objects.filter(promise__template="articles/mail/follow_digest")
    return found.filter(to=follower.email).order_by("pk").last()


@pytest.fixture
def live(people):
    """Makes live articles."""
    return lambda headline, **fields: make_live_article(people=people, headline=headline, **fields)


def test_the_whole_site_brings_what_came_out_since(live):
    live("Before")
    follower = make_follower()
    live("After")
    mail = strike(follower)
    assert mail.subject == "Imprimatur: After"
    for body in (mail.message, mail.html_message):
        assert "After" in body and "Before" not in body


def test_nothing_new_is_no_mail_and_the_next_one_misses_nothing(live):
    follower = make_follower()
    assert strike(follower) is None
    live("Later")
    assert "Later" in strike(follower).message


def test_a_retracted_text_is_told_as_such_be_it_new_or_corrected(live, people):
    follower = make_follower()
    old = live("Old")
    strike(follower)
    for article in (old, live("New")):
        correct(article, by=people["editor"], kind="retraction", text="Made up.")
    mail = strike(follower)
    assert mail.subject == "Imprimatur: Retracted: New"
    for body in (mail.message, mail.html_message):
        assert "Retracted: New" in body and "Retracted: Old" in body


def test_what_was_told_is_not_told_again(live):
    follower = make_follower()
    live("First")
    strike(follower)
    live("Second")
    body = strike(follower).message
    assert "Second" in body and "First" not in body


def test_what_stands_below_a_region_or_theme_is_brought_and_nothing_beside_it(live):
    africa = make_region("Africa")
    kenya = make_region("Kenya", parent=africa)
    water = make_theme("Water")
    wells = make_theme("Wells", parent=water)
    follower = make_follower(africa, water)
    live("From Kenya").regions.add(kenya)
    live("On wells").themes.add(wells)
    live("On neither")
    body = strike(follower).message
    assert "Region: Africa" in body and "Theme: Water" in body
    assert "From Kenya" in body and "On wells" in body and "On neither" not in body


def test_authors_reports_and_publications_can_be_followed(live):
    jane, gazette, report = make_author("Jane Doe"), make_publication("The Gazette"), make_report()
    followers = [make_follower(row) for row in (jane, gazette, report)]
    live("By Jane", authors=[jane])
    live("Carried", originating_publication=gazette)
    report.entries.create(article=live("In the report"), position=0)
    told = [strike(follower).message for follower in followers]
    for headline, body in zip(["By Jane", "Carried", "In the report"], told, strict=True):
        others = {"By Jane", "Carried", "In the report"} - {headline}
        assert headline in body and not any(other in body for other in others)


@pytest.mark.parametrize("kind", [*hidden.UNKNOWN, "withdrawn"])
def test_what_nobody_may_see_is_in_no_digest(people, kind):
    make_follower()
    make = {**hidden.UNKNOWN, "withdrawn": hidden.withdrawn}[kind]
    make(people, headline="Secret headline")
    at = timezone.now()
    noting.note(at=at)
    Follower.objects.update(due_at=at)
    assert digests.send_due(at=at) == 0
    assert not Email.objects.filter(message__contains="Secret").exists()


def test_what_was_withdrawn_since_it_was_noted_is_not_advertised(live, people):
    follower = make_follower()
    article = live("Taken back")
    live("Standing")
    noting.note(at=timezone.now())
    editing.withdraw(article, by=people["managing_editor"], reason="A mistake.")
    mail = strike(follower)
    assert "Standing" in mail.message and "Taken back" not in mail.message + mail.subject


def test_a_correction_of_what_was_sent_is_named(live):
    follower = make_follower()
    article = live("The bridge")
    strike(follower)
    Correction.objects.create(article=article, text="It has six arches.")
    mail = strike(follower)
    assert mail.subject == "Imprimatur: corrected – The bridge"
    assert "Corrected since" in mail.message and "It has six arches." in mail.html_message


def test_translations_are_told_once_in_the_readers_language(live):
    readers = {code: make_follower(language=code) for code in ("fr", "de")}
    english = live("The bridge")
    live("Le pont", language="fr", translation_of=english)
    assert "Le pont" in strike(readers["fr"]).message
    assert "The bridge" not in strike(readers["fr"]).message
    german = strike(readers["de"]).message
    assert "The bridge" in german and "Le pont" not in german


def test_the_mail_speaks_the_followers_language_and_its_direction(live):
    follower = make_follower(language="ar")
    live("The bridge")
    mail = strike(follower)
    assert '<html lang="ar" dir="rtl">' in mail.html_message
    assert 'lang="en" dir="ltr"' in mail.html_message


def test_each_article_brings_its_rights(live, monkeypatch):
    def desk(articles, *, at, absolute):
        return {
            article.pk: syndication.ItemRights(
                "© Jane", notice="Ask first.", rights_url=absolute("/r/")
            )
            for article in articles
        }

    monkeypatch.setattr(syndication, "_desks", [desk])
    follower = make_follower(language="ar")
    live("The bridge")
    mail = strike(follower)
    assert "© Jane" in mail.message and "Ask first." in mail.message
    # An English sentence in an Arabic letter keeps its full stop at its end.
    assert '<bdi lang="en">Ask first.</bdi>' in mail.html_message
    assert 'href="http://127.0.0.1:8000/r/"' in mail.html_message


def test_of_very_many_the_newest_are_named_and_the_rest_is_counted(live, monkeypatch):
    monkeypatch.setattr(digests, "MOST_ARTICLES", 2)
    follower = make_follower()
    for number in range(4):
        live(f"Number {number}")
    mail = strike(follower)
    assert [number for number in range(4) if f"* Number {number}" in mail.message] == [2, 3]
    assert "And 2 more articles" in mail.message and "and 3 more" in mail.subject


def test_a_mail_says_where_it_ends_and_who_sends_it(live, settings):
    settings.SITE_URL = "https://news.example"
    make_text("<p>Edited in <b>Geneva</b> &amp; paid by members.</p>", kind="about")
    follower = make_follower()
    live("The bridge")
    mail = strike(follower)
    stop = mail.headers["List-Unsubscribe"]
    assert stop.startswith("<https://news.example/follow/") and stop.endswith("/stop/>")
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.headers["List-Id"] == "<following.news.example>"
    for body in (mail.message, mail.html_message):
        assert stop.strip("<>") in body and "Geneva" in body
    assert "Edited in Geneva & paid by members." in mail.message
    assert "<img" not in mail.html_message and "<script" not in mail.html_message


def test_a_site_with_letters_of_its_own_in_its_name_sends_digests_too(live, settings):
    settings.SITE_URL = "https://zürich.example:8443"
    follower = make_follower()
    live("The bridge")
    headers = strike(follower).headers
    assert headers["List-Unsubscribe"].startswith("<https://xn--zrich-kva.example:8443/follow/")
    assert headers["List-Id"] == "<following.xn--zrich-kva.example>"


def test_signatures_are_listed_as_the_reader_writes_them(live):
    names = ("Hala", "Bob", "Cy")
    follower = make_follower(language="ar")
    live("The bridge", authors=[make_author(name) for name in names])
    assert "Hala، Bob وCy" in strike(follower).message


def test_hostile_words_are_words(live):
    follower = make_follower()
    live("<script>x</script>{{ x }}", standfirst="a\n.\nBcc: all@press.example")
    mail = strike(follower)
    assert "<script>" not in mail.html_message and "{{ x }}" in mail.message
    assert set(mail.headers) == {
        "Auto-Submitted",
        "List-Id",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
    }


def test_who_did_not_confirm_or_has_stopped_gets_nothing(live):
    make_asked()
    live("The bridge")
    at = timezone.now() + timedelta(days=2)
    noting.note(at=at)
    assert digests.send_due(at=at) == 0


def test_whose_headings_are_all_gone_is_erased(live):
    harbour, coast = make_region("Harbour"), make_region("Coast")
    gone, left = make_follower(harbour), make_follower(harbour, coast)
    harbour.delete()
    live("The bridge").regions.add(coast)
    assert "The bridge" in strike(left).message
    gone.refresh_from_db()
    assert gone.stopped_at and not gone.email


def test_an_address_that_mail_refuses_does_not_keep_others_waiting(live):
    lost, other = make_follower(), make_follower()
    Follower.objects.filter(pk=lost.pk).update(email="a b@press.example")
    live("The bridge")
    assert "The bridge" in strike(other).message
    lost.refresh_from_db()
    assert lost.due_at > timezone.now() + timedelta(days=1)


def queries(number: int, live) -> int:
    """Statements that so many followers and three articles cost, beside the mails themselves."""
    followers = [make_follower() for _ in range(number)]
    for place in range(3):
        live(f"Article {place}").themes.add(make_theme())
    at = the_next_morning(followers[-1])
    noting.note(at=at)
    with CaptureQueriesContext(connection) as caught:
        digests.send_due(at=at)
    outbox = ("outbox_", "post_office_", "SAVEPOINT")
    return len([one for one in caught if not any(part in one["sql"] for part in outbox)])


def test_a_batch_costs_the_same_number_of_queries_however_many_they_are(live):
    assert queries(1, live) == queries(6, live)
