"""What is done with articles: the verbs of the newsroom.

Actor and time come in as ``by`` and ``at``; a refusal raises with reasons a person can read;
whatever belongs together stands or falls in one transaction.
"""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import carriage, correcting, hearing, letters, readiness, reading, recalling
from articles.models import (
    Article,
    ArticleEvent,
    Author,
    Byline,
    FormerSlug,
    GalleryImage,
    Image,
    InDepthReport,
    OriginHop,
    Publication,
    ReportEntry,
    Revision,
)
from articles.search import index
from articles.snapshots import DATE_FIELDS, KEY_FIELDS, MANY_FIELDS, TEXT_FIELDS, snapshot
from articles.workflow import EDITORIAL
from cms.workflows.actions import MoveNotAllowed, NotYours, perform

# --- Writing ----------------------------------------------------------------------------------


@transaction.atomic
def revise(article: Article, *, by, at: datetime | None = None, note: str = "") -> Revision:
    """Records what ``article`` says now as its next revision and returns it.

    Called after row, bylines and pictures are saved. Where nothing changed since the last
    revision, that one is returned. The former address of a text that was renamed keeps leading
    to it. Where readers have seen the text and need to be told of the change, a correction falls
    due.
    """
    at = at or timezone.now()
    # The row is locked so that two who save at once get two numbers.
    held = Article.objects.select_for_update().get(pk=article.pk)
    # What was said of its origin decides whether we may still carry it.
    carriage.keep([article], at=at)
    content = snapshot(article)
    last = article.revisions.first()
    if last and last.content == content:
        return last
    if last and last.content["slug"] != article.slug and article.has_been_public(at):
        keep_former_slug(article, last.content["slug"])
    article.word_count = reading.word_count(article.body)
    article.updated_at = at
    written = ["word_count", "updated_at"]
    if last and correcting.is_due_after(held, old=last.content, new=content, at=at):
        article.correction_due_since = at
        written.append("correction_due_since")
    article.save(update_fields=written)
    index.keep([article.pk])
    hearing.tell(Article.objects.filter(pk=article.pk))
    return article.revisions.create(
        number=last.number + 1 if last else 1,
        content=content,
        created_at=at,
        created_by=by,
        note=note,
    )


@transaction.atomic
def restore(revision: Revision, *, by, at: datetime | None = None) -> Revision:
    """Makes the article say again what ``revision`` says, as a new revision.

    The address stays as it is now, and what no longer exists (a picture since deleted, say) is left
    out. Raises NotYours where ``by`` may not edit the article, and MoveNotAllowed where the old
    content contradicts what has come since (another translation into its language, say).
    """
    article = Article.objects.select_for_update().get(pk=revision.article_id)
    if not article.may_be_edited_by(by):
        raise NotYours([_("You may not edit this article.")])
    content = revision.content
    for name in TEXT_FIELDS:
        if name != "slug":
            setattr(article, name, content[name])
    article.original_date = _parsed(date, content["original_date"])
    if not article.has_been_public():
        # What readers have seen is taken back by a withdrawal only.
        article.embargo_until = _parsed(datetime, content["embargo_until"])
    _restore_keys(article, content)
    try:
        article.validate_constraints()
    except ValidationError as contradiction:
        raise MoveNotAllowed(contradiction.messages) from contradiction
    # Only what a snapshot holds is written: the state belongs to the moves.
    article.save(update_fields=[*TEXT_FIELDS, *KEY_FIELDS, *DATE_FIELDS])
    for name in MANY_FIELDS:
        held = getattr(article, name)
        held.set(_standing(held.model, content[name]))
    article.tags.set(content["tags"])
    _restore_rows(article, content)
    note = _("Restored from revision %(number)d") % {"number": revision.number}
    return revise(article, by=by, at=at, note=note)


def _parsed(kind, written: str | None):
    return kind.fromisoformat(written) if written else None


def _standing(model, named: list[dict]) -> set[int]:
    """The keys in a snapshot's ``named`` rows that still lead to a row."""
    return set(
        model.objects.filter(pk__in=[row["id"] for row in named]).values_list("pk", flat=True)
    )


def _restore_keys(article: Article, content: dict) -> None:
    for name in KEY_FIELDS:
        field = Article._meta.get_field(name)
        old = content[name]
        if old and _standing(field.related_model, [old]):
            setattr(article, field.attname, old["id"])
        elif field.null:
            setattr(article, field.attname, None)
    if not article.is_carried:
        article.original_url, article.original_date = "", None


def _restore_rows(article: Article, content: dict) -> None:
    for rows in (article.bylines, article.gallery, article.hops, article.report_entries):
        rows.all().delete()

    def standing(model, rows: str, name: str) -> list[dict]:
        keys = _standing(model, [row[name] for row in content[rows]])
        return [row for row in content[rows] if row[name]["id"] in keys]

    Byline.objects.bulk_create(
        Byline(
            article=article,
            author_id=byline["author"]["id"],
            role=byline["role"],
            credit_suffix=byline["credit_suffix"],
            position=position,
        )
        for position, byline in enumerate(standing(Author, "bylines", "author"))
    )
    GalleryImage.objects.bulk_create(
        GalleryImage(
            article=article,
            image_id=entry["image"]["id"],
            caption=entry["caption"],
            position=position,
        )
        for position, entry in enumerate(standing(Image, "gallery", "image"))
    )
    OriginHop.objects.bulk_create(
        OriginHop(
            article=article,
            step=hop["step"],
            publication_id=hop["publication"]["id"],
            url=hop["url"],
            date=hop["date"],
            position=position,
        )
        for position, hop in enumerate(standing(Publication, "hops", "publication"))
    )
    ReportEntry.objects.bulk_create(
        ReportEntry(article=article, report_id=entry["report"]["id"], position=entry["position"])
        for entry in standing(InDepthReport, "reports", "report")
    )


def keep_former_slug(row, slug: str) -> None:
    """Remembers that ``slug`` led to ``row``, and that the slug it has now is no former one."""
    model = row._meta.model_name
    FormerSlug.objects.filter(model=model, slug=row.slug).delete()
    FormerSlug.objects.update_or_create(model=model, slug=slug, defaults={"row_id": row.pk})


def place_at_the_end(entry: ReportEntry) -> None:
    """Gives a new entry the last place of its in-depth report."""
    last = entry.report.entries.aggregate(last=Max("position"))["last"]
    entry.position = 0 if last is None else last + 1


# --- Moving -----------------------------------------------------------------------------------


def submit(article: Article, *, by, at: datetime | None = None, reason: str = "") -> ArticleEvent:
    """Hands a draft to the editors."""
    return _move(article, "submit", by=by, at=at, reason=reason)


def approve(article: Article, *, by, at: datetime | None = None, reason: str = "") -> ArticleEvent:
    """Says that the text is right."""
    return _move(article, "approve", by=by, at=at, reason=reason)


def send_back(article: Article, *, by, reason: str, at: datetime | None = None) -> ArticleEvent:
    """Returns the text to its writer; a schedule it had is dropped."""
    return _move(article, "send_back", by=by, at=at, reason=reason, published_at=None)


def schedule(
    article: Article, *, by, publish_at: datetime, at: datetime | None = None, reason: str = ""
) -> ArticleEvent:
    """Names the moment from which readers see it. Raises MoveNotAllowed unless it lies ahead."""
    at = at or timezone.now()
    if publish_at <= at:
        raise MoveNotAllowed([_("The moment of publication must lie ahead.")])
    if reasons := readiness.blockers(article, at=publish_at):
        raise MoveNotAllowed(reasons)
    return _go_out(article, "schedule", by=by, at=at, reason=reason, published_at=publish_at)


def unschedule(
    article: Article, *, by, at: datetime | None = None, reason: str = ""
) -> ArticleEvent:
    """Takes it off the schedule."""
    return _move(article, "unschedule", by=by, at=at, reason=reason, published_at=None)


def publish(
    article: Article,
    *,
    by,
    at: datetime | None = None,
    dated: datetime | None = None,
    reason: str = "",
) -> ArticleEvent:
    """Makes it public. ``dated`` is the date readers see, now or in the past (an archive text).

    A scheduled article whose hour has struck keeps its date. Raises MoveNotAllowed with
    everything that blocks it, or when ``dated`` lies ahead or before first publication.
    """
    at = at or timezone.now()
    if dated and dated > at:
        raise MoveNotAllowed([_("A date that lies ahead is for “Schedule”.")])
    if not dated and article.published_at and article.published_at <= at:
        dated = article.published_at
    first = article.original_date
    if dated and first and timezone.localdate(dated) < first:
        reason_why = _("The date lies before it was first published elsewhere (%(day)s).")
        raise MoveNotAllowed([reason_why % {"day": date_format(first)}])
    return _go_out(article, "publish", by=by, at=at, reason=reason, published_at=dated or at)


@transaction.atomic
def withdraw(
    article: Article, *, by, reason: str, notice: str = "", at: datetime | None = None
) -> ArticleEvent:
    """Takes it off every public page. Readers are told the ``notice``, never the ``reason``; so is
    whoever holds a copy.
    """
    _hold(article)
    at = at or timezone.now()
    told = notice.strip()
    event = _move(
        article,
        "withdraw",
        by=by,
        at=at,
        reason=reason,
        withdrawn_at=at,
        withdrawal_notice=told,
    )
    recalling.tell(recalling.Cause(article, recalling.WITHDRAWAL, event, told, None, by, at))
    return event


def reinstate(article: Article, *, by, reason: str, at: datetime | None = None) -> ArticleEvent:
    """Makes a withdrawn article public again under its old date."""
    return _go_out(
        article,
        "reinstate",
        by=by,
        at=at,
        reason=reason,
        withdrawn_at=None,
        withdrawal_notice="",
    )


def _hold(article: Article) -> None:
    """Whoever takes back what it rests on, or takes a copy, comes before or after, never in
    between.
    """
    list(Article.objects.select_for_update().filter(pk=article.pk).values_list("pk"))


@transaction.atomic
def _go_out(article: Article, name: str, *, at: datetime | None, **told):
    """A move after which readers may see it, with the day on which they no longer may."""
    at = at or timezone.now()
    _hold(article)
    seen_from = max(filter(None, (at, told.get("published_at"))))
    until = carriage.end(article, at=seen_from)
    return _move(article, name, at=at, carry_until=until, **told)


@transaction.atomic
def _move(article: Article, name: str, *, by, at: datetime | None, reason: str, **changes):
    """The move, and what it makes of what readers can find."""
    event = perform(
        article, EDITORIAL, name, by=by, at=at or timezone.now(), reason=reason, **changes
    )
    index.keep([article.pk])
    hearing.tell(Article.objects.filter(pk=article.pk))
    letters.tell_writer(article, event)
    return event
