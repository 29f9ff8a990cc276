"""The addresses of rights that are the same in every language.

A contract (docs/architecture.md).
"""

from django.urls import path

from licensing.views import (
    complaints,
    counting,
    grants,
    held_copies,
    holders,
    machines,
    pages,
    partners,
    recalls,
    republish,
    requests,
    webmentions,
)

app_name = "licensing"

urlpatterns = [
    path("articles/<uslug:slug>/rights/", pages.ArticleRightsView.as_view(), name="article_rights"),
    path("articles/<uslug:slug>/republish/", republish.RepublishView.as_view(), name="republish"),
    path(
        "articles/<uslug:slug>/republish/preview/",
        republish.RepublishPreviewView.as_view(),
        name="republish_preview",
    ),
    path(
        "articles/<uslug:slug>/republish/<str:name>",
        republish.RepublishFileView.as_view(),
        name="republish_file",
    ),
    path("count/<str:key>.gif", counting.PixelView.as_view(), name="pixel"),
    path("webmention/", webmentions.WebmentionView.as_view(), name="webmention"),
    path("clearances/<str:token>/", holders.ClearanceAnswerView.as_view(), name="clearance_answer"),
    path("complaints/<str:token>/", complaints.ComplaintView.as_view(), name="complaint"),
    path(
        "partners/<str:token>/feed.<str:ending>",
        partners.PartnerFeedView.as_view(),
        name="partner_feed",
    ),
    path(
        "partners/feed.<str:ending>", partners.PartnerFeedView.as_view(), name="partner_feed_borne"
    ),
    path("permissions/<str:token>/", requests.RequestView.as_view(), name="permission"),
    path(
        "permissions/<str:token>/files/<uuid:key>/",
        requests.RequestFileView.as_view(),
        name="request_file",
    ),
    path("permissions/<str:token>/copy/", held_copies.HeldCopyView.as_view(), name="held_copy"),
    path(
        "permissions/<str:token>/copy/preview/",
        held_copies.HeldCopyPreviewView.as_view(),
        name="held_copy_preview",
    ),
    path(
        "permissions/<str:token>/copy/<str:name>",
        held_copies.HeldCopyFileView.as_view(),
        name="held_copy_file",
    ),
    path(
        "permissions/<str:token>/changes/<int:number>/",
        recalls.RecalledCopyView.as_view(),
        name="recalled_copy",
    ),
    path(
        "partners/<str:token>/changes/<int:number>/",
        recalls.RecalledPartnerView.as_view(),
        name="recalled_partner",
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
