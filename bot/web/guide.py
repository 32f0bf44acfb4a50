"""What to click first in the demo: six steps through the whole story, each ticked off when it has happened."""

from dataclasses import dataclass, replace

from bot.desk.ports import Desk, Ledger
from bot.domain.people import Language, PersonId
from bot.domain.refusals import NoSuchCase
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import State, Ticket
from bot.web.words import say

MOST = 100  # tickets looked through for the visitor's own


@dataclass(frozen=True, slots=True)
class Step:
    """`case` is what it is about, `href` where it happens if that is a page; `label` and `why` are its words."""

    key: str
    case: str = ""
    href: str = ""
    done: bool = False
    now: bool = False
    label: str = ""
    why: str = ""

    def worded(self, language: Language, **names: str) -> "Step":
        named = self.case or self.key in {"ask", "report"}
        label = say(
            language, f"demo.step.{self.key}" if named else f"demo.step.{self.key}.none", case=self.case, **names
        )
        return replace(self, label=label, why=say(language, f"demo.step.{self.key}.why", **names))


class Guide:
    """Knows the numbers at which the demo began; everything else is read from what has happened since."""

    def __init__(self, desk: Desk, asker: PersonId, watcher: str) -> None:
        """`watcher` is the path of the one who looks after suppliers."""
        self._desk, self._asker, self._watcher = desk, asker, watcher
        with desk.store.reading() as ledger:
            numbers = [each.number for each in ledger.open_tickets() if each.state is State.OFFERED]
            mine = [each for each in numbers if ledger.ticket(each).requester == asker]
            self._first = max(mine, default=0)
            self._seen = max(numbers, default=0)

    def steps(self) -> tuple[Step, ...]:
        with self._desk.store.reading() as ledger:
            first, own = _there(ledger, self._first), self._own(ledger)
            case = _case(ledger, own)
        number = own.case_id if own else ""
        case_id = case.case_id if case else ""
        page = f"{self._watcher}/leverandoersag/{case.number}" if case else ""
        found = [
            Step("claim", first.case_id if first else "", done=first is not None and first.state is not State.OFFERED),
            Step("ask", done=own is not None),
            Step(
                "wait", number, done=own is not None and (own.tier.value != "superuser" or own.state is State.CLAIMED)
            ),
            Step("hand_over", number, done=case is not None),
            Step("log", case_id, page, done=case is not None and case.received_at is not None),
            Step("report", href=f"{self._watcher}/rapport"),
        ]
        following = next((nth for nth, each in enumerate(found) if not each.done), len(found) - 1)
        return tuple(replace(each, now=nth == following) for nth, each in enumerate(found))

    def _own(self, ledger: Ledger) -> Ticket | None:
        """The first that the visitor opened as the one who asks, once the story had begun."""
        for number in range(self._seen + 1, self._seen + MOST):
            ticket = _there(ledger, number)
            if ticket is None:
                return None
            if ticket.requester == self._asker:
                return ticket
        return None


def _case(ledger: Ledger, ticket: Ticket | None) -> SupplierCase | None:
    return ledger.case(ticket.supplier_case) if ticket and ticket.supplier_case else None


def _there(ledger: Ledger, number: int) -> Ticket | None:
    try:
        return ledger.ticket(number)
    except NoSuchCase:
        return None
