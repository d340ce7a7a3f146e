"""Who sends us price lists, and what we know about their lists."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

CURRENCY_PATTERN = r"^[A-Z]{3}$"
currency_code = RegexValidator(CURRENCY_PATTERN, _("Use the three capital letters of ISO 4217, for example EUR."))


class Supplier(models.Model):
    """A company that sends price lists."""

    name = models.CharField(_("name"), max_length=255)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    default_currency = models.CharField(
        _("default currency"),
        max_length=3,
        blank=True,
        validators=[currency_code],
        help_text=_("The currency of prices whose list does not say one. Left empty, such rows are refused."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)
    revision = models.BigIntegerField(
        _("revision"),
        default=0,
        db_default=0,
        editable=False,
        help_text=_("Counts what has written the supplier's items."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    history = HistoricalRecords(excluded_fields=["revision"])

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="supplier_name_unique",
                violation_error_message=_("There is a supplier with this name already."),
            ),
            models.CheckConstraint(
                condition=models.Q(default_currency="") | models.Q(default_currency__regex=CURRENCY_PATTERN),
                name="supplier_currency_is_iso",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PriceListSource(models.Model):
    """Where one kind of price list of a supplier comes from, and how it is to be read."""

    class Kind(models.TextChoices):
        UPLOAD = "upload", _("Upload")
        GOOGLE_SHEET = "google_sheet", _("Google Sheet")
        REMOTE = "remote", _("Fetched by its parser")

    class DecimalSign(models.TextChoices):
        FOUND = "", _("as found in the list")
        POINT = ".", _("point (1,234.50)")
        COMMA = ",", _("comma (1.234,50)")

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="sources", verbose_name=_("supplier"))
    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.UPLOAD)
    sheet_url = models.URLField(_("sheet address"), max_length=1000, blank=True)
    sheet_name = models.CharField(
        _("tab"), max_length=255, blank=True, help_text=_("Left empty, the tabs that hold items are found.")
    )
    parser_type = models.CharField(
        _("parser"), max_length=100, blank=True, help_text=_("Left empty, it follows from the content of the file.")
    )
    config = models.JSONField(
        _("reading settings"),
        default=dict,
        blank=True,
        help_text=_("What is given here wins over what is found: header_row, column_mapping, delimiter, ..."),
    )
    decimal_sign = models.CharField(
        _("decimal sign"), max_length=1, choices=DecimalSign, default=DecimalSign.FOUND, blank=True
    )
    default_currency = models.CharField(
        _("default currency"),
        max_length=3,
        blank=True,
        default="",
        db_default="",
        validators=[currency_code],
        help_text=_("The currency of prices whose list does not say one. Left empty, it is the supplier's."),
    )
    zero_is_price = models.BooleanField(
        _("zero is a price"), default=False, help_text=_("Otherwise rows with a price of zero are logged, not stored.")
    )
    is_active = models.BooleanField(_("active"), default=True)
    last_ingested_at = models.DateTimeField(
        _("last ingested at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When the last complete list of this source was taken in."),
    )
    shock_percent = models.DecimalField(
        _("price shock in per cent"),
        max_digits=6,
        decimal_places=2,
        default=13,
        db_default=13,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_(
            "A price that changes by more, also measured against the change of the whole list, is held for a person. "
            "Left empty, every price goes in."
        ),
    )
    minimum_share = models.PositiveSmallIntegerField(
        _("shortest list in per cent"),
        default=80,
        db_default=80,
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("Where a list is shorter than this share of the usual one, no item is marked missing."),
    )
    max_failed_percent = models.PositiveSmallIntegerField(
        _("failed rows in per cent"),
        default=50,
        db_default=50,
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("Where more of a list's rows fail, the whole run waits for a person."),
    )
    max_new_categories = models.PositiveIntegerField(
        _("new categories"),
        null=True,
        blank=True,
        help_text=_(
            "A list that would make more of them waits for a person. Left empty, as the site's setting "
            "INGESTION_MAX_NEW_CATEGORIES says."
        ),
    )
    discontinued_after = models.PositiveSmallIntegerField(
        _("discontinued after"),
        default=3,
        db_default=3,
        validators=[MinValueValidator(1)],
        help_text=_("So many complete lists without it make a missing item a discontinued one."),
    )
    complete_lists = models.PositiveIntegerField(_("complete lists"), default=0, db_default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    history = HistoricalRecords(excluded_fields=["last_ingested_at", "complete_lists"])

    class Meta:
        verbose_name = _("price list source")
        verbose_name_plural = _("price list sources")
        ordering = ["supplier__name", "name"]
        constraints = [
            models.UniqueConstraint(
                "supplier",
                Lower("name"),
                name="source_name_unique",
                violation_error_message=_("This supplier has a source with this name already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="google_sheet") | ~models.Q(sheet_url=""),
                name="source_sheet_has_address",
                violation_error_message=_("A Google Sheet needs its address."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="remote") | ~models.Q(parser_type=""),
                name="source_remote_has_parser",
                violation_error_message=_("What is fetched needs the parser that fetches it."),
            ),
            models.CheckConstraint(
                condition=models.Q(default_currency="") | models.Q(default_currency__regex=CURRENCY_PATTERN),
                name="source_currency_is_iso",
            ),
            models.CheckConstraint(
                condition=models.Q(decimal_sign__in=["", ".", ","]), name="source_decimal_sign_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} / {self.name}"

    @property
    def profile(self) -> "MappingProfile | None":
        """The mapping profile in force: the newest."""
        return self.profiles.first()


class MappingProfile(models.Model):
    """How a source's lists are read, as a person has set and seen it. Never changed, only followed by others."""

    source = models.ForeignKey(
        PriceListSource, on_delete=models.CASCADE, related_name="profiles", verbose_name=_("source")
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("saved by"),
    )
    saved_at = models.DateTimeField(_("saved at"))
    settings = models.JSONField(_("reading settings"), default=dict, blank=True)
    fingerprint = models.JSONField(
        _("fingerprint"),
        default=dict,
        blank=True,
        help_text=_("The columns that it binds, as they looked: letters, headers, values."),
    )

    class Meta:
        verbose_name = _("mapping profile")
        verbose_name_plural = _("mapping profiles")
        ordering = ["-saved_at", "-id"]

    def __str__(self) -> str:
        return f"{self.source} #{self.pk}"
