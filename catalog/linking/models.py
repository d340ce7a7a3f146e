"""What is kept of links: Django finds these models through `catalog.models`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from catalog.linking.querysets import (
    AbsorbedQuerySet,
    ClosedGateQuerySet,
    DecisionQuerySet,
    LinkQuerySet,
    ProposalQuerySet,
)
from suppliers.models import Supplier

MOST_PROPOSED = 5  # products for one item
IN_FORCE = Q(undone_at__isnull=True, replaced_by__isnull=True)
NOT_RESTORED = Q(restored_at__isnull=True)
NOT_WITHDRAWN = Q(withdrawn_at__isnull=True)
SCORED = Q(score__isnull=True) | Q(score__gte=0, score__lte=1)


def person(verbose_name: Any) -> models.ForeignKey[Any, Any]:
    """Whoever did it; nobody where the system did."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=verbose_name,
    )


class ItemLink(models.Model):
    """That an item belongs to a product, by whom or what, and until when.

    What holds is `SupplierItem.product`; this is how it came about. A row outlives its item and its product: the item
    is known by supplier and key of its SKU, too, and a product that became one with another is an `AbsorbedProduct`.
    An item in the draft that it made has no link.
    """

    class Method(models.TextChoices):
        REMEMBERED = "remembered", _("decided by a person before")
        BARCODE = "barcode", _("the same barcode")
        PART_NUMBER = "part_number", _("the same brand and part number")
        GATE = "gate", _("the identity gate")
        SCORE = "score", _("a score that reviews have proven")
        PERSON = "person", _("a person")
        SPLIT = "split", _("taken out by a person")

    AUTOMATIC = (Method.REMEMBERED, Method.BARCODE, Method.PART_NUMBER, Method.GATE, Method.SCORE)

    item = models.ForeignKey(
        "catalog.SupplierItem",
        on_delete=models.DO_NOTHING,
        related_name="links",
        db_constraint=False,
        verbose_name=_("supplier item"),
    )
    supplier = models.ForeignKey(
        Supplier, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("supplier")
    )
    sku_key = models.CharField(_("key of the supplier SKU"), max_length=255)
    product = models.ForeignKey(
        "catalog.Product",
        on_delete=models.DO_NOTHING,
        related_name="links",
        db_constraint=False,
        verbose_name=_("product"),
    )
    from_product_id = models.BigIntegerField(_("product before"), null=True, blank=True)
    took_draft = models.BooleanField(
        _("took the draft"), help_text=_("The item's own draft, which nobody had touched, became one with the product.")
    )
    method = models.CharField(_("by"), max_length=12, choices=Method)
    score = models.FloatField(_("score"), null=True, blank=True)
    features = models.JSONField(_("features"), null=True, blank=True)
    run_id = models.BigIntegerField(_("run"), null=True, blank=True, help_text=_("That made the item."))
    by = person(_("person"))
    at = models.DateTimeField(_("at"))
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = person(_("undone by"))
    undone_by_run_id = models.BigIntegerField(_("undone by run"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("replaced by")
    )

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["-id"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=IN_FORCE, name="link_of_an_item_in_force_once"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | Q(undone_by__isnull=True, undone_by_run_id__isnull=True),
                name="link_undone_with_its_time",
            ),
            models.CheckConstraint(
                condition=Q(took_draft=False) | Q(from_product_id__isnull=False), name="link_names_the_draft_it_took"
            ),
            models.CheckConstraint(condition=SCORED, name="link_score_from_0_to_1"),
        ]
        indexes = [
            models.Index(fields=["supplier", "sku_key"], name="link_of_code"),
            models.Index(fields=["run_id"], name="link_of_run", condition=IN_FORCE),
            models.Index(
                fields=["undone_by_run_id"], name="link_undone_by_run", condition=Q(undone_by_run_id__isnull=False)
            ),
        ]
        permissions = [("decide_link", _("Can link items to products, merge and split products, and undo it"))]

    def __str__(self) -> str:
        return f"{self.item_id} -> {self.product_id}"


class AbsorbedProduct(models.Model):
    """A product that became one with another: its internal SKU means that one, and it can be put back as it was.

    The database removes it with that one, whoever removes it.
    """

    was_id = models.BigIntegerField(_("number"))
    internal_sku = models.CharField(_("internal SKU"), max_length=64)
    into_id = models.BigIntegerField(_("became one with"), help_text=_("That one may have become one with a further."))
    product = models.ForeignKey(
        "catalog.Product",
        on_delete=models.CASCADE,
        related_name="absorbed",
        db_constraint=False,
        verbose_name=_("product now"),
    )
    kept = models.JSONField(_("as it was"), help_text=_("Its row, its status changes, whether it gave its category."))
    offers = ArrayField(models.BigIntegerField(), verbose_name=_("offers that it brought"))
    is_merge = models.BooleanField(_("merged by a person"), help_text=_("Otherwise a draft that a link took."))
    by = person(_("person"))
    at = models.DateTimeField(_("at"))
    restored_at = models.DateTimeField(_("put back at"), null=True, blank=True)
    restored_by = person(_("put back by"))

    objects = AbsorbedQuerySet.as_manager()

    class Meta:
        verbose_name = _("absorbed product")
        verbose_name_plural = _("absorbed products")
        ordering = ["-id"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["was_id"], condition=NOT_RESTORED, name="absorbed_once"),
            models.UniqueConstraint(fields=["internal_sku"], condition=NOT_RESTORED, name="absorbed_sku_unique"),
            models.CheckConstraint(condition=~Q(was_id=models.F("into_id")), name="absorbed_by_another"),
            models.CheckConstraint(
                condition=Q(restored_at__isnull=False) | Q(restored_by__isnull=True), name="absorbed_restored_with_time"
            ),
        ]
        indexes = [
            models.Index(
                OpClass(Upper("internal_sku"), name="text_pattern_ops"), name="absorbed_by_sku", condition=NOT_RESTORED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.internal_sku} -> {self.product_id}"


class PairDecision(models.Model):
    """What somebody decided of an item and a product. It holds, whatever becomes of them, until it is withdrawn."""

    class Verdict(models.TextChoices):
        SAME = "same", _("the same")
        DIFFERENT = "different", _("different")
        UNSURE = "unsure", _("unsure")

    supplier = models.ForeignKey(
        Supplier, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("supplier")
    )
    sku_key = models.CharField(_("key of the supplier SKU"), max_length=255)
    product = models.ForeignKey(
        "catalog.Product",
        on_delete=models.DO_NOTHING,
        related_name="decisions",
        db_constraint=False,
        verbose_name=_("product"),
    )
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    score = models.FloatField(_("score"), null=True, blank=True)
    features = models.JSONField(_("features"), null=True, blank=True)
    by = person(_("person"))
    at = models.DateTimeField(_("at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = person(_("withdrawn by"))

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-id"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "sku_key", "product"], condition=NOT_WITHDRAWN, name="decision_of_a_pair_once"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["same", "different", "unsure"]), name="decision_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | Q(withdrawn_by__isnull=True),
                name="decision_withdrawn_with_time",
            ),
            models.CheckConstraint(condition=SCORED, name="decision_score_from_0_to_1"),
        ]

    def __str__(self) -> str:
        return f"{self.sku_key}, {self.product_id}: {self.verdict}"


class MatchProposal(models.Model):
    """A product that an item may be, for a person to decide. The database removes it with its item or product."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DECIDED = "decided", _("Decided")
        MOOT = "moot", _("Moot")  # the item was linked otherwise

    item = models.ForeignKey(
        "catalog.SupplierItem",
        on_delete=models.CASCADE,
        related_name="proposals",
        db_index=False,
        db_constraint=False,
        verbose_name=_("supplier item"),
    )
    product = models.ForeignKey(
        "catalog.Product",
        on_delete=models.CASCADE,
        related_name="proposals",
        db_constraint=False,
        verbose_name=_("product"),
    )
    score = models.FloatField(_("score"))
    rank = models.PositiveSmallIntegerField(_("rank"), help_text=_("The best is the first."))
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    features = models.JSONField(_("features"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    made_at = models.DateTimeField(_("made at"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["item", "rank"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["item", "product"], name="proposal_of_a_pair_once"),
            models.CheckConstraint(condition=Q(state__in=["open", "decided", "moot"]), name="proposal_state_known"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="proposal_score_from_0_to_1"),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=MOST_PROPOSED), name="proposal_rank_in_reach"),
        ]
        indexes = [models.Index(fields=["score", "item"], name="proposal_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.product_id}"


class MatchingModel(models.Model):
    """One version of the model that scores pairs; one is in use, or none: then the shipped one is."""

    content = models.JSONField(_("model"))
    decisions = models.PositiveIntegerField(_("decisions"), help_text=_("That it was trained on."))
    figures = models.JSONField(_("figures"), default=dict, blank=True, help_text=_("On decisions held back."))
    trained_at = models.DateTimeField(_("trained at"))
    is_in_use = models.BooleanField(_("in use"), default=False)

    class Meta:
        verbose_name = _("matching model")
        verbose_name_plural = _("matching models")
        ordering = ["-id"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["is_in_use"], condition=Q(is_in_use=True), name="matching_model_in_use_once"
            )
        ]
        permissions = [("use_matchingmodel", _("Can put matching models into use"))]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ModelUse(models.Model):
    """Since when a version of the model was in use, and who chose it: nobody where it had proven to be better."""

    model = models.ForeignKey(
        MatchingModel,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="uses",
        verbose_name=_("model"),
        help_text=_("None: the shipped one."),
    )
    by = person(_("person"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("use of a model")
        verbose_name_plural = _("uses of models")
        ordering = ["-id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.model_id)


class ClosedGate(models.Model):
    """Nothing of a supplier is linked without a person, for too much of it was wrong; until a person opens the gate."""

    supplier = models.ForeignKey(
        Supplier, on_delete=models.CASCADE, related_name="closed_gates", verbose_name=_("supplier")
    )
    right = models.PositiveIntegerField(_("right"), help_text=_("Links that people have looked at."))
    wrong = models.PositiveIntegerField(_("wrong"))
    closed_at = models.DateTimeField(_("closed at"))
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    opened_by = person(_("opened by"))

    objects = ClosedGateQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed gate")
        verbose_name_plural = _("closed gates")
        ordering = ["-id"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["supplier"], condition=Q(opened_at__isnull=True), name="gate_of_a_supplier_closed_once"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=False) | Q(opened_by__isnull=True), name="gate_opened_with_its_time"
            ),
        ]
        permissions = [("open_closedgate", _("Can open the gate of a supplier again"))]

    def __str__(self) -> str:
        return f"{self.supplier_id}: {self.wrong} / {self.right + self.wrong}"


class ProductVector(models.Model):
    """What the index of matching keeps of a product (`catalog.linking.vectors`): numbers, of which a version tells how
    they were made, and `said` from which words.
    """

    product = models.OneToOneField(
        "catalog.Product", on_delete=models.CASCADE, primary_key=True, db_constraint=False, related_name="+"
    )
    version = models.PositiveSmallIntegerField()
    said = models.BigIntegerField()
    grams = models.BinaryField()
    counts = models.BinaryField()
    slots = models.BinaryField()

    class Meta:
        verbose_name = _("vector of a product")
        verbose_name_plural = _("vectors of products")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.product_id)
