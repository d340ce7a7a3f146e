"""Logistic regression whose weights keep the signs that they must have, and stay near those of a model that is there.

scikit-learn draws weights towards zero and lets a conflict count in favour where few examples say so. Here a weight of
wrong sign is zero, and with a base the weights are drawn towards its own, times a scale. How strongly is chosen by
decisions that are held back (cross-validation).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import minimize

_STRENGTHS = (200.0, 60.0, 20.0, 6.0, 2.0)  # from trusting the base to trusting the decisions
_FOLDS = 5
_FEWEST = 20  # decisions to choose a strength by
_SMALLEST_SCALE, _LARGEST_SCALE = 0.5, 2.0
_OF_SCALE = 10.0


def fitted(given: np.ndarray, answers: np.ndarray, signs: np.ndarray) -> np.ndarray:
    """Weights of columns that are standardised, the bias last."""
    return _minimum(given, answers, signs, np.zeros(given.shape[1] + 1), 1.0)


def refined(given: np.ndarray, answers: np.ndarray, signs: np.ndarray, base: np.ndarray) -> np.ndarray:
    """The base's weights, as far as the answers ask for it changed."""
    return _minimum(given, answers, signs, base, _best_strength(given, answers, signs, base))


def _best_strength(given: np.ndarray, answers: np.ndarray, signs: np.ndarray, base: np.ndarray) -> float:
    if len(answers) < _FEWEST or len(set(answers.tolist())) < 2:
        return _STRENGTHS[0]
    folds = _folds(answers)
    losses = []
    for strength in _STRENGTHS:
        loss = 0.0
        for fold in range(_FOLDS):
            kept = folds != fold
            weights = _minimum(given[kept], answers[kept], signs, base, strength)
            loss += _log_loss(given[~kept] @ weights[:-1] + weights[-1], answers[~kept])
        losses.append(loss)
    return _STRENGTHS[int(np.argmin(losses))]


def _folds(answers: np.ndarray) -> np.ndarray:
    """Each fold has its share of both answers."""
    folds = np.empty(len(answers), dtype=int)
    for answer in (0.0, 1.0):
        places = np.flatnonzero(answers == answer)
        folds[places] = np.arange(len(places)) % _FOLDS
    return folds


def _log_loss(odds: np.ndarray, answers: np.ndarray) -> float:
    return float(np.sum(np.logaddexp(0, odds) - answers * odds))


def _minimum(
    given: np.ndarray, answers: np.ndarray, signs: np.ndarray, base: np.ndarray, strength: float
) -> np.ndarray:
    """Of log loss and of half the strength of each weight's squared distance from the base, whose scale may change."""
    width = given.shape[1]

    def cost(values: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias, scale = values[:width], values[width], values[-1]
        odds = given @ weights + bias
        error = 1 / (1 + np.exp(-np.clip(odds, -30, 30))) - answers
        off = weights - scale * base[:width]
        loss = _log_loss(odds, answers) + strength / 2 * off @ off + _OF_SCALE / 2 * (scale - 1) ** 2
        slope_of_scale = -strength * (off @ base[:width]) + _OF_SCALE * (scale - 1)
        return loss, np.r_[given.T @ error + strength * off, error.sum(), slope_of_scale]

    bounds: list[Any] = [(0 if sign > 0 else None, 0 if sign < 0 else None) for sign in signs]
    bounds += [(None, None), (_SMALLEST_SCALE, _LARGEST_SCALE)]
    found = minimize(cost, np.r_[base, 1.0], jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300})
    result: np.ndarray = found.x[:-1]
    return result
