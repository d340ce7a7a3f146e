"""Part of a name or code finds items and products, in catalogs of millions.

Trigram indexes on the catalog's own tables would cost half of a first load (`docs/performance.md`). So the texts stand
in tables of their own, which are written after the load: triggers note which ids are new or have a new name, as spans,
and `catch_up` works the spans off. A search looks through both: the indexed texts, and the rows of the spans that
still wait. It finds everything that is committed, at any time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from catalog.search_texts import SearchBacklog

Kind = SearchBacklog.Kind
BARCODE = re.compile("[0-9]{8,14}")


class Match(NamedTuple):
    """A condition on a text; a code stands first in it, by its key where it is not written so."""

    condition: str
    patterns: tuple[str, ...]


class Searched(NamedTuple):
    """What is searched: its rows, and the table of their texts."""

    table: str
    texts: str
    key: str
    text: str  # of a row `r`


SEARCHED = {
    Kind.ITEM: Searched(
        "catalog_supplieritem",
        "catalog_itemtext",
        "item_id",
        "upper(CASE WHEN r.sku_key = upper(r.supplier_sku) THEN '' ELSE r.sku_key || ' ' END"
        " || r.supplier_sku || ' ' || r.name || coalesce(' ' || r.mpn, '') || coalesce(' ' || r.barcode, ''))",
    ),
    Kind.PRODUCT: Searched(
        "catalog_product", "catalog_producttext", "product_id", "upper(r.internal_sku || ' ' || r.name)"
    ),
}
WRITTEN = "SELECT {found} FROM {texts} t {join} WHERE {match}"
WAITING = (
    "SELECT {found} FROM catalog_searchbacklog b JOIN {table} r ON r.id BETWEEN b.first_id AND b.last_id "
    "WHERE b.kind = '{kind}' AND {match}"
)
ABSORBED = """
SELECT product_id FROM catalog_absorbedproduct WHERE upper(internal_sku) LIKE upper(%s) AND restored_at IS NULL
"""

# The same text is not written again. Spans may overlap, and may name rows that are gone.
WRITE = """
WITH spans AS (DELETE FROM catalog_searchbacklog WHERE kind = %s RETURNING first_id, last_id)
INSERT INTO {texts} AS t ({key}, text)
SELECT DISTINCT ON (r.id) r.id, {text} FROM spans s JOIN {table} r ON r.id BETWEEN s.first_id AND s.last_id
ORDER BY r.id
ON CONFLICT ({key}) DO UPDATE SET text = EXCLUDED.text WHERE t.text <> EXCLUDED.text
"""
ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('catalog.search'))"


def items(queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Items whose code, name, part number and barcode have every word of the term in them."""
    return queryset.filter(pk__in=ids(Kind.ITEM, containing(term))) if term.strip() else queryset


def prices(queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
    """The price history of such items."""
    return queryset.filter(supplier_item__in=ids(Kind.ITEM, containing(term))) if term.strip() else queryset


def products(queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Products with every word of the term in internal SKU and name, or an item of which has this code or barcode.

    The internal SKU of a product that became one with another finds that one.
    """
    if not term.strip():
        return queryset
    queries = [ids(Kind.PRODUCT, containing(term)), RawSQL(ABSORBED, (f"{escaped(term.strip())}%",))]  # noqa: S611
    if may_be_code(term):
        of_items = containing(term) if BARCODE.fullmatch(term.strip()) else [of_code(term)]
        queries.append(ids(Kind.ITEM, of_items, found="r.product_id"))
    found = " UNION ALL ".join(query.sql for query in queries)
    return queryset.filter(pk__in=RawSQL(found, [value for query in queries for value in query.params]))  # noqa: S611


def moves(queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
    """The status changes of products whose internal SKU and name have every word of the term in them."""
    return queryset.filter(product__in=ids(Kind.PRODUCT, containing(term))) if term.strip() else queryset


def may_be_code(term: str) -> bool:
    """Whether to look among the codes of items, too: a word without a digit begins too many texts."""
    return len(term.strip()) > 2 and any(char.isdigit() for char in term)


def ids(kind: Kind, matches: Sequence[Match], *, found: str = "") -> RawSQL:
    """What fits all of them, among the texts and, where there are any, the rows whose text is not written yet."""
    searched = SEARCHED[kind]
    join = f"JOIN {searched.table} r ON r.id = t.{searched.key}" if found else ""
    names = {**searched._asdict(), "kind": kind.value, "join": join}
    queries = [WRITTEN.format(found=found or f"t.{searched.key}", match=all_of("t.text", matches), **names)]
    if SearchBacklog.objects.filter(kind=kind).exists():
        queries.append(WAITING.format(found=found or "r.id", match=all_of(searched.text, matches), **names))
    patterns = [pattern for match in matches for pattern in match.patterns]
    return RawSQL(" UNION ALL ".join(queries), patterns * len(queries))  # noqa: S611


def containing(term: str) -> list[Match]:
    return [containing_word(f"%{escaped(word)}%") for word in term.split()]


def containing_word(pattern: str) -> Match:
    """A word with a digit may be a code that is written otherwise: with a hyphen, in another script."""
    may_be_written_otherwise = any(map(str.isdigit, pattern)) and not (pattern.isascii() and pattern[1:-1].isalnum())
    if may_be_written_otherwise:
        return Match("({text} LIKE upper(%s) OR {text} LIKE catalog_code_key(%s))", (pattern, pattern))
    return Match("{text} LIKE upper(%s)", (pattern,))


def of_code(term: str) -> Match:
    return Match("{text} LIKE catalog_code_key(%s) || ' %%'", (escaped(term.strip()),))


def escaped(text: str) -> str:
    """What LIKE takes for wild cards stands for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def all_of(text: str, matches: Sequence[Match]) -> str:
    return " AND ".join(match.condition.format(text=text) for match in matches)


@transaction.atomic
def catch_up() -> int:
    """Writes the texts that wait; says how many. Nothing is left to do where somebody else is at it."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE)
        if not cursor.fetchone()[0]:
            return 0
        return sum(write(kind, searched) for kind, searched in SEARCHED.items())


def write(kind: Kind, searched: Searched) -> int:
    with connection.cursor() as cursor:
        cursor.execute(WRITE.format(**searched._asdict()), [kind.value])
        return int(cursor.rowcount)
