"""Who tried what lately, as a number that cannot be read back."""

from django.db import models


class Attempt(models.Model):
    """Somebody tried something that has a limit. Who it was is kept as a keyed hash, for a day."""

    what = models.CharField(max_length=40)
    who = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["what", "who", "at"], name="attempts_by_what_whom_and_when")
        ]

    def __str__(self):
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
