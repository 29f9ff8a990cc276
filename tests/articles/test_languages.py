"""What languages are called, and which way they are written, known to Django or not."""

import pytest

from articles import languages


@pytest.mark.parametrize(
    ("code", "name"),
    [("fr", "Français"), ("ar", "العربيّة"), ("fr-ca", "Français"), ("xx-none", "xx-none")],
)
def test_a_language_is_called_as_its_speakers_call_it(code, name):
    assert languages.in_itself(code) == name


@pytest.mark.parametrize(("code", "way"), [("ar", "rtl"), ("fr", "ltr"), ("xx-none", "ltr")])
def test_an_unknown_language_is_written_from_the_left(code, way):
    assert languages.direction(code) == way
