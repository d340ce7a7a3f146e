"""The bars on real price lists. They carry no licence, so they stay outside: CORPUS names their folder."""

from __future__ import annotations

import importlib.util
import json
import os
import time
from pathlib import Path
from types import ModuleType

import pytest

from ingestion.lists.opened import open_file
from ingestion.parsers.registry import parser_for
from ingestion.pricegrid import printing
from ingestion.pricegrid.records import ListRefused
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.verdict import Bars, verdict_of

ROOT = Path(__file__).resolve().parents[3]
CORPUS = Path(os.environ.get("CORPUS") or ROOT.parent / "shared" / "corpus")
SECONDS = 20
# The lists that the bars were set for; what the others give says score.py, whose figures go into the notes.
BARRED = frozenset("01 02 07 10 16 17 18 20 21 22 26 27 46 47 49 50 53 58 59".split())  # noqa: SIM905

pytestmark = pytest.mark.skipif(not (CORPUS / "score.py").is_file(), reason=f"no corpus of price lists in {CORPUS}")


def lines_of(path: Path) -> list[str]:
    """What inspect_price_list prints."""
    try:
        with open_file(path, parser_for(path.name), {}, Hints()).examined(path) as examined:
            return list(printing.json_lines(examined))
    except ListRefused as refusal:
        return list(printing.refusal_lines(refusal, verdict_of(Bars(), refusal=refusal)))


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bars():
    score = scorer()
    index = json.loads((CORPUS / "truth" / "index.json").read_text(encoding="utf-8"))
    results = []
    for key, info in index.items():
        if key not in BARRED:
            continue
        rows, _ = score.read(CORPUS / "truth" / f"{key}.jsonl")
        lines = [json.loads(line) for line in lines_of(CORPUS / "files" / info["file"])]
        results.append(score.score_file(rows, info, lines, False))
    lists = [result for result in results if result["real"]]
    assert sum(result["pass"] for result in lists) >= 16
    assert sum(result["full"] for result in lists) >= 13
    assert sum(result["vanished"] for result in results) == 0
    assert sum(result["wrong_prices"] for result in results) <= 5
    for field, least in (("sku", 0.98), ("currency", 0.97), ("category", 0.85)):
        known = sum(result["n"][field] for result in results)
        assert sum(result["ok"][field] for result in results) >= least * known


@pytest.mark.parametrize(
    "path", sorted((CORPUS / "files").glob("*")) if CORPUS.is_dir() else [], ids=lambda path: path.name.split("_")[0]
)
def test_every_file_gives_items_or_one_clear_error(path):
    started = time.monotonic()
    lines = [json.loads(line) for line in lines_of(path)]
    assert time.monotonic() - started < SECONDS
    whole = [line for line in lines if line["kind"] == "error" and line["row_number"] is None]
    assert lines[-1]["kind"] == "summary"
    assert len(whole) == 1 if not lines[-1]["items"] and len(lines) == 2 else not whole
