"""Says which records of two lists are the same thing, and stores nothing."""

from __future__ import annotations

import json as json_format
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.matching import Index, Link, Matches, Model, Pairs, matches_of, text_of
from ingestion.management.to_match import BadInput, decisions_of, records_of

SHIPPED = "shipped"
TOP = 20


class Command(BaseCommand):
    help = "Says which records of LEFT are which of RIGHT: price lists, or JSON Lines of records. Stores nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("left", metavar="LEFT", help="A price list, or JSON Lines (.jsonl) of records.")
        parser.add_argument("right", metavar="RIGHT", help="What they are looked for in.")
        parser.add_argument("--decisions", metavar="FILE", help='JSON Lines {"left", "right", "same"} to learn from.')
        parser.add_argument("--model", metavar="NAME", default=SHIPPED, help="“shipped”, or a file that has a model.")
        parser.add_argument("--json", action="store_true", help="Print JSON Lines: one a left record, and a summary.")

    def handle(
        self, *args: Any, left: str, right: str, decisions: str | None, model: str, json: bool, **options: Any
    ) -> None:
        started = time.monotonic()
        try:
            lefts, rights = records_of(left), records_of(right)
            ids = {record.id for record in lefts}, {record.id for record in rights}
            decided = decisions_of(decisions, *ids) if decisions else {}
            known = model_named(model)
        except BadInput as problem:
            raise CommandError(str(problem)) from problem
        pairs = Pairs.of(lefts, Index.build(rights), TOP)
        counts: Counter[str] = Counter()
        names = {record.id: record.name for record in (*rights,)}
        for record, matches in zip(
            lefts, matches_of(pairs, pairs.refined(known, decided) if decided else known), strict=True
        ):
            counts[matches.links[0].decision if matches.links else "none"] += 1
            self.stdout.write(as_json(matches) if json else as_text(record.name, matches, names))
        seconds = round(time.monotonic() - started, 2)
        totals = {"lefts": len(lefts), "rights": len(rights), "decisions": len(decided), **counts, "seconds": seconds}
        self.stdout.write(json_format.dumps({"summary": totals}) if json else totals_in_words(totals))


def model_named(name: str) -> Model:
    if name == SHIPPED:
        return Model.shipped()
    try:
        return Model.from_json(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise BadInput(f"There is no model “{name}”: {problem}") from problem


def as_json(matches: Matches) -> str:
    links = [
        {
            "right": link.right_id,
            "score": link.score,
            "decision": link.decision,
            "reasons": [text_of(reason) for reason in link.reasons],
        }
        for link in matches.links
    ]
    return json_format.dumps({"left": matches.left_id, "links": links}, ensure_ascii=False)


def as_text(name: str, matches: Matches, names: dict[str, str]) -> str:
    best = matches.links[:1]
    return "\n".join([f"{matches.left_id}  {name}", *(line_of(link, names[link.right_id]) for link in best)])


def line_of(link: Link, name: str) -> str:
    reasons = "; ".join(f"{text_of(each)}{': against it' if each.weight < 0 else ''}" for each in link.reasons)
    return f"    {link.decision} {link.score:.3f}  {link.right_id}  {name}\n        {reasons}"


def totals_in_words(totals: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in totals.items())
