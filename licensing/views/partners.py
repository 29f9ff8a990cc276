"""The doors of partners: one feed each, at a secret address or with its token in a header."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from articles import narrowing, paging
from articles.feeds import channels
from articles.feeds.entries import Feed
from articles.feeds.identity import named
from articles.models import Article
from articles.views import files
from articles.views.feeds import NEVER, FeedView, with_query
from cms.limits import limits
from cms.secret_pages import keep_secret
from cms.sitepolicy.texts import house_texts
from licensing.actions.deliveries import OutOfDate
from licensing.limits import guessing
from licensing.models import Partner
from licensing.partners import tokens
from licensing.partners.contents import Asked, Contents, contents
from licensing.partners.formats import FORMATS, Format, Told

# So often a feed is written anew because something was changed under its hand.
MOST_TIMES = 3
GUESSED = "guess a partner's address"
BEARER = "bearer "


class PartnerFeedView(FeedView):
    """``/partners/<token>/feed.<format>``, or ``/partners/feed.<format>`` for a bearer of it.

    It is narrowed as the list of all articles is. Every token that is no partner's answers alike.
    """

    http_method_names = ["get", "head", "options"]

    @method_decorator(sensitive_variables("token"))
    def dispatch(self, request, *args, token: str = "", **kwargs):
        self.at, self.token = timezone.now(), token
        partner = tokens.find(token or _borne(request))
        if partner is None:
            response = self.unknown(request)
        else:
            response = super().dispatch(request, partner=partner, **kwargs)
        keep_secret(response)
        patch_vary_headers(response, ["Authorization"])
        return response

    def unknown(self, request) -> HttpResponse:
        """404; whoever tries many is stopped for a while."""
        try:
            where = limits.address_of(request)
            limits.take(GUESSED, guessing(), at=self.at, address=where)
        except limits.TooMany as many:
            response = HttpResponse(status=429, content_type="text/plain; charset=utf-8")
            response["Retry-After"] = str(int(many.wait.total_seconds()))
            return response
        raise Http404

    def get(self, request, *, partner: Partner, ending: str):
        form = FORMATS.get(ending)
        if form is None:
            raise Http404
        way = "address" if self.token else "header"
        query = request.META.get("QUERY_STRING", "")
        asked_for = f"partner/{partner.pk}/{way}/{ending}?{query}"
        key = hashlib.sha256(asked_for.encode()).hexdigest()
        known = request.headers.get("If-None-Match")
        self.note(partner)
        if known and known == cache.get(key):
            # It was made less than a minute ago, and nothing is handed out by this answer.
            return HttpResponseNotModified(headers={"ETag": known})
        for _time in range(MOST_TIMES):
            try:
                return self.made(request, partner, ending, form, asked_for, key)
            except OutOfDate:
                # Something of it was changed while it was written: it is written anew.
                self.at = timezone.now()
        return HttpResponse(status=503, headers={"Retry-After": "1"})

    def made(self, request, partner: Partner, ending: str, form: Format, asked_for: str, key: str):
        """The feed as it is now. Raises OutOfDate."""
        narrow = narrowing.narrowed(request, Article.objects.all(), at=self.at)
        if narrow.errors:
            raise Http404
        asked = Asked(
            narrow.articles,
            self.at,
            self.absolute,
            before=request.GET.get("before", ""),
            is_narrowed=narrow.is_narrowed,
        )
        try:
            found = contents(partner, asked)
        except paging.AddressIsWrong:
            raise Http404 from None
        query = urlencode(
            {name: request.GET[name].strip() for name in sorted(narrow.asked)}
            if narrow.is_narrowed
            else {}
        )
        feed = self.feed(partner, found, ending, query)
        content = form.render(Told(feed, found, self.absolute))
        response = files.answer(
            request,
            content,
            form.media_type,
            at=self.at,
            kept_seconds=0,
            name=asked_for,
        )
        if request.method == "GET" and response.status_code == 200:
            found.give()
        cache.set(key, response["ETag"], channels.KEPT_SECONDS)
        if form.has_a_stylesheet:
            self.show_to_people(response)
        self.link(response, feed)
        return response

    def link(self, response: HttpResponse, feed: Feed) -> None:
        """Where this page and the next one are, for whoever reads no document."""
        links = {"self": feed.url, "next": feed.next_url}
        response["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items() if url)

    def note(self, partner: Partner) -> None:
        """That somebody came today."""
        today = timezone.localdate(self.at)
        if partner.last_seen != today:
            Partner.objects.filter(pk=partner.pk).update(last_seen=today)

    def address(self, ending: str, query: str) -> str:
        """The whole address of a page, with the token where it came in the address."""
        named_in = {"ending": ending} | ({"token": self.token} if self.token else {})
        name = "partner_feed" if self.token else "partner_feed_borne"
        return self.absolute(with_query(reverse(f"licensing:{name}", kwargs=named_in), query))

    def feed(self, partner: Partner, found: Contents, ending: str, query: str) -> Feed:
        """What the renderers need."""
        texts = house_texts(at=self.at)
        house = texts["masthead"]
        entries = tuple(item.entry for item in found.items)
        gone = tuple(row.gone for row in found.taken_back)
        first = self.address(ending, query)
        before = self.request.GET.get("before", "").replace(" ", "+")

        def page_of(key: str) -> str:
            asked = "&".join(filter(None, (query, urlencode({"before": key}))))
            return self.address(ending, asked) if key else ""

        return Feed(
            id=named(with_query(f"partner/{partner.pk}/feed", query), self.absolute),
            title=_("{site} – {heading}").format(site=house, heading=partner.outlet),
            description=texts["tagline"],
            language=settings.LANGUAGE_CODE,
            publisher=house,
            copyright=_("© {house} and the holders named with each article").format(house=house),
            page_url=self.absolute(reverse("site:article_list")),
            url=page_of(before) or first,
            first_url=first,
            next_url=page_of(found.before),
            # A hub would learn the token.
            hub_url="",
            icon_url=self.absolute(static("site/icon.svg")),
            feeds_url=self.absolute(reverse("site:feed_list")),
            stylesheet=static("site/feed.css"),
            what_it_is=_("This feed is for {outlet} alone. Keep its address to yourselves.").format(
                outlet=partner.outlet
            ),
            page_label=_("Read this list on our site"),
            feeds_label=_("All feeds"),
            updated=max(
                [*(entry.updated for entry in entries), *(row.at for row in gone)], default=NEVER
            ),
            entries=entries,
            gone=gone,
        )


def _borne(request) -> str:
    """The token of ``Authorization: Bearer …``."""
    told = request.headers.get("Authorization", "")
    return told[len(BEARER) :].strip() if told[: len(BEARER)].lower() == BEARER else ""
