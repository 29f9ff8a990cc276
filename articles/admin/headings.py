"""Regions, themes and in-depth reports."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from articles import suggestions
from articles.admin.ordering import OrderDesk, State, key_of
from articles.admin.slugs import KeptWhileUsedMixin, SluggedAdminMixin, SluggedForm
from articles.arranging import arrange_report, report_order
from articles.models import Article, InDepthReport, Region, ReportEntry, Theme
from cms.choosers import ChooserMixin, is_key
from cms.richtext.admin import RichTextAdminMixin
from cms.sitepolicy.texts import house_texts


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


class ReportDesk(OrderDesk):
    """The order of a report's articles."""

    entries = ReportEntry

    def __init__(self, admin, request, report: InDepthReport):
        super().__init__(admin, request, title=report.title, report=report)
        self.report = report

    def may(self, action):
        return self.admin.has_change_permission(self.request, self.report) and super().may(action)

    def standing(self):
        return [str(key) for key in report_order(self.report, by=self.request.user)]

    def arrange(self, keys, seen):
        arrange_report(self.report, keys, seen=[key_of(key) for key in seen], by=self.request.user)
        self.admin.log_change(self.request, self.report, _("Saved the order."))

    def state(self, article, window):
        return standing_of(article, self.at)

    def offers(self):
        return suggestions.fitting(self.keys, user=self.request.user, at=self.at)

    def preview(self, *, at, language):
        live = Article.objects.live(at).for_cards().in_bulk(self.keys)
        with translation.override(language):
            context = {
                "heading": self.report,
                "articles": [live[key] for key in self.keys if key in live],
                "texts": house_texts(),
                "at": at,
                "is_preview": True,
            }
            return render(self.request, "articles/report_detail.html", context)


@admin.register(InDepthReport)
class InDepthReportAdmin(
    KeptWhileUsedMixin, SluggedAdminMixin, RichTextAdminMixin, admin.ModelAdmin
):
    """Dossiers: an introduction on one page, the articles in their order on the next."""

    form = ReportForm
    fields = ["title", "slug", "standfirst", "intro"]
    list_display = ["title", "slug"]
    search_fields = ["title"]
    change_form_template = "admin/articles/indepthreport/change_form.html"

    def get_urls(self):
        arrange = never_cache(self.admin_site.admin_view(self.arrange_view))
        name = "articles_indepthreport_arrange"
        return [path("<int:object_id>/articles/", arrange, name=name), *super().get_urls()]

    def arrange_view(self, request, object_id):
        """The desk on which a report's articles are put in order."""
        report = self.get_object(request, str(object_id)) if is_key(object_id) else None
        if report is None:
            raise Http404
        if not self.has_change_permission(request, report):
            raise PermissionDenied
        return ReportDesk(self, request, report).answer()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            desk = ReportDesk(self, request, obj)
            keys = report_order(obj, by=request.user)
            articles = Article.objects.defer("body").in_bulk(keys)
            context["articles"] = [
                {"article": articles[key], "state": desk.state(articles[key], None)}
                for key in keys
                if key in articles
            ]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, post_url_continue=None):
        """A new report gets its articles next."""
        if "_save" in request.POST and "_popup" not in request.POST:
            super().response_add(request, obj, post_url_continue)
            address = reverse("admin:articles_indepthreport_arrange", args=[obj.pk])
            return HttpResponseRedirect(address)
        return super().response_add(request, obj, post_url_continue)


def standing_of(article: Article, at) -> State:
    """How an article stands towards readers, as the pill on its card."""
    if article.is_live(at):
        return State(_("Live"), "published")
    if article.is_scheduled(at):
        return State(_("Scheduled"), "approved")
    if article.embargo_until and article.embargo_until > at and article.published_at:
        return State(_("Under embargo"), "approved")
    return State(article.get_status_display(), article.status)
