"""What the newsroom's first page shows of articles and pictures, each panel by permission."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from articles import desk_lists, plotting, tempo
from articles.blockages import MOST_LOOKED_AT, blockages, out_at
from articles.correcting import MAY_WRITE
from articles.models import Article, ArticleEvent, Image, Status
from cms.panels import Cell, Count, Figures, Panel, Row, counted, register

MOST_ROWS = 6
# Of a week, so many are read; a day with more says so by the link to all.
MOST_OF_A_WEEK = 60
# Those that wait longest for review are sorted among so many.
MOST_SORTED = 50
REASON_LENGTH = 140
A_MINUTE = timedelta(minutes=1)


@register
def panels_of_articles(user, *, at: datetime) -> Iterator[Panel]:
    """A house without articles is told how to begin; every other, what waits."""
    if not user.has_perm("articles.view_article"):
        return
    if not Article.objects.exists():
        if user.has_perm("articles.add_article"):
            yield first_day(user)
        return
    if user.has_perm("articles.submit_article"):
        yield own_articles(user, at=at)
        yield week(user, at=at)
    if user.has_perm("articles.approve_article"):
        yield in_review(user, at=at)
    if user.has_perm("articles.publish_article"):
        yield blocked(user, at=at)
    if user.has_perm(MAY_WRITE):
        yield corrections_due(user, at=at)
    if user.has_perm("articles.change_image"):
        yield without_credit()
    if user.has_perm("articles.withdraw_article"):
        yield published(at=at)


def first_day(user) -> Panel:
    """What to do in a house that has published nothing yet, as far as ``user`` may."""
    steps = [
        (
            "sitepolicy.add_sitepolicy",
            "admin:sitepolicy_sitepolicy_changelist",
            _("Write the house texts"),
            _("Contacts, the note to readers, what you promise whoever asks for permission."),
        ),
        (
            "articles.add_publication",
            "admin:articles_publication_changelist",
            _("Name your publication, and those you carry"),
            _("Every article appears under one; its rights contact is asked for leave."),
        ),
        (
            "articles.add_region",
            "admin:articles_region_changelist",
            _("Lay out regions and themes"),
            _("Readers find articles by them. You can add more whenever you need them."),
        ),
        (
            "articles.add_article",
            "admin:articles_article_add",
            _("Enter the first article"),
            _("Paste it from Word, a web page or a wire. Nobody outside sees it before you say."),
        ),
    ]
    return Panel(
        "first-day",
        _("Welcome. Let us begin."),
        5,
        template="admin/panels/_first_day.html",
        shown={
            "steps": [
                Row(words, reverse(name), note)
                for permission, name, words, note in steps
                if user.has_perm(permission)
            ]
        },
        wide=True,
    )


def own_articles(user, *, at: datetime) -> Panel:
    """Own drafts, the last touched first; of those sent back, why."""
    own = Article.objects.filter(created_by=user)
    drafts = own.filter(status=Status.DRAFT)
    rows = list(drafts.only("headline", "updated_at").order_by("-updated_at", "-pk")[:MOST_ROWS])
    asked = _last_said(rows, "send_back")
    counts = [
        counted(_("Drafts"), drafts, _list(mine=1, status__exact=Status.DRAFT)),
        counted(
            _("Sent back"),
            desk_lists.sent_back(own),
            _list(mine=1, waits="sent_back"),
            is_alarm=True,
        ),
        counted(
            _("In review"),
            own.filter(status=Status.IN_REVIEW),
            _list(mine=1, status__exact=Status.IN_REVIEW),
        ),
        counted(_("Scheduled"), own.scheduled(at), _list(mine=1, scheduled=1)),
    ]
    return Panel(
        "own",
        _("My articles"),
        20,
        counts,
        [
            Row(
                row.headline,
                _change(row),
                Truncator(asked[row.pk].reason).chars(REASON_LENGTH) if row.pk in asked else "",
                _ago(row.updated_at, at),
                _("Sent back") if row.pk in asked else "",
                "↩",
            )
            for row in rows
        ],
        empty=_("No draft of yours lies here."),
    )


def in_review(user, *, at: datetime) -> Panel:
    """What was handed in, whoever waits longest first."""
    waiting = Article.objects.visible_to(user).filter(status=Status.IN_REVIEW)
    handed_in = ArticleEvent.objects.filter(article=OuterRef("pk"), move="submit")
    oldest = waiting.order_by("updated_at", "pk").values("pk")[:MOST_SORTED]
    rows = (
        Article.objects.filter(pk__in=list(oldest.values_list("pk", flat=True)))
        .annotate(since=Subquery(handed_in.order_by("-number").values("at")[:1]))
        .select_related("created_by")
        .only("headline", "updated_at", "created_by")
    )
    rows = sorted(rows, key=lambda row: (row.since or row.updated_at, row.pk))[:MOST_ROWS]
    return Panel(
        "review",
        _("Waiting for review"),
        30,
        [counted(_("In review"), waiting, _list(status__exact=Status.IN_REVIEW))],
        [
            Row(row.headline, _change(row), _name(row.created_by), _ago(row.since, at))
            for row in rows
        ],
        empty=_("Nothing waits for you."),
    )


def blocked(user, *, at: datetime) -> Panel:
    """What is approved and cannot go out, with the first reason."""
    found, are_more = blockages(Article.objects.visible_to(user), at=at)
    note = _("Only the next %d to go out are looked at.") % MOST_LOOKED_AT if are_more else ""
    return Panel(
        "blocked",
        _("Blocked"),
        40,
        [Count(_("Approved, but blocked"), len(found), _list(waits="blocked"), bool(found))],
        [
            Row(
                one.article.headline,
                _change(one.article),
                one.reasons[0],
                _moment(one.article.published_at) if one.article.published_at else "",
            )
            for one in found[:MOST_ROWS]
        ],
        empty=_("Nothing that is approved is held up."),
        shown={"note": note},
    )


def week(user, *, at: datetime) -> Panel:
    """Seven days from today: what comes out when, and which embargoes end."""
    articles = Article.objects.all()
    if not user.has_perm("articles.view_every_article"):
        articles = articles.filter(created_by=user)
    due = desk_lists.due_this_week(articles, at=at)
    # In the order of their dates; whoever is under an embargo comes out when that ends.
    fields = ("headline", "status", "published_at", "embargo_until")
    rows = list(due.only(*fields).order_by("published_at", "embargo_until", "pk")[:MOST_OF_A_WEEK])
    rows.sort(key=lambda row: (out_at(row, at=at), row.pk))
    today = timezone.localdate(at)
    days = [{"day": today + timedelta(days=number), "due": []} for number in range(desk_lists.DAYS)]
    for row in rows:
        moment = timezone.localtime(out_at(row, at=at))
        days[(moment.date() - today).days]["due"].append(
            {
                "time": date_format(moment, "TIME_FORMAT"),
                "moment": moment,
                "headline": row.headline,
                "url": _change(row),
                "is_embargo": row.embargo_until == out_at(row, at=at),
                "is_ready": row.status in (Status.APPROVED, Status.PUBLISHED)
                and row.published_at is not None,
                "status": row.get_status_display(),
            }
        )
    return Panel(
        "week",
        _("The week ahead"),
        50,
        [counted(_("Due in seven days"), due, _list(waits="week"))],
        empty=_("Nothing is scheduled for the next seven days."),
        template="admin/panels/_week.html",
        shown={"days": days, "is_empty": not rows},
        wide=True,
    )


def corrections_due(user, *, at: datetime) -> Panel:
    """What was changed after readers had seen it, and of which they have still to be told."""
    due = Article.objects.with_correction_due().visible_to(user)
    rows = due.only("headline", "correction_due_since").order_by("correction_due_since", "pk")
    return Panel(
        "corrections",
        _("Corrections due"),
        42,
        [counted(_("Correction due"), due, _list(waits="correction"), is_alarm=True)],
        [
            Row(row.headline, _change(row), when=_ago(row.correction_due_since, at))
            for row in rows[:MOST_ROWS]
        ],
        empty=_("Readers know of every correction."),
    )


def without_credit() -> Panel:
    """Pictures that nobody is named beside; an article with one of them cannot go out."""
    rows = Image.objects.without_credit()
    pictures = reverse("admin:articles_image_changelist")
    newest = rows.only("caption", "alt_text", "uploaded_at").order_by("-uploaded_at", "-pk")
    return Panel(
        "credits",
        _("Pictures without a credit"),
        48,
        [counted(_("Without a credit"), rows, f"{pictures}?credit=missing")],
        [
            Row(
                str(row),
                reverse("admin:articles_image_change", args=[row.pk]),
                when=date_format(timezone.localtime(row.uploaded_at), "SHORT_DATE_FORMAT"),
            )
            for row in newest[:MOST_ROWS]
        ],
        empty=_("Every picture has its credit."),
    )


def published(*, at: datetime) -> Panel:
    """Figures: what came out, week by week, by where it is from."""
    found = tempo.weeks(at=at)
    labels = [date_format(one.monday, "j M") for one in found]
    totals = [one.ours + one.carried for one in found]
    rows = [
        [
            Cell(label),
            _figure(one.ours, week=one.monday, origin="ours"),
            _figure(one.carried, week=one.monday, origin="carried"),
        ]
        for label, one in zip(labels, found, strict=True)
    ]
    title = _("Published each week")
    return Panel(
        "published",
        title,
        80,
        template="admin/panels/_figures.html",
        shown={
            "figures": [
                Figures(
                    "published",
                    title,
                    [_("Week from"), _("Ours"), _("First published elsewhere")],
                    rows,
                    "admin/panels/_stacks.html",
                    plotting.stacks(
                        labels,
                        [
                            ("one", _("Ours"), [one.ours for one in found]),
                            ("two", _("First published elsewhere"), [one.carried for one in found]),
                        ],
                    )
                    if any(totals)
                    else None,
                    _("The last twelve weeks; this one is not over."),
                )
            ]
        },
        wide=True,
    )


def _figure(number: int, **asked) -> Cell:
    return Cell(str(number), _list(**asked) if number else "")


def _last_said(articles: list[Article], move: str) -> dict[int, ArticleEvent]:
    """Article key → its last event of that kind."""
    events = ArticleEvent.objects.filter(article__in=[one.pk for one in articles], move=move)
    return {event.article_id: event for event in events.order_by("number")}


def _list(**asked) -> str:
    return f"{reverse('admin:articles_article_changelist')}?{urlencode(asked)}"


def _change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def _name(user) -> str:
    return user.get_full_name() or user.get_username()


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def _ago(moment: datetime | None, at: datetime) -> str:
    """“3 hours”: for how long it has lain so."""
    if moment is None:
        return ""
    return timesince(moment, at, depth=1) if at - moment >= A_MINUTE else _("just now")
