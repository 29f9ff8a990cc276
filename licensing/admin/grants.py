"""The desk of licences: read as they were given; revoked, extended, renewed by their moves."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.workflows.actions import MoveNotAllowed, NotYours
from cms.workflows.admin import WorkflowAdminMixin
from cms.workflows.moves import Reasons
from licensing.actions import endings
from licensing.actions import grants as actions
from licensing.admin.cases import CaseMixin
from licensing.admin.grant_calendar import GrantCalendarMixin
from licensing.admin.grant_forms import ExtendForm, RevokeForm
from licensing.admin.grant_list import GrantListMixin, fee_in_words, state
from licensing.admin.papers import PapersMixin
from licensing.admin.request_case import events_in_words, who
from licensing.described import described
from licensing.grant_workflow import GRANT
from licensing.models import Grant, GrantStatus
from licensing.rights.conditions import parse
from licensing.rights.vocabulary import Use
from licensing.wording import said, use_name

EXTENDS = "licensing.issue_grant"
RENEWS = "licensing.decide_permissionrequest"
BY_HAND = ("revoke",)


@admin.register(Grant)
class GrantAdmin(CaseMixin, PapersMixin, GrantCalendarMixin, GrantListMixin, WorkflowAdminMixin):
    """What a licence says never changes; what becomes of it does."""

    workflow = GRANT
    verbs = {"revoke": actions.revoke}
    move_forms = {"revoke": RevokeForm}

    class Media:
        css = {"all": ["newsroom/requests.css", "newsroom/copies.css"]}

    def get_urls(self):
        return [
            self.case_path("extend/", self.extend_view, "extend"),
            self.case_path("renew/", self.renew_view, "renew"),
            *super().get_urls(),
        ]

    # --- who may what ---

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    # --- pages ---

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A licence, to be read."""
        grant = self.case(request, object_id)
        if request.method == "POST":
            raise PermissionDenied
        events = events_in_words(grant, GRANT)
        is_alive = grant.status in (GrantStatus.ACTIVE, GrantStatus.EXPIRED)
        return self.page_of_case(
            request,
            grant,
            "change_form",
            title=_("Licence %(number)s") % {"number": grant},
            use=use_name(Use(grant.use)),
            state=state(grant),
            fee=fee_in_words(grant),
            given=described(grant.given),
            conditions=[said(entry) for entry in parse(grant.conditions)],
            granted=grant.granted.select_related("article", "revision"),
            followed_by=grant.superseded_by.first(),
            renewals=grant.renewals.all(),
            events=events,
            issued_by=who(grant.issued_by, str(grant.rule_version or events[-1]["who"])),
            buttons=self.buttons(request, grant),
            may_extend=grant.status == GrantStatus.ACTIVE
            and grant.valid_until is not None
            and request.user.has_perm(EXTENDS),
            may_renew=is_alive and not grant.erased_at and request.user.has_perm(RENEWS),
        )

    def buttons(self, request, row):
        """What is left to a person."""
        return [one for one in super().buttons(request, row) if one.move.name in BY_HAND]

    def move_view(self, request, object_id, name):
        self.case(request, object_id)
        if name not in BY_HAND:
            raise Http404
        return super().move_view(request, object_id, name)

    def _moved(self, request, row, move, form) -> Reasons:
        try:
            return super()._moved(request, row, move, form)
        except ValidationError as fault:
            return fault.messages

    def extend_view(self, request, object_id):
        """GET asks until when, POST puts a longer licence in its place."""
        grant = self.case(request, object_id, EXTENDS)
        form = ExtendForm(request.POST if request.method == "POST" else None)
        reasons: Reasons = []
        if request.method == "POST" and form.is_valid():
            told = form.cleaned_data
            reasons, longer = _tried(
                lambda: actions.extend(
                    grant, by=request.user, valid_until=told["valid_until"], reason=told["reason"]
                )
            )
            if longer is not None:
                done = _("%(number)s takes its place.") % {"number": longer}
                self.log_change(request, grant, done)
                messages.success(request, done)
                return HttpResponseRedirect(
                    reverse("admin:licensing_grant_change", args=[longer.pk])
                )
        return self.page_of_case(
            request,
            grant,
            "extend",
            409 if reasons else 200,
            form=form,
            reasons=reasons,
            title=_("Extend"),
            lead=_(
                "A new licence with another last day takes its place, free of charge, all else as "
                "it was. For a new fee, renew it instead."
            ),
        )

    def renew_view(self, request, object_id):
        """GET says what follows, POST opens a request that is quoted and granted anew."""
        grant = self.case(request, object_id, RENEWS)
        reasons: Reasons = []
        if request.method == "POST":
            reasons, new = _tried(lambda: endings.renew(grant, by=request.user))
            if new is not None:
                done = _("%(number)s is open: quote or grant it.") % {"number": new}
                self.log_change(request, grant, done)
                messages.success(request, done)
                return HttpResponseRedirect(new.get_admin_url())
        return self.page_of_case(
            request,
            grant,
            "extend",
            409 if reasons else 200,
            form=None,
            reasons=reasons,
            title=_("Renew"),
            lead=_("Opens a new request for the same rights, which you quote or grant anew."),
            is_running=grant.renewals.exists(),
        )


def _tried(act) -> tuple[Reasons, object]:
    """What it made, or why it did not."""
    try:
        return [], act()
    except NotYours as refusal:
        raise PermissionDenied from refusal
    except MoveNotAllowed as refusal:
        return refusal.reasons, None
    except ValidationError as fault:
        return fault.messages, None
