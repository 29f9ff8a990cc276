"""The pages around a fee schedule: each version, what it changed, and what it would charge."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.choosers import is_key
from licensing.admin.fee_plot import plotted
from licensing.admin.fee_tryout import TryOutForm
from licensing.fee_reading import changes, reading, tax_in_words
from licensing.fees import tariff_of
from licensing.models import FeeSchedule, FeeScheduleVersion
from licensing.money import FALLBACK, formatted
from licensing.rights.fees import Price, price
from licensing.terms_history import fates
from licensing.wording import said


class FeePagesMixin(admin.ModelAdmin):
    """Adds the read-only pages of fee schedules; each asks who may see them."""

    def get_urls(self):
        def page(pattern: str, view, name: str):
            return path(
                f"<path:object_id>/{pattern}",
                self.admin_site.admin_view(view),
                name=f"licensing_feeschedule_{name}",
            )

        return [
            page("versions/<int:number>/", self.version_view, "version"),
            page("versions/<int:number>/try/", self.tryout_view, "tryout"),
            page("versions/<int:older>/<int:newer>/", self.comparison_view, "comparison"),
            *super().get_urls(),
        ]

    def record_of(self, schedule: FeeSchedule) -> dict:
        """What the page of a schedule says about its versions."""
        found = fates(schedule.versions.select_related("created_by"), at=timezone.now())
        before = [fate.version for fate in found[1:]] + [None]
        return {
            "versions": list(zip(found, before, strict=True)),
            "reading": _reading(found[0].version) if found else None,
        }

    def version_view(self, request, object_id, number):
        """What one version said."""
        schedule, version = self._asked(request, object_id, number)
        found = fates(schedule.versions.all(), at=timezone.now())
        fate = next(fate for fate in found if fate.version.number == number)
        title = _("%(schedule)s, version %(number)d") % {"schedule": schedule, "number": number}
        return self._answer(
            request, "version.html", schedule, title, fate=fate, reading=_reading(version)
        )

    def comparison_view(self, request, object_id, older, newer):
        """What changed from one version to another, thing by thing."""
        schedule, old = self._asked(request, object_id, older)
        _schedule, new = self._asked(request, object_id, newer)
        title = _("%(schedule)s: versions %(old)d and %(new)d") % {
            "schedule": schedule,
            "old": older,
            "new": newer,
        }
        found = changes(tariff_of(old), tariff_of(new))
        return self._answer(request, "comparison.html", schedule, title, changes=found)

    def tryout_view(self, request, object_id, number):
        """What a version would charge on answers that somebody tries; nothing is kept."""
        schedule, version = self._asked(request, object_id, number)
        tariff = tariff_of(version)
        form = TryOutForm(request.GET or None, tariff=tariff)
        facts = form.facts
        is_sound = not form.is_bound or form.is_valid()
        title = _("Try out %(schedule)s, version %(number)d") % {
            "schedule": schedule,
            "number": number,
        }
        return self._answer(
            request,
            "tryout.html",
            schedule,
            title,
            version=version,
            form=form,
            priced=_priced(price(tariff, form.use, facts)) if is_sound else None,
            plot=plotted(tariff, form.use, facts) if is_sound else None,
        )

    # --- what the pages stand on ---

    def _asked(self, request, object_id, number) -> tuple[FeeSchedule, FeeScheduleVersion]:
        """403 before 404: whoever may not look is not told what there is."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        schedule = self.get_object(request, object_id)
        # A number that no database holds is the number of no version.
        found = schedule and is_key(number) and schedule.versions.filter(number=number).first()
        if not found:
            raise Http404
        return schedule, found

    def _answer(self, request, template, schedule, title, **context):
        return TemplateResponse(
            request,
            f"admin/licensing/feeschedule/{template}",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "media": self.media,
                "schedule": schedule,
                "title": title,
                **context,
            },
        )


def _reading(version: FeeScheduleVersion) -> dict:
    """A version as people read it."""
    tariff = tariff_of(version)
    return {"version": version, "tax": tax_in_words(tariff), "fees": reading(tariff)}


def _priced(found: Price) -> dict:
    """A price as the page shows it, in the reader's language."""
    language = get_language() or FALLBACK
    return {
        "lines": [
            (said(line.label), said(line.explanation), formatted(line.amount, language))
            for line in found.lines
        ],
        "net": formatted(found.net, language),
        "tax": formatted(found.tax, language),
        "tax_label": found.tax_label,
        "total": formatted(found.total, language),
        "needs_person": [said(sentence) for sentence in found.needs_person],
        "unmoved": [said(sentence) for sentence in found.unmoved],
    }
