"""Finds the pairs of an export with Splink on DuckDB: `python -m benchmarks.splink_job EXPORT PAIRS.parquet`.

EXPORT is what `manage.py export_matching` wrote. The settings are the same on Spark (docs/matching.md).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from splink import Linker, SettingsCreator
from splink import comparison_level_library as levels
from splink.backends.duckdb import DuckDBAPI
from splink.blocking_rule_library import CustomRule
from splink.comparison_library import CustomComparison

TABLES = ("items", "products")  # `l` and `r`, by the alphabet
# An item is compared neither with its own draft nor with what its supplier offers already.
MAY_BE = "not coalesce(array_contains(r.supplier_ids, l.supplier_id), false)"
SAYS_NOTHING = "price_l is null or price_r is null or coalesce(currency_l, '') <> coalesce(currency_r, '')"
HAVE_A_PRODUCT = 0.5  # of the items, about
LIKELY = 0.2
SAMPLE = 1e6  # pairs taken by chance

Step = tuple[Any, float]  # a level, and the share of true pairs that stand on it


def holding(column: str, least: int, share: float) -> Step:
    return levels.ArrayIntersectLevel(column, least), share


def compared(name: str, *steps: Step, null: Any = None) -> CustomComparison:
    """The best step first; what is left of the true pairs shares none. Nothing is said where one side says nothing."""
    rest = levels.ElseLevel(), 1 - sum(share for _, share in steps)
    found = [level.configure(m_probability=share) for level, share in (*steps, rest)]
    return CustomComparison(output_column_name=name, comparison_levels=[null or levels.NullLevel(name), *found])


def comparisons() -> list[CustomComparison]:
    """The shares are those of made-up lists (`catalog.matching.made_up`), a little less sure of themselves."""
    says_nothing = levels.CustomLevel(SAYS_NOTHING).configure(is_null_level=True)
    near = ((0.1, 0.5), (0.3, 0.3), (0.67, 0.15))
    return [
        compared("codes", holding("rare_codes", 1, 0.85), holding("codes", 1, 0.05)),
        compared(
            "words",
            holding("words", 5, 0.15),
            holding("words", 4, 0.2),
            holding("rare_words", 2, 0.15),
            (levels.And(levels.ArrayIntersectLevel("rare_words", 1), levels.ArrayIntersectLevel("words", 3)), 0.1),
            holding("rare_words", 1, 0.12),
            holding("words", 3, 0.1),
            holding("words", 2, 0.08),
            holding("words", 1, 0.06),
        ),
        compared("numbers", holding("numbers", 2, 0.3), holding("numbers", 1, 0.6)),
        # the last step: a number with another value
        compared(
            "quantities",
            holding("quantities", 2, 0.3),
            holding("quantities", 1, 0.64),
            holding("dimensions", 1, 0.02),
        ),
        compared("traits", holding("traits", 1, 0.9), holding("trait_kinds", 1, 0.03)),
        compared("colour", holding("colour", 1, 0.93)),
        compared("category", holding("category", 1, 0.6)),
        *(compared(name, (levels.ExactMatchLevel(name), 0.95)) for name in ("pack", "brand", "barcode")),
        compared("price", *((levels.PercentageDifferenceLevel("price", far), m) for far, m in near), null=says_nothing),
    ]


def shared(column: str) -> CustomRule:
    """A join over single values, which any number of machines can share."""
    return CustomRule(f"l.{column} = r.{column} and {MAY_BE}", arrays_to_explode=[column])


def settings(products: int) -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=HAVE_A_PRODUCT / products,
        blocking_rules_to_generate_predictions=[
            CustomRule(f"l.barcode = r.barcode and {MAY_BE}"),
            shared("rare_codes"),
            shared("rare_words"),
        ],
        comparisons=comparisons(),
        retain_intermediate_calculation_columns=False,
    )


def pairs(tables: list[Any], products: int) -> Any:
    """With `match_probability`. How often pairs agree by chance is learned from the tables themselves."""
    linker = Linker(tables, settings(products), log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLE, seed=1)
    return linker.inference.predict(threshold_match_probability=LIKELY)


def on_duckdb(export: Path) -> Any:
    database = DuckDBAPI()
    read = {name: database.duckdb_con.read_parquet(f"{export}/{name}/*.parquet") for name in TABLES}
    tables = [database.register(table, dataset_display_name=name) for name, table in read.items()]
    return pairs(tables, len(read["products"]))


if __name__ == "__main__":
    on_duckdb(Path(sys.argv[1])).to_parquet(sys.argv[2])
