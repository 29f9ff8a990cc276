"""What goes back and forth about a clearance: secret links, messages, and the evidence kept."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.text import validate_single_line, validate_text
from licensing.models.clearance import Clearance


class ClearanceLink(models.Model):
    """A secret address on which a rights holder answers without an account.

    Only a hash of its token is kept. It ends, can be revoked, and takes one answer.
    """

    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_to = models.EmailField(_("sent to"))
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("link for a rights holder")
        verbose_name_plural = _("links for rights holders")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.clearance} → {self.sent_to}"

    def is_open(self, at=None) -> bool:
        """Whether an answer may still be given on it."""
        at = at or timezone.now()
        return self.revoked_at is None and self.answered_at is None and at < self.expires_at


class ClearanceMessage(models.Model):
    """One message between the desk and a rights holder."""

    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField(_("message"), max_length=5000, validators=[validate_text])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("colleague"),
        help_text=_("Empty where the rights holder wrote."),
    )
    name = models.CharField(
        _("name"), max_length=200, blank=True, validators=[validate_single_line]
    )
    sent_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("message about a clearance")
        verbose_name_plural = _("messages about clearances")
        ordering = ["sent_at", "pk"]

    def __str__(self):
        return self.text[:80]


def private_storage():
    """Where evidence lies; nothing there has a public address."""
    return storages["private"]


def evidence_path(evidence: "ClearanceEvidence", filename: str) -> str:
    """A name of our own making: no part of it comes from outside."""
    return f"evidence/{evidence.key.hex[:2]}/{evidence.key.hex}"


class KeptFile(models.Model):
    """A file in the private storage; subclasses add what it belongs to, and ``file`` itself."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=200, validators=[validate_single_line])
    media_type = models.CharField(_("kind"), max_length=100, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    uploaded_at = models.DateTimeField(_("filed"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("filed by"),
    )

    class Meta:
        abstract = True
        ordering = ["uploaded_at", "pk"]

    def __str__(self):
        return self.name


class ClearanceEvidence(KeptFile):
    """A letter, mail or contract that a clearance rests on; read by the desk only."""

    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="evidence")
    file = models.FileField(
        _("file"), upload_to=evidence_path, storage=private_storage, max_length=200
    )

    class Meta(KeptFile.Meta):
        abstract = False
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
