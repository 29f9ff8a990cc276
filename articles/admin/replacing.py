"""The page on which one picture is replaced by another in every place, or in those one ticks."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import picturing
from articles.models import Article, Image
from cms.choosers import KeySelect, is_key
from cms.workflows.actions import MoveNotAllowed

# In the address: the picture that a new upload is to replace, and the one that was chosen.
REPLACES, CHOSEN = "replaces", "with"


class ReplaceForm(forms.Form):
    """Which picture comes, and where."""

    by_picture = forms.ModelChoiceField(queryset=Image.objects.all(), label=_("New picture"))

    def __init__(self, *args, old: Image, admin_site, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["by_picture"]
        field.queryset = Image.objects.exclude(pk=old.pk)
        # The chooser of the article's form, where the same pictures are on offer.
        field.widget = KeySelect(Article._meta.get_field("featured_image"), admin_site)
        field.widget.choices = field.choices


class ReplacingMixin(admin.ModelAdmin):
    """Replaces a picture everywhere."""

    def replace_view(self, request, object_id):
        """GET shows the places before anything happens; POST replaces, and says what came of it."""
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        image = self._image(request, object_id)
        if not self.has_change_permission(request, image):
            raise PermissionDenied
        seen, unseen = self.places_of(request, image)
        form = self._replace_form(request, image)
        outcomes, reasons = None, []
        if request.method == "POST" and form.is_valid():
            ticked = set(request.POST.getlist("place")) & {place.key for place in seen}
            try:
                if not ticked:
                    raise MoveNotAllowed([_("Tick at least one place.")])
                outcomes = picturing.replace_picture(
                    image, by_picture=form.cleaned_data["by_picture"], by=request.user, only=ticked
                )
            except MoveNotAllowed as refusal:
                reasons = refusal.reasons
        return TemplateResponse(
            request,
            "admin/articles/image/replace.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": _("Replace this picture"),
                "image": image,
                "tile": self.tile(_counted(image)),
                "new": self._new_tile(form),
                "form": form,
                "media": self.media + form.media,
                "rows": [(place, place.hindrances(request.user)) for place in seen],
                "unseen": unseen,
                "outcomes": outcomes,
                "replaced": sum(one.is_replaced for one in outcomes or []),
                "reasons": reasons,
                "add_address": f"{reverse('admin:articles_image_add')}?{REPLACES}={image.pk}",
            },
        )

    def _replace_form(self, request, image: Image) -> ReplaceForm:
        told = {"old": image, "admin_site": self.admin_site}
        if request.method == "POST":
            posted = request.POST.copy()
            if not is_key(posted.get("by_picture", "")):
                posted["by_picture"] = ""
            return ReplaceForm(posted, **told)
        chosen = request.GET.get(CHOSEN, "")
        return ReplaceForm(initial={"by_picture": chosen if is_key(chosen) else None}, **told)

    def _new_tile(self, form: ReplaceForm):
        chosen = form.cleaned_data.get("by_picture") if form.is_bound else None
        if not form.is_bound and form.initial["by_picture"]:
            chosen = Image.objects.filter(pk=form.initial["by_picture"]).first()
        return self.tile(_counted(chosen)) if chosen else None

    def places_of(self, request, image: Image) -> tuple[list[picturing.Place], int]:
        """The places that one may know of, and how many others there are."""
        found = picturing.places(image)
        seen = [place for place in found if place.may_be_seen_by(request.user)]
        return seen, len(found) - len(seen)

    def response_add(self, request, obj, post_url_continue=None):
        """A picture that was brought in to replace another goes on to do so."""
        replaced = request.GET.get(REPLACES, "")
        if is_key(replaced) and self.has_change_permission(request):
            address = reverse("admin:articles_image_replace", args=[replaced])
            return HttpResponseRedirect(f"{address}?{CHOSEN}={obj.pk}")
        return super().response_add(request, obj, post_url_continue)


def _counted(image: Image) -> Image:
    """The picture with the number of places where it stands by now."""
    return Image.objects.filter(pk=image.pk).with_uses().get()
