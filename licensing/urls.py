"""The addresses of rights; a contract (docs/architecture.md)."""

from django.urls import path

from licensing.views import holders, machines, pages

app_name = "licensing"

urlpatterns = [
    path("rights/", pages.RightsPolicyView.as_view(), name="rights_policy"),
    path("rights/terms/<slug:slug>/", pages.TermsView.as_view(), name="terms_detail"),
    path("articles/<uslug:slug>/rights/", pages.ArticleRightsView.as_view(), name="article_rights"),
    path("clearances/<str:token>/", holders.ClearanceAnswerView.as_view(), name="clearance_answer"),
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
