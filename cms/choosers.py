"""Choosers of the admin: a made-up key is answered with a sentence, where Django's answer 500."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError

LONGEST_KEY = 18


def is_key(value) -> bool:
    """Whether a database can be asked for a row of this key."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


class _OffersKeys:
    """Shows again what was chosen, as far as it can have been chosen.

    What the form's own row names is known already, and is not asked for again.
    """

    known = None

    def optgroups(self, name, value, attrs=None):
        keys = [key for key in value if is_key(key)]
        chosen = []
        if keys:
            is_known = self.known is not None and keys == [str(self.known.pk)]
            # Of a narrowed choice the database knows whether the row is among it.
            if not is_known or self.choices.queryset.query.has_filters():
                return super().optgroups(name, keys, attrs)
            chosen = [(self.known.pk, self.choices.field.label_from_instance(self.known), True)]
        if not self.is_required and not self.allow_multiple_selected:
            chosen.insert(0, ("", "", False))
        options = [self.create_option(name, *option, at) for at, option in enumerate(chosen)]
        return [(None, options, 0)]


class KeySelect(_OffersKeys, AutocompleteSelect):
    pass


class KeySelectMultiple(_OffersKeys, AutocompleteSelectMultiple):
    pass


class KeyChoiceField(forms.ModelChoiceField):
    """Tells its chooser what the row of the form names already."""

    def get_bound_field(self, form, field_name):
        field = form.instance._meta.get_field(field_name)
        if field.is_cached(form.instance):
            # The admin wraps choosers in links that lead to what was chosen.
            getattr(self.widget, "widget", self.widget).known = getattr(form.instance, field_name)
        return super().get_bound_field(form, field_name)


class KeyMultipleChoiceField(forms.ModelMultipleChoiceField):
    """Refuses what is no key before the database is asked."""

    def clean(self, value):
        for key in value or []:
            if not is_key(key):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": key},
                )
        return super().clean(value)


class ChooserMixin:
    """For a ModelAdmin or an inline with ``autocomplete_fields``."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site))
            kwargs.setdefault("form_class", KeyChoiceField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelectMultiple(db_field, self.admin_site))
            kwargs.setdefault("form_class", KeyMultipleChoiceField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
