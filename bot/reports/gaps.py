"""What the knowledge lacks: questions that ask for the same thing, what they cost people, and YAML ready to paste.

Nothing that says who somebody is leaves with it: CPR numbers, mail addresses, phone numbers and the names of the organisation's
people are masked.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import yaml
from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from bot.desk.learning import Lesson
from bot.desk.ports import Known
from bot.domain.articles import Article, ArticleId
from bot.domain.people import SystemId
from bot.domain.privacy import mask
from bot.domain.systems import Organisation

PHRASINGS = 8  # at most, of one gap
SAME = 90  # rapidfuzz token_ratio, percent: one of two such questions is enough
SAME_ANSWER = 85  # the solution says what an article says already
_REVIEW_AFTER = timedelta(days=365)
_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w+")
# Eight digits together, in pairs, in fours, or as 3-2-3. A date is written 2-2-4 or 4-2-2, and stays.
_PHONE = re.compile(
    r"(?<![\d-])(?:(?:\+|00)\d{2}[\s.-]?)?"
    r"(?:\d{8}|\d{2}(?P<gap>[\s.-])\d{2}(?P=gap)\d{2}(?P=gap)\d{2}|\d{4}\s\d{4}|\d{3}\s\d{2}\s\d{3})(?![\d-])"
)
_SHORT_NAME = 3  # a name of two letters is also a word; it counts as a name only with its capital


@dataclass(frozen=True, slots=True)
class Gap:
    """`article` is the one to teach these phrasings; without it a new article is needed. `spent_s` is of people's time."""

    lessons: tuple[Lesson, ...]
    phrasings: tuple[str, ...]
    system: SystemId | None
    article: ArticleId | None
    solution: str
    spent_s: int

    @property
    def count(self) -> int:
        return len(self.lessons)

    @property
    def weight(self) -> tuple[int, int]:
        """Count × minutes; among what cost nobody anything, the count."""
        return self.count * (self.spent_s // 60), self.count


def gaps(
    lessons: Sequence[Lesson],
    clusters: Iterable[Sequence[int]],
    known: Known,
    visible: AbstractSet[ArticleId] | None = None,
) -> list[Gap]:
    """The dearest first. `clusters` are places in `lessons`, the most typical question first in each.

    Articles that are not `visible` to whoever looks are never named.
    """
    if visible is not None:
        known = replace(known, articles={name: each for name, each in known.articles.items() if name in visible})
    hide = Hider(known.organisation)
    taken = {default_process(text) for article in known.articles.values() for text in article.phrasings}
    found = [_gap([lessons[place] for place in each], known, hide, taken) for each in clusters]
    return sorted((each for each in found if each.phrasings), key=lambda each: each.weight, reverse=True)


def draft(gap: Gap, known: Known, today: date) -> str:
    """YAML: phrasings to add under `questions` of the article, or a new article. Empty while nobody has solved it."""
    if gap.article:
        return "".join(f"    - {_scalar(each)}\n" for each in gap.phrasings)
    if not gap.solution:
        return ""
    system = known.organisation.systems.get(gap.system) if gap.system else None
    lines = [
        f"- id: {_new_id(gap.phrasings[0], known.articles)}",
        "  questions:",
        *(f"    - {_scalar(each)}" for each in gap.phrasings),
        "  answer: |",
        *(f"    {line}".rstrip() for line in gap.solution.strip().splitlines()),
        *([f"  system: {system.id}"] if system else []),
        f"  owner: {system.owner if system else _anybody_in_it(known.organisation)}",
        f"  review_by: {(today + _REVIEW_AFTER).isoformat()}",
    ]
    return "\n".join(lines) + "\n"


class Hider:
    """Masks what says who somebody is. Rather a word too many than a name."""

    def __init__(self, organisation: Organisation) -> None:
        names = {part for person in organisation.people.values() for part in (person.name, *person.name.split())}
        names |= {str(person) for person in organisation.people}
        long = sorted((each for each in names if len(each) >= _SHORT_NAME), key=len, reverse=True)
        short = sorted(each for each in names if each and len(each) < _SHORT_NAME and each[0].isupper())
        self._long = _words(long, re.IGNORECASE)
        self._short = _words(short, re.NOFLAG)

    def __call__(self, text: str) -> str:
        hidden = _MAIL.sub("[mail]", mask(text).text)
        hidden = _PHONE.sub("[telefon]", hidden)
        for pattern in (self._long, self._short):
            hidden = pattern.sub("[navn]", hidden)
        return hidden


def _words(names: Sequence[str], flags: re.RegexFlag) -> re.Pattern[str]:
    """Whole words, also in the genitive. Without names: nothing."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})(?:s|'s|’s)?\b" if names else r"(?!)", flags)


def _gap(lessons: Sequence[Lesson], known: Known, hide: Hider, taken: Collection[str]) -> Gap:
    solved = [each for each in lessons if each.solution]
    solution = hide(max(solved, key=lambda each: each.at).solution) if solved else ""
    article = _most_common(each.chosen for each in lessons) or _that_says(solution, known.articles.values())
    return Gap(
        tuple(lessons),
        _phrasings([hide(each.words) for each in lessons], taken),
        _most_common(each.system for each in lessons),
        article if article in known.articles else None,
        solution,
        sum(each.spent_s for each in lessons),
    )


def _phrasings(words: Iterable[str], taken: Collection[str]) -> tuple[str, ...]:
    """The most typical first; none that an article has, and none twice."""
    found: list[str] = []
    seen: list[str] = []
    for text in words:
        line = " ".join(text.split())
        plain = default_process(line)
        is_new = plain not in taken and not any(fuzz.token_ratio(plain, each) > SAME for each in seen)
        if plain and is_new and len(found) < PHRASINGS:
            found.append(line)
            seen.append(plain)
    return tuple(found)


def _that_says(solution: str, articles: Iterable[Article]) -> ArticleId | None:
    """The article whose text the colleague sent."""
    plain = default_process(solution)
    if not plain:
        return None
    best = max(
        ((fuzz.token_ratio(plain, default_process(text)), each) for each in articles for text in each.answers.values()),
        key=lambda each: each[0],
        default=None,
    )
    return best[1].id if best and best[0] >= SAME_ANSWER else None


def _most_common(values: Iterable[Any]) -> Any:
    counted = Counter(each for each in values if each)
    return counted.most_common(1)[0][0] if counted else None


def _new_id(text: str, articles: Collection[ArticleId]) -> str:
    """Of the first words, as ids are written; a number follows if it is taken."""
    name = (
        "-".join(_NOT_IN_IDS.sub(" ", text.casefold().translate(_FOLDED)).split()[:6])[:56].strip("-") or "ny-artikel"
    )
    free = (each for each in (name, *(f"{name}-{nth}" for nth in range(2, 1000))) if each not in articles)
    return next(free, name)


def _anybody_in_it(organisation: Organisation) -> str:
    group = next((each for each in organisation.groups.values() if each.tier == "it" and each.members), None)
    return str(group.members[0]) if group else ""


def _scalar(text: str) -> str:
    """One YAML string on one line, in quotes where it needs them."""
    said: str = yaml.safe_dump(text, allow_unicode=True, width=10_000, default_style=None)
    return said.removesuffix("\n...\n").removesuffix("...\n").strip()
