"""Rows that are written once: a later one follows them, nothing changes them."""

from django.db import models


class WrittenOnceError(Exception):
    """Somebody tried to change or delete what others may have relied on."""


class WrittenOnceQuerySet(models.QuerySet):
    """Reads and adds; refuses the rest."""

    def update(self, **kwargs):
        raise WrittenOnceError(f"What was written is never changed: {self.model.__name__}.")

    def delete(self):
        raise WrittenOnceError(f"What was written is never deleted: {self.model.__name__}.")

    def bulk_update(self, objs, fields, batch_size=None):
        raise WrittenOnceError(f"What was written is never changed: {self.model.__name__}.")

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise WrittenOnceError(f"What was written is never changed: {self.model.__name__}.")
        return super().bulk_create(objs, *args, **kwargs)

    # What Django itself calls where it neither asks the row nor the methods above.

    def _update(self, values):
        raise WrittenOnceError(f"What was written is never changed: {self.model.__name__}.")

    def _raw_delete(self, using):
        raise WrittenOnceError(f"What was written is never deleted: {self.model.__name__}.")


class WrittenOnce(models.Model):
    """A row that is added and then stays as it is."""

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        abstract = True
        # Whoever comes by way of a relation finds the row as immutable as everybody else.
        base_manager_name = "objects"

    def save(self, **kwargs):
        """Adds the row. Raises WrittenOnceError when it stands already."""
        if not self._state.adding:
            raise WrittenOnceError(f"What was written is never changed: {self}.")
        # Never an UPDATE, even where somebody chose the key of a row that stands.
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise WrittenOnceError(f"What was written is never deleted: {self}.")
