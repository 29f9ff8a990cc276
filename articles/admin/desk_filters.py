"""What the first page of the newsroom counts, as filters of the list of articles.

Each answers with exactly the rows that a count on that page names.
"""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import desk_lists, tempo
from articles.blockages import blockages
from articles.correcting import MAY_WRITE
from cms.desks.filters import FIRST_YEAR, LAST_YEAR, MenuFilter


class WaitingFilter(MenuFilter):
    """What waits for somebody, or for its hour."""

    title = gettext_lazy("what waits")
    parameter_name = "waits"

    def lookups(self, request, model_admin):
        return [
            ("sent_back", _("Sent back to its writer")),
            ("week", _("Due in seven days")),
            ("blocked", _("Approved, but blocked")),
            ("correction", _("Correction due")),
        ]

    def queryset(self, request, queryset):
        now = timezone.now()
        if self.value() == "sent_back":
            return desk_lists.sent_back(queryset)
        if self.value() == "week":
            return desk_lists.due_this_week(queryset, at=now)
        if self.value() == "correction":
            due = queryset.with_correction_due()
            may_tell = request.user.has_perm(MAY_WRITE)
            return due if may_tell else due.filter(created_by=request.user)
        if self.value() == "blocked":
            # Of all that are approved, as on the first page: not of what else was filtered.
            seen = queryset.model.objects.visible_to(request.user)
            found, _more = blockages(seen, at=now)
            return queryset.filter(pk__in=[one.article.pk for one in found])
        return queryset


class WeekFilter(MenuFilter):
    """The week in which it came out; offered only where a link asked for one."""

    title = gettext_lazy("came out in the week from")
    parameter_name = "week"

    @property
    def monday(self) -> date | None:
        try:
            day = date.fromisoformat(self.used_parameters.get(self.parameter_name) or "")
        except ValueError:
            return None
        return tempo.monday_of(day) if FIRST_YEAR < day.year <= LAST_YEAR else None

    def lookups(self, request, model_admin):
        asked = self.used_parameters.get(self.parameter_name)
        return [(asked, date_format(self.monday))] if self.monday else []

    def queryset(self, request, queryset):
        if self.monday is None:
            return queryset
        return tempo.out_in_week(queryset, self.monday, at=timezone.now())


FILTERS = (WaitingFilter, WeekFilter)
# What they ask of a list.
ASKED = {one.parameter_name for one in FILTERS}
