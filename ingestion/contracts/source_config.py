"""The contract of a `source_config`, one a parser, made of the settings that it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def source_config_schema(
    parser: str, properties: Mapping[str, Mapping[str, Any]], *, required: tuple[str, ...] = ()
) -> dict[str, Any]:
    """`properties` are the JSON Schemas of the settings by their names; none is needed but the `required` ones."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://unified-catalog.example/contracts/source_config.{parser}.schema.json",
        "title": f"source_config of the parser {parser}",
        "description": "What is left out is found automatically; what is given wins.",
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
        **({"required": list(required)} if required else {}),
    }
