"""Two who wrote in one article: what was posted read as a snapshot, and a snapshot posted again.

``meet`` is called before the form is made. It lets the form say what nobody disputes, and returns
what has to be asked.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from taggit.utils import edit_string_for_tags

from articles.comparison import LABELS, FieldChange, compare, readable
from articles.merging import ASKED, THEIRS, merge, seated
from articles.models import Article, Byline, GalleryImage, OriginHop, ReportEntry, Revision
from articles.snapshots import DATE_FIELDS, KEY_FIELDS, MANY_FIELDS, TEXT_FIELDS, snapshot
from cms.choosers import is_key

CHOICE = "choice-"
MOST_ROWS = 1000


@dataclass(frozen=True)
class Group:
    """Rows of a form: under which prefix they are posted, and by which row each is known."""

    prefix: str
    model: type[Model]
    by: str
    columns: tuple[str, ...]


GROUPS = {
    "bylines": Group("bylines", Byline, "author", ("author", "role", "credit_suffix")),
    "reports": Group("report_entries", ReportEntry, "report", ("report",)),
    "gallery": Group("gallery", GalleryImage, "image", ("image", "caption")),
    "hops": Group("hops", OriginHop, "publication", ("step", "publication", "url", "date")),
}


@dataclass(frozen=True)
class Asked:
    """A field that both changed."""

    change: FieldChange

    @property
    def theirs(self) -> str:
        return readable(self.change.name, self.change.old)

    @property
    def mine(self) -> str:
        return readable(self.change.name, self.change.new)


@dataclass(frozen=True)
class Meeting:
    """Somebody saved after this form was opened: who, what was taken over, what is asked."""

    last: Revision
    taken: list[FieldChange] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def __str__(self):
        said = {
            "who": self.last.created_by.get_full_name() or self.last.created_by,
            "when": date_format(timezone.localtime(self.last.created_at), "TIME_FORMAT"),
        }
        if self.asked:
            return (
                _(
                    "%(who)s saved this article at %(when)s, after you opened it. Your text stands "
                    "below and is not saved. Choose what you both changed, then save again."
                )
                % said
            )
        return (
            _(
                "%(who)s saved this article at %(when)s, after you opened it. You changed "
                "different things: below stands both. Look it over, then save again."
            )
            % said
        )


def meet(post: QueryDict, article: Article, make_form) -> Meeting | None:
    """Puts into ``post`` what nobody disputes; None where nobody saved meanwhile.

    ``make_form`` makes a form of ``post``, which is only used to read its fields with.
    """
    _chosen(post, article)
    _let_go(post, article)
    last = article.revisions.select_related("created_by").first()
    seen = post.get("seen_revision", "").strip()
    if last is None or not seen or (is_key(seen) and int(seen) >= last.number):
        return None
    began = article.revisions.filter(number=seen).first() if is_key(seen) else None
    theirs, mine = trimmed(snapshot(article)), said(post, make_form(post))
    merged = merge(trimmed(began.content) if began else None, theirs, mine)
    for name, standing in merged.items():
        if standing.whose == THEIRS:
            put(post, name, standing.theirs)
        if name in GROUPS:
            _seat(post, GROUPS[name], article)
    post["seen_revision"] = str(last.number)
    changes = {
        change.name: change for change in compare({name: theirs.get(name) for name in mine}, mine)
    }
    before = trimmed(began.content) if began else {}
    return Meeting(
        last,
        taken=[
            change
            for change in compare(
                {name: before.get(name) for name in mine},
                {name: theirs.get(name) for name in mine},
            )
            if merged[change.name].whose == THEIRS
        ],
        asked=[
            Asked(changes[name])
            for name in LABELS
            if name in changes and merged[name].whose == ASKED
        ],
    )


def _chosen(post: QueryDict, article: Article) -> None:
    """Lets stand what was chosen of the revision that the form showed beside one's own words."""
    names = [name for name in LABELS if post.get(CHOICE + name) == "theirs"]
    shown = post.get("seen_revision", "").strip()
    if not names or not is_key(shown):
        return
    if revision := article.revisions.filter(number=shown).first():
        content = trimmed(revision.content)
        for name in names:
            put(post, name, content.get(name))
            if name in GROUPS:
                _seat(post, GROUPS[name], article)


def _let_go(post: QueryDict, article: Article) -> None:
    """Leaves out places in reports that were taken away on a report's own desk since: that makes no
    revision, and a row whose key stands for nothing would hold up the whole form.
    """
    group = GROUPS["reports"]
    standing = {str(key) for key in article.report_entries.values_list("pk", flat=True)}
    rows = _rows(post, group, leaving=True)
    staying = [row for row in rows if not row["id"] or row["id"] in standing]
    if len(staying) < len(rows):
        _put_rows(post, group, sorted(staying, key=lambda row: row["id"] == ""))


# --- a snapshot of what was posted ---


def trimmed(content: dict) -> dict:
    """A snapshot with what the form asks and no more: a place in a report is chosen there."""
    reports = [{"report": row["report"]} for row in content.get("reports", [])]
    embargo = content.get("embargo_until")
    until = _minute(datetime.fromisoformat(embargo)) if embargo else None
    return {**content, "reports": reports, "embargo_until": until}


def _minute(moment: datetime) -> str:
    """A moment as the browser's field knows it."""
    return timezone.localtime(moment).isoformat(timespec="minutes")


def said(post: QueryDict, form: forms.ModelForm) -> dict:
    """What was posted as a snapshot says it; what is no value of its field stays as typed."""
    content: dict = {}
    for name in (*TEXT_FIELDS, *KEY_FIELDS, *DATE_FIELDS, *MANY_FIELDS, "tags"):
        if name in form.fields:
            content[name] = _value(form, name)
    for name, group in GROUPS.items():
        if f"{group.prefix}-TOTAL_FORMS" in post:
            content[name] = [row["says"] for row in _rows(post, group)]
    return content


def _value(form: forms.ModelForm, name: str):
    typed = form[name].data
    try:
        value = form.fields[name].clean(typed)
    except (ValidationError, ValueError, OverflowError):
        return typed
    if name in KEY_FIELDS:
        return _named(value)
    if name in MANY_FIELDS:
        return [_named(row) for row in value.order_by("name", "pk")]
    if name == "tags":
        return sorted(value)
    if isinstance(value, datetime):
        return _minute(value)
    return value.isoformat() if name in DATE_FIELDS and value else value


def _named(row) -> dict | None:
    return None if row is None else {"id": row.pk, "name": str(row)}


def _rows(post: QueryDict, group: Group, *, leaving: bool = False) -> list[dict]:
    """The rows that were typed, in their order: where each stood, its key, and what it says.

    Those that are ticked to be deleted are among them where ``leaving``.
    """
    total = post.get(f"{group.prefix}-TOTAL_FORMS", "")
    rows = []
    for place in range(min(int(total), MOST_ROWS) if is_key(total) else 0):
        row = {
            name: post.get(f"{group.prefix}-{place}-{name}", "").strip() for name in group.columns
        }
        is_leaving = post.get(f"{group.prefix}-{place}-DELETE")
        if row[group.by] and (leaving or not is_leaving):
            order = post.get(f"{group.prefix}-{place}-position", "").strip()
            key = post.get(f"{group.prefix}-{place}-id", "").strip()
            rank = (not is_key(order), int(order) if is_key(order) else 0, place)
            rows.append({"rank": rank, "id": key, group.by: row[group.by], "says": row})
            if is_leaving:
                rows[-1]["DELETE"] = is_leaving
    rows.sort(key=lambda row: row["rank"])
    _give_names(group, [row["says"] for row in rows])
    return rows


def _give_names(group: Group, rows: list[dict]) -> None:
    for name in group.columns:
        column = group.model._meta.get_field(name)
        if isinstance(column, ForeignKey):
            keys = [row[name] for row in rows if is_key(row[name])]
            known = column.related_model.objects.in_bulk(keys)
            for row in rows:
                if is_key(row[name]):
                    found = known.get(int(row[name]))
                    row[name] = {"id": int(row[name]), "name": str(found or row[name])}
        elif name == "date":
            for row in rows:
                row[name] = _day(row[name])


def _day(typed: str) -> str | None:
    try:
        day = forms.DateField(required=False).clean(typed)
    except ValidationError:
        return typed
    return day.isoformat() if day else None


# --- a snapshot posted again ---


def put(post: QueryDict, name: str, value) -> None:
    """Writes what a snapshot says of a field into ``post``, as a browser would send it."""
    if name in GROUPS:
        _put_rows(post, GROUPS[name], [{"id": "", "says": row} for row in value or []])
    elif name in MANY_FIELDS:
        post.setlist(name, [str(row["id"]) for row in value or []])
    elif name == "tags":
        post[name] = edit_string_for_tags([_Tag(tag) for tag in value or []])
    else:
        post[name] = _typed(name, value)


@dataclass(frozen=True)
class _Tag:
    name: str


def _typed(name: str, value) -> str:
    if isinstance(value, dict):
        return str(value["id"])
    if name == "embargo_until" and value:
        return timezone.localtime(datetime.fromisoformat(value)).strftime("%Y-%m-%dT%H:%M")
    return "" if value is None else str(value)


def _seat(post: QueryDict, group: Group, article: Article) -> None:
    """Gives the rows in ``post`` the keys of the rows that stand; rows that are not there go."""
    standing = [
        {"id": str(row.pk), group.by: str(getattr(row, f"{group.by}_id")), "row": row}
        for row in group.model.objects.filter(article=article)
    ]
    rows, gone = seated(_rows(post, group), standing, group.by)
    known = [row for row in rows if row["id"]]
    new = [row for row in rows if not row["id"]]
    leaving = [
        {
            "id": row["id"],
            "says": {name: getattr(row["row"], _column(group, name)) for name in group.columns},
            "DELETE": "on",
        }
        for row in gone
    ]
    _put_rows(post, group, [*known, *leaving, *new], order=rows)


def _column(group: Group, name: str) -> str:
    return group.model._meta.get_field(name).attname


def _put_rows(post: QueryDict, group: Group, rows: list[dict], order=None) -> None:
    for name in [name for name in post if name.startswith(f"{group.prefix}-")]:
        if "__prefix__" not in name:
            del post[name]
    ranked = sorted(order or [], key=lambda row: row["rank"])
    places = {id(row): number for number, row in enumerate(ranked)}
    post[f"{group.prefix}-TOTAL_FORMS"] = str(len(rows))
    post[f"{group.prefix}-INITIAL_FORMS"] = str(sum(bool(row["id"]) for row in rows))
    for place, row in enumerate(rows):
        stem = f"{group.prefix}-{place}-"
        for name in group.columns:
            post[stem + name] = _typed(name, row["says"].get(name))
        post[stem + "id"] = row["id"]
        post[stem + "position"] = str(places.get(id(row), place))
        if "DELETE" in row:
            post[stem + "DELETE"] = row["DELETE"]
