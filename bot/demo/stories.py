"""The kinds of stories there are: it helped; a superuser solved it; IT did; a supplier had to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo.stage import Stage, Story
from bot.domain.commands import (
    ChooseSystem,
    Claim,
    Confirm,
    Escalate,
    HandOver,
    Hold,
    ItDidNotHelp,
    ItHelped,
    Log,
    Milestone,
    Report,
    Resolve,
)
from bot.domain.people import SystemId


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def answered(stage: Stage, at: datetime, who: str, text: str, *, says_so: bool = True) -> Story:
    """The article was enough."""
    yield at
    question = stage.ask(who, text)
    if says_so:
        yield at + minutes(2)
        stage.act(who, ItHelped(question))


@dataclass(frozen=True)
class Asked:
    at: datetime
    who: str
    text: str
    system: str


def handed(stage: Stage, asked: Asked) -> int:
    """A ticket with the same words; the employee names the system if she is asked."""
    question = stage.ask(asked.who, asked.text)
    case = stage.act(asked.who, ItDidNotHelp(question))
    if not case:
        case = stage.act(asked.who, ChooseSystem(question, SystemId(asked.system)))
    return int(case.removeprefix("#"))


def waiting(stage: Stage, asked: Asked) -> Story:
    """Nobody has taken it yet."""
    yield asked.at
    handed(stage, asked)


def solved(
    stage: Stage,
    asked: Asked,
    helper: str,
    talk: Iterable[tuple[float, str, str]],
    solution: str,
    *,
    after: float = 4,
    confirms: bool = True,
) -> Story:
    """`talk` is (minutes after the claim, who, words); `after` is minutes until the claim."""
    yield asked.at
    number = handed(stage, asked)
    claimed = asked.at + minutes(after)
    yield claimed
    stage.act(helper, Claim(number))
    last = 3.0
    for last, who, words in talk:
        yield claimed + minutes(last)
        stage.comment(who, number, words)
    yield claimed + minutes(last + 6)
    stage.act(helper, Resolve(number, solution))
    if confirms:
        yield claimed + minutes(last + 15)
        stage.act(asked.who, Confirm(number))


def held(stage: Stage, asked: Asked, helper: str, question: str, *, after: float = 6) -> Story:
    """The helper asked back, and is waiting for the employee."""
    yield asked.at
    number = handed(stage, asked)
    yield asked.at + minutes(after)
    stage.act(helper, Claim(number))
    yield asked.at + minutes(after + 3)
    stage.comment(helper, number, question)
    stage.act(helper, Hold(number))


@dataclass(frozen=True)
class Step:
    """What the supplier did `at`; IT logs it a few minutes later."""

    at: datetime
    milestone: Milestone
    detail: str = ""
    source: str = "phone"
    note: str = ""


@dataclass(frozen=True)
class Escalated:
    asked: Asked
    superuser: str  # empty: it went straight to IT
    it: str
    handed_over: datetime
    report: Report
    steps: tuple[Step, ...]
    solution: str = ""


def with_supplier(stage: Stage, story: Escalated) -> Story:
    """From the employee to the supplier and, if there is a solution, all the way back."""
    yield story.asked.at
    number = handed(stage, story.asked)
    if story.superuser:
        yield story.asked.at + minutes(5)
        stage.act(story.superuser, Claim(number))
        yield story.asked.at + minutes(14)
        stage.act(story.superuser, Escalate(number, "Prøvet det sædvanlige. Det er ikke hos os."))
    yield story.handed_over - minutes(8)
    stage.act(story.it, Claim(number))
    yield story.handed_over
    case = int(stage.act(story.it, HandOver(number, story.report)).removeprefix("S-"))
    for step in story.steps:
        yield step.at + minutes(3)
        stage.act(story.it, _log(case, step))
    if story.solution:
        yield story.steps[-1].at + minutes(12)
        stage.act(story.it, Resolve(number, story.solution))
        yield story.steps[-1].at + minutes(40)
        stage.act(story.asked.who, Confirm(number))


def _log(case: int, step: Step) -> Log:
    return Log(case, step.milestone, step.at.strftime("%Y-%m-%d %H:%M"), step.detail, step.note, step.source)
