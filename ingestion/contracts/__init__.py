"""What other programs may rely on: JSON Schemas (2020-12), checked when a message is written and when it is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

SCHEMAS = Path(__file__).parent


class ContractViolation(ValueError):
    """A message that does not keep its contract; says where and how."""


def load_schema(name: str) -> dict[str, Any]:
    text = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text, parse_float=Decimal)  # a limit of money is exact
    return schema


@cache
def validator(name: str, definition: str = "") -> Draft202012Validator:
    """The checker of a schema, or of one of its definitions."""
    schema = load_schema(name)
    if definition:
        schema = {"$defs": schema["$defs"], "$ref": f"#/$defs/{definition}"}
    return Draft202012Validator(schema)


def check(name: str, message: Mapping[str, Any], definition: str = "") -> None:
    """Raises ContractViolation unless the message keeps the contract."""
    problem = best_match(validator(name, definition).iter_errors(message))
    if problem is not None:
        place = ".".join(str(step) for step in problem.absolute_path) or "message"
        raise ContractViolation(f"{name}: {place}: {problem.message}")
