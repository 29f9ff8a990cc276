"""The doors to the feeds: of the site, of every listing, and to the lists of feeds."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import View

from articles import narrowing, paging
from articles.addresses import AbsoluteMixin
from articles.feeds import channels, composition, directory, opml
from articles.feeds.channels import HEADINGS, Channel
from articles.feeds.entries import Entry, Feed
from articles.feeds.formats import FORMATS
from articles.feeds.identity import named
from articles.models import Article
from articles.views import files
from articles.views.moves import moved
from articles.websub import hub
from cms.sitepolicy.texts import house_texts
from cms.text import comma

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class FileView(AbsoluteMixin, View):
    """What the files for machines share."""

    def answered(self, content: bytes, media_type: str, *, at: datetime):
        """``content``, or that whoever asks has it; open to scripts of other sites."""
        kept = channels.KEPT_SECONDS
        response = files.answer(self.request, content, media_type, at=at, kept_seconds=kept)
        response["X-Robots-Tag"] = "noindex"
        response["Access-Control-Allow-Origin"] = "*"
        return response


class FeedView(FileView):
    """A page of a channel in one format."""

    def get(self, request, **named_in_address):
        at = timezone.now()
        try:
            channel = self.channel(at=at, **named_in_address)
        except channels.HasMoved as move:
            return HttpResponsePermanentRedirect(move.address)
        ending = named_in_address["format"]
        try:
            page = self.page(channel, before=request.GET.get("before", ""), at=at)
        except paging.AddressIsWrong:
            raise Http404 from None
        if channel.is_heading and not page.articles:
            raise Http404
        feed = self.feed(channel, page, ending, at=at)
        form = FORMATS[ending]
        response = self.answered(form.render(feed), form.media_type, at=at)
        if form.has_a_stylesheet:
            self.show_to_people(response)
        links = {"hub": feed.hub_url, "self": feed.url}
        response["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items() if url)
        return response

    def show_to_people(self, response) -> None:
        """A browser that opens a feed as a page is told that it is XML: by its own name it would
        show the source. The content is the same, so a cache that mixes the two up does no harm.
        """
        patch_vary_headers(response, ["Sec-Fetch-Dest"])
        if self.request.headers.get("Sec-Fetch-Dest") == "document":
            response["Content-Type"] = "application/xml; charset=utf-8"

    def channel(self, *, at: datetime, format: str) -> Channel:
        """The channel that is asked for. Raises Http404, or HasMoved."""
        return channels.site()

    def page(self, channel: Channel, *, before: str, at: datetime) -> paging.Page:
        """What the address asks for. Raises AddressIsWrong."""
        return channels.page(channel, before=before, at=at)

    def entries(self, page: paging.Page, *, at: datetime) -> list[Entry]:
        """What is told on ``page``."""
        return composition.entries(page.articles, at=at, absolute=self.absolute)

    def feed(self, channel: Channel, page: paging.Page, ending: str, *, at: datetime) -> Feed:
        """What the renderers need."""
        texts = house_texts()
        house = texts["masthead"]
        entries = self.entries(page, at=at)
        mourned = channels.withdrawn(channel, at=at) if page.is_first else []
        kept_back = channels.kept_back(channel, at=at) if page.is_first else []
        gone = [
            *composition.gone(mourned, absolute=self.absolute),
            *composition.kept_back(kept_back, absolute=self.absolute),
        ]
        path = channel.feed_path(ending)
        first = self.absolute(with_query(path, channel.query))
        is_told = page.is_first and channel.is_told_to_the_hub

        def page_of(before: str) -> str:
            query = "&".join(filter(None, (channel.query, urlencode({"before": before}))))
            return self.absolute(with_query(path, query)) if before else ""

        return Feed(
            id=named(channel.permanent_name, self.absolute),
            title=_("{site} – {heading}").format(site=house, heading=channel.name)
            if channel.name
            else house,
            description=channel.about or texts["tagline"],
            language=settings.LANGUAGE_CODE,
            publisher=house,
            copyright=_("© {house} and the holders named with each article").format(house=house),
            page_url=self.absolute(with_query(channel.page, channel.query)),
            url=first if page.is_first else page_of(self.request.GET["before"].replace(" ", "+")),
            first_url=first,
            next_url=page_of(page.before),
            hub_url=hub.address() if is_told else "",
            icon_url=self.absolute(static("site/icon.svg")),
            feeds_url=self.absolute(reverse("site:feed_list")),
            stylesheet=static("site/feed.css"),
            what_it_is=_(
                "This is a feed. Copy the address of this page into a feed reader, and what is new "
                "comes to you by itself, without an account and without anybody watching."
            ),
            page_label=_("Read this list on our site"),
            feeds_label=_("All feeds"),
            updated=max((entry.updated for entry in entries), default=NEVER),
            entries=tuple(entries),
            gone=tuple(gone),
        )


class ArticleListFeedView(FeedView):
    """All articles, narrowed by the address as the page of that list is."""

    def channel(self, *, at, format):
        channel = channels.article_list(_("All articles"))
        narrow = narrowing.narrowed(self.request, Article.objects.all(), at=at)
        if narrow.errors:
            raise Http404
        if not narrow.is_narrowed:
            return channel
        asked = {name: self.request.GET[name].strip() for name in sorted(narrow.asked)}
        name = comma().join(chip.label for chip in narrow.chips)
        return channels.narrowed(channel, narrow.articles, urlencode(asked), name=name)


class HeadingFeedView(FeedView):
    """The articles under one heading."""

    kind = ""

    def channel(self, *, at, format, slug):
        model = HEADINGS[self.kind].model
        if heading := model.objects.filter(slug=slug).first():
            return channels.of_heading(self.kind, heading)
        heading = moved(model, slug, model.objects.all())
        if heading and HEADINGS[self.kind].under(heading).live(at).exists():
            address = channels.feed_path(self.kind, format, heading.slug)
            raise channels.HasMoved(address)
        raise Http404


def with_query(path: str, query: str) -> str:
    """``path`` and what is asked of it."""
    return f"{path}?{query}" if query else path


class OpmlView(FileView):
    """``/feeds.opml``: every feed, for a feed reader to take over at once."""

    def get(self, request):
        at = timezone.now()
        house = house_texts()["masthead"]
        groups = directory.groups(at=at)
        content = opml.render(
            groups, title=_("Feeds of {site}").format(site=house), absolute=self.absolute
        )
        return self.answered(content, opml.MEDIA_TYPE, at=at)


class FeedListView(View):
    """``/feeds/``: what a feed is, and where they are."""

    def get(self, request):
        context = {
            "groups": directory.groups(at=timezone.now()),
            "hub": hub.address(),
            "formats": FORMATS,
            "texts": house_texts(),
        }
        return render(request, "articles/feed_list.html", context)
