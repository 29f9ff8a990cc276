"""What hangs on a clearance: the evidence, the letters, the link, and what all of it means now."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import (
    Http404,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from articles.models import Article
from cms.choosers import is_key
from cms.workflows.actions import MoveNotAllowed, NotYours
from licensing import letters
from licensing.actions import clearances as actions
from licensing.admin.clearance_forms import AnswerForm
from licensing.evidence import download, file_evidence
from licensing.models import Clearance, ClearanceLink, ClearanceStatus
from licensing.reliance import reliance
from licensing.workflow import CLEARANCE

MOST_FILES = 20
MOST_SHOWN = 10
# Beyond these the page shows the newest only.
MOST_LETTERS = 200


class ClearancePartsMixin(admin.ModelAdmin):
    """Adds the addresses of evidence, letters and links; each asks for a permission of its own."""

    def get_urls(self):
        def page(pattern: str, view, name: str):
            return path(
                f"<path:object_id>/{pattern}",
                never_cache(self.admin_site.admin_view(view)),
                name=f"licensing_clearance_{name}",
            )

        return [
            page("evidence/add/", self.evidence_add_view, "evidence_add"),
            page("evidence/<uuid:key>/", self.evidence_view, "evidence"),
            page("answer/", self.answer_view, "answer"),
            page("withdraw-links/", self.withdraw_links_view, "withdraw_links"),
            *super().get_urls(),
        ]

    def _clearance(self, request, object_id, permission: str) -> Clearance:
        """403 before 404: whoever may not look is not told what there is."""
        if not (self.has_view_permission(request) and request.user.has_perm(permission)):
            raise PermissionDenied
        row = self.get_object(request, object_id) if is_key(object_id) else None
        if row is None:
            raise Http404
        return row

    def _back(self, clearance: Clearance, place: str) -> HttpResponseRedirect:
        address = reverse("admin:licensing_clearance_change", args=[clearance.pk])
        return HttpResponseRedirect(f"{address}#{place}")

    # --- evidence ---

    def evidence_view(self, request, object_id, key):
        """A file, to be kept and never to be shown as a page."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        clearance = self._clearance(request, object_id, "licensing.view_evidence")
        evidence = clearance.evidence.filter(key=key).first()
        if evidence is None:
            raise Http404
        try:
            return download(evidence)
        except FileNotFoundError as missing:
            raise Http404 from missing

    def evidence_add_view(self, request, object_id):
        """Files one or several. POST only."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        clearance = self._clearance(request, object_id, "licensing.change_clearance")
        uploads = request.FILES.getlist("file")
        if not uploads:
            messages.error(request, _("Choose a file first."))
        if len(uploads) > MOST_FILES:
            messages.error(request, _("At most %d files at a time, please.") % MOST_FILES)
            uploads = []
        for upload in uploads:
            self._file(request, clearance, upload)
        return self._back(clearance, "evidence")

    def _file(self, request, clearance: Clearance, upload) -> None:
        try:
            evidence = file_evidence(clearance, upload, by=request.user, at=timezone.now())
        except ValidationError as fault:
            for said in fault.messages:
                messages.error(
                    request,
                    _("“%(file)s” is not filed: %(why)s") % {"file": upload.name, "why": said},
                )
            return
        said = _("“%(file)s” is filed.") % {"file": evidence.name}
        self.log_change(request, clearance, said)
        messages.success(request, said)

    # --- letters ---

    def answer_view(self, request, object_id):
        """GET asks what to write, POST sends it."""
        clearance = self._clearance(request, object_id, "licensing.request_clearance")
        form = AnswerForm(request.POST if request.method == "POST" else None)
        reasons: list[str] = []
        if request.method == "POST" and form.is_valid():
            reasons = self._sent(request, clearance, form.cleaned_data["text"])
            if not reasons:
                return self._back(clearance, "letters")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "clearance": clearance,
            "form": form,
            "reasons": reasons,
            "letters": letters_of(clearance),
            "title": _("Write to the rights holder"),
            "media": self.media,
        }
        template = "admin/licensing/clearance/answer.html"
        return TemplateResponse(request, template, context, status=409 if reasons else 200)

    def _sent(self, request, clearance: Clearance, text: str) -> list[str]:
        try:
            actions.answer(clearance, by=request.user, text=text)
        except NotYours as refusal:
            raise PermissionDenied from refusal
        except MoveNotAllowed as refusal:
            return refusal.reasons
        said = _("Your letter goes to %(contact)s, with a fresh link.")
        messages.success(request, said % {"contact": clearance.contact})
        self.log_change(request, clearance, _("Wrote to the rights holder."))
        return []

    def withdraw_links_view(self, request, object_id):
        """Ends the link that still takes an answer. POST only."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        clearance = self._clearance(request, object_id, "licensing.request_clearance")
        try:
            ended = actions.withdraw_links(clearance, by=request.user)
        except NotYours as refusal:
            raise PermissionDenied from refusal
        if ended:
            said = _("The link is withdrawn: nobody can answer on it any more.")
            self.log_change(request, clearance, said)
            messages.success(request, said)
        else:
            messages.info(request, _("There was no link that still took an answer."))
        return self._back(clearance, "letters")


# --- what the page of a clearance says ---------------------------------------------------------


def desk_of(clearance: Clearance, user) -> dict:
    """What stands beside and below the form, as far as ``user`` may see it."""
    now = timezone.now()
    may_correspond = user.has_perm("licensing.request_clearance")
    may_read = user.has_perm("licensing.view_evidence")
    may_write = user.has_perm("licensing.change_clearance")
    is_of_the_desk = may_correspond or may_read or may_write
    link = clearance.links.first() if is_of_the_desk else None
    return {
        "clearance": clearance,
        "next_step": next_step(clearance, link=link),
        "rests": _rests(clearance, user, now),
        "evidence": clearance.evidence.select_related("uploaded_by") if may_read else None,
        "files": clearance.evidence.count(),
        "may_file": may_write,
        "letters": letters_of(clearance) if is_of_the_desk else None,
        "link": link,
        "link_in_words": link_in_words(link) if link else "",
        "is_open": link is not None and link.is_open(now),
        "may_correspond": may_correspond,
        "answer_form": AnswerForm() if clearance.status == ClearanceStatus.REQUESTED else None,
        "events": events_in_words(clearance),
        "may_follow": clearance.status not in (ClearanceStatus.NEEDED, ClearanceStatus.REQUESTED)
        and user.has_perm("licensing.add_clearance"),
    }


def _rests(clearance: Clearance, user, now) -> dict:
    found = reliance(clearance, at=now)
    seen = set(Article.objects.visible_to(user).filter(pk__in=_keys(found)).values_list("pk"))

    def shown(articles):
        return [one for one in articles if (one.pk,) in seen][:MOST_SHOWN]

    return {
        "concerned": found.concerned,
        "resting": len(found.resting),
        "live": len(found.leaving),
        "lacking": len(found.lacking),
        "is_more": found.is_more,
        "shown": shown(found.resting),
        "lacking_shown": shown(found.lacking),
    }


def _keys(found) -> list[int]:
    return [article.pk for article in (*found.resting, *found.lacking)]


def letters_of(clearance: Clearance) -> list:
    """The thread, the oldest first."""
    newest = clearance.messages.select_related("by").order_by("-sent_at", "-pk")[:MOST_LETTERS]
    return list(newest)[::-1]


def events_in_words(clearance: Clearance) -> list[dict]:
    """The moves as people read them, newest first."""
    return [
        {
            "at": event.at,
            "who": (event.by and event.by.get_full_name()) or event.who,
            "label": CLEARANCE[event.move].label,
            "from_label": CLEARANCE.labels[event.from_status],
            "to_label": CLEARANCE.labels[event.to_status],
            "to_status": event.to_status,
            "reason": event.reason,
        }
        for event in clearance.events.select_related("by")
    ]


def link_in_words(link: ClearanceLink) -> str:
    """“It takes an answer until 12 March.”"""
    if link.answered_at:
        return _("It was answered on %(day)s.") % {"day": _day(link.answered_at)}
    if link.revoked_at:
        return _("It was ended on %(day)s.") % {"day": _day(link.revoked_at)}
    if not link.is_open():
        return _("It ran out on %(day)s.") % {"day": _day(link.expires_at)}
    return _("It takes an answer until %(day)s.") % {"day": _day(link.expires_at)}


def _day(moment) -> str:
    return date_format(timezone.localtime(moment))


def next_step(clearance: Clearance, *, link: ClearanceLink | None = None) -> str:
    """What is to be done or waited for, in a sentence."""
    status = clearance.status
    if status == ClearanceStatus.NEEDED:
        return _("Nobody was asked yet. Until it is granted it counts for nothing.")
    if status == ClearanceStatus.REQUESTED:
        asked_at = letters.asked_at(clearance)
        said = _("Waiting for an answer since %(day)s.") % {"day": _day(asked_at)}
        if link and not link.is_open():
            said += " " + _("No link takes an answer now: write again to send a fresh one.")
        return said
    if status == ClearanceStatus.GRANTED:
        return ends_in_words(clearance) or _("In force, without an end.")
    return _("It counts for nothing now. For new terms start a follow-up.")


def ends_in_words(clearance: Clearance) -> str:
    """“Ends in 27 days”; nothing where no end is known or it does not count."""
    if clearance.status != ClearanceStatus.GRANTED:
        return ""
    today = timezone.localdate()
    if clearance.valid_from and clearance.valid_from > today:
        days = (clearance.valid_from - today).days
        return ngettext("Begins in %d day", "Begins in %d days", days) % days
    if clearance.valid_until is None:
        return ""
    days = (clearance.valid_until - today).days
    if days < 0:
        return _("Its last day has passed")
    if days == 0:
        return _("Today is its last day")
    return ngettext("Ends in %d day", "Ends in %d days", days) % days
