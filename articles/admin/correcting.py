"""Saying what was put right after readers had seen it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Script
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import correcting
from articles.admin.noticing import LATER, SMALL, WRITE, AskingForm
from articles.admin.pages import ArticlePagesMixin, Card
from articles.models import Article, Dismissal, Revision
from cms.text import validate_text
from cms.workflows.actions import MoveNotAllowed

NEWEST = 5


class DismissForm(forms.Form):
    """Asks why readers need not be told."""

    reason = forms.CharField(
        label=gettext_lazy("Why no notice is needed"),
        max_length=Dismissal._meta.get_field("reason").max_length,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For the newsroom only; never public."),
    )


class CorrectingMixin(ArticlePagesMixin):
    """Adds corrections to an article, and asks for one where it is due."""

    class Media:
        css = {"all": ["newsroom/corrections.css"]}
        js = [Script("newsroom/corrections.js", type="module")]

    def get_urls(self):
        return [
            self.page_of_an_article("no-notice/", self.dismiss_view, "dismiss"),
            *super().get_urls(),
        ]

    # --- the form ---

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Of a text that readers have seen the form asks what they need to be told."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if change and obj and obj.has_been_public() and correcting.may_correct(obj, request.user):
            return type(form.__name__, (AskingForm, form), {})
        return form

    def tell_readers(self, request, form, revision: Revision | None) -> None:
        """Does what was answered, after the text is saved. In the transaction of the saving.

        ``revision`` holds what was changed; None where nothing was.
        """
        article, asked = form.instance, form.cleaned_data
        told = {"by": request.user, "at": timezone.now()}
        answer = asked.get("notice")
        if answer == WRITE:
            correcting.correct(
                article,
                kind=asked["notice_kind"] or form.fields["notice_kind"].initial,
                text=asked["notice_text"],
                placement=asked["notice_placement"] or form.fields["notice_placement"].initial,
                revision=revision,
                **told,
            )
            messages.success(request, _("Readers are told."))
        elif answer == LATER:
            since = revision.created_at if revision else told["at"]
            correcting.put_off(article, by=request.user, at=since)
        elif answer == SMALL and article.correction_due_since and not form.was_due:
            correcting.call_small(article, **told)

    # --- beside the form ---

    def correction_cards(self, request, article: Article) -> list[Card]:
        """What readers were told; to those who may tell them, what is due."""
        if not article.has_been_public():
            return []
        notices = list(article.corrections.all()[: NEWEST + 1])
        may_tell = correcting.may_correct(article, request.user)
        if not (notices or may_tell):
            return []
        shown = {
            "article": article,
            "notices": notices[:NEWEST],
            "more": len(notices) > NEWEST,
            "may_tell": may_tell,
            "is_live": article.is_live(),
        }
        if may_tell:
            shown["dismissal"] = article.dismissals.select_related("by").exclude(reason="").first()
        if may_tell and article.correction_due_since:
            shown["change"] = _change_that_is_due(article)
        return [Card("admin/articles/article/_corrections.html", shown)]

    def dismiss_view(self, request, object_id):
        """GET asks why no notice is needed, POST puts it down."""
        article = self.article_shown(request, object_id)
        if not correcting.may_correct(article, request.user):
            raise PermissionDenied
        form = DismissForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                correcting.dismiss(article, by=request.user, reason=form.cleaned_data["reason"])
            except MoveNotAllowed as refusal:
                for reason in refusal.reasons:
                    form.add_error(None, reason)
            else:
                messages.success(request, _("It is put down that no notice is needed."))
                address = reverse("admin:articles_article_change", args=[article.pk])
                return HttpResponseRedirect(address)
        return self.answer(
            request,
            "dismiss.html",
            article,
            form=form,
            change=_change_that_is_due(article) if article.correction_due_since else None,
            title=_("No notice for “%s”") % article,
        )


def _change_that_is_due(article: Article) -> dict | None:
    """The change of which readers are to be told: its two revisions, and what was found in it."""
    due = article.revisions.filter(created_at__lte=article.correction_due_since)
    pair = list(due.order_by("-number")[:2])
    if len(pair) < 2:
        return None
    newer, older = pair
    found = correcting.needs_correction(older.content, newer.content)
    return {"older": older.number, "newer": newer.number, "found": found[:1]}
