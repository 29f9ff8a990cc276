"""One article of our own that has everything an article can have, and the house texts around it."""

from datetime import UTC, date, datetime

from django.contrib.auth.models import User

from articles import actions
from articles.models import Article, Byline, Correction, GalleryImage, OriginHop
from cms.sitepolicy.actions import write_version
from cms.sitepolicy.models import PLAIN, Kind
from tests.factories.articles import (
    house,
    make_article,
    make_author,
    make_image,
    make_publication,
)
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.rights import hold_an_agreement_with, stand_under

PUBLISHED = datetime(2021, 5, 4, 9, 30, tzinfo=UTC)
BODY = (
    "<p>The tide tables of Skerryvoe<span class='footnote'>Printed since 1802, with a gap.</span>"
    " were <a href='https://almanac.example/tables'>kept by hand</a>.</p>"
    "<h2>Who reads them</h2><p>Pilots do<span class='footnote'>Eleven of them.</span>.</p>"
    "<blockquote><p>Water does not read.</p></blockquote>"
)
TEXTS = {
    Kind.MASTHEAD: "<p>The House Review</p>",
    Kind.DISCLAIMER: "<p>The author answers for every word.</p>",
    Kind.READER_NOTE: "<p>Pass this article on.</p>",
    Kind.CROSSPOST: "<p>Community sites may carry it.</p>",
    Kind.PRINT_COMMERCIAL: "<p>For print ask <a href='mailto:print@house.example'>us</a>.</p>",
    Kind.FAIR_USE: "<p>Some material is used fairly.</p>",
    Kind.MEDIA_CONTACT: "<p>Call the <a href='tel:+41220000000'>press desk</a>.</p>",
    Kind.COMMENT_LINK: "<p><a href='https://talk.example/'>Talk about it</a></p>",
    Kind.MEMBERSHIP_LINK: "<p><a href='https://join.example/'>Become a member</a></p>",
}


def write_house_texts(*, language: str = "en") -> None:
    """A wording of every house text in TEXTS."""
    for kind, text in TEXTS.items():
        plain = text.removeprefix("<p>").removesuffix("</p>")
        write_version(kind=kind, language=language, text=plain if kind in PLAIN else text)


def make_whole_article(people: dict[str, User], **fields) -> Article:
    """Live since 4 May 2021, with everything that may stand on the page of an article."""
    stand_under()
    origin = make_publication("Firth Gazette", url="https://firth.example/")
    relay = make_publication("Translators' Pool", url="https://pool.example/")
    mirror = make_publication("Harbour Mirror", url="https://mirror.example/")
    ada = make_author("Ada Brook", bio="<p><strong>Ada Brook</strong> sails.</p>")
    ben = make_author("Ben Cole", bio="<p>Ben Cole counts birds.</p>")
    values = {
        "headline": "Who Keeps the Tide Tables",
        "slug": "tide-tables",
        "standfirst": "A book nobody signs, and everybody needs.",
        "body": BODY,
        "originating_publication": origin,
        "original_url": "https://firth.example/2019/tides/",
        "original_date": date(2019, 3, 2),
        "featured_image": make_image(
            developed=True,
            alt_text="A wet quay",
            caption="The quay at six in the morning",
            credit_line="Cora Dunn / Firth Gazette",
            credit_url="https://cora.example/",
        ),
        "created_by": people["contributor"],
        "publication": house(),
    }
    article = make_article(by=people["contributor"], authors=[ada, ben], **{**values, **fields})
    Byline.objects.create(
        article=article,
        author=make_author("Tess Lind"),
        role=Byline.Role.TRANSLATOR,
        credit_suffix="for Translators' Pool",
        position=2,
    )
    article.regions.add(make_region("Orkney"))
    article.themes.add(make_theme("Navigation"))
    article.tags.add("tides")
    make_report("The Sea's Paperwork", articles=[article])
    plate = make_image(developed=True, alt_text="A page of figures", credit_line="Eve Ford")
    GalleryImage.objects.create(article=article, image=plate, caption="June, by hand")
    hop = {"article": article}
    hold_an_agreement_with(relay)
    OriginHop.objects.create(
        **hop, step="translated", publication=relay, date=date(2020, 1, 7), position=0
    )
    OriginHop.objects.create(**hop, step="crossposted", publication=mirror, position=1)
    for placement, text in (("top", "High water was an hour later."), ("end", "Ada, not Ida.")):
        Correction.objects.create(
            article=article, text=text, placement=placement, dated=PUBLISHED, kind="correction"
        )
    actions.revise(article, by=people["contributor"])
    actions.submit(article, by=people["contributor"])
    actions.approve(article, by=people["editor"])
    actions.publish(article, by=people["editor"], dated=PUBLISHED)
    return article
