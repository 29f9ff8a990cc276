"""Where terms apply: the site, a publication, a report, an article; the nearest counts."""

from django import forms
from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.history import HistoryAdmin
from articles.models import Article
from cms.choosers import ChooserMixin
from licensing import allowed_uses
from licensing.actions.terms import unassign
from licensing.models import TermsAssignment
from licensing.promises import remarks
from licensing.standing import articles_at

PLACES = ("article", "report", "publication")


class AssignmentForm(forms.ModelForm):
    """One place, or none for the whole site."""

    class Meta:
        help_texts = {
            "terms": gettext_lazy("Their version in force counts, now and whenever it changes."),
            "article": gettext_lazy(
                "Fill in one of the three, or none: then the terms are the site's default."
            ),
            "report": gettext_lazy("For every article of the report without terms of its own."),
            "publication": gettext_lazy(
                "For what appears in it first; of a text that we carry, where it first ran."
            ),
        }


class PlaceFilter(admin.SimpleListFilter):
    """What kind of place it is."""

    title = gettext_lazy("place")
    parameter_name = "place"

    def lookups(self, request, model_admin):
        return [
            ("article", gettext_lazy("Articles")),
            ("report", gettext_lazy("In-depth reports")),
            ("publication", gettext_lazy("Publications")),
            ("site", gettext_lazy("The whole site")),
        ]

    def queryset(self, request, queryset):
        if self.value() in PLACES:
            return queryset.filter(**{f"{self.value()}__isnull": False})
        if self.value() == "site":
            return queryset.filter(article=None, report=None, publication=None)
        return queryset


@admin.register(TermsAssignment)
class TermsAssignmentAdmin(ChooserMixin, HistoryAdmin):
    """Which terms stand where."""

    form = AssignmentForm
    fields = ["terms", "article", "report", "publication"]
    autocomplete_fields = ["terms", "article", "report", "publication"]
    list_display = ["place_in_words", "kind_of_place", "terms"]
    list_display_links = ["place_in_words"]
    list_filter = [PlaceFilter]
    list_select_related = ["terms", "article", "report", "publication"]
    list_per_page = 50
    search_fields = [
        "terms__name",
        "article__headline",
        "report__title",
        "publication__name",
    ]
    ordering = ["publication__name", "report__title", "article__headline", "pk"]
    actions = None
    change_form_template = "admin/licensing/termsassignment/change_form.html"

    def get_readonly_fields(self, request, obj=None):
        """A place keeps its row; other terms are chosen for it."""
        return (*PLACES, "kind_of_place") if obj else ()

    def get_fields(self, request, obj=None):
        """Of a row that stands, the place that it names."""
        if obj is None:
            return self.fields
        named = [place for place in PLACES if getattr(obj, f"{place}_id")]
        return ["terms", *named] if named else ["terms", "kind_of_place"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A form names no article that is not shown to whoever fills it in."""
        if db_field.name == "article":
            kwargs["queryset"] = Article.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def changeform_view(self, request, *args, **kwargs):
        """Of two who give a place its first terms, the second is told of the first."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        allowed_uses.touched(articles_at([obj]))
        for remark in remarks(obj, at=timezone.now()):
            messages.warning(request, remark)

    def delete_model(self, request, obj):
        unassign(by=request.user, **{place: getattr(obj, place) for place in PLACES})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["remarks"] = remarks(obj, at=timezone.now())
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=gettext_lazy("where"))
    def place_in_words(self, assignment):
        return str(assignment.place)

    @admin.display(description=gettext_lazy("kind of place"))
    def kind_of_place(self, assignment):
        if assignment.article_id:
            return _("Article")
        if assignment.report_id:
            return _("In-depth report")
        if assignment.publication_id:
            return _("Publication")
        return _("The whole site, where nothing nearer says otherwise")
