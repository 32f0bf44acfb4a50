"""Spans of text as paragraphs and lists: an answer with steps is written as lines "1. …" or "- …"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.wording.message import Span

_STEP = re.compile(r"\d{1,2}\.\s+")
_POINT = re.compile(r"[-•]\s+")
Kind = Literal["p", "ol", "ul"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph has one line or more, shown one under the other; a list has one line for each item."""

    kind: Kind
    lines: tuple[tuple[Span, ...], ...] = field(default=())


def blocks(text: Iterable[Span]) -> list[Block]:
    """An empty line ends a block, and so does another kind of line."""
    found: list[Block] = []
    fresh = True
    for line in _lines(text):
        if not any(line):
            fresh = True
            continue
        kind, spans = _kind(line)
        if fresh or not found or found[-1].kind != kind:
            found.append(Block(kind))
        found[-1] = replace(found[-1], lines=(*found[-1].lines, spans))
        fresh = False
    return found


def _lines(text: Iterable[Span]) -> Iterator[tuple[Span, ...]]:
    line: list[Span] = []
    for span in text:
        if not isinstance(span, str):
            line.append(span)
            continue
        first, *rest = span.split("\n")
        line.append(first)
        for piece in rest:
            yield _tidy(line)
            line = [piece]
    yield _tidy(line)


def _tidy(line: list[Span]) -> tuple[Span, ...]:
    blank = all(isinstance(span, str) and not span.strip() for span in line)
    return () if blank else tuple(span for span in line if span)


def _kind(line: tuple[Span, ...]) -> tuple[Kind, tuple[Span, ...]]:
    first = line[0]
    if isinstance(first, str):
        if step := _STEP.match(first):
            return "ol", (first[step.end() :], *line[1:])
        if point := _POINT.match(first):
            return "ul", (first[point.end() :], *line[1:])
    return "p", line
