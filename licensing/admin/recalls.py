"""The desk of recalls: each cause, who has answered for their copies, and who has not."""

from typing import NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.corrections import ArticleFilter
from cms.choosers import is_key
from cms.desks.admin import DeskMixin
from cms.desks.filters import DayFilter, MenuFilter, choices_of
from cms.text import validate_single_line
from cms.workflows.actions import MoveNotAllowed, NotYours
from licensing.actions import recalls
from licensing.admin.cases import CaseMixin
from licensing.models import Recall, RecallAnswer, RecalledCopy
from licensing.recall_words import said_of

OFFERED = {"cause__exact", "article", "at", "answered"}
A_PAGE = 50
# Those on the page of a recall: by the name in its address, how they are called, and which.
SILENT, NOBODYS, ANSWERED = "silent", "nobody", "answered"
LISTS = {
    SILENT: gettext_lazy("Not answered yet"),
    NOBODYS: gettext_lazy("Nobody to write to"),
    ANSWERED: gettext_lazy("Answered"),
}


class AnsweredFilter(MenuFilter):
    """Those that somebody has still to answer for, and those that are done."""

    title = gettext_lazy("answers")
    parameter_name = "answered"

    def lookups(self, request, model_admin):
        return [("0", gettext_lazy("Some are missing")), ("1", gettext_lazy("All are there"))]

    def queryset(self, request, queryset):
        if self.value() == "0":
            return queryset.unanswered()
        if self.value() == "1":
            return queryset.exclude(pk__in=queryset.unanswered().values("pk"))
        return queryset


class WhenFilter(DayFilter):
    """When it was caused."""

    title = gettext_lazy("when")
    column = parameter_name = "at"


class AnswerForm(forms.Form):
    """What a colleague heard of a copy."""

    answer = forms.ChoiceField(label=gettext_lazy("What was done"), choices=RecallAnswer.choices)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=RecalledCopy._meta.get_field("note").max_length,
        validators=[validate_single_line],
        help_text=gettext_lazy("How you know: by telephone, say."),
    )


class Tab(NamedTuple):
    """One of the lists on the page of a recall."""

    name: str
    label: str
    number: int
    is_here: bool


@admin.register(Recall)
class RecallAdmin(CaseMixin, DeskMixin):
    """Read; the one thing that is written here is an answer that somebody heard."""

    list_display = ["caused", "headline", "told", "answered", "open"]
    list_filter = [choices_of("cause"), AnsweredFilter, ArticleFilter, WhenFilter]
    sortable_by: tuple[str, ...] = ()
    search_fields = ["article__headline", "notice"]
    actions = None
    sheet = [
        (gettext_lazy("Cause"), lambda recall: recall.get_cause_display()),
        (gettext_lazy("When"), lambda recall: localtime(recall.at).replace(tzinfo=None)),
        (gettext_lazy("Article"), lambda recall: recall.article.headline),
        (gettext_lazy("Told"), lambda recall: recall.number_told),
        (gettext_lazy("Answered"), lambda recall: recall.number_answered),
        (gettext_lazy("Not answered yet"), lambda recall: recall.number_open),
    ]

    class Media:
        css = {"all": ["newsroom/requests.css", "newsroom/recalls.css"]}

    # --- who may what ---

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def lookup_allowed(self, lookup, value, request):
        return lookup in OFFERED and super().lookup_allowed(lookup, value, request)

    def get_urls(self):
        page = self.case_path("copies/<int:number>/", self.answer_view, "answer")
        return [page, *super().get_urls()]

    # --- the list ---

    def get_queryset(self, request):
        rows = Recall.objects.select_related("article", "revision", "by")
        return rows.with_numbers().order_by("-at", "-pk")

    @admin.display(description=gettext_lazy("Cause"))
    def caused(self, recall):
        when = date_format(localtime(recall.at), "SHORT_DATETIME_FORMAT")
        return format_html("{}<small>{}</small>", recall.get_cause_display(), when)

    @admin.display(description=gettext_lazy("Article"))
    def headline(self, recall):
        return format_html("<bdi>{}</bdi>", recall.article)

    @admin.display(description=gettext_lazy("Told"))
    def told(self, recall):
        number = recall.number_told
        if recall.told_all_at:
            return number
        return format_html('{} <span class="mark mark-today">{}</span>', number, _("goes on"))

    @admin.display(description=gettext_lazy("Answered"))
    def answered(self, recall):
        return recall.number_answered

    @admin.display(description=gettext_lazy("Not answered yet"))
    def open(self, recall):
        number = recall.number_open
        return format_html('<span class="mark mark-late">{}</span>', number) if number else "–"

    # --- one recall ---

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Who has answered and who has not, a list of each; to be read."""
        found = self.case(request, object_id)
        if request.method == "POST":
            raise PermissionDenied
        wanted = request.GET.get("list", "")
        tabs = _tabs(found, wanted)
        here = next(tab.name for tab in tabs if tab.is_here)
        after = request.GET.get("after", "")
        rows = _of(found, here).filter(pk__gt=after if is_key(after) else 0)
        rows = rows.select_related("grant", "partner", "crosspost", "answered_by", "revision")
        rows = rows.defer("revision__content")
        shown = list(rows.order_by("pk")[: A_PAGE + 1])
        return self.page_of_case(
            request,
            found,
            "change_form",
            title=found.get_cause_display(),
            tabs=tabs,
            here=here,
            rows=shown[:A_PAGE],
            next_after=shown[A_PAGE - 1].pk if len(shown) > A_PAGE else None,
            may_record=request.user.has_perm(recalls.RECORDS),
            said=said_of(found, at=timezone.now()),
            may_see_grants=request.user.has_perm("licensing.view_grant"),
            may_see_partners=request.user.has_perm("licensing.view_partner"),
            others=found.article.recalls.exclude(pk=found.pk)[:5],
        )

    def answer_view(self, request, object_id, number):
        """GET asks what was done with one copy, POST records it."""
        found = self.case(request, object_id)
        if not request.user.has_perm(recalls.RECORDS):
            raise PermissionDenied
        rows = found.copies.select_related("recall", "grant", "partner", "crosspost")
        copy = rows.filter(pk=number).first()
        if copy is None:
            raise Http404
        form = AnswerForm(request.POST if request.method == "POST" else None)
        form.fields["answer"].initial = said_of(found, at=timezone.now()).answers[0][0]
        if request.method == "POST" and form.is_valid():
            try:
                was_open = recalls.answer(copy, by=request.user, **form.cleaned_data)
            except NotYours as refusal:
                raise PermissionDenied from refusal
            except MoveNotAllowed as refusal:
                for reason in refusal.reasons:
                    form.add_error(None, reason)
            else:
                said = _("Recorded.") if was_open else _("Somebody has answered already.")
                (messages.success if was_open else messages.warning)(request, said)
                return HttpResponseRedirect(found.get_admin_url())
        return self.page_of_case(
            request, found, "answer", form=form, copy=copy, title=_("What was done with the copy")
        )


def _of(found: Recall, name: str) -> QuerySet[RecalledCopy]:
    if name == SILENT:
        return found.copies.silent()
    if name == NOBODYS:
        return found.copies.nobodys()
    return found.copies.filter(answered_at__isnull=False)


def _tabs(found: Recall, wanted: str) -> list[Tab]:
    """The lists of a recall; the first that holds anything is shown where none is asked for."""
    numbers = {name: _of(found, name).count() for name in LISTS}
    first = next((name for name in LISTS if numbers[name]), SILENT)
    here = wanted if wanted in LISTS else first
    return [Tab(name, str(label), numbers[name], name == here) for name, label in LISTS.items()]
