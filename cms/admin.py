"""The newsroom's admin site: its name, and its desks in the order of a working day."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms import reference
from cms.panels import panels

# Desks as (heading, models); what is named nowhere comes last under its app.
DESKS = [
    (
        _("Rights desk"),
        [
            "PermissionRequest",
            "Grant",
            "Crosspost",
            "Complaint",
            "OwnNotice",
            "Recall",
            "Partner",
            "CannedAnswer",
        ],
    ),
    (
        _("Newsroom"),
        [
            "Article",
            "Correction",
            "FrontPlace",
            "Image",
            "InDepthReport",
            "Author",
            "Publication",
            "Region",
            "Theme",
            "Tag",
            "ChecklistPoint",
            "Follower",
            "HubPing",
        ],
    ),
    (
        _("Rights"),
        [
            "Clearance",
            "UsageTerms",
            "TermsAssignment",
            "AttributionTemplate",
            "FeeSchedule",
            "GrantRule",
            "LetterWording",
        ],
    ),
    (_("House"), ["SitePolicy"]),
]


class NewsroomAdminSite(admin.AdminSite):
    """The admin as a place of work."""

    site_header = _("Imprimatur")
    site_title = _("Imprimatur newsroom")
    index_title = _("Newsroom")
    site_url = "/"
    empty_value_display = "—"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What is deleted is looked at first, one by one.
        self.disable_action("delete_selected")

    def admin_view(self, view, cacheable=False):  # noqa: FBT002 as Django has it
        """A question with a NUL in it is no question: PostgreSQL would answer it with an error."""

        @wraps(view)
        def asked(request, *args, **kwargs):
            if any("\x00" in value for values in request.GET.lists() for value in values[1]):
                raise BadRequest("NUL in the query")
            return view(request, *args, **kwargs)

        return super().admin_view(asked, cacheable)

    def get_urls(self):
        return [
            path("tour/", self.admin_view(reference.tour), name="tour"),
            path("states/", self.admin_view(reference.states), name="states"),
            *super().get_urls(),
        ]

    def index(self, request, extra_context=None):
        """What waits for whoever looks; below it the desks."""
        now = timezone.now()
        shown = {"panels": panels(request.user, at=now), "now": now}
        return super().index(request, {**shown, **(extra_context or {})})

    def get_app_list(self, request, app_label=None):
        """The desks, in order; a single app's own page stays Django's."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        desks = [
            {
                "name": heading,
                "app_label": f"desk-{place}",
                "app_url": reverse("admin:index", current_app=self.name),
                "has_module_perms": True,
                "models": [models.pop(name) for name in names if name in models],
            }
            for place, (heading, names) in enumerate(DESKS)
        ]
        rest = [
            {**app, "models": [row for row in app["models"] if row["object_name"] in models]}
            for app in apps
        ]
        return [desk for desk in [*desks, *rest] if desk["models"]]
