"""What hangs on a permission request: messages, notes, files, links, and whose case it is."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.choosers import is_key
from cms.workflows.actions import MoveNotAllowed, NotYours
from licensing import evidence, request_files, request_links
from licensing.actions import desk
from licensing.admin.cases import CaseMixin
from licensing.admin.request_filters import ANSWERS, colleagues, name_of
from licensing.admin.request_forms import MessageForm, NoteForm
from licensing.admin.request_queue import Colleagues
from licensing.canned import filled
from licensing.models import PermissionRequest

MOST_UPLOADS = 10
CHANGE = "licensing.change_permissionrequest"


class OwnerForm(forms.Form):
    """Whose case it is to be."""

    to = Colleagues(
        queryset=None,
        required=False,
        label=gettext_lazy("Owner"),
        empty_label=gettext_lazy("Nobody: back to the queue"),
    )

    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = str(row.owner_id or "")
        self.initial = {"to": row.owner_id, "seen": self.standing}
        self.fields["to"].queryset = colleagues()

    def clean(self):
        cleaned = super().clean()
        if "seen" in self.data and cleaned.get("seen") != self.standing:
            self.data = self.data.copy()
            self.data["seen"] = self.standing
            raise ValidationError(_("It went to somebody else meanwhile. Look again."))
        return cleaned


class RequestPartsMixin(CaseMixin):
    """Adds the addresses of what hangs on a case; each asks for a permission of its own."""

    def get_urls(self):
        page = self.case_path
        return [
            page("write/", self.write_view, "write"),
            page("note/", self.note_view, "note"),
            page("assign/", self.assign_view, "assign"),
            page("files/add/", self.file_add_view, "file_add"),
            page("files/<uuid:key>/", self.kept_file_view, "kept_file"),
            page("links/", self.links_view, "links"),
            *super().get_urls(),
        ]

    def _back(self, row: PermissionRequest, place: str) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.case_url(row, place))

    # --- words ---

    def write_view(self, request, object_id):
        """GET asks what to write, POST sends it; a canned answer is put in and nothing sent."""
        row = self.case(request, object_id, ANSWERS)
        data = request.POST if request.method == "POST" else None
        start = (
            {"text": _("Here is a fresh link to your request.")} if "fresh" in request.GET else {}
        )
        form, reasons = MessageForm(data, row=row, initial=start), []
        if data is not None and "_canned" in data:
            form = with_canned(form, MessageForm, row, into="text", row=row)
        elif data is not None and form.is_valid():
            reasons = self._tried(
                request,
                row,
                lambda: _once(
                    row, row.messages, desk.write, request.user, form.cleaned_data["text"]
                ),
                _("Your message goes to the requester, with a fresh link."),
            )
            if not reasons:
                return self._back(row, "thread")
        return self.page_of_case(
            request,
            row,
            "write",
            409 if reasons else 200,
            form=form,
            reasons=reasons,
            title=_("Write to the requester"),
        )

    def note_view(self, request, object_id):
        """GET asks for a note, POST keeps it."""
        row = self.case(request, object_id, ANSWERS)
        form = NoteForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            self._tried(
                request,
                row,
                lambda: _once(
                    row, row.notes, desk.add_note, request.user, form.cleaned_data["note"]
                ),
                _("Your note is kept; the requester never sees it."),
            )
            return self._back(row, "notes")
        return self.page_of_case(request, row, "note", form=form, title=_("Internal note"))

    def assign_view(self, request, object_id):
        """GET asks whom it goes to, POST gives it."""
        row = self.case(request, object_id, ANSWERS)
        form = OwnerForm(request.POST if request.method == "POST" else None, row=row)
        reasons = []
        if request.method == "POST" and form.is_valid():
            to = form.cleaned_data["to"]
            said = _("It is given to %(name)s.") % {"name": name_of(to)} if to else ""
            reasons = self._tried(
                request,
                row,
                lambda: desk.assign(row, by=request.user, to=to),
                said or _("It is back in the queue."),
            )
            if not reasons:
                return self._back(row, "")
        return self.page_of_case(
            request,
            row,
            "assign",
            409 if reasons else 200,
            form=form,
            reasons=reasons,
            title=_("Give it to a colleague"),
        )

    def _tried(self, request, row, act, said: str) -> list[str]:
        """Does it, or says why not."""
        try:
            act()
        except NotYours as refusal:
            raise PermissionDenied from refusal
        except MoveNotAllowed as refusal:
            return refusal.reasons
        self.log_change(request, row, said)
        messages.success(request, said)
        return []

    # --- files ---

    def kept_file_view(self, request, object_id, key):
        """A file, to be kept and never to be shown as a page."""
        row = self.case(request, object_id)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        kept = row.files.filter(key=key).first()
        if kept is None:
            raise Http404
        try:
            return evidence.download(kept)
        except FileNotFoundError as missing:
            raise Http404 from missing

    def file_add_view(self, request, object_id):
        """Keeps one or several. POST only."""
        row = self.case(request, object_id, CHANGE)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        uploads = request.FILES.getlist("file")
        if not uploads:
            messages.error(request, _("Choose a file first."))
        if len(uploads) > MOST_UPLOADS:
            messages.error(request, _("At most %d files at a time, please.") % MOST_UPLOADS)
            uploads = []
        for upload in uploads:
            try:
                kept = request_files.keep(row, upload, by=request.user, at=timezone.now())
            except ValidationError as fault:
                facts = {"file": upload.name, "why": " ".join(fault.messages)}
                messages.error(request, _("“%(file)s” is not kept: %(why)s") % facts)
            else:
                said = _("“%(file)s” is kept.") % {"file": kept.name}
                self.log_change(request, row, said)
                messages.success(request, said)
        return self._back(row, "files")

    # --- links ---

    def links_view(self, request, object_id):
        """Ends every link that still works. POST only; a message brings a fresh one."""
        row = self.case(request, object_id, ANSWERS)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if request_links.revoke(row, at=timezone.now()):
            said = _("The links are ended: nobody gets in by them any more.")
            self.log_change(request, row, said)
            messages.success(request, said)
        else:
            messages.info(request, _("There was no link that still worked."))
        return self._back(row, "links")


@transaction.atomic
def _once(row: PermissionRequest, rows, act, by, text: str) -> None:
    """Writes it; of what was sent twice, by a click too many, the second is let be."""
    PermissionRequest.objects.select_for_update().get(pk=row.pk)
    last = rows.last()
    if last is None or (last.by, last.text) != (by, text.strip()):
        act(row, by=by, text=text)


def with_canned(form, form_class, permission_request, *, into: str, **arguments):
    """The form as it was filled in, with the chosen canned answer below what was typed."""
    typed = {name: form.data.get(name, "") for name in form.fields}
    chosen = (
        form.fields["canned"].queryset.filter(pk=typed["canned"])
        if is_key(typed["canned"])
        else None
    )
    canned = chosen.first() if chosen is not None else None
    if canned is not None:
        text = typed[into].strip()
        typed[into] = "\n\n".join(filter(None, [text, filled(canned, permission_request)]))
    return form_class(initial=typed, **arguments)
