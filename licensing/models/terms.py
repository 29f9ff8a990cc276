"""Usage terms and their versions; which of them an article stands under."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cms.moments import validate_moment
from cms.richtext.fields import RichTextField
from cms.richtext.vocabulary import NOTE
from cms.text import validate_name, validate_single_line, validate_text
from licensing.rights.usage import TermsAreWrong, rules_from_json


class UsageTerms(models.Model):
    """A set of terms with a name and an address; what it says is in its versions."""

    name = models.CharField(
        _("name"),
        max_length=120,
        unique=True,
        validators=[validate_name],
        help_text=_("What these terms are called, here and in public."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The page of the terms is /rights/terms/…/; it should never change."),
    )
    summary = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        validators=[validate_single_line],
        help_text=_("In one sentence, what they allow."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("usage terms")
        verbose_name_plural = _("usage terms")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("rights:terms_detail", args=[self.slug])


class TermsVersionsAreImmutable(Exception):
    """Somebody tried to change a version that people may have relied on."""


class TermsVersionQuerySet(models.QuerySet):
    """Versions that are …"""

    def in_force(self, at: datetime | None = None):
        """… the newest of their terms that counts at ``at``."""
        at = at or timezone.now()
        later = TermsVersion.objects.filter(
            terms=OuterRef("terms"), valid_from__lte=at, number__gt=OuterRef("number")
        )
        return self.filter(valid_from__lte=at).exclude(models.Exists(later))

    def update(self, **kwargs):
        raise TermsVersionsAreImmutable("A version of terms is never changed.")

    def delete(self):
        raise TermsVersionsAreImmutable("A version of terms is never deleted.")

    def bulk_update(self, objs, fields, batch_size=None):
        raise TermsVersionsAreImmutable("A version of terms is never changed.")

    def bulk_create(self, objs, *args, **kwargs):
        raise TermsVersionsAreImmutable("Versions of terms are written one by one.")


def validate_rules(value) -> None:
    """Refuses what is no table of uses. Raises ValidationError with every fault in words."""
    try:
        rules_from_json(value)
    except TermsAreWrong as fault:
        raise ValidationError(fault.reasons) from fault


class TermsVersion(models.Model):
    """What usage terms say from a moment on: an answer to each use, and the text people read."""

    terms = models.ForeignKey(UsageTerms, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"), editable=False)
    # {"print": {"verdict": "ask", "conditions": ["name_author", {"kind": …, "value": …}]}, …}
    rules = models.JSONField(_("answers"), default=dict, validators=[validate_rules])
    licence_url = models.URLField(
        _("licence address"),
        max_length=300,
        blank=True,
        validators=[validate_single_line],
        help_text=_("Where others wrote the licence, such as Creative Commons; else empty."),
    )
    text = RichTextField(
        _("text"), extensions=NOTE, help_text=_("What people read on the page of the terms.")
    )
    change_note = models.CharField(
        _("what changed"), max_length=300, blank=True, validators=[validate_text]
    )
    valid_from = models.DateTimeField(
        _("counts from"), default=timezone.now, validators=[validate_moment]
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

    objects = TermsVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of usage terms")
        verbose_name_plural = _("versions of usage terms")
        # Whoever comes by way of a relation finds versions as immutable as everybody else.
        base_manager_name = "objects"
        ordering = ["terms", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "number"], name="usage_terms_have_each_version_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="versions_of_usage_terms_count_from_one"
            ),
        ]

    def __str__(self):
        return f"{self.terms} · v{self.number}"

    def save(self, **kwargs):
        """Adds the version. Raises TermsVersionsAreImmutable when it stands already."""
        if not self._state.adding:
            raise TermsVersionsAreImmutable("A version of terms is never changed.")
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise TermsVersionsAreImmutable("A version of terms is never deleted.")


class TermsAssignment(models.Model):
    """Where terms apply: to an article, an in-depth report, a publication, or the whole site.

    The narrowest one counts. Of a text that we carry, “publication” is the originating one.
    """

    terms = models.ForeignKey(
        UsageTerms,
        on_delete=models.PROTECT,
        related_name="assignments",
        verbose_name=_("usage terms"),
    )
    article = models.OneToOneField(
        "articles.Article",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("article"),
        error_messages={"unique": _("This article has its own terms already; change those.")},
    )
    report = models.OneToOneField(
        "articles.InDepthReport",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("in-depth report"),
        error_messages={"unique": _("This report has its own terms already; change those.")},
    )
    publication = models.OneToOneField(
        "articles.Publication",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("publication"),
        error_messages={"unique": _("This publication has its own terms already; change those.")},
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("place where terms apply")
        verbose_name_plural = _("places where terms apply")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(report=None, publication=None)
                    | Q(article=None, publication=None)
                    | Q(article=None, report=None)
                ),
                name="terms_are_assigned_to_one_thing_at_a_time",
                violation_error_message=_(
                    "Choose an article, a report or a publication; nothing for the whole site."
                ),
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(article=None, report=None, publication=None),
                name="the_whole_site_has_one_default",
                violation_error_message=_("The whole site has its default terms already."),
            ),
        ]

    def __str__(self):
        return f"{self.terms}: {self.place}"

    @property
    def place(self):
        """The article, report or publication; in words where it is the whole site."""
        return self.article or self.report or self.publication or _("the whole site")
