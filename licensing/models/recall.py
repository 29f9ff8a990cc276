"""Recalls: word to the holders of copies that a text was put right or taken back, and what they
answered. A recall is written with its cause; its holders are found and told by the clock.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from cms.text import validate_single_line
from licensing.models.complaint import Complaint, ComplaintSubject


class RecallCause(models.TextChoices):
    """Why copies are no longer as they should be: the kinds of notices, and what goes further."""

    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")
    RETRACTION = "retraction", _("Retraction")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    WITHHOLDING = "withholding", _("Withheld after a complaint")
    # The text stays; a picture in it does not.
    PICTURE = "picture", _("Picture withheld after a complaint")


# After these a copy is to be taken down.
TAKEN_BACK = (RecallCause.RETRACTION, RecallCause.WITHDRAWAL, RecallCause.WITHHOLDING)
# After these it is not public with us, as long as nobody brings it back.
GONE = (RecallCause.WITHDRAWAL, RecallCause.WITHHOLDING)


class RecallAnswer(models.TextChoices):
    """What a holder did."""

    PUT_RIGHT = "put_right", _("Put right")
    REMOVED = "removed", _("Taken down")
    NOT_USED = "not_used", _("Never used")


class RecallQuerySet(models.QuerySet):
    """Recalls that are …"""

    def unfinished(self):
        """… still being told, the oldest first."""
        return self.filter(told_all_at=None).order_by("at", "pk")

    def unanswered(self, at: datetime | None = None):
        """… not answered by everybody yet, and not over: a text that is public again, or a picture
        that is shown again, has nobody wait for an answer.
        """
        public = Article.objects.live(at).filter(pk=OuterRef("article"))
        withheld = ComplaintSubject.objects.filter(
            image=OuterRef("image"), complaint__in=Complaint.objects.withholding()
        )
        back = Q(Exists(public), cause__in=GONE) | Q(~Exists(withheld), cause=RecallCause.PICTURE)
        # Of all recalls few are open: those are looked up, and not each asked about.
        return self.filter(pk__in=RecalledCopy.objects.open().values("recall")).exclude(back)

    def with_numbers(self):
        """… with how many holders were told, have answered and have not."""
        copies = RecalledCopy.objects
        return self.annotate(
            number_told=_number(copies.filter(told_at__isnull=False)),
            number_answered=_number(copies.filter(answered_at__isnull=False)),
            number_open=_number(copies.open()),
        )


class Recall(models.Model):
    """One cause, and how far its holders have been told."""

    # Which fact caused it: the same fact never causes two.
    key = models.CharField(max_length=60, unique=True, editable=False)
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        related_name="recalls",
        verbose_name=_("article"),
    )
    cause = models.CharField(_("cause"), max_length=14, choices=RecallCause)
    # Copies of it, and of later ones, are right. Null: every copy that there was then is concerned.
    revision = models.ForeignKey(
        "articles.Revision",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("put right by"),
    )
    # The picture that is to be taken out; everything else is about the text.
    image = models.ForeignKey(
        "articles.Image",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    notice = models.TextField(_("notice"), blank=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    # Of the copies granted up to then those with a smaller key are still to be told.
    left_below = models.PositiveBigIntegerField(editable=False)
    told_all_at = models.DateTimeField(_("all told"), null=True, editable=False)

    objects = RecallQuerySet.as_manager()

    class Meta:
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cause=RecallCause.PICTURE, image__isnull=False)
                | (~Q(cause=RecallCause.PICTURE) & Q(image=None)),
                name="a_recall_of_a_picture_names_it",
            )
        ]
        indexes = [
            models.Index(
                fields=["at", "id"],
                condition=Q(told_all_at__isnull=True),
                name="recalls_still_being_told",
            ),
            models.Index(fields=["-at", "-id"], name="recalls_newest_first"),
            models.Index(fields=["cause", "-at", "-id"], name="recalls_newest_by_cause"),
        ]

    def __str__(self):
        return f"{self.get_cause_display()}: {self.article}"

    @property
    def takes_back(self) -> bool:
        """Whether copies are to be taken down."""
        return self.cause in TAKEN_BACK

    def get_admin_url(self) -> str:
        return reverse("admin:licensing_recall_change", args=[self.pk])


def _number(rows: QuerySet) -> Coalesce:
    """How many of ``rows`` belong to a recall, asked for the rows that are shown alone."""
    counted = rows.filter(recall=OuterRef("pk")).order_by().values("recall")
    return Coalesce(Subquery(counted.annotate(number=Count("pk")).values("number")), 0)


class RecalledCopyQuerySet(models.QuerySet):
    """Copies that are …"""

    def open(self):
        """… not answered for."""
        return self.filter(answered_at=None)

    def silent(self):
        """… not answered for by whoever was told of them."""
        return self.open().filter(told_at__isnull=False)

    def nobodys(self):
        """… known, but nobody could be written to."""
        return self.open().filter(told_at=None)

    def to_be_reminded(self, *, number: int, told_before: datetime):
        """… silent since before ``told_before``, with fewer than ``number`` reminders.

        Of several recalls of one text (or one picture in it) each holder is reminded of the last
        one only: what is put right then is put right for all of them.
        """
        about = Coalesce("recall__image", 0)
        later = RecalledCopy.objects.alias(about=about).filter(
            about=Coalesce(OuterRef("recall__image"), 0),
            recall__article=OuterRef("recall__article"),
            holder=OuterRef("holder"),
        )
        later = later.filter(
            Q(recall__at__gt=OuterRef("recall__at"))
            | Q(recall__at=OuterRef("recall__at"), pk__gt=OuterRef("pk"))
        )
        silent = self.silent().filter(told_at__lte=told_before, reminders__lt=number)
        return silent.exclude(Exists(later)).order_by("told_at", "pk")


class RecalledCopy(models.Model):
    """A holder of copies of one article: told once of each recall, and what was answered.

    It stands for a licensee, by a grant; for a partner, who was given it by a feed; or for a copy
    that nobody took a licence for.
    """

    recall = models.ForeignKey(
        Recall, on_delete=models.PROTECT, related_name="copies", verbose_name=_("recall")
    )
    # SHA-256 of whom it stands for: one person is told once, however many licences they hold.
    holder = models.CharField(max_length=64, editable=False)
    grant = models.ForeignKey(
        "licensing.Grant",
        on_delete=models.PROTECT,
        null=True,
        related_name="recalled",
        verbose_name=_("licence"),
    )
    partner = models.ForeignKey(
        "licensing.Partner",
        on_delete=models.PROTECT,
        null=True,
        related_name="recalled",
        verbose_name=_("partner"),
    )
    crosspost = models.ForeignKey(
        "licensing.Crosspost",
        on_delete=models.PROTECT,
        null=True,
        related_name="recalled",
        verbose_name=_("copy"),
    )
    # The revision that was granted, or given by the feed.
    revision = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Null where there was nobody to write to.
    told_at = models.DateTimeField(_("told"), null=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answer = models.CharField(_("answer"), max_length=10, choices=RecallAnswer, blank=True)
    # Null where the holder answered on the secret page.
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, validators=[validate_single_line]
    )

    objects = RecalledCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("recalled copy")
        verbose_name_plural = _("recalled copies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recall", "holder"], name="a_holder_is_told_of_each_cause_once"
            ),
            models.CheckConstraint(
                condition=Q(grant__isnull=False, partner=None, crosspost=None)
                | Q(grant=None, partner__isnull=False, crosspost=None)
                | Q(grant=None, partner=None, crosspost__isnull=False),
                name="a_recalled_copy_is_of_a_licence_a_partner_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="an_answered_recall_says_what_was_done",
            ),
        ]
        indexes = [
            models.Index(fields=["recall", "answered_at", "id"], name="recalled_copies_by_answer"),
            models.Index(
                fields=["told_at", "id"],
                condition=Q(answered_at__isnull=True),
                name="recalled_copies_unanswered",
            ),
        ]

    def __str__(self):
        return self.named

    @property
    def named(self) -> str:
        """Whose copy it is: “Ines Roca, Harbour Post”; of whoever was erased, the licence."""
        if self.grant:
            return self.grant.licensee or self.grant.number
        if self.partner:
            return f"{self.partner.name}, {self.partner.outlet}"
        return self.crosspost.outlet or self.crosspost.host

    @property
    def headline(self) -> str:
        """What the text was called when it was handed out: nothing newer is told of it."""
        return self.revision.content["headline"] if self.revision else ""
