"""The addresses are a contract: what is made from a row leads back to it."""

import uuid

import pytest
from django.urls import Resolver404, resolve, reverse
from hypothesis import given
from hypothesis import strategies as st

SLUGS = st.from_regex(r"[-\w]+", fullmatch=True)

CONTRACT = {
    "/": "site:home",
    "/articles/": "site:article_list",
    "/articles/a-b/": "articles:article_detail",
    "/articles/a-b/print/": "articles:article_print",
    "/articles/a-b/article.pdf": "articles:article_pdf",
    "/authors/a-b/": "site:author_detail",
    "/publications/a-b/": "site:publication_detail",
    "/regions/a-b/": "site:region_detail",
    "/themes/a-b/": "site:theme_detail",
    "/reports/a-b/": "site:report_detail",
    "/tags/a-b/": "site:tag_detail",
    "/rights/": "rights:rights_policy",
}


@pytest.mark.parametrize(("address", "name"), CONTRACT.items())
def test_an_address_of_the_contract_leads_where_it_says(address, name):
    assert resolve(address).view_name == name


@given(SLUGS)
def test_an_address_made_of_a_slug_leads_back_to_it(slug):
    address = reverse("articles:article_detail", args=[slug])
    assert address.isascii()
    match = resolve(f"/articles/{slug}/")
    assert match.kwargs == {"slug": slug}


@pytest.mark.parametrize("extension", ["avif", "webp", "jpg"])
def test_an_address_of_a_picture_leads_back_to_its_parts(extension):
    parts = {"key": uuid.uuid4(), "version": "0a1b2c", "width": 640, "extension": extension}
    assert resolve(reverse("articles:picture", kwargs=parts)).kwargs == parts


@pytest.mark.parametrize(
    "address",
    [
        "/articles/a b/",
        "/articles/a/b/",
        "/articles/a.b/",
        "/articles/a\n/",
        "/articles/\x00/",
        "/articles/a",
        f"/pictures/{uuid.UUID(int=1)}/a/640.png",
        f"/pictures/{uuid.UUID(int=1)}/a/640.jpgx",
        f"/pictures/{uuid.UUID(int=1)}/a/640jpg",
        f"/pictures/{uuid.UUID(int=1)}/a/-1.jpg",
        f"/pictures/{uuid.UUID(int=1)}/a/b/640.jpg",
        "/pictures/1/a/640.jpg",
    ],
)
def test_what_is_no_address_leads_nowhere(address):
    with pytest.raises(Resolver404):
        resolve(address)
