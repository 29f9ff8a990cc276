"""The reference article, read where it lies beside the repository; none of it is kept here."""

import re
from html import escape
from pathlib import Path

from tests.browser.desk import Story
from tests.factories.articles import picture_file

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference" / "article-page.txt"
ADDRESS = "https://example.org/reference"


def to_html(markdown: str) -> str:
    """A paragraph of the file: emphasis, links, plain words."""
    html = escape(markdown.replace("\\", ""), quote=False)
    html = re.sub(r"\[([^\]\d][^\]]*)\]\((#|[^)]*)\)", _link, html)
    html = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html)
    return re.sub(r"(?<!\*)\*([^*]+)\*(?!\*)", r"<em>\1</em>", html)


def _link(match: re.Match) -> str:
    url = match.group(2)
    return f'<a href="{ADDRESS if url == "#" else url}">{match.group(1)}</a>'


def to_words(markdown: str) -> str:
    """A paragraph of the file without its marks and without the mark of the note."""
    words = re.sub(r"\[([^\]\d][^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"\[\d+\]|[*\\]", "", words)


def reference_story(folder: Path) -> tuple[Story, dict[str, str]]:
    """The article as an editor has it, and every element that each edition must hold."""
    text = REFERENCE.read_text()
    blocks = [" ".join(block.split()) for block in text.split("\n\n") if block.strip()]

    def find(start: str) -> str:
        return next(block for block in blocks if to_words(block).startswith(start))

    def place(start: str) -> int:
        return blocks.index(find(start))

    def after(start: str) -> str:
        return to_words(find(start)).removeprefix(start).strip()

    standfirst = next(block for block in blocks if re.fullmatch(r"\*[^*]+\*", block))
    asterisks = next(i for i, block in enumerate(blocks) if set(block) <= set("\\*"))
    end = next(i for i, block in enumerate(blocks) if i > asterisks and set(block) <= set("\\*"))
    body = _joined(blocks[asterisks + 1 : end])
    note = next(block for block in blocks if re.match(r"\[1\] ", block))
    bio = next(block for block in blocks if block.startswith("**") and "Disclaimer" not in block)
    disclaimer, crosspost, print_use = _parted(find("Disclaimer:"))
    fair_use = blocks[place("Disclaimer:") + 1]
    media = find("For media inquiries")
    author = after("By")
    dateline = blocks[place("By") + 1]
    publication = dateline.partition(",")[0]
    origin = re.search(r"\[(\w+)\]", find("This article was originally published")).group(1)
    picture = folder / "reference.jpg"
    picture.write_bytes(picture_file(width=1600, height=900).read())
    body_html = "".join(f"<p>{to_html(block)}</p>" for block in body)
    story = Story(
        headline=blocks[0].lstrip("# "),
        standfirst=to_words(standfirst),
        body_html=f"{body_html}<h2>Note</h2><p>{to_html(note)}</p>",
        author=author,
        author_bio_html=f"<p>{to_html(bio)}</p>",
        publication=publication,
        originating_publication=origin,
        originating_url="https://example.org/",
        original_url=ADDRESS,
        region=after("Region:"),
        theme=after("Theme:"),
        report=after("In-depth Report:"),
        are_headings_new=True,
        picture=picture,
        picture_alt="A street in a capital",
        picture_credit=origin,
        house_texts={
            "disclaimer": f"<p>{to_html(disclaimer)}</p>",
            "crosspost": f"<p>{to_html(crosspost)}</p>",
            "print_commercial": f"<p>{to_html(print_use)}</p>",
            "fair_use": f"<p>{to_html(fair_use)}</p>",
            "media_contact": f"<p>{to_html(media)}</p>",
            "reader_note": f"<p>{to_html(find('Note to readers'))}</p>",
            "comment_link": f"<p>{to_html(find('Comment on'))}</p>",
            "membership_link": f"<p>{to_html(find('Become a Member'))}</p>",
        },
    )
    elements = {
        "headline": story.headline,
        "byline": f"By {author}",
        "publication": publication,
        "date": "9 September 2019",
        "region": f"Region {story.region}",
        "theme": f"Theme {story.theme}",
        "in-depth report": f"In-depth report {story.report}",
        "standfirst": story.standfirst,
        "note": to_words(note),
        "origin": to_words(find("This article was originally published")),
        "bio": to_words(bio),
        "image credit": f"Featured image: {origin}",
        "source": f"The original source of this article is {publication}",
        "copyright": f"Copyright © {author}, {publication}, 2019",
        "archive": f"Articles by {author}",
        **{kind: re.sub(r"<[^>]+>", "", html) for kind, html in story.house_texts.items()},
        **{f"paragraph {n}": to_words(block) for n, block in enumerate(body, start=1)},
    }
    return story, elements


def _joined(blocks: list[str]) -> list[str]:
    """Paragraphs that a page break had parted stand together again."""
    joined: list[str] = []
    for block in blocks:
        if joined and not re.search(r"[.!?”\"\])]$", joined[-1]):
            joined[-1] += f" {block}"
        else:
            joined.append(block)
    return joined


def _parted(disclaimer: str) -> tuple[str, str, str]:
    """The paragraph of the file holds three notices: disclaimer, cross-posting, print."""
    text = disclaimer.replace("**Disclaimer:**", "").strip()
    first, _dot, rest = text.partition(". The Centre of")
    permission, _dot, print_use = rest.partition(". For publication")
    return f"{first}.", f"The Centre of{permission}.", f"For publication{print_use}"
