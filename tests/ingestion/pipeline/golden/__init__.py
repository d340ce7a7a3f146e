"""The statements as they are sent, one file each: a review shows what a change of `pipeline/columns.py` makes of them.

python -m tests.ingestion.pipeline.golden --update
"""

from __future__ import annotations

from pathlib import Path

from ingestion.pipeline.statements import PIPELINE, statement_text

FOLDER = Path(__file__).parent


def statements() -> dict[str, str]:
    """Those that are made of parts, by the names of their files here; `plain` are those of a list without facts."""
    folders = (PIPELINE.parent / "actions" / "sql", *sorted(PIPELINE.glob("*/sql")))
    paths = [path for folder in folders for path in sorted(folder.glob("*.sql")) if "@" in path.read_text("utf-8")]
    found = {}
    for path in paths:
        found[path.name] = f"{statement_text(path.stem, path.parent)}\n"
        plain = f"{statement_text(path.stem, path.parent, frozenset())}\n"
        if plain != found[path.name] and PIPELINE in path.parents:
            found[f"{path.stem}.plain.sql"] = plain
    return found


def update() -> None:
    for path in FOLDER.glob("*.sql"):
        path.unlink()
    for name, text in statements().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
