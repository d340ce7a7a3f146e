"""Received files, and what became of their stored bytes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ingestion.models.querysets import PriceListQuerySet
from suppliers.models import PriceListSource, Supplier


class FileState(models.TextChoices):
    """What became of stored bytes."""

    WHOLE = "", _("whole")
    ALTERED = "altered", _("damaged")
    MISSING = "missing", _("gone")


class PriceList(models.Model):
    """One received file (or snapshot of a sheet), kept as it came so that any run can be explained and repeated."""

    supplier = models.ForeignKey(
        Supplier, on_delete=models.SET_NULL, null=True, related_name="price_lists", verbose_name=_("supplier")
    )
    source = models.ForeignKey(
        PriceListSource,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="price_lists",
        verbose_name=_("source"),
    )
    file = models.FileField(_("file"), max_length=255)
    original_name = models.CharField(_("name of the file"), max_length=255)
    size = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, db_index=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("received from"),
    )
    received_at = models.DateTimeField(_("received at"))
    file_state = models.CharField(
        _("state of the file"), max_length=10, choices=FileState, default=FileState.WHOLE, db_default="", blank=True
    )
    checked_at = models.DateTimeField(
        _("file checked at"),
        null=True,
        blank=True,
        help_text=_("When its stored bytes were last compared with its hash."),
    )

    objects = PriceListQuerySet.as_manager()

    class Meta:
        verbose_name = _("price list")
        verbose_name_plural = _("price lists")
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(models.F("checked_at").asc(nulls_first=True), name="list_longest_unchecked"),
            models.Index(fields=["file_state"], condition=~Q(file_state=""), name="list_damaged"),
        ]

    def __str__(self) -> str:
        return self.original_name


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
