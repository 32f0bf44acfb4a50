"""Plays a chat against the real desk and compares everything that anybody saw. Silence is asserted for free.

    man 10:00  Mia: Etiketprinteren skriver blanke etiketter        somebody writes to the bot
               bot til Mia: Det fandt jeg ikke et svar på …         what the bot says; … stands for anything
    man 10:02  Sam trykker [Jeg tager den] på #1                    a button of the newest message that has it
    man 10:05  Sam trykker [Løst] på #1: solution=Skift rullen      a button that opens a form, filled in (fields by |)
    man 10:06  Mia i #1: den virker stadig ikke                     written in the thread of a ticket
    tir 09:00  …                                                    time passes, and what it does is said

Days are those of the week of `start`, then of the next weeks: `man`, `tir`, …, with `+1 man` a week later.
"""

import difflib
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.desk.clocks import check
from bot.desk.delivery import deliver
from bot.desk.digest import tell_digest
from bot.desk.ports import Desk
from bot.desk.reception import handle, receive
from bot.domain.commands import Delivery, Kind, Place
from bot.domain.people import PersonId
from bot.domain.privacy import clean, mask
from bot.messengers.console import Console, Said, line_of
from bot.wording.buttons import command_of, value_of
from bot.wording.message import plain_text
from bot.wording.typed import understand

DAYS = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
_TIMED = re.compile(
    r"(?:\+(?P<week>\d) )?(?P<day>man|tir|ons|tor|fre|lør|søn) (?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s+(?P<rest>.*)$"
)
_PRESSES = re.compile(r"(?P<who>\w+) trykker \[(?P<label>[^]]+)\](?: på (?P<case>#\d+|S-\d+))?(?:: (?P<form>.*))?$")
_SAYS = re.compile(r"(?P<who>\w+)(?: i #(?P<thread>\d+))?: (?P<text>.*)$")


class Hands:
    """The clock of a play: it stands still until the script says otherwise."""

    def __init__(self, now: datetime) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at


@dataclass
class Player:
    desk: Desk
    console: Console
    hands: Hands
    start: datetime  # Monday 00:00 of the first week, local and aware

    def play(self, script: str) -> str:
        """The script as it really went: actions as written, and what the bot said to them."""
        out: list[str] = []
        self._digest_at: datetime | None = None
        for line in script.strip("\n").splitlines():
            said = line.strip()
            if not said or said.startswith(("bot til ", "bot retter ")) or self._bot_line(said):
                continue
            out += self._step(said)
        out += self._drain("")
        return "\n".join(out)

    def _bot_line(self, said: str) -> bool:
        found = _TIMED.match(said)
        return bool(found and found["rest"].startswith(("bot til ", "bot retter ")))

    def _step(self, said: str) -> list[str]:
        found = _TIMED.match(said)
        rest = said
        out: list[str] = []
        if found and self._digest_at is None:  # the play begins: this morning's digest is not part of it
            self.hands.at = self._moment(found)
            self._digest_at = tell_digest(self.desk)
        if found:
            out += self._pass_time(self._moment(found))
            rest = found["rest"]
        before = len(self.console.said)
        stamp = self._stamp() if found else " " * len(self._stamp())
        out.append(f"{stamp}  {rest}")
        if rest != "…":
            self._act(rest)
        self._drain("")
        return out + self._new_lines(before)

    def _pass_time(self, until: datetime) -> list[str]:
        """Every instant at which something is due, in order; what is said then carries its own time."""
        out: list[str] = []
        while (wake := self._next_wake(until)) is not None:
            self.hands.at = max(wake, self.hands.at)
            before = len(self.console.said)
            check(self.desk)
            if self._digest_at and self._digest_at <= self.hands.at:
                self._digest_at = tell_digest(self.desk)
            self._drain("")
            lines = self._new_lines(before)
            if lines:
                out.append(f"{self._stamp()}  {lines[0].strip()}")
                out += lines[1:]
        self.hands.at = max(until, self.hands.at)
        return out

    def _next_wake(self, until: datetime) -> datetime | None:
        with self.desk.store.reading() as ledger:
            times = [ledger.ticket(number).next_check_at for number in ledger.due_tickets(until, 1000)]
            times += [ledger.case(number).next_check_at for number in ledger.due_cases(until, 1000)]
        if self._digest_at and self._digest_at <= until:
            times.append(self._digest_at)
        known = [each for each in times if each is not None]
        outbox = self.desk.store.next_send_at()
        if outbox and self.hands.at < outbox <= until:
            known.append(outbox)
        return min(known, default=None)

    def _act(self, said: str) -> None:
        if pressed := _PRESSES.match(said):
            self._press(pressed)
        elif words := _SAYS.match(said):
            self._say(words)
        else:
            raise AssertionError(f"cannot read the line: {said}")

    def _press(self, pressed: re.Match[str]) -> None:
        who = PersonId(pressed["who"].lower())
        button, place = self._find(who, pressed["label"], pressed["case"])
        form, removed = {}, 0
        for field in filter(None, (pressed["form"] or "").split(" | ")):
            name, _, text = field.partition("=")
            masked = mask(clean(text))
            form[name], removed = masked.text, removed + masked.removed
        self._hand_in(who, place, command_of(button, form), removed)

    def _find(self, who: PersonId, label: str, case: str | None) -> tuple[str, Place]:
        """The newest button with that label that this person can see; also one whose message was updated since."""
        person = self.desk.knowledge.now().organisation.people[who]
        mine = {str(Place("web", Kind.DIRECT, who))}
        mine |= {channel for group in person.groups for _, channel in group.channels} | {
            str(group.id) for group in person.groups
        }
        for said in reversed(self.console.said):
            if str(said.place) not in mine and said.place.who not in mine:
                continue
            for button in said.message.buttons:
                value = value_of(button.command)
                number = case.lstrip("#S-") if case else ""
                if (
                    button.label == label
                    and not button.off
                    and (not case or f":{number}" in f":{value.split(':', 1)[1]}:")
                ):
                    return value, said.place
        raise AssertionError(f"{who} sees no button [{label}] {case or ''}")

    def _say(self, words: re.Match[str]) -> None:
        who = PersonId(words["who"].lower())
        masked = mask(clean(words["text"]))
        thread = words["thread"] or ""
        place = Place("web", Kind.THREAD, "ticket", thread) if thread else Place("web", Kind.DIRECT, who)
        self._hand_in(who, place, understand(masked.text, thread), masked.removed)

    def _hand_in(self, who: PersonId, place: Place, command: object, removed: int) -> None:
        self._count = getattr(self, "_count", 0) + 1
        delivery = Delivery("web", f"d{self._count}", who, place, command, self.hands.now(), removed)  # type: ignore[arg-type]
        assert receive(self.desk, delivery)
        handle(self.desk, delivery)
        assert not receive(self.desk, delivery), "a repeat changes nothing"

    def _drain(self, _: str) -> list[str]:
        while deliver(self.desk, "player"):
            pass
        return []

    def _new_lines(self, before: int) -> list[str]:
        indent = " " * (len(self._stamp()) + 2)
        return [f"{indent}{brief(said)}" for said in self.console.said[before:]]

    def _moment(self, found: re.Match[str]) -> datetime:
        days = DAYS.index(found["day"]) + 7 * int(found["week"] or 0)
        local = self.start + timedelta(days=days)
        local = local.replace(hour=int(found["hour"]), minute=int(found["minute"]), second=int(found["second"] or 0))
        return local.astimezone(self.hands.at.tzinfo)

    def _stamp(self) -> str:
        local = self.hands.at.astimezone(self.start.tzinfo)
        week = (local.date() - self.start.date()).days // 7
        seconds = f":{local.second:02}" if local.second else ""
        return f"{f'+{week} ' if week else ''}{DAYS[local.weekday()]} {local:%H:%M}{seconds}"


def brief(said: Said) -> str:
    """A card's clock stands in its words already; an update in place repeats neither the quote nor the facts."""
    message = replace(said.message, bars=())
    if said.updated:
        message = replace(message, quote="", fields=message.fields if not message.number else (), source=())
        if not message.number and not message.table and message.text:
            message = replace(message, text=(plain_text(message.text).splitlines()[0],))
    line = line_of(replace(said, message=message))
    return line.replace("bot til ", "bot retter hos ", 1) if said.updated else line


def compare(expected: str, actual: str) -> str:
    """Empty when they agree line by line; … in the expected text stands for anything."""
    wanted, got = (_lines(text) for text in (expected, actual))
    if len(wanted) == len(got) and all(_fits(want, have) for want, have in zip(wanted, got, strict=True)):
        return ""
    return "\n".join(difflib.unified_diff(wanted, got, "as written", "as it went", lineterm="", n=2))


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _fits(wanted: str, got: str) -> bool:
    parts = [re.escape(part) for part in wanted.split("…")]
    return re.fullmatch(".*".join(parts), got) is not None


def rewrite(file: Path, script: str, actual: str) -> None:
    """Put what really happened in the place of what was written, indented as it was."""
    source = file.read_text(encoding="utf-8")
    first = next(line for line in script.splitlines() if line.strip())
    indent = first[: len(first) - len(first.lstrip())]
    body = "\n".join(f"{indent}{line}" for line in actual.splitlines())
    closing = script[script.rstrip().__len__() :]
    file.write_text(source.replace(script, f"\n{body}{closing or chr(10)}"), encoding="utf-8")
