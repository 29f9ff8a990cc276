"""Authors and publications."""

from django.contrib import admin

from articles import hearing
from articles.admin.history import HistoryAdmin
from articles.admin.inlines import AuthorLinkInline
from articles.admin.slugs import SluggedAdminMixin, SluggedForm
from articles.models import Article, Author, Publication
from cms.choosers import ChooserMixin
from cms.richtext.admin import RichTextAdminMixin


@admin.register(Author)
class AuthorAdmin(SluggedAdminMixin, RichTextAdminMixin, ChooserMixin, HistoryAdmin):
    """Who signs."""

    form = SluggedForm
    fields = ["name", "slug", "kind", "bio", "photo"]
    list_display = ["name", "kind", "slug"]
    list_filter = ["kind"]
    search_fields = ["name"]
    autocomplete_fields = ["photo"]
    inlines = [AuthorLinkInline]


@admin.register(Publication)
class PublicationAdmin(SluggedAdminMixin, ChooserMixin, HistoryAdmin):
    """Outlets, ours among them."""

    form = SluggedForm
    fields = [
        "name",
        "slug",
        "url",
        ("country", "language"),
        "rights_contact",
        "description",
        "logo",
        "is_house",
    ]
    list_display = ["name", "country", "rights_contact", "is_house"]
    search_fields = ["name"]
    autocomplete_fields = ["logo"]

    def save_model(self, request, obj, form, change):
        """Which texts are ours differs with the outlet that is the house."""
        super().save_model(request, obj, form, change)
        if "is_house" in form.changed_data:
            hearing.tell(Article.objects.passing_through(obj))
