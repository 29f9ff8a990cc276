"""The addresses of articles and of what belongs to one; the same in every language of the site.

What is read in the reader's own language has its addresses in ``site_urls.py``. Both are a
contract (docs/architecture.md).
"""

from django.urls import path

from articles.views import (
    citing,
    corrections,
    editions,
    feeds,
    following,
    maps,
    pictures,
    saved,
    search,
    sharing,
)

app_name = "articles"

HEADINGS = {
    "author": "authors",
    "publication": "publications",
    "region": "regions",
    "theme": "themes",
    "report": "reports",
    "tag": "tags",
}

urlpatterns = [
    path("feed.<feed_format:format>", feeds.FeedView.as_view(), name="feed"),
    path(
        "articles/feed.<feed_format:format>",
        feeds.ArticleListFeedView.as_view(),
        name="article_list_feed",
    ),
    path(
        "corrections/feed.<feed_format:format>",
        corrections.CorrectionListFeedView.as_view(),
        name="correction_list_feed",
    ),
    *(
        path(
            f"{folder}/<uslug:slug>/feed.<feed_format:format>",
            feeds.HeadingFeedView.as_view(kind=kind),
            name=f"{kind}_feed",
        )
        for kind, folder in HEADINGS.items()
    ),
    path("feeds.opml", feeds.OpmlView.as_view(), name="opml"),
    path("opensearch.xml", search.OpenSearchView.as_view(), name="opensearch"),
    path("sitemap.xml", maps.SitemapIndexView.as_view(), name="sitemap"),
    path(
        "sitemap-articles-<year:year>-<month:month>.xml",
        maps.ArticleSitemapView.as_view(),
        name="sitemap_articles",
    ),
    path(
        "sitemap-articles-<year:year>-<month:month>-<int:behind>.xml",
        maps.ArticleSitemapView.as_view(),
        name="sitemap_articles_on",
    ),
    path("sitemap-headings.xml", maps.HeadingSitemapView.as_view(), name="sitemap_headings"),
    path("news-sitemap.xml", maps.NewsSitemapView.as_view(), name="news_sitemap"),
    path("articles/<uslug:slug>/", editions.ArticleDetailView.as_view(), name="article_detail"),
    path("articles/<uslug:slug>/print/", editions.ArticlePrintView.as_view(), name="article_print"),
    path(
        "articles/<uslug:slug>/article.pdf", editions.ArticlePdfView.as_view(), name="article_pdf"
    ),
    path("articles/<uslug:slug>/cite/", citing.ArticleCiteView.as_view(), name="article_cite"),
    path(
        "articles/<uslug:slug>/cite/<str:format>",
        citing.ArticleCitationView.as_view(),
        name="article_citation",
    ),
    path("articles/<uslug:slug>/card.png", sharing.ArticleCardView.as_view(), name="article_card"),
    path("oembed/", sharing.OembedView.as_view(), name="oembed"),
    path("follow/<str:token>/", following.FollowManageView.as_view(), name="follow_manage"),
    path("follow/<str:token>/stop/", following.FollowStopView.as_view(), name="follow_stop"),
    path(
        "pictures/<uuid:key>/<slug:version>/<int:width>.<picture_ending:extension>",
        pictures.PictureView.as_view(),
        name="picture",
    ),
    path("service-worker.js", saved.ServiceWorkerView.as_view(), name="service_worker"),
]
