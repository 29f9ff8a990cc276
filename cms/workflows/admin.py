"""Buttons, forms and addresses for moves, all drawn from the table."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.text import validate_text
from cms.workflows.actions import MoveNotAllowed, NotYours, hindrances, may
from cms.workflows.moves import Move, Reason, Reasons, Workflow


class MoveForm(forms.Form):
    """Asks for what a move needs to be told; subclasses add fields that the verb takes."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For the record and for colleagues; readers never see it."),
    )

    def __init__(self, *args, move: Move, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        if move.reason == Reason.NONE:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = move.reason == Reason.REQUIRED
            # What the verb asks first is asked first.
            self.order_fields([name for name in self.fields if name != "reason"])

    @property
    def consequences(self) -> list[str]:
        """What the move would bring about, in sentences, as far as the form knows."""
        return []


@dataclass(frozen=True)
class Button:
    """A move as a row's page offers it."""

    move: Move
    url: str
    hindrances: Reasons


class WorkflowAdminMixin(admin.ModelAdmin):
    """Adds to a ModelAdmin the moves of ``workflow``; ``verbs`` names the functions that make them.

    The permission is asked by the verb itself (``perform``), for a direct POST as for a click.
    """

    workflow: Workflow
    verbs: dict
    move_form: type[MoveForm] = MoveForm
    move_forms: dict[str, type[MoveForm]] = {}

    def get_urls(self):
        opts = self.opts
        return [
            path(
                "<path:object_id>/move/<slug:name>/",
                self.admin_site.admin_view(self.move_view),
                name=f"{opts.app_label}_{opts.model_name}_move",
            ),
            *super().get_urls(),
        ]

    def move_url(self, row, move: Move) -> str:
        opts = self.opts
        return reverse(
            f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_move",
            args=[row.pk, move.name],
        )

    def buttons(self, request, row) -> list[Button]:
        """The moves this person may make from here, with what hinders each now."""
        now = timezone.now()
        return [
            Button(
                move,
                self.move_url(row, move),
                hindrances(row, self.workflow, move, by=request.user, at=now),
            )
            for move in self.workflow.moves_from(row.status)
            if may(request.user, move, row)
        ]

    def move_view(self, request, object_id, name):
        """GET asks, POST moves. 404 for what is not there, 403 for what is not theirs."""
        row = self.get_object(request, object_id)
        move = self.workflow.moves.get(name)
        if row is None or move is None:
            raise Http404
        if not may(request.user, move, row):
            raise PermissionDenied
        form_class = self.move_forms.get(name, self.move_form)
        # Whoever sends the token in a header sends an empty body: that is a POST all the same.
        form = form_class(request.POST if request.method == "POST" else None, move=move, row=row)
        reasons = hindrances(row, self.workflow, move, by=request.user, at=timezone.now())
        if request.method == "POST" and not reasons and form.is_valid():
            reasons = self._moved(request, row, move, form)
            if not reasons:
                return HttpResponseRedirect(self._row_url(row))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "row": row,
            "row_url": self._row_url(row),
            "move": move,
            "status": self.workflow.labels[row.status],
            "target": self.workflow.labels[move.target],
            "form": form,
            "reasons": reasons,
            "title": move.label,
        }
        status = 409 if request.method == "POST" and reasons else 200
        return TemplateResponse(request, "admin/workflows/move.html", context, status=status)

    def _moved(self, request, row, move: Move, form: MoveForm) -> Reasons:
        try:
            self.verbs[move.name](row, by=request.user, **form.cleaned_data)
        except NotYours as refusal:
            raise PermissionDenied from refusal
        except MoveNotAllowed as refusal:
            return refusal.reasons
        self.log_change(request, row, str(move.label))
        messages.success(
            request,
            _("“%(row)s”: %(move)s. It is now %(status)s.")
            % {"row": row, "move": move.label, "status": self.workflow.labels[row.status]},
        )
        return []

    def _row_url(self, row) -> str:
        opts = self.opts
        return reverse(
            f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_change", args=[row.pk]
        )
