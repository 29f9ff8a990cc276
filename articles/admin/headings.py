"""Regions, themes and in-depth reports."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles import hearing
from articles.admin.inlines import ReportArticleInline
from articles.admin.slugs import KeptWhileUsedMixin, SluggedAdminMixin, SluggedForm
from articles.models import Article, InDepthReport, Region, Theme
from articles.search import upkeep
from cms.choosers import ChooserMixin
from cms.richtext.admin import RichTextAdminMixin


class SubjectForm(SluggedForm):
    """Keeps the tree a tree."""

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk and parent.pk in self.instance.family():
            raise ValidationError(
                _("“%(parent)s” lies within this heading; a heading cannot contain itself.")
                % {"parent": parent}
            )
        return parent


class SubjectAdmin(KeptWhileUsedMixin, SluggedAdminMixin, ChooserMixin, admin.ModelAdmin):
    form = SubjectForm
    fields = ["name", "slug", "parent", "description"]
    list_display = ["name", "parent", "slug"]
    list_select_related = ["parent"]
    search_fields = ["name"]
    autocomplete_fields = ["parent"]


@admin.register(Region)
class RegionAdmin(SubjectAdmin):
    """Parts of the world."""


@admin.register(Theme)
class ThemeAdmin(SubjectAdmin):
    """Matters."""


class ReportForm(SluggedForm):
    named_by = "title"


@admin.register(InDepthReport)
class InDepthReportAdmin(
    KeptWhileUsedMixin, SluggedAdminMixin, RichTextAdminMixin, admin.ModelAdmin
):
    """Dossiers: an introduction and articles in order."""

    form = ReportForm
    fields = ["title", "slug", "standfirst", "intro"]
    list_display = ["title", "slug"]
    search_fields = ["title"]
    inlines = [ReportArticleInline]

    def save_related(self, request, form, formsets, change):
        """In which report an article stands decides under which terms it is used; by its title
        an article is found.
        """
        report = form.instance
        before = set(report.entries.values_list("article", flat=True))
        super().save_related(request, form, formsets, change)
        after = set(report.entries.values_list("article", flat=True))
        if moved := before ^ after:
            hearing.tell(Article.objects.filter(pk__in=moved))
            upkeep.regrouped(moved)
