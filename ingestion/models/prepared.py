"""What people asked to see of a list, prepared by a worker and kept for a while."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ingestion.models import states
from ingestion.models.querysets import PreparedViewQuerySet
from ingestion.models.received import PriceList
from ingestion.models.run import IngestionRun
from ingestion.models.states import ViewStatus


class PreparedView(models.Model):
    """One view of a list or a run: asked for by a person, computed once, shown to everybody who may see what it shows.

    `key` is a hash of all that the result depends on, so a result never grows old: another file, other settings or
    another language is another view. `ingestion.views.prepared` is the only writer of its status.
    """

    Status = ViewStatus
    UPLOAD = "upload"  # the parameter that names a stored file which lives as long as its view

    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("key"), max_length=64, help_text=_("Hash of all that the result depends on."))
    price_list = models.ForeignKey(
        PriceList, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("price list")
    )
    run = models.ForeignKey(IngestionRun, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("run"))
    params = models.JSONField(_("what was asked for"), default=dict)
    language = models.CharField(_("language"), max_length=10, help_text=_("In which its texts are written."))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"))
    rung_at = models.DateTimeField(_("sent to the queue at"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    started_at = models.DateTimeField(_("started at"), null=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    expires_at = models.DateTimeField(_("forgotten after"))
    result = models.TextField(_("result"), blank=True, help_text=_("JSON, in ASCII: texts of files may hold anything."))
    file = models.FileField(_("file"), max_length=255, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=255, blank=True)
    message = models.TextField(_("message"), blank=True, help_text=_("Why there is no result."))

    objects = PreparedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("prepared view")
        verbose_name_plural = _("prepared views")
        default_permissions = ()
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="prepared_view_once")]
        indexes = [
            models.Index(
                fields=["asked_by", "status"],
                name="prepared_view_open",
                condition=models.Q(status__in=states.VIEW_OPEN),
            ),
            models.Index(fields=["expires_at"], name="prepared_view_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a worker, or one is making it."""
        return self.status in states.VIEW_OPEN
