"""Do questions that ask for the same thing come together? Purity of the clusters behind `driftsvagt knowledge gaps`.

python -m benchmarks.gaps [--data DIR]    500 questions of known kinds, three draws: the sample knowledge, and CLINC150 where it is there
"""

import argparse
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.search.clustering import clusters, purity
from bot.storage.knowledge import load

ROOT = Path(__file__).parent.parent
COUNT = 500
NEAR = 60  # percent: the cut of the peer, chosen so that it makes about as many clusters

Log = tuple[list[str], list[str], list[object]]  # words, kinds, what may not be mixed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    row(
        "log of 500 questions",
        "kinds",
        "clusters",
        "purity",
        "pairs together",
        "seconds",
        "rapidfuzz: clusters",
        "purity",
    )
    report("sample knowledge, systems known", sample, True)
    report("sample knowledge, words only", sample, False)
    if (options.data / "clinc150.json").is_file():
        told = json.loads((options.data / "clinc150.json").read_text())["val"]
        report("CLINC150 validation, words only", lambda seed: clinc(told, seed), False)
    else:
        print(f"CLINC150 was not measured: there is no {options.data / 'clinc150.json'}")


def sample(seed: int) -> Log:
    known = load(ROOT / "knowledge", date(2026, 11, 24)).known
    assert known
    every = [
        (text, str(each.id), each.system)
        for each in known.articles.values()
        for text in (*each.golden.matches, *each.phrasings)
    ]
    drawn = random.Random(seed).sample(every, COUNT)
    return [text for text, _, _ in drawn], [kind for _, kind, _ in drawn], [system for *_, system in drawn]


def clinc(told: Sequence[Sequence[str]], seed: int) -> Log:
    """As a log is: a few kinds are asked for often, many seldom."""
    drawn = random.Random(seed)
    kinds: dict[str, list[str]] = {}
    for text, kind in told:
        kinds.setdefault(kind, []).append(text)
    chosen = [
        (text, kind)
        for nth, kind in enumerate(drawn.sample(sorted(kinds), 90))
        for text in kinds[kind][: max(2, 20 - nth // 4)]
    ]
    log = drawn.sample(chosen, min(COUNT, len(chosen)))
    return [text for text, _ in log], [kind for _, kind in log], []


def report(name: str, draw, by_system: bool) -> None:
    found, theirs, seconds = [], [], []
    for seed in range(3):
        words, kinds, systems = draw(seed)
        began = time.perf_counter()
        mine = clusters(words, apart=systems if by_system else ())
        seconds.append(time.perf_counter() - began)
        found.append((len(set(kinds)), len(mine), purity(mine, kinds), together(mine, kinds)))
        peer = by_ratio(words)
        theirs.append((len(peer), purity(peer, kinds)))
    ours = [statistics.mean(each) for each in zip(*found, strict=True)]
    peers = [statistics.mean(each) for each in zip(*theirs, strict=True)]
    row(
        name,
        f"{ours[0]:.0f}",
        f"{ours[1]:.0f}",
        f"{ours[2]:.3f}",
        f"{ours[3]:.2f}",
        f"{statistics.mean(seconds):.2f}",
        f"{peers[0]:.0f}",
        f"{peers[1]:.3f}",
    )


def together(found: Sequence[Sequence[int]], kinds: Sequence[str]) -> float:
    """The share of pairs of one kind that are in one cluster."""
    of = {place: nth for nth, each in enumerate(found) for place in each}
    pairs = sum(count * (count - 1) // 2 for count in Counter(kinds).values())
    kept = Counter((of[place], kind) for place, kind in enumerate(kinds))
    return sum(count * (count - 1) // 2 for count in kept.values()) / max(1, pairs)


def by_ratio(words: Sequence[str]) -> list[list[int]]:
    """The peer: each question joins the first one that rapidfuzz's token_set_ratio finds near enough."""
    found: list[list[int]] = []
    for place, text in enumerate(words):
        best = process.extractOne(
            text, [words[each[0]] for each in found], scorer=fuzz.token_set_ratio, score_cutoff=NEAR
        )
        if best:
            found[best[2]].append(place)
        else:
            found.append([place])
    return found


def row(*cells: str) -> None:
    print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
