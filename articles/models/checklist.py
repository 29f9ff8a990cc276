"""What is checked before an article goes out, and who checked it when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.text import validate_name, validate_text


class ChecklistPointQuerySet(models.QuerySet):
    """Points by the articles they are asked of."""

    def for_article(self, article):
        """Those in use for the article's publication."""
        return self.filter(is_active=True).filter(
            Q(publication=None) | Q(publication=article.publication_id)
        )


class ChecklistPoint(models.Model):
    """One thing somebody looks at before publication."""

    class Kind(models.TextChoices):
        FACTS = "facts", _("Facts")
        LAW = "law", _("Law")
        PICTURE_RIGHTS = "picture_rights", _("Picture rights")
        OTHER = "other", _("Other")

    publication = models.ForeignKey(
        "articles.Publication",
        verbose_name=_("publication"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="checklist_points",
        help_text=_("Empty: asked of the articles of every publication."),
    )
    label = models.CharField(
        _("point"),
        max_length=120,
        validators=[validate_name],
        help_text=_("What is checked, in a word or two: Fact check."),
    )
    help = models.TextField(
        _("what to look at"),
        max_length=500,
        blank=True,
        validators=[validate_text],
        help_text=_("What the colleague who ticks it has looked at."),
    )
    kind = models.CharField(
        _("about"),
        max_length=14,
        choices=Kind,
        default=Kind.OTHER,
        help_text=_("Picture rights, law, facts: what it is about."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The lowest number comes first.")
    )
    is_required = models.BooleanField(
        _("required"),
        default=True,
        help_text=_("Without it nothing is published. Otherwise it is a reminder."),
    )
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("What was ticked before stays on record.")
    )

    objects = ChecklistPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of the checklist")
        verbose_name_plural = _("points of the checklist")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.label


class ChecklistTick(models.Model):
    """Somebody's word that a point is in order, for the text as it stood in a revision.

    A record: nothing of it is changed but that the word may be taken back, once.
    """

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="checklist_ticks"
    )
    point = models.ForeignKey(ChecklistPoint, on_delete=models.PROTECT, related_name="ticks")
    revision = models.PositiveIntegerField(_("revision"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("ticked"))
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("tick of the checklist")
        verbose_name_plural = _("ticks of the checklist")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["article", "point"],
                condition=Q(taken_back_at=None),
                name="a_point_is_ticked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="a_tick_taken_back_says_by_whom",
            ),
        ]

    def __str__(self):
        return f"{self.point} · {self.article}"
