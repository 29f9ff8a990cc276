"""The desk of complaints: the queue by the day promised, the case, its moves and letters."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import addresses, oembed
from articles.models import Article, Image
from cms.desks.admin import DeskMixin
from cms.desks.filters import YesFilter, choices_of
from cms.workflows.actions import MoveNotAllowed, NotYours
from cms.workflows.admin import WorkflowAdminMixin
from cms.workflows.moves import Reasons
from licensing import complained_of
from licensing.actions import complaints as actions
from licensing.actions.verbs import COMPLAINT_VERBS
from licensing.admin.cases import CaseMixin
from licensing.admin.complaint_forms import (
    MOVE_FORMS,
    DecisionForm,
    InviteForm,
    SubjectsForm,
    WriteForm,
)
from licensing.admin.request_case import events_in_words
from licensing.complaint_letters import addresses_of
from licensing.complaint_workflow import ACKNOWLEDGE, COMPLAINT
from licensing.models import Complaint, ComplaintStatus, ComplaintSubject
from licensing.models.complaint import OURS_TO_ANSWER, Side

# A sign for each status, so that no colour stands alone.
SIGNS = {
    ComplaintStatus.RECEIVED: "●",
    ComplaintStatus.ACKNOWLEDGED: "◐",
    ComplaintStatus.UPHELD: "⊘",
    ComplaintStatus.REJECTED: "✕",
    ComplaintStatus.COUNTER_NOTICE: "⇄",
    ComplaintStatus.CLOSED: "■",
}
OPEN_TO_SUBJECTS = (ComplaintStatus.RECEIVED, ComplaintStatus.ACKNOWLEDGED)


class WithheldFilter(YesFilter):
    """Those because of which something is kept from readers."""

    title = gettext_lazy("withheld")
    parameter_name = "withheld"
    label = gettext_lazy("Something is withheld")

    def narrowed(self, queryset, request):
        return queryset.withholding()


class WaitingFilter(YesFilter):
    """Those that wait for us."""

    title = gettext_lazy("waiting")
    parameter_name = "waiting"
    label = gettext_lazy("Waiting for us")

    def narrowed(self, queryset, request):
        return queryset.ours_to_answer()


class LateFilter(YesFilter):
    """Those past the day we promised."""

    title = gettext_lazy("late")
    parameter_name = "late"
    label = gettext_lazy("Late")

    def narrowed(self, queryset, request):
        return queryset.late()


@admin.register(Complaint)
class ComplaintAdmin(CaseMixin, DeskMixin, WorkflowAdminMixin):
    """Heard, answered, decided; nothing is ever deleted, and no status is a field."""

    workflow = COMPLAINT
    verbs = COMPLAINT_VERBS
    move_form = DecisionForm
    move_forms = MOVE_FORMS
    list_display = ["complaint", "about", "who", "promise"]
    list_filter = [choices_of("status"), WaitingFilter, LateFilter, WithheldFilter]
    show_facets = admin.ShowFacets.NEVER
    sortable_by: tuple[str, ...] = ()
    search_numbers = ("number",)
    search_fields = ["number", "name", "holder", "email", "subjects__article__headline"]
    search_help_text = gettext_lazy("Number, name, e-mail, headline.")
    actions = None

    class Media:
        css = {"all": ["newsroom/requests.css"]}

    # --- who may what ---

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    # --- the list ---

    def get_queryset(self, request):
        subjects = ComplaintSubject.objects.select_related("article", "image")
        rows = Complaint.objects.prefetch_related(
            Prefetch("subjects", subjects.defer("article__body"))
        )
        return rows.order_by(*self.get_ordering(request))

    def get_ordering(self, request):
        """What waits for us, the oldest promise first."""
        within = ["promised_by", "pk"]
        # In one state it is everywhere the same turn, which no database knows.
        return within if "status__exact" in request.GET else ["turn", *within]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Complaints"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("Complaint"))
    def complaint(self, row):
        return format_html("{}{}", row.number, state(row))

    @admin.display(description=gettext_lazy("What it is about"))
    def about(self, row):
        subjects = [str(subject) for subject in row.subjects.all()] or addresses_of(row)
        shown = format_html_join("", "<li>{}</li>", ((one,) for one in subjects[:2]))
        left = len(subjects) - 2
        more = ngettext("and %d more", "and %d more", left) % left if left > 0 else ""
        return format_html('<ul class="headlines">{}</ul><small>{}</small>', shown, more)

    @admin.display(description=gettext_lazy("Who complains"))
    def who(self, row):
        if row.erased_at:
            return format_html("<em>{}</em>", _("Erased"))
        named = row.name if row.holder else ""
        return format_html("{}<small>{}</small>", row.holder or row.name, named)

    @admin.display(description=gettext_lazy("Answer promised"))
    def promise(self, row):
        day = date_format(row.promised_by, "SHORT_DATE_FORMAT")
        return format_html("{}{}<small>{}</small>", day, promise_sign(row), age(row))

    # --- the case ---

    def get_urls(self):
        return [
            self.case_path("write/", self.write_view, "write"),
            self.case_path("subjects/", self.subjects_view, "subjects"),
            self.case_path("invite/", self.invite_view, "invite"),
            self.case_path("links/", self.links_view, "links"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The case, to be read; what is done to it has pages of its own."""
        row = self.case(request, object_id)
        if request.method == "POST":
            raise PermissionDenied
        may_write = request.user.has_perm(ACKNOWLEDGE) and row.erased_at is None
        return self.page_of_case(
            request,
            row,
            "case",
            title=_("Complaint %(number)s") % {"number": row},
            state=state(row),
            promise=promise_sign(row),
            age=age(row),
            lines=addresses_of(row),
            subjects=row.subjects.select_related("article", "image"),
            counter_notices=row.counter_notices.select_related("by"),
            has_open_links=row.links.filter(side=Side.COMPLAINANT, revoked_at=None).exists(),
            thread=row.messages.select_related("by"),
            events=_events(row),
            buttons=self.buttons(request, row),
            may_write=may_write,
            may_point=may_write and row.status in OPEN_TO_SUBJECTS,
            may_invite=may_write and row.status == ComplaintStatus.UPHELD,
            message_form=WriteForm() if may_write else None,
        )

    def move_view(self, request, object_id, name):
        self.case(request, object_id)
        return super().move_view(request, object_id, name)

    def _moved(self, request, row, move, form) -> Reasons:
        try:
            return super()._moved(request, row, move, form)
        except ValidationError as fault:
            return fault.messages

    def write_view(self, request, object_id):
        """GET asks what to write, POST sends it with a fresh link."""
        row = self.case(request, object_id, ACKNOWLEDGE)

        def act(told):
            actions.write(row, by=request.user, text=told["text"])

        done = _("Your message goes to the complainant, with a fresh link.")
        return self._asked(request, row, WriteForm, act, _("Write to the complainant"), done)

    def subjects_view(self, request, object_id):
        """GET asks what it is about, POST keeps it."""
        row = self.case(request, object_id, ACKNOWLEDGE)

        def act(told):
            found = complained_of.meant_by_the_desk(
                told["addresses"], hosts=oembed.hosts(request), at=timezone.now()
            )
            actions.point_to(row, articles=found.articles, pictures=found.pictures, by=request.user)

        start = {"addresses": "\n".join(_address_of(request, one) for one in row.subjects.all())}
        done = _("What it is about is recorded.")
        title = _("Say what it is about")
        return self._asked(request, row, SubjectsForm, act, title, done, initial=start)

    def invite_view(self, request, object_id):
        """GET asks to whom, POST sends the link."""
        row = self.case(request, object_id, ACKNOWLEDGE)

        def act(told):
            actions.invite(row, by=request.user, **told)

        done = _("The link goes out. Links that were sent before end.")
        return self._asked(request, row, InviteForm, act, _("Ask for a counter-notice"), done)

    def links_view(self, request, object_id):
        """POST ends the links of the complainant; a message brings a fresh one."""
        row = self.case(request, object_id, ACKNOWLEDGE)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if actions.end_links(row, by=request.user):
            said = _("The links are ended: nobody gets in by them any more.")
            self.log_change(request, row, said)
            messages.success(request, said)
        else:
            messages.info(request, _("There was no link that still worked."))
        return HttpResponseRedirect(self.case_url(row))

    def _asked(self, request, row, form_class, act, title: str, done: str, *, initial=None):
        """A page with one form about a case; ``act`` does what it says."""
        form = form_class(request.POST if request.method == "POST" else None, initial=initial)
        reasons: Reasons = []
        if request.method == "POST" and form.is_valid():
            try:
                act(form.cleaned_data)
            except NotYours as refusal:
                raise PermissionDenied from refusal
            except MoveNotAllowed as refusal:
                reasons = refusal.reasons
            else:
                self.log_change(request, row, done)
                messages.success(request, done)
                return HttpResponseRedirect(row.get_admin_url())
        status = 409 if reasons else 200
        return self.page_of_case(
            request, row, "ask", status, form=form, reasons=reasons, title=title
        )


def _events(row: Complaint) -> list[dict]:
    """The record; the keys of what it was about then are for machines, and named here."""
    found = events_in_words(row, COMPLAINT)
    facts = {event.number: event.facts for event in row.events.all()}
    told = list(facts.values())
    named = {
        "articles": _named(Article, _keys(told, "articles")),
        "pictures": _named(Image, _keys(told, "pictures")),
    }
    for event in found:
        kept = facts[event["number"]]
        event["facts"] = [words[key] for what, words in named.items() for key in kept.get(what, ())]
    return found


def _keys(facts: list[dict], what: str) -> set[int]:
    return {key for one in facts for key in one.get(what, ())}


def _named(model, keys: set[int]) -> dict[int, str]:
    """What it was about once and is no more may have been deleted since."""
    found, gone = model.objects.in_bulk(keys), _("No longer kept")
    return {key: str(found.get(key) or f"{model._meta.verbose_name} {key}: {gone}") for key in keys}


def _address_of(request, subject: ComplaintSubject) -> str:
    if subject.article:
        return addresses.absolute(request, subject.article.get_absolute_url())
    path = reverse("admin:articles_image_change", args=[subject.image_id])
    return addresses.absolute(request, path)


def state(row):
    """The status with its sign."""
    return format_html(
        '<span class="status complaint-{}"><span aria-hidden="true">{}</span> {}</span>',
        row.status,
        SIGNS[row.status],
        row.get_status_display(),
    )


def promise_sign(row):
    """“⚠ 3 days late”, “in 2 days”; nothing where nothing is owed."""
    if row.status not in OURS_TO_ANSWER:
        return ""
    days = (row.promised_by - timezone.localdate()).days
    if days < 0:
        said = ngettext("%d day late", "%d days late", -days) % -days
        return format_html('<span class="mark mark-late">⚠ {}</span>', said)
    if days == 0:
        return format_html('<span class="mark mark-today">! {}</span>', _("Today"))
    said = ngettext("in %d day", "in %d days", days) % days
    return format_html('<span class="mark mark-left">{}</span>', said)


def age(row) -> str:
    """“Received 5 days ago”."""
    days = (timezone.localdate() - timezone.localdate(row.received_at)).days
    if days <= 0:
        return _("Received today")
    return ngettext("Received %d day ago", "Received %d days ago", days) % days
