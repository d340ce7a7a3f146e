"""What people may say about how a list is read: every setting once, with its type and default, the JSON that says it,
and its words for people.

To add a setting, add it to `ReadingSettings`: the JSON Schemas of `source_config`, the hints that the library reads
with, the form and what it keeps all follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.marking import gettext_noop

__all__ = [
    "OPENING_SETTINGS",
    "READING_SETTINGS",
    "Hints",
    "OpeningSettings",
    "ReadingSettings",
    "Setting",
    "SettingKind",
    "as_tuple",
    "given_settings",
    "json_schemas",
    "with_settings",
]

Schema = Mapping[str, Any]
_OPEN: tuple[object, ...] = (None, "", [], {})  # nothing is said


class SettingKind(StrEnum):
    """How a setting is said: it decides the JSON, and how a form asks for it."""

    ROWS = "rows"  # one row or several, counted from 1 as in a spreadsheet
    ROW = "number"
    CURRENCY = "code"
    CHOICE = "choice"
    NOT = "none"  # true or false; people are asked whether it is not so
    SHEETS = "sheets"  # the name of one sheet, or of several
    MAPPING = "mapping"  # fields by header text or column letter
    COLUMNS = "columns"  # header texts or column letters
    TEXT = "text"


class Setting(NamedTuple):
    """`label` is what people call it, in English; `says` what a program is told of it; `choices` have words, too."""

    name: str
    kind: SettingKind
    schema: Schema
    label: str
    says: str
    choices: Mapping[str, str]
    default: object


def one_or_several(schema: Schema) -> Schema:
    return {"oneOf": [schema, {"type": "array", "items": schema, "minItems": 1, "uniqueItems": True}]}


_HEADER = {"minLength": 1, "maxLength": 500}
_SCHEMAS: Mapping[SettingKind, Schema] = {
    SettingKind.ROWS: one_or_several({"type": "integer", "minimum": 1}),
    SettingKind.ROW: {"type": "integer", "minimum": 1},
    SettingKind.CURRENCY: {"type": "string", "pattern": "^[A-Z]{3}$"},
    SettingKind.NOT: {"type": "boolean"},
    SettingKind.SHEETS: one_or_several({"type": "string", "minLength": 1, "maxLength": 200}),
    SettingKind.MAPPING: {
        "type": "object",
        "propertyNames": _HEADER,
        "additionalProperties": {"enum": [each.value for each in Field]},
    },
    SettingKind.COLUMNS: {"type": "array", "items": {"type": "string", **_HEADER}, "uniqueItems": True},
}


def _setting(
    kind: SettingKind,
    *,
    says: str,
    label: str = "",
    default: Any = None,
    choices: Mapping[str, str] | None = None,
    schema: Schema | None = None,
) -> Any:
    shape = schema or ({"enum": list(choices)} if choices else _SCHEMAS[kind])
    facts = {"kind": kind, "schema": shape, "label": label, "says": says, "choices": choices or {}}
    if default == {}:
        return field(default_factory=dict, metadata=facts)
    return field(default=default, metadata=facts)


@dataclass(frozen=True, kw_only=True)
class OpeningSettings:
    """How a file of text is opened; what is None is found out."""

    delimiter: str | None = _setting(
        SettingKind.TEXT,
        says="One character; \\t for a tab.",
        schema={"type": "string", "pattern": '^(?:[^\\r\\n"]|\\\\t)$'},
    )
    encoding: str | None = _setting(
        SettingKind.TEXT,
        says="A name that Python knows, such as utf-8 or cp1251.",
        schema={"type": "string", "minLength": 1, "maxLength": 50},
    )


@dataclass(frozen=True, kw_only=True)
class ReadingSettings:
    """What was said about the cells of a list. Everything is optional: what is empty is found out.

    They have the names and the order of a `source_config` and of the form that people fill in.
    """

    header_row: tuple[int, ...] = _setting(
        SettingKind.ROWS,
        default=(),
        label=gettext_noop("Header rows"),
        says="The header's row or rows, counted from 1 as in a spreadsheet.",
    )
    data_start_row: int | None = _setting(
        SettingKind.ROW, label=gettext_noop("Items from row"), says="The first row of data."
    )
    currency: str | None = _setting(
        SettingKind.CURRENCY,
        label=gettext_noop("Currency"),
        says="The currency of the prices, unless their cells say another.",
    )
    decimal_sign: str | None = _setting(
        SettingKind.CHOICE,
        label=gettext_noop("Decimal sign"),
        says="What separates the decimals of the prices.",
        choices={".": gettext_noop("point (1,234.50)"), ",": gettext_noop("comma (1.234,50)")},
    )
    per_quantity: int | None = _setting(
        SettingKind.ROW,
        label=gettext_noop("Prices are for"),
        says="For how many pieces the prices are, unless their cells say so; 1 where the list only seems to say it.",
        schema={"type": "integer", "minimum": 1, "maximum": 1_000_000},
    )
    price_scale: str | None = _setting(
        SettingKind.CHOICE,
        label=gettext_noop("Prices are in"),
        says="In what part of the currency the prices are: hundredths are cents or pence.",
        choices={
            "units": gettext_noop("whole units of the currency"),
            "hundredths": gettext_noop("hundredths (cents, pence)"),
            "thousands": gettext_noop("thousands"),
        },
    )
    tax_side: str | None = _setting(
        SettingKind.CHOICE,
        label=gettext_noop("Tax"),
        says=(
            "Which price is taken where the list has both, and what prices are that do not say it: net is without "
            "tax, gross with it."
        ),
        choices={"net": gettext_noop("prices without tax"), "gross": gettext_noop("prices with tax")},
    )
    section_rule: str = _setting(
        SettingKind.CHOICE,
        default="auto",
        label=gettext_noop("Sections"),
        says=(
            "Whether rows without a price may name a category: auto finds out, off never, "
            "rows where exactly one cell is filled."
        ),
        choices={
            "auto": gettext_noop("as found"),
            "off": gettext_noop("rows never name a category"),
            "rows": gettext_noop("every row with one filled cell names a category"),
        },
    )
    has_header: bool | None = _setting(
        SettingKind.NOT, label=gettext_noop("There is no header"), says="Whether there is a header at all."
    )
    sheet_name: tuple[str, ...] = _setting(
        SettingKind.SHEETS, default=(), label=gettext_noop("Sheets"), says="The name of the sheet, or of several."
    )
    column_mapping: Mapping[str, str] = _setting(
        SettingKind.MAPPING,
        default={},
        label=gettext_noop("columns"),
        says="What a column is, by its header text or its letter.",
    )
    characteristic_columns: tuple[str, ...] = _setting(
        SettingKind.COLUMNS,
        default=(),
        label=gettext_noop("Characteristics"),
        says="Header texts or letters of columns to keep as characteristics.",
    )


class GroupRates(NamedTuple):
    """Discounts in per cent by the code of their group; `unclear` are the codes that have several.

    `sheets` are the names of those that say nothing else.
    """

    rates: Mapping[str, Decimal] = {}
    unclear: frozenset[str] = frozenset()
    sheets: frozenset[str] = frozenset()


NO_RATES = GroupRates()


@dataclass(frozen=True, kw_only=True)
class Hints(ReadingSettings):
    """What was said about a list, and what is known of it besides. What is given wins over what is guessed.

    The defaults are the supplier's, used only where the list does not say; what was said about this list itself
    (`currency`, `decimal_sign`) wins over everything but its cells.
    """

    default_currency: str | None = None
    default_decimal_sign: str | None = None
    zero_is_price: bool = False
    file_name: str = ""
    today: date | None = None  # the day for which it is read; None: when its prices are in force is not looked at
    earlier_columns: Mapping[str, str] = field(default_factory=dict)  # fields of the source's last list, by header
    group_rates: GroupRates = NO_RATES  # the discounts of groups that the book itself lists


def _settings_of(declared: OpeningSettings | ReadingSettings) -> tuple[Setting, ...]:
    return tuple(
        Setting(name=each.name, default=getattr(declared, each.name), **each.metadata) for each in fields(declared)
    )


OPENING_SETTINGS = _settings_of(OpeningSettings())
READING_SETTINGS = _settings_of(ReadingSettings())


def json_schemas(settings: tuple[Setting, ...]) -> dict[str, Schema]:
    """The property of each setting in the JSON Schema of a `source_config`."""
    return {each.name: {"description": each.says, **each.schema} for each in settings}


def given_settings(config: Mapping[str, Any]) -> dict[str, Any]:
    """The reading settings among what a `source_config` or a form holds; what was left open is left out."""
    found = {each.name: config[each.name] for each in READING_SETTINGS if config.get(each.name) not in _OPEN}
    return {name: value for name, value in found.items() if name not in _MAPPINGS or isinstance(value, dict)}


def with_settings(hints: Hints, config: Mapping[str, Any]) -> Hints:
    """What is known of a list, overridden by what its `source_config` says."""
    return replace(hints, **{name: _value(name, value) for name, value in given_settings(config).items()})


def as_tuple(value: Any) -> tuple[Any, ...]:
    """One or several, as JSON has them."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _value(name: str, value: Any) -> Any:
    return as_tuple(value) if name in _SEVERAL else value


_SEVERAL = {each.name for each in READING_SETTINGS if each.default == ()}
_MAPPINGS = {each.name for each in READING_SETTINGS if each.kind is SettingKind.MAPPING}
