"""The list of clearances: what it is narrowed by, what it finds, and the same as a file."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from cms.desks.admin import DeskMixin
from cms.desks.bulk import BulkMovesMixin
from cms.desks.filters import MenuFilter, choices_of

# The questions that the list's own filters ask.
OFFERED = {"id__exact", "status__exact", "basis__exact", "scope__exact", "ends"}
SOON = 30
ENDS = {"week": 7, "soon": SOON}


class EndsFilter(MenuFilter):
    """What ends soon, while it is in force."""

    title = gettext_lazy("end")
    parameter_name = "ends"

    def lookups(self, request, model_admin):
        return [
            ("week", gettext_lazy("Ends within 7 days")),
            ("soon", gettext_lazy("Ends within 30 days")),
        ]

    def queryset(self, request, queryset):
        if self.value() not in ENDS:
            return queryset
        today = timezone.localdate()
        until = today + timedelta(days=ENDS[self.value()])
        return queryset.ending_by(until).filter(valid_until__gte=today)


class ClearanceListMixin(DeskMixin, BulkMovesMixin):
    """What waits, what is in force, and the past."""

    list_filter = [choices_of("status"), choices_of("basis"), choices_of("scope"), EndsFilter]
    list_select_related = [
        "article__publication",
        "article__originating_publication",
        "author",
        "publication",
        "image",
    ]
    search_fields = [
        "article__headline",
        "author__name",
        "publication__name",
        "image__caption",
        "image__alt_text",
        "holder_name",
        "reference",
    ]
    search_numbers = ("reference",)
    search_help_text = gettext_lazy("What it is for, who gives it, or the reference.")
    actions = None
    # What was given is recorded one by one, with what proves it; so is what ends.
    bulk_moves = ("request", "refuse", "reopen")
    sheet = [
        (gettext_lazy("Number"), lambda clearance: clearance.pk),
        (gettext_lazy("What it is for"), lambda clearance: str(clearance.subject or "")),
        (gettext_lazy("Status"), lambda clearance: clearance.get_status_display()),
        (gettext_lazy("Basis"), lambda clearance: clearance.get_basis_display()),
        (gettext_lazy("Publication"), lambda clearance: str(clearance.publication or "")),
        (gettext_lazy("Holder"), lambda clearance: clearance.holder_name),
        (gettext_lazy("Reference"), lambda clearance: clearance.reference),
        (gettext_lazy("First day"), lambda clearance: clearance.valid_from),
        (gettext_lazy("Last day"), lambda clearance: clearance.valid_until),
    ]

    def lookup_allowed(self, lookup, value, request):
        return lookup in OFFERED and super().lookup_allowed(lookup, value, request)
