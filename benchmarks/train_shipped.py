"""Rebuilds what the search ships to every knowledge base: calibrator rows and coefficients, from HWU64. The same every time.

python -m benchmarks.train_shipped [--data DIR] [--check]
"""

import argparse
import json
import random
import sys
from pathlib import Path

import numpy as np

from benchmarks.search_task import DATA, ROOT
from bot.domain.articles import ArticleId
from bot.search.build import shelve
from bot.search.build import shipped_rows as read_shipped
from bot.search.calibrator import Calibrator
from bot.search.corpus import Corpus, Entry
from bot.search.features import FEATURES
from bot.search.index import consider
from bot.search.ridge import Ridge

SHIPPED = ROOT / "bot" / "search" / "shipped"
PER_INTENT, SHARE_OF_POOL, HELD_OUT, ROWS = 30, 0.6, 30, 6_000
PHRASINGS = (1, 2, 3, 5, 8, 5)  # per article, round by round


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
    rounds = [ask(drawn, seed, count) for seed, count in enumerate(PHRASINGS)]
    rows = np.concatenate([rows for rows, _ in rounds])
    right = np.concatenate([right for _, right in rounds])
    calibrator = Calibrator.fitted(rows, right, np.ones(len(rows)))
    kept = np.sort(np.random.default_rng(0).permutation(len(rows))[:ROWS])
    if options.check:
        return check(calibrator, rows[kept], right[kept])
    write(calibrator, rows[kept], right[kept])
    print(f"{len(rows)} rows, {100 * right.mean():.1f} % right; {ROWS} shipped")
    return 0


def check(calibrator: Calibrator, rows: np.ndarray, right: np.ndarray) -> int:
    shipped, (shipped_rows, shipped_right) = Calibrator.shipped(), read_shipped()
    same = (
        np.allclose(shipped_rows, rows, atol=1e-4)
        and np.array_equal(shipped_right, right)
        and np.allclose(shipped.coefficients, calibrator.coefficients, atol=1e-3)
        and abs(shipped.intercept - calibrator.intercept) < 1e-3
    )
    print("what is shipped is what the data gives" if same else "what is shipped is NOT what the data gives")
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


def ask(drawn: list[tuple[str, str]], seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """One round: a knowledge base of the intents that are not held out, asked all questions."""
    cut = int(len(drawn) * SHARE_OF_POOL)
    intents = sorted({intent for _, intent in drawn})
    held = {intents[place] for place in np.random.default_rng(seed).permutation(len(intents))[:HELD_OUT]}
    kept = [intent for intent in intents if intent not in held]
    entries = (
        Entry(ArticleId(intent), tuple([text for text, other in drawn[:cut] if other == intent][:count]), "en")
        for intent in kept
    )
    shelf, _ = shelve(Corpus(tuple(entries)))
    solution, everything = Ridge.of(shelf).solution, np.arange(len(kept))
    asked = [(consider(shelf, solution, text, everything), intent) for text, intent in drawn[cut:]]
    rows = np.concatenate([rows for (_, rows), _ in asked])
    right = np.concatenate([[kept[each] == intent for each in chosen] for (chosen, _), intent in asked])
    return rows, right


def write(calibrator: Calibrator, rows: np.ndarray, right: np.ndarray) -> None:
    SHIPPED.mkdir(exist_ok=True)
    np.savez_compressed(SHIPPED / "lexical.npz", rows=rows.astype(np.float32), right=right)
    parts = zip(FEATURES, calibrator.mean, calibrator.scale, calibrator.coefficients, strict=True)
    named = {
        name: {"mean": round(float(mean), 6), "scale": round(float(scale), 6), "coef": round(float(coef), 6)}
        for name, mean, scale, coef in parts
    }
    text = json.dumps({"features": named, "intercept": round(calibrator.intercept, 6)}, indent=1)
    (SHIPPED / "lexical.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
