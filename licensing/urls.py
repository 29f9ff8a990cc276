"""The addresses of rights that are the same in every language.

A contract (docs/architecture.md).
"""

from django.urls import path

from licensing.views import grants, holders, machines, pages, requests

app_name = "licensing"

urlpatterns = [
    path("articles/<uslug:slug>/rights/", pages.ArticleRightsView.as_view(), name="article_rights"),
    path("clearances/<str:token>/", holders.ClearanceAnswerView.as_view(), name="clearance_answer"),
    path("permissions/<str:token>/", requests.RequestView.as_view(), name="permission"),
    path(
        "permissions/<str:token>/files/<uuid:key>/",
        requests.RequestFileView.as_view(),
        name="request_file",
    ),
    path(
        "permissions/<str:token>/certificate/<str:number>.pdf",
        grants.HeldCertificateView.as_view(),
        name="grant_certificate",
    ),
    path(
        "permissions/<str:token>/invoices/<str:number>.pdf",
        grants.HeldInvoiceView.as_view(),
        name="invoice_pdf",
    ),
    path("grants/<str:number>/", grants.GrantCheckView.as_view(), name="grant_check"),
    path(
        "grants/<str:number>/certificate.pdf",
        grants.GrantCertificateView.as_view(),
        name="certificate",
    ),
    path("robots.txt", machines.RobotsView.as_view(), name="robots_txt"),
    path("license.xml", machines.LicenseXmlView.as_view(), name="license_xml"),
    path(".well-known/tdmrep.json", machines.TdmRepView.as_view(), name="tdmrep"),
    path(".well-known/security.txt", machines.SecurityTxtView.as_view(), name="security_txt"),
    path("rights/tdm-policy.json", machines.TdmPolicyView.as_view(), name="tdm_policy"),
    path("rights/terms/<slug:slug>.odrl.json", machines.TermsOdrlView.as_view(), name="terms_odrl"),
    path(
        "articles/<uslug:slug>/rights.odrl.json",
        machines.ArticleOdrlView.as_view(),
        name="article_odrl",
    ),
    path(
        "articles/<uslug:slug>/article.ninjs.json",
        machines.ArticleNinjsView.as_view(),
        name="article_ninjs",
    ),
]
