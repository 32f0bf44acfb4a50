"""What a text looks like to the search: normalised, folded, with a token for every glossary word, then stems and grams."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import Stemmer

from bot.domain.people import Language

Glossary = Sequence[Sequence[str]]  # groups of words that mean the same, Danish and English together

LONGEST = 2_000  # characters of a question that are read; nobody asks a longer one on purpose
SHORTEST_STEM = 4
_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "é": "e", "ü": "u"})
_NOT_A_WORD = re.compile(r"\W+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphens and their like: inside a word, not between two
_STEMMERS: dict[Language, str] = {"da": "danish", "en": "english"}
# Common words that only one of the two languages has, folded.
_DANISH = """jeg du vi hvordan hvorfor hvor hvad hvem hvilken ikke og er der det den en et paa til fra med af som kan skal
    vil har min mit mine naar om ved eller naeste efter os"""
_ENGLISH = """i you we how why where what who which not and is are there it the a an on to from with of that can should
    will have my when about by or next after us do does"""
_FUNCTION_WORDS = {"da": frozenset(_DANISH.split()), "en": frozenset(_ENGLISH.split())}


def normalise(text: str) -> str:
    """Lower case, words only, æøå as ae oe aa. Never raises, whatever a messenger lets through."""
    lowered = unicodedata.normalize("NFC", text[: 2 * LONGEST]).lower()
    return _NOT_A_WORD.sub(" ", _UNSEEN.sub("", lowered)).translate(_FOLDED).strip()[:LONGEST]


def synonyms(glossary: Glossary, language: Language) -> dict[str, str]:
    """Words of the glossary, as written and as stems → the token of their group. An entry may be several words.

    A stem that two groups share, or one too short to mean anything, is left out; the words themselves stay.
    """
    known: dict[str, str] = {}
    by_stem: dict[str, set[str]] = {}
    for number, group in enumerate(glossary):
        for entry in filter(None, map(normalise, group)):
            known[entry] = f"zq{number}zq"
            by_stem.setdefault(" ".join(stems(entry, language)), set()).add(known[entry])
    for stem, tokens in by_stem.items():
        if len(tokens) == 1 and len(stem) >= SHORTEST_STEM:
            known.setdefault(stem, *tokens)
    return known


def expanded(text: str, known: Mapping[str, str], language: Language) -> str:
    """The normalised text followed by the tokens of the glossary groups that it mentions, each once."""
    if not known:
        return text
    longest = 1 + max(entry.count(" ") for entry in known)
    words, stemmed = text.split(), stems(text, language)
    found: dict[str, None] = {}
    for start in range(len(words)):
        for stop in range(start + 1, min(start + longest, len(words)) + 1):
            span, stem = " ".join(words[start:stop]), " ".join(stemmed[start:stop])
            if token := known.get(span) or known.get(stem):
                found[token] = None
    return " ".join([text, *found])


def stems(text: str, language: Language) -> list[str]:
    # A stemmer may not be shared between threads, and a new one costs less than a lock.
    found: list[str] = Stemmer.Stemmer(_STEMMERS[language], 0).stemWords(text.split())
    return found


def pairs(words: Sequence[str]) -> list[str]:
    """The words, and every two neighbours."""
    return [*words, *(f"{one} {two}" for one, two in pairwise(words))]


def grams(text: str, shortest: int = 2, longest: int = 4) -> list[str]:
    """Pieces of 2 to 4 characters inside each word, its edges marked by spaces: what makes compounds and typing errors meet."""
    found: list[str] = []
    for word in text.split():
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            if size >= len(padded):
                found.append(padded)
                break
            found.extend(padded[at : at + size] for at in range(len(padded) - size + 1))
    return found


def language_of(texts: Iterable[str]) -> Language:
    """By counting function words. Danish when unsure: the wrong stemmer costs less that way round."""
    words = [word for text in texts for word in normalise(text).split()]
    danish, english = (sum(word in _FUNCTION_WORDS[each] for word in words) for each in ("da", "en"))
    return "en" if english > danish else "da"
