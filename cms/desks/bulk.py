"""One move of many rows: looked over beforehand, each made on its own, and what became of each.

It is the move of the row's own page, many times: the same form, the same verb, which asks the
permission and stands or falls alone.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cms.choosers import is_key
from cms.workflows.actions import MoveNotAllowed, hindrances, may
from cms.workflows.admin import MoveForm, WorkflowAdminMixin
from cms.workflows.moves import Move, Reasons

MOST_AT_ONCE = 200


@dataclass
class Line:
    """A row on the page that asks, or on the page that tells."""

    row: object
    url: str
    state: str
    reasons: Reasons
    hidden: list
    is_done: bool = False


class BulkMovesMixin(WorkflowAdminMixin):
    """For a list whose rows move. ``bulk_moves`` names the moves that make sense for many."""

    bulk_moves: tuple[str, ...] = ()

    def get_urls(self):
        view = never_cache(self.admin_site.admin_view(self.bulk_view))
        return [
            path("bulk/<slug:name>/", view, name=f"{self._bulk_named}_bulk"),
            *super().get_urls(),
        ]

    @property
    def _bulk_named(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    # --- on the list ---

    def get_actions(self, request):
        """The moves this person may make at all, in the order of the table; nothing else."""
        if "_popup" in request.GET:
            return {}
        moves = [self.workflow[name] for name in self.bulk_moves]
        return {
            move.name: (chosen, move.name, move.label)
            for move in moves
            if request.user.has_perm(move.permission)
        }

    def response_action(self, request, queryset):
        """On to the page that asks; of made-up keys nothing is known."""
        keys = [key for key in request.POST.getlist("_selected_action") if is_key(key)]
        name = request.POST.get("action", "")
        if not keys or name not in self.get_actions(request):
            told = _("Choose a move, and the rows to move.")
            self.message_user(request, told, "warning")
            return HttpResponseRedirect(request.get_full_path())
        address = reverse(f"{self.admin_site.name}:{self._bulk_named}_bulk", args=[name])
        asked = {"rows": ",".join(keys[: MOST_AT_ONCE + 1]), "from": request.GET.urlencode()}
        return HttpResponseRedirect(f"{address}?{urlencode(asked)}")

    # --- the page ---

    def bulk_view(self, request, name):
        """GET shows the rows and what hinders each; POST moves them and says what became of it."""
        move = self.workflow.moves.get(name) if name in self.bulk_moves else None
        if move is None:
            raise Http404
        if not (self.has_view_permission(request) and request.user.has_perm(move.permission)):
            raise PermissionDenied
        rows, is_cut = self.chosen_rows(request)
        if not rows:
            return self.nothing_chosen(request)
        form = self._bulk_form(request, move, rows[0])
        is_told = request.method == "POST" and self._is_answered_for_all(form)
        lines = [self._bulk_line(request, move, row) for row in rows]
        if is_told:
            for line in lines:
                self._make_one(request, move, line)
        told = {"move": move, "form": form, "lines": lines, "is_told": is_told, "is_cut": is_cut}
        return self.bulk_answer(request, **told)

    def bulk_answer(self, request, *, move, form, lines: list[Line], **told):
        """The page that asks or tells; ``move`` is what it is called and what it says of itself."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": move.label,
            "move": move,
            "form": form,
            "lines": lines,
            "most": MOST_AT_ONCE,
            "done": sum(line.is_done for line in lines),
            "ready": sum(not line.reasons for line in lines),
            "list_url": self._bulk_list_url(request),
            **told,
        }
        return TemplateResponse(request, "admin/desks/bulk.html", context)

    def chosen_rows(self, request) -> tuple[list, bool]:
        """Those named in the address that this person may see, and whether some are left out."""
        keys = [key for key in request.GET.get("rows", "").split(",") if is_key(key)]
        return self._bulk_rows(request, keys[:MOST_AT_ONCE]), len(keys) > MOST_AT_ONCE

    def nothing_chosen(self, request):
        """Back to the list, which says so."""
        self.message_user(request, _("Choose the rows to move."), "warning")
        return HttpResponseRedirect(self._bulk_list_url(request))

    def _bulk_rows(self, request, keys: list[str]) -> list:
        """In the order in which they were chosen, those this person may see."""
        found = self.get_queryset(request).in_bulk([int(key) for key in keys])
        return [found[int(key)] for key in dict.fromkeys(keys) if int(key) in found]

    def _bulk_form(self, request, move: Move, row) -> MoveForm:
        form_class = self.move_forms.get(move.name, self.move_form)
        data = request.POST if request.method == "POST" else None
        form = form_class(data, move=move, row=row)
        # What belongs to one row alone is asked and answered with that row.
        for field in form.hidden_fields():
            del form.fields[field.name]
        return form

    def _is_answered_for_all(self, form: MoveForm) -> bool:
        """Whether all that was asked of everybody is answered; the rest each row says itself."""
        form.full_clean()
        return not any(field.errors for field in form.visible_fields())

    def _bulk_line(self, request, move: Move, row) -> Line:
        if not self.has_view_permission(request, row) or not may(request.user, move, row):
            reasons = [_("You have no permission to “%(move)s” here.") % {"move": move.label}]
        else:
            reasons = hindrances(row, self.workflow, move, by=request.user, at=timezone.now())
        hidden = []
        if not reasons and request.method != "POST":
            form_class = self.move_forms.get(move.name, self.move_form)
            form = form_class(None, move=move, row=row, auto_id=False)
            hidden = [(f"{field.name}-{row.pk}", field.value()) for field in form.hidden_fields()]
        return Line(row, self._row_url(row), self.workflow.labels[row.status], reasons, hidden)

    def _make_one(self, request, move: Move, line: Line) -> None:
        """Moves one row, or says why not."""
        if line.reasons:
            return
        form_class = self.move_forms.get(move.name, self.move_form)
        data = request.POST.copy()
        for name in form_class.base_fields:
            if f"{name}-{line.row.pk}" in request.POST:
                data[name] = request.POST[f"{name}-{line.row.pk}"]
        form = form_class(data, move=move, row=line.row)
        if not form.is_valid():
            line.reasons = [str(fault) for faults in form.errors.values() for fault in faults]
            return
        try:
            self.verbs[move.name](line.row, by=request.user, **form.cleaned_data)
        except MoveNotAllowed as refusal:
            line.reasons = refusal.reasons
            return
        except ValidationError as fault:
            line.reasons = fault.messages
            return
        self.log_change(request, line.row, str(move.label))
        line.is_done, line.state = True, self.workflow.labels[line.row.status]

    def _bulk_list_url(self, request) -> str:
        address = reverse(f"{self.admin_site.name}:{self._bulk_named}_changelist")
        asked = request.GET.get("from", "")
        return f"{address}?{asked}" if asked else address


def chosen(model_admin, request, queryset):
    """Django asks for a function; ``response_action`` leads on before it is called."""
