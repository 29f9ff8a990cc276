"""A rich text field stores cleaned text only, whichever door the text comes in by."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test import RequestFactory
from django.test.utils import isolate_apps
from js_asset import Media

from cms.richtext.admin import RichTextAdminMixin, with_nonce
from cms.richtext.cleaning import TextTooDeep
from cms.richtext.fields import RichTextField, RichTextWidget
from cms.richtext.vocabulary import BODY, NOTE

RAW = '<p onclick="x()">Text <script>alert(1)</script><b>bold</b></p>'
CLEAN = "<p>Text <strong>bold</strong></p>"


@pytest.fixture
def story_model(transactional_db):
    with isolate_apps("cms.apps.CmsConfig"):

        class Story(models.Model):
            text = RichTextField("text", extensions=BODY, help_text="Paste it.")
            remark = RichTextField(extensions=NOTE, blank=True)

            class Meta:
                app_label = "cms"

            def __str__(self):
                return self.text

        # SQLite changes its tables with the keys unchecked only.
        with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
            editor.create_model(Story)
        yield Story
        with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
            editor.delete_model(Story)


class TextForm(forms.Form):
    text = RichTextField("text", extensions=BODY).formfield()
    remark = RichTextField("remark", extensions=NOTE, blank=True).formfield()


def test_saving_cleans(story_model):
    story = story_model(text=RAW, remark="<h2>Not in a note</h2>")
    story.save()
    assert story.text == CLEAN
    assert story_model.objects.get().remark == "<p>Not in a note</p>"


def test_bulk_creation_cleans(story_model):
    story_model.objects.bulk_create([story_model(text=RAW)])
    assert story_model.objects.get().text == CLEAN


def test_saving_refuses_what_is_nested_too_deeply(story_model):
    with pytest.raises(TextTooDeep):
        story_model(text="<div>" * 200).save()
    assert not story_model.objects.exists()


def test_full_clean_says_in_words_what_is_wrong(story_model):
    with pytest.raises(ValidationError) as refusal:
        story_model(text="<div>" * 200).full_clean()
    assert "nested too deeply" in refusal.value.message_dict["text"][0]


def test_a_form_cleans():
    form = TextForm({"text": RAW})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == CLEAN


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("x" * 1_000_001, "too long"), ("<div>" * 200, "nested too deeply"), ("<p></p>", "required")],
    ids=["long", "deep", "empty"],
)
def test_a_form_says_in_words_what_is_wrong(text, sentence):
    form = TextForm({"text": text})
    assert not form.is_valid()
    assert sentence in form.errors["text"][0]


def test_an_optional_text_may_be_empty():
    assert TextForm({"text": "x", "remark": "<p></p>"}).is_valid()


def test_the_editors_way_of_writing_is_no_change():
    stored = "<ol><li><p>a</p></li></ol>"
    typed = '<ol type="1" data-type="decimal"><li><p>a</p></li></ol>'
    assert not TextForm({"text": typed}, initial={"text": stored}).has_changed()
    assert TextForm({"text": typed + "<p>b</p>"}, initial={"text": stored}).has_changed()


def test_a_field_may_have_a_grammar_of_its_own():
    field = RichTextField(extensions=BODY, clean=str.upper)
    assert field.formfield().clean("<p>a</p>") == "<P>A</P>"
    assert field.clone().stored("a") == "A"


def test_migrations_know_a_text_field_only():
    _name, path, _arguments, options = RichTextField(extensions=BODY, blank=True).deconstruct()
    assert (path, options) == ("django.db.models.TextField", {"blank": True})


def test_a_cloned_field_cleans_too():
    assert RichTextField(extensions=NOTE).clone().stored("<h2>a</h2>") == "<p>a</p>"


def test_the_admins_choice_of_a_widget_gives_way_to_the_editor():
    formfield = RichTextField(extensions=BODY).formfield(widget=forms.Textarea)
    assert isinstance(formfield.widget, RichTextWidget)


def test_the_import_map_carries_the_nonce_of_the_page():
    request = RequestFactory().get("/")
    request.csp_nonce = "n0nce"
    assert 'type="importmap" nonce="n0nce"' in str(with_nonce(TextForm().media, request))


def test_an_admin_page_with_the_editor_carries_the_nonce():
    class Page:
        def render_change_form(self, request, context, add=False):
            return context["media"]

    class TextAdmin(RichTextAdminMixin, Page):
        pass

    request = RequestFactory().get("/")
    request.csp_nonce = "n0nce"
    media = TextAdmin().render_change_form(request, {"media": TextForm().media}, add=True)
    assert isinstance(media, Media)
    assert 'nonce="n0nce"' in str(media)
