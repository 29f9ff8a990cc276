"""Filters that somebody keeps: a name and the address of a narrowed list, never the rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.text import validate_name


class SavedFilterQuerySet(models.QuerySet):
    """Which saved filters are …"""

    def of(self, desk: str):
        """Of the list ``desk`` ("articles.article")."""
        return self.filter(desk=desk)

    def offered_to(self, user, *, with_shared: bool):
        """One's own, and those that colleagues share."""
        own = Q(owner=user)
        return self.filter(own | Q(is_shared=True) if with_shared else own)


class SavedFilter(models.Model):
    """A tab above a list. Whoever opens it sees the rows that they may see."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("owner"),
    )
    desk = models.CharField(_("list"), max_length=80)
    name = models.CharField(_("name"), max_length=40, validators=[validate_name])
    query = models.CharField(_("address"), max_length=1000)
    is_shared = models.BooleanField(_("shared with colleagues"), default=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        default_permissions = ()
        permissions = [("tidy_savedfilter", "Can rename and delete the shared filters of others")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "desk", "name"],
                name="a_saved_filter_has_a_name_of_its_own",
            )
        ]
        indexes = [models.Index(fields=["desk", "is_shared"], name="saved_filters_shared")]

    def __str__(self):
        return self.name

    def may_be_changed_by(self, user) -> bool:
        """Its owner's; a shared one also by whoever keeps the desk tidy."""
        is_own = self.owner_id == user.pk
        return is_own or (self.is_shared and user.has_perm("desks.tidy_savedfilter"))
