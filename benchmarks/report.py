"""The figures as a table and plots."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt

# What is asked of the lists of the admin: in words, and its colour.
QUESTIONS = {
    "page": ("lists", "#22c55e"),
    "filter": ("filters", "#6366f1"),
    "search": ("searches", "#f59e0b"),
    "sorted": ("lists sorted by a column", "#94a3b8"),
}


def known(folder: Path) -> dict[str, Any]:
    """What earlier runs have found; parts that are measured again are replaced."""
    path = folder / "results.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write(folder: Path, results: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results, ensure_ascii=False) + "\n", encoding="utf-8")
    table = "\n".join(
        ["| what | measured |", "| --- | --- |", *(f"| {what} | {figure} |" for what, figure in lines(results))]
    )
    (folder / "results.md").write_text(
        f"# Measured\n\nWritten by `python -m benchmarks`.\n\n{table}\n", encoding="utf-8"
    )
    if "load" in results:
        plot_ratios(folder / "load.png", results["load"])
    if "timeline" in results:
        plot_timeline(folder / "where-the-time-goes.png", results["timeline"])
    if "pages" in results:
        plot_pages(folder / "pages.png", results["pages"]["pages"])


def lines(results: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, loads in results.get("load", {}).items():
        for name, load in loads.items():
            ratio = load["floor"] / load["seconds"]
            yield f"{kind}, {name}", f"{load['seconds']:.2f} s, ratio to the floor {ratio:.2f}, {load['peak_mb']} MB"
    timeline = results.get("timeline", {})
    for part in parts_of(timeline):
        yield part, ", ".join(f"{load} {seconds.get(part, 0):.2f} s" for load, seconds in timeline.items())
    for rows, loads in results.get("long", {}).items():
        for name, load in loads.items():
            per_row = load["seconds"] / int(rows) * 1e6
            yield f"csv of {int(rows):,} rows, {name}", f"{per_row:.0f} µs a row, {load['peak_mb']} MB"
    if "understanding" in results:
        yield "understanding", results["understanding"]["inspect"]
    if "pages" in results:
        yield from page_lines(results["pages"])
    if "concurrency" in results:
        found = results["concurrency"]
        new, known = found["new_categories"], found["known_categories"]
        yield "two suppliers at once against one by one", f"{known:.2f} times as fast"
        yield "the same, both making the same new categories", f"{new:.2f} times as fast"
        yield "lists on four workers, all well at the first attempt", str(found["good_runs"])
    if "small" in results:
        found = results["small"]
        yield f"lists of {found['rows_each']} rows on two workers", f"{found['lists_per_second']} a second"
        yield "their processes' computing, reading included", f"{found['worker_cpu_ms_per_list']} ms a list"
        yield "from the bell of a list to its start", f"{found['bell_to_start_ms']} ms in the median"


def page_lines(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, (what, _colour) in QUESTIONS.items():
        pages = sorted((page for page in found["pages"] if page["kind"] == kind), key=lambda page: page["ms"])
        if pages:
            middle, slowest = pages[len(pages) // 2], pages[-1]
            worst = f"slowest {slowest['ms']} ms ({slowest['screen']} {slowest['what'].replace('|', ' ')})"
            over = sum(page["over"] for page in pages)
            yield f"{what}, grown catalog", f"{len(pages)}, median {middle['ms']} ms, {over} over the bar, {worst}"
    if "grown_seconds" in found:
        ratio = found["grown_seconds"] / found["empty_seconds"]
        yield "a list into the grown catalog against an empty one", f"{ratio:.2f} times the time"


def plot_ratios(path: Path, loads: dict[str, Any]) -> None:
    figure, axes = plt.subplots(figsize=(8, 3.5))
    names = [(kind, name) for kind, of_kind in loads.items() for name in of_kind]
    ratios = [loads[kind][name]["floor"] / loads[kind][name]["seconds"] for kind, name in names]
    axes.barh([f"{kind}, {name}" for kind, name in names][::-1], ratios[::-1], color="#6366f1")
    axes.axvline(1, color="#9ca3af", linestyle="--")
    axes.set_xlabel("ratio to the floor (1 = PostgreSQL alone)")
    save(figure, path)


def parts_of(timeline: dict[str, dict[str, float]]) -> list[str]:
    """The parts of all loads, the longest first."""
    names = {name for seconds in timeline.values() for name in seconds}
    return sorted(names, key=lambda name: -sum(seconds.get(name, 0) for seconds in timeline.values()))


def plot_timeline(path: Path, timeline: dict[str, dict[str, float]]) -> None:
    figure, axes = plt.subplots(figsize=(8, 3.5))
    loads = list(timeline)[::-1]
    before = [0.0] * len(loads)
    for part in parts_of(timeline):
        seconds = [timeline[load].get(part, 0) for load in loads]
        axes.barh(loads, seconds, left=before, label=part)
        before = [begin + length for begin, length in zip(before, seconds, strict=True)]
    axes.set_xlabel("seconds")
    axes.legend(fontsize=7, loc="lower right")
    save(figure, path)


def plot_pages(path: Path, pages: list[dict[str, Any]]) -> None:
    figure, axes = plt.subplots(figsize=(8, 4))
    for kind, (what, colour) in QUESTIONS.items():
        chosen = [page for page in pages if page["kind"] == kind]
        axes.scatter(
            [page["ms"] for page in chosen], [page["screen"] for page in chosen], label=what, color=colour, s=18
        )
    axes.axvline(300, color="#9ca3af", linestyle="--")
    axes.set_xlabel("milliseconds of server time")
    axes.legend()
    save(figure, path)


def save(figure: Any, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)
