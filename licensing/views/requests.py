"""The door of requesters: a secret link on which a request is followed, changed and answered."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.generic import View

from articles.models import Publication
from cms.limits import limits as counted
from cms.secret_pages import keep_secret
from cms.text import CONTROL
from cms.workflows.actions import MoveNotAllowed
from licensing import evidence, limits, recall_pages, request_links, request_pages
from licensing.actions import crossposts, requests
from licensing.copies import addresses
from licensing.models import FoundBy, PermissionRequest, RequestLink
from licensing.papers import in_language_of
from licensing.request_forms import (
    ACCEPT,
    ANSWER,
    CONFIRM,
    CORRECT,
    COUNTER,
    DECLARE,
    WITHDRAW,
    WRITE,
    forms_for,
)

# So many copies are told of under one licence.
MOST_COPIES = 500
# What is said once something was done.
DONE = {
    CORRECT: _("Your correction is recorded. The desk has been told."),
    ANSWER: _("Thank you, your answer is with us."),
    COUNTER: _("Your wish is with us. We answer with a new offer."),
    WRITE: _("Your message is with us."),
    DECLARE: _("Thank you. We know now where your copy stands."),
}


class SecretView(View):
    """What all pages behind a secret link share: they speak the language of the letters that bring
    it. A link that has ended answers 410.
    """

    http_method_names = ["get", "head", "post", "options"]

    @method_decorator(sensitive_variables("token"))
    def dispatch(self, request, *args, token, **kwargs):
        link = request_links.find(token)
        if link is None:
            raise Http404
        with in_language_of(link.permission_request) as language:
            # Who was forgotten cannot be told from anybody else.
            if link.is_open() and not link.permission_request.erased_at:
                response = super().dispatch(request, link=link, **kwargs)
            else:
                response = self.closed(request)
        response["Content-Language"] = language
        keep_secret(response)
        return response

    def closed(self, request):
        """The link led somewhere once."""
        house = Publication.objects.filter(is_house=True).first()
        return render(request, "licensing/permission_closed.html", {"house": house}, status=410)


class RequestView(SecretView):
    """``/permissions/<token>/``: GET shows how far it is, POST acts."""

    def get(self, request, link):
        return self.shown(request, link)

    def post(self, request, link):
        act = request.POST.get("act", "")
        if act not in VERBS:
            return self.shown(request, link, status=400)
        row = link.permission_request
        forms = forms_for(row, row.quotes.first(), sent={act: (request.POST, request.FILES)})
        form = forms.get(act)
        if form is None:
            # It stood on a page that was opened before somebody acted.
            typed = CONTROL.sub("", request.POST.get(f"{act}-text", "")).strip()
            if _was_done(row, act, typed):
                return redirect(request.path)
            return self.shown(request, link, typed=typed, is_late=True, status=409)
        if form.is_valid():
            try:
                if act == DECLARE:
                    _count(request, form.cleaned_data["url"])
                VERBS[act](row, form)
            except counted.TooMany as many:
                return self.too_many(request, link, form, many)
            except MoveNotAllowed as refusal:
                _blame(form, refusal.reasons)
            except ValidationError as fault:
                _blame(form, fault.messages)
            else:
                return redirect(f"{request.path}?done={act}" if act in DONE else request.path)
        # What the verb changed before it refused is rolled back in the row, not in here.
        row.refresh_from_db()
        return self.shown(request, link, refused={act: form}, status=422)

    def too_many(self, request, link: RequestLink, form, many: counted.TooMany):
        """What was typed waits in the form."""
        said = gettext(
            "Too many copies were told in a short time. Nothing is lost: please try it later."
        )
        form.add_error(None, said)
        response = self.shown(request, link, refused={DECLARE: form}, status=429)
        response["Retry-After"] = str(int(many.wait.total_seconds()))
        return response

    def shown(
        self,
        request,
        link: RequestLink,
        *,
        refused=None,
        typed: str = "",
        is_late: bool = False,
        status: int = 200,
    ):
        """The page as it stands, with the form that was refused in the place of its own.

        What was ``typed`` for a form that is gone waits in the one for messages.
        """
        row = link.permission_request
        page = request_pages.request_page(row, at=timezone.now())
        forms = forms_for(row, page.quote)
        if typed and WRITE in forms:
            forms[WRITE].initial["text"] = typed
        refused = refused or {}
        token = request.resolver_match.kwargs["token"]
        context = {
            "link": link,
            "page": page,
            "recalled": recall_pages.open_on(row, token),
            "permission_request": row,
            "house": Publication.objects.filter(is_house=True).first(),
            "forms": forms | {act: form for act, form in refused.items() if act in forms},
            "refused": next(iter(refused.values()), None),
            "is_late": is_late,
            "done": DONE.get(request.GET.get("done", "")),
            "token": token,
        }
        return render(request, "licensing/permission_request.html", context, status=status)


class RequestFileView(SecretView):
    """``/permissions/<token>/files/<key>/``: a file that belongs to the request."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, link, key):
        kept = link.permission_request.files.filter(key=key).first()
        if kept is None or not kept.file:
            raise Http404
        try:
            return evidence.download(kept)
        except FileNotFoundError:
            raise Http404 from None


def _was_done(row: PermissionRequest, act: str, typed: str) -> bool:
    """Whether it came twice: by a double click, or a mail program that was too helpful."""
    if typed and not row.messages.filter(by=None, text=typed).exists():
        return False
    theirs = row.events.filter(move__in=VERBS).order_by("-number")
    last = theirs.values_list("move", flat=True).first()
    return last == act or (act == CONFIRM and row.received_at is not None)


def _count(request, url: str) -> None:
    """One more address of a copy, which we shall fetch. Raises TooMany."""
    try:
        host = addresses.host(url)
    except addresses.NoAddress:
        # The verb says so, and nothing is fetched.
        return
    who = {"address": counted.address_of(request), "host": host}
    counted.take("declare a copy", limits.declaring(), at=timezone.now(), **who)


def _blame(form, reasons) -> None:
    for reason in reasons:
        form.add_error(None, reason)


# --- One verb each ----------------------------------------------------------------------------


def _confirm(row: PermissionRequest, form) -> None:
    requests.confirm(row)


def _correct(row: PermissionRequest, form) -> None:
    requests.correct(row, changes=form.changes())


@transaction.atomic
def _answer(row: PermissionRequest, form) -> None:
    requests.answer(row, text=form.cleaned_data["text"], changes=form.changes())
    # Last: what is rolled back leaves no file behind.
    if upload := form.cleaned_data["upload"]:
        requests.send_file(row, upload=upload)


def _accept(row: PermissionRequest, form) -> None:
    requests.accept(row, quote=form.cleaned_data["quote"], changes=form.changes())


def _counter(row: PermissionRequest, form) -> None:
    requests.counter(row, text=form.cleaned_data["text"], changes=form.changes())


def _withdraw(row: PermissionRequest, form) -> None:
    requests.withdraw(row, text=form.cleaned_data["text"])


@transaction.atomic
def _write(row: PermissionRequest, form) -> None:
    if text := form.cleaned_data["text"].strip():
        requests.write(row, text=text)
    if upload := form.cleaned_data["upload"]:
        requests.send_file(row, upload=upload)


def _declare(row: PermissionRequest, form) -> None:
    granted = form.granted
    if granted.grant.crossposts.count() >= MOST_COPIES:
        raise MoveNotAllowed([gettext("That is a lot of copies. Please write to us below.")])
    crossposts.declare(
        granted.article,
        url=form.cleaned_data["url"],
        outlet=row.outlet,
        grant=granted.grant,
        found_by=FoundBy.TAKER,
    )


VERBS: dict[str, Callable] = {
    CONFIRM: _confirm,
    CORRECT: _correct,
    ANSWER: _answer,
    ACCEPT: _accept,
    COUNTER: _counter,
    WITHDRAW: _withdraw,
    WRITE: _write,
    DECLARE: _declare,
}
