"""The desk of the front page: which articles stand there, in which order, and for how long."""

from datetime import datetime

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import suggestions
from articles.admin.forms import MomentField
from articles.admin.ordering import OrderDesk, State, key_of
from articles.arranging import Place, arrange_front, front_order
from articles.models import Article, FrontPlace
from articles.views.front import front_shown
from cms.choosers import ChooserMixin
from cms.moments import validate_moment


class WindowForm(forms.Form):
    """For how long an article stands on the front page."""

    shown_from = MomentField(label=gettext_lazy("from"), required=False, help_text="")
    shown_until = MomentField(label=gettext_lazy("until"), required=False, help_text="")

    def clean(self):
        begins, ends = (self.cleaned_data.get(name) for name in ("shown_from", "shown_until"))
        if begins and ends and ends <= begins:
            raise ValidationError(_("The end has to lie after the beginning."))


class FrontDesk(OrderDesk):
    """The front page's order."""

    entries = FrontPlace
    has_windows = True
    adds_in_front = True
    preview_asks_language = True

    def standing(self):
        return [_token(place) for place in front_order(by=self.request.user)]

    def arrange(self, keys, seen):
        places = [self._place(key) for key in keys]
        arrange_front(places, seen=[_place_of(token) for token in seen], by=self.request.user)
        if first := FrontPlace.objects.first():
            self.admin.log_change(self.request, first, _("Saved the order."))

    def window(self, key, token):
        place = _place_of(token) if token else Place(key)
        initial = {"shown_from": place.shown_from, "shown_until": place.shown_until}
        # What was typed on this card; a card that came meanwhile shows what a colleague typed.
        is_typed = f"{key}-shown_from" in self.request.POST
        data = self.request.POST if is_typed else None
        return WindowForm(data, prefix=str(key), initial=initial)

    def _place(self, key: int) -> Place:
        form = self.windows[key]
        if not form.is_bound:
            return Place(key, **form.initial)
        return Place(key, *(_kept(form, name) for name in ("shown_from", "shown_until")))

    def times(self, window):
        known = window.cleaned_data if window.is_bound and window.is_valid() else window.initial
        return known["shown_from"], known["shown_until"]

    def state(self, article, window):
        begins, ends = self.times(window)
        if ends and ends <= self.at:
            return State(_("Ended"), "ended")
        if article.is_live(self.at):
            if begins and begins > self.at:
                return State(_("Scheduled"), "approved")
            return State(_("Live"), "published")
        if article.is_scheduled(self.at):
            return State(_("Scheduled"), "approved")
        return State(_("Not public"), "withdrawn")

    def offers(self):
        return suggestions.newest(self.keys, at=self.at)

    def preview(self, *, at, language):
        windows = {key: self.windows[key] for key in self.keys}
        fit = [key for key, form in windows.items() if not form.is_bound or form.is_valid()]
        places = [self._place(key) for key in fit]
        keys = [
            place.article
            for place in places
            if (place.shown_from is None or place.shown_from <= at)
            and (place.shown_until is None or place.shown_until > at)
        ]
        with translation.override(language):
            context = front_shown(at=at, placed=keys) | {"is_preview": True}
            return render(self.request, "articles/home.html", context)


@admin.register(FrontPlace)
class FrontPlaceAdmin(ChooserMixin, admin.ModelAdmin):
    """The list of places is a desk: everything is arranged on it and saved at once."""

    fields = ["article", "position", "shown_from", "shown_until"]
    autocomplete_fields = ["article"]

    def changelist_view(self, request, extra_context=None):
        """The front page's desk."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return FrontDesk(self, request, title=_("Front page")).answer()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A form names no article that is not shown to whoever fills it in."""
        if db_field.name == "article":
            kwargs["queryset"] = Article.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request):
        visible = Article.objects.visible_to(request.user)
        return super().get_queryset(request).filter(article__in=visible)

    def get_changeform_initial_data(self, request):
        """A new place is the first: what an editor adds is what leads."""
        first = FrontPlace.objects.order_by("position").first()
        place = max(first.position - 1, 0) if first else 10
        return {"position": place} | super().get_changeform_initial_data(request)


def _kept(form: WindowForm, name: str) -> datetime | None:
    """What was typed; a moment left as it was keeps the seconds that the field does not show."""
    typed, was = form.cleaned_data[name], form.initial[name]
    return was if typed and was and was.replace(second=0, microsecond=0) == typed else typed


def _token(place: Place) -> str:
    moments = (place.shown_from, place.shown_until)
    return "|".join([str(place.article), *(m.isoformat() if m else "" for m in moments)])


def _place_of(token: str) -> Place:
    """The place a word stands for; a made-up moment is none, and will not match what stands."""
    moments = []
    for written in [*token.split("|")[1:3], "", ""][:2]:
        try:
            moment = datetime.fromisoformat(written)
            validate_moment(moment)
            moments.append(moment if moment.tzinfo else None)
        except (ValueError, ValidationError):
            moments.append(None)
    return Place(key_of(token), *moments)
