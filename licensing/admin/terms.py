"""The desk of usage terms: a table of uses to write in, and a new version for every saving."""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.forms import Script
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.history import HistoryAdmin
from cms.choosers import is_key
from cms.richtext.admin import RichTextAdminMixin
from licensing import lint
from licensing.actions.terms import write_version
from licensing.admin.terms_forms import FILL, TermsForm, address_of
from licensing.admin.terms_pages import TermsPagesMixin
from licensing.admin.terms_rules import RuleTable, in_fields
from licensing.models import UsageTerms
from licensing.ready_made import READY_MADE
from licensing.rights.licences import LICENCES
from licensing.rights.usage import rules_from_json
from licensing.terms_history import fates

MOST_PLACES = 3


@admin.register(UsageTerms)
class UsageTermsAdmin(TermsPagesMixin, RichTextAdminMixin, HistoryAdmin):
    """Terms by name; what they said before stays to be read."""

    form = TermsForm
    change_form_template = "admin/licensing/usageterms/change_form.html"
    list_display = ["name", "in_force", "where", "remarks"]
    list_per_page = 50
    search_fields = ["name", "slug", "summary"]
    actions = None

    class Media:
        js = [Script("newsroom/terms.js", type="module")]

    def get_urls(self):
        page = self.admin_site.admin_view(self.preview_view)
        return [
            path("preview/", page, name="licensing_usageterms_preview"),
            *super().get_urls(),
        ]

    # --- who may what ---

    def has_delete_permission(self, request, obj=None):
        """Terms that somebody may have relied on stay on record."""
        return False

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .prefetch_related(
                "versions",
                "assignments__article",
                "assignments__report",
                "assignments__publication",
            )
        )

    def get_fieldsets(self, request, obj=None):
        names = (None, {"fields": ["name", "slug", "summary"]})
        may_write = self.has_change_permission(request, obj) if obj else True
        if not may_write:
            return [names]
        return [
            names,
            (gettext_lazy("What may be done"), {"fields": ["licence"]}),
            (
                gettext_lazy("What people read"),
                {"fields": ["text", "change_note", "valid_from", "follows"]},
            ),
        ]

    def get_readonly_fields(self, request, obj=None):
        """Others link to the page of the terms: its address stays what it is."""
        return ["slug"] if obj else []

    # --- saving ---

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Of two who save at once the second waits, and is then told of the first by the form."""
        try:
            with transaction.atomic():
                if request.method == "POST" and is_key(object_id):
                    UsageTerms.objects.select_for_update().filter(pk=object_id).first()
                return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody took the name or the address just now; this time the form sees it.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_changeform_initial_data(self, request):
        """``?start=<slug>`` starts from a ready-made set."""
        return {"start": request.GET.get("start", "")}

    def save_model(self, request, obj, form, change):
        """Writes the next version where the terms say something new."""
        if not change or {"name", "summary"} & set(form.changed_data):
            super().save_model(request, obj, form, change)
        said = form.cleaned_data
        form.written = None
        if form.says_something_new():
            form.written = write_version(
                obj,
                rules=form.table.rules,
                text=said["text"],
                licence_url=address_of(said["licence"]),
                change_note=said["change_note"],
                valid_from=said["valid_from"],
                by=request.user,
            )
        obj.written = form.written

    def response_add(self, request, obj, post_url_continue=None):
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._answer_saved(request, obj)

    def response_change(self, request, obj):
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        return self._answer_saved(request, obj)

    def _answer_saved(self, request, obj):
        version = obj.written
        if version is None:
            said = _("Saved. The terms say what they said, so there is no new version.")
        elif version.valid_from > timezone.now():
            said = _("Version %(number)d is written; it counts from %(since)s on.") % {
                "number": version.number,
                "since": _moment(version.valid_from),
            }
        else:
            said = _("Version %(number)d is written and counts from now on.") % {
                "number": version.number
            }
        messages.success(request, said)
        address = reverse("admin:licensing_usageterms_change", args=[obj.pk])
        return HttpResponseRedirect(address)

    # --- the form's page ---

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        may_write = self.has_change_permission(request, obj) if change else True
        context |= {
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
            "table": getattr(form, "table", None) if may_write else None,
            "ready_made": READY_MADE.values() if add else (),
            "preview_url": reverse("admin:licensing_usageterms_preview"),
        }
        if obj:
            context |= self.record_of(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def preview_view(self, request):
        """The sentences for a table that is being written, and what the lint says. POST only."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        chosen = request.POST.get("licence", "")
        licence = LICENCES.get(chosen)
        is_filling = FILL in request.POST and licence is not None
        table = RuleTable(rules=licence.rules) if is_filling else RuleTable(request.POST)
        table.judge(licence_url=address_of(chosen), name=request.POST.get("name", ""))
        answer = table.as_json()
        if is_filling:
            answer["filled"] = {use.value: in_fields(rule) for use, rule in licence.rules.items()}
        return JsonResponse(answer)

    # --- the list ---

    @admin.display(description=gettext_lazy("in force"))
    def in_force(self, terms):
        now = [fate for fate in _fates(terms) if fate.word in ("now", "ahead")]
        if not now:
            return _("No version yet")
        said = ((_("Version %d.") % fate.version.number, fate.sentence) for fate in reversed(now))
        return format_html_join("", "<div>{} {}</div>", said)

    @admin.display(description=gettext_lazy("where they apply"))
    def where(self, terms):
        places = [str(one.place) for one in terms.assignments.all()]
        if not places:
            return _("Nowhere")
        shown = ", ".join(places[:MOST_PLACES])
        more = len(places) - MOST_PLACES
        if more > 0:
            shown += " " + ngettext("and %d more", "and %d more", more) % more
        return shown

    @admin.display(description=gettext_lazy("remarks"))
    def remarks(self, terms):
        version = next(iter(sorted(terms.versions.all(), key=lambda one: -one.number)), None)
        if version is None:
            return "—"
        said = {"licence_url": version.licence_url, "name": terms.name}
        rules = rules_from_json(version.rules)
        found = [*lint.faults(rules, **said), *lint.warnings(rules, **said)]
        return format_html_join("", "<div>{}</div>", ((str(one),) for one in found)) or "—"


def _fates(terms: UsageTerms):
    return fates(terms.versions.all(), at=timezone.now())


def _moment(moment) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
