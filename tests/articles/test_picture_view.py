"""Who is given a picture: the public what is public, the newsroom the rest, nobody a guess."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.darkroom import picture, rendition_path
from articles.models import GalleryImage
from tests.factories import hidden
from tests.factories.accounts import make_person
from tests.factories.articles import (
    make_author,
    make_image,
    make_live_article,
    make_publication,
)
from tests.reading import body_of, status


@pytest.fixture
def image(db):
    return make_image(developed=True)


def address(image, **changes):
    parts = {
        "key": image.key,
        "version": image.renditions["version"],
        "width": 320,
        "extension": "jpg",
    } | changes
    return "/pictures/{key}/{version}/{width}.{extension}".format(**parts)


def test_a_picture_on_a_live_page_is_everybodys_in_each_format_and_width(client, people, image):
    make_live_article(people=people, featured_image=image)
    for width in image.renditions["widths"]:
        for extension, kind in (("avif", "avif"), ("webp", "webp"), ("jpg", "jpeg")):
            response = client.get(address(image, width=width, extension=extension))
            assert response.status_code == 200
            assert response["Content-Type"] == f"image/{kind}"
            assert len(body_of(response)) > 100


def test_a_public_picture_is_kept_for_a_short_while_and_runs_nothing(client, people, image):
    make_live_article(people=people, featured_image=image)
    response = client.get(address(image))
    body_of(response)
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("who", ["a stranger", "a forged cookie", "an editor"])
def test_a_public_picture_comes_without_a_cookie_whoever_asks(client, people, image, who):
    make_live_article(people=people, featured_image=image)
    if who == "a forged cookie":
        client.cookies["sessionid"] = "forged"
    if who == "an editor":
        client.force_login(people["editor"])
    response = client.get(address(image))
    body_of(response)
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def in_the_gallery(people, image):
    article = make_live_article(people=people)
    GalleryImage.objects.create(article=article, image=image)


def of_an_author(people, image):
    make_live_article(people=people, authors=[make_author(photo=image)])


def of_the_publication(people, image):
    make_live_article(people=people, publication=make_publication(logo=image))


def of_the_first_publication(people, image):
    make_live_article(people=people, originating_publication=make_publication(logo=image))


@pytest.mark.parametrize(
    "place", [in_the_gallery, of_an_author, of_the_publication, of_the_first_publication]
)
def test_a_picture_is_public_wherever_a_live_page_shows_it(client, people, image, place):
    place(people, image)
    assert status(client, address(image)) == 200


def nowhere(people, image):
    pass


def of_an_author_of_a_draft(people, image):
    hidden.draft(people, authors=[make_author(photo=image)])


def of_the_publication_of_a_draft(people, image):
    hidden.draft(people, originating_publication=make_publication(logo=image))


def in_the_gallery_of_a_draft(people, image):
    GalleryImage.objects.create(article=hidden.draft(people), image=image)


HIDDEN_PLACES = [
    nowhere,
    of_an_author_of_a_draft,
    of_the_publication_of_a_draft,
    in_the_gallery_of_a_draft,
    *(
        lambda people, image, make=make: make(people, featured_image=image)
        for make in [*hidden.UNKNOWN.values(), hidden.withdrawn]
    ),
]


@pytest.mark.parametrize("place", HIDDEN_PLACES, ids=range(len(HIDDEN_PLACES)))
def test_a_picture_that_no_live_page_shows_is_the_newsrooms(client, people, image, place):
    place(people, image)
    assert status(client, address(image)) == 404
    for role in ("contributor", "editor", "rights_desk"):
        client.force_login(people[role])
        response = client.get(address(image))
        body_of(response)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert "Cookie" in response["Vary"]


def test_somebody_with_an_account_and_no_role_is_the_public(client, people, image):
    client.force_login(make_person("passer-by"))
    assert status(client, address(image)) == 404


def test_a_picture_whose_time_has_ended_is_the_newsrooms_again(client, people, image):
    make_live_article(people=people, featured_image=image)
    image.use_until = timezone.now() + timedelta(minutes=1)
    image.save()
    assert status(client, address(image)) == 200
    image.use_until = timezone.now()
    image.save()
    assert status(client, address(image)) == 404
    client.force_login(people["editor"])
    assert status(client, address(image)) == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"key": uuid.UUID(int=0)},
        {"key": "not-a-key"},
        {"version": "0" * 12},
        {"version": "x" * 5_000},
        {"version": "a%00b"},
        {"version": "../../originals"},
        {"width": 321},
        {"width": 0},
        {"width": -1},
        {"width": "9" * 20},
        {"width": "9" * 5_000},
        {"width": "320.jpg%00"},
        {"extension": "png"},
        {"extension": "JPG"},
        {"extension": "svg"},
        {"extension": "jpg/"},
    ],
    ids=range(16),
)
def test_an_address_nobody_made_is_unknown_even_to_the_newsroom(client, people, image, changes):
    make_live_article(people=people, featured_image=image)
    assert status(client, address(image, **changes)) == 404
    client.force_login(people["admin"])
    assert status(client, address(image, **changes)) == 404


def test_a_picture_without_copies_has_no_address(client, people):
    image = make_image()
    make_live_article(people=people, featured_image=image)
    for version in ("None", "null", "-", "0"):
        image.renditions = {"version": version}
        assert status(client, address(image)) == 404


def test_a_copy_that_was_lost_is_unknown_and_not_an_error(client, people, image):
    make_live_article(people=people, featured_image=image)
    default_storage.delete(rendition_path(image, image.renditions["version"], 320, "jpg"))
    assert status(client, address(image)) == 404


def test_the_original_is_served_nowhere(client, people, image):
    make_live_article(people=people, featured_image=image)
    client.force_login(people["admin"])
    for path in (
        image.original.name,
        f"media/{image.original.name}",
        image.original.url.lstrip("/"),
    ):
        assert status(client, f"/{path}") == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_a_picture_is_looked_at_and_nothing_else(client, people, image, method):
    make_live_article(people=people, featured_image=image)
    assert getattr(client, method)(address(image)).status_code == 405


def test_a_page_names_addresses_that_are_there(client, people, image):
    make_live_article(people=people, featured_image=image)
    shown = picture(image)
    named = [part.split()[0] for part in shown.srcset.split(", ")]
    for _kind, srcset in shown.sources:
        named += [part.split()[0] for part in srcset.split(", ")]
    assert {status(client, name) for name in [shown.src, *named]} == {200}
