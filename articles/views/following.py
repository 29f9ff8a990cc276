"""The doors of followers: ask on a public page; confirm, change and stop on a secret one.

No page here sets a cookie. A forged form could ask no more than anybody can ask openly, and the
secret pages are opened by their address alone, which a forger does not have.
"""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.generic import View

from articles.following import actions, headings, links
from articles.following.forms import AskForm, FollowingForm
from articles.following.headings import Heading
from articles.following.limits import asking
from articles.models import Follower
from articles.models.follower import HEADINGS
from cms.limits import limits
from cms.secret_pages import keep_secret
from cms.sitepolicy.texts import house_texts

FOLLOW = "follow by mail"
# Kinds of which the form offers the first so many; authors are followed from their own pages.
OFFERED = ("report", "region", "theme", "publication")
MOST_OFFERED = 80


@method_decorator([csrf_exempt, sensitive_post_parameters()], name="dispatch")
class FollowView(View):
    """``/follow/``: GET shows the form with what the address names ticked, POST sends a link."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request, *args, **kwargs):
        self.at = timezone.now()
        response = super().dispatch(request, *args, **kwargs)
        if request.method == "POST":
            add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request):
        if "sent" in request.GET:
            return render(request, "articles/follow_sent.html", {"texts": house_texts()})
        picked, are_known = _named_by_address(request, at=self.at)
        form = AskForm(at=self.at)
        return self.shown(form, picked, is_unknown=not are_known, status=200 if are_known else 404)

    def post(self, request):
        form = AskForm(request.POST, at=self.at)
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            form.add_error(None, _("This form was sent from another site. Please send it here."))
        if not form.is_valid():
            return self.shown(form, self.picked(form), status=422)
        email = form.cleaned_data["email"]
        try:
            where = limits.address_of(request)
            limits.take(FOLLOW, asking(), at=self.at, address=where, email=email)
        except limits.TooMany as many:
            said = _("Too much was asked in a short time. Please try again later.")
            form.add_error(None, said)
            response = self.shown(form, self.picked(form), status=429)
            response["Retry-After"] = str(int(many.wait.total_seconds()))
            return response
        actions.ask(email, at=self.at, **form.told)
        response = HttpResponseRedirect(f"{reverse('site:follow')}?sent=1")
        response.status_code = 303
        return response

    def picked(self, form: AskForm) -> list[Heading]:
        """What was ticked, as far as it is known."""
        found, _are_known = headings.named(form.data.getlist("what"), at=self.at)
        return found

    def shown(self, form, picked: list[Heading], *, is_unknown=False, status: int = 200):
        """The form, with what was picked first and ticked."""
        context = {
            "form": form,
            "is_unknown": is_unknown,
            "texts": house_texts(),
            **_boxes(picked, picked, at=self.at),
        }
        return render(self.request, "articles/follow.html", context, status=status)


@method_decorator(csrf_exempt, name="dispatch")
class SecretView(View):
    """What the pages behind a follower's secret address share. They speak the follower's language;
    of who has stopped nothing is left to be shown.
    """

    http_method_names = ["get", "head", "post", "options"]

    @method_decorator(sensitive_variables("token"))
    def dispatch(self, request, *args, token, **kwargs):
        self.at = timezone.now()
        follower = links.find(token)
        if follower is None:
            raise Http404
        with translation.override(follower.language):
            if follower.stopped_at:
                response = self.ended(request, status=410)
            else:
                response = super().dispatch(request, follower=follower, token=token)
            response.headers.setdefault("Content-Language", follower.language)
        keep_secret(response)
        return response

    def ended(self, request, *, status: int) -> HttpResponse:
        """Nothing is followed any more."""
        context = {"texts": house_texts()}
        return render(request, "articles/follow_stopped.html", context, status=status)


class FollowManageView(SecretView):
    """``/follow/<token>/``: GET shows what is followed, POST confirms or changes it."""

    def get(self, request, follower: Follower, token: str):
        kept = _followed(follower, at=self.at)
        new, _are_known = _named_by_address(request, at=self.at)
        form = FollowingForm(
            at=self.at,
            kept=kept,
            initial={"frequency": follower.frequency, "language": follower.language},
        )
        new = [heading for heading in new if heading.key not in {row.key for row in kept}]
        return self.shown(form, follower, [*kept, *new], kept, new=new, token=token)

    def post(self, request, follower: Follower, token: str):
        kept = _followed(follower, at=self.at)
        form = FollowingForm(request.POST, at=self.at, kept=kept)
        if not form.is_valid():
            values = request.POST.getlist("what")
            ticked, _are_known = headings.named(values, at=self.at)
            ticked += [row for row in kept if row.value in values and row not in ticked]
            return self.shown(form, follower, kept, ticked, token=token, status=422)
        verb = actions.change if follower.confirmed_at else actions.confirm
        verb(follower, at=self.at, **form.told)
        done = "changed" if follower.confirmed_at else "confirmed"
        response = HttpResponseRedirect(f"{request.path}?done={done}")
        response.status_code = 303
        return response

    def shown(
        self,
        form,
        follower: Follower,
        picked: list[Heading],
        ticked: list[Heading],
        *,
        token: str,
        new: list[Heading] | None = None,
        status: int = 200,
    ):
        """The page, with what is followed ticked, and what was asked for anew ready to be."""
        context = {
            "form": form,
            "follower": follower,
            "token": token,
            "new": new or [],
            "done": self.request.GET.get("done", ""),
            "days": actions.UNCONFIRMED_KEPT.days,
            "texts": house_texts(),
            **_boxes(picked, [*ticked, *(new or [])], at=self.at),
        }
        return render(self.request, "articles/follow_manage.html", context, status=status)


class FollowStopView(SecretView):
    """``/follow/<token>/stop/``: GET asks, POST ends it: the reader's, or a mail program's own
    (RFC 8058), which brings no cookie and follows no redirect.
    """

    def get(self, request, follower: Follower, token: str):
        context = {"follower": follower, "token": token, "texts": house_texts()}
        return render(request, "articles/follow_stop.html", context)

    def post(self, request, follower: Follower, token: str):
        actions.stop(follower, at=self.at)
        return self.ended(request, status=200)


def _named_by_address(request, *, at) -> tuple[list[Heading], bool]:
    """What ``?author=jane-doe&theme=water`` names."""
    values = [f"{kind}:{slug}" for kind in HEADINGS for slug in request.GET.getlist(kind)]
    if "site" in request.GET:
        values.append(headings.SITE)
    return headings.named(values, at=at)


def _followed(follower: Follower, *, at) -> list[Heading]:
    """What ``follower`` follows. A heading that readers no longer know keeps its box, unnamed."""
    keys = [link.key for link in follower.followings.order_by("pk")]
    readable = headings.known(keys, at=at)
    return [readable.get(key) or Heading(key[0], key[1], slug=f"~{key[1]}") for key in keys]


def _boxes(picked: list[Heading], ticked: list[Heading], *, at) -> dict:
    """The boxes of the form: what was picked first, the whole site, then what else there is."""
    known = {heading.key for heading in picked}
    whole = headings.whole_site()
    first = [*picked] if whole.key in known else [*picked, whole]
    offered = headings.offered(OFFERED, at=at, most=MOST_OFFERED)
    ticks = {heading.value for heading in ticked}
    return {
        "boxes": [(heading, heading.value in ticks) for heading in first],
        "groups": [
            (
                headings.PLURALS[kind],
                [(row, row.value in ticks) for row in rows if row.key not in known],
            )
            for kind, rows in offered.items()
        ],
    }
