"""A logistic regression over named features, kept as JSON and used with numpy alone.

>>> model = Model.fit([({"alike": 1.0}, True), ({"alike": 0.0}, False)] * 20)
>>> model.score({"alike": 1.0}) > 0.9 > 0.1 > model.score({"alike": 0.0})
True
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from catalog.matching.features import SIGNS
from catalog.matching.regression import fitted, refined

SHIPPED_FILE = Path(__file__).with_name("model.json")
FORMAT = 1


@dataclass(frozen=True)
class Model:
    names: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    version: str = "fitted"

    @classmethod
    def shipped(cls) -> Model:
        return _shipped()

    @classmethod
    def fit(
        cls, rows: Sequence[tuple[Mapping[str, float], bool]], base: Model | None = None, version: str = "fitted"
    ) -> Model:
        """Of decisions: with a base, its weights are kept where the decisions say nothing against them."""
        answers = np.array([float(same) for _, same in rows])
        if base is None:
            names = tuple(sorted({name for features, _ in rows for name in features}))
            return cls.of(names, matrix_of([features for features, _ in rows], names), answers, version)
        given = (matrix_of([features for features, _ in rows], base.names) - base.means) / base.scales
        weights = refined(given, answers, signs_of(base.names), np.array([*base.weights, base.bias]))
        return replace(base, weights=tuple(map(float, weights[:-1])), bias=float(weights[-1]), version=version)

    @classmethod
    def of(cls, names: tuple[str, ...], given: np.ndarray, answers: np.ndarray, version: str) -> Model:
        """Fitted on rows of features in the order of the names."""
        means, scales = given.mean(axis=0), np.maximum(given.std(axis=0), 1e-3)
        weights = fitted((given - means) / scales, answers, signs_of(names))
        columns = [tuple(map(float, each)) for each in (means, scales, weights[:-1])]
        return cls(names, columns[0], columns[1], columns[2], float(weights[-1]), version)

    def score(self, features: Mapping[str, float]) -> float:
        return float(probabilities(self.log_odds(matrix_of([features], self.names)))[0])

    def log_odds(self, matrix: np.ndarray) -> np.ndarray:
        """Of rows of features in the order of `names`."""
        plain = np.array(self.weights) / np.array(self.scales)
        result: np.ndarray = matrix @ plain + (self.bias - float(np.dot(plain, self.means)))
        return result

    def log_odds_of(self, names: Sequence[str], matrix: np.ndarray) -> np.ndarray:
        """Of rows of the named features; what is not among them is as of an average pair."""
        return self.bias + self.added_by(names, matrix)

    def added_by(self, names: Sequence[str], matrix: np.ndarray) -> np.ndarray:
        """What the named features add to the log odds of an average pair."""
        rows = zip(self.names, self.means, self.scales, self.weights, strict=True)
        known = {name: (mean, weight / scale) for name, mean, scale, weight in rows}
        means, slopes = np.array([known.get(name, (0.0, 0.0)) for name in names]).reshape(-1, 2).T
        result: np.ndarray = (matrix.astype(np.float64) - means) @ slopes
        return result

    def contributions(self, features: Mapping[str, float]) -> dict[str, float]:
        """What each feature adds to the log odds of an average pair."""
        rows = zip(self.names, self.means, self.scales, self.weights, strict=True)
        return {name: weight * (features.get(name, 0.0) - mean) / scale for name, mean, scale, weight in rows}

    def to_json(self) -> str:
        features = {
            name: {"mean": round(mean, 6), "scale": round(scale, 6), "weight": round(weight, 6)}
            for name, mean, scale, weight in zip(self.names, self.means, self.scales, self.weights, strict=True)
        }
        data = {"format": FORMAT, "version": self.version, "bias": round(self.bias, 6), "features": features}
        return json.dumps(data, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Model:
        """Raises ValueError for what is none."""
        try:
            data = json.loads(text)
            columns = [
                tuple(float(each[key]) for each in data["features"].values()) for key in ("mean", "scale", "weight")
            ]
            if data["format"] != FORMAT or not all(scale > 0 for scale in columns[1]):
                raise ValueError("This is no model of this version.")
            return cls(
                tuple(data["features"]), columns[0], columns[1], columns[2], float(data["bias"]), str(data["version"])
            )
        except (KeyError, TypeError, AttributeError) as problem:
            raise ValueError(f"This is no model: {problem}") from problem


@lru_cache(maxsize=1)
def _shipped() -> Model:
    return Model.from_json(SHIPPED_FILE.read_text(encoding="utf-8"))


def signs_of(names: Sequence[str]) -> np.ndarray:
    return np.array([SIGNS.get(name, 0) for name in names])


def matrix_of(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> np.ndarray:
    return np.array([[row.get(name, 0.0) for name in names] for row in rows], dtype=np.float64).reshape(
        len(rows), len(names)
    )


def probabilities(log_odds: np.ndarray) -> np.ndarray:
    result: np.ndarray = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return result
