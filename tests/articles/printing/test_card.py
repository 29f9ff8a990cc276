"""A card is a PNG of 1200 by 630 pixels, whatever has to stand on it; nothing is an empty box."""

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from articles.printing.card import Card, typeset_card

CARD = Card(
    headline="Who keeps the tide tables",
    masthead="The House Review",
    source="The House Review · first published by Firth Gazette",
    language="en",
    direction="ltr",
    kicker="Navigation",
    byline="Ada Brook and Ben Cole",
)
ARABIC = replace(
    CARD, headline="من يحفظ جداول المد والجزر؟", kicker="الملاحة", language="ar", direction="rtl"
)


def red_field() -> bytes:
    pixels = io.BytesIO()
    Image.new("RGB", (800, 600), (200, 20, 20)).save(pixels, "JPEG")
    return pixels.getvalue()


def pixels(card: Card) -> Image.Image:
    with Image.open(io.BytesIO(typeset_card(card))) as picture:
        return picture.convert("RGB")


@pytest.mark.parametrize(
    "card",
    [
        CARD,
        ARABIC,
        replace(CARD, headline="W" * 200, kicker="V" * 300, byline="M" * 300),
        replace(CARD, headline="word " * 40, picture=red_field(), credit="Cora Dunn " * 30),
        replace(CARD, headline="", masthead="", source="", kicker="", byline=""),
        replace(CARD, headline='#panic("no") $x$ \\ " [*a*] @b <c> `d`'),
        replace(CARD, headline="a\x00b\u202ec\ud800d\ue000"),
        replace(CARD, language="no such-language"),
    ],
    ids=["usual", "arabic", "unbroken", "crowded", "empty", "markup", "odd", "tongue"],
)
def test_a_card_is_made_of_anything(card):
    assert pixels(card).size == (1200, 630)


def test_the_same_card_is_the_same_file():
    assert typeset_card(CARD) == typeset_card(CARD)


def test_a_picture_stands_at_the_end_of_the_line_with_its_credit_on_it():
    card = replace(CARD, picture=red_field(), credit="Cora Dunn", alt="A red field")
    picture = pixels(card)
    assert picture.getpixel((1100, 200)) == pytest.approx((200, 20, 20), abs=6)
    assert picture.getpixel((1190, 620)) != picture.getpixel((1190, 200))
    mirrored = pixels(replace(ARABIC, picture=red_field(), credit="Cora Dunn"))
    assert mirrored.getpixel((100, 200)) == pytest.approx((200, 20, 20), abs=6)


def test_a_picture_that_cannot_be_read_is_left_out():
    assert pixels(replace(CARD, picture=b"no picture")) == pixels(CARD)


def test_a_headline_that_no_font_can_draw_gives_way_to_the_name_of_the_house():
    foreign = replace(CARD, headline="潮汐表由谁保管？")
    assert pixels(foreign) == pixels(replace(CARD, headline=CARD.masthead, masthead=""))


def test_a_little_picture_in_a_headline_is_left_out_of_it():
    assert pixels(replace(CARD, headline="Who keeps 🌊 the tide tables")) == pixels(CARD)


def test_a_picture_goes_with_a_credit_that_cannot_be_drawn():
    card = replace(CARD, picture=red_field(), credit="王小明")
    assert pixels(card) == pixels(CARD)


def test_nothing_is_cut_at_the_edges_of_a_long_headline():
    long = pixels(
        replace(CARD, headline=("Ministers promised a register of every ship " * 5)[:200])
    )
    ground = Image.new("RGB", long.size, long.getpixel((0, 0)))
    left, _top, right, _bottom = ImageChops.difference(long, ground).getbbox()
    assert left >= 60 and right <= 1140
