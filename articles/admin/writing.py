"""Writing without losing anything: unsaved work, who else is editing, two versions."""

import re
import secrets
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Script
from django.forms.models import _get_foreign_key
from django.http import (
    Http404,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from articles import lengths, presence, reading, unsaved
from articles.admin.meeting import CHOICE, Meeting, meet, said, trimmed
from articles.admin.pages import ArticlePagesMixin
from articles.comparison import compare, readable
from articles.models import Article, UnsavedWork
from articles.snapshots import snapshot
from cms.choosers import is_key
from cms.moments import validate_moment
from cms.workflows.actions import MoveNotAllowed

OFFERED = 3
# The forms that were saved last, so that a copy which a browser still has of one is no offer.
SAVED, MOST_SAVED = "saved_forms", 20
OUSTED = gettext_lazy("You cannot write on here. What you wrote is kept as your unsaved work.")


@dataclass
class AtWork:
    """What one request knows of the form it handles."""

    key: str
    held: str = ""
    meeting: Meeting | None = None
    taken_up: UnsavedWork | None = None
    # What this tab took up, as its form says it: the key, and when that was kept.
    instead_of: str = ""


class WritingMixin(ArticlePagesMixin):
    """Adds what guards the work in an article's form."""

    class Media:
        css = {"all": ["newsroom/writing.css"]}
        js = [Script("newsroom/writing.js", type="module")]

    def get_urls(self):
        def page(pattern: str, view, name: str):
            guarded = never_cache(self.admin_site.admin_view(view))
            return path(pattern, guarded, name=f"articles_article_{name}")

        return [
            page("keep/", self.keep_view, "keep_new"),
            page("unsaved/", self.unsaved_view, "unsaved"),
            page("unsaved/<str:key>/", self.unsaved_work_view, "unsaved_work"),
            page("unsaved/<str:key>/throw-away/", self.throw_away_view, "throw_away"),
            self.page_of_an_article("keep/", self.keep_view, "keep"),
            self.page_of_an_article("takeover/", self.takeover_view, "takeover"),
            *super().get_urls(),
        ]

    # --- the form ---

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Before the form is made: who else writes, who saved meanwhile, what is taken up."""
        article = self._own(request, object_id)
        if request.method == "POST":
            if article is None and (work := self._kept_instead(request, object_id)):
                messages.warning(request, OUSTED)
                refusal = self.unsaved_work_view(request, work.key)
                refusal.status_code = 403
                return refusal
            self._begin_saving(request, article)
            return super().changeform_view(request, object_id, form_url, extra_context)
        request.at_work = AtWork(key=secrets.token_urlsafe(16))
        work = self._asked_for(request, article, is_new=object_id is None)
        if work is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        # A key of its own: the tab that wrote it may be open still, and keeps its own.
        request.at_work.taken_up = work
        request.at_work.instead_of = f"{work.key} {work.kept_at.isoformat()}"
        # First: whoever asks for files later would have what was posted read anew.
        request.FILES.clear()
        request.POST = posted(work)
        if article:
            request.at_work.meeting = self._meet(request, article)
        # Shown the way a refused save comes back; this form is never valid (see ``get_form``).
        request.method = "POST"
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        finally:
            request.method = "GET"

    def _own(self, request, object_id) -> Article | None:
        """The article, where it is there and may be edited; the form itself refuses the rest."""
        if object_id is None or not is_key(unquote(object_id)):
            return None
        article = Article.objects.filter(pk=unquote(object_id)).first()
        return article if article and self.has_change_permission(request, article) else None

    def _kept_instead(self, request, object_id: str | None) -> UnsavedWork | None:
        """What was written in an article that its writer may no longer edit, or that is gone."""
        key = request.POST.get("writing_key", "")
        may = request.user.has_perm("articles.change_article")
        if object_id is None or not may or not unsaved.KEY.fullmatch(key):
            return None
        object_id = unquote(object_id)
        # One that is gone answers as somebody else's does, of which this person knows nothing.
        article = self.get_object(request, object_id)
        form = self._fields_of(request, article)
        try:
            return unsaved.keep(form, by=request.user, key=key, article=article)
        except MoveNotAllowed:
            return None

    def _asked_for(self, request, article, *, is_new: bool) -> UnsavedWork | None:
        key = request.GET.get("unsaved", "")
        if not unsaved.KEY.fullmatch(key) or not (article or is_new):
            return None
        return UnsavedWork.objects.filter(owner=request.user, article=article, key=key).first()

    def _begin_saving(self, request, article: Article | None) -> None:
        request.POST = request.POST.copy()
        key = request.POST.get("writing_key", "")
        is_known = unsaved.KEY.fullmatch(key)
        request.at_work = AtWork(
            key=key if is_known else secrets.token_urlsafe(16),
            instead_of=request.POST.get("instead_of", ""),
        )
        if article is None:
            return
        if "_takeover" in request.POST:
            request.POST["_save"] = "1"
            self._take_over(request, article, key=request.at_work.key)
        elif held := presence.colleague(article, by=request.user):
            request.at_work.held = presence.in_words(held, by=request.user)
        request.at_work.meeting = self._meet(request, article)

    def _meet(self, request, article: Article) -> Meeting | None:
        return meet(request.POST, article, lambda post: self._reader(request, article, post))

    def _reader(self, request, article: Article | None, post: QueryDict):
        """A form to read ``post`` with."""
        fields = flatten_fieldsets(self.get_fieldsets(request, article))
        form = super().get_form(request, article, change=article is not None, fields=fields)
        return form(post, instance=article)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if at_work := getattr(request, "at_work", None):
            # The class was made for this request.
            form.held, form.meeting = at_work.held, at_work.meeting
            form.is_only_taken_up = at_work.taken_up is not None
        return form

    def save_related(self, request, form, formsets, change):
        """What is saved is unsaved work no more."""
        super().save_related(request, form, formsets, change)
        key = request.at_work.key
        unsaved.throw_away(by=request.user, key=key)
        request.session[SAVED] = [key, *request.session.get(SAVED, [])][:MOST_SAVED]
        _carry_on(request, request.at_work.instead_of)
        presence.leave(form.instance, by=request.user)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is None or self.has_change_permission(request, obj):
            context["writing"] = self._writing(request, obj)
            errors = context["errors"]
            if len(errors) == 1 and context["adminform"].form.has_only_met_a_colleague:
                # No fault of the writer: it is said above the form, without "correct the error".
                context["errors"] = []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _writing(self, request, article: Article | None) -> dict:
        at_work = request.at_work
        is_fresh = request.method == "GET"
        writing = {
            "key": at_work.key,
            "instead_of": at_work.instead_of,
            "is_dirty": not is_fresh,
            "taken_up": at_work.taken_up,
            "meeting": at_work.meeting,
            "choice": CHOICE,
            "held": at_work.held,
            "lengths": lengths.RECOMMENDED,
            "words_a_minute": reading.WORDS_A_MINUTE,
            "keep_url": reverse("admin:articles_article_keep_new"),
            "article": article,
        }
        if article:
            writing["keep_url"] = reverse("admin:articles_article_keep", args=[article.pk])
            writing |= self._presence(request, article, is_fresh=is_fresh)
        if is_fresh:
            works = UnsavedWork.objects.of(request.user).filter(article=article)
            offers = list(works[: OFFERED + 1])
            writing |= {"offers": offers[:OFFERED], "has_more": len(offers) > OFFERED}
        return writing

    def _presence(self, request, article: Article, *, is_fresh: bool) -> dict:
        at_work = request.at_work
        held = presence.claim(article, by=request.user, key=at_work.key)
        if held.key == at_work.key:
            return {}
        words = presence.in_words(held, by=request.user)
        # What was typed and refused stays writable: it can be saved by taking over.
        return {"held": words, "is_locked": is_fresh or at_work.taken_up is not None}

    # --- while it is written ---

    def keep_view(self, request, object_id=None):
        """What a tab sends of itself: that it is there, and what stands in its form. POST only."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article = self.article_shown(request, object_id) if object_id else None
        if not (
            request.user.has_perm("articles.change_article" if article else "articles.add_article")
        ):
            raise PermissionDenied
        key = request.POST.get("writing_key", "")
        if not unsaved.KEY.fullmatch(key):
            return JsonResponse({"refused": _("Not kept: load this page again.")}, status=400)
        answer = {}
        is_saved = "brought" in request.POST and key in request.session.get(SAVED, [])
        if "headline" in request.POST and not is_saved:
            try:
                work = unsaved.keep(
                    self._fields_of(request, article), by=request.user, key=key, article=article
                )
            except MoveNotAllowed as refusal:
                return JsonResponse({"refused": str(refusal)}, status=409)
            _carry_on(request, request.POST.get("instead_of", ""))
            when = date_format(timezone.localtime(work.kept_at), "TIME_FORMAT")
            answer["kept"] = _("Kept %(when)s") % {"when": when}
        if article:
            answer["held"] = self._held(request, article, key)
        return JsonResponse(answer)

    def _fields_of(self, request, article: Article | None) -> dict[str, list[str]]:
        """What was posted under the names of this form's fields and rows."""
        names = {
            *flatten_fieldsets(self.get_fieldsets(request, article)),
            *self.form.declared_fields,
        }
        prefixes = tuple(
            _get_foreign_key(Article, inline.model).remote_field.get_accessor_name() + "-"
            for inline in self.get_inlines(request, article)
        )
        return {
            name: values
            for name, values in request.POST.lists()
            if (name in names or name.startswith(prefixes)) and "__prefix__" not in name
        }

    def _held(self, request, article: Article, key: str) -> str:
        """Why this tab may not write on; ``""`` where it may."""
        if not article.may_be_edited_by(request.user):
            return _("You may no longer edit this article.")
        if "leaving" in request.POST:
            presence.leave(article, by=request.user, key=key)
            return ""
        if "reading" in request.POST:
            held = presence.holder(article)
        else:
            held = presence.stay(article, by=request.user, key=key)
        is_other = held is not None and held.key != key
        return presence.in_words(held, by=request.user) if is_other else ""

    def takeover_view(self, request, object_id):
        """Lets somebody write where a colleague has been writing. POST only."""
        article = self.article_edited(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._take_over(request, article)
        url = reverse("admin:articles_article_change", args=[article.pk])
        key = request.POST.get("unsaved", "")
        return HttpResponseRedirect(f"{url}?unsaved={key}" if unsaved.KEY.fullmatch(key) else url)

    def _take_over(self, request, article: Article, *, key: str = "") -> None:
        before = presence.take_over(article, by=request.user, key=key)
        if before:
            said = _("Took over from %(who)s.") % {"who": before.get_full_name() or before}
            self.log_change(request, article, said)

    # --- what is kept ---

    def unsaved_view(self, request):
        """Everything somebody has not saved, newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        works = UnsavedWork.objects.of(request.user).select_related("article")
        context = {"works": works[: unsaved.MOST], "title": _("Your unsaved work")}
        return self.answer(request, "unsaved.html", None, **context)

    def _work(self, request, key: str) -> UnsavedWork:
        """Somebody's own unsaved work, or 404."""
        found = UnsavedWork.objects.filter(owner=request.user, key=key).select_related("article")
        work = found.first() if unsaved.KEY.fullmatch(key) else None
        if work is None:
            raise Http404
        return work

    def unsaved_work_view(self, request, key):
        """In what it differs from what is saved."""
        work = self._work(request, key)
        article = work.article
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        post = posted(work)
        may_take_up = article is None or self.has_change_permission(request, article)
        # A form that may not be changed reads nothing: it is read as one of a new article.
        mine = said(post, self._reader(request, article if may_take_up else None, post))
        standing = trimmed(snapshot(article)) if article else {}
        changes = compare({name: standing.get(name) for name in mine}, mine)
        title = _("Unsaved work: “%(headline)s”") % {"headline": work}
        context = {"work": work, "changes": changes, "title": title, "may_take_up": may_take_up}
        context["body"] = readable("body", mine.get("body"))
        return self.answer(request, "unsaved_work.html", article, **context)

    def throw_away_view(self, request, key):
        """Deletes it. POST only."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        work = self._work(request, key)
        unsaved.throw_away(by=request.user, key=key)
        messages.success(request, _("Your unsaved work was thrown away."))
        if work.article_id:
            url = reverse("admin:articles_article_change", args=[work.article_id])
        else:
            url = reverse("admin:articles_article_unsaved")
        return HttpResponseRedirect(url)


def _carry_on(request, instead_of: str) -> None:
    """What this tab took up is its own by now, as far as its form says the truth."""
    key, _space, moment = instead_of.partition(" ")
    try:
        kept_at = parse_datetime(moment)
        is_one = kept_at is not None and timezone.is_aware(kept_at)
        if is_one and unsaved.KEY.fullmatch(key):
            validate_moment(kept_at)
            unsaved.carry_on(by=request.user, key=key, kept_at=kept_at)
    except (ValueError, ValidationError):
        # Nothing that this form was given: what was kept stays.
        return


# Keys of rows in the groups of a form: ``bylines-0-id``, ``bylines-0-article``.
OF_A_ROW = re.compile(r"-\d+-(id|article)$")


def posted(work: UnsavedWork) -> QueryDict:
    """What was kept, as a browser would send it; without its article all its rows are new ones."""
    post = QueryDict(mutable=True)
    for name, values in work.form.items():
        if work.article_id is None and OF_A_ROW.search(name):
            values = [""]
        elif work.article_id is None and name.endswith("-INITIAL_FORMS"):
            values = ["0"]
        post.setlist(name, values)
    return post
