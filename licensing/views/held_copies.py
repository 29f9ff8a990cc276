"""The doors to a copy for whoever holds the secret link of its licence: the text once more."""

from csp.decorators import csp
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin

from articles import addresses
from articles.models import Article
from articles.pages import ArticlePage, article_page, load
from licensing import kits, republication
from licensing.copy_pages import FILES, Places, copy_page, download, looks
from licensing.models import Grant, RequestLink
from licensing.republishing.copy import Copy, Format
from licensing.rights.decide import Decision
from licensing.views.republish import LOOKS_ONLY
from licensing.views.requests import SecretView


class HeldCopyView(SecretView):
    """``/permissions/<token>/copy/``: the copy, as its licensee may have it now.

    Of a licence for several articles ``?article=<slug>`` names one.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request, link: RequestLink, **named):
        grant = link.permission_request.grants.first()
        at = timezone.now()
        rows = self.rows = republication.takeable(grant, at=at) if grant else []
        wanted = request.GET.get("article", "")
        row = next((row for row in rows if row.article.slug == wanted), None)
        if row is None and (wanted or not rows):
            raise Http404
        article = load(Article.objects.live(at).filter(pk=(row or rows[0]).article_id))
        if article is None:
            raise Http404
        page = article_page(article, at=at)
        decision = republication.held(article, grant, at=at)
        kit = kits.kit_of(page, decision, grant=grant, absolute=self.absolute)
        if kit is None:
            raise Http404
        return self.answered(page, grant, decision, kit, **named)

    def absolute(self, path: str) -> str:
        return addresses.absolute(self.request, path)

    def answered(self, page: ArticlePage, grant: Grant, decision: Decision, kit: Copy):
        request, token = self.request, self.request.resolver_match.kwargs["token"]
        slug = page.article.slug

        def part(name: str, *more: str, **asked: str) -> str:
            path = reverse(f"licensing:{name}", args=[token, *more])
            return f"{path}?{republication.query(**{'article': slug} | asked)}"

        def shown(wanted: Format) -> str:
            return f"{part('held_copy', format=wanted.value)}#copy"

        places = Places(shown, lambda name: part("held_copy_file", name), part("held_copy_preview"))
        wanted = request.GET.get("format", "")
        context = {
            "article": page.article,
            "page": page,
            "grant": grant,
            "copy": copy_page(kit, decision, wanted=wanted, places=places),
            "back": reverse("licensing:permission", args=[token]),
            "siblings": [
                (row.article, part("held_copy", article=row.article.slug))
                for row in self.rows
                if row.article_id != page.article.pk
            ],
        }
        return render(request, "licensing/permission_copy.html", context)


class HeldCopyFileView(HeldCopyView):
    """``/permissions/<token>/copy/<name>``: the same as a file."""

    def answered(self, page, grant, decision, kit, *, name: str):
        if name not in FILES:
            raise Http404
        return download(kit, page.article, FILES[name])


@method_decorator(xframe_options_sameorigin, name="dispatch")
@method_decorator(csp(LOOKS_ONLY), name="dispatch")
class HeldCopyPreviewView(HeldCopyView):
    """``/permissions/<token>/copy/preview/``: how it looks on a plain page."""

    def answered(self, page, grant, decision, kit):
        return looks(kit)
