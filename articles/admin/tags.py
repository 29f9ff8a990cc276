"""Free words: named, given an address, and renamed like any other heading."""

from django.contrib import admin
from taggit.models import Tag

from articles.admin.slugs import KeptWhileUsedMixin, SluggedAdminMixin, SluggedForm
from articles.models import Article
from articles.text import validate_tag

# The library's own desk merges tags for whoever is on the staff, behind the articles' backs.
admin.site.unregister(Tag)


class TagForm(SluggedForm):
    """A tag typed here is held to what a tag typed in an article is held to."""

    def clean_name(self):
        name = self.cleaned_data["name"]
        validate_tag(name)
        return name


@admin.register(Tag)
class TagAdmin(KeptWhileUsedMixin, SluggedAdminMixin, admin.ModelAdmin):
    """The words that articles are tagged with."""

    form = TagForm
    fields = ["name", "slug"]
    list_display = ["name", "slug"]
    ordering = ["name"]
    search_fields = ["name"]

    def articles_under(self, heading):
        return Article.objects.filter(tags=heading)
