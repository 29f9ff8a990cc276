"""Works of every kind: a plain one, a carried one, and whatever Unicode can make of one."""

from datetime import date

from hypothesis import strategies as st

from licensing.rights.attribution import Author, Form, PictureCredit, Variant, Work

HERE = "https://meridian.example/articles/on-bridges/"
THERE = "https://oneworld.example/2019/bridges"
CC = "https://creativecommons.org/licenses/by/4.0/"

OWN = Work(
    headline="On bridges",
    url=HERE,
    house="The Meridian Review",
    authors=(Author("Jane Doe", "https://meridian.example/authors/jane/"), Author("Tariq Aziz")),
    holders=("Jane Doe", "The Meridian Review"),
    year=2019,
    licence="CC BY 4.0",
    licence_url=CC,
    published=date(2019, 9, 9),
    language="English",
    translators=("Tess Tolk",),
    pictures=(
        PictureCredit("A bridge", "Zoë Müller", "https://zoe.example/", "© 2018 Zoë Müller"),
        PictureCredit("A river", "Agency Blue"),
    ),
    terms="Community cross-posting, version 3",
    grant="G-2026-000123",
)
CARRIED = Work(
    **vars(OWN)
    | {"source": "OneWorld", "source_url": "https://oneworld.example/", "original_url": THERE}
)
BARE = Work(headline="On bridges", url=HERE, house="The Meridian Review")
VARIANTS = [
    Variant(),
    Variant(translated_by="Ali Vefa"),
    Variant(edited_by="The Harbour Times", changes="shortened"),
    Variant(translated_by="Ali Vefa", edited_by="The Harbour Times", changes="shortened"),
]

NASTY = [
    "<b>Bold</b>", "<script>alert(1)</script>", "&amp;", "&#0000000065;", "\"quoted\" 'name'",
    "A_B [x]", "*star*", "`code`", "[x](javascript:alert(1))", "](https://evil.example)",
    "<https://evil.example>", "https://evil.example/x", "www.evil.example", "javascript:alert(1)",
    "# heading", "1. one", "- item", "a\nb", "a\r\n\r\n# b", "\u2028line", "\x00\x07\x1b[31m",
    "\u202eevil\u202c", "\u2067x", "\u200b", "محمد", "משה (x)", "٣٤", "José", "Jose\u0301",
    "\u0301start", "end\u0301", "ﷺ", "ﬁ", "İ", "ß", "文", "Acme Inc.", "...", "“”", "—", "--",
    "{author}", "{0.__class__}", "%s", "© Bob", "Copyright © 2019", "(c)", "c", "a", "2019", " ",
    "x" * 300, "A, B", "|", "\\", "~~x~~", "==x==", "$x$", "a@b.example", "<!--", "-->", "]]>",
    "<a href='https://evil.example'>", "\ud800", "\ufeff", "&lt;", "_", "__init__", "!", "+", "=",
]  # fmt: skip
ADDRESSES = [
    HERE, THERE, CC, "", "javascript:alert(1)", "JAVASCRIPT:alert(1)", "java\nscript:alert(1)",
    "data:text/html,x", "//evil.example", "https://", "https://[", "https://x:99999/", "mailto:a@b",
    "https://user@evil.example/", "https://a.example/x(1)_[2]", "https://a.example/?a=1&copy=2;",
    "https://a.example/?x=&copy;", "https://a.example/\"'<>", "https://bücher.example/straße",
    "https://فارسی.example/مقاله", "https://a.example/a b", "https://a.example/x.", "ftp://x/",
    "https://a.example/%zz", "https://a.example:443", "https://\udc80.example/", "http://1.2.3.4/x",
    "https://[::1]/x", "https://a.example/*_~`", "https://a.example/x,", "https://a.example/#x",
]  # fmt: skip

words = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=30),
    st.lists(st.sampled_from([*NASTY, " "]), max_size=4).map("".join),
)
addresses = st.one_of(
    st.sampled_from(ADDRESSES),
    st.text(max_size=20).map("https://meridian.example/".__add__),
)
works = st.builds(
    Work,
    headline=words,
    url=addresses,
    house=words,
    authors=st.lists(st.builds(Author, words, addresses), max_size=4).map(tuple),
    source=words,
    source_url=addresses,
    original_url=addresses,
    holders=st.lists(words, max_size=3).map(tuple),
    year=st.none() | st.integers(1450, 2100),
    licence=words,
    licence_url=addresses,
    published=st.none() | st.dates(),
    language=words,
    translators=st.lists(words, max_size=2).map(tuple),
    pictures=st.lists(st.builds(PictureCredit, words, words, addresses, words), max_size=3).map(
        tuple
    ),
    terms=words,
    grant=words,
)
variants = st.one_of(st.sampled_from(VARIANTS), st.builds(Variant, words, words, words))
forms = st.sampled_from(Form)
