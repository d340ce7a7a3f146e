"""What people decided about rows that failed: corrected cells, and causes that nobody needs to look at."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ingestion.texts import cause_title
from suppliers.models import PriceListSource


class Correction(models.Model):
    """A cell of one list as a person has corrected it; applied whenever this very content is read for this source."""

    source = models.ForeignKey(
        PriceListSource, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("source")
    )
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    sheet = models.CharField(_("sheet"), max_length=255, blank=True)
    row_number = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=3)
    value = models.TextField(_("value"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["sheet", "row_number", "column"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "sha256", "sheet", "row_number", "column"], name="correction_one_per_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.column}{self.row_number}: {self.value}"


class IgnoredCause(models.Model):
    """A cause of parsing errors that nobody needs to look at any more in the lists of this source."""

    source = models.ForeignKey(
        PriceListSource, on_delete=models.CASCADE, related_name="ignored_causes", verbose_name=_("source")
    )
    cause = models.TextField(
        _("cause"),
        help_text=_("The code of what is wrong; of a parser without codes the message without its values."),
    )
    comment = models.TextField(_("comment"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("ignored cause")
        verbose_name_plural = _("ignored causes")
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["source", "cause"], name="ignored_cause_once_per_source")]

    def __str__(self) -> str:
        return cause_title(self.cause)
