"""Forms and desks of rows with an address: it may be left empty, and a former one keeps leading."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from articles import actions
from articles.models import FormerSlug
from articles.search import upkeep
from articles.slugs import free_slug

LOOKS = 5


class SluggedForm(forms.ModelForm):
    """Makes the slug of the name where it is left empty, and keeps former ones free."""

    named_by = "name"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self):
        """The slug in its normal form; ``""`` is filled in once the name is known to be right."""
        slug = unicodedata.normalize("NFKC", self.cleaned_data["slug"]).lower()
        if slug and not any(character.isalnum() for character in slug):
            raise ValidationError(_("An address needs a letter or a digit."))
        former = FormerSlug.objects.filter(model=self._meta.model._meta.model_name, slug=slug)
        if slug and former.exclude(row_id=self.instance.pk).exists():
            raise ValidationError(
                _("This address once led to something else and still does. Choose another.")
            )
        return slug

    def clean(self):
        cleaned = super().clean()
        name = cleaned.get(self.named_by)
        if name and "slug" in cleaned and not cleaned["slug"]:
            cleaned["slug"] = free_slug(self._meta.model, name, but=self.instance.pk)
        return cleaned


class SecondLookMixin:
    """Where several choose one address in the same moment, those who come second are asked again.

    By then the form sees the other's row, and finds another address or says that it is taken.
    """

    def changeform_view(self, request, *args, **kwargs):
        for _look in range(LOOKS - 1):
            try:
                return super().changeform_view(request, *args, **kwargs)
            except IntegrityError as collision:
                if "slug" not in str(collision):
                    raise
        return super().changeform_view(request, *args, **kwargs)


class KeptWhileUsedMixin:
    """A heading under which articles stand is not deleted: readers have its address."""

    def articles_under(self, heading):
        """The articles that stand under ``heading``."""
        return heading.articles.all()

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not self.articles_under(obj).exists())


class SluggedAdminMixin(SecondLookMixin):
    """Remembers the address a row leaves, and lets its articles be found by its new name."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data and form.initial.get("slug"):
            actions.keep_former_slug(obj, form.initial["slug"])
        if change and form.named_by in form.changed_data:
            upkeep.renamed(obj)
