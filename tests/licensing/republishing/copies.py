"""Copies of every kind: a plain one, and whatever people can write into one."""

from dataclasses import replace

from hypothesis import strategies as st

from articles.printing.blocks import blocks
from licensing.republishing.copy import Copy, Notice, Picture
from licensing.rights.attribution import AttributionRule, PictureCredit
from licensing.rights.attribution_words import one_line
from tests.factories.statements import COMMUNITY, make_statement
from tests.licensing.rights.works_to_attribute import ADDRESSES, OWN, words, works

URL = "https://meridian.example/articles/on-bridges/"
BODY = (
    "<p>A bridge<span class='footnote'>Not <em>this</em> one.</span> stands"
    " <a href='/articles/rivers/'>where it stood</a>, <strong>and</strong> how.</p>"
    "<h2>Who built it</h2>"
    "<ul><li>Masons</li><li>Carpenters<ol start='3'><li>Two</li></ol></li></ul>"
    "<blockquote><p>It stands.</p></blockquote><hr>"
    "<table><tr><th>Year</th><th>Toll</th></tr><tr><td>1802</td>"
    "<td>A penny<span class='footnote'>Old money.</span></td></tr></table>"
)
PICTURE = Picture(
    "https://meridian.example/pictures/1/1280.jpg",
    PictureCredit("A bridge", "Zoë Müller", "https://zoe.example/", "© 2018 Zoë Müller"),
    alt="A bridge in fog",
    caption="The bridge in 2018",
    width=1280,
    height=800,
)


def make_copy(body: str = BODY, **facts) -> Copy:
    """Of our own, with a picture, under a permission with a number."""
    values = {
        "key": "copy-1",
        "url": URL,
        "headline": "On bridges",
        "language": "en",
        "direction": "ltr",
        "work": OWN,
        "rule": AttributionRule(),
        "statement": make_statement(COMMUNITY),
        "body": tuple(blocks(body)),
        "standfirst": "They stand.",
        "byline": "By Jane Doe and Tariq Aziz",
        "featured": PICTURE,
        "notices": (Notice("Correction", "3 March 2026", "It was 1802."),),
        "asides": ("The copy goes without the picture “A river”.",),
        "grant": "G-2026-000123",
        "pixel_url": "https://meridian.example/p/abc.gif",
    }
    values |= facts
    given = [values["featured"], *values.get("gallery", ())]
    credits = tuple(picture.credit for picture in given if picture)
    return Copy(**{**values, "work": replace(values["work"], pictures=credits)})


hostile = st.sampled_from([
    "<script>alert(1)</script>", "<form action=x><input name=a><button>Go</button></form>",
    "<iframe src='https://evil.example'></iframe>", "<object data=x></object>", "<embed src=x>",
    "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<style>p{}</style>", "<!-- c -->",
    "<p onclick='x'>", "<a href='javascript:alert(1)'>x</a>", "<base href=//evil.example>",
    "<meta http-equiv=refresh>", "<link rel=stylesheet href=x>", "<video src=x>", "<math><mi>x",
    "<template><p>x</p></template>", "<textarea></article>", "<!--", "-->", "<noscript>", "<x-y>",
    "<!-- wp:html -->", "<!-- /wp:paragraph -->", "\u2028", "\x0b- x",
])  # fmt: skip
links = st.builds(
    "<a href='{}'>{}</a>".format,
    st.sampled_from([*ADDRESSES, "/a/b", "../c", "?d=1", "#e", "mailto:a@b.example", "tel:+41 22"]),
    words,
)
plain = st.one_of(words, links, hostile)


def _in(*tags: str):
    def wrapped(inside):
        content = st.lists(inside, max_size=3).map("".join)
        return st.builds("<{0}>{1}</{0}>".format, st.sampled_from(tags), content)

    return wrapped


inlines = st.recursive(
    plain,
    lambda inside: (
        _in("strong", "em", "s", "u", "sub", "sup", "code")(inside)
        | st.lists(inside, max_size=2).map(lambda n: f"<span class='footnote'>{''.join(n)}</span>")
    ),
    max_leaves=5,
)
lines = st.lists(inlines, min_size=1, max_size=3).map("<br>".join)
items = st.lists(lines.map("<li>{}</li>".format), max_size=2).map("".join)
cells = st.builds(
    "<{0} colspan={2}>{1}</{0}>".format, st.sampled_from(["td", "th"]), lines, st.integers(0, 3)
)
rows = st.lists(cells, max_size=3).map(lambda row: f"<tr>{''.join(row)}</tr>")
parts = st.one_of(
    lines.map("<p>{}</p>".format),
    lines.map("<h3>{}</h3>".format),
    lines.map("<blockquote><p>{}</p></blockquote>".format),
    items.map("<ul>{}</ul>".format),
    items.map("<ol start=9>{}</ol>".format),
    lines.map("<ul><li>a<ul><li>{}</li></ul></li><li><p>b</p><p>c</p></li></ul>".format),
    lines.map("<pre>{}</pre>".format),
    st.lists(rows, max_size=3).map(lambda found: f"<table>{''.join(found)}</table>"),
    st.just("<hr>"),
    hostile,
)
bodies = st.lists(parts, max_size=4).map("".join)
# As the words around the text come from a row.
shown = words.map(one_line)


pictures = st.builds(
    Picture,
    st.sampled_from(["https://meridian.example/pictures/1/1280.jpg"]),
    st.builds(PictureCredit, words, words, st.sampled_from(ADDRESSES), words),
    shown,
    shown,
    st.integers(0, 2000),
    st.integers(0, 2000),
)
notices = st.builds(Notice, shown, shown, shown, st.booleans())
# What ``make_copy`` is told: a copy of whatever people write. Short enough to be shown.
told = st.fixed_dictionaries(
    {"body": bodies},
    optional={
        "headline": shown.map(lambda text: text or "Untitled"),
        "standfirst": shown,
        "byline": shown,
        "featured": st.none() | pictures,
        "gallery": st.lists(pictures, max_size=2).map(tuple),
        "notices": st.lists(notices, max_size=2).map(tuple),
        "asides": st.lists(words, max_size=2).map(tuple),
        "required": st.lists(shown, max_size=2).map(tuple),
        "direction": st.sampled_from(["ltr", "rtl"]),
        "credit_stands_first": st.booleans(),
    },
)
# Of a plain text by whoever, from wherever, with a picture.
credited = st.fixed_dictionaries({"work": works, "featured": st.none() | pictures})
