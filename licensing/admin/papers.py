"""The papers of a case and of a licence, for the desks that show them: PDFs, and all as a ZIP."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from articles.printing.typeset import TypesettingError
from cms.choosers import is_key
from licensing import case_export, casefiles
from licensing.models import Grant, PermissionRequest
from licensing.views.grants import (
    LONGEST_NUMBER,
    certificate_response,
    invoice_response,
    not_now,
    paper_response,
)

EXPORT = "licensing.export_permissionrequest"


class PapersMixin(admin.ModelAdmin):
    """Adds the papers of its rows; put it before ModelAdmin in the desk of requests or of grants.

    Requests: ``licensing_permissionrequest_casefile``, ``…_casezip``, ``…_invoice`` (number).
    Grants: ``licensing_grant_certificate``.
    """

    def get_urls(self):
        views = {
            PermissionRequest: {
                "casefile": ("casefile.pdf", self.casefile_view),
                "casezip": ("case.zip", self.casezip_view),
                "invoice": ("invoices/<str:number>.pdf", self.invoice_view),
            },
            Grant: {"certificate": ("certificate.pdf", self.certificate_view)},
        }
        return [
            path(
                f"<path:object_id>/{pattern}",
                self.admin_site.admin_view(never_cache(view)),
                name=f"licensing_{self.opts.model_name}_{name}",
            )
            for name, (pattern, view) in views.get(self.model, {}).items()
        ] + super().get_urls()

    def casefile_view(self, request, object_id):
        """The case on paper. Who took it is kept in the log of the admin."""
        asked = self._row_for(request, object_id, EXPORT)
        try:
            pdf = casefiles.pdf(asked, at=timezone.now())
        except TypesettingError:
            return not_now()
        self.log_change(request, asked, _("Printed the case file."))
        return paper_response(pdf, f"{asked.number}.pdf")

    def casezip_view(self, request, object_id):
        """The case with all that belongs to it. Who took it is kept in the log of the admin."""
        asked = self._row_for(request, object_id, EXPORT)
        try:
            packed = case_export.archive(asked, at=timezone.now())
        except TypesettingError:
            return not_now()
        self.log_change(request, asked, _("Exported the whole case."))
        response = FileResponse(
            packed,
            as_attachment=True,
            filename=f"{asked.number}.zip",
            content_type="application/zip",
        )
        response["Cache-Control"] = "no-store, private"
        return response

    def invoice_view(self, request, object_id, number) -> HttpResponse:
        asked = self._row_for(request, object_id)
        if len(number) > LONGEST_NUMBER or not number.isascii() or not number.isprintable():
            raise Http404
        return invoice_response(get_object_or_404(asked.invoices, number=number))

    def certificate_view(self, request, object_id) -> HttpResponse:
        return certificate_response(self._row_for(request, object_id))

    def _row_for(self, request, object_id, permission: str = ""):
        """The row; 403 before 404: whoever may not look is not told what there is."""
        may = not permission or request.user.has_perm(permission)
        if not (may and self.has_view_permission(request)):
            raise PermissionDenied
        row = self.model.objects.filter(pk=object_id).first() if is_key(object_id) else None
        if row is None:
            raise Http404
        return row
