"""The desk of copies: where our texts stand elsewhere, whether they are in order, what to do."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from cms.choosers import is_key
from cms.workflows.actions import NotYours
from licensing.actions import crossposts
from licensing.admin.cases import CaseMixin
from licensing.admin.crosspost_case import case_of
from licensing.admin.crosspost_forms import EntryForm
from licensing.admin.crosspost_list import CrosspostListMixin, next_look_in_words, state
from licensing.admin.crosspost_looks import LooksMixin
from licensing.admin.crosspost_sightings import SightingsMixin
from licensing.crosspost_workflow import CHANGE, CROSSPOST
from licensing.models import Crosspost, Grant

# What a look says nobody says by hand.
BY_HAND = ("resolve", "mark_gone")


@admin.register(Crosspost)
class CrosspostAdmin(CaseMixin, SightingsMixin, LooksMixin, CrosspostListMixin):
    """A copy is entered, looked at, settled; it is never edited and never deleted."""

    workflow = CROSSPOST
    verbs = {"resolve": crossposts.resolve, "mark_gone": crossposts.mark_gone}
    bulk_moves = BY_HAND

    class Media:
        css = {"all": ["newsroom/requests.css", "newsroom/copies.css"]}

    # --- the case ---

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A copy, to be read."""
        row = self.case(request, object_id)
        if request.method == "POST":
            raise PermissionDenied
        now = timezone.now()
        is_waiting = row.next_check_at is not None and row.next_check_at <= now
        return self.page_of_case(
            request,
            row,
            "case",
            title=row.outlet or row.host,
            state=state(row),
            next_look=next_look_in_words(row),
            case=case_of(row),
            buttons=self.buttons(request, row),
            may_look=request.user.has_perm(CHANGE) and not is_waiting,
            notice_url=_notice_url(request, row),
            is_live=row.article.is_live(now),
        )

    def buttons(self, request, row):
        """What is left to a person."""
        return [one for one in super().buttons(request, row) if one.move.name in BY_HAND]

    def move_view(self, request, object_id, name):
        self.case(request, object_id)
        if name not in BY_HAND:
            raise Http404
        return super().move_view(request, object_id, name)

    # --- entering ---

    def add_view(self, request, form_url="", extra_context=None):
        """GET asks, with what the address says filled in; POST enters."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        told = {"user": request.user, "admin_site": self.admin_site}
        if request.method == "POST":
            form = EntryForm(request.POST, **told)
            if form.is_valid() and (done := self._entered(request, form)):
                return HttpResponseRedirect(done.get_admin_url())
        else:
            form = EntryForm(initial=_start(request), **told)
        return self.page_of_case(request, None, "enter", title=_("Enter a copy"), form=form)

    def _entered(self, request, form: EntryForm) -> Crosspost | None:
        try:
            copy, is_new = crossposts.enter(by=request.user, **form.cleaned_data)
        except NotYours as refusal:
            raise PermissionDenied from refusal
        except ValidationError as fault:
            for name, faults in fault.message_dict.items():
                form.add_error(name if name in form.fields else None, faults)
            return None
        self.told_of(request, copy, is_new=is_new)
        return copy

    def told_of(self, request, copy: Crosspost, *, is_new: bool) -> None:
        """Says whether it was known before."""
        if is_new:
            self.log_addition(request, copy, _("Entered."))
            messages.success(request, _("The copy is on the register. The clock looks at it."))
        else:
            messages.info(request, _("This copy was known already: here it is."))


def _start(request) -> dict:
    """What a link filled in: ``?article=<key>&grant=<number>``."""
    article, number = request.GET.get("article", ""), request.GET.get("grant", "")
    rows = Article.objects.visible_to(request.user)
    found = rows.filter(pk=article).first() if is_key(article) else None
    grant = Grant.objects.filter(number=number).first() if number else None
    return {
        "article": found.pk if found else None,
        "grant": grant.number if grant else "",
        "outlet": grant.licensee_outlet if grant else "",
    }


def _notice_url(request, row: Crosspost) -> str:
    """Where a notice to the outlet is written, for those who may."""
    if not request.user.has_perm("licensing.add_ownnotice"):
        return ""
    return f"{reverse('admin:licensing_ownnotice_add')}?crosspost={row.pk}"
