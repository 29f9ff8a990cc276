"""The pages of followers: no cookie, the same answer for everybody, one click that ends it."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from post_office.models import Email

from articles.following import links
from articles.models import Article, Follower, Following, FormerSlug, Publication
from articles.pages import article_page, load
from tests.browsing import HOSTILE, sent
from tests.factories import hidden
from tests.factories.articles import make_author, make_live_article
from tests.factories.followers import make_asked, make_follower
from tests.factories.headings import make_region, make_theme
from tests.pressing import press
from tests.reading import links as links_of
from tests.reading import soup, words

pytestmark = pytest.mark.django_db
FOLLOW = "/follow/"
INES = "ines@harbour.example"


@pytest.fixture
def region(people):
    region = make_region("Harbour", slug="harbour")
    make_live_article(people=people).regions.add(region)
    return region


@pytest.fixture
def author(people):
    author = make_author("Jane Doe", slug="jane-doe")
    make_live_article(people=people, authors=[author])
    return author


def ticked(response) -> list[str]:
    return [box["value"] for box in soup(response).select("[name=what][checked]")]


def address(follower, page: str = "") -> str:
    return f"/follow/{links.token_of(follower)}/{page}"


def ask(client, *what, email=INES, **more):
    told = {"what": what, "frequency": "daily", "language": "en", "email": email, **more}
    return client.post(FOLLOW, told)


# --- Asking -----------------------------------------------------------------------------------


def test_the_form_offers_what_there_is_and_ticks_what_the_address_names(client, author, region):
    page = client.get(FOLLOW, {"author": "jane-doe"})
    assert page.status_code == 200 and not client.cookies
    assert ticked(page) == ["author:jane-doe"]
    values = [box["value"] for box in soup(page).select("[name=what]")]
    assert values == ["author:jane-doe", "site", "region:harbour", "publication:" + house_slug()]
    assert ticked(client.get(FOLLOW + "?author=jane-doe&region=harbour&site=1&utm=x")) == [
        "site",
        "author:jane-doe",
        "region:harbour",
    ]


def house_slug() -> str:
    return Publication.objects.get(is_house=True).slug


def test_a_former_address_of_a_heading_is_still_understood(client, region):
    FormerSlug.objects.create(model="region", slug="port", row_id=region.pk)
    assert ticked(client.get(FOLLOW, {"region": "port"})) == ["region:harbour"]


def test_a_heading_with_nothing_to_read_answers_like_one_that_does_not_exist(client, people):
    secret = make_region("Secret region", slug="secret")
    hidden.draft(people).regions.add(secret)
    known, unknown = (client.get(FOLLOW, {"region": slug}) for slug in ("secret", "none"))
    assert known.status_code == unknown.status_code == 404
    assert known.content.replace(b"=secret", b"=none") == unknown.content
    assert ask(client, "region:secret").status_code == 422
    assert not Follower.objects.exists()


def test_the_form_is_sent_and_leads_to_a_page_that_says_nothing_of_anybody(client, author):
    page = client.get(FOLLOW, {"author": "jane-doe"})
    answer = client.post(FOLLOW, sent(page, email=INES, frequency="weekly"))
    assert (answer.status_code, answer["Location"]) == (303, "/follow/?sent=1")
    assert "no-store" in answer["Cache-Control"] and not client.cookies
    assert "look into your mail" in words(client.get(answer["Location"]))
    follower = Follower.objects.get()
    assert (follower.email, follower.frequency) == (INES, "weekly")
    assert Following.objects.get().key == ("author", author.pk)


def test_known_and_unknown_addresses_get_the_same_answer(client, region):
    make_follower(email="known@press.example")
    make_asked(email="asked@press.example")
    answers = [
        ask(client, "region:harbour", email=f"{name}@press.example")
        for name in ("known", "asked", "unknown")
    ]
    assert len({(one.status_code, one["Location"], one.content) for one in answers}) == 1
    assert Email.objects.filter(to="known@press.example").count() == 2


def test_the_page_speaks_the_language_of_its_address_and_so_do_the_mails(client, region):
    page = client.get("/fr/follow/", {"region": "harbour"})
    assert soup(page).select_one("[name=language] option[selected]")["value"] == "fr"
    answer = client.post("/fr/follow/", sent(page, email=INES))
    assert answer["Location"] == "/fr/follow/?sent=1"
    assert Follower.objects.get().language == "fr"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"what": []}, "Please tick at least one box."),
        ({"what": ["region:none"]}, "no longer here"),
        ({"email": ""}, "Please answer this."),
        ({"email": "ines"}, "mail would not arrive"),
        ({"email": "a@b.example,c@d.example"}, "mail would not arrive"),
        ({"frequency": "hourly"}, "hourly is not one of the available choices"),
        ({"language": "xx"}, "xx is not one of the available choices"),
        ({"nickname": "Bot"}, "trap for machines"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_is_kept(client, region, typed, said):
    told = {"what": ["region:harbour"], "frequency": "daily", "language": "en", "email": INES}
    answer = client.post(FOLLOW, told | typed)
    assert answer.status_code == 422 and said in words(answer)
    assert not Follower.objects.exists() and not Email.objects.exists()
    if typed.get("what") is None:
        assert ticked(answer) == ["region:harbour"]


def test_a_form_of_another_site_is_not_taken(client, region):
    told = {"what": "site", "frequency": "daily", "language": "en", "email": INES}
    answer = client.post(FOLLOW, told, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 422 and not Follower.objects.exists()


@pytest.mark.parametrize("name", ["what", "email", "frequency", "language", "nickname"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_input_is_refused_with_a_page(client, region, name, kind):
    told = {"what": "site", "frequency": "daily", "language": "en", "email": INES}
    body = b"&".join(
        f"{key}=".encode() + (quoted(HOSTILE[kind]) if key == name else quoted(value.encode()))
        for key, value in {"nickname": "", **told}.items()
    )
    answer = client.post(FOLLOW, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422 and not Follower.objects.exists()


def quoted(value: bytes) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in value)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_address_is_a_page_too(client, region, kind):
    value = quoted(HOSTILE[kind][:10_000]).decode()
    assert client.get(f"{FOLLOW}?author={value}").status_code == 404
    assert client.get(f"/follow/{value}/").status_code == 404
    assert client.post(f"/follow/{value}/stop/").status_code == 404
    assert client.get(f"{FOLLOW}?" + "&".join(f"author={n}" for n in range(900))).status_code == 404


@pytest.mark.parametrize("name", ["FOLLOWS_PER_ADDRESS_AN_HOUR", "FOLLOWS_AN_HOUR"])
def test_too_many_from_one_place_or_in_all_wait(client, region, settings, name):
    setattr(settings, name, 2)
    answers = [ask(client, "site", email=f"r{n}@press.example") for n in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert int(answers[2]["Retry-After"]) > 0 and "try again later" in words(answers[2])


def test_one_address_is_not_flooded_whoever_asks(client, region, settings):
    settings.FOLLOWS_PER_EMAIL_A_DAY = 2
    answers = [
        client.post(
            FOLLOW,
            {"what": "site", "frequency": "daily", "language": "en", "email": email},
            REMOTE_ADDR=f"192.0.2.{number}",
        )
        for number, email in enumerate([INES, INES.upper(), INES])
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 429]


# --- The secret pages -------------------------------------------------------------------------


def test_looking_confirms_nothing_and_pressing_the_button_does(client, region):
    follower = make_asked(region)
    page = client.get(address(follower))
    assert page.status_code == 200 and ticked(page) == ["region:harbour"]
    follower.refresh_from_db()
    assert follower.confirmed_at is None
    answer = press(client, page, "Yes, send me these mails")
    assert "You follow us now" in words(answer)
    follower.refresh_from_db()
    assert follower.confirmed_at and follower.due_at > timezone.now()
    assert not client.cookies


def test_everything_can_be_changed(client, region, author):
    follower = make_follower(region)
    page = client.get(address(follower), {"author": "jane-doe"})
    assert ticked(page) == ["region:harbour", "author:jane-doe"]
    told = {"what": ["author:jane-doe", "site"], "frequency": "weekly", "language": "de"}
    answer = client.post(address(follower), told)
    assert (answer.status_code, answer["Location"]) == (303, address(follower) + "?done=changed")
    follower.refresh_from_db()
    assert (follower.frequency, follower.language) == ("weekly", "de")
    assert {link.key for link in follower.followings.all()} == {("author", author.pk), ("site", 0)}
    assert client.get(address(follower))["Content-Language"] == "de"


def test_a_heading_that_readers_no_longer_know_is_not_named_and_can_be_let_go(client, people):
    gone, theme = make_region("Secret region", slug="secret"), make_theme()
    make_live_article(people=people).themes.add(theme)
    follower = make_follower(gone, theme)
    page = client.get(address(follower))
    assert "Secret" not in page.content.decode() and "secret" not in page.content.decode()
    kept = ticked(page)
    assert len(kept) == 2
    client.post(address(follower), {"what": kept, "frequency": "daily", "language": "en"})
    assert follower.followings.count() == 2
    client.post(address(follower), {"what": kept[1], "frequency": "daily", "language": "en"})
    assert follower.followings.count() == 1


def test_who_unticks_everything_is_shown_the_button_that_ends_it(client, region):
    follower = make_follower(region)
    answer = client.post(address(follower), {"frequency": "daily", "language": "en"})
    assert answer.status_code == 422 and "Please tick at least one box." in words(answer)
    assert "Stop all mails" in words(answer) and follower.followings.count() == 1


def test_secret_pages_are_kept_nowhere_and_lead_nobody_here(client, region):
    follower = make_follower(region)
    for page in ("", "stop/"):
        answer = client.get(address(follower, page))
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert not any("//" in link for link in links_of(client.get(address(follower))))


def test_a_mail_program_ends_it_with_one_click_and_again_without_harm(client, region):
    follower = make_follower(region, email=INES)
    stop = address(follower, "stop/")
    strict = type(client)(enforce_csrf_checks=True)
    answers = [strict.post(stop, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 410]
    assert not strict.cookies
    assert not Follower.objects.exclude(email="").exists()
    assert INES not in answers[0].content.decode()
    assert client.get(stop).status_code == client.get(address_of(stop)).status_code == 410


def address_of(stop: str) -> str:
    return stop.removesuffix("stop/")


def test_looking_at_the_page_to_stop_ends_nothing(client, region):
    follower = make_follower(region)
    page = client.get(address(follower, "stop/"))
    assert Follower.objects.confirmed().count() == 1
    assert "You get no more mails" in words(press(client, page, "Stop all mails"))
    assert not Follower.objects.confirmed().exists()


@pytest.mark.parametrize("page", ["", "stop/"])
def test_no_guess_opens_a_secret_page(client, page):
    make_follower()
    for guess in ("x", "new", "x" * 43, "x" * 5000):
        assert client.get(f"/follow/{guess}/{page}").status_code == 404


# --- Where it begins --------------------------------------------------------------------------


def test_an_article_offers_what_it_stands_under(author, region):
    article = Article.objects.by(author).get()
    article.regions.add(region)
    page = article_page(load(Article.objects.filter(pk=article.pk)))
    html = render_to_string("articles/_follow.html", {"page": page})
    assert re.findall(r'href="/follow/\?([^"]+)"', html) == ["author=jane-doe", "region=harbour"]
    html = render_to_string("articles/_follow.html", {"heading": region})
    assert re.findall(r'href="/follow/\?([^"]+)"', html) == ["region=harbour"]
