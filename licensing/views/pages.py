"""The readers' doors to rights: of one article, of the house, of one set of terms."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.generic import View

from articles import addresses, credits
from articles.models import Publication
from articles.pages import article_page
from articles.views.editions import ArticleView
from cms.sitepolicy.models import Kind
from cms.sitepolicy.texts import house_texts, versions
from licensing.answers import (
    by_terms,
    main_answers,
    other_answers,
    picture_answers,
    rights_for,
    whom_to_ask,
)
from licensing.applying import facts
from licensing.crediting import credit_lines
from licensing.lineage import lineage
from licensing.models import TermsVersion, UsageTerms
from licensing.rights.vocabulary import Use
from licensing.terms import history, in_use, site_default

SAID_HERE = (
    Kind.CROSSPOST,
    Kind.PRINT_COMMERCIAL,
    Kind.FAIR_USE,
    Kind.DISCLAIMER,
    Kind.MEDIA_CONTACT,
)


class ArticleRightsView(ArticleView):
    """``/articles/<slug>/rights/``: how a text came here, and what may be done with it and why."""

    edition = "licensing:article_rights"

    def answer(self, request, article):
        page = article_page(article)
        rights = rights_for(page)
        url = addresses.absolute(request, article.get_absolute_url())
        context = {
            "article": article,
            "page": page,
            "texts": page.texts,
            "rights": rights,
            "stages": lineage(page, rights),
            "holders": credits.copyright_holders(article),
            "answers": main_answers(rights) + other_answers(rights),
            "asked": whom_to_ask(rights, headline=article.headline, url=url, slug=article.slug),
            "pictures": picture_answers(page, rights),
            "credits": credit_lines(page, rights, url=url),
        }
        return render(request, "licensing/article_rights.html", context)


class RightsPolicyView(View):
    """``/rights/``: the terms of the house, every notice about use, and the wordings before it."""

    def get(self, request):
        language, now = get_language(), timezone.now()
        house = Publication.objects.filter(is_house=True).first()
        default = site_default(at=now)
        context = {
            "texts": house_texts(),
            "house": house,
            "version": default,
            "answers": _answers(default, house),
            "in_use": in_use(at=now),
            "notices": [(kind.label, versions(kind=kind, language=language)) for kind in SAID_HERE],
        }
        return render(request, "licensing/rights_policy.html", context)


class TermsView(View):
    """``/rights/terms/<slug>/``: what terms say; with ``?version=`` what they said before."""

    def get(self, request, slug):
        terms = get_object_or_404(UsageTerms, slug=slug)
        editions = history(terms, at=timezone.now())
        if not editions:
            raise Http404
        wanted = request.GET.get("version")
        shown = next((one for one in editions if wanted in (None, str(one.version.number))), None)
        if shown is None:
            raise Http404
        house = Publication.objects.filter(is_house=True).first()
        context = {
            "texts": house_texts(),
            "terms": terms,
            "shown": shown,
            "editions": editions,
            "answers": _answers(shown.version, house),
        }
        return render(request, "licensing/terms_detail.html", context)


def _answers(version: TermsVersion | None, house: Publication | None) -> list:
    """Use by use what a version says; nothing where there is none."""
    if version is None:
        return []
    rules = facts(version).rules
    contact = house.rights_contact if house else ""
    return [by_terms(use, rules.get(use), contact=contact) for use in Use]
