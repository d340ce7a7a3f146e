"""What workers do after the lists: matching what a run brought, training the model of matching."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ingestion.models import states
from ingestion.models.facts import MatchingCounts
from ingestion.models.querysets import MatchingTaskQuerySet
from ingestion.models.run import IngestionRun
from ingestion.models.states import TaskStatus


class MatchingTask(models.Model):
    """That the new items of a run are to be matched; without a run, that a model is to be trained.

    `ingestion.runs.matching` is the only writer of its status.
    """

    Status = TaskStatus

    run = models.OneToOneField(
        IngestionRun, on_delete=models.CASCADE, null=True, blank=True, related_name="matching", verbose_name=_("run")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("due at"))
    started_at = models.DateTimeField(_("started at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    counts = models.JSONField(_("what became of the items"), default=dict)
    message = models.TextField(_("message"), blank=True, help_text=_("Why it failed."))

    objects = MatchingTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("matching")
        verbose_name_plural = _("matchings")
        default_permissions = ()
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["run"],
                condition=Q(run__isnull=True, status__in=states.TASK_OPEN),
                nulls_distinct=False,
                name="matching_trained_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="matching_open", condition=Q(status__in=states.TASK_OPEN)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status in states.TASK_OPEN

    def counted(self) -> MatchingCounts:
        return MatchingCounts.from_json(self.counts)
