"""The questions that the library of pictures answers: each a filter with an address of its own."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.desks.filters import MenuFilter, choices_of

SOON = timedelta(days=30)
CREDIT, MISSING = "credit", "missing"


class PictureFilter(MenuFilter):
    """Answers each word of ``asked`` by a question to the pictures, and leaves out any other."""

    asked: dict

    def lookups(self, request, model_admin):
        return [(word, label) for word, (label, _question) in self.asked.items()]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        _label, question = self.asked[self.value()]
        return question(queryset, request)


class CreditFilter(PictureFilter):
    """Those that still lack the line that must stand beside them."""

    title = _("credit line")
    parameter_name = CREDIT
    asked = {MISSING: (_("Missing"), lambda pictures, request: pictures.without_credit())}


class RightFilter(PictureFilter):
    """Those whose right to be shown ends or has ended."""

    title = _("right to show it")
    parameter_name = "right"
    asked = {
        "soon": (
            _("Ends within 30 days"),
            lambda pictures, request: pictures.ending(
                after=timezone.now(), until=timezone.now() + SOON
            ),
        ),
        "ended": (_("Has ended"), lambda pictures, request: pictures.ended()),
    }


class UseFilter(PictureFilter):
    """Those that stand somewhere, and those that nobody has used."""

    title = _("use")
    parameter_name = "used"
    asked = {
        "yes": (_("Used"), lambda pictures, request: pictures.used()),
        "no": (_("Not used"), lambda pictures, request: pictures.unused()),
    }


class UploaderFilter(PictureFilter):
    """One's own."""

    title = _("uploaded by")
    parameter_name = "by"
    asked = {
        "me": (_("Me"), lambda pictures, request: pictures.filter(uploaded_by=request.user)),
    }


class SizeFilter(PictureFilter):
    """Those that a lead would have to stretch."""

    title = _("size")
    parameter_name = "size"
    asked = {
        "small": (
            _("Too small for a lead"),
            lambda pictures, request: pictures.too_small_for_a_lead(),
        ),
    }


FILTERS = [
    CreditFilter,
    choices_of("rights_category"),
    RightFilter,
    UseFilter,
    UploaderFilter,
    SizeFilter,
]
ASKED = {spec.parameter_name for spec in FILTERS if hasattr(spec, "asked")}
