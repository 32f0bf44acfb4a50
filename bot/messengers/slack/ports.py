"""What this messenger is given of the world: accounts, what was posted where, and hands that do the work."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.commands import Delivery, Done, Place
from bot.domain.people import Account, PersonId
from bot.domain.refusals import Refused

MESSENGER = "slack"
Then = Callable[[Done | Refused], object]


class NotKept(Exception):
    """The inbox could not be written: nothing was acknowledged, and Slack repeats."""


class Accounts(Protocol):
    """Who is who. The first link stands."""

    def link(self, account: Account) -> Account: ...
    def person(self, messenger: str, workspace: str, account: str) -> PersonId | None: ...
    def of(self, person: PersonId) -> Sequence[Account]: ...


class Cards(Protocol):
    """What stands where: a message's id is "channel:ts"."""

    def message(self, place: Place, key: str) -> str | None: ...
    def card(self, place: Place, case: str) -> str | None: ...
    def key(self, place: Place, message_id: str) -> str | None: ...
    def note(self, place: Place, key: str, message_id: str, now: datetime) -> None: ...


class Hands(Protocol):
    """The desk's workers. What is taken is committed; what is begun is done soon, in order for each person."""

    def take(self, delivery: Delivery) -> bool:
        """False if it is known already. Raises NotKept."""
        ...

    def begin(self, delivery: Delivery, then: Then | None = None) -> None: ...

    def settle(self, delivery: Delivery) -> Done | Refused:
        """Now, in this thread."""
        ...

    def again(self, delivery: Delivery) -> Done | Refused:
        """What came of one that was taken before; if nothing yet, it is settled."""
        ...
