"""The doors of licences: whether one is in force, its certificate, and the bill for it."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from articles.models import Publication
from articles.printing.typeset import TypesettingError
from licensing import certificates, invoices
from licensing.checking import checked
from licensing.models import Grant
from licensing.views.requests import SecretView

LONGEST_NUMBER = 20


@method_decorator(never_cache, name="dispatch")
class GrantCheckView(View):
    """``/grants/<number>/``: the page that the code on a certificate leads to; for anybody."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, number):
        grant = _grant(number)
        if grant.number != number:
            return redirect(grant)
        house = Publication.objects.filter(is_house=True).first()
        context = {"checked": checked(grant, at=timezone.now()), "house": house}
        response = render(request, "licensing/grant_check.html", context)
        response["X-Robots-Tag"] = "noindex"
        return response


@method_decorator(never_cache, name="dispatch")
class GrantCertificateView(PermissionRequiredMixin, View):
    """``/grants/<number>/certificate.pdf``, for those of the house who may see grants."""

    http_method_names = ["get", "head", "options"]
    permission_required = "licensing.view_grant"

    def get(self, request, number):
        return certificate_response(_grant(number))


class HeldCertificateView(SecretView):
    """The certificate for whoever holds the secret link of its request."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, link, number):
        return certificate_response(_of_number(link.permission_request.grants, number))


class HeldInvoiceView(SecretView):
    """A bill or credit note for whoever holds the secret link of its request."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, link, number):
        return invoice_response(_of_number(link.permission_request.invoices, number))


def certificate_response(grant: Grant) -> HttpResponse:
    """The certificate, or in words why there is none."""
    try:
        return paper_response(certificates.pdf(grant), f"{grant.number}.pdf")
    except certificates.NotCertified:
        return _in_words(_("There is no certificate: this licence has not been paid for."), 409)
    except TypesettingError:
        return not_now()


def invoice_response(invoice) -> HttpResponse:
    """The bill, or the request to come back."""
    try:
        return paper_response(invoices.pdf(invoice), f"{invoice.number}.pdf")
    except TypesettingError:
        return not_now()


def paper_response(pdf: bytes, name: str) -> HttpResponse:
    """A PDF that nobody on the way keeps; ``name`` is made of our own numbers."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


def _grant(number: str) -> Grant:
    """By its number, whatever case it was typed in."""
    return _of_number(Grant.objects.select_related("permission_request"), number.upper())


def _of_number(rows, number: str):
    """The row of this number. Raises Http404; a number that no database could hold is of no row."""
    if len(number) > LONGEST_NUMBER or not number.isascii() or not number.isprintable():
        raise Http404
    return get_object_or_404(rows, number=number)


def not_now() -> HttpResponse:
    """What is answered where a paper cannot be printed."""
    response = _in_words(_("This page could not be printed just now. Please try again."), 503)
    response["Retry-After"] = "60"
    return response


def _in_words(words: str, status: int) -> HttpResponse:
    return HttpResponse(
        words,
        content_type="text/plain; charset=utf-8",
        status=status,
        headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"},
    )
