"""Partners: outlets that take articles by a feed of their own, and what each was given by it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import languages
from cms.text import validate_name, validate_single_line
from licensing.models.request import USE_CHOICES
from licensing.rights.vocabulary import Use


class PartnerQuerySet(models.QuerySet):
    """Partners that are …"""

    def active(self):
        """… served: they have an address, and nobody has switched it off."""
        return self.filter(token_hash__isnull=False)


class Partner(models.Model):
    """An outlet with a feed at a secret address, of which only a hash is kept."""

    name = models.CharField(
        _("contact"),
        max_length=120,
        validators=[validate_name],
        help_text=_("Whom we write to there."),
    )
    outlet = models.CharField(
        _("outlet"),
        max_length=200,
        validators=[validate_name],
        help_text=_("The title of its feed, too."),
    )
    email = models.EmailField(
        _("e-mail"),
        unique=True,
        validators=[validate_single_line],
        help_text=_("As in its permission requests: licences given to this address count."),
    )
    # What a grant calls its licensee, and ``decide`` its requester.
    licensee_key = models.CharField(max_length=254, unique=True, editable=False)
    use = models.CharField(
        _("use"),
        max_length=20,
        choices=USE_CHOICES,
        default=Use.COMMUNITY_WEB.value,
        help_text=_("It gets what it may use like this, and nothing else."),
    )
    licences_only = models.BooleanField(
        _("only what it holds a licence for"),
        default=False,
        help_text=_("Otherwise it also gets what everybody may use like this."),
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        choices=languages.choices,
        help_text=_("Empty: all languages."),
    )
    # Null: it has no address yet, or the address is switched off.
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    token_made_at = models.DateTimeField(_("address made"), null=True, editable=False)
    switched_off_at = models.DateTimeField(_("switched off"), null=True, editable=False)
    last_seen = models.DateField(_("last fetched"), null=True, editable=False)
    created_at = models.DateTimeField(_("entered"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["outlet", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(token_hash=None) | Q(token_made_at__isnull=False, switched_off_at=None),
                name="a_partner_switched_off_has_no_address",
            )
        ]

    def __str__(self):
        return self.outlet

    def get_admin_url(self) -> str:
        return reverse("admin:licensing_partner_change", args=[self.pk])

    @property
    def is_active(self) -> bool:
        """Twin of ``PartnerQuerySet.active``."""
        return self.token_hash is not None


class DeliveryQuerySet(models.QuerySet):
    """Deliveries that are …"""

    def standing(self):
        """… still granted, as far as was found out."""
        return self.filter(gone_at=None)

    def due(self, at: datetime):
        """… to be asked about again."""
        return self.filter(gone_at=None, look_at__lte=at)


class Delivery(models.Model):
    """An article that a partner was given by its feed: which revision last, and whether it is still
    granted. Who holds what is read here; nothing of it is deleted.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="deliveries")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="deliveries"
    )
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    # The licence under which it was given; none where everybody may.
    grant = models.ForeignKey(
        "licensing.Grant", on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_whole = models.BooleanField(_("whole text"))
    # The pictures that went along, as licensing.snapshot.picture_key calls them.
    pictures = models.JSONField(_("pictures"), default=list)
    # What its address said when it was given: that is the one it is known by.
    slug = models.CharField(max_length=200)
    first_at = models.DateTimeField(_("first given"))
    last_at = models.DateTimeField(_("last given"))
    # When it was last found to be another than the one given before, or granted again.
    changed_at = models.DateTimeField(_("changed"), null=True)
    # When ``decide`` is to be asked again, at the latest.
    look_at = models.DateTimeField()
    gone_at = models.DateTimeField(_("taken back"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("article given to a partner")
        verbose_name_plural = _("articles given to partners")
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "article"], name="a_partner_is_given_each_article_in_one_row"
            ),
        ]
        indexes = [
            models.Index(
                fields=["partner", "look_at"],
                condition=Q(gone_at__isnull=True),
                name="deliveries_to_ask_about",
            ),
            models.Index(
                fields=["partner", "-gone_at"],
                condition=Q(gone_at__isnull=False),
                name="deliveries_taken_back",
            ),
            models.Index(
                fields=["partner", "-changed_at"],
                condition=Q(changed_at__isnull=False),
                name="deliveries_changed",
            ),
            models.Index(fields=["partner", "-last_at", "-id"], name="deliveries_newest_first"),
        ]

    def __str__(self):
        return f"{self.partner} ← {self.article}"
