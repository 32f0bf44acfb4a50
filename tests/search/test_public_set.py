"""The goals of the search on a public set, and what is shipped rebuilt from another: only where the sets are at hand."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.domain.articles import ArticleId
from bot.search.build import build
from bot.search.corpus import Corpus, Entry
from bot.search.evaluating import summary
from bot.search.measures import asked

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"


def needs(name: str) -> Path:
    if not (DATA / name).is_file():
        pytest.skip(f"NOT CHECKED: {name} is not beside the project (../shared/data)")
    return DATA / name


def test_the_goals_for_a_public_set_are_met() -> None:
    data = json.loads(needs("clinc150.json").read_text("utf-8"))
    rng = np.random.default_rng(0)
    texts: dict[str, list[str]] = {}
    for text, intent in data["train"]:
        texts.setdefault(intent, []).append(text)
    entries = [
        Entry(ArticleId(name), tuple(texts[name][place] for place in rng.permutation(len(texts[name]))[:5]))
        for name in sorted(texts)
    ]
    index = build(Corpus(tuple(entries)))

    def ask(text: str, right: str | None = None):
        found = index.rank(text)
        places = {each.article: place for place, each in enumerate(found)}
        return asked([each.confidence for each in found], places.get(right))

    inside = [ask(text, intent) for text, intent in data["test"][::3]]
    figures = summary(inside, [ask(text) for text in data["oos_test"][::2]])
    assert figures["R@1"] >= 0.75
    assert figures["MRR@3"] >= 0.81
    assert figures["AUROC"] >= 0.87
    assert figures["p>.5 wrong"] <= 0.04
    assert figures["p>.5 FAR"] <= 0.045
    assert figures["p>.5 correct"] >= 0.46


def test_what_is_shipped_is_what_its_data_gives() -> None:
    needs("hwu64.json")
    command = [sys.executable, "-m", "benchmarks.train_shipped", "--check"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("script", ["benchmarks.search", "benchmarks.train_shipped"])
def test_without_the_data_a_script_says_so_in_one_line(script: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", script, "--data", str(tmp_path)]
    said = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert said.returncode == 2
    assert len(said.stdout.splitlines()) == 1
    assert not said.stderr
