"""Outlets: ours, and those whose texts we carry."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles.models.slugs import Named
from cms.text import validate_single_line, validate_text


class PublicationQuerySet(models.QuerySet):
    """Outlets that are …"""

    def with_live_articles(self, at=None):
        """… fit to be shown: something that appeared or was first published there is live."""
        article = self.model._meta.get_field("articles_first_published").related_model
        live, outlet = article.objects.live(at).newest_first(), models.OuterRef("pk")
        # The newest of each, for which there are indexes: left to find just any, a planner walks
        # through the articles of the house once for every outlet.
        newest = (
            models.Subquery(live.filter(**{place: outlet}).values("pk")[:1])
            for place in ("originating_publication", "publication")
        )
        return self.alias(newest=Coalesce(*newest)).filter(newest__isnull=False)


class Publication(Named):
    """An outlet with a name, an address and somebody to ask about rights."""

    url = models.URLField(
        _("web address"),
        max_length=500,
        blank=True,
        validators=[validate_single_line],
        help_text=_("Its front page. The source line leads there."),
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"\A[A-Z]{2}\Z", _("Two capital letters, such as FR."))],
        help_text=_("ISO 3166 code of two letters, such as FR."),
    )
    language = models.CharField(
        _("main language"),
        max_length=35,
        default=settings.LANGUAGE_CODE,
        validators=[
            RegexValidator(
                r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z", _("A code such as fr or pt-BR.")
            )
        ],
        help_text=_("BCP 47, such as fr or pt-BR."),
    )
    rights_contact = models.EmailField(
        _("rights contact"),
        blank=True,
        help_text=_("Whom to ask for permission."),
    )
    description = models.TextField(
        _("description"),
        blank=True,
        max_length=2000,
        validators=[validate_text],
        help_text=_("What it is, in two or three sentences. Stands on its page."),
    )
    logo = models.ForeignKey(
        "articles.Image",
        verbose_name=_("logo"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Stands on its page."),
    )
    is_house = models.BooleanField(
        _("this is our own publication"),
        default=False,
        help_text=_("Exactly one publication is the house itself."),
    )

    history = HistoricalRecords()
    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["name"]
        indexes = [models.Index(fields=["name", "id"], name="publication_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["is_house"],
                condition=Q(is_house=True),
                name="there_is_one_house_publication",
                violation_error_message=_("Another publication is the house already."),
            )
        ]
