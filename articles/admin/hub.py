"""The administrator's view of what the hub of the feeds was told, and what it did not take."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import HubPing
from cms.outbox.admin import OnlyTheAdministrator


class StateFilter(admin.SimpleListFilter):
    """Waiting, taken, or given up."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("waiting", _("Waiting")), ("done", _("Taken")), ("given_up", _("Given up"))]

    def queryset(self, request, queryset):
        meant = {
            "waiting": queryset.waiting,
            "done": queryset.taken,
            "given_up": queryset.given_up,
        }
        return meant.get(self.value(), queryset.all)()


@admin.register(HubPing)
class HubPingAdmin(OnlyTheAdministrator, admin.ModelAdmin):
    """One line a feed; written by the clock alone."""

    list_display = ["topic", "promised_at", "due_at", "tries", "taken_at", "given_up_at", "answer"]
    list_filter = [StateFilter]
    search_fields = ["topic"]
    ordering = ["-promised_at", "-pk"]
    list_per_page = 50
    show_full_result_count = False
    actions = None
