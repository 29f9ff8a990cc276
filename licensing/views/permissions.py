"""The door of those who ask: what they want, what the rules answer already, the questions, a check.

All that was typed travels in the form itself, so that nothing is kept of whoever does not send it.
"""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.generic import View

from articles.models import Publication
from cms.limits.limits import TooMany, address_of, take
from cms.sitepolicy.texts import house_texts
from cms.text import legible
from licensing import consent, limits
from licensing.actions import requests
from licensing.described import described
from licensing.models import PermissionRequest
from licensing.money import formatted
from licensing.permission_choice import MOST_ARTICLES, Selection, search, selection
from licensing.permission_forms import (
    LONGEST_KEY,
    ConsentForm,
    DetailsForm,
    form_key,
    fresh_key,
)
from licensing.quotes import priced
from licensing.rights.particulars import Particulars
from licensing.rights.questions import ASKABLE
from licensing.wording import use_meaning, use_name

ASK = "ask for permission"
SENT_SALT = "licensing.permission-sent"
SENT_FOR = timedelta(days=14)
# What a step of the way is called in an address, and on the page.
ARTICLES, ANSWERS, DETAILS, CHECK, SEND = "articles", "answers", "details", "check", "send"


class PermissionNewView(View):
    """``/permissions/new/``: GET chooses and opens the questions, POST checks and sends them."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request, *args, **kwargs):
        self.at = timezone.now()
        response = super().dispatch(request, *args, **kwargs)
        is_typed = request.method == "POST" or "sent" in request.GET
        patch_cache_control(response, private=True, no_cache=True, no_store=is_typed)
        response["X-Robots-Tag"] = "noindex"
        return response

    # --- Choosing -----------------------------------------------------------------------------

    def get(self, request):
        told = request.GET
        if "sent" in told:
            return self.sent(request, told["sent"])
        chosen = self.selection(told)
        if changed := _changed(told, chosen):
            return changed
        step = told.get("step", "")
        is_complete = bool(chosen.articles and chosen.use and not chosen.strange)
        if told.get("find", "").strip() or step == ARTICLES or not is_complete:
            return self.articles(request, chosen, is_asked=step == ANSWERS)
        if step == DETAILS and len(chosen.ours) == len(chosen.choices):
            form = DetailsForm(use=chosen.use, choices=chosen.choices)
            return self.details(request, chosen, form, key=fresh_key())
        return self.answers(request, chosen)

    def selection(self, told) -> Selection:
        return selection(told.getlist("article"), told.get("use", ""), at=self.at)

    def articles(self, request, chosen: Selection, *, is_asked: bool):
        """The first step; ``is_asked``: somebody wanted to go on from here."""
        find = legible(request.GET.get("find", "")).strip()
        found = search(find, at=self.at) if find else []
        context = {
            "find": find,
            "found": [article for article in found if article.slug not in chosen.slugs],
            "is_known": bool(found),
            "uses": [(use, use_name(use), use_meaning(use)) for use in ASKABLE],
            "is_full": len(chosen.articles) >= MOST_ARTICLES,
            "missing": is_asked and not find,
            "most": MOST_ARTICLES,
        }
        status = 404 if chosen.strange and not find else 200
        return self.shown(request, ARTICLES, chosen, context, status=status)

    def answers(self, request, chosen: Selection, *, status: int = 200):
        """The second step: what the rules answer, before anything is typed."""
        context = {
            "onward": _address([one.article.slug for one in chosen.to_ask], chosen, DETAILS),
            "in_writing": _address([one.article.slug for one in chosen.ours], chosen, DETAILS),
        }
        return self.shown(request, ANSWERS, chosen, context, status=status)

    # --- Asking -------------------------------------------------------------------------------

    def post(self, request):
        told = request.POST
        chosen = self.selection(told)
        step = told.get("step")
        if step not in (DETAILS, CHECK, SEND) or not (chosen.articles and chosen.use):
            return self.articles(request, chosen, is_asked=True)
        if not chosen.ours:
            return self.answers(request, chosen, status=422)
        left = chosen.without_others()
        form = DetailsForm(told, use=left.use, choices=left.choices)
        key = told.get("key", "")[:LONGEST_KEY]
        if chosen.strange or len(left.choices) < len(chosen.choices):
            # What could be asked for an hour ago need not be now; what was typed is kept.
            return self.details(
                request, left, form, key=key, is_back=True, is_less=True, status=422
            )
        if step == DETAILS:
            return self.details(request, chosen, form, key=key, is_back=True)
        if not form.is_valid():
            return self.details(request, chosen, form, key=key, status=422)
        if step == CHECK:
            return self.check(request, chosen, form, key=key)
        return self.send(request, chosen, form, key=key)

    def details(
        self, request, chosen, form, *, key: str, is_back=False, is_less=False, status: int = 200
    ):
        """The third step; ``is_back``: what was typed is shown again, and not complained about.

        ``is_less``: of the articles that were chosen some are gone.
        """
        context = {"form": form, "key": key, "is_back": is_back, "is_less": is_less}
        return self.shown(request, DETAILS, chosen, context, status=status)

    def check(self, request, chosen, form, *, key: str, agreed=None, refused="", status=200):
        """The last step: everything once more, the fee as far as it is known, consent."""
        asked = Particulars(chosen.use, form.cleaned_data["particulars"])
        wanted = [(choice.article, form.wanted(choice)) for choice in chosen.choices]
        context = {
            "form": form,
            "key": key,
            "consent": agreed or ConsentForm(),
            "refused": refused,
            "described": described(asked),
            "who": form.said,
            "wanted": wanted,
            "fee": self.fee(asked, form, wanted),
            "days": settings.ANSWER_PROMISED_DAYS,
        }
        return self.shown(request, CHECK, chosen, context, status=status)

    def fee(self, asked: Particulars, form: DetailsForm, wanted: list) -> str:
        """About what it will cost, where the price list says so by itself; else nothing."""
        told = form.cleaned_data
        found = priced(
            asked,
            requester_kind=told["requester_kind"],
            articles=len(wanted),
            pictures=sum(len(pictures) for _article, pictures in wanted),
            is_exclusive=told["is_exclusive"],
            deadline=told["deadline"],
            at=self.at,
        )
        if found is None or not found.price.is_complete or not found.price.net.amount:
            return ""
        return formatted(found.price.net, settings.LANGUAGE_CODE)

    def send(self, request, chosen: Selection, form: DetailsForm, *, key: str):
        """Once for each form, however often it is sent."""
        agreed = ConsentForm(request.POST)
        if not agreed.is_valid():
            return self.check(request, chosen, form, key=key, agreed=agreed, status=422)
        once = form_key(key, form)
        if known := PermissionRequest.objects.filter(form_key=once).first():
            return _to_sent(known)
        who = {
            "address": address_of(request),
            "email": form.cleaned_data["requester_email"],
        }
        try:
            take(ASK, limits.asking(), at=self.at, **who)
        except TooMany as many:
            said = _("Too much was asked in a short time. Nothing is lost: please send it later.")
            response = self.check(
                request, chosen, form, key=key, agreed=agreed, refused=said, status=429
            )
            response["Retry-After"] = str(int(many.wait.total_seconds()))
            return response
        articles = [
            (choice.article, [picture.key for picture in form.wanted(choice)])
            for choice in chosen.choices
        ]
        try:
            made = requests.submit(articles=articles, form_key=once, at=self.at, **form.told())
        except (IntegrityError, ValidationError) as fault:
            # Of two that were sent at once, one is the request and the other finds it.
            made = PermissionRequest.objects.filter(form_key=once).first()
            if made is None:
                form.add_error(None, getattr(fault, "messages", [str(fault)]))
                return self.details(request, chosen, form, key=key, status=422)
        return _to_sent(made)

    def sent(self, request, signed: str):
        """“Look into your mail”, with the number for whoever has just sent it."""
        try:
            number = signing.loads(signed, salt=SENT_SALT, max_age=SENT_FOR)
        except signing.BadSignature:
            return HttpResponseRedirect(reverse("rights:permission_new"))
        context = {"number": number, "days": settings.ANSWER_PROMISED_DAYS, **_house()}
        return render(request, "licensing/permission_sent.html", context)

    def shown(self, request, step: str, chosen: Selection, context: dict, *, status: int = 200):
        """A step with what they all have."""
        use = chosen.use
        both = {
            "step": step,
            "steps": _steps(step),
            "chosen": chosen,
            "use": use,
            "use_name": use_name(use) if use else "",
            "back": {name: _address(chosen.slugs, chosen, name) for name in (ARTICLES, ANSWERS)},
            **_house(),
        }
        template = f"licensing/permission_{step}.html"
        return render(request, template, both | context, status=status)


def _changed(told, chosen: Selection) -> HttpResponseRedirect | None:
    """Where to look at the articles once one was added or taken away."""
    slugs = chosen.slugs
    if gone := told.get("remove"):
        slugs = [slug for slug in slugs if slug != gone]
    elif new := told.get("add"):
        slugs = list(dict.fromkeys([*slugs, new]))
    else:
        return None
    return HttpResponseRedirect(_address(slugs, chosen, ARTICLES))


def _address(slugs: list[str], chosen: Selection, step: str) -> str:
    query = [("article", slug) for slug in slugs]
    if chosen.use:
        query.append(("use", chosen.use.value))
    return f"{reverse('rights:permission_new')}?{urlencode([*query, ('step', step)])}"


def _to_sent(made: PermissionRequest) -> HttpResponseRedirect:
    signed = signing.dumps(made.number, salt=SENT_SALT)
    response = HttpResponseRedirect(
        f"{reverse('rights:permission_new')}?{urlencode({'sent': signed})}"
    )
    response.status_code = 303
    return response


def _steps(step: str) -> list[tuple[str, str, bool]]:
    """The steps of the way: (name, label, whether it lies behind)."""
    names = [ARTICLES, ANSWERS, DETAILS, CHECK]
    labels = [
        _("Articles and use"),
        _("What our rules say"),
        _("Your request"),
        _("Check and send"),
    ]
    here = names.index(step)
    return [
        (name, label, place < here)
        for place, (name, label) in enumerate(zip(names, labels, strict=True))
    ]


def _house() -> dict:
    texts = house_texts()
    return {
        "texts": texts,
        "house": Publication.objects.filter(is_house=True).first(),
        "privacy": consent.privacy(texts),
        "consent_text": consent.consent(texts),
    }
