"""What the look after stored files found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileSweep(models.Model):
    """One look at everything that is stored: what belonged to no list was removed."""

    at = models.DateTimeField(_("at"), db_index=True)
    files = models.PositiveIntegerField(_("files"))
    orphans = models.PositiveIntegerField(_("files without a list"))
    temporary = models.PositiveIntegerField(_("files of dead writers"))
    removed_bytes = models.PositiveBigIntegerField(_("bytes removed"))

    class Meta:
        verbose_name = _("look at the stored files")
        verbose_name_plural = _("looks at the stored files")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
