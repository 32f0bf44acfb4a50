"""Trying a question on the live search, and on one in which an article says something else. Nothing is kept."""

import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.domain.articles import Article, ArticleId, Found
from bot.search import Engine, Explained
from bot.search.clustering import clusters
from bot.search.text import Glossary
from bot.storage.knowledge import pasted_articles
from bot.web.ports import NotReadable, SomebodyTries

_ONE_AT_A_TIME = threading.Lock()  # an index is built for each edit that is tried: a child process of its own


class LiveTrying:
    def __init__(
        self, engine: Engine, articles: Callable[[], Sequence[Article]], glossary: Callable[[], Glossary]
    ) -> None:
        self._engine = engine
        self._articles = articles
        self._glossary = glossary

    @property
    def limits(self) -> tuple[float, float]:
        return self._engine.limits

    def explain(self, question: str, visible: frozenset[ArticleId]) -> tuple[Found, Sequence[Explained]]:
        return self._engine.find(question, visible), self._engine.explain(question, visible)

    def edited(self, articles: str, question: str, visible: frozenset[ArticleId]) -> tuple[Found, Sequence[Explained]]:
        now = {each.id: each for each in self._articles()}
        pasted, complaints = pasted_articles(articles, now.keys() & visible)
        if complaints:
            raise NotReadable(
                {"da": [each.said("da") for each in complaints], "en": [str(each) for each in complaints]}
            )
        # An id that is taken by what they may not see must not tell that it is: theirs stands beside it.
        taken = now.keys() - visible
        fresh = [replace(each, id=ArticleId(f"{each.id}*")) if each.id in taken else each for each in pasted]
        mine = {each.id: each for each in fresh}
        with _alone(), tempfile.TemporaryDirectory(prefix="driftsvagt-") as folder:
            engine = self._engine.trial((now | mine).values(), self._glossary(), Path(folder))
            try:
                return engine.find(question, visible | mine.keys()), engine.explain(question, visible | mine.keys())
            finally:
                engine.close()

    def alike(self, questions: Sequence[str], systems: Sequence[object]) -> Sequence[Sequence[int]]:
        return clusters(questions, self._glossary(), systems)


@contextmanager
def _alone() -> Iterator[None]:
    """Raises SomebodyTries: whoever waited here would do so in a thread that every page needs."""
    if not _ONE_AT_A_TIME.acquire(blocking=False):
        raise SomebodyTries
    try:
        yield
    finally:
        _ONE_AT_A_TIME.release()
