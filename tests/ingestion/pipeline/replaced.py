"""A stage that does something else."""

from __future__ import annotations

import pytest

from ingestion.pipeline import stages
from ingestion.pipeline.stages import Stage


def instead_of(monkeypatch: pytest.MonkeyPatch, name: str, other: Stage) -> None:
    changed = tuple(other if stage.__name__ == name else stage for stage in stages.STAGES)
    monkeypatch.setattr("ingestion.pipeline.stages.STAGES", changed)
