"""The clearance desk: what we need, ask for and hold of other people's rights."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.history import HistoryAdmin
from articles.models import Article
from cms.choosers import ChooserMixin, is_key
from cms.workflows.actions import MoveNotAllowed
from cms.workflows.admin import WorkflowAdminMixin
from licensing.actions import clearances as actions
from licensing.admin.clearance_forms import (
    MOVE_FORMS,
    ClearanceForm,
    ClearanceMoveForm,
    NoteForm,
    start_of,
)
from licensing.admin.clearance_inputs import field_for
from licensing.admin.clearance_list import SOON, ClearanceListMixin
from licensing.admin.clearance_parts import ClearancePartsMixin, desk_of, ends_in_words
from licensing.models import Clearance, ClearanceEvent, ClearanceStatus
from licensing.objections import APPROVES
from licensing.reliance import concerned
from licensing.rights.conditions import parse
from licensing.rights.vocabulary import Basis, Carriage, Use
from licensing.wording import carriage_name, said, use_name
from licensing.workflow import CLEARANCE

OPEN = (ClearanceStatus.NEEDED, ClearanceStatus.REQUESTED)
# A sign for each status, so that no colour stands alone.
SIGNS = {
    ClearanceStatus.NEEDED: "○",
    ClearanceStatus.REQUESTED: "?",
    ClearanceStatus.GRANTED: "✓",
    ClearanceStatus.REFUSED: "✕",
    ClearanceStatus.EXPIRED: "■",
    ClearanceStatus.REVOKED: "⊘",
}
# What an answer was asked about stays what it is until the answer has come.
ASKED_ABOUT = ("scope", "article", "author", "image", "publication", "holder_name", "basis")
FAIR_USE = gettext_lazy("Fair use")
GROUPS = [
    (gettext_lazy("What it is for"), ["scope", "article", "author", "image"]),
    (
        gettext_lazy("Who gives it"),
        [
            "publication",
            ("holder_name", "holder_contact"),
            "basis",
            "licence_url",
            ("agreed_on", "reference"),
        ],
    ),
    (gettext_lazy("What we may do"), ["covers"]),
    (gettext_lazy("What we may pass on"), ["passes_on", "forbids"]),
    (gettext_lazy("Conditions"), ["conditions", "attribution"]),
    (gettext_lazy("How long"), [("valid_from", "valid_until"), "is_exclusive"]),
    (
        FAIR_USE,
        [
            "fair_use_purpose",
            "fair_use_nature",
            "fair_use_amount",
            "fair_use_effect",
            "fair_use_editor",
        ],
    ),
]
NOTE = (gettext_lazy("Note"), {"fields": ["note", "seen"]})
# Column → what says it in words where nobody writes.
IN_WORDS = {
    "scope": "scope_in_words",
    "covers": "covers_in_words",
    "passes_on": "passes_on_in_words",
    "forbids": "forbids_in_words",
    "conditions": "conditions_in_words",
    "fair_use_editor": "editor_in_words",
}


class Editors(forms.ModelChoiceField):
    """Those who may answer for fair use, by name."""

    def label_from_instance(self, obj):
        return obj.get_full_name() or obj.get_username()


@admin.register(Clearance)
class ClearanceAdmin(
    ClearanceListMixin, ClearancePartsMixin, WorkflowAdminMixin, ChooserMixin, HistoryAdmin
):
    """Entered, asked for, granted; what was agreed stays as it was agreed."""

    form = ClearanceForm
    workflow = CLEARANCE
    verbs = {name: getattr(actions, name) for name in CLEARANCE.moves}
    move_form = ClearanceMoveForm
    move_forms = MOVE_FORMS
    change_form_template = "admin/licensing/clearance/change_form.html"
    autocomplete_fields = ["article", "author", "publication", "image"]

    list_display = ["what_for", "state", "basis", "giver", "last_day", "asked_on"]
    sortable_by = ["last_day"]

    class Media:
        css = {"all": ["newsroom/clearances.css"]}

    # --- who may what ---

    def get_queryset(self, request):
        asked = ClearanceEvent.objects.filter(clearance=OuterRef("pk"), move="request")
        found = Clearance.objects.annotate(
            asked_at=Subquery(asked.order_by("-at").values("at")[:1])
        )
        return found.order_by(*self.get_ordering(request))

    def get_ordering(self, request):
        """What waits for us, what we wait for, what ends first, and then the past."""
        within = ["ends_on", "-created_at", "-pk"]
        # In one state it is everywhere the same turn, which no database knows.
        return within if "status__exact" in request.GET else ["turn", *within]

    def has_delete_permission(self, request, obj=None):
        """Only a need of which nobody was ever told."""
        if obj is None or obj.status != ClearanceStatus.NEEDED or obj.events.exists():
            return False
        return super().has_delete_permission(request, obj)

    def delete_model(self, request, obj):
        try:
            actions.delete_needed(obj, by=request.user)
        except MoveNotAllowed as refusal:
            raise PermissionDenied from refusal

    def get_deleted_objects(self, objs, request):
        """What is filed with a need goes with it."""
        files = [str(evidence) for row in objs for evidence in row.evidence.all()]
        named = [str(row) for row in objs]
        counts = {self.opts.verbose_name_plural: len(named)}
        return [*named, *files], counts, set(), []

    def buttons(self, request, row):
        """That a last day has passed is for the clock to say."""
        return [one for one in super().buttons(request, row) if one.move.name != "expire"]

    # --- the form ---

    def get_changeform_initial_data(self, request):
        return start_of(request.GET, request.user)

    def get_form(self, request, obj=None, change=False, **kwargs):
        if _is_settled(request, obj):
            kwargs["form"] = NoteForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        """To write in, all of it; to read, what there is to be read."""
        if obj is None:
            return [*_folded(_groups(lambda name: name)), NOTE]
        if not _is_settled(request, obj) and self.has_change_permission(request, obj):
            left_out = [] if obj.status == ClearanceStatus.NEEDED else _empty(obj, ASKED_ABOUT)
            groups = _groups(lambda name: None if name in left_out else name)
            return [*(groups if obj.basis == Basis.FAIR_USE else _folded(groups)), NOTE]
        empty = _empty(obj, _names())
        reading = _groups(lambda name: None if name in empty else IN_WORDS.get(name, name))
        if self.has_change_permission(request, obj):
            return [*reading, NOTE]
        return [*reading, (NOTE[0], {"fields": ["note"]})] if obj.note else reading

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        if _is_settled(request, obj):
            return [*_names(), *IN_WORDS.values()]
        fixed = ASKED_ABOUT if obj.status == ClearanceStatus.REQUESTED else ()
        return [*fixed, *IN_WORDS.values()]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return field_for(db_field.name) or super().formfield_for_dbfield(
            db_field, request, **kwargs
        )

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """None of the choices to begin with is a choice."""
        if db_field.name == "scope":
            kwargs["choices"] = db_field.get_choices(include_blank=False)
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A form names no article that is not shown to whoever fills it in, and no reader."""
        if db_field.name == "article":
            kwargs["queryset"] = Article.objects.visible_to(request.user)
        if db_field.name == "fair_use_editor":
            kwargs["queryset"] = (
                get_user_model()
                .objects.with_perm(APPROVES, backend="django.contrib.auth.backends.ModelBackend")
                .order_by("last_name", "first_name", "username")
            )
            kwargs["form_class"] = Editors
            kwargs["empty_label"] = _("Nobody yet")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Of two who save at once, or of a desk and a holder, the second is told of the first."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            if is_key(object_id):
                Clearance.objects.select_for_update().filter(pk=object_id).first()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """Writes what the form holds and nothing else: the status belongs to the moves."""
        obj._history_user = request.user
        if change:
            columns = {field.name for field in obj._meta.concrete_fields}
            obj.save(update_fields=[name for name in form.fields if name in columns])
            return
        obj.created_by = request.user
        obj.save()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        if obj is not None:
            context["title"] = _("Clearance")
            context["desk"] = desk_of(obj, request.user)
            context["desk"]["buttons"] = self.buttons(request, obj)
            context["desk"]["sign"] = SIGNS[obj.status]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """What a clearance once said is read, in words."""
        request.reads_the_past = True
        return super().history_form_view(request, object_id, version_id, extra_context)

    def response_add(self, request, obj, post_url_continue=None):
        """After saving one stays: the side panel says what is next."""
        return super().response_add(_staying(request), obj, post_url_continue)

    def response_change(self, request, obj):
        return super().response_change(_staying(request), obj)

    # --- moves ---

    def _moved(self, request, row, move, form):
        """Says what a move did to the public pages, too."""
        before = concerned(row).live().count()
        reasons = super()._moved(request, row, move, form)
        change = concerned(row).live().count() - before if not reasons else 0
        if change > 0:
            told = ngettext("%d article is public again.", "%d articles are public again.", change)
            messages.success(request, told % change)
        elif change < 0:
            told = ngettext(
                "%d article left the public pages.",
                "%d articles left the public pages.",
                -change,
            )
            messages.warning(request, told % -change)
        return reasons

    # --- in words ---

    @admin.display(description=gettext_lazy("What it is for"))
    def what_for(self, clearance):
        return format_html(
            '{}<small class="scope">{}</small>',
            clearance.subject,
            clearance.get_scope_display(),
        )

    @admin.display(description=gettext_lazy("status"))
    def state(self, clearance):
        return format_html(
            '<span class="status status-{}"><span aria-hidden="true">{}</span> {}</span>',
            clearance.status,
            SIGNS[clearance.status],
            clearance.get_status_display(),
        )

    @admin.display(description=gettext_lazy("rights holder"))
    def giver(self, clearance):
        return clearance.holder or "—"

    @admin.display(description=gettext_lazy("last day"), ordering="ends_on")
    def last_day(self, clearance):
        day = clearance.valid_until
        shown = date_format(day, "SHORT_DATE_FORMAT") if day else "—"
        told = ends_in_words(clearance)
        if not told:
            return shown
        today = timezone.localdate()
        is_soon = day is not None and day <= today + timedelta(days=SOON)
        return format_html(
            '{}<small class="ends{}">{}</small>', shown, " ends-soon" if is_soon else "", told
        )

    @admin.display(description=gettext_lazy("asked on"))
    def asked_on(self, clearance):
        moment = clearance.asked_at
        return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT") if moment else "—"

    @admin.display(description=gettext_lazy("It is for"))
    def scope_in_words(self, clearance):
        return clearance.get_scope_display()

    @admin.display(description=gettext_lazy("We may use it for"))
    def covers_in_words(self, clearance):
        return _listed(carriage_name(word) for word in Carriage if word in clearance.covers)

    @admin.display(description=gettext_lazy("We may let others"))
    def passes_on_in_words(self, clearance):
        return _listed(use_name(use) for use in Use if use in clearance.passes_on)

    @admin.display(description=gettext_lazy("Nobody may, through us"))
    def forbids_in_words(self, clearance):
        return _listed(use_name(use) for use in Use if use in clearance.forbids)

    @admin.display(description=gettext_lazy("They ask us and others to"))
    def conditions_in_words(self, clearance):
        return _listed(said(entry) for entry in parse(clearance.conditions))

    @admin.display(description=gettext_lazy("editor who answers for it"))
    def editor_in_words(self, clearance):
        editor = clearance.fair_use_editor
        return (editor.get_full_name() or editor.get_username()) if editor else "—"


def _listed(sentences):
    rows = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in sentences))
    return format_html('<ul class="in-words">{}</ul>', rows)


def _is_settled(request, clearance: Clearance | None) -> bool:
    """Whether its terms are no longer written, only read."""
    if clearance is None:
        return False
    if getattr(request, "reads_the_past", False):
        return True
    return clearance.status not in OPEN or clearance.was_granted


def _names() -> list[str]:
    return [
        name
        for _heading, fields in GROUPS
        for field in fields
        for name in (field if isinstance(field, tuple) else (field,))
    ]


def _empty(clearance: Clearance, names) -> list[str]:
    return [name for name in names if getattr(clearance, name) in (None, "", [], False)]


def _groups(renamed) -> list[tuple]:
    """The groups with each field under the name it goes by, without what goes by none."""
    found = []
    for heading, fields in GROUPS:
        kept = []
        for field in fields:
            several = field if isinstance(field, tuple) else (field,)
            names = tuple(name for one in several if (name := renamed(one)))
            if names:
                kept.append(names if len(names) > 1 else names[0])
        if kept:
            found.append((heading, {"fields": kept}))
    return found


def _folded(groups: list[tuple]) -> list[tuple]:
    """Fair use is for few."""
    return [
        (heading, {**options, "classes": ["collapse"]} if heading == FAIR_USE else options)
        for heading, options in groups
    ]


def _staying(request):
    if "_save" in request.POST and "_popup" not in request.POST:
        request.POST = request.POST.copy()
        request.POST["_continue"] = "1"
    return request
