"""How publications want to be credited: their templates, and what a credit then looks like."""

from datetime import date

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.history import HistoryAdmin
from articles.models import Publication
from cms.choosers import ChooserMixin
from licensing.attribution import rule_for
from licensing.models import AttributionTemplate
from licensing.rights.attribution import (
    AS_IS,
    FIELDS,
    HOUSE_WORDING,
    PLACEHOLDERS,
    Author,
    Form,
    Variant,
    Work,
    faults,
)
from licensing.wording import said

PREVIEW = "_preview"
# Form, what was done with the text → what the preview calls it.
SHOWN = [
    (gettext_lazy("On the web"), Form.TEXT, AS_IS),
    (gettext_lazy("In print"), Form.PRINT, AS_IS),
    (gettext_lazy("On air"), Form.BROADCAST, AS_IS),
    (gettext_lazy("Translated"), Form.TEXT, Variant(translated_by="Noor Haddad")),
    (gettext_lazy("Edited"), Form.TEXT, Variant(edited_by="Lena Voss", changes="shortened")),
]


class TemplateForm(forms.ModelForm):
    """A line that leaves out what must be said, or that cannot be read, is refused in words."""

    class Meta:
        widgets = {
            name: forms.Textarea(attrs={"rows": 3, "cols": 80, "placeholder": HOUSE_WORDING[name]})
            for name in FIELDS
        }

    def clean(self):
        cleaned = super().clean()
        for field in FIELDS:
            # Browsers send lines that end the way of the typewriter.
            line = cleaned[field] = cleaned.get(field, "").replace("\r\n", "\n")
            for fault in faults(field, line):
                self.add_error(field, said(fault))
        return cleaned

    def is_valid(self):
        """What is to be shown again is not saved."""
        return super().is_valid() and PREVIEW not in self.data


@admin.register(AttributionTemplate)
class AttributionTemplateAdmin(ChooserMixin, HistoryAdmin):
    """Credit lines, a publication each; an empty one stands for the house's own."""

    form = TemplateForm
    fields = ["publication", *FIELDS]
    autocomplete_fields = ["publication"]
    list_display = ["publication", "lines_of_their_own"]
    list_select_related = ["publication"]
    list_per_page = 50
    search_fields = ["publication__name"]
    actions = None
    change_form_template = "admin/licensing/attributiontemplate/change_form.html"

    def get_readonly_fields(self, request, obj=None):
        return ["publication"] if obj else []

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        context["placeholders"] = [
            (f"{{{name}}}", meaning) for name, meaning in PLACEHOLDERS.items()
        ]
        context["credits"] = _credits(form, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=gettext_lazy("lines of their own"))
    def lines_of_their_own(self, template):
        own = [
            str(AttributionTemplate._meta.get_field(name).verbose_name)
            for name in FIELDS
            if getattr(template, name)
        ]
        return ", ".join(own) or _("None: the house's lines stand.")


def _credits(form: forms.ModelForm, obj: AttributionTemplate | None) -> list[tuple[str, str]]:
    """What a copy would say, in each form, of a text that we carry."""
    typed = getattr(form, "cleaned_data", None) or {}
    template = AttributionTemplate(
        **{field: typed.get(field, getattr(obj, field, "")) for field in FIELDS}
    )
    publication = obj.publication if obj else typed.get("publication")
    rule, work = rule_for(template), _work(publication)
    return [(label, rule.build(work, form, variant)) for label, form, variant in SHOWN]


def _work(publication: Publication | None) -> Work:
    """A text as it might be: by nobody in particular, first published by ``publication``."""
    house = Publication.objects.filter(is_house=True).first()
    source = publication if publication and not publication.is_house else None
    name = str(house) if house else _("Our review")
    return Work(
        headline=_("A Headline as an Example"),
        url="https://newsroom.example/articles/example/",
        house=name,
        authors=(Author("Jane Doe"),),
        source=source.name if source else "",
        source_url=source.url if source else "",
        original_url="https://elsewhere.example/example" if source else "",
        holders=("Jane Doe", source.name if source else name),
        year=2024,
        published=date(2024, 3, 1),
        language=_("English"),
    )
