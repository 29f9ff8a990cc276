"""Pictures with the credit fields of the IPTC, and the places where they stand."""

import uuid

from django.apps import apps
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cms.text import validate_single_line, validate_text

CENTRE = 50
# Every column that points to a picture.
PLACES = (
    ("articles.Article", "featured_image"),
    ("articles.GalleryImage", "image"),
    ("articles.Author", "photo"),
    ("articles.Publication", "logo"),
)
# What a lead across the page and the picture of a shared link need.
LEAD_WIDTH = 1200


def original_path(image: "Image", filename: str) -> str:
    """A name of our own making: no part of it comes from outside."""
    return f"originals/{image.key.hex[:2]}/{image.key.hex}.{image.file_format.lower()}"


class ImageQuerySet(models.QuerySet):
    """Pictures that are …"""

    def usable(self, at=None):
        """… within the time for which we may show them."""
        at = at or timezone.now()
        return self.filter(
            Q(use_until=None) | Q(use_until__gt=at), Q(carry_until=None) | Q(carry_until__gt=at)
        )

    def public(self, at=None):
        """… for everybody's eyes: usable, and on the page of a live article or of who made it."""
        live = apps.get_model("articles.Article").objects.live(at)
        author = apps.get_model("articles.Author").objects.filter(bylines__article__in=live)
        publication = apps.get_model("articles.Publication").objects.filter(
            Q(articles__in=live) | Q(articles_first_published__in=live)
        )
        return self.usable(at).filter(
            Q(Exists(live.filter(featured_image=OuterRef("pk"))))
            | Q(Exists(live.filter(gallery__image=OuterRef("pk"))))
            | Q(Exists(author.filter(photo=OuterRef("pk"))))
            | Q(Exists(publication.filter(logo=OuterRef("pk"))))
        )

    def without_credit(self):
        """… without the line that must stand beside them."""
        return self.filter(credit_line="")

    def ending(self, *, after, until):
        """… whose right to be shown ends after one moment and at another at the latest."""
        return self.filter(
            Q(use_until__gt=after, use_until__lte=until)
            | Q(carry_until__gt=after, carry_until__lte=until)
        )

    def ended(self, at=None):
        """… that may no longer be shown."""
        at = at or timezone.now()
        return self.filter(Q(use_until__lte=at) | Q(carry_until__lte=at))

    def used(self):
        """… in an article, by an author or by a publication, whether readers see it or not."""
        return self.filter(self._stands_somewhere())

    def unused(self):
        """… that stand nowhere."""
        return self.exclude(self._stands_somewhere())

    @staticmethod
    def _stands_somewhere():
        stands = Q()
        for model, field in PLACES:
            rows = apps.get_model(model).objects.order_by().filter(**{field: OuterRef("pk")})
            stands |= Q(Exists(rows))
        return stands

    def with_uses(self):
        """… with ``uses``, the number of places where they stand; for a page of them."""
        uses = Value(0)
        for model, field in PLACES:
            rows = apps.get_model(model).objects.order_by().filter(**{field: OuterRef("pk")})
            counted = rows.values(field).annotate(count=Count("pk")).values("count")
            uses = uses + Coalesce(Subquery(counted), 0)
        return self.annotate(uses=uses)

    def too_small_for_a_lead(self):
        """… narrower than a lead is shown."""
        return self.filter(width__lt=LEAD_WIDTH)


class Image(models.Model):
    """A picture: the original as it was given, and the facts every copy of it must carry."""

    class RightsCategory(models.TextChoices):
        OWN = "own", _("Made by us")
        AGENCY = "agency", _("Agency")
        FREELANCE = "freelance", _("Freelance")
        HANDOUT = "handout", _("Handout")
        CREATIVE_COMMONS = "creative_commons", _("Creative Commons")
        PUBLIC_DOMAIN = "public_domain", _("Public domain")
        SCREENSHOT = "screenshot", _("Screenshot")
        UNKNOWN = "unknown", _("Not known yet")

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    original = models.FileField(_("picture file"), upload_to=original_path, max_length=200)
    file_format = models.CharField(_("format"), max_length=8, editable=False)
    width = models.PositiveIntegerField(_("width in pixels"), editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), editable=False)
    # {"version": "3f9c…", "widths": [320, 640]}: names of the copies, so that no folder is listed.
    renditions = models.JSONField(_("renditions"), default=dict, editable=False)

    alt_text = models.CharField(
        _("alt text"),
        max_length=500,
        validators=[validate_single_line],
        help_text=_("What the picture shows, for those who cannot see it. Not the caption again."),
    )
    caption = models.TextField(
        _("caption"),
        blank=True,
        max_length=2000,
        validators=[validate_text],
        help_text=_("Stands under the picture: who, what, where, when."),
    )
    credit_line = models.CharField(
        _("credit line"),
        max_length=300,
        blank=True,
        validators=[validate_single_line],
        help_text=_("As it must stand beside the picture. Read from the file where it says so."),
    )
    credit_url = models.URLField(
        _("address for the credit"),
        max_length=500,
        blank=True,
        validators=[validate_single_line],
        help_text=_("Where the credit line leads to, where somebody asks for a link."),
    )
    creator = models.CharField(
        _("creator"),
        max_length=300,
        blank=True,
        validators=[validate_single_line],
        help_text=_("Who made it: the photographer or draughtsman."),
    )
    copyright_notice = models.CharField(
        _("copyright notice"),
        max_length=300,
        blank=True,
        validators=[validate_single_line],
        help_text=_("As the holder wants it, with the year: © 2026 Ada Byron."),
    )
    usage_terms = models.TextField(
        _("usage terms"),
        blank=True,
        max_length=2000,
        validators=[validate_text],
        help_text=_("What we may do with it, in the words of whoever gave it."),
    )
    web_statement = models.URLField(
        _("web statement of rights"),
        max_length=500,
        blank=True,
        validators=[validate_single_line],
        help_text=_("An address at which the holder says what may be done with it."),
    )
    source = models.CharField(
        _("source"),
        max_length=300,
        blank=True,
        validators=[validate_single_line],
        help_text=_("Where we have it from: an agency, an archive, a ministry."),
    )
    rights_category = models.CharField(
        _("rights category"),
        max_length=20,
        choices=RightsCategory,
        default=RightsCategory.UNKNOWN,
        help_text=_("How we come to it. Decides what others may be given."),
    )
    use_until = models.DateTimeField(
        _("may be shown until"),
        null=True,
        blank=True,
        help_text=_("Empty where the right to show it does not end."),
    )
    # Where the eye should rest: no crop cuts it off.
    focal_x = models.PositiveSmallIntegerField(
        _("focal point from the left, in per cent"),
        default=CENTRE,
        validators=[MaxValueValidator(100)],
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point from the top, in per cent"),
        default=CENTRE,
        validators=[MaxValueValidator(100)],
    )
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    # Written by the desk of rights, never by a form.
    carry_until = models.DateTimeField(_("cleared until"), null=True, blank=True, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    history = HistoricalRecords(excluded_fields=["original", "renditions", "carry_until"])
    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__lte=100, focal_y__lte=100),
                name="a_focal_point_lies_within_its_picture",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("id")),
                name="a_picture_does_not_replace_itself",
            ),
        ]
        indexes = [
            # The library: newest first, and so within each of its narrower lists.
            models.Index(fields=["-uploaded_at", "-id"], name="picture_newest"),
            models.Index(fields=["credit_line", "-uploaded_at", "-id"], name="picture_by_credit"),
            models.Index(
                fields=["rights_category", "-uploaded_at", "-id"], name="picture_by_category"
            ),
            models.Index(fields=["uploaded_by", "-uploaded_at", "-id"], name="picture_by_uploader"),
            models.Index(
                fields=["-uploaded_at", "-id"],
                condition=Q(width__lt=LEAD_WIDTH),
                name="picture_too_small_for_a_lead",
            ),
            models.Index(fields=["use_until"], name="picture_right_ends"),
            models.Index(fields=["carry_until"], name="picture_clearance_ends"),
        ]

    def __str__(self):
        return self.caption[:80] or self.alt_text[:80]

    @property
    def ends_at(self):
        """When it may no longer be shown; ``None``: no end is known."""
        return min(filter(None, (self.use_until, self.carry_until)), default=None)

    @property
    def is_centred(self) -> bool:
        """Whether every crop is taken from the middle."""
        return (self.focal_x, self.focal_y) == (CENTRE, CENTRE)

    def is_usable(self, at=None) -> bool:
        """Twin of ``ImageQuerySet.usable``."""
        at = at or timezone.now()
        return all(end is None or end > at for end in (self.use_until, self.carry_until))


class GalleryImage(models.Model):
    """A further picture of an article."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="gallery"
    )
    image = models.ForeignKey(
        Image,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("A further picture of this article."),
    )
    caption = models.TextField(
        _("caption here"),
        blank=True,
        max_length=2000,
        validators=[validate_text],
        help_text=_("Instead of the picture's own caption."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The lowest number comes first.")
    )

    class Meta:
        verbose_name = _("gallery picture")
        verbose_name_plural = _("gallery pictures")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "image"], name="a_picture_stands_once_in_a_gallery"
            )
        ]

    def __str__(self):
        return str(self.image)
