"""Authors and publications."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles import hearing
from articles.admin.history import HistoryAdmin
from articles.admin.inlines import AuthorLinkInline
from articles.admin.slugs import SluggedAdminMixin, SluggedForm
from articles.models import Article, Author, Publication
from cms.choosers import ChooserMixin
from cms.desks.admin import DeskMixin
from cms.desks.filters import choices_of
from cms.richtext.admin import RichTextAdminMixin

# A name is short: so many are looked through while somebody types.
NAMES = 200_000


@admin.register(Author)
class AuthorAdmin(DeskMixin, SluggedAdminMixin, RichTextAdminMixin, ChooserMixin, HistoryAdmin):
    """Who signs."""

    form = SluggedForm
    fields = ["name", "slug", "kind", "bio", "photo"]
    list_display = ["name", "kind", "slug"]
    list_filter = [choices_of("kind")]
    sortable_by = ["name"]
    search_fields = ["name"]
    search_numbers = ("slug",)
    search_window = NAMES
    search_help_text = _("A name, or #number.")
    actions = None
    sheet = [
        (_("Number"), lambda author: author.pk),
        (_("Name"), lambda author: author.name),
        (_("Kind"), lambda author: author.get_kind_display()),
        (_("Slug"), lambda author: author.slug),
    ]
    autocomplete_fields = ["photo"]
    inlines = [AuthorLinkInline]


@admin.register(Publication)
class PublicationAdmin(DeskMixin, SluggedAdminMixin, ChooserMixin, HistoryAdmin):
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
    sortable_by = ["name"]
    search_fields = ["name"]
    search_numbers = ("slug",)
    search_window = NAMES
    search_help_text = _("A name, or #number.")
    actions = None
    autocomplete_fields = ["logo"]
    sheet = [
        (_("Number"), lambda outlet: outlet.pk),
        (_("Name"), lambda outlet: outlet.name),
        (_("Address"), lambda outlet: outlet.url),
        (_("Country"), lambda outlet: outlet.country),
        (_("Language"), lambda outlet: outlet.language),
        (_("Contact for rights"), lambda outlet: outlet.rights_contact),
        (_("Slug"), lambda outlet: outlet.slug),
    ]

    def save_model(self, request, obj, form, change):
        """Which texts are ours differs with the outlet that is the house."""
        super().save_model(request, obj, form, change)
        if "is_house" in form.changed_data:
            hearing.tell(Article.objects.passing_through(obj))
