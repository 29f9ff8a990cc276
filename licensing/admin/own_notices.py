"""The desk of our own notices: composed from what was seen of a copy, sent, and the answer kept."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles import addresses, oembed
from cms.choosers import is_key
from cms.desks.admin import DeskMixin
from cms.desks.filters import YesFilter
from cms.text import validate_name, validate_text
from cms.workflows.actions import MoveNotAllowed, NotYours
from licensing import complained_of, own_notices
from licensing.actions import own_notices as actions
from licensing.admin.cases import CaseMixin
from licensing.models import Crosspost, CrosspostCheck, OwnNotice
from licensing.models.own_notice import LONGEST_NOTICE


class NoticeForm(forms.Form):
    """Which text, where it stands, and what we write about it to whom."""

    article = forms.CharField(
        label=gettext_lazy("Address of our article"),
        max_length=600,
        validators=[validate_text],
        help_text=gettext_lazy("Where readers find it here."),
    )
    url = forms.URLField(
        label=gettext_lazy("Where it stands"),
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("The page of the others that shows our text."),
    )
    sent_to = forms.EmailField(
        label=gettext_lazy("Recipient"),
        required=False,
        help_text=gettext_lazy("Whoever answers for the page: its imprint names an address."),
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=120,
        required=False,
        validators=[validate_name],
        help_text=gettext_lazy("What the letter is headed with."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_NOTICE,
        required=False,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 24, "cols": 80, "dir": "auto"}),
        help_text=gettext_lazy("It is sent as it stands here, and kept word for word."),
    )
    # The look at the page that the text was made from.
    evidence = forms.CharField(required=False, max_length=18, widget=forms.HiddenInput)

    def __init__(self, *args, hosts: frozenset[str], is_sending: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.hosts, self.found = hosts, None
        for name in ("sent_to", "subject", "text"):
            self.fields[name].required = is_sending

    def clean_article(self):
        typed = self.cleaned_data["article"]
        meant = complained_of.meant_by_the_desk(typed, hosts=self.hosts, at=timezone.now())
        if len(meant.articles) != 1:
            raise ValidationError(_("This leads to no article of ours."))
        self.found = meant.articles[0]
        return typed

    def look(self) -> CrosspostCheck | None:
        """The look that the text names."""
        key = self.cleaned_data["evidence"]
        return CrosspostCheck.objects.filter(pk=key).first() if is_key(key) else None


class AnswerForm(forms.Form):
    """What came back."""

    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=LONGEST_NOTICE,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("What came back, word for word."),
    )


class AnsweredFilter(YesFilter):
    """Those that nobody has answered."""

    title = gettext_lazy("answer")
    parameter_name = "waiting"
    label = gettext_lazy("No answer yet")

    def narrowed(self, queryset, request):
        return queryset.filter(answered_at=None)


@admin.register(OwnNotice)
class OwnNoticeAdmin(CaseMixin, DeskMixin):
    """What was sent never changes; the answer is added once."""

    list_display = ["notice", "about", "sent", "answered"]
    list_filter = [AnsweredFilter]
    sortable_by: tuple[str, ...] = ()
    search_numbers = ("number",)
    search_fields = ["number", "url", "sent_to", "article__headline"]
    search_help_text = gettext_lazy("Number, address, e-mail, headline.")
    actions = None

    class Media:
        css = {"all": ["newsroom/requests.css"]}

    def get_queryset(self, request):
        rows = OwnNotice.objects.select_related("article", "crosspost", "evidence", "sent_by")
        return rows.defer("article__body", "evidence__text").order_by("-sent_at", "-pk")

    @admin.display(description=pgettext_lazy("a letter of ours to another site", "Notice"))
    def notice(self, row):
        return format_html("{}<small>{}</small>", row.number, row.subject)

    @admin.display(description=gettext_lazy("Where it stands"))
    def about(self, row):
        return format_html("{}<small>{}</small>", row.url, row.article)

    @admin.display(description=gettext_lazy("Sent"))
    def sent(self, row):
        day = date_format(timezone.localtime(row.sent_at), "SHORT_DATE_FORMAT")
        return format_html("{}<small>{}</small>", day, row.sent_to)

    @admin.display(description=gettext_lazy("Answered"))
    def answered(self, row):
        moment = row.answered_at
        return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT") if moment else "—"

    # --- pages ---

    def get_urls(self):
        return [self.case_path("answer/", self.answer_view, "answer"), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        """GET composes (``?crosspost=<key>`` fills in), POST composes anew or sends."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        hosts = oembed.hosts(request)
        if request.method != "POST":
            start = self._start(request)
            return self._notice_page(request, NoticeForm(hosts=hosts, initial=start))
        is_sending = "_compose" not in request.POST
        form = NoticeForm(request.POST, hosts=hosts, is_sending=is_sending)
        if not form.is_valid():
            return self._notice_page(request, form)
        if not is_sending:
            told = {**form.cleaned_data, **self._composed(request, form)}
            return self._notice_page(request, NoticeForm(hosts=hosts, initial=told))
        told = {name: form.cleaned_data[name] for name in ("url", "sent_to", "subject", "text")}
        try:
            made = actions.send(form.found, by=request.user, evidence=form.look(), **told)
        except NotYours as refusal:
            raise PermissionDenied from refusal
        except MoveNotAllowed as refusal:
            form.add_error(None, refusal.reasons)
        except ValidationError as fault:
            form.add_error(None, fault.messages)
        else:
            done = _("%(number)s is on its way.") % {"number": made}
            self.log_addition(request, made, done)
            messages.success(request, done)
            return HttpResponseRedirect(made.get_admin_url())
        return self._notice_page(request, form)

    def _start(self, request) -> dict:
        key = request.GET.get("crosspost", "")
        copies = Crosspost.objects.select_related("article")
        copy = copies.filter(pk=key).first() if is_key(key) else None
        if copy is None:
            return {}
        evidence = own_notices.evidence_of(copy)
        return {
            "article": addresses.absolute(request, copy.article.get_absolute_url()),
            "url": copy.url,
            "subject": own_notices.subject(copy.article),
            "text": own_notices.text(copy.article, copy.url, by=request.user, evidence=evidence),
            "evidence": evidence.pk if evidence else "",
        }

    def _composed(self, request, form: NoticeForm) -> dict:
        article, url = form.found, form.cleaned_data["url"]
        evidence = own_notices.evidence_of(own_notices.copy_at(article, url))
        return {
            "subject": own_notices.subject(article),
            "text": own_notices.text(article, url, by=request.user, evidence=evidence),
            "evidence": evidence.pk if evidence else "",
        }

    def _notice_page(self, request, form: NoticeForm):
        title = _("Write to whoever uses a text of ours")
        back = self.list_address()
        return self.page_of_case(request, None, "compose", form=form, title=title, row_url=back)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A notice as it went out, with what it rests on."""
        row = self.case(request, object_id)
        if request.method == "POST":
            raise PermissionDenied
        may_answer = row.answered_at is None and request.user.has_perm(actions.ANSWER)
        return self.page_of_case(request, row, "notice", title=str(row), may_answer=may_answer)

    def answer_view(self, request, object_id):
        """GET asks what came back, POST keeps it."""
        row = self.case(request, object_id, actions.ANSWER)
        form = AnswerForm(request.POST if request.method == "POST" else None)
        reasons = []
        if request.method == "POST" and form.is_valid():
            try:
                actions.record_answer(row, by=request.user, **form.cleaned_data)
            except MoveNotAllowed as refusal:
                reasons = refusal.reasons
            else:
                done = _("The answer is on record.")
                self.log_change(request, row, done)
                messages.success(request, done)
                return HttpResponseRedirect(row.get_admin_url())
        status = 409 if reasons else 200
        title = _("Record the answer")
        return self.page_of_case(
            request, row, "answer", status, form=form, reasons=reasons, title=title
        )
