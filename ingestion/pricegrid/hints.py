"""What people or the source's profile have said about a list; what is given wins over what is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SECTION_RULES = ("auto", "off", "rows")


@dataclass(frozen=True)
class Hints:
    """Everything is optional: what is None is found out.

    `column_mapping` maps a header text or a column letter to the name of a `Field`; `section_rule` says whether rows
    without a price may name a category: "auto", "off" (never), "rows" (every row with one filled cell).
    `default_currency` and `decimal_sign` are the supplier's settings, used only where the list does not say;
    `currency` and `decimal` were set for this list, and only what a cell itself says wins over them.
    """

    sheet_names: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = ()
    data_start_row: int | None = None
    has_header: bool | None = None
    column_mapping: Mapping[str, str] = field(default_factory=dict)
    characteristic_columns: tuple[str, ...] = ()
    default_currency: str | None = None
    decimal_sign: str | None = None
    currency: str | None = None
    decimal: str | None = None
    zero_is_price: bool = False
    section_rule: str = "auto"
