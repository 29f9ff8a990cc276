"""The doors of rights for machines: the same answers as on the pages, each in its own format."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import is_valid_path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django.views.generic import View

from articles.addresses import AbsoluteMixin
from articles.models import Publication
from articles.pages import article_page
from articles.views.editions import ArticleView
from articles.views.files import A_SHORT_WHILE
from cms.secret_pages import SECRET_BELOW
from cms.sitepolicy.texts import house_texts
from licensing.applying import facts
from licensing.machine_rights import lines, site_rights, stamp
from licensing.models import UsageTerms
from licensing.rights import head, ninjs, odrl, robots_txt, rsl, security_txt, tdmrep
from licensing.rights.statement import Statement
from licensing.rights.wire import json_text
from licensing.statements import statement_of
from licensing.terms import history

# How long the files that speak of every article are kept at most; a change makes new ones at once.
KEPT_SECONDS = 300
# RFC 9116 recommends less than a year; every day brings a new one.
SECURITY_DAYS = 180
SITEMAPS = ("/sitemap.xml", "/news-sitemap.xml")


def answered(content: str | bytes, media_type: str, **headers: str) -> HttpResponse:
    """A file for machines, which may be kept a short while."""
    response = HttpResponse(content, content_type=media_type, headers=headers)
    response["Cache-Control"] = A_SHORT_WHILE
    return response


@method_decorator(conditional_page, name="dispatch")
class SiteFileView(AbsoluteMixin, View):
    """What the files of the site share: an address of the site's own, and its rights."""

    def site(self, at: datetime):
        """What counts where an article says nothing else."""
        texts = house_texts(language=settings.LANGUAGE_CODE)
        return site_rights(absolute=self.absolute, texts=texts, at=at)

    def kept(self, name: str, render: Callable[[], str | bytes]) -> str | bytes:
        """What ``render`` says, worked out once for each address and state of the site."""
        key = f"{name}@{self.absolute('/')}@{stamp(at=timezone.now())}"
        return cache.get_or_set(key, render, KEPT_SECONDS)


class RobotsView(SiteFileView):
    """``/robots.txt``."""

    def get(self, request):
        sitemaps = [self.absolute(path) for path in SITEMAPS if is_valid_path(path)]
        rsl_url = self.absolute(reverse("licensing:license_xml"))
        kept = [f"/{place}/" for place in ("admin", *SECRET_BELOW)]
        return answered(robots_txt.robots_txt(rsl_url, sitemaps, kept), robots_txt.MEDIA_TYPE)


class LicenseXmlView(SiteFileView):
    """``/license.xml``: RSL for the whole site."""

    def get(self, request):
        return answered(self.kept("license.xml", self._render), rsl.MEDIA_TYPE)

    def _render(self) -> bytes:
        now = timezone.now()
        return rsl.license_xml(self.site(now), lines(absolute=self.absolute, at=now))


class TdmRepView(SiteFileView):
    """``/.well-known/tdmrep.json``."""

    def get(self, request):
        return answered(self.kept("tdmrep.json", self._render), tdmrep.WELL_KNOWN_TYPE)

    def _render(self) -> str:
        now = timezone.now()
        entries = tdmrep.well_known(self.site(now), lines(absolute=self.absolute, at=now))
        return json_text(entries)


class TdmPolicyView(SiteFileView):
    """``/rights/tdm-policy.json``: what is offered to whoever wants to mine."""

    def get(self, request):
        policy = tdmrep.tdm_policy(self.site(timezone.now()))
        return answered(json_text(policy), tdmrep.POLICY_TYPE)


class TermsOdrlView(SiteFileView):
    """``/rights/terms/<slug>.odrl.json``: what terms say now."""

    def get(self, request, slug):
        terms, now = get_object_or_404(UsageTerms, slug=slug), timezone.now()
        editions = history(terms, at=now)
        if not editions:
            raise Http404
        said = facts(editions[0].version)
        said = said._replace(url=self.absolute(said.url))
        policy = odrl.terms_policy(said, self.site(now), self.absolute(request.path))
        return answered(json_text(policy), odrl.MEDIA_TYPE)


class SecurityTxtView(SiteFileView):
    """``/.well-known/security.txt``: the house's contact, unless the settings name a better one."""

    def get(self, request):
        house = Publication.objects.filter(is_house=True).first()
        contact = getattr(settings, "SECURITY_CONTACT", "") or (house and house.rights_contact)
        if not contact:
            raise Http404
        today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        try:
            text = security_txt.security_txt(
                [contact],
                today + timedelta(days=SECURITY_DAYS),
                self.absolute(request.path),
                [settings.LANGUAGE_CODE],
            )
        except ValueError:
            raise Http404 from None
        return answered(text, security_txt.MEDIA_TYPE)


@method_decorator(conditional_page, name="dispatch")
class ArticleFileView(ArticleView):
    """What the files about one article share: 404, 410 and 301 like its page, and its headers."""

    media_type = ""

    def answer(self, request, article):
        page = article_page(article)
        statement = statement_of(page, absolute=self.absolute)
        headers = head.headers_without_markup(statement)
        return answered(json_text(self.said(statement)), self.media_type, **headers)

    def said(self, statement: Statement) -> dict:
        """The file itself."""
        raise NotImplementedError


class ArticleOdrlView(ArticleFileView):
    """``/articles/<slug>/rights.odrl.json``."""

    edition = "licensing:article_odrl"
    media_type = odrl.MEDIA_TYPE

    def said(self, statement):
        return odrl.policy(statement)


class ArticleNinjsView(ArticleFileView):
    """``/articles/<slug>/article.ninjs.json``; of a withdrawn article: that it is cancelled."""

    edition = "licensing:article_ninjs"
    media_type = ninjs.MEDIA_TYPE

    def said(self, statement):
        return ninjs.item(statement)

    def gone(self, request, article):
        response = self.cancelled(article.slug, status=410)
        response["Cache-Control"] = "no-cache"
        response["X-Robots-Tag"] = "noindex"
        return response

    def withheld(self, request, article):
        # By the name that was asked for: one that it got since says what it is about.
        return self.as_withheld(self.cancelled(self.kwargs["slug"], status=451))

    def cancelled(self, slug: str, *, status: int):
        """That it is no longer to be shown; its address, and no word of it."""
        url = self.absolute(reverse("articles:article_detail", args=[slug]))
        response = answered(json_text(ninjs.cancelled(url)), self.media_type)
        response.status_code = status
        return response
