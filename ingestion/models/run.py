"""Runs: what takes a list in, and whatever else writes offers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ingestion.errors import ErrorType
from ingestion.models import states
from ingestion.models.facts import ChangeSummary, DriftReport, ErrorCount, Understanding, errors_from_json
from ingestion.models.querysets import IngestionRunQuerySet
from ingestion.models.received import PriceList
from ingestion.models.states import RunStatus
from suppliers.models import PriceListSource, Supplier


class IngestionRun(models.Model):
    """One attempt to take one price list in. `ingestion.runs.life_cycle` is the only writer of its status."""

    Status = RunStatus

    class Priority(models.TextChoices):
        LOW = "low", _("Low")
        NORMAL = "normal", _("Normal")
        HIGH = "high", _("High")

    class Kind(models.TextChoices):
        """Whatever writes offers is a run, so that it is on record with its person and can be undone."""

        INGESTION = "ingestion", _("Ingestion")
        DECISION = "decision", _("Accepted rows")
        UNDO = "undo", _("Undo")
        EDIT = "edit", _("Edit by hand")

    class Stage(models.TextChoices):
        """By the names of the stages in `pipeline/stages.py`."""

        NONE = "", _("none")
        RECEIVE = "receive", _("receiving")
        READ = "read", _("opening")
        STAGE = "stage", _("reading")
        COMPARE = "compare", _("comparing")
        GUARD = "guard", _("looking for what is suspicious")
        KEEP_CHANGES = "keep_changes", _("keeping what changes")
        APPLY = "apply", _("writing")
        LOG = "log", _("logging errors")

    class WaitsFor(models.TextChoices):
        NOTHING = "", _("nothing")
        MAPPING = "mapping", _("how it is to be read")
        QUALITY = "quality", _("whether so many failed rows are acceptable")
        CURRENCY = "currency", _("in which currency its prices are")
        PLAUSIBILITY = "plausible", _("whether it is what it seems to be")

    task_id = models.CharField(_("task id"), max_length=255, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.INGESTION, db_default="ingestion")
    supplier = models.ForeignKey(
        Supplier, on_delete=models.SET_NULL, null=True, related_name="runs", verbose_name=_("supplier")
    )
    supplier_name = models.CharField(_("supplier's name"), max_length=255)
    source = models.ForeignKey(
        PriceListSource,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name=_("source"),
    )
    price_list = models.ForeignKey(
        PriceList,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name=_("price list"),
        help_text=_("Of a Google Sheet: empty until it was fetched."),
    )
    parser_type = models.CharField(_("parser"), max_length=100)
    source_config = models.JSONField(_("reading settings"), default=dict, blank=True)
    priority = models.CharField(_("priority"), max_length=10, choices=Priority, default=Priority.NORMAL)
    force = models.BooleanField(_("process identical content again"), default=False)
    dry_run = models.BooleanField(_("dry run"), default=False)
    is_confirmed = models.BooleanField(
        _("confirmed by a person"),
        default=False,
        help_text=_("Somebody has seen how the list is read: nothing is asked."),
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.QUEUED)
    waits_for = models.CharField(_("waits for"), max_length=10, choices=WaitsFor, default="", db_default="", blank=True)
    quality_accepted = models.BooleanField(
        _("taken in anyway"),
        default=False,
        db_default=False,
        help_text=_("Somebody has seen what speaks against its rows: failed ones, or that it may be another list."),
    )
    applies = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="applied_by",
        verbose_name=_("applies the dry run"),
    )
    undoes = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="undoings", verbose_name=_("undoes")
    )
    undone_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    overtaken_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("overtaken by")
    )
    despite_newer = models.BooleanField(
        _("taken in despite a newer list"),
        default=False,
        db_default=False,
        help_text=_("Somebody wants this list in force, although a newer one of its source is stored."),
    )
    request = models.CharField(
        _("what was asked for"),
        max_length=160,
        blank=True,
        default="",
        db_default="",
        help_text=_("Two presses that ask for the same make one unfinished run."),
    )
    revision = models.BigIntegerField(
        _("revision of the supplier's items"), null=True, blank=True, help_text=_("That it was computed against.")
    )
    comment = models.TextField(_("comment"), blank=True, db_default="")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    created_at = models.DateTimeField(_("created at"))
    due_at = models.DateTimeField(
        _("due at"), db_default=Now(), help_text=_("When it was put on the queue, or its next attempt begins.")
    )
    takes_force_on = models.DateField(
        _("takes force on"),
        null=True,
        blank=True,
        help_text=_("The day from which on the prices of its list are in force, as the list says: it is read for it."),
    )
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    stage = models.CharField(
        _("stage"),
        max_length=12,
        choices=Stage,
        default="",
        db_default="",
        blank=True,
        help_text=_("What it is doing, or was doing when it failed or was stopped."),
    )
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    retry_count = models.PositiveSmallIntegerField(_("retries"), default=0)
    max_retries = models.PositiveSmallIntegerField(_("retries at most"), default=3)
    is_dead_letter = models.BooleanField(
        _("dead letter"),
        default=False,
        db_default=False,
        help_text=_("It failed for good, and nobody has sent it again or put it aside yet."),
    )

    total_rows = models.PositiveIntegerField(_("rows read"), default=0)
    successful_rows = models.PositiveIntegerField(_("rows stored"), default=0)
    failed_rows = models.PositiveIntegerField(_("rows failed"), default=0)
    skipped_rows = models.PositiveIntegerField(_("rows skipped"), default=0)
    new_items = models.PositiveIntegerField(_("new"), default=0)
    changed_items = models.PositiveIntegerField(_("changed"), default=0)
    unchanged_items = models.PositiveIntegerField(_("unchanged"), default=0)
    missing_items = models.PositiveIntegerField(_("missing"), default=0)
    returned_items = models.PositiveIntegerField(_("back again"), default=0)
    new_drafts = models.PositiveIntegerField(_("new drafts"), default=0)
    held_items = models.PositiveIntegerField(_("suspicious"), default=0, db_default=0)
    summary = models.JSONField(
        _("what it changes"),
        default=dict,
        db_default={},
        blank=True,
        help_text=_("Buckets with counts, the histogram of price changes, the biggest movers, what the guards did."),
    )
    processing_seconds = models.FloatField(_("seconds"), null=True, blank=True)
    error_type = models.CharField(
        _("error type"), max_length=30, choices=[(t.value, t.value) for t in ErrorType], blank=True
    )
    message = models.TextField(
        _("message"), blank=True, help_text=_("Why it failed or waits, or that the content was known already.")
    )
    error_counts = models.JSONField(
        _("errors by type"), default=dict, blank=True, help_text=_("{error type: {count, sample}}")
    )
    drift = models.JSONField(
        _("what changed in the list"),
        default=dict,
        blank=True,
        help_text=_("Old beside new, and the settings that would fit."),
    )
    understanding = models.JSONField(
        _("how the list was understood"),
        default=dict,
        blank=True,
        help_text=_("Sheets, header rows, columns, reasons."),
    )

    objects = IngestionRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("ingestion run")
        verbose_name_plural = _("ingestion runs")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier"], condition=Q(status=RunStatus.RUNNING), name="run_one_at_a_time_per_supplier"
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(status__in=states.UNDER_WAY) & ~Q(request=""),
                name="run_once_per_request",
            ),
            models.UniqueConstraint(
                fields=["applies"],
                condition=Q(status__in=(*states.OPEN, *states.TAKEN_IN)),
                name="run_dry_run_applied_once",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="run_progress_in_per_cent"),
            models.CheckConstraint(
                condition=Q(total_rows=models.F("successful_rows") + models.F("failed_rows")),
                name="run_rows_add_up",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="run_by_status"),
            models.Index(fields=["-created_at"], name="run_newest_first"),
            models.Index(fields=["supplier", "id"], condition=Q(status__in=states.UNDER_WAY), name="run_unfinished"),
            models.Index(
                fields=["source", "-price_list"],
                condition=Q(status__in=states.TAKEN_IN, dry_run=False, undone_by=None),
                name="run_stored_lists",
            ),
            models.Index(fields=["-finished_at"], condition=Q(is_dead_letter=True), name="run_dead_letters"),
        ]
        permissions = [
            ("start_ingestionrun", _("Can upload price lists and start runs")),
            ("undo_ingestionrun", _("Can undo runs")),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_name} #{self.pk}"

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it, or will have."""
        return self.status in states.UNDER_WAY

    @property
    def is_taken_in(self) -> bool:
        """Whether its list, all of it or its good rows, went in; of a dry run: would have."""
        return self.status in states.TAKEN_IN

    def understood(self) -> Understanding:
        """How its list was understood; empty of a run that has not read one."""
        return Understanding.from_json(self.understanding)

    @property
    def has_change_set(self) -> bool:
        """Not of a run that has not ended, or compared nothing."""
        return bool(self.summary)

    def summed_up(self) -> ChangeSummary | None:
        """What it changes, in figures; None where it has no change-set."""
        return ChangeSummary.from_json(self.summary) if self.has_change_set else None

    def drifted(self) -> DriftReport:
        """What changed in the list since a person said how it is read; empty where that is not why it asks."""
        return DriftReport.from_json(self.drift)

    def errors(self) -> dict[str, ErrorCount]:
        """By `ErrorType`."""
        return errors_from_json(self.error_counts)

    @property
    def stored_rows(self) -> int:
        """Good rows that are in the catalog, of a dry run: would be; those whose price is held are not."""
        return self.successful_rows - self.held_items if self.is_taken_in else 0

    @property
    def items_per_second(self) -> float | None:
        """Rows stored per second of processing."""
        return self.successful_rows / self.processing_seconds if self.processing_seconds else None
