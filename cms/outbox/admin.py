"""The administrator's view of mail: what was promised, what became of it, and once more.

Bodies hold secret links, so nobody else sees them, whatever permissions they were given. HTML is
never shown: the text says the same.
"""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from post_office.models import Attachment, Email, EmailTemplate, Log

from cms.outbox.actions import resend


class OnlyTheAdministrator:
    """Seen by superusers, changed by nobody."""

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class LogInline(OnlyTheAdministrator, admin.TabularInline):
    """What the mail server answered when it did not take the mail."""

    model = Log
    fields = readonly_fields = ["date", "exception_type", "message"]


# Templates are files here, and mail carries no attachments; the stock page of a mail shows HTML.
for model in (Email, EmailTemplate, Attachment, Log):
    admin.site.unregister(model)


@admin.register(Email)
class EmailAdmin(OnlyTheAdministrator, admin.ModelAdmin):
    """Every mail of the last 90 days."""

    list_display = ["subject", "recipient", "status", "created", "last_updated", "scheduled_time"]
    list_filter = ["status", "created"]
    search_fields = ["to", "subject"]
    ordering = ["-pk"]
    list_per_page = 50
    show_full_result_count = False
    fields = readonly_fields = [
        "subject",
        "recipient",
        "from_email",
        "status",
        "purpose",
        "created",
        "last_updated",
        "scheduled_time",
        "number_of_retries",
        "message_id",
        "message",
    ]
    inlines = [LogInline]
    actions = ["send_again"]
    # Not post_office's own, which is found by its name and has buttons for pages that are gone.
    change_form_template = "admin/change_form.html"

    @admin.display(description=_("to"), ordering="to")
    def recipient(self, email):
        return ", ".join(email.to)

    @admin.display(description=_("what it is"))
    def purpose(self, email):
        return email.promise.template if hasattr(email, "promise") else None

    @admin.action(description=_("Send again"), permissions=["view"])
    def send_again(self, request, queryset):
        """Sent or given up: back into the queue, under the same Message-ID."""
        queued = [email for email in queryset if resend(email)]
        for email in queued:
            self.log_change(request, email, "Queued again.")
        said = ngettext("%d mail is queued again.", "%d mails are queued again.", len(queued))
        self.message_user(request, said % len(queued), messages.SUCCESS)
