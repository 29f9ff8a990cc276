"""Dated notices that a published text was put right, and word that none was needed.

Both are added and never changed: what readers were told stays told, and a wrong notice is followed
by another.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from cms.moments import validate_moment, validate_past
from cms.text import validate_text
from cms.written_once import WrittenOnce, WrittenOnceQuerySet


class CorrectionQuerySet(WrittenOnceQuerySet):
    """Notices that are …"""

    def create(self, **fields):
        """Gives the notice the next number of its article, which whoever adds one holds locked."""
        told = self.model._base_manager.filter(article=fields["article"])
        last = told.aggregate(last=Max("number"))["last"]
        return super().create(**{"number": (last or 0) + 1, **fields})

    def of_live_articles(self, at: datetime | None = None):
        """… told at ``at`` of texts that readers can see then."""
        at = at or timezone.now()
        # Asked article by article, in the order of the list, so that a page costs what it shows.
        live = Article.objects.live(at).filter(pk=OuterRef("article"))
        return self.filter(Exists(live), dated__lte=at)

    def visible_to(self, user):
        """… of articles that somebody of the newsroom may see."""
        if user.has_perm("articles.view_every_article"):
            return self
        return self.filter(article__in=Article.objects.visible_to(user).values("pk"))

    def newest_first(self):
        """… in the order in which readers were told; the key makes the order total."""
        return self.order_by("-dated", "-pk")


class Correction(WrittenOnce):
    """One notice; the article stays live, the reader is told."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        RETRACTION = "retraction", _("Retraction")

    class Placement(models.TextChoices):
        TOP = "top", _("Above the text")
        END = "end", _("Below the text")

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        # Readers have seen it: such an article is never deleted.
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    # Empty only for notices from before notices were numbered.
    number = models.PositiveIntegerField(_("number"), null=True, editable=False)
    kind = models.CharField(
        _("kind"),
        max_length=14,
        choices=Kind,
        default=Kind.CORRECTION,
        help_text=_("A retraction takes back the whole; it always stands above the text."),
    )
    text = models.TextField(
        _("notice"),
        max_length=4000,
        validators=[validate_text],
        help_text=_("What was wrong and what is right, in one or two sentences."),
    )
    dated = models.DateTimeField(
        _("dated"), default=timezone.now, validators=[validate_moment, validate_past]
    )
    placement = models.CharField(
        _("placement"), max_length=4, choices=Placement, default=Placement.END
    )
    revision = models.ForeignKey(
        "articles.Revision",
        verbose_name=_("revision"),
        on_delete=models.RESTRICT,
        null=True,
        editable=False,
        related_name="+",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta(WrittenOnce.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-dated", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="notices_of_an_article_are_numbered"
            )
        ]
        indexes = [
            models.Index(fields=["-dated", "-id"], name="correction_newest"),
            models.Index(fields=["kind", "-dated", "-id"], name="correction_newest_of_kind"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:60]}"

    @property
    def is_retraction(self) -> bool:
        """Whether the house no longer stands by the text."""
        return self.kind == self.Kind.RETRACTION


class Dismissal(WrittenOnce):
    """Somebody's word that a change needs no notice. For the newsroom; never public."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="dismissals"
    )
    revision = models.ForeignKey(
        "articles.Revision", on_delete=models.RESTRICT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who"),
    )
    # Empty: called small at once, by whoever saved the change.
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    class Meta(WrittenOnce.Meta):
        verbose_name = _("dismissed notice")
        verbose_name_plural = _("dismissed notices")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.article}: {self.reason or '–'}"
