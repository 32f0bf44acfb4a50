"""One page that says how well the search answers: measures, whether its confidence means what it says, and what limits would do.

Self-contained: no script, nothing fetched. Every drawing has its table beside it.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from html import escape
from math import isnan
from typing import Any

from bot.domain.people import Language
from bot.domain.privacy import mask
from bot.wording.say import say

BINS = 10
STEPS = 50  # points of the curve
WORST = 20
SIDE, EDGE = 320, 40  # of a drawing, and what lies round it for its scales
Say = Callable[..., str]
_MEASURES = ("R@1", "MRR@3", "AUROC", "C@5", "W@5", "p>.5 correct", "p>.5 wrong", "p>.5 FAR", "C|sug")


@dataclass(frozen=True, slots=True)
class Point:
    """The first candidate of one question. `inside`: an article answers it."""

    p: float
    is_right: bool
    inside: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of about one confidence: their number, mean confidence, and the share that was right."""

    count: int
    said: float
    was: float


@dataclass(frozen=True, slots=True)
class Step:
    """Shares 0..1 at one limit: of the questions in scope right and wrong, of the others answered. None: there are none."""

    limit: float
    right: float
    wrong: float
    outside: float | None


def page(
    rows: Sequence[Mapping[str, Any]],
    summary: Mapping[str, float],
    proposed: tuple[float, float] | None,
    title: str,
    language: Language,
) -> str:
    """`rows` as `evaluate --json` prints them; `proposed`: the limits (answer, suggest) that these questions speak for."""
    points = [point(row) for row in rows]
    bins, steps = reliability(points), curve(points)
    inside = sum(each.inside for each in points)

    def t(key: str, **blanks: object) -> str:
        return escape(say(language, f"eval.{key}", **blanks))

    limits = t("no_limits")
    if proposed:
        limits = t("proposed", hi=f"{proposed[0]:.2f}", lo=f"{proposed[1]:.2f}", outside=len(rows) - inside)
    parts = [
        f"<header><h1>{t('title')}</h1><p>{escape(title)}. {t('lead', inside=inside, outside=len(rows) - inside)}</p></header>",
        f"<section><h2>{t('measures')}</h2>{_measures(summary, t)}<p>{limits}</p></section>",
        (
            f"<section><h2>{t('reliability')}</h2><p>{t('reliability.about', error=_share(calibration_error(bins), language))}</p>"
            f'<div class="two">{_reliability_drawing(bins, t)}{_reliability_table(bins, t, language)}</div></section>'
        ),
        (
            f"<section><h2>{t('curve')}</h2><p>{t('curve.about')}</p>"
            f'<div class="two">{_curve_drawing(steps, t)}{_curve_table(steps, t, language)}</div></section>'
        ),
        f"<section><h2>{t('worst')}</h2>{_worst(rows, t)}</section>",
    ]
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{t("title")}</title><style>{_STYLE}</style>'
    )
    return f'<!doctype html>\n<html lang="{language}"><head>{head}</head><body><main>{"".join(parts)}</main></body></html>\n'


def point(row: Mapping[str, Any]) -> Point:
    ranked = row["ranked"]
    first: Mapping[str, Any] = ranked[0] if ranked else {"id": None, "confidence": 0.0}
    return Point(
        first["confidence"], row["expect"] is not None and first["id"] == row["expect"], row["expect"] is not None
    )


def reliability(points: Sequence[Point]) -> list[Bin]:
    """Only what is not empty, the least confident first."""
    filled: dict[int, list[Point]] = {}
    for each in points:
        filled.setdefault(min(int(each.p * BINS), BINS - 1), []).append(each)
    return [
        Bin(len(each), sum(one.p for one in each) / len(each), sum(one.is_right for one in each) / len(each))
        for _, each in sorted(filled.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """How far confidence and truth are apart, on average over the questions, 0..1."""
    total = sum(each.count for each in bins)
    return sum(each.count * abs(each.said - each.was) for each in bins) / total if total else 0.0


def curve(points: Sequence[Point]) -> list[Step]:
    inside = [each for each in points if each.inside]
    outside = [each for each in points if not each.inside]
    return [_step(inside, outside, place / STEPS) for place in range(STEPS + 1)]


def _step(inside: Sequence[Point], outside: Sequence[Point], limit: float) -> Step:
    sure = [each for each in inside if each.p >= limit]
    right = sum(each.is_right for each in sure)
    count = max(1, len(inside))
    beyond = sum(each.p >= limit for each in outside) / len(outside) if outside else None
    return Step(limit, right / count, (len(sure) - right) / count, beyond)


def _measures(summary: Mapping[str, float], t: Say) -> str:
    rows = [(name, _figure(summary[name]), t(f"m.{name}")) for name in _MEASURES]
    return _table((t("measure"), "%", t("meaning")), rows, numbers={1})


def _figure(value: float) -> str:
    return "–" if isnan(value) else f"{100 * value:.1f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: AbstractSet[int]) -> str:
    """Of cells that are escaped already. The first of each row is its heading."""
    looks = [' class="r"' if place in numbers else "" for place in range(len(head))]
    top = "".join(f'<th scope="col"{look}>{cell}</th>' for cell, look in zip(head, looks, strict=True))
    lines = [
        f'<tr><th scope="row"{looks[0]}>{row[0]}</th>'
        + "".join(f"<td{look}>{cell}</td>" for cell, look in zip(row[1:], looks[1:], strict=True))
        + "</tr>"
        for row in rows
    ]
    return f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _reliability_drawing(bins: Sequence[Bin], t: Say) -> str:
    most = max((each.count for each in bins), default=1)
    dots = "".join(
        f'<circle cx="{_x(each.said)}" cy="{_y(each.was)}" r="{3 + 9 * (each.count / most) ** 0.5:.1f}"/>'
        for each in bins
    )
    line = f'<polyline class="a" points="{" ".join(f"{_x(each.said)},{_y(each.was)}" for each in bins)}"/>'
    ideal = f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    return _drawing("reliability", ideal + line + dots, t, ("axis.said", "axis.was"))


def _curve_drawing(steps: Sequence[Step], t: Say) -> str:
    lines = []
    for kind, name, values in (
        ("a", "right", [(each.limit, each.right) for each in steps]),
        ("b", "wrong", [(each.limit, each.wrong) for each in steps]),
        ("c", "outside", [(each.limit, each.outside) for each in steps if each.outside is not None]),
    ):
        if values:
            spots = " ".join(f"{_x(x)},{_y(y)}" for x, y in values)
            x, y = values[len(values) // 3]
            lines.append(
                f'<polyline class="{kind}" points="{spots}"/><text x="{_x(x)}" y="{_y(y) - 5}">{t(name)}</text>'
            )
    return _drawing("curve", "".join(lines), t, ("axis.limit", "axis.share"))


def _drawing(name: str, inner: str, t: Say, axes: tuple[str, str]) -> str:
    ticks = "".join(
        f'<text class="n" x="{_x(at / 4)}" y="{SIDE - EDGE + 16}" text-anchor="middle">{25 * at}</text>'
        f'<text class="n" x="{EDGE - 6}" y="{_y(at / 4) + 4}" text-anchor="end">{25 * at}</text>'
        for at in range(5)
    )
    frame = f'<path class="frame" d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}"/>'
    words = (
        f'<text x="{_x(0.5)}" y="{SIDE - 6}" text-anchor="middle">{t(axes[0])}</text>'
        f'<text x="{EDGE - 32}" y="14">{t(axes[1])}</text>'
    )
    return (
        f'<svg viewBox="0 0 {SIDE} {SIDE}" role="img" aria-labelledby="{name}-t"><title id="{name}-t">{t(f"{name}.title")}</title>'
        f"{frame}{ticks}{words}{inner}</svg>"
    )


def _reliability_table(bins: Sequence[Bin], t: Say, language: Language) -> str:
    rows = [(_share(each.said, language), _share(each.was, language), str(each.count)) for each in bins]
    return _table((t("axis.said"), t("axis.was"), t("count")), rows, {0, 1, 2})


def _curve_table(steps: Sequence[Step], t: Say, language: Language) -> str:
    rows = [
        (
            f"{each.limit:.1f}",
            _share(each.right, language),
            _share(each.wrong, language),
            "–" if each.outside is None else _share(each.outside, language),
        )
        for each in steps[:: STEPS // 10]
    ]
    return _table((t("axis.limit"), t("right"), t("wrong"), t("outside")), rows, {0, 1, 2, 3})


def _worst(rows: Sequence[Mapping[str, Any]], t: Say) -> str:
    """The most confident mistakes; numbers of people are masked, whatever the log holds."""
    wrong = [row for row in rows if row["outcome"] == "answer" and not point(row).is_right]
    lines = [
        (
            escape(mask(str(row["question"])).text),
            escape(row["expect"]) if row["expect"] else t("nothing"),
            escape(row["ranked"][0]["id"]),
            f"{100 * row['ranked'][0]['confidence']:.0f}",
        )
        for row in sorted(wrong, key=lambda row: -row["ranked"][0]["confidence"])[:WORST]
    ]
    if not lines:
        return f"<p>{t('worst.none')}</p>"
    return _table((t("question"), t("expected"), t("given"), t("axis.said")), lines, {3})


def _share(value: float, language: Language) -> str:
    said = f"{100 * value:.1f} %"
    return said.replace(".", ",") if language == "da" else said


def _x(value: float) -> float:
    return round(EDGE + value * (SIDE - 2 * EDGE), 1)


def _y(value: float) -> float:
    return round(SIDE - EDGE - value * (SIDE - 2 * EDGE), 1)


_STYLE = """
:root { color-scheme: light dark; --paper: light-dark(#f4f3ed, #0f1b1e); --ink: light-dark(#14282d, #edefe9);
  --soft: light-dark(#485a5d, #adbbb9); --line: light-dark(#dbd9ce, #2b4146); --a: light-dark(#0d5560, #82cdcb);
  --b: light-dark(#9f2819, #f7a291); --c: light-dark(#54487d, #c0b6e4); }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
main { display: grid; gap: 2rem; max-width: 62rem; margin: auto; padding: 1.5rem 1rem 3rem; }
main > *, .two > * { min-width: 0; }
h1, h2, p { margin: 0 0 .5rem; } p { max-width: 70ch; }
.two { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); align-items: start; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; overflow-wrap: anywhere; }
th, td { padding: .35rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; }
thead th { color: var(--soft); } .r { text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 100%; max-width: 26rem; } text { fill: var(--ink); font-size: 11px; } .n { fill: var(--soft); }
.frame, polyline, .ideal { fill: none; stroke: var(--soft); } polyline { stroke-width: 2; }
.ideal { stroke-dasharray: 2 4; } circle { fill: var(--a); fill-opacity: .7; }
.a { stroke: var(--a); } .b { stroke: var(--b); stroke-dasharray: 7 3; } .c { stroke: var(--c); stroke-dasharray: 2 3; }
"""
