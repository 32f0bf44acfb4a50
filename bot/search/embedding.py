"""What an embedder is to the search: texts in, one unit vector each out; and the phrasings' vectors, ready to be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol, Self

import numpy as np

from bot.search.postings import Floats

_SPREAD = 4  # centred cosines are small; this brings them to the size of the other parts of the ridge's kernel


class Embedder(Protocol):
    """`name` has the version in it, and is part of the name of everything that is cached."""

    @property
    def name(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """One unit row per text, of the length of what is shipped as the mean."""
        ...


@dataclass(frozen=True, slots=True)
class Meanings:
    vectors: Floats  # a unit row per phrasing
    towards_mean: Floats  # of each, its product with the fixed mean

    @classmethod
    def of(cls, vectors: Floats) -> Self:
        return cls(vectors, vectors @ fixed_mean())

    def near(self, vector: Floats) -> tuple[Floats, Floats]:
        """Cosine with every phrasing, and the same centred: on a fixed mean, since one of our own would know what is left out."""
        mean = fixed_mean()
        cosines: Floats = self.vectors @ vector
        return cosines, (_SPREAD * (cosines - self.towards_mean - vector @ mean + mean @ mean)).astype(np.float32)


@cache
def fixed_mean() -> Floats:
    with (files("bot.search") / "shipped" / "mean.npz").open("rb") as file:
        found: Floats = np.load(file, allow_pickle=False)["mean"].astype(np.float32)
        return found
