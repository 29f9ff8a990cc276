"""Who made a text: authors, and their ordered, named parts in an article."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles.models.slugs import Named
from cms.richtext.fields import RichTextField
from cms.richtext.vocabulary import NOTE
from cms.text import validate_single_line


class Author(Named):
    """A person or a collective who signs texts."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        COLLECTIVE = "collective", _("Collective")

    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=Kind,
        default=Kind.PERSON,
        help_text=_("A collective is a desk, an agency or a group that signs as one."),
    )
    bio = RichTextField(
        _("about the author"),
        extensions=NOTE,
        blank=True,
        help_text=_("One to three sentences; they stand under every article."),
    )
    photo = models.ForeignKey(
        "articles.Image",
        verbose_name=_("photo"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Stands on the author’s page."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]
        indexes = [models.Index(fields=["name", "id"], name="author_by_name")]

    def roles_played(self, at=None) -> list[tuple[str, str]]:
        """(role, its name) of each part this author has in something public: one query."""
        live = Byline._meta.get_field("article").related_model.objects.live(at)
        parts = {
            role: models.Exists(live.filter(bylines__author=self.pk, bylines__role=role))
            for role in Byline.Role.values
        }
        played = type(self).objects.filter(pk=self.pk).annotate(**parts).values(*parts).get()
        return [(role, label) for role, label in Byline.Role.choices if played[role]]


class AuthorLink(models.Model):
    """Where else an author is found."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(
        _("label"),
        max_length=80,
        validators=[validate_single_line],
        help_text=_("What the link says: Website, Mastodon …"),
    )
    url = models.URLField(
        _("address"),
        max_length=500,
        validators=[validate_single_line],
        help_text=_("In full, beginning with https://."),
    )

    class Meta:
        verbose_name = _("link of an author")
        verbose_name_plural = _("links of an author")
        ordering = ["pk"]

    def __str__(self):
        return self.label


class Byline(models.Model):
    """An author's part in an article; the order is the order of the credits."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        REPORTER = "reporter", _("Additional reporting")
        TRANSLATOR = "translator", _("Translator")
        PHOTOGRAPHER = "photographer", _("Photographer")
        EDITOR = "editor", _("Editor")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="bylines"
    )
    author = models.ForeignKey(
        Author,
        on_delete=models.PROTECT,
        related_name="bylines",
        verbose_name=_("author"),
        help_text=_("Who signs. “+” adds somebody new."),
    )
    role = models.CharField(
        _("role"),
        max_length=12,
        choices=Role,
        default=Role.AUTHOR,
        help_text=_("What this person did for the text."),
    )
    credit_suffix = models.CharField(
        _("after the name"),
        max_length=120,
        blank=True,
        validators=[validate_single_line],
        help_text=_("For example “in Nairobi” or “for OneWorld”."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The lowest number comes first.")
    )

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author", "role"],
                name="an_author_has_each_role_once_in_an_article",
                violation_error_message=_("This author stands in this role already."),
            )
        ]
        indexes = [models.Index(fields=["author", "article"])]

    def __str__(self):
        return f"{self.author} ({self.get_role_display()})"
