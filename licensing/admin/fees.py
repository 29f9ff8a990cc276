"""The desk of fee schedules: a table of fees to write in, and a new version for every saving."""

from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.choosers import is_key
from licensing.actions.fees import take_into_use, write_version
from licensing.admin.fee_cells import HOWS, PERS, WAYS
from licensing.admin.fee_forms import FeeScheduleForm
from licensing.admin.fee_pages import FeePagesMixin
from licensing.models import FeeSchedule
from licensing.ready_made_fees import READY_MADE_FEES
from licensing.rights.tariffs import tariff_as_json
from licensing.terms_history import fates


@admin.register(FeeSchedule)
class FeeScheduleAdmin(FeePagesMixin, admin.ModelAdmin):
    """Price lists by name; what they said before stays to be read."""

    form = FeeScheduleForm
    change_form_template = "admin/licensing/feeschedule/change_form.html"
    list_display = ["name", "is_default", "in_force"]
    list_per_page = 50
    search_fields = ["name", "note"]
    actions = None

    class Media:
        css = {"all": ["newsroom/fees.css"]}

    # --- who may what ---

    def has_delete_permission(self, request, obj=None):
        """A schedule by which something was priced stays on record."""
        return False

    def get_object(self, request, object_id, from_field=None):
        """A made-up key is the key of no row."""
        return super().get_object(request, object_id, from_field) if is_key(object_id) else None

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("versions")

    def get_fieldsets(self, request, obj=None):
        names = ["name", "note"]
        if obj and not self.has_change_permission(request, obj):
            return [(None, {"fields": names})]
        if not (obj and obj.is_default):
            names.append("take_into_use")
        money = ["currency", ("tax_label", "tax_percent")]
        version = ["change_note", "valid_from", "follows"]
        return [
            (None, {"fields": names}),
            (gettext_lazy("Money"), {"fields": money}),
            (gettext_lazy("This version"), {"fields": version}),
        ]

    # --- saving ---

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Of two who save at once the second waits, and is then told of the first by the form."""
        try:
            with transaction.atomic():
                if request.method == "POST" and is_key(object_id):
                    FeeSchedule.objects.select_for_update().filter(pk=object_id).first()
                return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody took the name just now; this time the form sees it.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_changeform_initial_data(self, request):
        """``?start=<slug>`` starts from a ready-made schedule; the first one is taken into use."""
        return {
            "start": request.GET.get("start", ""),
            "take_into_use": not FeeSchedule.objects.filter(is_default=True).exists(),
        }

    def save_model(self, request, obj, form, change):
        """Writes the next version where the fees say something new."""
        if not change or {"name", "note"} & set(form.changed_data):
            super().save_model(request, obj, form, change)
        typed = form.cleaned_data
        obj.written = None
        if form.says_something_new():
            obj.written = write_version(
                obj,
                tariff=tariff_as_json(form.tariff),
                change_note=typed["change_note"],
                valid_from=typed["valid_from"],
                by=request.user,
            )
        obj.is_taken = bool(typed.get("take_into_use")) and take_into_use(obj)

    def response_add(self, request, obj, post_url_continue=None):
        return self._answer_saved(request, obj)

    def response_change(self, request, obj):
        return self._answer_saved(request, obj)

    def _answer_saved(self, request, obj):
        version = obj.written
        if version is None:
            said = _("Saved. The fees are what they were, so there is no new version.")
        elif version.valid_from > timezone.now():
            said = _("Version %(number)d is written; it counts from %(since)s on.") % {
                "number": version.number,
                "since": date_format(timezone.localtime(version.valid_from), "DATETIME_FORMAT"),
            }
        else:
            said = _("Version %(number)d is written and counts from now on.") % {
                "number": version.number
            }
        messages.success(request, said)
        if obj.is_taken:
            messages.success(request, _("New quotes are priced by this schedule."))
        address = reverse("admin:licensing_feeschedule_change", args=[obj.pk])
        return HttpResponseRedirect(address)

    # --- the form's page ---

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        may_write = self.has_change_permission(request, obj) if change else True
        context |= {
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
            "table": form.table if may_write and hasattr(form, "table") else None,
            "ways": WAYS,
            "hows": HOWS,
            "pers": PERS,
            "ready_made": READY_MADE_FEES.values() if add else (),
        }
        if obj:
            context |= self.record_of(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- the list ---

    @admin.display(description=gettext_lazy("in force"))
    def in_force(self, schedule):
        found = fates(schedule.versions.all(), at=timezone.now())
        now = [fate for fate in found if fate.word in ("now", "ahead")]
        if not now:
            return _("No version yet")
        said = ((_("Version %d.") % fate.version.number, fate.sentence) for fate in reversed(now))
        return format_html_join("", "<div>{} {}</div>", said)
