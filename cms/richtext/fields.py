"""A model field for rich text: whatever way a text comes in, only cleaned text is stored."""

from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_prose_editor import widgets
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField
from js_asset import Script

from cms.richtext import cleaning
from cms.richtext.vocabulary import NOTE_HEADINGS


class RichTextWidget(widgets.AdminProseEditorWidget):
    """The editor; its script gives it the label and the help text of the field it replaces."""

    @property
    def media(self):
        editor, start = widgets.prose_editor_presets()["configurable"]
        names, paste = (
            Script(f"richtext/{name}.js", type="module") for name in ("editor", "paste")
        )
        # Ours listen for editors that are ready, so they stand before the script that starts them.
        return super().media + widgets.Media(
            css={"all": ["django_prose_editor/overrides.css", "richtext/editor.css"]},
            js=[editor, names, paste, start],
        )

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if "Footnote" in self.config["extensions"]:
            # For paste.js, which puts pasted notes where their marks are.
            context["widget"]["attrs"]["data-note-headings"] = "|".join(sorted(NOTE_HEADINGS))
        return context


def validated(clean, value):
    """What ``clean`` makes of the value; a refusal becomes the sentence beside the field."""
    try:
        return clean(value)
    except cleaning.TextRefused as refusal:
        raise ValidationError(str(refusal), code="refused") from refusal


class RichTextFormField(ProseEditorFormField):
    """Cleans what was typed; a text that is too large or too deep is refused in words."""

    def __init__(self, *args, config, clean=None, **kwargs):
        self.stored = clean or partial(cleaning.clean, extensions=config["extensions"])
        # Whatever widget the admin would choose for long texts: there is one for rich text.
        kwargs |= {"widget": RichTextWidget, "sanitize": partial(validated, self.stored)}
        super().__init__(*args, config=config, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        # "<p></p>" is something typed for Django, and nothing for a reader.
        self.validate(value)
        return value

    def has_changed(self, initial, data):
        """The editor's own way of writing a list or a table is no change of the text."""
        try:
            return self.stored(data or "") != self.stored(initial or "")
        except cleaning.TextRefused:
            return True


class RichTextField(ProseEditorField):
    """``RichTextField(extensions=BODY)`` or ``NOTE``: cleaned by forms, and again before saving.

    ``clean`` may name a grammar of its own on top of that (``str -> str``, idempotent, raises
    TextRefused), as ``articles.body.clean`` does for footnotes. ``full_clean`` and forms raise
    ValidationError for a text that is too large or too deep; ``save`` without them raises
    TextRefused, a ValueError. ``bulk_create`` cleans too; ``QuerySet.update`` is SQL and does
    not. In migrations the field is a TextField.
    """

    description = _("Rich text")

    def __init__(self, *args, extensions, clean=None, **kwargs):
        self.stored = clean or partial(cleaning.clean, extensions=extensions)
        self.options = {"extensions": extensions, "clean": clean}
        super().__init__(
            *args, extensions=extensions, sanitize=partial(validated, self.stored), **kwargs
        )

    def clone(self):
        _name, _path, args, kwargs = self.deconstruct()
        return type(self)(*args, **kwargs, **self.options)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = self.stored(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs):
        defaults = {"form_class": RichTextFormField, "clean": self.options["clean"]}
        return super().formfield(**defaults | kwargs)
