"""Why a file is not let in, in the reader's language."""

import io

import pytest
from django.utils import translation

from articles import refusals
from articles.imaging.containers import damaged
from articles.imaging.intake import PictureRefused, examine
from articles.imaging.marking import Sentence


def reasons(data, name="river.jpg"):
    with pytest.raises(PictureRefused) as refused:
        examine(io.BytesIO(data), name=name)
    return refusals.said(refused.value)


def test_in_english_it_is_what_the_examiner_says():
    assert reasons(b"%PDF-1.7") == [
        "This file is named .jpg but is a PDF. Pictures come in as JPEG, PNG, WebP or still GIF."
    ]
    assert reasons(b"") == ["This file is empty."]


def test_pattern_and_words_are_looked_up_and_figures_written_as_the_reader_does(monkeypatch):
    known = {
        "This picture is damaged: {what}. Export or download it once more.": "Kaputt: {what}.",
        "it states its size twice": "zweimal groß",
        "This file has {size} MB; at most 40 MB are possible.": "Zu groß: {size} MB.",
    }
    monkeypatch.setattr(refusals, "gettext", lambda words: known.get(words, words))
    assert refusals.said(damaged("it states its size twice")) == ["Kaputt: zweimal groß."]
    large = Sentence("This file has {size} MB; at most 40 MB are possible.", size=41.5)
    with translation.override("de"):
        assert refusals.said(PictureRefused([large])) == ["Zu groß: 41,5 MB."]


def test_a_sentence_is_its_english():
    assert Sentence("{count} pixels", count=16_500) == "16,500 pixels"
