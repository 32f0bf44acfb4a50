"""An inverted index of our own: which documents hold a term, and what the term is worth there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Places = NDArray[np.intp]

K1, B = 1.2, 0.75  # BM25 as everybody has it


@dataclass(frozen=True, slots=True)
class Postings:
    """`rows[starts[t]:starts[t + 1]]` hold term t, each with its weight; `idf` is what the term is worth in a question."""

    terms: Mapping[str, int]
    starts: Ints
    rows: Ints
    weights: Floats
    idf: Floats
    size: int  # documents
    average: float  # terms per document

    @classmethod
    def tfidf(cls, documents: Sequence[Sequence[str]]) -> Self:
        """Sublinear tf, smooth idf, unit length: the dot product of two texts is their cosine."""
        counted = _Counted.of(documents)
        idf = np.log((1 + counted.size) / (1 + counted.df)) + 1
        raw = (1 + np.log(counted.tf)) * idf[counted.term]
        length = np.sqrt(np.bincount(counted.row, raw * raw, counted.size))
        return cls._inverted(counted, raw / length[counted.row], idf)

    @classmethod
    def bm25(cls, documents: Sequence[Sequence[str]]) -> Self:
        counted = _Counted.of(documents)
        idf = np.log1p((counted.size - counted.df + 0.5) / (counted.df + 0.5))
        length = np.bincount(counted.row, counted.tf, counted.size).astype(np.float64)
        weights = bm25_weight(idf[counted.term], counted.tf, length[counted.row], float(length.mean()))
        return cls._inverted(counted, weights, idf)

    @classmethod
    def _inverted(cls, counted: "_Counted", weights: NDArray[np.float64], idf: NDArray[np.float64]) -> Self:
        order = np.argsort(counted.term, kind="stable")
        starts = np.concatenate(([0], np.cumsum(counted.df)))
        return cls(
            terms=counted.terms,
            starts=starts.astype(np.int32),
            rows=counted.row[order].astype(np.int32),
            weights=weights[order].astype(np.float32),
            idf=idf.astype(np.float32),
            size=counted.size,
            average=float(counted.tf.sum() / counted.size),
        )

    def cosines(self, question: Iterable[str]) -> Floats:
        """The cosine of the question with every document (for `tfidf`); terms that nobody uses count nothing."""
        counts = Counter(term for term in question if term in self.terms)
        ids = np.fromiter((self.terms[term] for term in counts), np.int32, len(counts))
        tf = np.fromiter(counts.values(), np.float32, len(counts))
        weights = (1 + np.log(tf)) * self.idf[ids]
        length = float(np.sqrt(weights @ weights)) or 1.0
        return self._sums(ids, weights / length)

    def coverages(self, question: Iterable[str]) -> Floats:
        """BM25 of every document as a share of what the whole question is worth, unknown words included (for `bm25`)."""
        distinct = dict.fromkeys(question)  # a set would add up in another order in every process
        ids = np.fromiter((self.terms[term] for term in distinct if term in self.terms), np.int32)
        worth = self.idf[ids].sum() + (len(distinct) - len(ids)) * np.log1p((self.size + 0.5) / 0.5)
        return self._sums(ids, np.ones(len(ids), np.float32)) / np.float32(worth or 1)

    def smooth_worth(self, term: str) -> float:
        """The idf of a term (for `tfidf`); of one that nobody uses, what it would be."""
        number = self.terms.get(term)
        return float(np.log(1 + self.size) + 1 if number is None else self.idf[number])

    def worth(self, term: str) -> float:
        """The idf of a term; of one that nobody uses, what it would be."""
        number = self.terms.get(term)
        return float(np.log1p((self.size + 0.5) / 0.5) if number is None else self.idf[number])

    def holding(self, term: str) -> Ints:
        """The documents that have the term."""
        number = self.terms.get(term)
        return self.rows[:0] if number is None else self.rows[self.starts[number] : self.starts[number + 1]]

    def _sums(self, ids: Ints, factors: Floats) -> Floats:
        first, lengths = self.starts[ids], self.starts[ids + 1] - self.starts[ids]
        total = int(lengths.sum())
        # The slices of all terms laid end to end, without a loop over terms.
        places = np.arange(total) + np.repeat(first - np.cumsum(lengths) + lengths, lengths)
        values = self.weights[places] * np.repeat(factors, lengths)
        return np.bincount(self.rows[places], values, self.size).astype(np.float32)


def bm25_weight(
    idf: NDArray[np.float64], tf: NDArray[np.float64], length: NDArray[np.float64] | float, average: float
) -> NDArray[np.float64]:
    return idf * tf / (tf + K1 * (1 - B + B * length / average))


@dataclass(frozen=True, slots=True)
class _Counted:
    """One entry per term and document, by document."""

    terms: dict[str, int]
    term: NDArray[np.int64]
    row: NDArray[np.int64]
    tf: NDArray[np.float64]
    df: NDArray[np.int64]
    size: int

    @classmethod
    def of(cls, documents: Sequence[Sequence[str]]) -> Self:
        terms = {term: number for number, term in enumerate(sorted({term for each in documents for term in each}))}
        counts = [Counter(each) for each in documents]
        term = np.array([terms[each] for count in counts for each in count], np.int64)
        tf = np.array([times for count in counts for times in count.values()], np.float64)
        row = np.repeat(np.arange(len(counts)), [len(count) for count in counts])
        return cls(terms, term, row, tf, np.bincount(term, minlength=len(terms)), len(documents))
