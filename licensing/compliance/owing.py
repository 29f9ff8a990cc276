"""From rows to what a copy is held against: its licence, or what the terms give everybody.

A licence counts as it was given, with the one that took its place; of the text, the revision that
was licensed (else the one of the day on which we came to know of the copy) and later ones are.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.timezone import localtime

from articles import languages, pages, reading
from articles.addresses import site
from articles.models import Article, Image, Revision
from cms.richtext import tree
from licensing.attribution import picture_credit
from licensing.compliance.rules import OurNotice, OurPicture, Owed
from licensing.compliance.schedule import OUT_OF_LINE
from licensing.copies import pixels
from licensing.copies.pixels import path_of
from licensing.crediting import credit_of, template_of, terms_of
from licensing.kits import notice_of
from licensing.models import Crosspost, Grant, GrantStatus, Pixel
from licensing.republication import held
from licensing.republishing.html import pixel_tag
from licensing.rights.attribution import Form
from licensing.rights.attribution_words import one_line
from licensing.rights.conditions import (
    TAKEN_BACK_BY,
    Condition,
    Kind,
    clash,
    must_be_counted,
    parse,
)
from licensing.rights.decide import Decision, decide
from licensing.rights.facts import Snapshot, Terms, turn
from licensing.rights.handing_over import pictures_for_taker
from licensing.rights.vocabulary import Rung, Use, Verdict
from licensing.snapshot import picture_key, picture_number, snapshot
from licensing.statements import Rights
from licensing.succession import after
from licensing.withholding import articles_withheld

# What somebody who took a text without a name may have taken it for, the likeliest first.
WITHOUT_A_NAME = (Use.COMMUNITY_WEB, Use.COMMERCIAL_WEB)
A_MOMENT = timedelta(microseconds=1)
# The newest of those that were saved since a copy was taken.
MOST_REVISIONS = 8


@dataclass(frozen=True)
class Leave:
    """On what a copy rests, whoever gave it."""

    use: Use
    conditions: tuple[Condition, ...]
    cleared: frozenset[str]
    terms: Terms | None = None
    required: tuple[str, ...] = ()
    number: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    ends_at: datetime | None = None
    is_permitted: bool = True
    quotable: int = 0
    is_free_of_ads: bool = False
    is_free_to_read: bool = False


def owed(crosspost: Crosspost, *, at: datetime) -> list[tuple[Revision, Owed]]:
    """What the copy is held against at ``at``, one a revision that it may be of."""
    article = pages.loaded(Article.objects.filter(pk=crosspost.article_id)).get()
    grant, gone_at = standing(crosspost), _taken_back_at(article, at)
    if grant:
        leave = _granted(crosspost, grant, article, at)
    else:
        leave = _offered(crosspost, article, gone_at)
    if gone_at:
        leave = replace(leave, ends_at=min(filter(None, [leave.ends_at, gone_at])))
    held_at = article.revisions.filter(created_at__lte=crosspost.declared_at).first()
    if grant:
        held_at = grant.granted.select_related("revision").get(article=article).revision
    # Whoever fetched the text once more since then has one in between.
    later = article.revisions.filter(number__gt=held_at.number if held_at else 0)
    revisions = [*filter(None, [held_at]), *later[:MOST_REVISIONS]]
    whole = _owed(article, grant, leave, at)
    return [(revision, _as_of(revision, whole)) for revision in revisions]


def standing(crosspost: Crosspost) -> Grant | None:
    """Its licence, or the one that took the place of that and gives this article, too."""
    return after(crosspost.grant, crosspost.article) if crosspost.grant else None


# --- On what it rests -------------------------------------------------------------------------


def _granted(crosspost: Crosspost, grant: Grant, article: Article, at: datetime) -> Leave:
    line = grant.granted.get(article=article)
    conditions = parse(grant.conditions)
    ends = [grant.ends_at, _ended_at(grant), _removed_at(crosspost, conditions)]
    said, decision = grant.particulars, held(article, grant, at=at)
    return Leave(
        Use(grant.use),
        conditions,
        # What everybody may have may stand in it, too: the kit hands it over.
        pictures_for_taker(decision).union(line.pictures),
        terms=terms_of(grant, decision.terms),
        required=_required(snapshot(article, at=grant.issued_at), grant.issued_at),
        number=grant.number,
        # A later licence in its place begins when the copy has stood there for long.
        opens_at=crosspost.grant.begins_at,
        ends_at=min(filter(None, ends), default=None),
        is_free_of_ads=said.get("ads") == "no",
        is_free_to_read=said.get("paywall") == "no",
    )


def _ended_at(grant: Grant) -> datetime | None:
    """When it was revoked, or gave way to one without this article."""
    if grant.status not in (GrantStatus.REVOKED, GrantStatus.SUPERSEDED):
        return None
    ends = grant.events.filter(move__in=["revoke", "supersede"])
    return ends.values_list("at", flat=True).first()


def _taken_back_at(article: Article, at: datetime) -> datetime | None:
    """Since when every copy has to be gone, because the text itself is gone from our pages."""
    if article.is_live(at):
        return None
    since = [article.withdrawn_at, articles_withheld(keys=[article.pk]).get(article.pk)]
    return min(filter(None, since), default=None)


def _removed_at(crosspost: Crosspost, conditions: tuple[Condition, ...]) -> datetime | None:
    days = next((entry.value for entry in conditions if entry.kind is Kind.REMOVE_AFTER), None)
    return crosspost.declared_at + timedelta(days=days) if days else None


def _offered(crosspost: Crosspost, article: Article, gone_at: datetime | None) -> Leave:
    """What the terms gave everybody on the day on which we came to know of the copy; of a text that
    was gone by then, on the last on which it was there.
    """
    told = crosspost.declared_at
    if gone_at:
        told = min(told, gone_at - A_MOMENT)
    facts = snapshot(article, at=told)
    if gone_at:
        facts = replace(facts, is_released=True)
    for use in WITHOUT_A_NAME:
        decision = decide(facts, use, told)
        if decision.is_granted or _is_only_out_of_time(decision):
            return _given(crosspost, facts, decision)
    excerpt = decide(facts, Use.EXCERPT, told)
    words = [entry.value for entry in excerpt.conditions if entry.kind is Kind.EXCERPT_WORDS]
    quotable = min(words, default=0) if excerpt.is_granted else 0
    return Leave(Use.COMMUNITY_WEB, (), frozenset(), is_permitted=False, quotable=quotable)


def _given(crosspost: Crosspost, facts: Snapshot, decision: Decision) -> Leave:
    turns = {entry.kind: turn(entry, facts.published_at) for entry in decision.conditions}
    return Leave(
        decision.use,
        decision.conditions,
        pictures_for_taker(decision),
        terms=decision.terms,
        required=_required(facts, crosspost.declared_at),
        opens_at=turns.get(Kind.NOT_BEFORE),
        closes_at=turns.get(Kind.ONLY_WITHIN),
        ends_at=_removed_at(crosspost, decision.conditions),
    )


def _is_only_out_of_time(decision: Decision) -> bool:
    """Whether it was free to take, only not on that day: the copy may have been there before."""
    reasons = [reason for reason in decision.reasons if reason.rung is Rung.TIME]
    taken_back = TAKEN_BACK_BY.get(decision.use, frozenset())
    return (
        decision.verdict is Verdict.ASK
        and bool(reasons)
        and not clash(decision.conditions)
        and all(entry.kind not in taken_back for entry in decision.conditions)
    )


# --- What has to stand ------------------------------------------------------------------------


def _owed(article: Article, grant: Grant | None, leave: Leave, at: datetime) -> Owed:
    """What is owed whichever revision the copy is of."""
    facts = snapshot(article, at=at)
    credit = credit_of(
        article,
        template_of(article),
        leave.conditions,
        url=f"{site()}{article.get_absolute_url()}",
        terms=leave.terms,
        rights=facts.text.rights,
        at=at,
        grant=leave.number,
    )
    # Words that hold today: an agreement with others may have come since.
    required = set(leave.required).intersection(_required(facts, at))
    pictures = tuple(_picture(image, leave, at) for image in _pictures(article, grant))
    notices = tuple(_notices(article, at))
    pixel = _pixel(article, grant, leave)
    return Owed(
        leave.use,
        credit.rule,
        credit.work,
        headline="",
        paragraphs=(),
        known=(credit.written(Form.TEXT), *required, *_known(pictures, notices)),
        required=tuple(sorted(required)),
        conditions=leave.conditions,
        pictures=pictures,
        notices=notices,
        pixel=pixel.key if pixel else "",
        pixel_line=pixel_tag(f"{site()}{path_of(pixel)}") if pixel else "",
        published_at=article.published_at,
        opens_at=_local(leave.opens_at),
        closes_at=_local(leave.closes_at),
        ends_at=_local(leave.ends_at),
        is_permitted=leave.is_permitted,
        quotable=leave.quotable,
        is_free_of_ads=leave.is_free_of_ads,
        is_free_to_read=leave.is_free_to_read,
    )


def _as_of(revision: Revision, owed: Owed) -> Owed:
    """What is owed by a copy of this revision."""
    said = revision.content
    notes: list[str] = []
    paragraphs = reading.Reader(notes).paragraphs(tree.parse(said["body"]))
    captions = [entry.get("caption", "") for entry in said.get("gallery", [])]
    return replace(
        owed,
        headline=said["headline"],
        paragraphs=tuple(paragraphs),
        notes=tuple(notes),
        known=(*owed.known, said.get("standfirst", ""), *notes, *captions),
    )


def _local(moment: datetime | None) -> datetime | None:
    return localtime(moment) if moment else None


def _required(facts: Snapshot, at: datetime) -> tuple[str, ...]:
    """What those whose text it is want to have said at ``at``, as the copy has it."""
    return tuple(map(one_line, Rights(facts, {}, at).required_attribution))


def _pictures(article: Article, grant: Grant | None) -> list[Image]:
    """Those in the article, and those that a copy was given before they were taken out of it."""
    shown = article.pictures()
    if grant is None:
        return shown
    given = {picture_number(key) for key in grant.granted.get(article=article).pictures}
    return [*shown, *Image.objects.filter(pk__in=given.difference(one.pk for one in shown))]


def _picture(image: Image, leave: Leave, at: datetime) -> OurPicture:
    return OurPicture(
        picture_credit(image),
        (f"/pictures/{image.key}/", image.key.hex),
        # Nobody passes on for longer what is held until a day.
        is_cleared=picture_key(image) in leave.cleared and image.is_usable(at),
        words=tuple(filter(None, [image.alt_text, image.caption])),
    )


def _notices(article: Article, at: datetime):
    """What readers are told on our page, as the copy has it. Who took the text before has as long
    as for everything else, from the day on which they were told.
    """
    told = dict(article.recalls.values_list("key", "at"))
    with translation.override(languages.spoken(article.language)):
        for row in pages.notices([article], at=at)[article.pk]:
            notice = notice_of(row)
            yield OurNotice(
                notice.text,
                "\n".join(filter(None, [notice.lead, notice.text])),
                due_at=told.get(f"{row.kind}-{row.pk}", row.dated) + OUT_OF_LINE,
            )


def _known(pictures: tuple[OurPicture, ...], notices: tuple[OurNotice, ...]):
    """What is ours, too, and may stand among our paragraphs."""
    for picture in pictures:
        yield from (*picture.words, picture.credit.credit_line)
    yield from (notice.text for notice in notices)


def _pixel(article: Article, grant: Grant | None, leave: Leave) -> Pixel | None:
    """The counting pixel, where it has to stand."""
    is_counted = grant is not None and must_be_counted(leave.conditions)
    return pixels.pixel_of(grant, article) if is_counted else None
