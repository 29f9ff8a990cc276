"""What colleagues say to each other about a passage of a text; never public."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.citing.anchors import Quote
from cms.text import validate_text

LONGEST_QUOTE = 2000


class CommentQuerySet(models.QuerySet):
    """Comments by what is still to be done about them."""

    def beginning(self):
        """Those that began a talk; the others answer one."""
        return self.filter(in_answer_to=None)

    def open(self):
        """Those that wait for somebody to do what they say."""
        return self.beginning().filter(resolved_at=None)


class Comment(models.Model):
    """A remark on a passage, or on the whole text; or an answer to a remark.

    The passage is kept as a W3C Web Annotation names one (TextQuoteSelector): its words and some
    before and after, as they stood in the revision that was read.
    """

    class Field(models.TextChoices):
        WHOLE = "", _("The whole text")
        HEADLINE = "headline", _("Headline")
        STANDFIRST = "standfirst", _("Standfirst")
        BODY = "body", _("Body")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="comments"
    )
    in_answer_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="answers"
    )
    field = models.CharField(_("where"), max_length=10, choices=Field, blank=True)
    exact = models.TextField(_("passage"), max_length=LONGEST_QUOTE, blank=True)
    prefix = models.CharField(max_length=100, blank=True)
    suffix = models.CharField(max_length=100, blank=True)
    revision = models.PositiveIntegerField(_("revision"))
    text = models.TextField(_("comment"), max_length=4000, validators=[validate_text])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written"))
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(in_answer_to=None) | Q(resolved_at=None, field="", exact=""),
                name="an_answer_has_no_passage_and_no_end_of_its_own",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="a_resolved_comment_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(field="") | Q(exact="", prefix="", suffix=""),
                name="a_passage_stands_in_a_field",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something"),
        ]
        indexes = [
            models.Index(fields=["article", "resolved_at"], name="comment_of_article"),
        ]

    def __str__(self):
        return self.text[:60]

    @property
    def quote(self) -> Quote:
        """The passage it is about; empty words for none."""
        return Quote(self.exact, self.prefix, self.suffix)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do what it says."""
        return self.resolved_at is None
