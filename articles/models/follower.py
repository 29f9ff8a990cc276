"""Who follows what by mail, and the numbered list of what there is to tell them."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# What can be followed beside the whole site, as addresses name it; each a field of Following.
HEADINGS = ("report", "author", "theme", "region", "publication")


class Frequency(models.TextChoices):
    """How often a digest is written."""

    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Once a week")


class FollowerQuerySet(models.QuerySet):
    """Followers who …"""

    def current(self):
        """… have not stopped."""
        return self.filter(stopped_at=None)

    def confirmed(self):
        """… get digests."""
        return self.current().filter(confirmed_at__isnull=False)

    def due(self, at: datetime):
        """… are to be written to by now, longest waiting first."""
        return self.confirmed().filter(due_at__lte=at).order_by("due_at", "pk")

    def unconfirmed(self):
        """… have not said that they asked."""
        return self.current().filter(confirmed_at=None)


class Follower(models.Model):
    """An address to which digests go. Whoever stops leaves a row without an address.

    The token of the secret address is made of the ``seed`` and the site's own key; only its hash is
    kept. ``since`` and ``told`` are numbers of news entries: the last one when following began, and
    the last one that was looked at for a digest.
    """

    email = models.EmailField(_("e-mail"), blank=True, editable=False)
    language = models.CharField(
        _("language of our mails"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    frequency = models.CharField(
        _("how often"), max_length=6, choices=Frequency, default=Frequency.WEEKLY
    )
    seed = models.CharField(max_length=43, blank=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    due_at = models.DateTimeField(_("next digest"), null=True, blank=True)
    since = models.PositiveBigIntegerField(default=0, editable=False)
    told = models.PositiveBigIntegerField(default=0, editable=False)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        ordering = ["-asked_at", "-pk"]
        permissions = [("erase_follower", _("Can erase followers"))]
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="an_address_follows_once"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None, seed__gt="", email__gt="")
                | Q(stopped_at__isnull=False, seed="", email=""),
                name="exactly_who_has_stopped_leaves_no_address",
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(confirmed_at__isnull=False, stopped_at=None),
                name="digests_are_for_those_who_confirmed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(due_at__isnull=False),
                name="followers_by_next_digest",
            )
        ]

    def __str__(self):
        return self.masked or str(_("somebody who stopped"))

    @property
    def masked(self) -> str:
        """The address with dots for most of its name: “i…@press.example”."""
        name, at_sign, host = self.email.rpartition("@")
        return f"{name[:1]}…{at_sign}{host}" if at_sign else ""


class FollowingQuerySet(models.QuerySet):
    """Followings that are …"""

    def confirmed(self):
        """… of somebody who gets digests."""
        return self.filter(follower__in=Follower.objects.confirmed())

    def of_the_whole_site(self):
        """… of everything."""
        return self.filter(**dict.fromkeys(HEADINGS))


class Following(models.Model):
    """One thing that a follower follows; without a heading it is the whole site."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="followings")
    author = models.ForeignKey(
        "articles.Author", on_delete=models.CASCADE, null=True, related_name="+"
    )
    region = models.ForeignKey(
        "articles.Region", on_delete=models.CASCADE, null=True, related_name="+"
    )
    theme = models.ForeignKey(
        "articles.Theme", on_delete=models.CASCADE, null=True, related_name="+"
    )
    report = models.ForeignKey(
        "articles.InDepthReport", on_delete=models.CASCADE, null=True, related_name="+"
    )
    publication = models.ForeignKey(
        "articles.Publication", on_delete=models.CASCADE, null=True, related_name="+"
    )

    objects = FollowingQuerySet.as_manager()

    class Meta:
        verbose_name = _("following")
        verbose_name_plural = _("followings")
        constraints = [
            models.CheckConstraint(
                condition=Q(**dict.fromkeys(HEADINGS))
                | Q(
                    *(
                        Q(**{f"{other}__isnull": other != name for other in HEADINGS})
                        for name in HEADINGS
                    ),
                    _connector=Q.OR,
                ),
                name="what_is_followed_is_one_heading_or_the_whole_site",
            ),
            models.UniqueConstraint(
                fields=["follower"],
                condition=Q(**dict.fromkeys(HEADINGS)),
                name="the_whole_site_is_followed_once",
            ),
            *(
                models.UniqueConstraint(
                    fields=["follower", name],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"{name}_followed_once_by_one_follower",
                )
                for name in HEADINGS
            ),
        ]

    def __str__(self):
        kind, key = self.key
        return f"{kind} {key}"

    @property
    def key(self) -> tuple[str, int]:
        """Kind and row of what is followed; ``("site", 0)`` for the whole site."""
        for name in HEADINGS:
            if key := getattr(self, f"{name}_id"):
                return name, key
        return "site", 0


class NewsEntry(models.Model):
    """One thing to tell followers: an article came out, or one that had was put right.

    The clock writes them one after the other. Whoever was told up to a number has missed nothing
    below it, whatever dates the articles themselves bear.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    correction = models.OneToOneField(
        "articles.Correction", on_delete=models.CASCADE, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("news entry")
        verbose_name_plural = _("news entries")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(correction=None),
                name="an_article_comes_out_once",
            )
        ]

    def __str__(self):
        return f"{self.pk}: {self.article_id}"
