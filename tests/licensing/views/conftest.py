"""A house with an address, whose rights desk can be written to."""

import pytest
from django.core.cache import cache

from articles.models import Publication
from tests.factories.articles import house


@pytest.fixture
def a_house_with_an_address(settings):
    settings.SITE_URL = "https://house.example"
    cache.clear()
    Publication.objects.filter(pk=house().pk).update(rights_contact="rights@house.example")
    yield
    cache.clear()
