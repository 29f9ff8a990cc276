"""The desk of the front page: which articles stand there, in which order, and for how long."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import FrontPlace
from cms.choosers import ChooserMixin


@admin.register(FrontPlace)
class FrontPlaceAdmin(ChooserMixin, admin.ModelAdmin):
    """Places in their order, changed where they are listed."""

    fields = ["article", "position", "shown_from", "shown_until"]
    list_display = ["article", "position", "shown_from", "shown_until", "shows"]
    list_editable = ["position", "shown_from", "shown_until"]
    list_select_related = ["article"]
    autocomplete_fields = ["article"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_is_shown()

    @admin.display(boolean=True, description=_("on the page"))
    def shows(self, place) -> bool:
        """Whether readers see it now."""
        return place.is_shown

    def get_changeform_initial_data(self, request):
        """A new place is the first: what an editor adds is what leads."""
        first = FrontPlace.objects.order_by("position").first()
        place = max(first.position - 1, 0) if first else 10
        return {"position": place} | super().get_changeform_initial_data(request)
