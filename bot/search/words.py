"""What is known of words before any knowledge is read: how rare each is, and which mean nearly the same, in both languages.

Rarity and meaning come from a public model (shipped/NOTICE.md); the file holds 44,000 words, each meaning as 64 bytes.
A word that is not among them is read as the known words it is put together from: *vagtplan* is *vagt* and *plan*.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.search.postings import Floats

RAREST = 15.0  # in nats beyond a word that is in every sentence; nothing counts for more
SYNONYM = 6.0  # the token of a glossary group: as telling as a common noun
SHORTEST_PART, LONGEST_PART = 3, 20  # letters of a word inside another
_LEAST = 0.1  # how loudly the most common word still speaks
_PER_LETTER = 3.0  # what letters cost that are in no known word; more than any linking letter deserves


@dataclass(frozen=True, slots=True)
class Words:
    places: Mapping[str, int]
    rarity: Floats
    codes: NDArray[np.uint8]  # a row per word: which entry of each book
    books: Floats  # book × entry × its share of the dimensions

    @property
    def size(self) -> int:
        return int(self.books.shape[0] * self.books.shape[2])

    def meaning(self, place: int) -> Floats:
        found: Floats = self.books[np.arange(len(self.books)), self.codes[place]].ravel()
        return found


@cache
def shipped() -> Words:
    with (files("bot.search") / "shipped" / "words.npz").open("rb") as file:
        read = np.load(file, allow_pickle=False)
        terms = read["terms"].tobytes().decode().split("\n")
        places = {term: place for place, term in enumerate(terms)}
        return Words(places, read["rarity"].astype(np.float32) / 16, read["codes"], read["books"].astype(np.float32))


def rarity(word: str) -> float:
    """0 for *the* and *og*, 15 for what nobody says. In nats."""
    return _known(word)[0]


def meaning(word: str) -> Floats:
    """A unit vector; zeros if nothing is known."""
    return _known(word)[1]


@lru_cache(maxsize=4_000)
def _known(word: str) -> tuple[float, Floats]:
    words = shipped()
    if word.startswith("zq") and word.endswith("zq"):
        return SYNONYM, np.zeros(words.size, np.float32)
    parts, rare = _parts(word, words)
    sums = np.zeros(words.size, np.float32)
    for part in parts:
        sums += max(words.rarity[part], _LEAST) * words.meaning(part)
    length = float(np.sqrt(sums @ sums))
    return min(rare, RAREST), sums / np.float32(length or 1)


def _parts(word: str, words: Words) -> tuple[list[int], float]:
    """The cheapest way to put the word together, and what it costs."""
    if (whole := words.places.get(word)) is not None:
        return [whole], float(words.rarity[whole])
    cheapest: list[tuple[float, int, int | None]] = [(0.0, 0, None)]  # up to each letter: cost, from where, which word
    for stop in range(1, len(word) + 1):
        best: tuple[float, int, int | None] = (cheapest[stop - 1][0] + _PER_LETTER, stop - 1, None)
        for start in range(max(0, stop - LONGEST_PART), stop - SHORTEST_PART + 1):
            place = words.places.get(word[start:stop])
            if place is not None and (cost := cheapest[start][0] + float(words.rarity[place]) + 1) < best[0]:
                best = (cost, start, place)
        cheapest.append(best)
    edges, found = [len(word)], []
    while edges[-1]:
        _, start, place = cheapest[edges[-1]]
        found += [] if place is None else [place]
        edges.append(start)
    loose = sum(stop - start for stop, start in pairwise(edges)) if not found else 0
    return found[::-1], RAREST if loose else cheapest[-1][0]
