"""Authors and publications."""

from django.contrib import admin

from articles.admin.history import HistoryAdmin
from articles.admin.inlines import AuthorLinkInline
from articles.admin.slugs import SluggedAdminMixin, SluggedForm
from articles.models import Author, Publication
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
