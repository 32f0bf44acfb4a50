"""The search as the desk holds it: ready at once, better when its index is built, and never changed under anybody's hands."""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.articles import Article, ArticleId, Found, Ranked
from bot.search import cache
from bot.search.corpus import Corpus
from bot.search.explaining import Explained, explain
from bot.search.index import Index
from bot.search.policy import Limits, decide
from bot.search.text import Glossary
from bot.search.word_match import WordMatch

log = logging.getLogger(__name__)


def open_engine(
    articles: Iterable[Article], glossary: Glossary, cache_dir: Path, limits: Limits | None = None
) -> "Engine":
    """Ready at once. With no index cached, a child process builds one; until then a word match answers."""
    engine = Engine(cache_dir, limits or Limits())
    engine.renew(articles, glossary)
    return engine


def build_now(
    articles: Iterable[Article], glossary: Glossary, cache_dir: Path, limits: Limits | None = None
) -> "Engine":
    """As `open_engine`, after waiting for the index. Raises IndexNotBuiltError."""
    engine = open_engine(articles, glossary, cache_dir, limits)
    engine.wait_until_built()
    return engine


class IndexNotBuiltError(RuntimeError):
    """The child process failed; says what it said last."""


@dataclass(frozen=True, slots=True)
class _Held:
    articles: Mapping[ArticleId, Article]
    finder: Index | WordMatch
    fingerprint: str  # of the knowledge; the finder may still be of an older one


class Engine:
    """`find` may be called from any thread: what it reads is immutable, and replaced whole."""

    def __init__(self, cache_dir: Path, limits: Limits) -> None:
        self._cache_dir = cache_dir
        self._limits = limits
        self._held = _Held({}, WordMatch.of(Corpus(())), "")
        self._renewing = threading.Lock()
        self._settled = threading.Event()  # built, or given up
        self._child: subprocess.Popen[str] | None = None
        self.trouble = ""  # why there is no index, for `driftsvagt doctor`

    def find(self, question: str, visible: frozenset[ArticleId] | None = None) -> Found:
        """`visible` is what the person may see; None is everything. Never raises, whatever was typed."""
        held = self._held
        sure = self._limits.sure(held.finder.strict)
        return decide(_rank(held, question, visible), held.articles, sure, self._limits.t_lo)

    def rank(self, question: str, visible: frozenset[ArticleId] | None = None) -> tuple[Ranked, ...]:
        """The candidates that `find` decides on, best first."""
        return _rank(self._held, question, visible)

    def explain(self, question: str, visible: frozenset[ArticleId] | None = None) -> tuple[Explained, ...]:
        """The same candidates, each with what spoke for it and against it."""
        held = self._held
        known = held.articles.keys()
        seen = known if visible is None else known & visible
        if isinstance(held.finder, Index):
            return explain(held.finder, question, seen)
        return tuple(Explained(each.article, each.confidence) for each in held.finder.rank(question, seen))

    @property
    def limits(self) -> tuple[float, float]:
        """From which confidence it answers, and from which it suggests."""
        return self._limits.sure(self._held.finder.strict), self._limits.t_lo

    @property
    def is_built(self) -> bool:
        return self._settled.is_set() and not self.trouble

    def renew(self, articles: Iterable[Article], glossary: Glossary = ()) -> None:
        """The knowledge has changed. What was removed is gone at once; the index follows when it is built."""
        by_id = {article.id: article for article in articles}
        corpus = Corpus.of(by_id.values(), glossary)
        fingerprint = corpus.fingerprint()
        with self._renewing:
            self._stop_child()
            self.trouble = ""
            if ready := self._ready(corpus, fingerprint):
                self._held = _Held(by_id, ready, fingerprint)
                self._settled.set()
            else:
                old = self._held.finder
                self._held = _Held(by_id, old if isinstance(old, Index) else WordMatch.of(corpus), fingerprint)
                self._settled.clear()
                self._start_child(corpus, fingerprint)

    def wait_until_built(self, timeout: float | None = None) -> None:
        """For the command line and tests; `timeout` in seconds. Raises IndexNotBuiltError, TimeoutError."""
        if not self._settled.wait(timeout):
            raise TimeoutError(f"the index was not built within {timeout} seconds")
        if self.trouble:
            raise IndexNotBuiltError(self.trouble)

    def close(self) -> None:
        with self._renewing:
            self._stop_child()
            if not self._settled.is_set():
                self.trouble = "closed before the index was built"
                self._settled.set()

    def _ready(self, corpus: Corpus, fingerprint: str) -> Index | WordMatch | None:
        held = self._held.finder
        if not corpus.entries:
            return WordMatch.of(corpus)
        if isinstance(held, Index) and held.fingerprint == fingerprint:
            return held  # only answers have changed, or owners, or dates
        return cache.read(self._cache_dir, fingerprint)

    def _start_child(self, corpus: Corpus, fingerprint: str) -> None:
        # In a thread a build would hold the interpreter, and in this process its memory for good.
        command = [sys.executable, "-m", "bot.search.build", str(self._cache_dir)]
        self._child = subprocess.Popen(  # noqa: S603 - our own module, no words from outside
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        watcher = threading.Thread(target=self._watch, args=(self._child, corpus, fingerprint), daemon=True)
        watcher.start()

    def _watch(self, child: "subprocess.Popen[str]", corpus: Corpus, fingerprint: str) -> None:
        said, _ = child.communicate(corpus.to_json())
        built = cache.read(self._cache_dir, fingerprint)
        with self._renewing:
            if self._child is not child:
                return  # the knowledge has changed again, or the desk is closing
            self._child = None
            if built:
                self._held = _Held(self._held.articles, built, fingerprint)
                self.trouble = ""
            else:
                self.trouble = (said.strip().splitlines() or [f"it left no index (exit status {child.returncode})"])[-1]
                log.warning("The search index could not be built; words are matched instead: %s", self.trouble)
            self._settled.set()

    def _stop_child(self) -> None:
        if self._child:
            self._child.terminate()
            self._child = None


def _rank(held: _Held, question: str, visible: frozenset[ArticleId] | None) -> tuple[Ranked, ...]:
    known = held.articles.keys()
    return held.finder.rank(question, known if visible is None else known & visible)
