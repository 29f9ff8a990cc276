"""The desk of corrections: what is due, what readers were told, and a notice more."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import correcting, recalling
from articles.admin.forms import MomentField
from articles.admin.noticing import STAYS
from articles.models import Article, Correction
from cms.choosers import ChooserMixin, is_key
from cms.desks.admin import DeskMixin
from cms.desks.filters import DayFilter, RowFilter, choices_of
from cms.panels import capped

OFFERED = {"kind__exact", "article", "dated"}
MOST_DUE = 20
EXCERPT = 140


class CorrectionForm(forms.ModelForm):
    """A notice for a text that readers have seen."""

    dated = MomentField(label=gettext_lazy("dated"), initial=timezone.now)

    class Meta:
        model = Correction
        fields = ["article", "kind", "placement", "dated", "text"]
        help_texts = {
            "kind": STAYS,
            "placement": gettext_lazy("A retraction always stands above the text."),
            "article": gettext_lazy("A text that readers have seen."),
        }

    # Whoever fills in the form; the desk says who that is.
    by = None

    def clean_article(self):
        article = self.cleaned_data["article"]
        if not article.has_been_public():
            raise ValidationError(
                _("Readers have not seen this text yet; there is nothing to tell.")
            )
        if not correcting.may_correct(article, self.by):
            raise ValidationError(_("You may not write notices to the readers of this article."))
        return article


class ArticleFilter(RowFilter):
    """The notices of one article."""

    parameter_name = "article"

    def field_of(self, model):
        return model._meta.get_field("article")

    def narrowed(self, queryset, row):
        return queryset.filter(article=row)


class DatedFilter(DayFilter):
    """When readers were told."""

    title = gettext_lazy("dated")
    column = parameter_name = "dated"


@admin.register(Correction)
class CorrectionAdmin(DeskMixin, ChooserMixin, admin.ModelAdmin):
    """Added to and read; what readers were told stays told."""

    form = CorrectionForm
    list_display = ["told_on", "kind", "headline", "excerpt"]
    list_display_links = ["told_on"]
    list_filter = [choices_of("kind"), ArticleFilter, DatedFilter]
    list_select_related = ["article", "created_by"]
    sortable_by = ["told_on"]
    search_fields = ["article__headline", "text"]
    ordering = ["-dated", "-pk"]
    autocomplete_fields = ["article"]
    actions = None
    change_list_template = "admin/articles/correction/change_list.html"

    class Media:
        css = {"all": ["newsroom/corrections.css"]}

    # --- who may what ---

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def has_view_permission(self, request, obj=None):
        allowed = super().has_view_permission(request, obj)
        return allowed and (
            obj is None or obj.article.may_be_seen_by(request.user) or _is_public(obj)
        )

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def may_share_filters(self, request) -> bool:
        return request.user.has_perm(correcting.MAY_WRITE)

    def lookup_allowed(self, lookup, value, request):
        """What the list offers and no more."""
        return lookup in OFFERED and super().lookup_allowed(lookup, value, request)

    def history_view(self, request, object_id, extra_context=None):
        """Names who wrote a notice, as the list does to those who write them."""
        if not request.user.has_perm(correcting.MAY_WRITE):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    # --- adding ---

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        if obj is None and is_key(key := request.GET.get("article", "")):
            field = form.base_fields["article"]
            field.help_text = " ".join([str(field.help_text), *_foretold(key, request.user)])
        return form

    def get_changeform_initial_data(self, request):
        """From an article's page its key comes in the address; anything else is left out."""
        article = request.GET.get("article", "")
        return {"article": article} if is_key(article) else {}

    def save_model(self, request, obj, form, change):
        told = correcting.correct(
            obj.article,
            by=request.user,
            kind=obj.kind,
            text=obj.text,
            placement=obj.placement,
            dated=obj.dated,
        )
        obj.pk, obj.number, obj._state = told.pk, told.number, told._state

    # --- what is shown ---

    def get_list_display(self, request):
        """Who wrote a notice is for those who write them."""
        shown = super().get_list_display(request)
        return [*shown, "written_by"] if request.user.has_perm(correcting.MAY_WRITE) else shown

    def changelist_view(self, request, extra_context=None):
        """The list, below the articles of which readers have still to be told."""
        told = {}
        if request.user.has_perm(correcting.MAY_WRITE) and self.has_view_permission(request):
            due = Article.objects.with_correction_due().visible_to(request.user)
            number, is_more = capped(due)
            told = {
                "due": due.order_by("correction_due_since", "pk")[:MOST_DUE],
                "due_number": number,
                "due_is_more": is_more,
                "due_is_cut": number > MOST_DUE,
            }
        return super().changelist_view(request, (extra_context or {}) | told)

    @admin.display(description=gettext_lazy("dated"), ordering="dated")
    def told_on(self, correction):
        return date_format(timezone.localtime(correction.dated), "SHORT_DATE_FORMAT")

    @admin.display(description=gettext_lazy("article"), ordering="article__headline")
    def headline(self, correction):
        address = reverse("admin:articles_article_change", args=[correction.article_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, correction.article)

    @admin.display(description=gettext_lazy("notice"))
    def excerpt(self, correction):
        return Truncator(correction.text).chars(EXCERPT)

    @admin.display(description=gettext_lazy("written by"))
    def written_by(self, correction):
        who = correction.created_by
        return (who.get_full_name() or who) if who else "—"

    def view_on_site(self, obj):
        if not obj.article.is_live():
            return None
        return f"{obj.article.get_absolute_url()}#correction-{obj.number}"


def _foretold(key: str, user) -> list[str]:
    """Who else hears of a notice for the article that the address names."""
    article = Article.objects.visible_to(user).filter(pk=key).first()
    if article is None or not correcting.may_correct(article, user):
        return []
    return recalling.foretold(article, revision=recalling.put_right_by(article))


def _is_public(correction: Correction) -> bool:
    return correction.article.is_live() and correction.dated <= timezone.now()
