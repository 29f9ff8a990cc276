"""The article desk: form, side panel, moves; the list stands in ``lists``."""

from django.contrib import admin
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.forms import Script
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import actions, readiness
from articles.admin.correcting import CorrectingMixin
from articles.admin.forms import MOVE_FORMS, ArticleForm, ArticleMoveForm
from articles.admin.hinting import HintingMixin
from articles.admin.inlines import (
    BylineInline,
    GalleryInline,
    OriginHopInline,
    ReportEntryInline,
)
from articles.admin.lists import ArticleListMixin
from articles.admin.pages import Card
from articles.admin.review_forms import REVIEW_FORMS
from articles.admin.reviewing import ReviewingMixin
from articles.admin.revisions import ArticleHistoryMixin, events_in_words
from articles.admin.slugs import SecondLookMixin
from articles.admin.translating import TranslatingMixin
from articles.admin.writing import WritingMixin
from articles.models import Article, Status
from articles.related import related
from articles.workflow import EDITORIAL
from cms.choosers import ChooserMixin, is_key
from cms.richtext.admin import RichTextAdminMixin

VERBS = {name: getattr(actions, name) for name in EDITORIAL.moves}


@admin.register(Article)
class ArticleAdmin(
    WritingMixin,
    ReviewingMixin,
    CorrectingMixin,
    TranslatingMixin,
    HintingMixin,
    ArticleHistoryMixin,
    ArticleListMixin,
    RichTextAdminMixin,
    ChooserMixin,
    SecondLookMixin,
    admin.ModelAdmin,
):
    """Where an article is entered, read over, and moved."""

    form = ArticleForm
    workflow = EDITORIAL
    verbs = VERBS
    move_form = ArticleMoveForm
    move_forms = MOVE_FORMS | REVIEW_FORMS
    change_form_template = "admin/articles/article/change_form.html"

    fieldsets = [
        (None, {"fields": ["headline", "standfirst", "body"]}),
        (
            _("Where it comes from"),
            {
                "fields": [
                    "publication",
                    "originating_publication",
                    "original_url",
                    "original_date",
                    ("copyright_holders", "copyright_year"),
                ],
            },
        ),
        (_("What it is about"), {"fields": ["regions", "themes", "tags"]}),
        (_("Picture"), {"fields": ["featured_image"]}),
        (_("Language"), {"fields": [("language", "translation_of")]}),
        (
            _("Address, embargo and notes"),
            {
                "fields": [
                    "slug",
                    "embargo_until",
                    "reader_note",
                    "editorial_note",
                    "seen_revision",
                ]
            },
        ),
    ]
    inlines = [
        BylineInline,
        ReportEntryInline,
        GalleryInline,
        OriginHopInline,
    ]
    autocomplete_fields = [
        "publication",
        "originating_publication",
        "translation_of",
        "regions",
        "themes",
        "featured_image",
    ]

    class Media:
        css = {"all": ["newsroom/admin.css"]}
        js = [Script("newsroom/article.js", type="module")]

    # --- who may what ---

    def get_queryset(self, request):
        articles = super().get_queryset(request)
        if not request.user.has_perm("articles.view_every_article"):
            articles = articles.filter(created_by=request.user)
        return articles.select_related(
            "publication", "originating_publication", "featured_image"
        ).prefetch_related("bylines__author")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A form names no article that is not shown to whoever fills it in."""
        if db_field.name == "translation_of":
            kwargs["queryset"] = Article.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_view_permission(self, request, obj=None):
        allowed = super().has_view_permission(request, obj)
        return allowed and (obj is None or obj.may_be_seen_by(request.user))

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.may_be_edited_by(request.user))

    def has_delete_permission(self, request, obj=None):
        """Only a draft that never moved is deleted, by its owner or a managing editor."""
        if obj is None or obj.status != Status.DRAFT or obj.events.exists():
            return False
        is_own = obj.created_by_id == request.user.pk and self.has_change_permission(request, obj)
        return is_own or super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        """What readers have seen is taken back by a withdrawal, not by an embargo."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "embargo_until"] if obj and obj.has_been_public() else fields

    def get_fieldsets(self, request, obj=None):
        """Those who only read do not see what the editors say among themselves."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        hidden = {"editorial_note", "seen_revision"}
        return [
            (name, {**options, "fields": [f for f in options["fields"] if f not in hidden]})
            for name, options in fieldsets
        ]

    # --- saving ---

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Of two who save at once the second waits, and is then told of the first by the form."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            if is_key(object_id):
                Article.objects.select_for_update().filter(pk=object_id).first()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """Writes what the form holds and nothing else: the state belongs to the moves."""
        if not change:
            obj.created_by = request.user
            obj.save()
            return
        obj.save(update_fields=_content_fields())

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        with transaction.atomic():
            before = form.instance.revisions.values_list("pk", flat=True).first()
            revision = actions.revise(form.instance, by=request.user)
            self.tell_readers(request, form, None if revision.pk == before else revision)

    # --- the form's page ---

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["sections"] = _sections(context["adminform"], context["inline_admin_formsets"])
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        if obj is not None:
            # Several cards look at these: each once.
            prefetch_related_objects([obj], "gallery__image", "hops__publication")
            context["desk"] = self._desk(request, obj)
            context["cards"] = self._cards(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, post_url_continue=None):
        """After saving one stays: the side panel says what is next."""
        return super().response_add(_staying(request), obj, post_url_continue)

    def response_change(self, request, obj):
        return super().response_change(_staying(request), obj)

    def _cards(self, request, article: Article) -> list[Card]:
        """The panel beside the form, below the state and what still blocks it, in this order."""
        return [
            *self.review_cards(request, article),
            *self.correction_cards(request, article),
            *self.translation_cards(request, article),
            *self.hint_cards(request, article),
            *_related_cards(article),
        ]

    def _desk(self, request, article: Article) -> dict:
        now = timezone.now()
        return {
            "article": article,
            "status": EDITORIAL.labels[article.status],
            "is_live": article.is_live(now),
            "is_scheduled": article.is_scheduled(now),
            "is_embargoed": article.embargo_until is not None and article.embargo_until > now,
            "buttons": self.buttons(request, article),
            "blockers": readiness.blockers(article, at=now),
            "events": events_in_words(article)[:3],
            "revision": article.last_saved,
        }

    def view_on_site(self, obj):
        return reverse("articles:article_detail", args=[obj.slug]) if obj.is_live() else None


def _related_cards(article: Article) -> list[Card]:
    """What readers are shown after the article, once they see it."""
    found = related(article) if article.is_live() else []
    return [Card("admin/articles/article/_related.html", {"related": found})] if found else []


# The rows that belong under each group of fields.
ROWS_UNDER = [
    {BylineInline},
    {OriginHopInline},
    {ReportEntryInline},
    {GalleryInline},
    set(),
    set(),
]


def _sections(fieldsets, formsets) -> list[tuple]:
    """Each group of fields with the rows that belong under it."""
    return [
        (fieldset, [rows for rows in formsets if type(rows.opts) in under])
        for fieldset, under in zip(fieldsets, ROWS_UNDER, strict=True)
    ]


def _staying(request):
    if "_save" in request.POST and "_popup" not in request.POST:
        request.POST = request.POST.copy()
        request.POST["_continue"] = "1"
    return request


def _content_fields() -> list[str]:
    """The columns that editors write: all but those the moves and the machine keep."""
    return [
        field.name
        for field in Article._meta.concrete_fields
        if field.editable and not field.primary_key
    ]
