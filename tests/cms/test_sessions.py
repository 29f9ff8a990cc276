"""A cookie is for those who sign in, and goes where the session was looked at."""

from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.factories.articles import make_live_article


def test_a_reader_with_a_forged_cookie_has_no_session_stored(client, people):
    article = make_live_article(people=people)
    client.cookies["sessionid"] = "forged"
    client.get(article.get_absolute_url())
    client.get("/")
    assert not Session.objects.exists()


def test_a_session_is_renewed_at_the_desk(client, people):
    client.force_login(people["editor"])
    response = client.get(reverse("admin:index"))
    assert response.cookies["sessionid"]["max-age"] == 8 * 60 * 60
    assert "Cookie" in response["Vary"]


def test_a_session_ends_when_its_owner_signs_out(client, people):
    client.force_login(people["editor"])
    client.post(reverse("admin:logout"))
    assert not Session.objects.exists()
    assert client.get(reverse("admin:index")).status_code == 302
