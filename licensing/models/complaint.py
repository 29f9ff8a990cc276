"""Complaints: a rights holder's notice against us, what it is about, and what came of it.

What it asks for is what 17 U.S.C. § 512(c)(3) and article 16 of Regulation (EU) 2022/2065 ask for,
and no more.
"""

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.text import validate_name, validate_text
from cms.workflows.models import Event

LONGEST_TEXT = 5000


class ComplaintStatus(models.TextChoices):
    """How far a complaint has come."""

    RECEIVED = "received", _("Received")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    UPHELD = "upheld", _("Upheld: withheld")
    REJECTED = "rejected", _("Rejected")
    COUNTER_NOTICE = "counter_notice", _("Counter-notice")
    CLOSED = "closed", _("Closed")


# Somebody waits for an answer of ours.
OURS_TO_ANSWER = (
    ComplaintStatus.RECEIVED,
    ComplaintStatus.ACKNOWLEDGED,
    ComplaintStatus.COUNTER_NOTICE,
)


class Standing(models.TextChoices):
    """By what right somebody complains."""

    OWNER = "owner", _("I hold the rights myself")
    AUTHOR = "author", _("I am the author or made the picture")
    LICENSEE = "licensee", _("I hold an exclusive licence")
    AGENT = "agent", _("I act for the rights holder, and am authorised to")


class Side(models.TextChoices):
    """Whom a secret link is for."""

    COMPLAINANT = "complainant", _("Whoever complained")
    COUNTER = "counter", _("Whoever answers the complaint")


class ComplaintQuerySet(models.QuerySet):
    """Complaints that are …"""

    def ours_to_answer(self):
        """… waiting for us."""
        return self.filter(status__in=OURS_TO_ANSWER)

    def late(self, at: datetime | None = None):
        """… waiting for us past the day on which we promised an answer."""
        day = timezone.localdate(at or timezone.now())
        return self.ours_to_answer().filter(promised_by__lt=day)

    def withholding(self):
        """… upheld, and nobody has lifted that: what they are about is kept from readers."""
        return self.filter(withheld_at__isnull=False, lifted_at=None)


class Complaint(models.Model):
    """A notice that something here infringes somebody's rights."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=ComplaintStatus,
        default=ComplaintStatus.RECEIVED,
        editable=False,
    )
    work = models.TextField(
        _("the work"),
        max_length=LONGEST_TEXT,
        validators=[validate_text, MaxLengthValidator(LONGEST_TEXT)],
    )
    # As it was typed; what of it was recognised, or what the desk found, are its subjects.
    addresses = models.TextField(
        _("where it stands here"),
        max_length=2000,
        validators=[validate_text, MaxLengthValidator(2000)],
    )
    claim = models.TextField(
        _("why it may not stand there"),
        max_length=LONGEST_TEXT,
        validators=[validate_text, MaxLengthValidator(LONGEST_TEXT)],
    )
    name = models.CharField(_("name"), max_length=120, validators=[validate_name])
    standing = models.CharField(_("by what right"), max_length=12, choices=Standing)
    holder = models.CharField(
        _("rights holder"), max_length=200, blank=True, validators=[validate_name]
    )
    email = models.EmailField(_("e-mail"))
    contact = models.TextField(
        _("postal address or telephone"),
        max_length=600,
        blank=True,
        validators=[validate_text, MaxLengthValidator(600)],
    )
    is_in_good_faith = models.BooleanField(_("in good faith"))
    is_accurate = models.BooleanField(_("accurate"))
    signature = models.CharField(_("signature"), max_length=120, validators=[validate_name])
    language = models.CharField(
        _("language of our letters"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )

    received_at = models.DateTimeField(_("received"), editable=False)
    promised_by = models.DateField(_("answer promised by"), editable=False)
    moved_at = models.DateTimeField(_("last moved"), editable=False)
    # What it is about is kept from readers from the one moment to the other.
    withheld_at = models.DateTimeField(_("withheld"), null=True, editable=False)
    lifted_at = models.DateTimeField(_("lifted"), null=True, editable=False)
    # From then on the record stands without whoever complained, and whoever answered.
    erased_at = models.DateTimeField(_("personal data erased"), null=True, editable=False)
    # What the form said when it was sent, as a hash: sent twice it is one complaint.
    form_key = models.CharField(max_length=64, unique=True, null=True, editable=False)
    # Whose turn it is: the order of the desk, kept so that an index serves it on both databases.
    turn = models.GeneratedField(
        expression=models.Case(
            models.When(
                status__in=["received", "acknowledged", "counter_notice"], then=models.Value(0)
            ),
            default=models.Value(1),
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["turn", "promised_by", "pk"]
        permissions = [
            ("acknowledge_complaint", _("Can acknowledge complaints and write to complainants")),
            ("decide_complaint", _("Can uphold and reject complaints")),
            ("counter_complaint", _("Can answer complaints by a counter-notice")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_in_good_faith=True, is_accurate=True) & ~Q(signature=""),
                name="a_complaint_is_signed_in_good_faith",
            ),
            models.CheckConstraint(
                condition=~Q(status=ComplaintStatus.UPHELD)
                | Q(withheld_at__isnull=False, lifted_at=None),
                name="what_was_upheld_is_withheld",
            ),
            models.CheckConstraint(
                condition=~Q(status=ComplaintStatus.REJECTED)
                | Q(withheld_at=None)
                | Q(lifted_at__isnull=False),
                name="what_was_rejected_is_not_withheld",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", email="", contact="", form_key=None),
                name="of_an_erased_complainant_nothing_is_left",
            ),
        ]
        indexes = [
            models.Index(fields=["turn", "promised_by", "id"], name="complaints_desk"),
            models.Index(fields=["status", "promised_by", "id"], name="complaints_by_status"),
            models.Index(
                fields=["withheld_at"],
                condition=Q(withheld_at__isnull=False, lifted_at=None),
                name="complaints_that_withhold",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_withholding(self) -> bool:
        """Twin of ``ComplaintQuerySet.withholding``."""
        return self.withheld_at is not None and self.lifted_at is None

    def get_admin_url(self) -> str:
        return reverse("admin:licensing_complaint_change", args=[self.pk])


class ComplaintSubject(models.Model):
    """An article or a picture that a complaint is about."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="subjects")
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        null=True,
        related_name="complaints",
        verbose_name=_("article"),
    )
    image = models.ForeignKey(
        "articles.Image",
        on_delete=models.PROTECT,
        null=True,
        related_name="complaints",
        verbose_name=_("picture"),
    )

    class Meta:
        verbose_name = _("subject of a complaint")
        verbose_name_plural = _("subjects of complaints")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, image=None)
                | Q(article=None, image__isnull=False),
                name="a_subject_is_an_article_or_a_picture",
            ),
            models.UniqueConstraint(
                fields=["complaint", "article"], name="a_complaint_names_each_article_once"
            ),
            models.UniqueConstraint(
                fields=["complaint", "image"], name="a_complaint_names_each_picture_once"
            ),
        ]

    def __str__(self):
        return str(self.article or self.image)


class CounterNotice(models.Model):
    """The answer of the other side: why what was withheld may stand."""

    # One each time that it is upheld.
    complaint = models.ForeignKey(
        Complaint, on_delete=models.PROTECT, related_name="counter_notices"
    )
    text = models.TextField(
        _("why it may stand"),
        max_length=LONGEST_TEXT,
        validators=[validate_text, MaxLengthValidator(LONGEST_TEXT)],
    )
    name = models.CharField(_("name"), max_length=120, validators=[validate_name])
    contact = models.TextField(
        _("how you can be reached"),
        max_length=600,
        validators=[validate_text, MaxLengthValidator(600)],
    )
    is_in_good_faith = models.BooleanField(_("in good faith"))
    consents = models.BooleanField(_("accepts the courts"))
    signature = models.CharField(_("signature"), max_length=120, validators=[validate_name])
    filed_at = models.DateTimeField(_("filed"))
    # Nobody where it came by the secret link.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("colleague"),
    )

    class Meta:
        verbose_name = _("counter-notice")
        verbose_name_plural = _("counter-notices")
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_in_good_faith=True, consents=True) & ~Q(signature=""),
                name="a_counter_notice_is_signed_in_good_faith",
            )
        ]

    def __str__(self):
        return f"{self.complaint}: {self.name}"


class ComplaintLink(models.Model):
    """A secret address on which a complaint is followed, or answered. Only a hash is kept."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="links")
    side = models.CharField(_("for"), max_length=12, choices=Side)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_to = models.EmailField(_("sent to"))
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("link to a complaint")
        verbose_name_plural = _("links to complaints")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.complaint} → {self.sent_to}"

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether it still leads anywhere."""
        return self.revoked_at is None and (at or timezone.now()) < self.expires_at


class ComplaintMessage(models.Model):
    """One message between the desk and whoever complained."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField(
        _("message"),
        max_length=LONGEST_TEXT,
        validators=[validate_text, MaxLengthValidator(LONGEST_TEXT)],
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("colleague"),
        help_text=_("Empty where the complainant wrote."),
    )
    sent_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("message about a complaint")
        verbose_name_plural = _("messages about complaints")
        ordering = ["sent_at", "pk"]

    def __str__(self):
        return self.text[:80]


class ComplaintEvent(Event):
    """A move of a complaint."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("event of a complaint")
        verbose_name_plural = _("events of complaints")
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "number"],
                name="a_complaint_has_each_number_of_event_once",
            )
        ]
