"""Records to match, of a price list (understood as always) or of JSON Lines; decisions of people, of JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any

from catalog.matching import Record
from ingestion.errors import IngestionError
from ingestion.management.commands.inspect_price_list import Asked, as_refusal, printed_of, received
from ingestion.pricegrid import ListRefused
from ingestion.reader import apart, limits_for
from ingestion.texts import text_of

_JSON_LINES = {".jsonl", ".ndjson"}
_TEXTS = ("brand", "mpn", "barcode", "currency", "description", "code", "unit", "category")
_AMOUNTS = ("price", "pack_size")


class BadInput(ValueError):
    """Says the file, the line and what to do."""


def records_of(target: str) -> list[Record]:
    """Raises BadInput where two have the same id."""
    lines = _objects(target) if Path(target).suffix.lower() in _JSON_LINES else _items(target)
    found: dict[str, Record] = {}
    for number, data in lines:
        record = _said_by(target, number, partial(_record, data))
        if record.id in found:
            raise BadInput(f"{target}, line {number}: the id “{record.id}” stands there twice.")
        found[record.id] = record
    return list(found.values())


def decisions_of(target: str, lefts: set[str], rights: set[str]) -> dict[tuple[str, str], bool]:
    found: dict[tuple[str, str], bool] = {}
    for number, data in _objects(target):
        left, right, same = str(data.get("left")), str(data.get("right")), data.get("same")
        if not isinstance(same, bool):
            raise BadInput(f"{target}, line {number}: “same” is true or false, not {json.dumps(same)}.")
        if left not in lefts or right not in rights:
            raise BadInput(f"{target}, line {number}: there is no record “{right if left in lefts else left}”.")
        found[left, right] = same
    return found


def _objects(target: str) -> Iterator[tuple[int, dict[str, Any]]]:
    path = Path(target)
    if not path.is_file():
        raise BadInput(f"There is no file {target}.")
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, _said_by(target, number, partial(_object, line))


def _object(line: bytes) -> dict[str, Any]:
    data = json.loads(line.decode("utf-8-sig"))
    if not isinstance(data, dict):
        raise TypeError('a line is an object, such as {"id": "1", "name": "Drill"}')
    return data


def _said_by(target: str, number: int, work: Callable[[], Any]) -> Any:
    try:
        return work()
    except (ValueError, TypeError, InvalidOperation) as problem:
        raise BadInput(f"{target}, line {number}: {problem}.") from problem


def _record(data: dict[str, Any]) -> Record:
    record_id, name = data.get("id"), data.get("name")
    if not isinstance(record_id, str | int) or isinstance(record_id, bool) or str(record_id) == "":
        raise ValueError("“id” is a text or a whole number")
    if not isinstance(name, str) or not name.strip():
        raise ValueError("“name” is a text")
    characteristics = data.get("characteristics") or {}
    if not isinstance(characteristics, dict):
        raise TypeError("“characteristics” is an object of texts")
    return Record(
        id=str(record_id),
        name=name,
        characteristics={label: str(value) for label, value in characteristics.items() if value is not None},
        **_known(data),
    )


def _known(data: dict[str, Any]) -> dict[str, Any]:
    texts = {field: str(data[field]) for field in _TEXTS if data.get(field) is not None}
    return texts | {field: _amount(field, data[field]) for field in _AMOUNTS if data.get(field) is not None}


def _amount(field: str, value: Any) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"“{field}” is a number, not {json.dumps(value, ensure_ascii=False)}") from None
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"“{field}” is an amount, not {value}")
    return amount


def _items(target: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Of a list that is not read nothing comes but the reason."""
    asked = Asked(target, None, None, as_json=True, names_file=False)
    try:
        with (
            received(asked) as (opened, path),
            apart(partial(printed_of, asked, opened, path), limits=limits_for(path)) as messages,
        ):
            text = b"".join(message for message in messages if isinstance(message, bytes))
    except (ListRefused, IngestionError) as problem:
        raise BadInput(f"{target}: {text_of(as_refusal(problem).message)}") from problem
    for line in text.decode("utf-8", "surrogatepass").splitlines():
        data = json.loads(line)
        if data["kind"] == "item":
            path_of_category = " / ".join(data["category_path"]) or None
            yield data["row_number"], {**data, "id": data["supplier_sku"], "category": path_of_category}
        elif data["kind"] == "error" and data["row_number"] is None:
            raise BadInput(f"{target}: {data['error_message']}")
