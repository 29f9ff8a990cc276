"""The main job, by hand: enter an article through the admin, publish it, read it everywhere."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.desk import Desk, Story
from tests.browser.reference import REFERENCE, reference_story
from tests.factories.articles import picture_file

pytestmark = pytest.mark.browser


# What the partner lets us pass on: enough for the notices of the reference page to be true.
PASSED_ON = ("excerpt", "community_web", "commercial_web", "print", "search_index")
MARKS_OF_NOTES = re.compile(r"\[\s*\d+\s*\]|[⁰¹²³⁴-⁹]")


def bare(text: str) -> str:
    """Letters and digits only: what survives line breaks, hyphenation and typography."""
    return re.sub(r"\W|_", "", MARKS_OF_NOTES.sub("", text)).casefold()


def running_text(pdf: Path) -> str:
    """The words of a PDF without the head and foot of each page."""
    words: list[str] = []

    def keep(text, page_matrix, text_matrix, _font, _size):
        height = text_matrix[4] * page_matrix[1] + text_matrix[5] * page_matrix[3] + page_matrix[5]
        if 60 < height < 775:
            words.append(text)

    for page in PdfReader(pdf).pages:
        page.extract_text(visitor_text=keep)
    return "".join(words)


def story_of_our_own(folder: Path) -> Story:
    """A text with the structure of the reference page, in words of our own."""
    picture = folder / "ferry.jpg"
    picture.write_bytes(picture_file(width=1600, height=1000).read())
    return Story(
        headline="The Ferry That Nobody Wanted to Insure Sails Anyway",
        standfirst="Two towns share one boat, and neither can afford to let it sink.",
        body_html="""
            <p class="MsoNormal" style="margin:0"><span style="font-family:Calibri">The boat
            left at six, as it <a href="https://harbour.example/log?utm_source=mail">has every
            day</a> since the bridge fell[1] in the spring.</span></p>
            <p>Its captain keeps <a href="https://harbour.example/ledger">a ledger</a> of every
            passenger.</p>
            <p>“We counted,” she said, “because nobody else would.”</p>
            <h2>Note</h2>
            <p>[1] The inquiry has not been published.</p>""",
        author="Ottilie Brandt",
        author_bio_html="<p><strong>Ottilie Brandt</strong> writes about rivers and money.</p>",
        publication="The Estuary Papers",
        originating_publication="Northern Tidewater",
        originating_url="https://tidewater.example/",
        original_url="https://tidewater.example/2019/ferry",
        region="Asia",
        theme="Peace",
        report="Afghan",
        picture=picture,
        picture_alt="A small ferry crosses a brown river at dawn",
        picture_credit="Northern Tidewater",
    )


def publish(desk: Desk, story: Story) -> str:
    """Takes ``story`` from the desk to the reader; returns its public address."""
    desk.log_in("editor")
    desk.enter(story)
    expect(desk.page.locator(".desk-status")).to_have_text("Draft")
    desk.move("Submit for review")
    desk.log_in("managing_editor")
    for kind, html in story.house_texts.items():
        desk.write_house_text(kind, html)
    desk.open_article(story.headline)
    desk.move("Approve")
    missing = f"We hold no clearance from {story.originating_publication}"
    expect(desk.page.get_by_text(missing).first).to_be_visible()
    desk.log_in("rights_manager")
    desk.record_agreement(story.originating_publication, *PASSED_ON)
    desk.log_in("managing_editor")
    desk.open_article(story.headline)
    expect(desk.page.locator(".desk-ready")).to_be_visible()
    desk.move("Publish", dated="2019-09-09T08:00")
    desk.page.get_by_role("link", name="Public page", exact=True).click()
    desk.page.wait_for_url(f"{desk.site.url}/articles/*/")
    assert desk.troubles == []
    return desk.page.url


def editions(desk: Desk, url: str) -> dict[str, str]:
    """The words of the three editions of an article."""
    words = {}
    for name in ("", "print/"):
        desk.page.context.clear_cookies()
        answer = desk.page.context.request.get(url + name)
        assert answer.ok
        words[name or "page"] = BeautifulSoup(answer.text(), "html.parser").get_text(" ")
    answer = desk.page.context.request.get(url + "article.pdf")
    pdf = desk.site.folder / "edition.pdf"
    pdf.write_bytes(answer.body())
    words["pdf"] = running_text(pdf)
    return words


def assert_holds(words: dict[str, str], elements: dict[str, str]) -> None:
    """Each edition holds each element, whatever its typography."""
    missing = [
        f"{element} in {edition}: {said[:60]}"
        for edition, text in words.items()
        for element, said in elements.items()
        if bare(said) not in bare(text)
    ]
    assert missing == []


def test_an_article_is_entered_approved_published_and_read_whole(demo_site, browser_page, tmp_path):
    story = story_of_our_own(tmp_path)
    desk = Desk(browser_page, demo_site)
    url = publish(desk, story)
    assert_holds(
        editions(desk, url),
        {
            "headline": story.headline,
            "standfirst": story.standfirst,
            "byline": f"By {story.author}",
            "publication and date": f"{story.publication}, 9 September 2019",
            "region": "Asia",
            "theme": "Peace Processes",
            "in-depth report": "Afghanistan: The Talks and After",
            "body": "Its captain keeps a ledger of every passenger.",
            "note": "The inquiry has not been published.",
            "first published": f"originally published on {story.originating_publication}",
            "bio": "writes about rivers and money",
            "image credit": f"Featured image: {story.picture_credit}",
            "source": f"The original source of this article is {story.publication}",
            "copyright": f"Copyright © {story.author}, {story.publication}, 2019",
            "archive": f"Articles by {story.author}",
        },
    )
    page = desk.page
    page.goto(url)
    mark = page.locator("[role=doc-noteref]").first
    mark.click()
    note = page.locator("[role=doc-endnotes] li, [role=doc-endnote]").first
    expect(page).to_have_url(re.compile(f"#{note.get_attribute('id')}$"))
    page.locator("[role=doc-backlink]").first.click()
    expect(page).to_have_url(re.compile(f"#{mark.get_attribute('id')}$"))
    link = page.get_by_role("link", name="has every day")
    assert link.get_attribute("href") == "https://harbour.example/log"
    assert "Mso" not in page.content()


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference article is not here")
def test_the_reference_article_is_held_whole(demo_site, browser_page, tmp_path):
    story, elements = reference_story(tmp_path)
    desk = Desk(browser_page, demo_site)
    url = publish(desk, story)
    assert_holds(editions(desk, url), elements)
    desk.page.goto(url)
    assert desk.page.locator("[role=doc-noteref]").count() == 1
    assert desk.page.locator("[itemprop=articleBody] a, .article-body a").count() >= 7
