"""Free words: named, given an address, and renamed like any other heading."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from articles.admin.slugs import KeptWhileUsedMixin, SluggedAdminMixin, SluggedForm
from articles.models import Article
from articles.text import validate_tag
from cms.desks.admin import DeskMixin

# The library's own desk merges tags for whoever is on the staff, behind the articles' backs.
admin.site.unregister(Tag)


class TagForm(SluggedForm):
    """A tag typed here is held to what a tag typed in an article is held to."""

    class Meta:
        help_texts = {
            "name": _("A word or two that articles have in common."),
            "slug": _("The last part of the address. Empty: made of the name."),
        }

    def clean_name(self):
        name = self.cleaned_data["name"]
        validate_tag(name)
        return name


@admin.register(Tag)
class TagAdmin(DeskMixin, KeptWhileUsedMixin, SluggedAdminMixin, admin.ModelAdmin):
    """The words that articles are tagged with."""

    form = TagForm
    fields = ["name", "slug"]
    list_display = ["name", "slug"]
    ordering = ["name"]
    search_fields = ["name"]
    search_numbers = ("slug",)
    search_window = 200_000
    search_help_text = _("A name, or #number.")
    sortable_by = ["name"]
    actions = None
    sheet = [
        (_("Number"), lambda tag: tag.pk),
        (_("Name"), lambda tag: tag.name),
        (_("Slug"), lambda tag: tag.slug),
    ]

    def articles_under(self, heading):
        return Article.objects.filter(tags=heading)
