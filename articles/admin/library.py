"""The library of pictures: a contact sheet or a table, and the list of those without a credit."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import darkroom
from articles.admin.picture_filters import ASKED, CREDIT, FILTERS, MISSING
from articles.admin.picture_states import Pill, pills
from articles.models import Article, Image
from cms import keyset
from cms.choosers import is_key
from cms.desks.admin import DeskMixin
from cms.desks.changelist import AFTER, DeskChangeList

VIEW = "view"
# Each credit that is typed makes new copies of its picture, which takes a second or two.
CREDITS_A_PAGE = 12
# Of those, so many may be there because readers see them; looked for among the newest.
SEEN_FIRST = 6
SEEN_AMONG = 5000
# The questions that the library's own filters ask.
OFFERED = {"id__exact", "rights_category__exact", *ASKED}


@dataclass(frozen=True)
class Tile:
    """A picture on the contact sheet."""

    image: Image
    src: str
    pills: list[Pill]
    uses: int


class CreditForm(forms.ModelForm):
    """The two facts that a picture without a credit lacks most."""

    class Meta:
        model = Image
        fields = ["credit_line", "rights_category"]


class LibraryList(DeskChangeList):
    """The pictures of one page, and in which shape they are shown."""

    def get_filters_params(self, params=None):
        asked = super().get_filters_params(params)
        asked.pop(VIEW, None)
        return asked

    @property
    def is_table(self) -> bool:
        return self.is_popup or self.params.get(VIEW) == "table"

    @property
    def is_for_credits(self) -> bool:
        return self.params.get(CREDIT) == MISSING

    @property
    def sheet_address(self) -> str:
        return self.get_query_string(remove=[VIEW])

    @property
    def table_address(self) -> str:
        return self.get_query_string({VIEW: "table"})

    def _page(self, request) -> list:
        """Those that readers see lack a credit more than others do: they open the first page."""
        if not self.is_for_credits:
            return super()._page(request)
        self.list_per_page = CREDITS_A_PAGE
        rows = super()._page(request)
        seen = [] if self.first else self._seen_by_readers()
        if not seen:
            return rows
        others = [image for image in rows if image not in seen]
        shown = others[: CREDITS_A_PAGE - len(seen)]
        if shown != others:
            self.older = self._link(AFTER, shown[-1])
        return [*seen, *shown]

    def _seen_by_readers(self) -> list:
        live = Article.objects.live().order_by()
        shown = Exists(live.filter(featured_image=OuterRef("pk"))) | Exists(
            live.filter(gallery__image=OuterRef("pk"))
        )
        newest = self.queryset.order_by(*keyset.ordering(self.order)).values("pk")[:SEEN_AMONG]
        found = self.queryset.filter(shown, pk__in=newest)
        return list(found.order_by(*keyset.ordering(self.order))[:SEEN_FIRST])


class LibraryMixin(DeskMixin):
    """Finding a picture, and seeing what it lacks."""

    change_list_template = "admin/articles/image/change_list.html"
    list_display = ["thumbnail", "__str__", "credit", "rights", "uses", "measures"]
    list_display_links = ["thumbnail", "__str__"]
    list_filter = FILTERS
    list_per_page = 48
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["caption", "alt_text", "credit_line", "creator", "source"]
    search_help_text = gettext_lazy(
        "Words of the caption, the alt text or the credit, in the 20,000 pictures uploaded last; "
        "or #number."
    )
    sortable_by = ()
    actions = None
    sheet = [
        (gettext_lazy("Number"), lambda image: image.pk),
        (gettext_lazy("Alt text"), lambda image: image.alt_text),
        (gettext_lazy("Caption"), lambda image: image.caption),
        (gettext_lazy("Credit line"), lambda image: image.credit_line),
        (gettext_lazy("Creator"), lambda image: image.creator),
        (gettext_lazy("Source"), lambda image: image.source),
        (gettext_lazy("Rights category"), lambda image: image.get_rights_category_display()),
        (gettext_lazy("May be shown until"), lambda image: image.ends_at),
        (gettext_lazy("Width in pixels"), lambda image: image.width),
        (gettext_lazy("Height in pixels"), lambda image: image.height),
        (gettext_lazy("Uploaded"), lambda image: image.uploaded_at),
    ]

    def lookup_allowed(self, lookup, value, request):
        return lookup in OFFERED and super().lookup_allowed(lookup, value, request)

    def get_changelist(self, request, **kwargs):
        return LibraryList

    def get_changelist_instance(self, request):
        """The list with what its page shows, which one query more brings along."""
        found = super().get_changelist_instance(request)
        keys = [image.pk for image in found.result_list]
        uses = dict(Image.objects.filter(pk__in=keys).with_uses().values_list("pk", "uses"))
        for image in found.result_list:
            image.uses = uses.get(image.pk, 0)
        return found

    def get_list_display_links(self, request, list_display):
        return self.list_display_links

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        shown = getattr(answer, "context_data", None) or {}
        if "cl" in shown:
            found = shown["cl"]
            may_credit = found.is_for_credits and self.has_change_permission(request)
            if may_credit and not found.is_popup:
                listed = list(found.result_list)[:CREDITS_A_PAGE]
                shown["credits"] = [(self.tile(image), credit_form(image)) for image in listed]
            else:
                shown["tiles"] = [self.tile(image) for image in found.result_list]
        return answer

    def tile(self, image: Image) -> Tile:
        return Tile(
            image,
            darkroom.small_address(image),
            pills(image, at=timezone.now()),
            getattr(image, "uses", 0),
        )

    # --- credits, a page at a time ---

    def credits_view(self, request):
        """Saves the credits that were typed, each picture for itself; keeps what was refused."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        asked = [key for key in dict.fromkeys(request.POST.getlist("picture")) if is_key(key)]
        left, saved = [], 0
        for key in sorted(map(int, asked[:CREDITS_A_PAGE])):
            with transaction.atomic():
                # Of two who type at once the second is told what the first has written.
                image = Image.objects.select_for_update(no_key=True).filter(pk=key).first()
                form = credit_form(image, request.POST) if image else None
                if form is None or not form.has_changed():
                    continue
                held = image.credit_line
                if form.is_valid() and "credit_line" in form.changed_data and held:
                    said = _("Somebody gave it a credit meanwhile: “%(credit)s”.")
                    form.add_error("credit_line", said % {"credit": held})
                if form.is_valid():
                    self._keep_credit(request, form)
                    saved += 1
                else:
                    left.append((self.tile(Image.objects.get(pk=key)), form))
        if saved:
            said = ngettext("%(count)d credit saved.", "%(count)d credits saved.", saved)
            self.message_user(request, said % {"count": saved}, messages.SUCCESS)
        elif not left:
            self.message_user(request, _("Nothing was typed."), messages.WARNING)
        if not left:
            address = reverse("admin:articles_image_changelist")
            return HttpResponseRedirect(f"{address}?{CREDIT}={MISSING}")
        return TemplateResponse(
            request,
            "admin/articles/image/credits.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": _("Pictures without a credit"),
                "credits": left,
            },
        )

    def _keep_credit(self, request, form) -> None:
        image = form.save(commit=False)
        # Only what was typed here: somebody else may be writing the caption.
        image.save(update_fields=form.changed_data)
        self.log_change(request, image, [{"changed": {"fields": form.changed_data}}])
        darkroom.develop(image)


def credit_form(image: Image, data=None) -> CreditForm:
    """The form of one row; its fields are named after the picture."""
    form = CreditForm(data, instance=image, prefix=f"picture-{image.pk}")
    for field in form.fields.values():
        # What counts as typed is told from what was shown, not from what stands there by now.
        field.help_text, field.show_hidden_initial = "", True
    return form
