"""`driftsvagt chat`: the whole desk in one terminal, forgotten when it ends. One person at a time; `/som sam` changes who."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from bot.demo.clock import DemoClock
from bot.desk.clocks import check
from bot.desk.delivery import deliver
from bot.desk.ports import Desk, Knowledge, Outlet, Search
from bot.desk.reception import handle, receive
from bot.domain.commands import Command, Delivery, Kind, Place
from bot.domain.people import PersonId, Role
from bot.domain.privacy import clean, mask
from bot.domain.refusals import UnknownButton
from bot.messengers.console import Console, Said
from bot.storage.memory import MemoryStore
from bot.suppliers.console import ConsoleSupplier
from bot.wording.buttons import command_of, value_of
from bot.wording.message import Button, Form, plain
from bot.wording.typed import understand

LONGEST_WAIT = 3000  # minutes: two days
ROLES = {
    Role.EMPLOYEE: "medarbejder",
    Role.SUPERUSER: "superbruger",
    Role.IT: "it",
    Role.CONTRACT_MANAGER: "kontraktansvarlig",
}
HELP = (
    "Skriv et spørgsmål, et tal for at trykke på en knap, /som NAVN for at være en anden, /frem 30 for at lade "
    "30 minutter gå, eller /slut."
)


@dataclass
class Chat:
    """`ask` prompts for one line and returns it; `show` prints. Ends on /slut or end of input."""

    knowledge: Knowledge
    search: Search
    clock: DemoClock
    who: PersonId
    ask: Callable[[str], str]
    show: Callable[[str], None]
    _keys: Iterator[int] = field(default_factory=count)
    _numbered: list[Button] = field(default_factory=list)
    _stood: dict[tuple[Place, str], list[str]] = field(default_factory=dict)  # what each message said last

    def __post_init__(self) -> None:
        self._console = Console(self._print)
        outlets: dict[str, Outlet] = {"console": self._console, "mail": ConsoleSupplier(self.show)}
        self._desk = Desk(
            MemoryStore(),
            self.knowledge,
            self.search,
            self.clock,
            outlets,
            lambda: secrets.token_urlsafe(9),
            ("console",),
        )

    def run(self) -> None:
        self.show(HELP)
        while True:
            try:
                said = self.ask(self.who)
            except (EOFError, KeyboardInterrupt):
                return
            if said.strip() in {"/slut", "/quit", "/exit"}:
                return
            self.step(said)

    def step(self, said: str) -> None:
        """One line, and everything that follows from it."""
        words = said.strip()
        if words.startswith(("/som ", "/as ")):
            self._become(words.split(maxsplit=1)[1])
        elif words.startswith("/frem"):
            self._wait(words.removeprefix("/frem").strip())
        elif words.isascii() and words.isdigit():
            self._press_number(int(words))
        elif words.startswith("/") and not words.startswith("//"):
            self.show(f"Den kommando kender jeg ikke. {HELP}")
        elif words:
            masked = mask(clean(words))
            self._hand_in(understand(masked.text), masked.removed)
        self._let_time_act()

    def _become(self, name: str) -> None:
        person = self.knowledge.now().organisation.people.get(PersonId(name.strip().lower()))
        if person is None:
            self.show(f"Jeg kender ingen, der hedder {name}.")
            return
        self.who = person.id
        self._numbered = []
        roles = ", ".join(ROLES[role] for role in Role if role in person.roles)
        self.show(f"Du er nu {person.name} ({roles}).")
        for place in (Place("console", Kind.DIRECT, person.id), *self._channels()):
            self._number(self._console.buttons_at(place))

    def _wait(self, said: str) -> None:
        """Minute by minute, so that everything happens at its own time."""
        if not (said.isascii() and said.isdigit() and int(said) <= LONGEST_WAIT):
            self.show(f"Skriv for eksempel /frem 30. Højst {LONGEST_WAIT} minutter.")
            return
        for _ in range(int(said)):
            self.clock.skip(timedelta(minutes=1))
            self._let_time_act()
        local = self.clock.now().astimezone(self.knowledge.now().organisation.zone)
        self.show(f"Klokken er nu {local:%H.%M}.")

    def _channels(self) -> list[Place]:
        person = self.knowledge.now().organisation.people[self.who]
        return [Place("console", Kind.CHANNEL, str(group.id)) for group in person.groups]

    def _press_number(self, number: int) -> None:
        if 0 < number <= len(self._numbered):
            self._press(self._numbered[number - 1])
        else:
            self.show(f"Der er ingen knap {number}.")

    def _press(self, button: Button) -> None:
        try:
            form = self._fill_in(button.form) if button.form else {}
            command = command_of(value_of(button.command), {name: mask(text).text for name, text in form.items()})
        except UnknownButton:
            self.show("Den knap findes ikke længere.")
            return
        self._hand_in(command, sum(mask(text).removed for text in form.values()))

    def _fill_in(self, form: Form) -> dict[str, str]:
        self.show(form.title)
        answers = {}
        for field_ in form.inputs:
            for value, label in field_.options:
                self.show(f"  {value}: {label}")
            hint = f" ({field_.hint})" if field_.hint else ""
            default = f" [{field_.initial}]" if field_.initial else ""
            answers[field_.id] = clean(self.ask(f"  {field_.label}{hint}{default}")) or field_.initial
        return answers

    def _hand_in(self, command: Command, removed: int) -> None:
        place = Place("console", Kind.DIRECT, self.who)
        delivery = Delivery("console", str(next(self._keys)), self.who, place, command, self.clock.now(), removed)
        receive(self._desk, delivery)
        handle(self._desk, delivery)

    def _let_time_act(self) -> None:
        check(self._desk)
        while deliver(self._desk, "chat") is not None:
            pass

    def _print(self, said: Said) -> None:
        mine = said.place.who == self.who or said.place in self._channels()
        buttons = [each for each in said.message.buttons if mine and not (each.chosen or each.off)]
        lines = [line for line in plain(said.message).splitlines() if not line.startswith("[") or not mine]
        new = self._news(said, lines)
        if not new and said.updated:
            return
        self.show("")
        self.show(f"→ {said.to}{', rettet' if said.updated else ''}")
        for line in new:
            self.show(f"  {line}")
        self._number(buttons)

    def _news(self, said: Said, lines: list[str]) -> list[str]:
        """Of a message that was changed only what it did not say before, under its first line."""
        at = (said.place, said.message.key or str(said.row))
        before, self._stood[at] = self._stood.get(at, []), lines
        if not said.updated:
            return lines
        changed = [line for line in lines[1:] if line not in before]
        return [*lines[:1], *changed] if changed or lines[:1] != before[:1] else []

    def _number(self, buttons: list[Button]) -> None:
        for button in buttons:
            self._numbered.append(button)
            self.show(f"  {len(self._numbered)}  [{button.label}]")
