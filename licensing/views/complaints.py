"""The doors of rights holders who complain: the form, and the secret page on which they follow it;
and of the other side, which answers there.

Nothing on either page says whether an article is kept back, hidden, or was never there.
"""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.generic import View

from articles import oembed
from articles.addresses import AbsoluteMixin
from articles.models import Article
from cms.limits.limits import TooMany, address_of, take
from cms.secret_pages import keep_secret
from cms.sitepolicy.texts import house_texts
from cms.workflows.actions import MoveNotAllowed
from licensing import complained_of, complaint_links, erasure, limits
from licensing.actions import complaints
from licensing.complaint_forms import ComplaintForm, CounterForm, MessageForm
from licensing.complaint_letters import addresses_of
from licensing.models import Complaint, ComplaintLink, ComplaintStatus, CounterNotice
from licensing.models.complaint import Side
from licensing.papers import in_language_of
from licensing.permission_forms import LONGEST_KEY, fresh_key
from licensing.request_letters import house_of_ours

COMPLAIN = "complain"
SENT_SALT = "licensing.complaint-sent"
SENT_FOR = timedelta(days=14)
# The moves that are an answer, whose reason is told.
ANSWERS = ("uphold", "reject", "close", "restore")


class ComplaintNewView(AbsoluteMixin, View):
    """``/complaints/new/``: GET asks, prefilled by ``?article=<slug>``; POST is heard at once."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request, *args, **kwargs):
        self.at = timezone.now()
        response = super().dispatch(request, *args, **kwargs)
        is_typed = request.method == "POST" or "sent" in request.GET
        patch_cache_control(response, private=True, no_cache=True, no_store=is_typed)
        response["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request):
        if "sent" in request.GET:
            return self.sent(request, request.GET["sent"])
        # A database need not take a zero byte for a word.
        slug = request.GET.get("article", "").replace("\0", "")
        article = Article.objects.live(self.at).filter(slug=slug).only("slug").first()
        start = {"addresses": self.absolute(article.get_absolute_url())} if article else {}
        return self.shown(request, ComplaintForm(initial=start), key=fresh_key())

    def post(self, request):
        form, key = ComplaintForm(request.POST), request.POST.get("key", "")[:LONGEST_KEY]
        if not form.is_valid():
            return self.shown(request, form, key=key, status=422)
        once = form.key(key)
        if known := Complaint.objects.filter(form_key=once).first():
            return _to_sent(known)
        who = {"address": address_of(request), "email": form.cleaned_data["email"]}
        try:
            take(COMPLAIN, limits.complaining(), at=self.at, **who)
        except TooMany as many:
            said = _("Too much was sent in a short time. Nothing is lost: please send it later.")
            form.add_error(None, said)
            response = self.shown(request, form, key=key, status=429)
            response["Retry-After"] = str(int(many.wait.total_seconds()))
            return response
        typed = form.cleaned_data["addresses"]
        found = complained_of.meant(typed, hosts=oembed.hosts(request), at=self.at)
        try:
            made = complaints.submit(
                articles=found.articles,
                pictures=found.pictures,
                form_key=once,
                at=self.at,
                **form.told(),
            )
        except (IntegrityError, ValidationError) as fault:
            # Of two that were sent at once, one is the complaint and the other finds it.
            made = Complaint.objects.filter(form_key=once).first()
            if made is None:
                form.add_error(None, getattr(fault, "messages", [str(fault)]))
                return self.shown(request, form, key=key, status=422)
        return _to_sent(made)

    def shown(self, request, form: ComplaintForm, *, key: str, status: int = 200):
        context = {"form": form, "key": key, "days": settings.ANSWER_PROMISED_DAYS, **_house()}
        context["kept"] = erasure.complaint_kept_for()
        return render(request, "licensing/complaint_new.html", context, status=status)

    def sent(self, request, signed: str):
        """“We have it”, with the number for whoever has just sent it."""
        try:
            number = signing.loads(signed, salt=SENT_SALT, max_age=SENT_FOR)
        except signing.BadSignature:
            return HttpResponseRedirect(reverse("rights:complaint_new"))
        context = {"number": number, "days": settings.ANSWER_PROMISED_DAYS, **_house()}
        return render(request, "licensing/complaint_sent.html", context)


class ComplaintView(View):
    """``/complaints/<token>/``: GET shows how far it is; POST writes, or answers."""

    http_method_names = ["get", "head", "post", "options"]

    @method_decorator(sensitive_variables("token"))
    def dispatch(self, request, *args, token, **kwargs):
        link = complaint_links.find(token)
        if link is None:
            raise Http404
        with in_language_of(link.complaint) as language:
            if link.is_open():
                response = super().dispatch(request, link=link)
            else:
                response = render(request, "licensing/complaint_closed.html", _house(), status=410)
        response["Content-Language"] = language
        keep_secret(response)
        return response

    def get(self, request, link):
        return self.shown(request, link)

    def post(self, request, link):
        act = request.POST.get("act", "")
        form = self.forms(link, sent={act: request.POST}).get(act)
        if form is None:
            return self.shown(request, link, is_late=act in ("write", "counter"), status=409)
        if form.is_valid():
            try:
                if act == "counter":
                    complaints.counter_by_link(link, **form.cleaned_data)
                else:
                    complaints.message(link.complaint, text=form.cleaned_data["text"])
            except MoveNotAllowed as refusal:
                link.complaint.refresh_from_db()
                for reason in refusal.reasons:
                    form.add_error(None, reason)
            else:
                return redirect(f"{request.path}?done=1")
        return self.shown(request, link, refused={act: form}, status=422)

    def forms(self, link: ComplaintLink, *, sent=None) -> dict:
        """What can be done here by whoever holds the link."""
        sent, complaint = sent or {}, link.complaint
        if link.side == Side.COMPLAINANT:
            return {"write": MessageForm(sent.get("write"))}
        if complaint.status == ComplaintStatus.UPHELD:
            return {"counter": CounterForm(sent.get("counter"))}
        return {}

    def shown(self, request, link, *, refused=None, is_late: bool = False, status: int = 200):
        complaint, refused = link.complaint, refused or {}
        is_complainant = link.side == Side.COMPLAINANT
        answer = complaint.events.filter(move__in=ANSWERS).order_by("-number").first()
        context = {
            "link": link,
            "complaint": complaint,
            "headline": _headline(complaint),
            "is_complainant": is_complainant,
            "lines": addresses_of(complaint),
            "answer": answer if is_complainant else None,
            "counter_notices": _counter_notices(link),
            "thread": complaint.messages.all() if is_complainant else [],
            "forms": self.forms(link) | refused,
            "refused": next(iter(refused.values()), None),
            "is_late": is_late,
            "is_done": "done" in request.GET,
            **_house(),
        }
        return render(request, "licensing/complaint.html", context, status=status)


def _counter_notices(link: ComplaintLink) -> QuerySet[CounterNotice]:
    """To the other side only those since it was upheld last: before, it may have been others."""
    complaint, rows = link.complaint, link.complaint.counter_notices.all()
    if link.side == Side.COMPLAINANT:
        return rows
    if complaint.withheld_at is None:
        return rows.none()
    return rows.filter(filed_at__gte=complaint.withheld_at)


def _headline(complaint: Complaint) -> str:
    """How far it is, in one line."""
    if complaint.status == ComplaintStatus.CLOSED:
        return _("It is withheld") if complaint.is_withholding else _("It is closed")
    return {
        ComplaintStatus.RECEIVED: _("We have your notice"),
        ComplaintStatus.ACKNOWLEDGED: _("We are looking at your notice"),
        ComplaintStatus.UPHELD: _("It is withheld"),
        ComplaintStatus.REJECTED: _("We do not follow the notice"),
        ComplaintStatus.COUNTER_NOTICE: _("It is withheld; a counter-notice was filed"),
    }[complaint.status]


def _to_sent(made: Complaint) -> HttpResponseRedirect:
    signed = signing.dumps(made.number, salt=SENT_SALT)
    query = urlencode({"sent": signed})
    response = HttpResponseRedirect(f"{reverse('rights:complaint_new')}?{query}")
    response.status_code = 303
    return response


def _house() -> dict:
    return {"texts": house_texts(), "house": house_of_ours()}
