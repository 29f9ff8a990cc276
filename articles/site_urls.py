"""The addresses of the site around the articles: in the site's own language as they stand here,
in the others behind the code of the language (``/fr/articles/``).

A contract (docs/architecture.md).
"""

from django.urls import path

from articles.views import (
    archive,
    corrections,
    directories,
    feeds,
    following,
    front,
    headings,
    saved,
    search,
    sharing,
)

app_name = "site"

urlpatterns = [
    path("", front.HomeView.as_view(), name="home"),
    path("articles/", front.ArticleListView.as_view(), name="article_list"),
    path("archive/", archive.ArchiveView.as_view(), name="archive"),
    path("archive/<year:year>/", archive.ArchiveYearView.as_view(), name="archive_year"),
    path(
        "archive/<year:year>/<month:month>/",
        archive.ArchiveMonthView.as_view(),
        name="archive_month",
    ),
    path("corrections/", corrections.CorrectionListView.as_view(), name="correction_list"),
    path("authors/", directories.AuthorListView.as_view(), name="author_list"),
    path("publications/", directories.PublicationListView.as_view(), name="publication_list"),
    path("regions/", directories.RegionListView.as_view(), name="region_list"),
    path("themes/", directories.ThemeListView.as_view(), name="theme_list"),
    path("reports/", directories.ReportListView.as_view(), name="report_list"),
    path("authors/<uslug:slug>/", headings.AuthorView.as_view(), name="author_detail"),
    path(
        "publications/<uslug:slug>/", headings.PublicationView.as_view(), name="publication_detail"
    ),
    path("regions/<uslug:slug>/", headings.RegionView.as_view(), name="region_detail"),
    path("themes/<uslug:slug>/", headings.ThemeView.as_view(), name="theme_detail"),
    path("reports/<uslug:slug>/", headings.ReportView.as_view(), name="report_detail"),
    path("feeds/", feeds.FeedListView.as_view(), name="feed_list"),
    path("follow/", following.FollowView.as_view(), name="follow"),
    path("tags/<uslug:slug>/", headings.TagView.as_view(), name="tag_detail"),
    path("card.png", sharing.SiteCardView.as_view(), name="card"),
    path("search/", search.SearchView.as_view(), name="search"),
    path("saved/", saved.SavedView.as_view(), name="saved"),
]
