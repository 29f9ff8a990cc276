"""The article: what it says, where it comes from, and when the public may see it."""

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles import languages
from articles.body import clean as clean_body
from articles.models.slugs import Slugged
from articles.models.visibility import MAY_BE_LIVE, UNAPPROVED, ArticleQuerySet, Status
from cms.moments import FIRST_YEAR_OF_PRINT, LAST_YEAR, validate_moment
from cms.richtext.fields import RichTextField
from cms.richtext.vocabulary import BODY, NOTE
from cms.text import validate_name, validate_single_line, validate_text
from cms.workflows.models import Event


class Article(Slugged):
    """A text we hold, whether ours or carried from elsewhere."""

    headline = models.CharField(
        _("headline"),
        max_length=200,
        validators=[validate_name],
        help_text=_("What the reader reads first. Best between 40 and 90 characters."),
    )
    standfirst = models.TextField(
        _("standfirst"),
        blank=True,
        max_length=1000,
        validators=[validate_text],
        help_text=_("One or two sentences between headline and text."),
    )
    body = RichTextField(
        _("body"),
        extensions=BODY,
        clean=clean_body,
        blank=True,
        help_text=_(
            "Paste from Word, a web page or a wire: styles are cleaned, and notes such as [1] with "
            "their list at the end become real footnotes when you save."
        ),
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        choices=languages.choices,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language in which this text is written."),
    )
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        help_text=_("The article on this site that this one says in another language."),
    )
    follows_revision = models.PositiveIntegerField(
        _("revision of its original that it renders"), null=True, blank=True, editable=False
    )

    # Where it comes from
    publication = models.ForeignKey(
        "articles.Publication",
        verbose_name=_("publication"),
        on_delete=models.PROTECT,
        related_name="articles",
        help_text=_("Stands beside the date, in the source line and in the copyright line."),
    )
    originating_publication = models.ForeignKey(
        "articles.Publication",
        verbose_name=_("originating publication"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles_first_published",
        help_text=_("Where it was first published. Empty if that was here."),
    )
    original_url = models.URLField(
        _("original address"),
        max_length=1000,
        blank=True,
        validators=[validate_single_line],
        help_text=_("Where it first ran, in full, beginning with https://."),
    )
    original_date = models.DateField(
        _("originally published on"),
        null=True,
        blank=True,
        validators=[validate_moment],
        help_text=_("The day on which it first ran elsewhere."),
    )
    copyright_holders = models.CharField(
        _("copyright holders"),
        max_length=300,
        blank=True,
        validators=[validate_single_line],
        help_text=_("Empty: the authors and the publication."),
    )
    copyright_year = models.PositiveSmallIntegerField(
        _("copyright year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR_OF_PRINT), MaxValueValidator(LAST_YEAR)],
        help_text=_("Empty: the year of first publication."),
    )

    # What it is about
    regions = models.ManyToManyField(
        "articles.Region",
        verbose_name=_("regions"),
        blank=True,
        related_name="articles",
        help_text=_(
            "The parts of the world it is about. The narrowest that fits: a country rather than "
            "its continent."
        ),
    )
    themes = models.ManyToManyField(
        "articles.Theme",
        verbose_name=_("themes"),
        blank=True,
        related_name="articles",
        help_text=_("The matters it is about. One or two, the narrowest that fit."),
    )
    tags = TaggableManager(verbose_name=_("tags"), blank=True)

    featured_image = models.ForeignKey(
        "articles.Image",
        verbose_name=_("featured picture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="featured_in",
        help_text=_("Stands above the text, on cards and when the article is shared."),
    )
    reader_note = RichTextField(
        _("note to readers"),
        extensions=NOTE,
        blank=True,
        help_text=_("Instead of the note to readers of the house."),
    )
    editorial_note = models.TextField(
        _("editorial note"),
        blank=True,
        max_length=4000,
        validators=[validate_text],
        help_text=_("For the newsroom only; never public."),
    )

    # When the public may see it; written by the moves and by the desk of rights, never by a form
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Nobody outside may see it before, whatever the schedule says."),
    )
    carry_until = models.DateTimeField(_("carried until"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawal_notice = models.TextField(
        _("notice of withdrawal"), blank=True, max_length=2000, editable=False
    )

    # What readers are told of it; written with the notices (articles/correcting.py)
    correction_due_since = models.DateTimeField(
        _("correction due since"), null=True, blank=True, editable=False
    )
    retracted_at = models.DateTimeField(_("retracted"), null=True, blank=True, editable=False)

    created_at = models.DateTimeField(_("entered"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    updated_at = models.DateTimeField(_("last saved"), editable=False, default=timezone.now)
    word_count = models.PositiveIntegerField(_("words"), default=0, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-updated_at", "-pk"]
        permissions = [
            ("submit_article", _("Can submit articles for review")),
            ("approve_article", _("Can approve articles and send them back")),
            ("publish_article", _("Can publish and schedule articles")),
            ("withdraw_article", _("Can withdraw articles and reinstate them")),
            ("view_every_article", _("Can see articles of others before they are public")),
            ("edit_any_article", _("Can edit articles of others and after submission")),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(headline=""), name="an_article_has_a_headline"),
            models.CheckConstraint(
                condition=Q(status__in=UNAPPROVED, published_at=None)
                | Q(status=Status.APPROVED)
                | Q(status__in=[Status.PUBLISHED, Status.WITHDRAWN], published_at__isnull=False),
                name="publication_date_from_approval_and_always_once_public",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(status=Status.WITHDRAWN) & Q(withdrawn_at=None)),
                name="exactly_the_withdrawn_articles_have_a_day_of_withdrawal",
            ),
            models.CheckConstraint(
                condition=Q(copyright_year=None)
                | Q(copyright_year__range=(FIRST_YEAR_OF_PRINT, LAST_YEAR)),
                name="a_copyright_year_lies_in_the_age_of_print",
            ),
            models.CheckConstraint(
                condition=Q(originating_publication__isnull=False)
                | Q(original_url="", original_date=None),
                name="an_original_address_or_date_has_an_originating_publication",
                violation_error_message=_(
                    "Say which publication the original address or date belongs to."
                ),
            ),
            models.CheckConstraint(
                condition=Q(originating_publication=None)
                | ~Q(originating_publication=F("publication")),
                name="a_publication_is_not_the_origin_of_its_own_text",
                violation_error_message=_(
                    "The publication and the originating publication are the same. Leave the "
                    "second one empty where it first ran in the first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(translation_of=None) | ~Q(translation_of=F("id")),
                name="an_article_is_not_its_own_translation",
            ),
            models.UniqueConstraint(
                fields=["translation_of", "language"],
                condition=Q(translation_of__isnull=False),
                name="an_article_has_one_translation_a_language",
                violation_error_message=_("There is a translation into this language already."),
            ),
        ]
        indexes = [
            # Every public listing, newest first. Whole: SQLite takes an index with a condition only
            # where the condition is written out, and a query names its states as parameters.
            models.Index(
                fields=["-published_at", "-id"],
                name="article_newest",
            ),
            models.Index(
                fields=["publication", "-published_at", "-id"],
                name="article_newest_of_publication",
            ),
            models.Index(
                fields=["originating_publication", "-published_at", "-id"],
                name="article_newest_of_origin",
            ),
            models.Index(
                fields=["language", "-published_at", "-id"],
                name="article_newest_in_language",
            ),
            # The desks: what lies in which state, last touched first.
            models.Index(fields=["status", "-updated_at", "-id"], name="article_desk"),
            models.Index(fields=["-updated_at", "-id"], name="article_last_saved"),
            models.Index(fields=["headline", "id"], name="article_by_headline"),
            models.Index(fields=["created_by", "-updated_at"], name="article_own_desk"),
            models.Index(
                fields=["created_by", "status", "-updated_at", "-id"], name="article_own_by_state"
            ),
            # The few of which readers have still to be told, the longest waiting first.
            models.Index(
                fields=["correction_due_since", "id"],
                condition=Q(correction_due_since__isnull=False),
                name="article_correction_due",
            ),
            # The few that lie under an embargo, by its end. That it has one need not be written
            # out in a query: whoever compares it with a moment implies it.
            models.Index(
                fields=["embargo_until"],
                condition=Q(embargo_until__isnull=False),
                name="article_embargo_ends",
            ),
        ]

    def __str__(self):
        return self.headline

    def get_absolute_url(self):
        return reverse("articles:article_detail", kwargs={"slug": self.slug})

    def is_live(self, at: datetime | None = None) -> bool:
        """Twin of ``ArticleQuerySet.live``; a test holds the two together."""
        at = at or timezone.now()
        return (
            self.status in MAY_BE_LIVE
            and self.published_at is not None
            and self.published_at <= at
            and (self.embargo_until is None or self.embargo_until <= at)
            and (self.carry_until is None or self.carry_until > at)
        )

    def is_scheduled(self, at: datetime | None = None) -> bool:
        """Approved, with a date of publication, and nobody outside has seen it yet."""
        return (
            self.status == Status.APPROVED
            and self.published_at is not None
            and not self.has_been_public(at)
        )

    def has_been_public(self, at: datetime | None = None) -> bool:
        """Whether anybody outside may have seen it: from then on it is never deleted."""
        if self.status == Status.WITHDRAWN:
            return True
        at = at or timezone.now()
        hour_has_struck = self.published_at is not None and self.published_at <= at
        return hour_has_struck and (self.embargo_until is None or self.embargo_until <= at)

    def may_be_edited_by(self, user) -> bool:
        """Editors edit everything; a contributor edits own drafts."""
        if user.has_perm("articles.edit_any_article"):
            return True
        return (
            user.has_perm("articles.change_article")
            and self.created_by_id == user.pk
            and self.status == Status.DRAFT
        )

    def may_be_seen_by(self, user) -> bool:
        """The newsroom and the rights desk see it before it is public; contributors, their own."""
        if not user.has_perm("articles.view_article"):
            return False
        return user.has_perm("articles.view_every_article") or self.created_by_id == user.pk

    def may_be_moved_by(self, user) -> bool:
        """A contributor moves own articles only."""
        return user.has_perm("articles.edit_any_article") or self.created_by_id == user.pk

    @property
    def direction(self) -> str:
        """``"rtl"`` or ``"ltr"``."""
        return languages.direction(self.language)

    @property
    def head(self) -> int:
        """The key of the first version of the same text; translations hang on it."""
        return self.translation_of_id or self.pk

    @cached_property
    def last_saved(self):
        """The revision that was the newest when this was first asked, without what it says."""
        return self.revisions.select_related("created_by").defer("content").first()

    def pictures(self) -> list:
        """Its pictures, the featured one first, each once."""
        shown = [self.featured_image] if self.featured_image else []
        return list(dict.fromkeys(shown + [entry.image for entry in self.gallery.all()]))

    @property
    def is_carried(self) -> bool:
        """Whether it was first published elsewhere."""
        return self.originating_publication_id is not None


class ArticleEvent(Event):
    """A move of an article."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("event of an article")
        verbose_name_plural = _("events of an article")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="an_article_has_each_number_of_event_once"
            )
        ]
