"""Pictures with the credit fields of the IPTC, and the places where they stand."""

import uuid

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cms.text import validate_single_line, validate_text


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
        _("caption"), blank=True, max_length=2000, validators=[validate_text]
    )
    credit_line = models.CharField(
        _("credit line"),
        max_length=300,
        blank=True,
        validators=[validate_single_line],
        help_text=_("As it must stand beside the picture. Read from the file where it says so."),
    )
    credit_url = models.URLField(
        _("address for the credit"), max_length=500, blank=True, validators=[validate_single_line]
    )
    creator = models.CharField(
        _("creator"), max_length=300, blank=True, validators=[validate_single_line]
    )
    copyright_notice = models.CharField(
        _("copyright notice"), max_length=300, blank=True, validators=[validate_single_line]
    )
    usage_terms = models.TextField(
        _("usage terms"), blank=True, max_length=2000, validators=[validate_text]
    )
    web_statement = models.URLField(
        _("web statement of rights"), max_length=500, blank=True, validators=[validate_single_line]
    )
    source = models.CharField(
        _("source"), max_length=300, blank=True, validators=[validate_single_line]
    )
    rights_category = models.CharField(
        _("rights category"),
        max_length=20,
        choices=RightsCategory,
        default=RightsCategory.UNKNOWN,
    )
    use_until = models.DateTimeField(
        _("may be shown until"),
        null=True,
        blank=True,
        help_text=_("Empty where the right to show it does not end."),
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

    def __str__(self):
        return self.caption[:80] or self.alt_text[:80]

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
        Image, on_delete=models.PROTECT, related_name="+", verbose_name=_("picture")
    )
    caption = models.TextField(
        _("caption here"),
        blank=True,
        max_length=2000,
        validators=[validate_text],
        help_text=_("Instead of the picture's own caption."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

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
