"""What the index is made from: the phrasings of every article and the glossary, in one order, under one hash."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

from bot.domain.articles import Article, ArticleId
from bot.domain.people import Language
from bot.search.text import Glossary, language_of, normalise


@dataclass(frozen=True, slots=True)
class Entry:
    article: ArticleId
    phrasings: tuple[str, ...]
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    entries: tuple[Entry, ...]
    glossary: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, articles: Iterable[Article], glossary: Glossary = ()) -> Self:
        """Sorted by id, so that the order of files changes nothing. Phrasings without a word are left out."""
        entries = (
            Entry(each.id, tuple(text for text in each.phrasings if normalise(text)), each.language)
            for each in articles
        )
        kept = sorted((entry for entry in entries if entry.phrasings), key=lambda entry: entry.article)
        return cls(tuple(kept), tuple(tuple(group) for group in glossary))

    @property
    def language(self) -> Language:
        """The language of most articles; where none says, of the words in them."""
        said = [entry.language for entry in self.entries if entry.language]
        if said:
            return "en" if said.count("en") > said.count("da") else "da"
        return language_of(text for entry in self.entries for text in entry.phrasings)

    def to_json(self) -> str:
        entries = [[entry.article, entry.phrasings, entry.language] for entry in self.entries]
        return json.dumps({"entries": entries, "glossary": self.glossary}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        read = json.loads(text)
        entries = tuple(Entry(ArticleId(name), tuple(texts), said) for name, texts, said in read["entries"])
        return cls(entries, tuple(tuple(group) for group in read["glossary"]))

    def fingerprint(self, embedder: str = "") -> str:
        """The same knowledge read by the same code and embedder has the same name; anything else another."""
        return hashlib.sha256(f"{_code_version()}\n{embedder}\n{self.to_json()}".encode()).hexdigest()[:32]


@cache
def _code_version() -> str:
    """A hash of this package: no number that somebody forgets to raise."""
    package = files("bot.search")
    parts = [part for folder in (package, package / "shipped") for part in folder.iterdir() if part.is_file()]
    digest = hashlib.sha256()
    for part in sorted(parts, key=lambda each: each.name):
        if part.name.endswith((".py", ".json", ".npz")):
            digest.update(part.name.encode() + b"\0" + part.read_bytes())
    return digest.hexdigest()
