"""The desk of instant rules: a new version for every saving, and a page to try all of them on."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from articles.pages import loaded
from cms.choosers import is_key
from licensing import instant
from licensing.actions.rules import write_version
from licensing.admin.rule_forms import LEAVES, LIMITS, GrantRuleForm, NumberForm, SampleForm, newest
from licensing.models import GrantRule, RequestedArticle
from licensing.ready_made_rules import READY_MADE_RULES
from licensing.rule_reading import reading, summary
from licensing.snapshot import picture_key


@admin.register(GrantRule)
class GrantRuleAdmin(admin.ModelAdmin):
    """Rules by name; what they said before stays to be read."""

    form = GrantRuleForm
    change_form_template = "admin/licensing/grantrule/change_form.html"
    change_list_template = "admin/licensing/grantrule/change_list.html"
    list_display = ["name", "is_active", "what_it_grants"]
    list_per_page = 50
    search_fields = ["name"]
    actions = None

    class Media:
        css = {"all": ["newsroom/fees.css", "newsroom/rules.css"]}

    def get_urls(self):
        def page(pattern: str, view, name: str):
            return path(
                pattern, self.admin_site.admin_view(view), name=f"licensing_grantrule_{name}"
            )

        return [
            page("test/", self.test_view, "test"),
            page(
                "<path:object_id>/versions/<int:number>/",
                self.version_view,
                "version",
            ),
            *super().get_urls(),
        ]

    # --- who may what ---

    def has_delete_permission(self, request, obj=None):
        """A rule that may have granted something stays on record."""
        return False

    def get_object(self, request, object_id, from_field=None):
        """A made-up key is the key of no row."""
        return super().get_object(request, object_id, from_field) if is_key(object_id) else None

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("versions__rule")

    def get_fieldsets(self, request, obj=None):
        names = (None, {"fields": ["name", "is_active"]})
        if obj and not self.has_change_permission(request, obj):
            return [names]
        return [
            names,
            (
                gettext_lazy("What it grants"),
                {"fields": ["use", "requester_kinds", *LIMITS, *LEAVES]},
            ),
            (gettext_lazy("This version"), {"fields": ["note", "follows"]}),
        ]

    # --- saving ---

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Of two who save at once the second waits, and is then told of the first by the form."""
        try:
            with transaction.atomic():
                if request.method == "POST" and is_key(object_id):
                    GrantRule.objects.select_for_update().filter(pk=object_id).first()
                return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody took the name just now; this time the form sees it.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_changeform_initial_data(self, request):
        """``?start=<slug>`` starts from a ready-made rule."""
        return {"start": request.GET.get("start", "")}

    def save_model(self, request, obj, form, change):
        """Writes the next version where the rule says something new."""
        super().save_model(request, obj, form, change)
        obj.written = None
        if form.says_something_new():
            obj.written = write_version(
                obj, grants=form.grants, by=request.user, note=form.cleaned_data["note"]
            )

    def response_add(self, request, obj, post_url_continue=None):
        return self._answer_saved(request, obj)

    def response_change(self, request, obj):
        return self._answer_saved(request, obj)

    def _answer_saved(self, request, obj):
        if obj.written is None:
            said = _("Saved. The rule says what it said, so there is no new version.")
        elif obj.is_active:
            said = _("Version %d is written and answers from now on.") % obj.written.number
        else:
            said = _("Version %d is written. The rule rests.") % obj.written.number
        messages.success(request, said)
        address = reverse("admin:licensing_grantrule_change", args=[obj.pk])
        return HttpResponseRedirect(address)

    # --- pages ---

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
            "ready_made": READY_MADE_RULES if add else (),
        }
        if obj:
            versions = list(obj.versions.select_related("created_by", "rule"))
            context["versions"] = [(version, summary(version)) for version in versions]
            context["reading"] = reading(versions[0]) if versions else []
            context["may_write"] = self.has_change_permission(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def version_view(self, request, object_id, number):
        """What one version granted."""
        rule = self.get_object(request, object_id)
        if rule is None or not is_key(number):
            raise Http404
        if not self.has_view_permission(request, rule):
            raise PermissionDenied
        version = rule.versions.select_related("created_by", "rule").filter(number=number).first()
        if version is None:
            raise Http404
        return self._page(
            request,
            "version.html",
            title=_("%(rule)s, version %(number)d") % {"rule": rule, "number": number},
            rule=rule,
            version=version,
            is_newest=version == newest(rule),
            reading=reading(version),
        )

    def test_view(self, request):
        """What every rule that does not rest says to a request, and why. Nothing is kept."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        told = request.GET
        by_number = NumberForm(told if "number" in told else None)
        visible = Article.objects.visible_to(request.user)
        sample = SampleForm(told if "use" in told else None, articles=visible)
        now = timezone.now()
        asked, answer = None, None
        if by_number.is_bound and by_number.is_valid():
            asked = by_number.cleaned_data["number"]
            if not request.user.has_perm("licensing.view_permissionrequest"):
                raise PermissionDenied
            answer = instant.answer(asked, at=now)
        elif sample.is_bound and sample.is_valid():
            answer = instant.answer_to_sample(sample.sample(), [_requested(sample)], at=now)
        return self._page(
            request,
            "test.html",
            title=_("Try the instant rules"),
            by_number=by_number,
            sample=sample,
            asked=asked,
            answer=answer,
            media=self.media + sample.media,
        )

    def _page(self, request, template, **context):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            **context,
        }
        return TemplateResponse(request, f"admin/licensing/grantrule/{template}", context)

    # --- the list ---

    @admin.display(description=gettext_lazy("what it grants"))
    def what_it_grants(self, rule):
        versions = sorted(rule.versions.all(), key=lambda one: -one.number)
        return summary(versions[0]) if versions else _("No version yet")


def _requested(form: SampleForm) -> RequestedArticle:
    article = loaded(Article.objects.filter(pk=form.cleaned_data["article"].pk)).get()
    taken = article.pictures() if form.cleaned_data["with_pictures"] else []
    return RequestedArticle(article=article, pictures=[picture_key(one) for one in taken])
