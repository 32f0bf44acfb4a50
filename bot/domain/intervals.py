"""Half-open interval sets [a, b) over UTC seconds: the only interval arithmetic there is.

A *set* is a tuple of pairs in order, disjoint, not touching, none of them empty; `union` makes one of any pairs.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise

Interval = tuple[int, int]
Intervals = tuple[Interval, ...]

FOREVER = 1 << 60  # the end of what has not ended


class NaiveTime(ValueError):
    """A moment without an offset cannot be placed on the line of time."""


def seconds(at: datetime) -> int:
    """The instant as whole UTC seconds; fractions are cut off."""
    if at.tzinfo is None:
        raise NaiveTime(f"needs an offset or Z, got {at.isoformat()}")
    return int(at.timestamp() // 1)


def moment(instant: int) -> datetime:
    return datetime.fromtimestamp(instant, UTC)


def union(*sets: Iterable[Interval]) -> Intervals:
    """Everything covered by any pair of any set; pairs may come in any order, overlap, touch or be empty."""
    pairs = sorted(pair for pairs in sets for pair in pairs if pair[0] < pair[1])
    merged: list[Interval] = []
    for start, end in pairs:
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def intersect(these: Intervals, those: Intervals) -> Intervals:
    both: list[Interval] = []
    here = there = 0
    while here < len(these) and there < len(those):
        start = max(these[here][0], those[there][0])
        end = min(these[here][1], those[there][1])
        if start < end:
            both.append((start, end))
        if these[here][1] < those[there][1]:
            here += 1
        else:
            there += 1
    return tuple(both)


def subtract(these: Intervals, those: Intervals) -> Intervals:
    """What is in these and not in those."""
    if not these:
        return ()
    return intersect(these, gaps(those, these[0][0], these[-1][1]))


def gaps(these: Intervals, start: int, end: int) -> Intervals:
    """What is left of [start, end) between the pairs."""
    edges = [start, *(edge for pair in clip(these, start, end) for edge in pair), end]
    return tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)


def clip(these: Intervals, start: int, end: int) -> Intervals:
    """The part of these inside [start, end)."""
    return tuple((max(a, start), min(b, end)) for a, b in these if a < end and start < b and start < end)


def measure(these: Intervals) -> int:
    return sum(end - start for start, end in these)


def walk(start: int, end: int, *sets: Intervals) -> Iterator[tuple[int, int, tuple[bool, ...]]]:
    """[start, end) in pieces, each with whether it lies in each of the sets; no piece is empty."""
    edges = {start, end}
    for each in sets:
        edges.update(edge for pair in each for edge in pair if start < edge < end)
    ordered = sorted(edges)
    places = [0] * len(sets)
    for a, b in pairwise(ordered):
        for which, each in enumerate(sets):
            while places[which] < len(each) and each[places[which]][1] <= a:
                places[which] += 1
        yield a, b, tuple(place < len(each) and each[place][0] <= a for place, each in zip(places, sets, strict=True))
