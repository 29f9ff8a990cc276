"""The doors to a copy: what may be done, on which terms, the copy in every format, how it looks.

GET shows. Whoever takes a copy without a name accepts the terms in its address, and leaves nothing
behind; a name is sent by POST, and becomes a licence.
"""

from typing import NamedTuple

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from articles.models import Publication
from articles.pages import ArticlePage, article_page
from articles.views.editions import ArticleView
from cms.limits import limits as counted
from cms.workflows.actions import MoveNotAllowed
from licensing import consent, kits, limits, republication
from licensing.actions.taking import TermsChanged, take
from licensing.copy_pages import FILES, Places, copy_page, download, looks
from licensing.models import GrantedArticle
from licensing.republication import Offered
from licensing.republish_forms import TakeForm
from licensing.republishing.copy import Copy, Format
from licensing.rights.decide import Decision

TAKE = "take a copy"
# Another site's page, as far as it can be shown without letting it do anything.
LOOKS_ONLY = {
    "default-src": [NONE],
    "img-src": [SELF],
    "style-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-same-origin"],
}
ANSWERS, TERMS, COPY = "answers", "terms", "copy"


class Taken(NamedTuple):
    """What somebody may have in hand: the copy, why, and the licence if there is a name."""

    kit: Copy
    decision: Decision
    granted: GrantedArticle | None = None

    @property
    def number(self) -> str:
        return self.granted.grant.number if self.granted else ""


class CopyOfArticleView(ArticleView):
    """What the pages of a copy share: only of a live article, for nobody to list or keep."""

    edition = "licensing:republish"

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if request.GET or request.method == "POST":
            add_never_cache_headers(response)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def answer(self, request, article):
        page = article_page(article)
        if not article.is_live(page.at):
            # It ended between the two looks at the clock.
            raise Http404
        return self.answered(request, page)

    def answered(self, request, page: ArticlePage):
        raise NotImplementedError

    def offer(self, page: ArticlePage) -> Offered | None:
        """The use that is named, if there is such a one."""
        use = republication.use_named(self.request.GET.get("use", ""))
        return republication.offers(page)[use] if use else None

    def taken(self, page: ArticlePage) -> Taken | None:
        """The copy that the address opens: by a licence, or by terms that were accepted."""
        told = self.request.GET
        if token := told.get("licence"):
            granted = republication.granted_by(token, page.article, at=page.at)
            return self.by_licence(page, granted) if granted else None
        offer = self.offer(page)
        is_open = offer and offer.can_be_taken and not offer.needs_a_name
        if not is_open or told.get("accepted") != offer.key:
            return None
        return self.made(page, offer.decision)

    def by_licence(self, page: ArticlePage, granted: GrantedArticle) -> Taken | None:
        decision = republication.held(page.article, granted.grant, at=page.at)
        return self.made(page, decision, granted)

    def made(self, page, decision: Decision, granted: GrantedArticle | None = None):
        kit = kits.kit_of(page, decision, grant=granted and granted.grant, absolute=self.absolute)
        return Taken(kit, decision, granted) if kit else None

    def back(self, page: ArticlePage):
        """Where the terms are shown that count now."""
        use = self.request.GET.get("use", "")
        return HttpResponseRedirect(republication.page_address(page.article, use=use))

    def places(self, page: ArticlePage) -> Places:
        """The parts of the copy that this address opens."""
        told = {name: self.request.GET.get(name, "") for name in ("use", "accepted", "licence")}
        slug = page.article.slug

        def shown(wanted: Format) -> str:
            address = republication.page_address(page.article, **told, format=wanted.value)
            return f"{address}#copy"

        def part(name: str, *more: str) -> str:
            path = reverse(f"licensing:{name}", args=[slug, *more])
            return f"{path}?{republication.query(**told)}"

        return Places(shown, lambda name: part("republish_file", name), part("republish_preview"))


class RepublishView(CopyOfArticleView):
    """``/articles/<slug>/republish/``: answers, then terms, then the copy."""

    http_method_names = ["get", "head", "post", "options"]

    def post(self, request, slug):
        return self.get(request, slug)

    def answered(self, request, page):
        told = request.GET
        offer = self.offer(page)
        if request.method == "POST":
            return self.take(request, page, offer)
        if taken := self.taken(page):
            return self.copy(request, page, offer, taken)
        if "licence" in told:
            return self.answers(request, page, is_late=True, status=410)
        if offer is None or not offer.can_be_taken:
            is_no = offer and not offer.decision.is_granted
            return self.answers(request, page, asked=offer if is_no else None)
        if "accepted" in told:
            is_changed = bool(told["accepted"]) and not offer.needs_a_name
            status = 409 if is_changed else 422
            return self.terms(
                request, page, offer, is_changed=is_changed, is_missing=True, status=status
            )
        return self.terms(request, page, offer)

    # --- Taking -------------------------------------------------------------------------------

    def take(self, request, page: ArticlePage, offer: Offered | None):
        if offer is None or not offer.can_be_taken:
            return self.answers(request, page, asked=offer, status=409)
        form = TakeForm(request.POST, offer=offer)
        if not form.is_valid():
            return self.terms(request, page, offer, form=form, status=422)
        told = form.told()
        who = {"address": counted.address_of(request), "email": told["email"]}
        try:
            counted.take(TAKE, limits.taking(), at=page.at, **who)
        except counted.TooMany as many:
            said = _("Too much was taken in a short time. Nothing is lost: please try it later.")
            form.add_error(None, said)
            response = self.terms(request, page, offer, form=form, status=429)
            response["Retry-After"] = str(int(many.wait.total_seconds()))
            return response
        try:
            grant = take(page.article, use=offer.use, **told)
        except TermsChanged:
            form.with_new_terms()
            return self.terms(request, page, offer, form=form, is_changed=True, status=409)
        except MoveNotAllowed as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
            return self.terms(request, page, offer, form=form, status=409)
        except ValidationError as fault:
            form.add_error(None, fault)
            return self.terms(request, page, offer, form=form, status=422)
        licence = republication.signed(grant)
        address = republication.page_address(page.article, use=offer.use.value, licence=licence)
        response = HttpResponseRedirect(f"{address}#copy")
        response.status_code = 303
        return response

    # --- Pages --------------------------------------------------------------------------------

    def answers(self, request, page, *, asked=None, is_late=False, status=200):
        """The first step. ``asked``: a use that cannot be taken here."""
        context = {
            "offers": list(republication.offers(page).values()),
            "asked": asked,
            "is_late": is_late,
        }
        return self.shown(request, page, ANSWERS, context, status=status)

    def terms(
        self, request, page, offer, *, form=None, is_changed=False, is_missing=False, status=200
    ):
        """The second step. ``is_changed``: what was accepted counts no longer; ``is_missing``: the
        box was not ticked.
        """
        kit = kits.kit_of(page, offer.decision, absolute=self.absolute)
        if kit is None:
            return self.answers(request, page, asked=offer, status=409)
        preview = reverse("licensing:republish_preview", args=[page.article.slug])
        context = {
            "offer": offer,
            "form": form or TakeForm(offer=offer),
            "is_typed": form is not None,
            "is_changed": is_changed,
            "is_missing": is_missing and not is_changed,
            "kit": kit,
            "preview": f"{preview}?{republication.query(use=offer.use.value, accepted=offer.key)}",
            "privacy": consent.privacy(page.texts),
        }
        return self.shown(request, page, TERMS, context, status=status)

    def copy(self, request, page, offer, taken: Taken):
        """The last step."""
        wanted, places = request.GET.get("format", ""), self.places(page)
        shown = copy_page(taken.kit, taken.decision, wanted=wanted, places=places)
        context = {"copy": shown, "offer": offer, "number": taken.number}
        return self.shown(request, page, COPY, context)

    def shown(self, request, page: ArticlePage, step: str, context: dict, *, status=200):
        article = page.article
        use = request.GET.get("use", "")
        use = use if republication.use_named(use) else ""
        both = {
            "page": page,
            "article": article,
            "texts": page.texts,
            "step": step,
            "steps": _steps(step, republication.page_address(article), use),
            "canonical": self.absolute(article.get_absolute_url()),
            "house": Publication.objects.filter(is_house=True).first(),
            "others": [
                (one, republication.page_address(one, use=use)) for one in page.translations
            ],
        }
        template = f"licensing/republish_{step}.html"
        return render(request, template, both | context, status=status)


def _steps(step: str, address: str, use: str) -> list[tuple[str, str, str]]:
    """The steps: label, whether it is behind, here or ahead, and its address where it is behind."""
    names = [ANSWERS, TERMS, COPY]
    labels = [_("What you may do"), _("Conditions"), _("Your copy")]
    ways = [address, f"{address}?{republication.query(use=use)}" if use else address, ""]
    here = names.index(step)
    found = []
    for place, (label, way) in enumerate(zip(labels, ways, strict=True)):
        state = "behind" if place < here else "here" if place == here else "ahead"
        found.append((label, state, way if state == "behind" else ""))
    return found


class RepublishFileView(CopyOfArticleView):
    """``/articles/<slug>/republish/<name>``: the copy as a file."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, slug, name):
        if name not in FILES:
            raise Http404
        self.format = FILES[name]
        return super().get(request, slug)

    def answered(self, request, page):
        taken = self.taken(page)
        if taken is None:
            return self.back(page)
        response = download(taken.kit, page.article, self.format)
        response["Link"] = f'<{self.absolute(page.article.get_absolute_url())}>; rel="canonical"'
        return response


@method_decorator(xframe_options_sameorigin, name="dispatch")
@method_decorator(csp(LOOKS_ONLY), name="dispatch")
class RepublishPreviewView(CopyOfArticleView):
    """``/articles/<slug>/republish/preview/``: how the copy looks on a plain page."""

    http_method_names = ["get", "head", "options"]

    def answered(self, request, page):
        offer = self.offer(page)
        taken = self.taken(page)
        if taken is None and offer and offer.can_be_taken:
            taken = self.made(page, offer.decision)
        return looks(taken.kit) if taken else self.back(page)
