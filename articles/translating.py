"""A text in another language: the draft that begins it, and whether it still follows its original.

A version says which revision of its original it renders (``Article.follows_revision``); what has
been written there since is what it lacks.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import actions, languages
from articles.comparison import LABELS
from articles.models import Article, Author, Byline, GalleryImage, OriginHop, Publication, Revision
from articles.slugs import free_slug
from cms.workflows.actions import MoveNotAllowed, NotYours

# What a translation renders; dates, pictures and headings are each version's own.
RENDERED = ("headline", "standfirst", "body")


@dataclass(frozen=True)
class Version:
    """One version of a text, and what it lacks: names of fields changed since it was made.

    ``lacks`` is None where nobody has said which revision it renders.
    """

    article: Article
    language: str
    lacks: list[str] | None
    follows: int | None
    # Whether who looks may say that it follows its original again, and has reason to.
    may_be_brought_up: bool

    @property
    def is_out_of_date(self) -> bool:
        return bool(self.lacks)


@dataclass(frozen=True)
class Group:
    """A text in all its languages: the original first, then the others by language."""

    head: Article
    newest: int
    versions: list[Version]

    @property
    def free(self) -> list[tuple[str, str]]:
        """(code, name) of the languages in which there is no version."""
        taken = {version.article.language for version in self.versions}
        return [(code, name) for code, name in languages.choices() if code not in taken]


def group_of(article: Article, *, seen_by) -> Group:
    """The versions of what ``article`` says, as far as ``seen_by`` may know of them.

    Five queries, however many there are.
    """
    head = article.translation_of or article
    visible = Article.objects.visible_to(seen_by).versions_of([head.pk])
    found = sorted(
        visible.prefetch_related("bylines__author"),
        key=lambda version: (version.pk != head.pk, version.language),
    )
    numbers = {version.follows_revision for version in found if version.follows_revision}
    newest = head.revisions.first()
    rendered = {revision.number: revision for revision in head.revisions.filter(number__in=numbers)}
    return Group(
        head,
        newest.number if newest else 0,
        [_version(version, newest, rendered, seen_by) for version in found],
    )


def _version(article: Article, newest: Revision | None, rendered: dict, seen_by) -> Version:
    follows = rendered.get(article.follows_revision)
    if not article.translation_of_id:
        lacks = []
    elif not (follows and newest):
        lacks = None
    else:
        before, now = follows.content, newest.content
        lacks = [str(LABELS[name]) for name in RENDERED if before[name] != now[name]]
    return Version(
        article,
        languages.in_itself(article.language),
        lacks,
        follows.number if follows else None,
        may_be_brought_up=lacks != [] and article.may_be_edited_by(seen_by),
    )


@transaction.atomic
def translate(
    article: Article,
    language: str,
    *,
    by,
    translator: Author | None = None,
    at: datetime | None = None,
) -> Article:
    """A draft of ``article`` in ``language``, its words still those of the original.

    It is signed by who signs the original, and by ``translator``; where the text was first
    published elsewhere, the way it took is kept and leads through our house. Raises NotYours where
    ``by`` may not, MoveNotAllowed where there is a version in that language already.
    """
    if not (by.has_perm("articles.add_article") and article.may_be_seen_by(by)):
        raise NotYours([_("You may not translate this article.")])
    # Of two who begin at once the second finds what the first began.
    head = Article.objects.select_for_update().get(pk=article.head)
    _refuse_what_cannot_be(head, language, by=by)
    newest = head.revisions.first()
    draft = _begun(article, head, language, by=by)
    draft.follows_revision = (
        article.follows_revision if article.pk != head.pk else (newest.number if newest else None)
    )
    draft.save()
    _sign(draft, article, translator)
    _lead_here(draft, article)
    _file(draft, article)
    actions.revise(draft, by=by, at=at, note=_("Begun as a translation of “%s”") % article.headline)
    return draft


def _refuse_what_cannot_be(head: Article, language: str, *, by) -> None:
    if language not in dict(languages.choices()):
        raise MoveNotAllowed([_("Choose a language.")])
    versions = Article.objects.versions_of([head.pk])
    if versions.filter(language=language).exists():
        if not versions.visible_to(by).filter(language=language).exists():
            # Not a word of a version that its editors have shown to nobody.
            raise MoveNotAllowed([_("You may not translate this article.")])
        name = languages.in_itself(language)
        raise MoveNotAllowed(
            [_("There is a version in %(language)s already.") % {"language": name}]
        )


def _begun(article: Article, head: Article, language: str, *, by) -> Article:
    # Ours if there is one: who translates it here publishes it here.
    house = Publication.objects.filter(is_house=True).first() or article.publication
    draft = Article(
        headline=article.headline,
        slug=free_slug(Article, f"{article.slug}-{language}"),
        standfirst=article.standfirst,
        body=article.body,
        language=language,
        translation_of=head,
        publication=house,
        copyright_holders=article.copyright_holders,
        copyright_year=article.copyright_year,
        featured_image=article.featured_image,
        created_by=by,
    )
    if article.is_carried:
        draft.originating_publication = article.originating_publication
        draft.original_url, draft.original_date = article.original_url, article.original_date
    elif article.publication_id != house.pk:
        # It ran under another name of ours: there it was first published.
        draft.originating_publication = article.publication
        if article.published_at:
            draft.original_date = timezone.localdate(article.published_at)
    return draft


def _sign(draft: Article, article: Article, translator: Author | None) -> None:
    signing = [
        Byline(author=row.author, role=row.role, credit_suffix=row.credit_suffix)
        for row in article.bylines.select_related("author")
        # Who translated the version it is made of has no part in this one.
        if row.role != Byline.Role.TRANSLATOR
    ]
    if translator:
        signing.append(Byline(author=translator, role=Byline.Role.TRANSLATOR))
    for position, byline in enumerate(signing):
        byline.article, byline.position = draft, position
    Byline.objects.bulk_create(signing)


def _lead_here(draft: Article, article: Article) -> None:
    """The steps its original took, then the translation of our house."""
    if not draft.is_carried:
        return
    hops = [
        OriginHop(step=hop.step, publication=hop.publication, url=hop.url, date=hop.date)
        for hop in article.hops.select_related("publication")
    ]
    met = {draft.originating_publication, *(hop.publication for hop in hops)}
    if draft.publication not in met:
        hops.append(OriginHop(step=OriginHop.Step.TRANSLATED, publication=draft.publication))
    for position, hop in enumerate(hops):
        hop.article, hop.position = draft, position
    OriginHop.objects.bulk_create(hops)


def _file(draft: Article, article: Article) -> None:
    """Under the same headings, with the same pictures. A report is the editors' choice."""
    draft.regions.set(article.regions.all())
    draft.themes.set(article.themes.all())
    draft.tags.set(article.tags.names())
    GalleryImage.objects.bulk_create(
        GalleryImage(
            article=draft, image_id=row.image_id, caption=row.caption, position=row.position
        )
        for row in article.gallery.all()
    )


@transaction.atomic
def say_it_follows(article: Article, *, by, at: datetime | None = None) -> int:
    """Records that ``article`` says what its original says now; the revision it renders.

    Raises NotYours where ``by`` may not edit it, MoveNotAllowed where it is no translation.
    """
    if not article.may_be_edited_by(by):
        raise NotYours([_("You may not edit this article.")])
    newest = article.translation_of and article.translation_of.revisions.first()
    if not newest:
        raise MoveNotAllowed([_("This article is no translation.")])
    Article.objects.filter(pk=article.pk).update(follows_revision=newest.number)
    article.follows_revision = newest.number
    return newest.number
