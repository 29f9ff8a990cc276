"""Entering a copy that somebody of the desk came across."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from cms.choosers import KeySelect, is_key
from cms.text import validate_single_line
from licensing.models import Crosspost, Grant


class _ArticleField(forms.ModelChoiceField):
    """Refuses what is no key before the database is asked."""

    def to_python(self, value):
        if value not in self.empty_values and not is_key(value):
            raise forms.ValidationError(self.error_messages["invalid_choice"])
        return super().to_python(value)


class EntryForm(forms.Form):
    """Which text, at which address, under which licence."""

    article = _ArticleField(
        label=gettext_lazy("Article"),
        queryset=Article.objects.none(),
        help_text=gettext_lazy("The text of which it is a copy."),
    )
    url = forms.URLField(
        label=gettext_lazy("Address of the copy"),
        max_length=500,
        assume_scheme="https",
        validators=[validate_single_line],
        widget=forms.URLInput(attrs={"size": 80}),
        help_text=gettext_lazy("The page on which it stands, as the browser shows its address."),
    )
    outlet = forms.CharField(
        label=gettext_lazy("Outlet"),
        max_length=200,
        required=False,
        validators=[validate_single_line],
        help_text=gettext_lazy("Who publishes there. Left empty, it goes by its host."),
    )
    grant = forms.CharField(
        label=gettext_lazy("Number of the licence"),
        max_length=30,
        required=False,
        validators=[validate_single_line],
        help_text=gettext_lazy("Leave empty where there is none, or none is known."),
    )

    def __init__(self, *args, user, admin_site, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["article"]
        field.queryset = Article.objects.visible_to(user)
        field.widget = KeySelect(Crosspost._meta.get_field("article"), admin_site)
        field.widget.choices = field.choices

    def clean_grant(self):
        number = self.cleaned_data["grant"].strip()
        if not number:
            return None
        grant = Grant.objects.filter(number__iexact=number).first()
        if grant is None:
            raise forms.ValidationError(_("There is no licence of this number."))
        return grant


class AddressForm(forms.Form):
    """The address on a host from which a pixel was fetched."""

    url = forms.URLField(
        label=gettext_lazy("Address of the copy"),
        max_length=500,
        assume_scheme="https",
        validators=[validate_single_line],
        widget=forms.URLInput(attrs={"size": 60}),
    )
