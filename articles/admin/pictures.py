"""The picture desk: upload with a look at the file, credits read from it, copies made of it."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponseNotAllowed, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles import darkroom, picturing, refusals
from articles.admin.forms import MomentField
from articles.admin.history import HistoryAdmin
from articles.admin.library import LibraryMixin
from articles.admin.picture_states import pills
from articles.admin.replacing import ReplacingMixin
from articles.imaging.intake import PictureRefused, examine
from articles.models import Image
from cms.choosers import is_key
from cms.text import CONTROL

# Which field of the form each field of the file fills, where the form's is empty.
READ_FROM_FILE = (
    "creator",
    "credit_line",
    "copyright_notice",
    "usage_terms",
    "source",
    "caption",
    "web_statement",
)


def facts_of(upload):
    """What the file is and says of itself. Raises ValidationError in words for the form."""
    try:
        return examine(upload, name=upload.name)
    except PictureRefused as refusal:
        raise ValidationError(refusals.said(refusal)) from refusal


def fitting(values: dict) -> dict:
    """The texts read from a file, as the fields may hold them."""
    readable = {name: CONTROL.sub("", value) for name, value in values.items()}
    return {
        name: value[: Image._meta.get_field(name).max_length]
        for name, value in readable.items()
        if value
    }


class ImageForm(forms.ModelForm):
    """Takes a picture in by the one door for pictures."""

    original = forms.FileField(
        label=_("Picture file"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text=_(
            "JPEG, PNG, WebP or GIF, at most 40 MB and 60 megapixels. Credits in the file fill "
            "the fields below that you leave empty. Place and camera data never reach readers."
        ),
    )
    use_until = MomentField(
        label=_("May be shown until"),
        required=False,
        help_text=_("Empty where the right to show it does not end."),
    )

    class Meta:
        model = Image
        fields: list[str] = []  # the desk names them
        widgets = {
            "alt_text": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "caption": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "usage_terms": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def clean_original(self):
        upload = self.cleaned_data["original"]
        examined = facts_of(upload)
        self.instance.width, self.instance.height = examined.width, examined.height
        self.instance.file_format = examined.format
        self.read_from_file = fitting(
            {name: getattr(examined.credits, name) for name in READ_FROM_FILE}
        )
        return upload

    def clean(self):
        cleaned = super().clean()
        for name, value in getattr(self, "read_from_file", {}).items():
            if name in cleaned and not cleaned[name]:
                cleaned[name] = value
        return cleaned


@admin.register(Image)
class ImageAdmin(LibraryMixin, ReplacingMixin, HistoryAdmin):
    """The library of pictures, and the page of each."""

    form = ImageForm
    change_form_template = "admin/articles/image/change_form.html"
    fields = [
        "original",
        ("focal_x", "focal_y"),
        "alt_text",
        "caption",
        ("credit_line", "credit_url"),
        ("creator", "source"),
        "copyright_notice",
        "usage_terms",
        "web_statement",
        ("rights_category", "use_until"),
    ]

    class Media:
        css = {"all": ["newsroom/admin.css", "newsroom/pictures.css"]}
        js = [
            forms.Script("newsroom/picture.js", type="module"),
            forms.Script("newsroom/pictures.js", type="module"),
        ]

    def get_urls(self):
        def page(pattern, view, name):
            return path(pattern, self.admin_site.admin_view(view), name=f"articles_image_{name}")

        return [
            page("examine/", self.examine_view, "examine"),
            page("credits/", self.credits_view, "credits"),
            page("<int:object_id>/replace/", self.replace_view, "replace"),
            page("<int:object_id>/original/", self.original_view, "original"),
            page("<int:object_id>/small/", self.small_view, "small"),
            *super().get_urls(),
        ]

    def get_readonly_fields(self, request, obj=None):
        """The file of a picture is never exchanged under those who show it."""
        return [*self.readonly_fields, *(["original"] if obj else [])]

    def get_fields(self, request, obj=None):
        hidden = "original" if obj else ("focal_x", "focal_y")
        return [field for field in self.fields if field != hidden]

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (
            obj is None or not Image.objects.public().filter(pk=obj.pk).exists()
        )

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Of two who save at once the second sees the row, and what its copies say, as saved."""
        if request.method != "POST" or not is_key(object_id):
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            Image.objects.select_for_update(no_key=True).filter(pk=object_id).first()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """The row, the original and every copy, or none of them."""
        if not change:
            obj.uploaded_by = request.user
        try:
            with transaction.atomic():
                super().save_model(request, obj, form, change)
                darkroom.develop(obj)
        except Exception:
            if not change and obj.original:
                obj.original.delete(save=False)
            raise

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        darkroom.discard(obj)

    # --- looking at files ---

    def examine_view(self, request):
        """What a chosen file is and says of itself, before anything is saved: JSON."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_add_permission(request):
            raise PermissionDenied
        upload = request.FILES.get("original")
        if upload is None:
            return JsonResponse({"reasons": [str(_("Choose a picture."))]}, status=400)
        try:
            examined = facts_of(upload)
        except ValidationError as refusal:
            return JsonResponse({"reasons": refusal.messages}, status=400)
        credits = {name: getattr(examined.credits, name) for name in READ_FROM_FILE}
        return JsonResponse(
            {
                "width": examined.width,
                "height": examined.height,
                "format": examined.format,
                "credits": fitting(credits),
            }
        )

    def _image(self, request, object_id) -> Image:
        image = self.get_object(request, object_id)
        if image is None:
            raise Http404
        if not self.has_view_permission(request, image):
            raise PermissionDenied
        return image

    def original_view(self, request, object_id):
        """The original, for the newsroom only: it may hold places and people."""
        image = self._image(request, object_id)
        name = f"picture-{image.pk}{darkroom.original_extension(image)}"
        response = FileResponse(image.original.open("rb"), as_attachment=True, filename=name)
        response["Cache-Control"] = "private, no-store"
        return response

    def small_view(self, request, object_id):
        """The smallest copy, for a form that shows which picture was chosen."""
        image = self._image(request, object_id)
        if not image.renditions:
            raise Http404
        response = FileResponse(darkroom.open_smallest(image), content_type="image/jpeg")
        response["Cache-Control"] = "private, no-store"
        return response

    # --- what the page and the table show ---

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["seen"], context["unseen"] = self.places_of(request, obj)
            context["tile"] = self.tile(obj)
            context["shot"] = darkroom.picture(obj)
            context["may_focus"] = self.has_change_permission(request, obj)
            context["most_places"] = picturing.MOST_PLACES
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("picture"))
    def thumbnail(self, image):
        if not image.renditions:
            return "—"
        return format_html(
            '<img class="thumbnail" src="{}" width="96" height="{}" alt="{}" loading="lazy">',
            darkroom.small_address(image),
            round(96 * image.height / image.width),
            image.alt_text,
        )

    @admin.display(description=_("credit line"))
    def credit(self, image):
        return image.credit_line or format_html(
            '<span class="status pill-stop">{}</span>', _("No credit")
        )

    @admin.display(description=_("rights"))
    def rights(self, image):
        said = pills(image, at=timezone.now())
        return format_html_join(" ", '<span class="status pill-{}">{}</span>', said)

    @admin.display(description=_("places"))
    def uses(self, image):
        return image.uses

    @admin.display(description=_("size"))
    def measures(self, image):
        return f"{image.width} × {image.height}"
