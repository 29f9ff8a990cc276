"""The page of a copy: its formats, its files, and how it looks without being counted."""

from dataclasses import replace

import pytest
from django.utils import timezone

from articles.pages import article_page, loaded
from licensing import copy_pages, kits
from licensing.republication import offered
from licensing.republishing.copy import Format
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_live_article
from tests.factories.takings import free_for_community_sites

PIXEL = "https://house.example/count/abc.gif"


@pytest.fixture
def article(people):
    free_for_community_sites()
    article = make_live_article(people=people, slug="الحدود", language="ar")
    return loaded(type(article).objects).get(pk=article.pk)


@pytest.fixture
def decision(article):
    return offered(article, Use.COMMUNITY_WEB, at=timezone.now()).decision


@pytest.fixture
def kit(article, decision):
    made = kits.kit_of(article_page(article), decision, absolute="https://house.example{}".format)
    return replace(made, pixel_url=PIXEL)


@pytest.mark.django_db
def test_who_looks_at_a_copy_is_not_counted(kit):
    looked_at = copy_pages.looks(kit).content.decode()
    assert kit.headline in looked_at and PIXEL not in looked_at
    assert '<html lang="ar" dir="rtl">' in looked_at
    assert copy_pages.HERE not in looked_at


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "wanted"), copy_pages.FILES.items())
def test_a_file_is_kept_as_such_under_the_article_s_name(kit, article, name, wanted):
    file = copy_pages.download(kit, article, wanted)
    kept = file["Content-Disposition"]
    assert kept.startswith("attachment; filename*=utf-8''") and kept.endswith(name[4:])
    assert file["Content-Type"] == wanted.file.media_type


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["", "made up", "\0", *Format])
def test_every_format_is_a_tab_and_one_of_them_is_here(kit, decision, wanted):
    places = copy_pages.Places(lambda one: f"?{one}", lambda name: name, "preview/")
    page = copy_pages.copy_page(kit, decision, wanted=wanted, places=places)
    assert len(page.tabs) == len(Format)
    assert [tab.is_here for tab in page.tabs].count(True) == 1
    assert page.format == (wanted if wanted in set(Format) else Format.HTML)
    assert copy_pages.FILES[page.download] == page.format and kit.headline in page.text
