"""An index on disk: one `.npz` without pickles, named by what it was made from, written whole or not at all."""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.domain.articles import ArticleId
from bot.search.calibrator import Calibrator
from bot.search.embedding import Meanings
from bot.search.index import Index
from bot.search.lexicon import Lexicon
from bot.search.postings import Postings
from bot.search.scores import Shelf

KEPT = 4  # newest indexes; the one in use, and a few to go back to
_SHELVES = ("characters", "words", "documents")
_ARRAYS = ("starts", "rows", "weights", "idf")


def path_of(folder: Path, fingerprint: str) -> Path:
    return folder / f"search-{fingerprint}.npz"


def write(index: Index, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = path_of(folder, index.fingerprint)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="search-", suffix=".part", delete=False) as file:
        np.savez(file, allow_pickle=False, **_arrays(index))
    Path(file.name).replace(path)  # readers see the old file or the new one, never half of one
    _drop_old(folder)
    return path


def read(folder: Path, fingerprint: str) -> Index | None:
    """None if there is none, or if what is there cannot be trusted: it is then built again."""
    try:
        with path_of(folder, fingerprint).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            index = _index(arrays)
    except (OSError, ValueError, TypeError, KeyError, IndexError, EOFError, BadZipFile):
        return None
    return index if index.fingerprint == fingerprint else None


def _drop_old(folder: Path) -> None:
    by_age = sorted(folder.glob("search-*.npz"), key=lambda each: each.stat().st_mtime, reverse=True)
    for old in by_age[KEPT:]:
        old.unlink(missing_ok=True)


def _arrays(index: Index) -> dict[str, NDArray[Any]]:
    shelf, calibrator = index.shelf, index.calibrator
    arrays: dict[str, NDArray[Any]] = {
        "articles": _packed(index.articles),
        "texts": _packed(shelf.texts),
        "known": _packed(f"{word}\t{token}" for word, token in shelf.known.items()),
        "language": _packed([shelf.language]),
        "fingerprint": _packed([index.fingerprint]),
        "first": shelf.first,
        "gists": shelf.gists,
        "vocabulary": _packed(shelf.lexicon.words),
        "meanings": shelf.lexicon.meanings,
        "spoken": np.stack([shelf.lexicon.spoken, shelf.lexicon.times]),
        "spoken.starts": shelf.lexicon.starts,
        "solution": index.solution,
        "calibrator": np.stack([calibrator.mean, calibrator.scale, calibrator.coefficients]),
        "numbers": np.array([calibrator.intercept, index.strict]),
    }
    if shelf.meanings:
        arrays["vectors"] = shelf.meanings.vectors
    for name in _SHELVES:
        postings: Postings = getattr(shelf, name)
        arrays |= {f"{name}.{part}": getattr(postings, part) for part in _ARRAYS}
        arrays[f"{name}.terms"] = _packed(postings.terms)
        arrays[f"{name}.numbers"] = np.array([postings.size, postings.average])
    return arrays


def _index(arrays: Mapping[str, NDArray[Any]]) -> Index:
    mean, scale, coefficients = arrays["calibrator"]
    intercept, strict = arrays["numbers"].tolist()
    known = dict(each.split("\t") for each in _unpacked(arrays["known"]))
    shelf = Shelf(
        texts=_unpacked(arrays["texts"]),
        first=arrays["first"],
        language="en" if _unpacked(arrays["language"]) == ("en",) else "da",
        known=known,
        lexicon=_lexicon(arrays),
        gists=arrays["gists"],
        meanings=Meanings.of(arrays["vectors"]) if "vectors" in arrays else None,
        **{name: _postings(arrays, name) for name in _SHELVES},
    )
    return Index(
        articles=tuple(ArticleId(each) for each in _unpacked(arrays["articles"])),
        shelf=shelf,
        solution=arrays["solution"],
        calibrator=Calibrator(mean, scale, coefficients, intercept),
        strict=strict,
        fingerprint=_unpacked(arrays["fingerprint"])[0],
    )


def _lexicon(arrays: Mapping[str, NDArray[Any]]) -> Lexicon:
    spoken, times = arrays["spoken"]
    return Lexicon(_unpacked(arrays["vocabulary"]), arrays["meanings"], spoken, times, arrays["spoken.starts"])


def _postings(arrays: Mapping[str, NDArray[Any]], name: str) -> Postings:
    size, average = arrays[f"{name}.numbers"].tolist()
    terms = {term: number for number, term in enumerate(_unpacked(arrays[f"{name}.terms"]))}
    parts = {part: arrays[f"{name}.{part}"] for part in _ARRAYS}
    return Postings(terms=terms, size=int(size), average=average, **parts)


def _packed(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Lines as bytes: numpy's own strings take four bytes a character, padded to the longest."""
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(packed.tobytes().decode().split("\n")) if len(packed) else ()
