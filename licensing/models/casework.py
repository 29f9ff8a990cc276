"""What gathers around a request: secret links, the public thread, internal notes, files."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.text import validate_name, validate_text
from licensing.models.correspondence import KeptFile, private_storage
from licensing.models.request import PermissionRequest

LONGEST_MESSAGE = 5000


class RequestLink(models.Model):
    """A secret address on which a requester follows a request without an account.

    Only a hash of its token is kept. Every letter brings a fresh one; all work until they end.
    """

    permission_request = models.ForeignKey(
        PermissionRequest, on_delete=models.PROTECT, related_name="links"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_to = models.EmailField(_("sent to"))
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("link for a requester")
        verbose_name_plural = _("links for requesters")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.permission_request} → {self.sent_to}"

    def is_open(self, at=None) -> bool:
        """Whether it still leads anywhere."""
        return self.revoked_at is None and (at or timezone.now()) < self.expires_at


class RequestMessage(models.Model):
    """One message of the thread that the requester reads, too."""

    permission_request = models.ForeignKey(
        PermissionRequest, on_delete=models.PROTECT, related_name="messages"
    )
    text = models.TextField(
        _("message"),
        max_length=LONGEST_MESSAGE,
        blank=True,
        validators=[validate_text, MaxLengthValidator(LONGEST_MESSAGE)],
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("colleague"),
        help_text=_("Empty where the requester wrote."),
    )
    sent_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("message about a request")
        verbose_name_plural = _("messages about requests")
        ordering = ["sent_at", "pk"]

    def __str__(self):
        return self.text[:80]


class RequestNote(models.Model):
    """A note among colleagues: the requester never sees it."""

    permission_request = models.ForeignKey(
        PermissionRequest, on_delete=models.PROTECT, related_name="notes"
    )
    text = models.TextField(
        _("note"),
        max_length=LONGEST_MESSAGE,
        validators=[validate_text, MaxLengthValidator(LONGEST_MESSAGE)],
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who"),
    )
    written_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["written_at", "pk"]

    def __str__(self):
        return self.text[:80]


def file_path(kept: "RequestFile", filename: str) -> str:
    """A name of our own making: no part of it comes from outside."""
    return f"requests/{kept.key.hex[:2]}/{kept.key.hex}"


class RequestFile(KeptFile):
    """A file that belongs to a request: a page proof, an order, a tear sheet.

    ``uploaded_by`` is nobody where the requester sent it.
    """

    permission_request = models.ForeignKey(
        PermissionRequest, on_delete=models.PROTECT, related_name="files"
    )
    file = models.FileField(_("file"), upload_to=file_path, storage=private_storage, max_length=200)

    class Meta(KeptFile.Meta):
        abstract = False
        verbose_name = _("file of a request")
        verbose_name_plural = _("files of requests")


class CannedAnswer(models.Model):
    """Words that the desk writes again and again, for a colleague to start from."""

    name = models.CharField(
        _("name"),
        max_length=80,
        validators=[validate_name],
        help_text=_("What it is called in the list you choose from."),
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language in which it is written."),
    )
    text = models.TextField(
        _("text"),
        max_length=LONGEST_MESSAGE,
        validators=[validate_text],
        help_text=_("{requester}, {number} and {articles} are filled in."),
    )

    class Meta:
        verbose_name = _("canned answer")
        verbose_name_plural = _("canned answers")
        ordering = ["name", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "language"], name="a_canned_answer_stands_once_in_each_language"
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.get_language_display()})"
