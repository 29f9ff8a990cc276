"""An address handed on: plain links to networks, a mail, a text for a mailing list.

Nothing here knows a script or an account of a network; each link is an address of theirs with ours
in it, cut to what the network takes.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import credits, syndication
from articles.addresses import Absolute
from articles.changes import marked_headline
from articles.lines import line
from articles.pages import ArticlePage

# So much of an address every program takes, however its letters are encoded.
_LONGEST_ADDRESS = 1900
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Network:
    """A link; ``name`` as the network writes itself."""

    name: str
    href: str


@dataclass(frozen=True)
class Sharing:
    """What the share block shows. ``text`` is headline and address, for wherever it is pasted."""

    url: str
    title: str
    text: str
    networks: tuple[Network, ...]
    mail: str
    list_text: str
    list_mail: str


def sharing(page: ArticlePage, *, absolute: Absolute) -> Sharing:
    """How the article on ``page`` is handed on."""
    article = page.article
    url = absolute(article.get_absolute_url())
    title = line(marked_headline(article))
    text = list_text(page, absolute=absolute)
    return Sharing(
        url=url,
        title=title,
        # Mastodon takes 500 signs, of which any address counts 23.
        text=f"{title} {url}",
        networks=networks(title, url),
        mail=mailto(title, [title, article.standfirst, url]),
        list_text=text,
        list_mail=mailto(title, text.split("\n")),
    )


def networks(title: str, url: str) -> tuple[Network, ...]:
    """The links, headlines cut to what each network takes."""

    def link(name: str, address: str, **fields: str) -> Network:
        return Network(name, f"{address}?{urlencode(fields, quote_via=quote, safe='')}")

    return (
        # 300 signs, of which the address counts as many as it has.
        link(
            "Bluesky",
            "https://bsky.app/intent/compose",
            text=f"{cut(title, max(299 - len(url), 80))}\n{url}",
        ),
        link("Facebook", "https://www.facebook.com/sharer/sharer.php", u=url),
        # 280 signs, of which any address counts 23.
        link("X", "https://x.com/intent/post", text=cut(title, 250), url=url),
        link("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/", url=url),
        link("WhatsApp", "https://wa.me/", text=f"{cut(title, 300)}\n{url}"),
        link("Telegram", "https://t.me/share/url", url=url, text=cut(title, 300)),
        link("Reddit", "https://www.reddit.com/submit", url=url, title=cut(title, 300)),
        link("Hacker News", "https://news.ycombinator.com/submitlink", u=url,
             t=cut(title, 80)),
    )  # fmt: skip


def mailto(subject: str, lines: list[str]) -> str:
    """A mail begun; of a long text, as many lines from the end are left out as it takes to fit,
    the address last of all.
    """
    address = lines[-1] if lines else ""
    kept = [line(one) for one in lines]

    def written() -> str:
        fields = {"subject": cut(line(subject), 120), "body": "\r\n".join(kept)}
        return f"mailto:?{urlencode(fields, quote_via=quote, safe='')}"

    while len(written()) > _LONGEST_ADDRESS and len(kept) > 1:
        longest = max(range(len(kept)), key=lambda place: _weight(kept[place], address))
        shorter = cut(kept[longest], len(kept[longest]) * 2 // 3)
        kept[longest] = "" if len(shorter) < 20 else shorter
        if all(one in ("", address) or "://" in one for one in kept):
            break
    return written()


def list_text(page: ArticlePage, *, absolute: Absolute) -> str:
    """What goes to a mailing list: headline, standfirst, who, where and when, address, rights."""
    article = page.article
    rights = syndication.rights_on(page, absolute=absolute)
    names = credits.signature(page.authors)
    day = article.published_at
    dated = date_format(timezone.localtime(day), "DATE_FORMAT") if day else ""
    notice = [rights.notice or rights.copyright_notice]
    if rights.rights_url:
        notice.append(_("What may be done with it: %(address)s") % {"address": rights.rights_url})
    parts = [
        [marked_headline(article), article.standfirst],
        [
            _("By %(names)s") % {"names": names} if names else "",
            ", ".join(part for part in (article.publication.name, dated) if part),
        ],
        [absolute(article.get_absolute_url())],
        notice,
    ]
    told = ("\n".join(line(one) for one in part if line(one)) for part in parts)
    return "\n\n".join(part for part in told if part)


def cut(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, cut at a word where there is one."""
    if len(text) <= limit:
        return text
    head = text[: max(limit - 1, 0)]
    whole = head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head
    return whole.rstrip(" ,;:–—-") + _ELLIPSIS


def _weight(text: str, address: str) -> int:
    return 0 if text == address or "://" in text else len(quote(text, safe="", errors="replace"))
