"""The translations: every message of the code is there, whole, and ready to be read."""

import os
import re
import shutil
from collections import defaultdict

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext

from cms import catalogs

SOURCES = list(catalogs.sources(settings.BASE_DIR))
# What is filled in, and what must stand around a word, in a message and in its translation.
PLACES = re.compile(r"%\(\w+\)[-+0-9.]*[a-z]|%[ds%]|\{\w*(?:!\w)?(?::[^{}]*)?\}|</?[a-z][^>]*>")
# Where a form is about one thing or two, words may say how many. A plain %d has to stay: what is
# filled in without a name must find its place.
NUMBERS = re.compile(r"%\(\w+\)d|\{\w+\}|%\(\w+\)s")

of_each_catalogue = pytest.mark.parametrize(
    "source", SOURCES, ids=[f"{source.app}-{source.language}" for source in SOURCES]
)


def messages(source: catalogs.Source):
    """(what the code says, what the translation says), each a list of forms."""
    for message in catalogs.read(source.path):
        if message.id:
            yield _forms(message.id), _forms(message.string), message


def _forms(said) -> list[str]:
    return list(said) if isinstance(said, tuple | list) else [said]


def places(said: str) -> list[str]:
    return sorted(PLACES.findall(said))


def _says_too_much_or_too_little(source: list[str], translated: list[str]) -> bool:
    if len(source) == 1:
        return places(source[0]) != places(translated[0])
    known = set(places(source[0])) | set(places(source[1]))
    for form in translated:
        said = set(places(form))
        lost = {place for place in known - said if not NUMBERS.fullmatch(place)}
        if said - known or lost:
            return True
    # The last form is that of many, which no word can say.
    return not set(places(source[1])) <= set(places(translated[-1]))


def test_every_app_has_a_catalogue_for_every_language():
    assert {source.language for source in SOURCES} == {"fr", "es", "de", "ar"}
    assert all(source.path.exists() for source in SOURCES)


@of_each_catalogue
def test_what_django_reads_is_what_people_wrote(source):
    written = catalogs.compiled(catalogs.read(source.path))
    assert source.compiled_path.read_bytes() == written, "Run manage.py translations --compile."


def test_the_same_messages_are_the_same_file_at_any_time():
    with time_machine.travel("2031-05-17"):
        later = catalogs.compiled(catalogs.read(SOURCES[0].path))
    assert later == catalogs.compiled(catalogs.read(SOURCES[0].path))


def test_every_message_of_the_code_is_in_the_catalogues():
    if shutil.which("xgettext") is None:
        if os.environ.get("REQUIRE_GETTEXT") == "1":
            pytest.fail("REQUIRE_GETTEXT=1, but there is no xgettext here.")
        pytest.skip("no GNU gettext here: messages of the code left unread")
    call_command("translations", check=True)


@of_each_catalogue
def test_a_translation_fills_in_what_its_message_does(source):
    faults = [
        (original, translated)
        for original, translated, _message in messages(source)
        if all(translated) and _says_too_much_or_too_little(original, translated)
    ]
    assert faults == []


@of_each_catalogue
def test_a_translation_has_every_plural_form_or_none(source):
    number = catalogs.read(source.path).num_plurals
    for original, translated, _message in messages(source):
        assert len(translated) == (number if len(original) == 2 else 1), original
        assert all(translated) or not any(translated), original


@of_each_catalogue
def test_nothing_is_a_guess(source):
    assert [message.id for _said, _translated, message in messages(source) if message.fuzzy] == []


@of_each_catalogue
def test_everything_is_translated(source):
    missing = [
        original for original, translated, _message in messages(source) if not all(translated)
    ]
    assert missing == []


@pytest.mark.parametrize("language", catalogs.languages())
def test_a_message_is_said_alike_wherever_it_stands(language):
    """Django keeps one translation of a message, whichever catalogue it comes from."""
    said = defaultdict(set)
    for source in SOURCES:
        if source.language == language:
            for original, translated, message in messages(source):
                if all(translated):
                    said[message.context, *original].add(tuple(translated))
    assert {original: forms for original, forms in said.items() if len(forms) > 1} == {}


def test_a_message_that_nobody_translated_is_said_in_english():
    with translation.override("fr"):
        assert gettext("Rights desk") == "Service des droits"
        assert gettext("Nobody has ever written this.") == "Nobody has ever written this."
