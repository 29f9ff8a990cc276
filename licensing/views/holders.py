"""The door of rights holders: a secret link on which they say yes, say no, or ask."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables
from django.views.generic import View

from articles.models import Publication
from cms.secret_pages import keep_secret
from cms.workflows.actions import MoveNotAllowed
from licensing import asking, links
from licensing.actions import clearances
from licensing.forms import GrantForm, QuestionForm, RefuseForm
from licensing.gate import bears_on
from licensing.models import ClearanceLink, ClearanceStatus
from licensing.rights.conditions import parse
from licensing.rights.vocabulary import Carriage, Use
from licensing.wording import carriage_name, said, use_name
from licensing.workflow import CLEARANCE

MOST_NAMED = 20


class ClearanceAnswerView(View):
    """GET shows what is asked, POST answers; a link that takes no answer says why (410)."""

    http_method_names = ["get", "head", "post", "options"]

    @method_decorator(sensitive_variables("token"))
    def dispatch(self, request, *args, token, **kwargs):
        link = links.find(token)
        if link is None:
            raise Http404
        response = super().dispatch(request, link=link)
        keep_secret(response)
        return response

    def get(self, request, link):
        if not _takes_an_answer(link):
            return self.closed(request, link, status=200 if link.answered_at else 410)
        return self.shown(request, link)

    def post(self, request, link):
        if not _takes_an_answer(link):
            return self.closed(request, link, status=410)
        answer = request.POST.get("answer")
        if answer not in ("grant", "refuse", "ask"):
            return self.shown(request, link, status=400)
        form = self.forms(link, answer, request.POST)[answer]
        if form.is_valid():
            try:
                self.said(link, answer, form)
            except clearances.LinkIsClosed:
                link.refresh_from_db()
                return self.closed(request, link, status=410)
            except MoveNotAllowed as refusal:
                # What the verb changed before it refused is rolled back in the row, not in here.
                link.clearance.refresh_from_db()
                for reason in refusal.reasons:
                    form.add_error(None, reason)
            else:
                return redirect(request.path)
        return self.shown(request, link, **{answer: form}, status=422)

    def said(self, link: ClearanceLink, answer: str, form) -> None:
        """Hands the answer on. Raises MoveNotAllowed."""
        name = form.cleaned_data["name"]
        if answer == "grant":
            seen = form.cleaned_data["seen"]
            clearances.grant_by_link(link, name=name, terms=form.terms(), seen=seen)
        elif answer == "refuse":
            clearances.refuse_by_link(link, name=name, reason=form.cleaned_data["reason"])
        else:
            clearances.ask_by_link(link, name=name, text=form.cleaned_data["text"])

    def forms(self, link: ClearanceLink, answered: str = "", data=None) -> dict:
        """The three answers as forms; the one that was sent holds what was typed."""

        def told(name: str):
            return data if name == answered else None

        return {
            "grant": GrantForm(told("grant"), prefix="grant", clearance=link.clearance),
            "refuse": RefuseForm(told("refuse"), prefix="refuse"),
            "ask": QuestionForm(told("ask"), prefix="ask"),
        }

    def shown(self, request, link, *, status: int = 200, **answered):
        thread = list(link.clearance.messages.select_related("by"))
        context = {
            **self.about(link),
            "forms": self.forms(link) | answered,
            "refused": next(iter(answered.values()), None),
            "thread": thread,
            "is_waiting": bool(thread) and thread[-1].by is None,
        }
        return render(request, "licensing/clearance_answer.html", context, status=status)

    def closed(self, request, link, *, status: int):
        """What was answered, or why nothing can be answered here."""
        clearance = link.clearance
        answers = clearance.events.filter(move__in=["grant", "refuse"], at=link.answered_at)
        event = answers.first() if link.answered_at else None
        later = clearance.events.filter(move="grant", pk__gt=event.pk if event else 0)
        context = {
            **self.about(link),
            "event": event,
            "answer": CLEARANCE.labels[event.to_status] if event else "",
            "is_latest": event is not None and not later.exists(),
            "conditions": [said(entry) for entry in parse(clearance.conditions)],
            "thread": clearance.messages.select_related("by") if event else [],
        }
        return render(request, "licensing/clearance_closed.html", context, status=status)

    def about(self, link: ClearanceLink) -> dict:
        """Who asks whom, for what."""
        clearance = link.clearance
        return {
            "link": link,
            "clearance": clearance,
            "house": Publication.objects.filter(is_house=True).first(),
            "articles": list(bears_on(clearance).newest_first()[:MOST_NAMED])
            if clearance.article_id
            else [],
            "covers": [carriage_name(Carriage(name)) for name in clearance.covers],
            "passes_on": [use_name(Use(name)) for name in clearance.passes_on],
            "bounds": asking.bounds(clearance),
        }


def _takes_an_answer(link: ClearanceLink) -> bool:
    return link.is_open() and link.clearance.status == ClearanceStatus.REQUESTED
