"""The readers' addresses; a contract (docs/architecture.md)."""

from django.urls import path, register_converter

from articles import addresses, views

register_converter(addresses.UnicodeSlugConverter, "uslug")
register_converter(addresses.PictureEndingConverter, "picture_ending")

app_name = "articles"

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("articles/", views.ArticleListView.as_view(), name="article_list"),
    path("articles/<uslug:slug>/", views.ArticleDetailView.as_view(), name="article_detail"),
    path("articles/<uslug:slug>/print/", views.ArticlePrintView.as_view(), name="article_print"),
    path("articles/<uslug:slug>/article.pdf", views.ArticlePdfView.as_view(), name="article_pdf"),
    path("authors/<uslug:slug>/", views.AuthorView.as_view(), name="author_detail"),
    path("publications/<uslug:slug>/", views.PublicationView.as_view(), name="publication_detail"),
    path("regions/<uslug:slug>/", views.RegionView.as_view(), name="region_detail"),
    path("themes/<uslug:slug>/", views.ThemeView.as_view(), name="theme_detail"),
    path("reports/<uslug:slug>/", views.ReportView.as_view(), name="report_detail"),
    path("tags/<uslug:slug>/", views.TagView.as_view(), name="tag_detail"),
    path(
        "pictures/<uuid:key>/<slug:version>/<int:width>.<picture_ending:extension>",
        views.PictureView.as_view(),
        name="picture",
    ),
]
