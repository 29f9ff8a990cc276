"""The front page in the editors' order: which articles stand there, where, and for how long."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.moments import validate_moment

# Of two at one place, what was placed last leads.
IN_ORDER = ["position", "-pk"]


class FrontPlaceQuerySet(models.QuerySet):
    """Places on the front page that are …"""

    def shown(self, at=None):
        """… held by a live article at ``at``, in the editors' order."""
        at = at or timezone.now()
        live = self.model._meta.get_field("article").related_model.objects.live(at)
        return self.filter(
            Q(shown_from=None) | Q(shown_from__lte=at),
            Q(shown_until=None) | Q(shown_until__gt=at),
            Exists(live.filter(pk=OuterRef("article"))),
        ).order_by(*IN_ORDER)

    def with_is_shown(self, at=None):
        """… there, each with ``is_shown``: whether readers see it at ``at``."""
        shown = self.model.objects.shown(at).filter(pk=OuterRef("pk"))
        return self.annotate(is_shown=Exists(shown))


class FrontPlace(models.Model):
    """An article's place on the front page. The newest articles follow those that have one."""

    article = models.OneToOneField(
        "articles.Article",
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="front_place",
        help_text=_("It shows once it is public, and no longer than it is."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The lowest number leads.")
    )
    shown_from = models.DateTimeField(
        _("from"),
        null=True,
        blank=True,
        validators=[validate_moment],
        help_text=_("Empty: as soon as it is public."),
    )
    shown_until = models.DateTimeField(
        _("until"),
        null=True,
        blank=True,
        validators=[validate_moment],
        help_text=_("Empty: until somebody takes it off."),
    )

    objects = FrontPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place on the front page")
        verbose_name_plural = _("front page")
        ordering = IN_ORDER
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_from=None)
                | Q(shown_until=None)
                | Q(shown_until__gt=F("shown_from")),
                name="a_place_on_the_front_page_ends_after_it_begins",
                violation_error_message=_("The end has to lie after the beginning."),
            )
        ]

    def __str__(self):
        return str(self.article)
