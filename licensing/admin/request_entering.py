"""Entering a request on somebody's behalf: who told us what, by telephone, letter or in person."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from articles.models import Article
from articles.pages import loaded
from cms.choosers import KeyMultipleChoiceField, KeySelectMultiple, is_key
from licensing.actions import requests
from licensing.admin.request_corrections import LABELS
from licensing.admin.request_questions import QuestionsForm
from licensing.models import PermissionRequest, RequestedArticle
from licensing.permission_choice import Choice
from licensing.permission_forms import LONGEST_KEY, TRAP, DetailsForm, form_key, fresh_key
from licensing.rights.decide import decide
from licensing.rights.questions import ASKABLE
from licensing.rights.vocabulary import Use
from licensing.snapshot import snapshot
from licensing.wording import use_name


class StartForm(forms.Form):
    """What for: which use, which articles. The questions depend on it."""

    use = forms.ChoiceField(
        label=gettext_lazy("What they want to do"), widget=forms.RadioSelect, choices=()
    )
    articles = KeyMultipleChoiceField(
        label=gettext_lazy("Articles"),
        queryset=Article.objects.none(),
        error_messages={"required": gettext_lazy("Name at least one article.")},
    )

    def __init__(self, *args, user, admin_site, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["use"].choices = [(use.value, use_name(use)) for use in ASKABLE]
        self.fields["articles"].queryset = Article.objects.visible_to(user)
        column = RequestedArticle._meta.get_field("article")
        self.fields["articles"].widget = KeySelectMultiple(column, admin_site)
        self.fields["articles"].widget.choices = self.fields["articles"].choices


class EntryForm(QuestionsForm, DetailsForm):
    """All that a request is told, in the words of whoever writes it down."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # No machine sits at the desk, and the outlet may not have been said.
        del self.fields[TRAP]
        self.fields["outlet"].required = False
        for name, label in {**LABELS, "is_exclusive": _("Exclusive")}.items():
            if name in self.fields:
                self.fields[name].label = label
                self.fields[name].help_text = ""
        if "pictures" in self.fields:
            self.fields["pictures"].choices = [
                (picture.value, f"{article.headline}: {picture.name}")
                for article, shown in self.pictures
                for picture in shown
                if picture.is_ours
            ]

    @property
    def ours(self) -> forms.BoundField | None:
        """The pictures that can be asked for, where there are any."""
        return self["pictures"] if "pictures" in self.fields else None


def choices_of(articles, use: Use, *, at) -> list[Choice]:
    """The articles with what is answered about them, for their pictures to be chosen."""
    found = loaded(Article.objects.filter(pk__in=[article.pk for article in articles]))
    return [Choice(article, decide(snapshot(article, at=at), use, at)) for article in found]


class RequestEntryMixin(admin.ModelAdmin):
    """The add page in two steps: what for, then the questions of that use."""

    @method_decorator(never_cache)
    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        start = StartForm(
            data,
            user=request.user,
            admin_site=self.admin_site,
            initial={
                "use": request.GET.get("use"),
                "articles": [key for key in request.GET.getlist("article") if is_key(key)],
            },
        )
        if data is None or not start.is_valid():
            return self._entry_page(request, start, None)
        use = Use(start.cleaned_data["use"])
        choices = choices_of(start.cleaned_data["articles"], use, at=timezone.now())
        if "_enter" not in data:
            return self._entry_page(request, start, EntryForm(use=use, choices=choices))
        form = EntryForm(data, use=use, choices=choices)
        if form.is_valid():
            row = self._entered(request, form, form_key(data.get("key", ""), form))
            if row is not None:
                return HttpResponseRedirect(self.case_url(row))
        return self._entry_page(request, start, form)

    def _entered(self, request, form: EntryForm, key: str) -> PermissionRequest | None:
        """The request; of a form that was sent twice the one that it became."""
        if known := PermissionRequest.objects.filter(form_key=key).first():
            return known
        articles = [
            (choice.article, [picture.key for picture in form.wanted(choice)])
            for choice in form.choices
        ]
        try:
            row = requests.submit(articles=articles, by=request.user, form_key=key, **form.told())
        except (IntegrityError, ValidationError) as fault:
            if known := PermissionRequest.objects.filter(form_key=key).first():
                return known
            form.add_error(None, getattr(fault, "messages", [str(fault)]))
            return None
        self.log_addition(request, row, _("Entered for the requester."))
        messages.success(
            request, _("%(number)s is entered; the requester has a link.") % {"number": row}
        )
        return row

    def _entry_page(self, request, start: StartForm, form: EntryForm | None):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Enter a request"),
            "start": start,
            "form": form,
            "use_name": use_name(form.use) if form else "",
            "key": request.POST.get("key", "")[:LONGEST_KEY] or fresh_key(),
            "media": self.media + start.media,
        }
        template = "admin/licensing/permissionrequest/enter.html"
        return TemplateResponse(request, template, context)
