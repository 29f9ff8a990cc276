"""The desk of permission requests: the queue, the case, its moves. A place of work for all day."""

from django.contrib import admin
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cms.workflows.admin import WorkflowAdminMixin
from cms.workflows.moves import Move, Reasons
from licensing.actions.corrections import correct
from licensing.actions.verbs import REQUEST_VERBS
from licensing.admin.papers import EXPORT, PapersMixin
from licensing.admin.quotes import QuoteEditorMixin
from licensing.admin.request_case import case_of, preview_of
from licensing.admin.request_corrections import CorrectionForm
from licensing.admin.request_entering import RequestEntryMixin
from licensing.admin.request_filters import ANSWERS, name_of
from licensing.admin.request_forms import MOVE_FORMS, MessageForm, NoteForm, RequestMoveForm
from licensing.admin.request_parts import RequestPartsMixin, with_canned
from licensing.admin.request_queue import SIGNS, RequestQueueMixin, age, promise_sign
from licensing.admin.request_reports import RequestReportsMixin
from licensing.models import PermissionRequest
from licensing.next_steps import next_step, quoted
from licensing.request_workflow import REQUEST
from licensing.rights.vocabulary import Use
from licensing.wording import use_name

# Moves that nobody makes by hand.
BY_ITSELF = frozenset({"take", "settle", "lapse"})
# The groups in which the moves are offered.
FIRST = ("confirm", "review", "quote", "issue", "invoice", "record_payment", "reopen")
SECOND = ("ask_back", "refer", "decline")
FOR_THE_REQUESTER = ("answer", "counter", "accept", "withdraw")
# Moves that give a licence: what it will say is shown before.
GIVES = frozenset({"issue", "invoice", "accept"})


@admin.register(PermissionRequest)
class PermissionRequestAdmin(
    PapersMixin,
    RequestReportsMixin,
    RequestEntryMixin,
    QuoteEditorMixin,
    RequestPartsMixin,
    RequestQueueMixin,
    WorkflowAdminMixin,
):
    """Asked, worked on, decided; nothing is ever deleted, and no status is a field."""

    workflow = REQUEST
    # A quote has a page of its own.
    verbs = {
        name: verb for name, verb in REQUEST_VERBS.items() if name not in (*BY_ITSELF, "quote")
    }
    move_form = RequestMoveForm
    move_forms = MOVE_FORMS

    class Media:
        css = {"all": ["newsroom/clearances.css", "newsroom/requests.css"]}

    # --- the case ---

    @csrf_protect_m
    @method_decorator(never_cache)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        """GET shows the case, POST corrects what the requester told us."""
        row = self.case(request, object_id)
        may_correct = self.has_change_permission(request, row)
        if request.method == "POST":
            if not may_correct:
                raise PermissionDenied
            return self._correct(request, row)
        now = timezone.now()
        may_answer = request.user.has_perm(ANSWERS)
        return self.page_of_case(
            request,
            row,
            "case",
            title=_("%(number)s: %(use)s") % {"number": row, "use": use_name(Use(row.use))},
            case=case_of(row, at=now),
            sign=SIGNS[row.status],
            promise=promise_sign(row, at=now),
            age=age(row, at=now),
            owner=name_of(row.owner) if row.owner else "",
            step=next_step(row, at=now),
            fee=quoted(row),
            groups=self._groups(request, row),
            may_answer=may_answer,
            may_export=request.user.has_perm(EXPORT),
            may_correct=may_correct and not row.erased_at,
            message_form=MessageForm(row=row) if may_answer else None,
            note_form=NoteForm() if may_answer else None,
            correct_url=reverse("admin:licensing_permissionrequest_correct", args=[row.pk]),
        )

    def _groups(self, request, row) -> list[dict]:
        """The moves from here, those that lead on first."""
        found = self.buttons(request, row)
        named = {button.move.name: button for button in found}
        rest = [one for one in named if one not in (*FIRST, *SECOND, *FOR_THE_REQUESTER)]
        groups = [
            ("first", "", FIRST),
            ("second", "", SECOND),
            ("behalf", _("For the requester, who told us otherwise"), FOR_THE_REQUESTER),
            ("rest", _("More"), rest),
        ]
        return [
            {"name": name, "label": label, "buttons": [named[one] for one in names if one in named]}
            for name, label, names in groups
            if any(one in named for one in names)
        ]

    def buttons(self, request, row):
        """What rules and the clock do is offered to nobody."""
        return [one for one in super().buttons(request, row) if one.move.name not in BY_ITSELF]

    def get_urls(self):
        return [self.case_path("correct/", self.correct_view, "correct"), *super().get_urls()]

    def correct_view(self, request, object_id):
        """GET shows what they told us in fields, POST corrects it."""
        row = self.case(request, object_id)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        if request.method == "POST":
            return self._correct(request, row)
        return self._correction_page(request, row, CorrectionForm(instance=row))

    def _correct(self, request, row):
        form = CorrectionForm(request.POST, instance=row)
        reasons: Reasons = []
        if form.is_valid():
            reasons = self._corrected(request, row, form)
            if not reasons and form.is_valid():
                return HttpResponseRedirect(self.case_url(row))
        return self._correction_page(request, row, form, reasons)

    def _corrected(self, request, row, form) -> Reasons:
        told = dict(form.cleaned_data)
        why = told.pop("why")

        standing = PermissionRequest.objects.get(pk=row.pk)

        def act():
            correct(standing, by=request.user, changes=told, why=why)

        try:
            return self._tried(request, row, act, _("What they told us is corrected."))
        except ValidationError as fault:
            form.add_error(None, fault.messages)
            return []

    def _correction_page(self, request, row, form, reasons=()):
        return self.page_of_case(
            request,
            row,
            "correct",
            409 if reasons else 200,
            form=form,
            reasons=reasons,
            title=_("Correct what the requester told us"),
        )

    # --- moves ---

    def move_view(self, request, object_id, name):
        """403 before 404; and what would be given is shown before it is."""
        row = self.case(request, object_id)
        if name not in self.verbs:
            raise Http404
        if request.method == "POST" and "_canned" in request.POST:
            return self._with_canned(request, row, self.workflow[name])
        response = super().move_view(request, object_id, name)
        if hasattr(response, "context_data"):
            self._lay_out(response, row, name)
        return response

    def _with_canned(self, request, row, move: Move):
        """A canned answer is put into the form; nothing is moved."""
        form_class = self.move_forms.get(move.name, self.move_form)
        if not form_class.canned_into:
            raise Http404
        if not request.user.has_perm(move.permission):
            raise PermissionDenied
        typed = form_class(request.POST, move=move, row=row)
        form = with_canned(typed, form_class, row, into=form_class.canned_into, move=move, row=row)
        response = self.page_of_case(
            request,
            row,
            "move",
            move=move,
            status_label="",
            target=self.workflow.labels[move.target],
            form=form,
            reasons=[],
            title=move.label,
        )
        self._lay_out(response, row, move.name)
        return response

    def _lay_out(self, response, row, name: str) -> None:
        response.template_name = "admin/licensing/permissionrequest/move.html"
        now = timezone.now()
        response.context_data |= {
            "media": self.media,
            "sign": SIGNS[row.status],
            "preview": preview_of(row, at=now, quote=_offered(row, name))
            if name in GIVES
            else None,
        }

    def _moved(self, request, row, move: Move, form) -> Reasons:
        """A verb that finds fault with a field says so as a reason."""
        try:
            return super()._moved(request, row, move, form)
        except ValidationError as fault:
            return fault.messages

    def move_url(self, row, move: Move) -> str:
        if move.name == "quote":
            return reverse("admin:licensing_permissionrequest_quote", args=[row.pk])
        return super().move_url(row, move)


def _offered(row: PermissionRequest, name: str):
    """The quote that an acceptance is about."""
    return row.quotes.first() if name == "accept" else None
