"""The desk of partners: who has a feed of its own, for which use, and what it was given by it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.choosers import is_key
from cms.desks.admin import DeskMixin
from licensing.actions import partners as actions
from licensing.admin.cases import CaseMixin
from licensing.models import Partner
from licensing.partners import tokens
from licensing.partners.formats import FORMATS
from licensing.rights.vocabulary import Use
from licensing.wording import use_name

# So many of what it was given last are shown.
SHOWN = 25


class PartnerForm(forms.ModelForm):
    """An address that is written otherwise is still the same licensee."""

    def clean_email(self):
        email = self.cleaned_data["email"]
        others = Partner.objects.filter(licensee_key=email.casefold()).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("A partner has this address already."))
        return email


@admin.register(Partner)
class PartnerAdmin(CaseMixin, DeskMixin):
    """Partners stay on record; their addresses come and go."""

    form = PartnerForm
    fields = ["outlet", "name", "email", "use", "licences_only", "language"]
    list_display = ["outlet", "use_shown", "state", "last_seen"]
    search_fields = ["outlet", "name", "email"]
    search_help_text = gettext_lazy("Outlet, name, e-mail.")
    sortable_by = ()
    actions = None
    change_form_template = "admin/licensing/partner/change_form.html"

    class Media:
        css = {"all": ["newsroom/requests.css"]}

    def get_urls(self):
        return [
            self.case_path("new-address/", self.new_address_view, "new_address"),
            self.case_path("switch-off/", self.switch_off_view, "switch_off"),
            *super().get_urls(),
        ]

    # --- who may what ---

    def get_object(self, request, object_id, from_field=None):
        """A made-up key is the key of no row."""
        return super().get_object(request, object_id, from_field) if is_key(object_id) else None

    # --- the list ---

    @admin.display(description=gettext_lazy("use"))
    def use_shown(self, partner):
        return use_name(Use(partner.use))

    @admin.display(description=gettext_lazy("status"))
    def state(self, partner):
        return state(partner)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Partners"), **(extra_context or {})})

    # --- one partner ---

    def save_model(self, request, obj, form, change):
        actions.enter(obj, by=request.user)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        partner = self.get_object(request, object_id)
        if partner and self.has_view_or_change_permission(request, partner):
            rows = partner.deliveries.select_related("article", "revision", "grant")
            told = {
                "title": partner.outlet,
                "subtitle": None,
                "state": state(partner),
                "deliveries": list(rows[:SHOWN]),
                "may_act": self.has_change_permission(request, partner),
            }
            extra_context = {**told, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, extra_context)

    def new_address_view(self, request, object_id):
        """GET asks, POST makes the address and shows it: this once."""
        partner = self.case(request, object_id, actions.CHANGE)
        title = _("New address")
        if request.method != "POST":
            lead = (
                _("The address that the partner has now ends at once.")
                if partner.is_active
                else _("The partner gets an address for its feed, which is shown to you once.")
            )
            return self.page_of_case(request, partner, "address", title=title, lead=lead)
        token = actions.give_address(partner, by=request.user)
        self.log_change(request, partner, title)
        return self.page_of_case(
            request,
            partner,
            "address",
            title=title,
            lead=_("Send this to the partner. It is shown only now: we keep no copy of it."),
            token=token,
            addresses=[
                (form.name, tokens.address(reverse("licensing:partner_feed", args=[token, ending])))
                for ending, form in FORMATS.items()
            ],
            borne=tokens.address(reverse("licensing:partner_feed_borne", args=["json"])),
        )

    def switch_off_view(self, request, object_id):
        """GET asks, POST ends the address."""
        partner = self.case(request, object_id, actions.CHANGE)
        title = _("Switch off")
        if request.method != "POST":
            lead = _("The feed answers nobody any more, until you make a new address.")
            return self.page_of_case(request, partner, "address", title=title, lead=lead)
        actions.switch_off(partner, by=request.user)
        self.log_change(request, partner, title)
        messages.success(request, _("The feed of %s is switched off.") % partner)
        return HttpResponseRedirect(partner.get_admin_url())


def state(partner: Partner) -> str:
    """Whether its feed answers."""
    if partner.is_active:
        return _("Active")
    return _("Switched off") if partner.switched_off_at else _("Without an address")
