"""What could be better in a text, said before readers or screen readers stumble over it.

Pure: the words of an article in, hints out. A hint is advice: nothing waits for it, nothing is
blocked by it, and a text without any faults gets none. Lengths are counted in characters.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from articles.links import Link, links_in
from articles.reading import CJK, text_of
from cms.richtext import tree
from cms.richtext.tree import Element

# Search engines and cards cut a headline at about 70 signs; a phone shows it on three lines.
LONGEST_HEADLINE = 90
# Below this it seldom says what happened, and where.
SHORTEST_HEADLINE = 15
# What stands below a headline in lists, and what is shared: more is cut off.
LONGEST_STANDFIRST = 300
SHORTEST_STANDFIRST = 40
# About a screen of a phone.
LONGEST_PARAGRAPH = 1_200
# A screen reader cannot pause in an alt text: what is longer belongs in the caption.
LONGEST_ALT = 150
SHORTEST_SHOUT = 12
# Nobody reads a longer list.
MOST_HINTS = 20

HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
PICTURE_FILE = re.compile(
    r".*\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|bmp|svg)|(?:img|dsc[fn]?|dcim|pict?|p|wp|scan"
    r"|screenshot|image|photo|untitled)[ _-]?\d[\d _.-]*",
    re.IGNORECASE,
)
# "image of", in the languages that are written here.
PICTURE_OF = re.compile(
    r"\s*(?:an?\s+)?(?:image|picture|photo|photograph|graphic|illustration)\s+(?:of|showing)\b"
    r"|\s*(?:une\s+)?(?:image|photo|photographie|illustration)\s+(?:de\b|d['’]|du\b|des\b|montrant\b)"
    r"|\s*(?:una\s+)?(?:imagen|foto|fotografía|ilustración)\s+(?:de\b|del\b|que\s+muestra\b)"
    r"|\s*(?:ein\s+)?(?:bild|foto|fotografie|abbildung)\s+(?:von\b|vom\b|einer\b|eines\b|der\b|des\b)"
    r"|\s*صورة\s+(?:ل|تظهر|تبين|توضح)",
    re.IGNORECASE,
)
SAYS_NOTHING = frozenset(
    [
        "here", "click", "click here", "this", "link", "this link", "read more", "more",
        "learn more", "see here", "this page", "website", "details", "source",
        "ici", "cliquez ici", "cliquer ici", "lien", "ce lien", "lire la suite", "plus",
        "en savoir plus", "voir ici", "cette page", "suite",
        "aquí", "aqui", "haga clic aquí", "haz clic aquí", "clic aquí", "enlace", "este enlace",
        "leer más", "más", "más información", "ver aquí", "esta página",
        "hier", "hier klicken", "klicken sie hier", "klick hier", "dieser link", "diesem link",
        "mehr", "weiterlesen", "mehr erfahren", "mehr lesen", "diese seite",
        "هنا", "اضغط هنا", "انقر هنا", "الرابط", "رابط", "هذا الرابط", "المزيد", "اقرأ المزيد",
        "للمزيد", "هذه الصفحة",
    ]
)  # fmt: skip
BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
ARABIC_LETTERS = re.compile("[\u0620-\u064a\u066e-\u06d3]")
LATIN_LETTERS = re.compile("[A-Za-z\u00c0-\u024f]")
WRITTEN_IN_ARABIC_LETTERS = frozenset(["ar", "ar-dz", "ckb", "fa", "ug", "ur", "ps"])
ENOUGH_LETTERS = 40


class Kind(StrEnum):
    """What a hint is about, and where its field is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    LANGUAGE = "language"
    BODY = "body"
    PICTURE = "picture"


class Weight(StrEnum):
    """Whether somebody cannot read on, or only reads less well."""

    BARRIER = "barrier"
    ADVICE = "advice"


@dataclass(frozen=True)
class Hint:
    """One piece of advice; ``block`` is that of the body it is about, ``picture`` its key."""

    kind: Kind
    sentence: str
    weight: Weight = Weight.ADVICE
    block: int | None = None
    picture: int | None = None


@dataclass(frozen=True)
class Picture:
    """A picture as it is described to those who do not see it."""

    alt_text: str
    caption: str = ""
    key: int | None = None


@dataclass(frozen=True)
class Words:
    """What is looked at of an article."""

    headline: str = ""
    standfirst: str = ""
    language: str = ""
    body: str = ""
    pictures: list[Picture] = field(default_factory=list)


def hints(words: Words) -> list[Hint]:
    """All there are, what keeps people out first."""
    found = [
        *of_the_headline(words.headline.strip()),
        *of_the_standfirst(words.standfirst.strip(), words.headline.strip()),
        *of_the_language(words),
        *of_the_body(words.body),
        *(hint for picture in words.pictures for hint in of_a_picture(picture)),
    ]
    return sorted(found, key=lambda hint: hint.weight != Weight.BARRIER)[:MOST_HINTS]


def of_the_headline(headline: str):
    length = len(headline)
    values = {"length": length, "longest": LONGEST_HEADLINE}
    if length > LONGEST_HEADLINE:
        sentence = _(
            "The headline has %(length)d characters; beyond %(longest)d it is cut off in lists and "
            "in search results."
        )
        yield Hint(Kind.HEADLINE, sentence % values)
    elif 0 < length < SHORTEST_HEADLINE and not CJK.search(headline):
        yield Hint(
            Kind.HEADLINE, _("The headline is very short: does it say what the text is about?")
        )
    if length >= SHORTEST_SHOUT and headline.isupper():
        yield Hint(
            Kind.HEADLINE, _("The headline is in capital letters only, which is hard to read.")
        )


def of_the_standfirst(standfirst: str, headline: str):
    length = len(standfirst)
    values = {"length": length, "longest": LONGEST_STANDFIRST}
    if length > LONGEST_STANDFIRST:
        sentence = _(
            "The standfirst has %(length)d characters; beyond %(longest)d it is cut off where the "
            "article is listed or shared."
        )
        yield Hint(Kind.STANDFIRST, sentence % values)
    elif headline and not standfirst:
        sentence = _("There is no standfirst: lists and shared links then show only the headline.")
        yield Hint(Kind.STANDFIRST, sentence)
    elif 0 < length < SHORTEST_STANDFIRST and not CJK.search(standfirst):
        yield Hint(Kind.STANDFIRST, _("The standfirst is very short: one or two sentences fit."))
    if standfirst and standfirst.casefold() == headline.casefold():
        yield Hint(Kind.STANDFIRST, _("The standfirst only repeats the headline."))


def of_the_language(words: Words):
    language = words.language.lower()
    if not language:
        sentence = _("No language is chosen: screen readers do not know how to pronounce the text.")
        yield Hint(Kind.LANGUAGE, sentence, Weight.BARRIER)
        return
    said = f"{words.headline} {words.standfirst}"
    arabic, latin = len(ARABIC_LETTERS.findall(said)), len(LATIN_LETTERS.findall(said))
    is_arabic = arabic > latin
    if max(arabic, latin) >= ENOUGH_LETTERS and (
        (is_arabic and language not in WRITTEN_IN_ARABIC_LETTERS)
        or (not is_arabic and language in WRITTEN_IN_ARABIC_LETTERS)
    ):
        sentence = _("The language does not fit the letters of headline and standfirst.")
        yield Hint(Kind.LANGUAGE, sentence, Weight.BARRIER)


def of_the_body(html: str):
    blocks = [child for child in tree.parse(html).children if isinstance(child, Element)]
    yield from of_its_headings(blocks)
    for number, block in enumerate(blocks):
        if block.name == "p":
            yield from of_a_paragraph(block, number)
        elif block.name == "table" and not has(block, "th"):
            sentence = _("A table has no header cells: who hears it cannot tell the columns apart.")
            yield Hint(Kind.BODY, sentence, Weight.BARRIER, number)
    yield from of_its_links(links_in(html))


def of_its_headings(blocks: list[Element]):
    before = 1
    for number, block in enumerate(blocks):
        level = HEADINGS.get(block.name)
        if level is None:
            continue
        values = {"heading": cut(text_of(block)), "level": level, "before": before}
        if not values["heading"]:
            yield Hint(Kind.BODY, _("A heading is empty."), Weight.BARRIER, number)
            continue
        if level > before + 1 and before == 1:
            sentence = _(
                "“%(heading)s” is a heading of level %(level)d; the first one should be of level 2."
            )
            yield Hint(Kind.BODY, sentence % values, Weight.BARRIER, number)
        elif level > before + 1:
            sentence = _(
                "“%(heading)s” is a heading of level %(level)d below one of level %(before)d: a "
                "level is missing."
            )
            yield Hint(Kind.BODY, sentence % values, Weight.BARRIER, number)
        before = level


def of_a_paragraph(paragraph: Element, number: int):
    words = " ".join(text_of(paragraph).split())
    if len(words) > LONGEST_PARAGRAPH:
        values = {"words": cut(words), "length": len(words)}
        sentence = _("The paragraph “%(words)s” is very long (%(length)d characters).")
        yield Hint(Kind.BODY, sentence % values, block=number)
    inner = [child for child in paragraph.children if not isinstance(child, str) or child.strip()]
    is_bold = len(inner) == 1 and isinstance(inner[0], Element) and inner[0].name == "strong"
    if is_bold and 0 < len(words) <= 100 and words[-1] not in ".!?…:;,»”\"'":
        sentence = _("“%(words)s” looks like a heading but is only bold: make it one.")
        yield Hint(Kind.BODY, sentence % {"words": cut(words)}, Weight.BARRIER, number)


def of_its_links(links: list[Link]):
    targets: dict[str, set[str]] = defaultdict(set)
    first: dict[str, Link] = {}
    for link in links:
        said = link.words.casefold().strip(" .:!?…»«“”\"'()[]<>→›")
        values = {"words": cut(link.words), "address": cut(link.address)}
        if not any(sign.isalnum() for sign in said):
            sentence = _("The link to %(address)s has no words: nobody can tell where it leads.")
            yield Hint(Kind.BODY, sentence % values, Weight.BARRIER, link.block)
        elif said in SAYS_NOTHING:
            sentence = _("The link “%(words)s” does not say where it leads.")
            yield Hint(Kind.BODY, sentence % values, Weight.BARRIER, link.block)
        elif BARE_ADDRESS.fullmatch(link.words) and not link.is_in_note:
            sentence = _("The link “%(words)s” is a bare address: say what is found there.")
            yield Hint(Kind.BODY, sentence % values, block=link.block)
        else:
            first.setdefault(said, link)
            targets[said].add(link.address)
        if not link.is_absolute:
            sentence = _(
                "The link “%(words)s” leads nowhere from another site: its address is not complete."
            )
            yield Hint(Kind.BODY, sentence % values, Weight.BARRIER, link.block)
    for said, addresses in targets.items():
        # Notes say "ibid." and "p. 4" of many works.
        if len(addresses) > 1 and not first[said].is_in_note:
            sentence = _("Links with the same words, “%(words)s”, lead to different places.")
            values = {"words": cut(first[said].words)}
            yield Hint(Kind.BODY, sentence % values, block=first[said].block)


def of_a_picture(picture: Picture):
    alt = " ".join(picture.alt_text.split())
    values = {"alt": cut(alt), "length": len(alt), "longest": LONGEST_ALT}
    if not alt:
        found = _("A picture has no alt text."), Weight.BARRIER
    elif PICTURE_FILE.fullmatch(alt):
        found = _("The alt text “%(alt)s” is the name of a file."), Weight.BARRIER
    elif PICTURE_OF.match(alt):
        sentence = _(
            "The alt text “%(alt)s” need not say that it is a picture: that is read out anyway."
        )
        found = sentence, Weight.ADVICE
    elif alt.casefold() == " ".join(picture.caption.split()).casefold():
        sentence = _("The alt text “%(alt)s” repeats the caption: both are read out.")
        found = sentence, Weight.ADVICE
    elif len(alt) > LONGEST_ALT:
        sentence = _(
            "The alt text “%(alt)s” has %(length)d characters; beyond %(longest)d it is a caption."
        )
        found = sentence, Weight.ADVICE
    else:
        return
    sentence, weight = found
    yield Hint(Kind.PICTURE, sentence % values, weight, picture=picture.key)


def has(element: Element, name: str) -> bool:
    return any(
        child.name == name or has(child, name)
        for child in element.children
        if isinstance(child, Element)
    )


def cut(words: str, length: int = 60) -> str:
    """The words, or their beginning."""
    words = " ".join(words.split())
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"
