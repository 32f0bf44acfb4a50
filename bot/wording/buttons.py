"""Command ⇄ button value ("claim:1042"): one table both ways. A value comes from a client and is parsed strictly."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from bot.domain.articles import ArticleId
from bot.domain.commands import (
    Ask,
    AskPerson,
    Cancel,
    ChooseSystem,
    Claim,
    ComeBack,
    Command,
    Comment,
    Confirm,
    Correct,
    Dispute,
    Escalate,
    Explain,
    GoAway,
    HandOver,
    Help,
    Hold,
    ItDidNotHelp,
    ItHelped,
    JoinCase,
    Log,
    Milestone,
    Mine,
    Overview,
    Release,
    Reopen,
    Report,
    Resolve,
    Resume,
    Settle,
    ShowArticle,
    Status,
    Void,
)
from bot.domain.people import SystemId
from bot.domain.refusals import UnknownButton

_NUMBERED: dict[str, Callable[[int], Command]] = {
    "claim": Claim,
    "release": Release,
    "hold": Hold,
    "resume": Resume,
    "confirm": Confirm,
    "cancel": Cancel,
    "escalate": Escalate,
    "resolve": Resolve,
    "reopen": Reopen,
    "hand-over": HandOver,
}
_ASKED: dict[str, Callable[[str], Command]] = {"helped": ItHelped, "no-help": ItDidNotHelp}
_BARE: dict[str, Callable[[], Command]] = {
    "person": AskPerson,
    "help": Help,
    "mine": Mine,
    "overview": Overview,
    "back": ComeBack,
}
_VERBS: dict[object, str] = {kind: verb for verb, kind in (*_NUMBERED.items(), *_ASKED.items(), *_BARE.items())}
NOT_KNOWN = "-"  # the button "I do not know" of the systems


def value_of(command: Command) -> str:
    """The reference that goes through a client: never a word that a person wrote."""
    verb = _VERBS.get(type(command), "")
    match command:
        case Claim(n) | Release(n) | Hold(n) | Resume(n) | Confirm(n) | Cancel(n):
            return f"{verb}:{n}"
        case Escalate(n) | Resolve(n) | Reopen(n) | HandOver(n):
            return f"{verb}:{n}"
        case Comment(n, _, audience):
            return f"comment:{n}:{audience or ''}"
        case ItHelped(question) | ItDidNotHelp(question):
            return f"{verb}:{question}"
        case ShowArticle(question, article):
            return f"article:{question}:{article}"
        case ChooseSystem(question, system):
            return f"system:{question}:{system or NOT_KNOWN}"
        case JoinCase(number, case):
            return f"join:{number}:{case}"
        case Log(case, milestone, _, detail):
            return f"log:{case}:{milestone.value}:{detail}"
        case Correct(case, event):
            return f"correct:{case}:{event}"
        case Void(case, event):
            return f"void:{case}:{event}"
        case Dispute(case, pause):
            return f"dispute:{case}:{pause}"
        case Settle(case, pause, stands):
            return f"settle:{case}:{pause}:{'stands' if stands else 'falls'}"
        case Status(case_id):
            return f"status:{case_id}"
        case Explain(case_id):
            return f"explain:{case_id}"
        case GoAway():
            return "away"
        case Ask():
            return "ask"
        case AskPerson() | Help() | Mine() | Overview() | ComeBack():
            return verb


def command_of(value: str, form: Mapping[str, str] | None = None) -> Command:
    """The command of a button, with what a form added. Raises UnknownButton for anything else."""
    try:
        return _filled(_read(value), form or {})
    except (ValueError, KeyError, TypeError):
        raise UnknownButton from None


def _read(value: str) -> Command:
    verb, *rest = value.split(":")
    match verb, rest:
        case _, [n] if verb in _NUMBERED:
            return _NUMBERED[verb](_number(n))
        case _, [question] if verb in _ASKED and question:
            return _ASKED[verb](question)
        case _, [] if verb in _BARE:
            return _BARE[verb]()
        case "comment", [n, audience]:
            if audience not in {"", "employee", "internal"}:
                raise ValueError(audience)
            return Comment(_number(n), "", audience or None)
        case "article", [question, article]:
            return ShowArticle(question, ArticleId(article))
        case "system", [question, system]:
            return ChooseSystem(question, None if system == NOT_KNOWN else SystemId(system))
        case "join", [n, case]:
            return JoinCase(_number(n), _number(case))
        case "log", [case, milestone, *detail]:
            return Log(_number(case), Milestone(milestone), detail=":".join(detail))
        case "correct", [case, event]:
            return Correct(_number(case), _number(event))
        case "void", [case, event]:
            return Void(_number(case), _number(event))
        case "dispute", [case, pause]:
            return Dispute(_number(case), pause)
        case "settle", [case, pause, "stands" | "falls" as how]:
            return Settle(_number(case), pause, how == "stands")
        case "status", [case_id]:
            return Status(case_id)
        case "explain", [case_id]:
            return Explain(case_id)
        case "away", []:
            return GoAway()
        case "ask", []:
            return Ask("")
        case _:
            raise ValueError(value)


def _filled(command: Command, form: Mapping[str, str]) -> Command:
    """Only fields that people fill in; what the button refers to stays as it is."""
    if isinstance(command, HandOver):
        names = {each.name for each in fields(Report)}
        return replace(command, report=Report(**{name: text for name, text in form.items() if name in names}))
    open_fields = {"text", "note", "solution", "why", "at", "detail", "source", "until", "audience"}
    values: dict[str, Any] = {
        each.name: form[each.name] for each in fields(command) if each.name in open_fields and each.name in form
    }
    if isinstance(command, Comment) and values.get("audience") not in {None, "", "employee", "internal"}:
        raise ValueError(values["audience"])
    if isinstance(command, Comment) and "audience" in values:
        values["audience"] = values["audience"] or None  # "" means: let the rule decide
    return replace(command, **values) if values else command


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(text)
    return int(text)
