"""House texts as versioned rows: what stood under an article on any day can be said afterwards."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.moments import validate_moment
from cms.richtext.fields import RichTextField
from cms.richtext.vocabulary import NOTE


class Kind(models.TextChoices):
    """Which text of the house this is. Those in ``PLAIN`` are plain text, the others rich."""

    MASTHEAD = "masthead", _("Masthead (name of the site)")
    TAGLINE = "tagline", _("Tagline under the masthead")
    ABOUT = "about", _("About us (foot of every page)")
    DISCLAIMER = "disclaimer", _("Disclaimer")
    READER_NOTE = "reader_note", _("Note to readers")
    CROSSPOST = "crosspost", _("Permission to cross-post")
    PRINT_COMMERCIAL = "print_commercial", _("Print and commercial use, with contact")
    FAIR_USE = "fair_use", _("Fair-use notice")
    MEDIA_CONTACT = "media_contact", _("Media contact")
    COMMENT_LINK = "comment_link", _("Link for comments")
    MEMBERSHIP_LINK = "membership_link", _("Link for membership")
    PRIVACY = "privacy", _("Privacy note under the form for permissions")
    CONSENT = "consent", _("Consent of whoever asks for permission")


PLAIN = frozenset({Kind.MASTHEAD, Kind.TAGLINE, Kind.CONSENT})
# What frames every page; it speaks as the page does, whatever an article in it is written in.
FRAME = frozenset({Kind.MASTHEAD, Kind.TAGLINE, Kind.ABOUT})


class SitePolicyQuerySet(models.QuerySet):
    """House texts that are …"""

    def in_force(self, at: datetime | None = None):
        """… the newest version of their kind and language that counts at ``at``."""
        at = at or timezone.now()
        later = SitePolicy.objects.filter(
            kind=models.OuterRef("kind"),
            language=models.OuterRef("language"),
            valid_from__lte=at,
            version__gt=models.OuterRef("version"),
        )
        return self.filter(valid_from__lte=at).exclude(models.Exists(later))


class SitePolicy(models.Model):
    """One version of one house text in one language. A version is never changed, only followed."""

    kind = models.CharField(
        _("text"),
        max_length=30,
        choices=Kind,
        help_text=_("Which of the texts of the house it is."),
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        help_text=_("The language in which it is written."),
    )
    version = models.PositiveIntegerField(_("version"), editable=False)
    text = RichTextField(
        _("wording"),
        extensions=NOTE,
        help_text=_("Saving writes a new version; the old wording stays on record."),
    )
    valid_from = models.DateTimeField(
        _("counts from"),
        default=timezone.now,
        validators=[validate_moment],
        help_text=_("From when readers see this wording: now, or a moment ahead."),
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )

    objects = SitePolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("house text")
        verbose_name_plural = _("house texts")
        ordering = ["kind", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "version"],
                name="a_house_text_has_each_version_once",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="versions_of_house_texts_count_from_one"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.get_language_display()} · v{self.version}"
