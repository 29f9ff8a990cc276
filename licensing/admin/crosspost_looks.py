"""Looks at copies in the admin: asked for, one or many at once, and the evidence of each."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.choosers import is_key
from cms.desks.bulk import BulkMovesMixin, Line, chosen
from cms.workflows.actions import NotYours
from cms.workflows.admin import MoveForm
from cms.workflows.moves import Reason
from licensing.actions import crossposts
from licensing.admin.crosspost_case import in_words, look_in_words
from licensing.compliance.findings import from_json
from licensing.crosspost_workflow import CHANGE

LOOK = "look"


@dataclass(frozen=True)
class Looking:
    """What the page is called, as a move would be."""

    name: str = LOOK
    label: str = gettext_lazy("Look now")
    help_text: str = gettext_lazy("The clock looks at each of these pages within some minutes.")
    reason: Reason = Reason.NONE
    is_grave: bool = False


class LooksMixin(BulkMovesMixin):
    """Offers looks on the list and on the page of a copy, and shows what each came to."""

    def get_urls(self):
        return [
            self.case_path("look-now/", self.look_now_view, "look_now"),
            self.case_path("looks/<str:key>/", self.look_view, "look"),
            *super().get_urls(),
        ]

    def look_now_view(self, request, object_id):
        """POST alone asks for a look."""
        row = self.case(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            crossposts.look(row, by=request.user)
        except NotYours as refusal:
            raise PermissionDenied from refusal
        messages.success(request, _("The clock looks at the page within some minutes."))
        return HttpResponseRedirect(row.get_admin_url())

    def look_view(self, request, object_id, key):
        """One look, with all that it saw."""
        row = self.case(request, object_id)
        rows = row.checks.select_related("revision", "by")
        look = rows.filter(pk=key).first() if is_key(key) else None
        if look is None:
            raise Http404
        found = in_words(from_json(look.findings))
        return self.page_of_case(
            request, row, "look", title=_("A look at the page"), found=found, **look_in_words(look)
        )

    # --- many at once ---

    def get_actions(self, request):
        found = super().get_actions(request)
        if "_popup" not in request.GET and request.user.has_perm(CHANGE):
            found = {LOOK: (chosen, LOOK, Looking.label), **found}
        return found

    def bulk_view(self, request, name):
        """GET shows the copies, POST asks for a look at each."""
        if name != LOOK:
            return super().bulk_view(request, name)
        if not (self.has_view_permission(request) and request.user.has_perm(CHANGE)):
            raise PermissionDenied
        rows, is_cut = self.chosen_rows(request)
        if not rows:
            return self.nothing_chosen(request)
        is_told = request.method == "POST"
        lines = [
            Line(row, self._row_url(row), self.workflow.labels[row.status], [], hidden=[])
            for row in rows
        ]
        for line in lines if is_told else []:
            crossposts.look(line.row, by=request.user)
            line.is_done = True
        form = MoveForm(None, move=Looking(), row=rows[0])
        told = {"lines": lines, "is_told": is_told, "is_cut": is_cut, "is_addition": True}
        return self.bulk_answer(request, move=Looking(), form=form, **told)
