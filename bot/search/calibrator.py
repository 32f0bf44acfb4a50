"""From features to P(this article is right): a logistic curve, fitted by Newton's method."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.search.features import FEATURES
from bot.search.postings import Floats

Numbers = NDArray[np.float64]
STEPS = 50


@dataclass(frozen=True, slots=True)
class Calibrator:
    mean: Floats
    scale: Floats
    coefficients: Floats
    intercept: float

    def confidence(self, rows: Floats) -> Floats:
        z = (rows - self.mean) / self.scale @ self.coefficients + self.intercept
        return (1 / (1 + np.exp(-np.clip(z, -30, 30)))).astype(np.float32)

    @classmethod
    def shipped(cls) -> Self:
        """For knowledge too small to learn from."""
        return cls.from_json(json.loads((files("bot.search") / "shipped" / "lexical.json").read_text("utf-8")))

    @classmethod
    def from_json(cls, read: Mapping[str, Any]) -> Self:
        mean, scale, coefficients = (
            np.array([read["features"][name][part] for name in FEATURES], np.float32)
            for part in ("mean", "scale", "coef")
        )
        return cls(mean, scale, coefficients, float(read["intercept"]))

    @classmethod
    def fitted(cls, rows: Floats, right: NDArray[np.bool_], weights: Numbers) -> Self:
        """Standardised, penalty ½‖coefficients‖² (C = 1): the same answer as scikit-learn, without it."""
        mean, scale = rows.mean(axis=0), rows.std(axis=0)
        scale = np.where(scale > 0, scale, 1)
        design = np.column_stack([(rows - mean) / scale, np.ones(len(rows))]).astype(np.float64)
        beta = _newton(design, right.astype(np.float64), weights)
        return cls(mean, scale.astype(np.float32), beta[:-1].astype(np.float32), float(beta[-1]))


def _newton(design: Numbers, right: Numbers, weights: Numbers) -> Numbers:
    penalty = np.ones(design.shape[1])
    penalty[-1] = 0  # the intercept is free
    beta = np.zeros(design.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        gradient = design.T @ (weights * (p - right)) + penalty * beta
        curvature = (design * (weights * p * (1 - p))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(curvature + 1e-9 * np.eye(len(beta)), gradient)
        beta -= step
        if np.abs(step).max() < 1e-8:
            break
    return beta
