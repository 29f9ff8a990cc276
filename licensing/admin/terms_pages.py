"""The pages around usage terms: each version, what it changed, and the articles under them."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from cms.choosers import is_key
from licensing.admin.terms_rules import RuleTable, house_contact
from licensing.models import TermsVersion, UsageTerms
from licensing.rights.usage import rules_from_json
from licensing.standing import articles_under
from licensing.terms_history import changes, changes_of_text, fates, licence_name

ON_A_PAGE = 100
# Beyond this many a page does not count, it says “more than”.
MOST_COUNTED = 1000


class TermsPagesMixin(admin.ModelAdmin):
    """Adds the read-only pages of terms; each asks who may see terms."""

    def get_urls(self):
        def page(pattern: str, view, name: str):
            return path(
                f"<path:object_id>/{pattern}",
                self.admin_site.admin_view(view),
                name=f"licensing_usageterms_{name}",
            )

        return [
            page("versions/<int:number>/", self.version_view, "version"),
            page("versions/<int:older>/<int:newer>/", self.comparison_view, "comparison"),
            page("articles/", self.articles_view, "articles"),
            *super().get_urls(),
        ]

    def record_of(self, terms: UsageTerms) -> dict:
        """What the page of terms says about their versions and where they count."""
        found = fates(terms.versions.select_related("created_by"), at=timezone.now())
        before = [fate.version for fate in found[1:]] + [None]
        counted = articles_under(terms).order_by()[: MOST_COUNTED + 1].count()
        return {
            "versions": list(zip(found, before, strict=True)),
            "reading": self._reading(found[0].version) if found else None,
            "counted": min(counted, MOST_COUNTED),
            "is_more": counted > MOST_COUNTED,
            "places": terms.assignments.select_related("article", "report", "publication"),
        }

    def version_view(self, request, object_id, number):
        """What one version said."""
        terms = self._terms(request, object_id)
        version = self._version(terms, number)
        title = _("%(terms)s, version %(number)d") % {"terms": terms, "number": number}
        fate = next(
            fate
            for fate in fates(terms.versions.all(), at=timezone.now())
            if fate.version.number == number
        )
        return self._answer(
            request, "version.html", terms, title, fate=fate, reading=self._reading(version)
        )

    def comparison_view(self, request, object_id, older, newer):
        """Two versions side by side: which use changed from what to what sentence."""
        terms = self._terms(request, object_id)
        old, new = self._version(terms, older), self._version(terms, newer)
        title = _("%(terms)s: versions %(old)d and %(new)d") % {
            "terms": terms,
            "old": older,
            "new": newer,
        }
        return self._answer(
            request,
            "comparison.html",
            terms,
            title,
            older=old,
            newer=new,
            changes=changes(old, new, contact=house_contact()),
            texts=changes_of_text(old, new),
        )

    def articles_view(self, request, object_id):
        """The articles that stand under these terms now, as far as one may see them."""
        terms = self._terms(request, object_id)
        visible = Article.objects.visible_to(request.user).values("pk")
        found = articles_under(terms).filter(pk__in=visible).order_by("-updated_at", "-pk")
        page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("p"))
        title = _("Articles under “%(terms)s”") % {"terms": terms}
        return self._answer(request, "articles.html", terms, title, page=page)

    # --- what the pages stand on ---

    def _terms(self, request, object_id) -> UsageTerms:
        terms = UsageTerms.objects.filter(pk=object_id).first() if is_key(object_id) else None
        if terms is None:
            raise Http404
        if not self.has_view_permission(request, terms):
            raise PermissionDenied
        return terms

    def _version(self, terms: UsageTerms, number: int) -> TermsVersion:
        # A number that no database holds is the number of no version.
        found = terms.versions.filter(number=number).first() if is_key(number) else None
        if found is None:
            raise Http404
        return found

    def _reading(self, version: TermsVersion) -> dict:
        """A version as people read it: each use with its sentence, and the text."""
        return {
            "version": version,
            "licence": licence_name(version),
            "table": RuleTable(rules=rules_from_json(version.rules)),
        }

    def _answer(self, request, template, terms, title, **context):
        return TemplateResponse(
            request,
            f"admin/licensing/usageterms/{template}",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "terms": terms,
                "title": title,
                **context,
            },
        )
