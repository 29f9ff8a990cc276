"""A page held against what is owed: findings, or why there was nothing of ours to be seen.

Pure: what the page says and what the licence says, in; findings out. Where a page can be read in
two ways, it gets the benefit of the doubt.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from licensing.compliance import strangers
from licensing.compliance.failures import Failure
from licensing.compliance.findings import Code, Finding, of_attribution
from licensing.compliance.matching import Change, Match, is_said, is_same, match
from licensing.compliance.reading import Page
from licensing.rights.attribution import AttributionRule, Part, PictureCredit, Work
from licensing.rights.attribution_links import place
from licensing.rights.conditions import Condition, Kind
from licensing.rights.days import in_hours
from licensing.rights.marking import marked as _
from licensing.rights.vocabulary import Sentence, Use

# A page on which so much of a text stands, or so many words of it, is about it.
SHARE, WORDS = 0.1, 25
# Fewer words between ours are a caption, a link or an advertisement.
ADDED_WORDS = 25
# So much of a notice is the notice.
TOLD = 0.8
MOST_PASSAGES = 12
LONGEST_PASSAGE = 400
LONGEST_LINE = 4_000
# Under these the text is another one than ours.
IN_OTHER_WORDS = frozenset({Use.TRANSLATION, Use.ADAPTATION})


@dataclass(frozen=True)
class OurPicture:
    """A picture of the article. ``marks``: parts of the addresses at which we show it."""

    credit: PictureCredit
    marks: tuple[str, ...]
    is_cleared: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class OurNotice:
    """What readers are told of the text. ``line`` is how a copy has it; from ``due_at`` on every
    copy has to.
    """

    text: str
    line: str
    due_at: datetime


@dataclass(frozen=True)
class Owed:
    """All that a copy of one article at one revision is held against.

    ``known`` are words of ours that may stand beside the text, ``required`` those that a rights
    holder wants to have said word for word. ``published_at``: when we published it; ``opens_at``,
    ``closes_at``: when it may be taken; ``ends_at``: when the copy has to be gone.
    """

    use: Use
    rule: AttributionRule
    work: Work
    headline: str
    paragraphs: tuple[str, ...]
    notes: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    pictures: tuple[OurPicture, ...] = ()
    notices: tuple[OurNotice, ...] = ()
    pixel: str = ""
    pixel_line: str = ""
    published_at: datetime | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    ends_at: datetime | None = None
    is_permitted: bool = True
    # So many words anybody may quote, whether there is a permission or not.
    quotable: int = 0
    is_free_of_ads: bool = False
    is_free_to_read: bool = False

    def asks(self, *kinds: Kind) -> bool:
        """Whether one of ``kinds`` binds this copy."""
        return any(entry.kind in kinds for entry in self.conditions)

    @property
    def is_for_a_part(self) -> bool:
        """Whether no more than an excerpt may stand there."""
        return self.use is Use.EXCERPT or self.asks(Kind.EXCERPT_WORDS)

    def value(self, kind: Kind):
        """What the condition of this kind says; nothing where there is none."""
        return next((entry.value for entry in self.conditions if entry.kind is kind), None)


@dataclass(frozen=True)
class Judgement:
    """What a look came to. ``failure``: why nothing of ours was seen; then there is no finding."""

    failure: str = ""
    findings: tuple[Finding, ...] = ()
    share: float = 0.0


def judge(
    page: Page, html: str, owed: Owed, *, address: str, headers: dict, at: datetime
) -> Judgement:
    """``page``, read from ``html`` at ``address``, held against ``owed`` at ``at``."""
    seen = [picture for picture in owed.pictures if _is_shown(page, picture)]
    work = replace(owed.work, pictures=tuple(one.credit for one in seen if one.is_cleared))
    missing = owed.rule.verify(html, work)
    text = match(owed.paragraphs, page.blocks, known=owed.known)
    if not (page.word_count and _is_ours(text, missing, owed)):
        return Judgement(strangers.why(page) or Failure.OTHER_TEXT, share=text.share)
    if not owed.is_permitted:
        found = [] if text.words_found <= owed.quotable else [_no_permission()]
    else:
        found = [
            *map(of_attribution, missing),
            *_of_credit(page, text, owed),
            *_of_text(page, text, owed),
            *_of_notices(page, owed, at),
            *_of_pictures(seen, owed),
            *_of_robots(page, owed, address, headers),
            *_of_window(page, owed, at),
            *_of_readers(page, owed),
        ]
    return Judgement(findings=tuple(found), share=text.share)


def _is_ours(text: Match, missing, owed: Owed) -> bool:
    if text.share >= SHARE or text.words_found >= WORDS:
        return True
    # An excerpt or a translation leads here; so may a text that was cut to the bone.
    lacks = {one.part for one in missing}
    return Part.LINK in owed.rule.parts and bool(owed.work.url) and Part.LINK not in lacks


def _no_permission() -> Finding:
    return Finding(Code.NO_PERMISSION, Sentence(_("No permission for this copy is on record.")))


def _of_credit(page: Page, text: Match, owed: Owed) -> Iterator[Finding]:
    """What rights holders want to have said, and whether the credit stands above the text where it
    has to; what else is missing is said already.
    """
    for words in owed.required:
        if not is_said(page.blocks, words):
            pattern = _("The words that the rights holder asks for are missing: “{name}”.")
            yield Finding(Code.REQUIRED, Sentence(pattern, (("name", words),)), line=words)
    named = owed.work.first_outlet
    if not owed.asks(Kind.CREDIT_FIRST) or not is_said(page.blocks, named):
        return
    if not is_said(text.before, named):
        yield Finding(
            Code.CREDIT_BELOW, Sentence(_("The credit stands below the text and not above it."))
        )


# --- The text ---------------------------------------------------------------------------------


def _of_text(page: Page, text: Match, owed: Owed) -> Iterator[Finding]:
    if owed.use in IN_OTHER_WORDS:
        return
    if owed.is_for_a_part:
        yield from _too_long(text, owed)
        return
    yield from _headline(page, text, owed)
    binds_words = owed.asks(Kind.NO_EDITS)
    binds_whole = binds_words or owed.asks(Kind.WHOLE)
    if text.missing:
        number = len(text.missing)
        yield Finding(
            Code.MISSING,
            Sentence(_("Paragraphs of the text are missing: {number}."), (("number", number),)),
            is_due=binds_whole,
            line=_cut("\n\n".join(found.paragraph for found in text.missing), LONGEST_LINE),
            passages=_passages(Change(found.paragraph, "") for found in text.missing),
        )
    if changes := [change for found in text.altered for change in found.changes]:
        sentence = Sentence(
            _("The text was changed in {number} places."), (("number", len(changes)),)
        )
        if len(changes) == 1:
            sentence = Sentence(_("The text was changed in one place."))
        yield Finding(Code.ALTERED, sentence, is_due=binds_words, passages=_passages(changes))
    if added := [block for block in text.added if len(block.split()) >= ADDED_WORDS]:
        yield Finding(
            Code.ADDED,
            Sentence(_("Words that are not ours stand between our paragraphs.")),
            is_due=False,
            passages=_passages(Change("", block) for block in added),
        )
    yield from _notes(page, owed, is_due=binds_whole)


def _headline(page: Page, text: Match, owed: Owed) -> Iterator[Finding]:
    if owed.asks(Kind.HEADLINE_FREE) or is_said(page.headlines, owed.headline):
        return
    # Who makes pages by hand may call it no headline.
    if any(is_same(block, owed.headline) for block in text.before):
        return
    theirs = next(iter(page.headlines), "")
    yield Finding(
        Code.HEADLINE,
        Sentence(_("The headline was changed.")),
        is_due=owed.asks(Kind.NO_EDITS),
        line=owed.headline,
        passages=(Change(owed.headline, _cut(theirs, LONGEST_PASSAGE)),),
    )


def _notes(page: Page, owed: Owed, *, is_due: bool) -> Iterator[Finding]:
    if not owed.notes:
        return
    lost = match(owed.notes, page.blocks).missing
    if lost:
        yield Finding(
            Code.NOTES,
            Sentence(_("Notes to the text are missing: {number}."), (("number", len(lost)),)),
            is_due=is_due,
            line=_cut("\n\n".join(found.paragraph for found in lost), LONGEST_LINE),
            passages=_passages(Change(found.paragraph, "") for found in lost),
        )


def _of_notices(page: Page, owed: Owed, at: datetime) -> Iterator[Finding]:
    """Whoever reads the text there should not be told less than our own readers."""
    if owed.use in IN_OTHER_WORDS or owed.is_for_a_part:
        return
    for notice in owed.notices:
        if not _is_told(page, notice.text):
            yield Finding(
                Code.NOTICE,
                Sentence(_("A notice to readers that belongs to the text is missing.")),
                is_due=at >= notice.due_at,
                line=notice.line,
                passages=(Change(_cut(notice.text, LONGEST_PASSAGE), ""),),
            )


def _is_told(page: Page, notice: str) -> bool:
    # It repeats words of the text: most of it has to stand there.
    found = match((notice,), page.blocks).found
    return is_said(page.blocks, notice) or any(one.share >= TOLD for one in found)


def _too_long(text: Match, owed: Owed) -> Iterator[Finding]:
    most = owed.value(Kind.EXCERPT_WORDS)
    if most is not None and text.words_found > most:
        facts = (("found", text.words_found), ("most", most))
        pattern = _("The excerpt has {found} words of the text; agreed are at most {most}.")
        yield Finding(Code.TOO_LONG, Sentence(pattern, facts))


def _passages(changes: Iterable[Change]) -> tuple[Change, ...]:
    cut = [Change(*(_cut(side, LONGEST_PASSAGE) for side in change)) for change in changes]
    return tuple(cut[:MOST_PASSAGES])


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


# --- Pictures ---------------------------------------------------------------------------------


def _is_shown(page: Page, ours: OurPicture) -> bool:
    """Whether the page shows it: from our address, or under the words that we wrote for it."""
    said = {" ".join(words.split()).casefold() for words in ours.words if len(words.split()) > 2}
    return any(
        any(mark in picture.address for mark in ours.marks) or picture.alt.casefold() in said
        for picture in page.pictures
    )


def _of_pictures(seen: Iterable[OurPicture], owed: Owed) -> Iterator[Finding]:
    for picture in seen:
        if picture.is_cleared and not owed.asks(Kind.NO_IMAGES):
            continue
        pattern = _("The picture “{name}” is not covered by the permission.")
        yield Finding(Code.UNCLEARED, Sentence(pattern, (("name", picture.credit.label),)))


# --- What machines are told -------------------------------------------------------------------


def _of_robots(page: Page, owed: Owed, address: str, headers: dict) -> Iterator[Finding]:
    if owed.asks(Kind.CANONICAL):
        named = {place(_joined(address, href)) for href in page.canonical}
        if named != {place(owed.work.url)}:
            yield Finding(
                Code.CANONICAL,
                Sentence(_("The page does not name ours as the canonical one.")),
                line=f'<link rel="canonical" href="{owed.work.url}">',
            )
    if owed.asks(Kind.NOINDEX) and not _is_kept_out(page, headers):
        yield Finding(
            Code.NOINDEX,
            Sentence(_("The page does not ask search engines to leave it out.")),
            line='<meta name="robots" content="noindex">',
        )
    if owed.pixel and not any(owed.pixel in picture.address for picture in page.pictures):
        yield Finding(
            Code.PIXEL, Sentence(_("The counting pixel is missing.")), line=owed.pixel_line
        )


def _joined(address: str, href: str) -> str:
    try:
        return urljoin(address, href)
    except ValueError:
        return ""


def _is_kept_out(page: Page, headers: dict) -> bool:
    said = headers.get("x-robots-tag", "").lower().replace(":", ",").split(",")
    return bool({"noindex", "none"} & (page.robots | {word.strip() for word in said}))


# --- When, and for whom -----------------------------------------------------------------------


def _of_window(page: Page, owed: Owed, at: datetime) -> Iterator[Finding]:
    posted = page.published_at
    if owed.opens_at and at < owed.opens_at:
        pattern = _("It may be published from {moment} on, and stands there already.")
        facts = (("moment", in_hours(owed.opens_at)),)
        yield Finding(Code.TOO_EARLY, Sentence(pattern, facts))
    elif _was_early(posted, owed):
        # Nothing can be done about it now; and pages date a text as they like.
        pattern = _("It was free to publish from {moment} on, and was published sooner.")
        facts = (("moment", in_hours(owed.opens_at)),)
        yield Finding(Code.TOO_EARLY, Sentence(pattern, facts), is_due=False)
    if owed.closes_at and posted and owed.closes_at < posted <= at:
        pattern = _("It was free to take until {moment}, and was published later.")
        yield Finding(Code.TOO_LATE, Sentence(pattern, (("moment", in_hours(owed.closes_at)),)))
    if owed.ends_at and at >= owed.ends_at:
        pattern = _("The copy had to be taken down by {moment}, and still stands there.")
        facts = (("moment", in_hours(owed.ends_at)),)
        yield Finding(Code.STILL_THERE, Sentence(pattern, facts))


def _was_early(posted: datetime | None, owed: Owed) -> bool:
    """Whether it was published after us and too soon; many pages name our day as theirs."""
    known = posted and owed.published_at and owed.opens_at
    return bool(known and owed.published_at < posted < owed.opens_at)


def _of_readers(page: Page, owed: Owed) -> Iterator[Finding]:
    if page.is_behind_a_paywall and (owed.is_free_to_read or owed.asks(Kind.NO_PAYWALL)):
        yield Finding(Code.PAYWALL, Sentence(_("The copy stands behind a paywall.")))
    if owed.is_free_of_ads and strangers.shows_ads(page):
        yield Finding(
            Code.ADVERTISING,
            Sentence(_("The page shows advertising, and the permission is for one without.")),
        )
