"""The versions of a text in other languages: which there are, and which are out of date."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import translating
from articles.admin.pages import ArticlePagesMixin, Card
from articles.models import Article, Author, Byline
from cms.choosers import KeySelect
from cms.workflows.actions import MoveNotAllowed, NotYours


class TranslateForm(forms.Form):
    """Asks into which language, and who does it."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("Only languages in which there is no version yet."),
    )
    translator = forms.ModelChoiceField(
        Author.objects.all(),
        label=gettext_lazy("Translator"),
        required=False,
        help_text=gettext_lazy("Signs as translator. You can add others afterwards."),
    )

    def __init__(self, *args, free, admin_site, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", "—"), *free]
        self.fields["translator"].widget = KeySelect(Byline._meta.get_field("author"), admin_site)
        self.fields["translator"].widget.choices = self.fields["translator"].choices


class TranslatingMixin(ArticlePagesMixin):
    """Adds the page of an article's translations."""

    def get_urls(self):
        return [
            self.page_of_an_article("translations/", self.translations_view, "translations"),
            self.page_of_an_article("translations/follows/", self.follows_view, "follows"),
            *super().get_urls(),
        ]

    def translation_cards(self, request, article: Article) -> list[Card]:
        """What the panel beside the form says of it."""
        template = "admin/articles/article/_translations.html"
        group = translating.group_of(article, seen_by=request.user)
        return [Card(template, {"article": article, "group": group})]

    def translations_view(self, request, object_id):
        """Which versions there are; a POST begins another."""
        article = self.article_shown(request, object_id)
        may_translate = self.has_add_permission(request)
        if request.method == "POST" and not may_translate:
            raise PermissionDenied
        group = translating.group_of(article, seen_by=request.user)
        # Whoever sends the token in a header sends an empty body: that is a POST all the same.
        told = request.POST if request.method == "POST" else None
        form = TranslateForm(told, free=group.free, admin_site=self.admin_site)
        if told is not None and form.is_valid():
            try:
                draft = translating.translate(article, by=request.user, **form.cleaned_data)
            except MoveNotAllowed as refusal:
                form.add_error("language", refusal.reasons)
            else:
                return self._begun(request, draft)
        return self.answer(
            request,
            "translations.html",
            article,
            group=group,
            form=form if may_translate else None,
            media=self.media + form.media,
            title=_("“%s” in other languages") % article,
        )

    def _begun(self, request, draft: Article):
        self.log_addition(request, draft, [{"added": {}}])
        messages.success(
            request,
            _("This draft is yours to translate. Its words are still those of the original."),
        )
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[draft.pk]))

    def follows_view(self, request, object_id):
        """Records that this version says again what its original says. POST only."""
        article = self.article_edited(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            number = translating.say_it_follows(article, by=request.user)
        except NotYours as refusal:
            raise PermissionDenied from refusal
        except MoveNotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            self.log_change(request, article, _("Follows revision %d of its original") % number)
            messages.success(request, _("“%s” is up to date.") % article)
        return HttpResponseRedirect(
            reverse("admin:articles_article_translations", args=[article.pk])
        )
