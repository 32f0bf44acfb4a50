"""The people of the fault test: they ask, and act on what they see. Their messenger repeats what was not received."""

from datetime import datetime

from bot.desk.ports import Known
from bot.domain.commands import (
    Ask,
    ChooseSystem,
    Claim,
    Command,
    Confirm,
    Delivery,
    ItDidNotHelp,
    ItHelped,
    Kind,
    Place,
    Resolve,
)
from bot.domain.people import PersonId, Role

Line = dict[str, object]


class Town:
    def __init__(self, known: Known, at: datetime) -> None:
        self._known = known
        self._at = at
        people = known.organisation.people.values()
        self._askers = [each for each in people if not each.has(Role.SUPERUSER) and not each.has(Role.IT)]
        self.unheard: dict[str, Delivery] = {}  # not yet received by the desk: sent again
        self.asked: dict[str, Place] = {}  # words → where they were asked
        self._ended: set[object] = set()  # words
        self._keys: set[str] = set()

    def ask(self) -> None:
        """Every other question comes from a messenger that cannot tell what it has sent."""
        number = len(self.asked)
        by = self._askers[number // 2 % len(self._askers)]
        place = Place(("web", "paper")[number % 2], Kind.DIRECT, by.id)
        words = f"Spørgsmål {number}"
        self.asked[words] = place
        self._send(f"ask-{number}", by.id, place, Ask(words))

    @property
    def under_way(self) -> int:
        return len(self.asked) - len(self._ended)

    def received(self, key: str) -> None:
        self.unheard.pop(key, None)

    def see(self, line: Line) -> None:
        """Whoever reads a message acts on it, once."""
        if line["state"] == "closed" or line["helped"]:
            self._ended.add(line["asked"])
        match line["notice"]:
            case "QuestionShown" if line["helped"] is None and not line["handed_over"] and not line["choosing"]:
                self._judge(line)
            case "SystemAsked" if not line["handed_over"]:
                system = line["choosing"][0] if line["choosing"] else None
                self._as_asker(line, f"system-{line['question']}", ChooseSystem(line["question"], system))
            case "TicketShown" if ":channel:" in str(line["place"]):
                self._help(line)
            case "TicketShown" if line["state"] == "resolved":
                by = PersonId(str(line["place"]).split(":")[2])
                place = self.asked[line["asked"]]
                self._send(f"confirm-{line['ticket']}", by, place, Confirm(line["ticket"]))
            case _:
                pass

    def _judge(self, line: Line) -> None:
        """Four of five are not helped."""
        question = str(line["question"])
        helped = int(str(line["asked"]).rsplit(" ", 1)[1]) % 5 == 0
        self._as_asker(line, f"judge-{question}", ItHelped(question) if helped else ItDidNotHelp(question))

    def _help(self, line: Line) -> None:
        group = self._known.organisation.groups[line["group"]]
        place = Place("web", Kind.CHANNEL, dict(group.channels)["web"])
        if line["state"] == "offered":
            self._send(f"claim-{line['ticket']}", group.members[0], place, Claim(line["ticket"]))
        elif line["state"] == "claimed":
            self._send(f"solve-{line['ticket']}", group.members[0], place, Resolve(line["ticket"], "Vend rullen."))

    def _as_asker(self, line: Line, key: str, command: Command) -> None:
        place = self.asked[line["asked"]]
        self._send(key, PersonId(place.who), place, command)

    def _send(self, key: str, by: PersonId, place: Place, command: Command) -> None:
        if key not in self._keys:
            self._keys.add(key)
            self.unheard[key] = Delivery(place.messenger, key, by, place, command, self._at)
