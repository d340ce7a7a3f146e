"""What runs change in the catalog, and which of it waits for a person."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from ingestion.models.querysets import ChangeQuerySet
from ingestion.models.run import IngestionRun


class Change(models.Model):
    """What one run did, would do, or did not dare to do to one item.

    Kept for every item that a run writes, except what follows from the catalog itself: new items name their run
    (`SupplierItem.created_run_id`), unchanged ones are a count. A dry run keeps the full set. `old` and `new` hold the
    columns concerned, by their names in the table of supplier items.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("New")
        PRICE_UP = "price_up", _("Price up")
        PRICE_DOWN = "price_down", _("Price down")
        CURRENCY = "currency", _("Other currency")
        DETAILS = "details", _("Details changed")
        MISSING = "missing", _("Missing")
        RETURNED = "returned", _("Back again")
        HELD = "held", _("Suspicious")
        FAILED = "failed", _("Failed")
        REMOVED = "removed", _("Removed")
        CONFLICT = "conflict", _("Conflict")

    class State(models.TextChoices):
        PLANNED = "planned", _("Would be done")  # of a dry run
        APPLIED = "applied", _("Done")
        UNDONE = "undone", _("Taken back")
        HELD = "held", _("Waits for a person")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        SUPERSEDED = "superseded", _("Overtaken by a later list")
        LEFT_ALONE = "left_alone", _("Left alone")  # a conflict

    class Cause(models.TextChoices):
        """The likely cause of a suspicious price, or the reason of a conflict."""

        UNKNOWN = "", _("unknown")
        DECIMAL_SIGN = "decimal_sign", _("ten, hundred or thousand times: a decimal sign")
        VAT = "vat", _("with or without VAT")
        EXCHANGE_RATE = "exchange_rate", _("an exchange rate")
        PACK_SIZE = "pack_size", _("the price of a pack, or of one piece")
        SWAPPED = "swapped", _("two price columns swapped")
        CURRENCY = "currency", _("another currency")
        OTHER_ITEM = "other_item", _("the code means another item now: unlike name, unlike price")
        BASIS = "basis", _("the price is for another quantity now")
        TAX_SIDE = "tax_side", _("the price is on the other side of tax now")
        BREAKS = "breaks", _("the price breaks are others now")
        LATER_RUN = "later_run", _("a later run changed it")
        PERSON = "person", _("a person changed it")
        DRAFT_TOUCHED = "draft_touched", _("somebody has worked on its product")
        GONE = "gone", _("it was deleted")
        TAKEN = "taken", _("its code belongs to another item by now")

    run = models.ForeignKey(
        IngestionRun,
        on_delete=models.CASCADE,
        related_name="changes",
        db_index=False,
        db_constraint=False,
        verbose_name=_("run"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=12, choices=State)
    item_id = models.BigIntegerField(
        _("supplier item"), null=True, blank=True, help_text=_("Empty for what a dry run found new.")
    )
    supplier_sku = models.CharField(_("supplier SKU"), max_length=255, blank=True)
    sheet = models.CharField(_("sheet"), max_length=255, null=True, blank=True)  # noqa: DJ001 - as in the stage
    row_number = models.PositiveIntegerField(_("row"), null=True, blank=True)
    old = models.JSONField(_("old values"), default=dict, blank=True)
    new = models.JSONField(_("new values"), default=dict, blank=True)
    percent = models.DecimalField(_("change in per cent"), max_digits=18, decimal_places=2, null=True, blank=True)
    cause = models.CharField(_("likely cause"), max_length=15, choices=Cause, default="", blank=True)
    origin = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("comes from"),
        help_text=_("The change that this one takes back, accepts, or repeats the decision of."),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    closed_by_run_id = models.BigIntegerField(
        _("overtaken by run"), null=True, blank=True, help_text=_("The run after which the question was moot.")
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["run", "kind", "id"], name="change_by_run"),
            models.Index(fields=["item_id"], name="change_by_item", condition=~Q(state="planned")),
            models.Index(fields=["id"], name="change_held", condition=Q(state="held")),
            models.Index(OpClass(Upper("supplier_sku"), name="text_pattern_ops"), name="change_by_code"),
            # What is rare among millions of changes, for the filters of their list; a weekly load adds next to nothing.
            models.Index(
                fields=["state", "id"], name="change_by_state", condition=~Q(state="planned") & ~Q(state="applied")
            ),
            models.Index(fields=["cause", "id"], name="change_by_cause", condition=~Q(cause="")),
            models.Index(fields=["percent"], name="change_extreme", condition=Q(percent__gt=13) | Q(percent__lt=-13)),
            models.Index(fields=["decided_by", "id"], name="change_by_person", condition=Q(decided_by__isnull=False)),
        ]
        permissions = [("decide_change", _("Can accept and reject what is held"))]

    def __str__(self) -> str:
        return f"{self.supplier_sku}: {self.get_kind_display()}"


class HeldChange(Change):
    """What waits for a person: a screen of its own."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("held change")
        verbose_name_plural = _("held changes")
