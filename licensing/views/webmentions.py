"""The door for webmentions (W3C Recommendation, 2017): another page says that it links here.

It is said in a moment whether it makes sense, and looked at later: 202. Of articles that are not
public nothing is told; they are as unknown as those that never were.
"""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from articles.addresses import absolute
from articles.models import Article
from articles.views.moves import moved
from cms.limits import limits as counted
from licensing import limits
from licensing.actions.webmentions import receive
from licensing.copies import addresses

LONGEST = 2000
PAGE = "articles:article_detail"


@method_decorator(csrf_exempt, name="dispatch")
class WebmentionView(View):
    """``/webmention/``: ``source`` and ``target``, as a form is sent."""

    http_method_names = ["post", "options"]

    def post(self, request):
        source = request.POST.get("source", "").strip()
        target = request.POST.get("target", "").strip()
        if not (source and target):
            return _said(400, "Send “source” and “target” as a form does.")
        if source == target:
            return _said(400, "“source” and “target” are the same.")
        try:
            host = addresses.host(source)
            addresses.tidy(source)
        except addresses.NoAddress:
            return _said(400, "“source” is not the address of a public page.")
        now = timezone.now()
        article = _article_at(request, target, at=now)
        if article is None:
            return _said(400, "“target” is no article of ours.")
        who = {"address": counted.address_of(request), "host": host}
        try:
            counted.take("webmention", limits.mentioning(), at=now, **who)
        except counted.TooMany as refusal:
            response = _said(429, "Too many for now.")
            response["Retry-After"] = str(int(refusal.wait.total_seconds()))
            return response
        receive(article, source=source, at=now)
        return _said(202, "Thank you. We will look at the page.")


def _article_at(request, target: str, *, at) -> Article | None:
    """The live article whose page ``target`` is, under its slug of now or an earlier one."""
    try:
        parts = urlsplit(target)
        ours = urlsplit(absolute(request, "/"))
        if len(target) > LONGEST or parts.scheme not in ("http", "https"):
            return None
        if parts.netloc.lower() != ours.netloc.lower():
            return None
        match = resolve(parts.path)
    except (Resolver404, ValueError):
        return None
    slug = match.kwargs.get("slug", "")
    if match.view_name != PAGE or "\0" in slug:
        return None
    live = Article.objects.live(at)
    return live.filter(slug=slug).first() or moved(Article, slug, live)


def _said(status: int, words: str) -> HttpResponse:
    response = HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
