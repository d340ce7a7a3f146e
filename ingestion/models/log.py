"""The log of everything that went wrong in runs."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex, GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from ingestion.errors import ErrorType
from ingestion.models.querysets import ParsingLogQuerySet
from ingestion.models.run import IngestionRun
from suppliers.models import Supplier


class ParsingLog(models.Model):
    """One thing that went wrong. It survives its supplier and its run."""

    task_id = models.CharField(_("task id"), max_length=255)
    run = models.ForeignKey(
        IngestionRun, on_delete=models.SET_NULL, null=True, related_name="parsing_logs", verbose_name=_("run")
    )
    supplier = models.ForeignKey(
        Supplier, on_delete=models.SET_NULL, null=True, related_name="parsing_logs", verbose_name=_("supplier")
    )
    supplier_name = models.CharField(_("supplier's name"), max_length=255)
    error_type = models.CharField(_("error type"), max_length=30, choices=[(t.value, t.value) for t in ErrorType])
    message = models.TextField(_("message"))
    cause = models.TextField(
        _("cause"),
        blank=True,
        db_default="",
        help_text=_("The code of what is wrong; of a parser without codes the message without its values."),
    )
    column = models.CharField(_("column"), max_length=3, blank=True, db_default="")
    is_ignored = models.BooleanField(_("of an ignored cause"), default=False, db_default=False)
    sheet = models.CharField(_("sheet"), max_length=255, blank=True)
    row_number = models.PositiveIntegerField(
        _("row"), null=True, blank=True, help_text=_("As in the spreadsheet; empty where the whole list is meant.")
    )
    row_data = models.JSONField(_("the raw row"), default=dict, blank=True)
    created_at = models.DateTimeField(_("at"))

    objects = ParsingLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("parsing log")
        verbose_name_plural = _("parsing logs")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["task_id"], name="parsing_log_by_task"),
            models.Index(fields=["error_type", "-id"], name="parsing_log_by_type"),
            BrinIndex(fields=["created_at"], name="parsing_log_by_time"),
            GinIndex(OpClass(Upper("message"), name="gin_trgm_ops"), name="parsing_log_trigrams"),
        ]

    def __str__(self) -> str:
        return self.message
