"""What a reader sees of a page in any of the forms: its words, and where its links lead.

Foreign pages are read in linear time and without a tree: they may be large, broken or hostile.
Style sheets are not looked at; what a page hides by them is taken for visible.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from html import escape, unescape
from typing import NamedTuple

from licensing.rights.attribution_links import Place, place, spellings
from licensing.rights.attribution_words import plain
from licensing.rights.attribution_works import Form


class Seen(NamedTuple):
    """``words`` as ``plain`` makes them; ``linked`` of the places asked for, ``followed`` of these
    the ones to which some link leads that search engines may follow.
    """

    words: str
    linked: frozenset[Place]
    followed: frozenset[Place]


class Link(NamedTuple):
    """Something to click on."""

    href: str
    is_followed: bool = True


def read(page: str, form: Form, wanted: Iterable[Place]) -> Seen:
    """What a reader sees of ``page``; of its links, those that lead to the places ``wanted``."""
    if form == Form.MARKDOWN:
        page = _as_html(page)
    if form in (Form.WEB_HTML, Form.MARKDOWN):
        reader = Reader(page)
        reader.run()
        words, links = "".join(reader.words), reader.links
    else:
        words, links = page, None
    wanted = frozenset(wanted)
    hosts = {spelling for goal in wanted for spelling in spellings(goal.host)}
    found = set(_written_out(words, hosts) if links is None else _leading_to(links, hosts))
    places = {link: place(link.href) for link in found}
    return Seen(
        plain(words),
        frozenset(places.values()) & wanted,
        frozenset(goal for link, goal in places.items() if link.is_followed) & wanted,
    )


def _leading_to(links: Iterable[Link], hosts: Iterable[str]):
    """The links that may lead to ``hosts``: what is left is looked at closely."""
    for link in links:
        href = link.href.lower()
        if any(host in href for host in hosts):
            yield link


CLOSING = ")]}>.,;:!?\"'”’»…。，、）」』*_"
MOST_CLOSING = 8
ASCII = re.compile("[!-~]*")


def _written_out(words: str, hosts: Iterable[str]):
    """Addresses of ``hosts`` in plain words, without the signs of the sentence around them."""
    for host in hosts:
        if host not in words.lower():
            continue
        for token in words.split():
            at = token.lower().find(host)
            if at < 0:
                continue
            start = token.lower().rfind("http", 0, at)
            token = token[start:] if start >= 0 else f"https://{token[at:]}"
            yield Link(token)
            token = ASCII.match(token)[0]
            yield Link(token)
            for _ in range(MOST_CLOSING):
                if token[-1:] not in CLOSING:
                    break
                token = token[:-1]
                yield Link(token)


# Markdown: only as much as turns links into links and marks into nothing.
ESCAPED = r"\\([!-/:-@\[-`{-~])"
MARKDOWN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<image>!?)\[(?P<label>(?:[^\[\]\\]|\\.)*)\]\([ \t\n]{0,8}<?"
    r"(?P<target>(?:[^\s<>()\\]|\\.|\([^\s<>()]*\))*)>?"
    r"(?:[ \t\n]{1,8}(?:\"[^\"]*\"|'[^']*'))?[ \t\n]{0,8}\)"
    r"|<(?P<auto>https?://[^\s<>]*)>"
    r"|(?P<tag><[a-z/!][^<>]*>)"
    r"|(?P<bare>https?://[^\s<>\"'()\[\]]+)"
    r"|(?P<mark>\*+|`+|~~+|(?<![^\W_])_+|_+(?![^\W_]))",
    re.IGNORECASE | re.DOTALL,
)


def _as_html(markdown: str) -> str:
    return MARKDOWN.sub(_mark_as_html, markdown)


def _mark_as_html(found: re.Match) -> str:
    if found["label"] is not None and not found["image"]:
        target = re.sub(ESCAPED, r"\1", unescaped_value(found["target"]))
        label = MARKDOWN.sub(_mark_as_words, found["label"])
        return f'<a href="{escape(target)}">{label}</a>'
    if said := found["auto"] or found["bare"]:
        url = said.rstrip(CLOSING)
        return (
            f'<a href="{escape(found["auto"] or url)}">{escape(url)}</a>{escape(said[len(url) :])}'
        )
    return _mark_as_words(found)


def _mark_as_words(found: re.Match) -> str:
    """In the words of a link there is no other link; of a picture there are no words to read."""
    return found["tag"] or escape(found["escaped"] or found["auto"] or found["bare"] or "")


# HTML. What one sign begins is read once and never again from an earlier place: hence possessive,
# but no groups, because Python 3.11.2 (Debian 12) reads past a possessive group wrongly.
SPACE = r"[ \t\n\f\r]"
ATTRIBUTE = (
    rf"[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+"
    rf"(?:{SPACE}*+={SPACE}*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)"
    rf"|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+)?)?"
)
TOKEN = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<[!?][^>]*+(?:>|\Z)"
    rf"|<(?P<slash>/?)(?P<name>[A-Za-z][^ \t\n\f\r/>]*+)"
    rf"(?P<attributes>(?:[ \t\n\f\r/]++|{ATTRIBUTE})*)(?:>|\Z)",
    re.DOTALL,
)
ATTRIBUTE_PARTS = re.compile(
    rf"(?P<name>[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)"
    rf"(?:{SPACE}*+={SPACE}*+(?:\"(?P<double>[^\"]*+)(?:\"|\Z)|'(?P<single>[^']*+)(?:'|\Z)"
    rf"|(?P<bare>[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+))?)?"
)
# Neither words nor tags within: all up to the closing tag, or all the rest.
RAW = {
    name: re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE)
    for name in (
        "iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"
    )
}  # fmt: skip
UNSHOWN = frozenset(["audio", "canvas", "datalist", "object", "template", "video"])
VOID = frozenset(
    [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    ]
)  # fmt: skip
BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd",
        "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html",
        "legend", "li", "main", "menu", "nav", "object", "ol", "option", "p", "pre", "search",
        "section", "summary", "table", "tbody", "td", "template", "tfoot", "th", "thead", "tr",
        "ul",
    ]
)  # fmt: skip
PARAGRAPH = frozenset(["p"])
CELLS, ROWS = {"td", "th", "caption"}, {"tr", "td", "th", "caption"}
# What a new element of this name ends without a closing tag, if no other block is in between.
ENDS = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "option": {"option"},
    "td": CELLS,
    "th": CELLS,
    "tr": ROWS,
    **dict.fromkeys(["tbody", "tfoot"], ROWS | {"thead", "tbody"}),
}
WITHIN_PARAGRAPHS = frozenset(["button", "object", "option", "template"])
MOST_TAGS = 150_000
LONG_REFERENCE = re.compile(r"&#(?:0*+[0-9]{8,}+|[xX]0*+[0-9a-fA-F]{8,}+);?")
REFERENCE = re.compile(r"&#?[A-Za-z0-9]{1,40}(?:;|(?![=A-Za-z0-9]))")
LONGEST_SIGN = 2
HIDING = frozenset(
    [
        ("display", "none"), ("visibility", "hidden"), ("visibility", "collapse"),
        ("content-visibility", "hidden"),
    ]
)  # fmt: skip
SIZES = frozenset(["opacity", "font-size"])
ZERO = re.compile(r"(?:0|0?\.0)0*[a-z%]*")


def unescaped(text: str) -> str:
    """Character references resolved. Long numbers first: ``int`` refuses 4,301 digits."""
    return unescape(LONG_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def unescaped_value(value: str) -> str:
    """In an attribute ``&copy=1`` is a parameter of an address and no sign."""
    return REFERENCE.sub(_resolved, value) if "&" in value else value


def _resolved(found: re.Match) -> str:
    sign = unescaped(found[0])
    return sign if len(sign) <= LONGEST_SIGN else found[0]


def attributes(source: str) -> dict[str, str]:
    """As a browser reads them: names in lower case, the first of a name wins."""
    found: dict[str, str] = {}
    for part in ATTRIBUTE_PARTS.finditer(source):
        value = part["double"] or part["single"] or part["bare"] or ""
        found.setdefault(part["name"].lower(), unescaped_value(value))
    return found


def hides(name: str, said: dict[str, str]) -> bool:
    """Whether an element with these attributes, and all in it, is out of sight."""
    if name in UNSHOWN or "hidden" in said or (name == "dialog" and "open" not in said):
        return True
    for declaration in said.get("style", "").lower().split(";"):
        feature, _, value = declaration.partition(":")
        feature, value = feature.strip(), value.partition("!")[0].strip()
        if (feature, value) in HIDING:
            return True
        if feature in SIZES and ZERO.fullmatch(value):
            return True
    return False


class Reader:
    """One pass over HTML with the stack of what is open; collects visible words and links."""

    def __init__(self, source: str):
        self.source = source
        self.words: list[str] = []
        self.links: list[Link] = []
        # (name, whether it hides, the link it is) of each open element.
        self.stack: list[tuple[str, bool, Link | None]] = []
        self.blocks: list[str] = []
        self.is_open: Counter[str] = Counter()
        self.hiding = 0
        # Links around what comes next that nobody could click on so far.
        self.waiting: list[Link] = []

    def run(self) -> None:
        """Reads all of it; of what has more tags than any page, as much as is bearable."""
        position = tags = 0
        while tags < MOST_TAGS and (token := TOKEN.search(self.source, position)):
            tags += 1
            self.text(self.source[position : token.start()])
            position = self.token(token)
        if tags < MOST_TAGS:
            self.text(self.source[position:])

    def text(self, text: str) -> None:
        if not text or self.hiding:
            return
        text = unescaped(text)
        self.words.append(text)
        if self.waiting and plain(text):
            self.show_links()

    def show_links(self) -> None:
        self.links += self.waiting
        self.waiting.clear()

    def token(self, token: re.Match) -> int:
        """Takes one token and says where reading goes on."""
        name = (token["name"] or "").lower()
        if not name or not token[0].endswith(">"):
            return token.end()
        if name in BLOCKS:
            self.words.append("\n")
        if token["slash"]:
            self.close(name)
        elif name in RAW:
            closing = RAW[name].search(self.source, token.end())
            return closing.start() if closing else len(self.source)
        elif name in VOID:
            self.void(name)
        else:
            self.open(name, token["attributes"])
        return token.end()

    def void(self, name: str) -> None:
        if name == "br":
            self.words.append(" ")
        elif name == "img" and not self.hiding:
            self.show_links()
        elif name == "hr":
            self.end(PARAGRAPH)

    def open(self, name: str, source: str) -> None:
        if name in BLOCKS and name not in WITHIN_PARAGRAPHS:
            self.end(PARAGRAPH)
        if name in ENDS:
            self.end(ENDS[name])
        if name == "a":
            # There are no links within links: it ends the one before, which nobody could click on.
            self.waiting.clear()
        said = attributes(source) if source.strip() else {}
        link = None
        if name == "a" and "href" in said and not self.hiding:
            rel = said.get("rel", "").lower().split()
            link = Link(said["href"], not {"nofollow", "sponsored", "ugc"}.intersection(rel))
            self.waiting.append(link)
        is_hiding = hides(name, said)
        self.hiding += is_hiding
        self.is_open[name] += 1
        self.stack.append((name, is_hiding, link))
        if name in BLOCKS:
            self.blocks.append(name)

    def end(self, names: Collection[str]) -> None:
        """Closes those of ``names`` that stand open with no other block on top of them."""
        while self.blocks and self.blocks[-1] in names:
            self.close(self.blocks[-1])

    def close(self, name: str) -> None:
        """Closes the nearest of that name, and what stands open within it."""
        if not self.is_open[name]:
            return
        while self.stack:
            closed, was_hiding, link = self.stack.pop()
            self.is_open[closed] -= 1
            self.hiding -= was_hiding
            if closed in BLOCKS:
                self.blocks.pop()
            if link is not None and self.waiting and self.waiting[-1] is link:
                self.waiting.pop()
            if closed == name:
                return
