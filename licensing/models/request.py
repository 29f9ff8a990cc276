"""Permission requests: what others ask us for, and how far each has come."""

from datetime import date, datetime

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.moments import validate_moment
from cms.text import validate_name, validate_single_line, validate_text
from cms.workflows.models import Event
from licensing.particulars import read
from licensing.rights.particulars import Particulars
from licensing.rights.questions import ASKABLE, REQUESTER_KINDS, RequesterKind
from licensing.rights.vocabulary import USES, Use


class RequestStatus(models.TextChoices):
    """How far a request has come."""

    HELD = "held", _("Held: e-mail not confirmed")
    RECEIVED = "received", _("Received")
    IN_REVIEW = "in_review", _("In review")
    AWAITING_REQUESTER = "awaiting_requester", _("Waiting for the requester")
    QUOTED = "quoted", _("Quoted")
    ACCEPTED = "accepted", _("Accepted")
    AWAITING_PAYMENT = "awaiting_payment", _("Waiting for payment")
    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Declined")
    REFERRED = "referred", _("Referred to the rights holder")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")
    CLOSED = "closed", _("Closed")


# Somebody still has to do something.
OPEN = (
    RequestStatus.RECEIVED,
    RequestStatus.IN_REVIEW,
    RequestStatus.AWAITING_REQUESTER,
    RequestStatus.QUOTED,
    RequestStatus.ACCEPTED,
    RequestStatus.AWAITING_PAYMENT,
)
# … and that is us.
OURS_TO_DO = (RequestStatus.RECEIVED, RequestStatus.IN_REVIEW, RequestStatus.ACCEPTED)


class CameBy(models.TextChoices):
    """By which door a request came."""

    FORM = "form", _("The form")
    KIT = "kit", _("The republish page")
    DESK = "desk", _("The desk")


class Turn(models.TextChoices):
    """Whose turn it is."""

    OURS = "ours", _("Ours to do")
    THEIRS = "theirs", _("Waiting for them")
    SETTLED = "settled", _("Settled")
    UNCONFIRMED = "unconfirmed", _("E-mail not confirmed")
    TAKEN = "taken", _("Copies taken")


# Where a request may be whose address was never confirmed.
NEVER_RECEIVED = (
    RequestStatus.HELD,
    RequestStatus.WITHDRAWN,
    RequestStatus.LAPSED,
    RequestStatus.CLOSED,
)


class DeclineCode(models.TextChoices):
    """Why a request is declined, as reports count it."""

    NOT_OURS = "not_ours", _("We do not hold this right")
    EXCLUSIVE = "exclusive", _("Somebody else holds it exclusively")
    USE = "use", _("We do not permit this use")
    AUTHOR = "author", _("The author does not agree")
    UNCLEAR = "unclear", _("It stayed unclear what is wanted")
    TERMS = "terms", _("No agreement on the terms")
    OTHER = "other", _("Another reason")


USE_CHOICES = [(use.value, _(USES[use][0])) for use in ASKABLE]
KIND_CHOICES = [(kind.value, _(label)) for kind, label in REQUESTER_KINDS.items()]


class PermissionRequestQuerySet(models.QuerySet):
    """Permission requests that are …"""

    def open(self):
        """… not settled yet, with their e-mail confirmed."""
        return self.filter(status__in=OPEN)

    def ours_to_do(self):
        """… waiting for us."""
        return self.filter(turn=Turn.OURS)

    def late(self, at: datetime | None = None):
        """… waiting for us past the day on which we promised an answer."""
        return self.ours_to_do().filter(due_on__lt=timezone.localdate(at or timezone.now()))

    def by_hand(self):
        """… to be answered by somebody; what the terms give is granted when it is taken."""
        return self.exclude(came_by=CameBy.KIT)

    def of_requester(self, email: str):
        """… by whoever writes from ``email``."""
        return self.filter(requester_email__iexact=email, erased_at=None)


class PermissionRequest(models.Model):
    """One question: may we make this use of these articles?"""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=RequestStatus,
        default=RequestStatus.HELD,
        editable=False,
    )
    came_by = models.CharField(
        _("came by"), max_length=8, choices=CameBy, default=CameBy.FORM, editable=False
    )
    use = models.CharField(_("use"), max_length=20, choices=USE_CHOICES)
    # As licensing.rights.particulars reads them.
    particulars = models.JSONField(_("particulars"), default=dict, blank=True)
    is_exclusive = models.BooleanField(_("exclusive"), default=False)
    purpose = models.TextField(
        _("what else we should know"),
        blank=True,
        max_length=5000,
        validators=[validate_text, MaxLengthValidator(5000)],
    )
    deadline = models.DateField(_("needed by"), null=True, blank=True, validators=[validate_moment])

    requester_name = models.CharField(
        _("name"), max_length=120, blank=True, validators=[validate_name]
    )
    requester_email = models.EmailField(_("e-mail"), blank=True)
    requester_kind = models.CharField(_("kind of requester"), max_length=20, choices=KIND_CHOICES)
    outlet = models.CharField(
        _("outlet or organisation"), max_length=200, blank=True, validators=[validate_single_line]
    )
    outlet_url = models.URLField(
        _("its website"), max_length=300, blank=True, validators=[validate_single_line]
    )
    outlet_country = models.CharField(_("its country"), max_length=2, blank=True)
    language = models.CharField(
        _("language of our letters"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    billing_name = models.CharField(
        _("invoice to"), max_length=200, blank=True, validators=[validate_single_line]
    )
    billing_address = models.TextField(
        _("address for the invoice"),
        max_length=600,
        blank=True,
        validators=[validate_text, MaxLengthValidator(600)],
    )
    vat_id = models.CharField(
        _("VAT number"), max_length=30, blank=True, validators=[validate_single_line]
    )
    po_number = models.CharField(
        _("your order number"), max_length=60, blank=True, validators=[validate_single_line]
    )

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Who of the desk looks after it."),
    )
    created_at = models.DateTimeField(_("asked"))
    # Null where the requester asked on the page.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    consented_at = models.DateTimeField(_("agreed to be written to"), null=True, editable=False)
    received_at = models.DateTimeField(_("received"), null=True, editable=False)
    promised_by = models.DateField(_("answer promised by"), null=True, blank=True)
    # When the last move was made; what waits too long is told by it.
    moved_at = models.DateTimeField(_("last moved"), editable=False)
    # When it was first answered by a quote, a grant or a no.
    answered_at = models.DateTimeField(_("first answered"), null=True, editable=False)
    # When it was granted, or ended in another way.
    settled_at = models.DateTimeField(_("settled"), null=True, editable=False)

    decline_code = models.CharField(
        _("kind of refusal"), max_length=20, choices=DeclineCode, blank=True
    )
    holder_name = models.CharField(
        _("referred to"), max_length=200, blank=True, validators=[validate_single_line]
    )
    holder_contact = models.CharField(
        _("contact of the rights holder"),
        max_length=300,
        blank=True,
        validators=[validate_single_line],
    )
    accepted_quote = models.ForeignKey(
        "licensing.Quote",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("accepted quote"),
    )
    rule_version = models.ForeignKey(
        "licensing.GrantRuleVersion",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="requests",
        verbose_name=_("granted by the rule"),
    )
    duplicate_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="duplicates",
        verbose_name=_("duplicate of"),
    )
    # A request whose rights holder changed goes on in another one.
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="followed_by",
        verbose_name=_("goes on from"),
    )
    # The grant that it asks to renew.
    renews = models.ForeignKey(
        "licensing.Grant",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="renewals",
        verbose_name=_("renews"),
    )
    # What the form said when it was sent, as a hash: sent twice it is one request.
    form_key = models.CharField(max_length=64, unique=True, null=True, editable=False)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, editable=False)

    # Whose turn it is, and the promise where rows without one come last: the order of the queue,
    # kept so that an index serves it on both databases.
    turn = models.GeneratedField(
        expression=Case(
            # What the terms give is granted when it is taken, and waits for nobody.
            When(came_by=CameBy.KIT, then=Value(Turn.TAKEN.value)),
            When(status__in=OURS_TO_DO, then=Value(Turn.OURS.value)),
            When(status__in=OPEN, then=Value(Turn.THEIRS.value)),
            When(status=RequestStatus.HELD, then=Value(Turn.UNCONFIRMED.value)),
            default=Value(Turn.SETTLED.value),
        ),
        output_field=models.CharField(max_length=12),
        db_persist=True,
    )
    due_on = models.GeneratedField(
        expression=Coalesce("promised_by", Value(date.max)),
        output_field=models.DateField(),
        db_persist=True,
    )

    objects = PermissionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("permission request")
        verbose_name_plural = _("permission requests")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("answer_permissionrequest", _("Can work on permission requests")),
            ("decide_permissionrequest", _("Can quote, grant and decline permission requests")),
            ("reopen_permissionrequest", _("Can reopen permission requests")),
            ("export_permissionrequest", _("Can export whole cases")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=RequestStatus.DECLINED) | ~Q(decline_code=""),
                name="a_declined_request_says_what_kind_of_refusal",
            ),
            models.CheckConstraint(
                condition=Q(status__in=NEVER_RECEIVED) | Q(received_at__isnull=False),
                name="what_is_worked_on_was_received",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(requester_name="", requester_email=""),
                name="an_erased_request_names_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["requester_email"], name="requests_by_requester"),
            models.Index(fields=["-created_at", "-id"], name="requests_newest_first"),
            models.Index(fields=["answered_at"], name="requests_by_answer"),
            # The queue: all, whose turn it is, and what else it is narrowed by.
            models.Index(fields=["due_on", "created_at", "id"], name="requests_queue"),
            models.Index(fields=["turn", "due_on", "created_at", "id"], name="requests_by_turn"),
            models.Index(
                fields=["status", "due_on", "created_at", "id"], name="requests_by_status"
            ),
            models.Index(
                fields=["outlet_country", "due_on", "created_at", "id"], name="requests_by_country"
            ),
            models.Index(fields=["received_at"], name="requests_by_receipt"),
        ]

    def __str__(self):
        return self.number

    def clean(self):
        """Brings the particulars into their one form. Raises ValidationError.

        What the terms give everybody is given without questions.
        """
        if not self.is_taking:
            self.particulars = read(self.use, self.particulars).as_json()

    @property
    def asked(self) -> Particulars:
        """The particulars as rules, prices and licences read them."""
        return Particulars(Use(self.use), self.particulars)

    @property
    def is_open(self) -> bool:
        """Twin of ``PermissionRequestQuerySet.open``."""
        return self.status in OPEN

    @property
    def is_taking(self) -> bool:
        """Whether somebody took it from the republish page. Twin of what ``by_hand`` leaves out."""
        return self.came_by == CameBy.KIT

    @property
    def requester(self) -> str:
        """“Ines Roca, Harbour Post”; of an erased request nobody."""
        if self.erased_at:
            return str(_("Erased"))
        return ", ".join(filter(None, [self.requester_name, self.outlet]))

    @property
    def is_commercial(self) -> bool:
        """Whether the requester earns money with what is published."""
        return self.requester_kind in (RequesterKind.COMMERCIAL, RequesterKind.PUBLISHER)

    @property
    def licensee_key(self) -> str:
        """What a grant calls its licensee, and ``decide`` its requester."""
        return self.requester_email.casefold()

    def get_admin_url(self) -> str:
        return reverse("admin:licensing_permissionrequest_change", args=[self.pk])


class RequestedArticle(models.Model):
    """An article that is asked for, and which of its pictures with it."""

    permission_request = models.ForeignKey(
        PermissionRequest, on_delete=models.PROTECT, related_name="requested"
    )
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        related_name="requested",
        verbose_name=_("article"),
    )
    position = models.PositiveSmallIntegerField(default=0)
    # As licensing.snapshot.picture_key calls them.
    pictures = models.JSONField(_("pictures"), default=list, blank=True)

    class Meta:
        verbose_name = _("requested article")
        verbose_name_plural = _("requested articles")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["permission_request", "article"],
                name="a_request_names_each_article_once",
            )
        ]

    def __str__(self):
        return str(self.article)


class PermissionRequestEvent(Event):
    """A move of a permission request."""

    permission_request = models.ForeignKey(
        PermissionRequest, on_delete=models.PROTECT, related_name="events"
    )

    class Meta(Event.Meta):
        verbose_name = _("event of a permission request")
        verbose_name_plural = _("events of permission requests")
        constraints = [
            models.UniqueConstraint(
                fields=["permission_request", "number"],
                name="a_request_has_each_number_of_event_once",
            )
        ]
