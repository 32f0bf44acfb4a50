"""What answers before the index is built: the share of the question's words that an article has. Modest on purpose."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Self

import numpy as np

from bot.domain.articles import ArticleId, Ranked
from bot.domain.people import Language
from bot.search.corpus import Corpus
from bot.search.postings import Postings
from bot.search.scores import CANDIDATES
from bot.search.text import expanded, normalise, stems, synonyms

WORD_FOR_WORD = 0.9  # the question is one of the article's own phrasings
AT_MOST = 0.45  # anything else may be suggested, never answered


@dataclass(frozen=True, slots=True)
class WordMatch:
    articles: tuple[ArticleId, ...]
    phrasings: tuple[frozenset[str], ...]  # normalised; of each article
    language: Language
    known: Mapping[str, str]
    documents: Postings | None  # None without articles
    strict: float = 0.0

    @classmethod
    def of(cls, corpus: Corpus) -> Self:
        language = corpus.language
        known = synonyms(corpus.glossary, language)
        phrasings = tuple(frozenset(map(normalise, entry.phrasings)) for entry in corpus.entries)
        documents = [[word for text in texts for word in _words(text, known, language)] for texts in phrasings]
        articles = tuple(entry.article for entry in corpus.entries)
        return cls(articles, phrasings, language, known, Postings.bm25(documents) if documents else None)

    def rank(self, question: str, visible: AbstractSet[ArticleId] | None = None) -> tuple[Ranked, ...]:
        if self.documents is None:
            return ()
        text = normalise(question)
        shares = np.minimum(self.documents.coverages(_words(text, self.known, self.language)), AT_MOST)
        ranked = [
            Ranked(article, WORD_FOR_WORD if text in texts else float(share))
            for article, texts, share in zip(self.articles, self.phrasings, shares, strict=True)
            if visible is None or article in visible
        ]
        return tuple(sorted(ranked, key=lambda each: -each.confidence)[:CANDIDATES])


def _words(text: str, known: Mapping[str, str], language: Language) -> list[str]:
    return stems(expanded(text, known, language), language)
