"""What every kind of fault says of itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager, nullcontext
from typing import ClassVar

from tests.chaos.arena import Arena
from tests.chaos.trials import Trial


class Fault(ABC):
    cases_each: ClassVar[int]  # suppliers that are made in calm, before the wave
    strikes_all: ClassVar[bool] = False  # a later fault of the wave strikes what an earlier one has left to do

    def __init__(self, arena: Arena) -> None:
        self.arena = arena

    def obstacle(self) -> str:
        """Why it cannot be tried here, if so."""
        return ""

    def surroundings(self) -> AbstractContextManager[None]:
        """What a wave happens in: entered in calm, left when all of it was judged and cleared away."""
        return nullcontext()

    @abstractmethod
    def strike(self, trial: Trial) -> None:
        """Strikes, and heals: when it returns, everything runs again and the trial knows since when."""

    def problems(self, trial: Trial) -> list[str]:
        """What else is not as it has to be, when all runs have ended."""
        return []
