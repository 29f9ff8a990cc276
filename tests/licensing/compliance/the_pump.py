"""A text of ours and the pages of outlets that took it: saved ones, and what they do to them."""

import re
from datetime import datetime
from pathlib import Path

PAGES = Path(__file__).with_name("pages")
URL = "https://house.example/articles/the-pump/"
HEADLINE = "The pump that the village would not sell"
STANDFIRST = (
    "For nine years a company has wanted the spring above Oster. "
    "For nine years the answer has been a soup."
)
AUTHOR = "Tilda Marsh"
NOTE = "Minutes of the parish meeting of Oster, 8 and 9 June 2017, kept in the parish archive."
PIXEL = "K3yOfThePixel"
ALT = "The iron pump on the square of Oster, painted green"
# As the kit shows the picture of that key.
KEY = "5b1d0c3e-1111-4222-8333-444455556666"
PICTURE = f"https://house.example/pictures/{KEY}/1/1200.jpg"
POSTED = "2026-11-20T07:30:00+01:00"
LINK = f'<a href="{URL}">The pump that the village would not sell</a>'
CREDIT = "was first published by The House Review."
NOTICE = "© Tilda Marsh, 2026"
MENTION = "In the spring of 2017 a man in a grey coat"
SPRING = "Hydrologists of the valley"
ADVERTISEMENT = """<div class="ad"><p>Advertisement</p>
<script async src="https://pagead2.googlesyndication.com/pagead/js/adsbygoogle.js"></script>
<p>Wellingtons at half the price, this week only!</p></div>"""


def saved(name: str) -> str:
    """A page as it was saved."""
    return (PAGES / f"{name}.html").read_text()


def complying() -> str:
    """A page on which all is in order."""
    return saved("comply")


def paragraphs() -> list[str]:
    """Our own, as the page that complies has them."""
    within = complying().partition("<figure>")[2].partition('<ol class="notes">')[0]
    without_notes = re.sub(r"<sup>.*?</sup>", "", within)
    found = re.findall(r"<p>(.*?)</p>|<h2>(.*?)</h2>", without_notes)
    said = [re.sub(r"<[^>]+>", "", "".join(pair)).replace("&#8217;", "’") for pair in found]
    return [words for words in said if not words.startswith("Also read")]


def body() -> str:
    """The same as it is written with us, with its footnote."""
    html = "".join(f"<p>{words}</p>" for words in paragraphs())
    return html.replace("milking.”", f'milking.”<span class="footnote">{NOTE}</span>')


def put(page: str, old: str, new: str) -> str:
    """``page`` with one passage replaced, which must stand in it."""
    assert old in page, old
    return page.replace(old, new)


def paragraph(page: str, start: str) -> str:
    """The paragraph of ``page`` that begins so."""
    return re.search(rf"<p>{re.escape(start)}.*?</p>", page)[0]


def posted(moment: datetime) -> str:
    """A page on which all is in order, and which says that it was published then."""
    return complying().replace(POSTED, moment.isoformat())


def without_author() -> str:
    page = put(complying(), "By Tilda Marsh", "From our desk")
    return put(page, " by Tilda Marsh was first", " was first")


def without_link() -> str:
    return put(complying(), LINK, HEADLINE)


def without_two_paragraphs() -> str:
    page = complying()
    for start in (MENTION, SPRING):
        page = put(page, paragraph(page, start), "")
    return page


def with_another_headline() -> str:
    """Wherever the page names the text; our link keeps its words."""
    page = put(complying(), LINK, "LINK")
    return page.replace(HEADLINE, "Village says no to millions").replace("LINK", LINK)


def with_ads() -> str:
    page = complying()
    for start in (MENTION, SPRING):
        page = put(page, paragraph(page, start), ADVERTISEMENT + paragraph(page, start))
    return page


def with_words_changed() -> str:
    page = put(complying(), "then 450,000, then a new", "then 900,000, then a new")
    return put(page, "Nobody in Oster celebrated", "Everybody in Oster celebrated")
