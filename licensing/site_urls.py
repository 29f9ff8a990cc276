"""The addresses of rights that are read in the reader's own language; a contract
(docs/architecture.md). The others are the same in every language and stand in ``urls.py``.
"""

from django.urls import path

from licensing.views import complaints, pages, permissions

app_name = "rights"

urlpatterns = [
    path("rights/", pages.RightsPolicyView.as_view(), name="rights_policy"),
    path("rights/terms/<slug:slug>/", pages.TermsView.as_view(), name="terms_detail"),
    path("permissions/new/", permissions.PermissionNewView.as_view(), name="permission_new"),
    path("complaints/new/", complaints.ComplaintNewView.as_view(), name="complaint_new"),
]
