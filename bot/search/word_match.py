"""What answers before the index is built: the share of the question's words that an article has. Modest on purpose."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Self

import numpy as np

from bot.domain.articles import ArticleId, Ranked
from bot.search.corpus import Corpus
from bot.search.postings import Postings
from bot.search.scores import CANDIDATES
from bot.search.text import expanded, normalise, stems, synonyms

WORD_FOR_WORD = 0.9  # the question is one of the article's own phrasings
AT_MOST = 0.45  # anything else may be suggested, never answered


@dataclass(frozen=True, slots=True)
class WordMatch:
    corpus: Corpus
    known: dict[str, str]
    documents: Postings | None
    strict: float = 0.0

    @classmethod
    def of(cls, corpus: Corpus) -> Self:
        known = synonyms(corpus.glossary)
        documents = [
            [word for text in entry.phrasings for word in _words(text, known, corpus)] for entry in corpus.entries
        ]
        return cls(corpus, known, Postings.bm25(documents) if documents else None)

    def rank(self, question: str, visible: AbstractSet[ArticleId] | None = None) -> tuple[Ranked, ...]:
        if self.documents is None:
            return ()
        text = normalise(question)
        shares = np.minimum(self.documents.coverages(_words(question, self.known, self.corpus)), 1) * AT_MOST
        ranked = [
            Ranked(entry.article, WORD_FOR_WORD if text in map(normalise, entry.phrasings) else float(share))
            for entry, share in zip(self.corpus.entries, shares, strict=True)
            if visible is None or entry.article in visible
        ]
        return tuple(sorted(ranked, key=lambda each: -each.confidence)[:CANDIDATES])


def _words(text: str, known: dict[str, str], corpus: Corpus) -> list[str]:
    return stems(expanded(normalise(text), known), corpus.language)
