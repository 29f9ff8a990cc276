"""HTML text in, a tree of plain elements out, in linear time; judges size, knows no meaning.

The sanitiser never sees foreign text: it gets what ``blocks`` writes from this tree. So the
tree need not repeat every rule of a browser; it must be quick, bounded, and lose no words.
"""

import html
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 100
MAX_TAGS = 100_000

INLINE = frozenset(
    [
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong",
        "sub", "sup", "tt", "u", "var",
    ]
)  # fmt: skip
LISTS = frozenset(["ul", "ol", "menu", "dir"])
TABLE_PARTS = frozenset(["thead", "tbody", "tfoot", "tr", "td", "th", "caption"])
BLOCKS = (
    LISTS
    | TABLE_PARTS
    | frozenset(
        [
            "address", "article", "aside", "blockquote", "body", "center", "dd", "details",
            "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
            "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "li", "main", "nav", "p", "pre",
            "section", "summary", "table",
        ]
    )
)  # fmt: skip
VOID = frozenset(["br", "hr"])
# Never words of an article: code, drawings, controls and what a browser would not show.
DROPPED = frozenset(
    [
        "applet", "audio", "button", "canvas", "iframe", "math", "noembed", "noframes",
        "noscript", "object", "script", "select", "style", "svg", "template", "textarea",
        "title", "video", "xml",
    ]
)  # fmt: skip
# A new one of these ends the old one, however deep in inline elements, but not beyond a block.
SIBLINGS = {
    "p": {"p", "dt", "dd"},
    "dt": {"p", "dt", "dd"},
    "dd": {"p", "dt", "dd"},
    "li": {"li"},
    "td": {"td", "th", "caption"},
    "th": {"td", "th", "caption"},
    "tr": {"tr", "td", "th", "caption"},
    "thead": {"thead", "tbody", "tfoot", "tr", "td", "th", "caption"},
    "tbody": {"thead", "tbody", "tfoot", "tr", "td", "th", "caption"},
    "tfoot": {"thead", "tbody", "tfoot", "tr", "td", "th", "caption"},
}
WALLS = {
    "p": BLOCKS - SIBLINGS["p"],
    "dt": BLOCKS - SIBLINGS["dt"],
    "dd": BLOCKS - SIBLINGS["dd"],
    "li": LISTS | {"table", "td", "th"},
}
TABLE_WALL = frozenset(["table"])

SPACE = r"[ \t\n\f\r]"
ATTRIBUTE = (
    rf"[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+"
    rf"(?:{SPACE}*+={SPACE}*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)"
    rf"|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+)?)?"
)
# Hostile text is read once, never again from an earlier place: what one sign begins is possessive,
# and behind the attributes there is always ">" or the end, so that nothing is tried a second time.
# Groups are not possessive, because Python 3.11.2 (Debian 12) reads past such a repeat wrongly.
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
CLOSINGS = {
    name: re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE) for name in sorted(DROPPED)
}

# Control characters, embeddings and overrides of the writing direction, lone surrogates and
# non-characters. The marks that Arabic and Persian need (LRM, RLM, ZWJ, ZWNJ) stay.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
NEW_LINES = re.compile("\r\n?|[\u2028\u2029]")
LONG_REFERENCE = re.compile(r"&#(?:0*+[0-9]{8,}+|[xX]0*+[0-9a-fA-F]{8,}+);?")
PADDED_REFERENCE = re.compile(r"(&#[xX]?)0++(?=[0-9a-fA-F])")


class TextRefused(ValueError):
    """A text that cannot be taken; ``str()`` is a sentence for the person who sent it."""


class TextTooLarge(TextRefused):
    """More characters or more tags than any article has."""


class TextTooDeep(TextRefused):
    """Elements within elements beyond what any article needs."""


def too_large():
    return TextTooLarge(
        _("This text is too long: at most %(limit)s characters, formatting included.")
        % {"limit": f"{MAX_CHARACTERS:,}"}
    )


@dataclass(slots=True)
class Element:
    """A tag and what stands in it: strings and elements, in order."""

    name: str
    source: str = ""
    children: list = field(default_factory=list)

    def attributes(self):
        """The attributes as a browser reads them: names in lower case, the first of a name wins."""
        found = {}
        for part in ATTRIBUTE_PARTS.finditer(self.source):
            value = part["double"] or part["single"] or part["bare"] or ""
            found.setdefault(part["name"].lower(), decoded(value))
        return found


def visible(text):
    """The text without characters that nobody sees or that turn the line around."""
    return NEW_LINES.sub("\n", INVISIBLE.sub("", text))


def decoded(text):
    """Character references resolved. Long numbers first: ``int`` refuses 4,301 digits."""
    if "&" not in text:
        return text
    text = PADDED_REFERENCE.sub(r"\1", LONG_REFERENCE.sub("\ufffd", text))
    return visible(html.unescape(text))


def parse(source):
    """The tree of an HTML text. Raises TextTooLarge or TextTooDeep."""
    if len(source) > MAX_CHARACTERS:
        raise too_large()
    return Parser(visible(source)).run()


class Parser:
    """One pass from left to right with the stack of what is open."""

    def __init__(self, source):
        self.source = source
        self.root = Element("body")
        self.stack = [self.root]
        self.never_closed = set()
        self.tags = 0

    def run(self):
        position = 0
        while token := TOKEN.search(self.source, position):
            self.text(self.source[position : token.start()])
            position = self.token(token)
        self.text(self.source[position:])
        return self.root

    def text(self, text):
        if text:
            self.stack[-1].children.append(decoded(text))

    def token(self, token):
        """Take one token and say where reading goes on."""
        is_comment = token[0].startswith("<!--")
        if not is_comment and not token[0].endswith(">"):
            # "if a <b then": a sign, not a tag. The end of the text is reached.
            self.text(token[0])
            return token.end()
        if token["name"] is None:
            return token.end()
        self.tags += 1
        if self.tags > MAX_TAGS:
            raise too_large()
        name = token["name"].lower()
        if name in DROPPED:
            return self.after_dropped(name, token) if not token["slash"] else token.end()
        if name in VOID:
            self.stack[-1].children.append(Element(name))
        elif token["slash"]:
            self.close(name)
        elif name in INLINE or name in BLOCKS:
            self.open(name, token["attributes"])
        return token.end()

    def after_dropped(self, name, token):
        if name in self.never_closed:
            return token.end()
        closing = CLOSINGS[name].search(self.source, token.end())
        if closing is None:
            self.never_closed.add(name)
            return token.end()
        return closing.start()

    def open(self, name, attributes):
        if name in SIBLINGS:
            self.end(SIBLINGS[name], WALLS.get(name, TABLE_WALL))
        element = Element(name, attributes)
        self.stack[-1].children.append(element)
        self.stack.append(element)
        if len(self.stack) > MAX_DEPTH + 1:
            raise TextTooDeep(
                _("This text is nested too deeply: more than %(limit)s elements in each other.")
                % {"limit": MAX_DEPTH}
            )

    def end(self, names, walls):
        """Close the outermost of ``names`` that is open on this side of a wall."""
        for index in range(len(self.stack) - 1, 0, -1):
            if self.stack[index].name in walls:
                return
            if self.stack[index].name in names:
                outermost = index
                while self.stack[outermost - 1].name in names:
                    outermost -= 1
                del self.stack[outermost:]
                return

    def close(self, name):
        """Close the nearest of that name; what stands open within it closes with it."""
        wall = TABLE_WALL if name in TABLE_PARTS or name == "table" else TABLE_PARTS
        for index in range(len(self.stack) - 1, 0, -1):
            if self.stack[index].name == name:
                del self.stack[index:]
                return
            if self.stack[index].name in wall:
                return
