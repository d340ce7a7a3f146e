"""The gauges over time, for docs/reliability.md."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt

from tests.soak.gauges import GAUGES

COLUMNS = 2


def plot(samples: Sequence[dict[str, float]], warm_up: float, file: Path) -> None:
    rows = -(-len(GAUGES) // COLUMNS)
    figure, axes = plt.subplots(rows, COLUMNS, figsize=(10, 1.7 * rows), sharex=True, layout="constrained")
    minutes = [sample["seconds"] / 60 for sample in samples]
    for gauge, axis in zip(GAUGES, axes.flat, strict=False):
        values = [sample[gauge.name] for sample in samples]
        axis.plot(minutes, values, linewidth=1.2, color="#1f6f8b")
        axis.axvspan(0, warm_up / 60, color="#eeeeee", zorder=0)
        axis.set_title(f"{gauge.name}{', ' + gauge.unit if gauge.unit else ''}", fontsize=9, loc="left")
        axis.set_ylim(0, max([*values, 1]) * 1.25)
        axis.tick_params(labelsize=8)
    for axis in axes[-1]:
        axis.set_xlabel("minutes (grey: warm-up)", fontsize=8)
    figure.savefig(file, dpi=110)
    plt.close(figure)
