"""Whose an account is that was proven elsewhere: by the organisation file, by the first link, or by a verified address."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.desk.ports import Knowledge
from bot.domain.people import Account, Person, PersonId
from bot.web.ports import Stranger

log = logging.getLogger("driftsvagt")

MESSENGER = "oidc"


@dataclass(frozen=True, slots=True)
class Proven:
    """What the provider vouches for. `email` is empty unless it says that the address is verified."""

    workspace: str  # the tenant, or the issuer
    account: str  # the object id, or the subject
    email: str = ""


class Accounts(Protocol):
    """Who is who. The first link stands."""

    def link(self, account: Account) -> Account: ...
    def person(self, messenger: str, workspace: str, account: str) -> PersonId | None: ...
    def of(self, person: PersonId) -> Sequence[Account]: ...


class Whose:
    def __init__(self, accounts: Accounts, knowledge: Knowledge) -> None:
        self._accounts, self._knowledge = accounts, knowledge

    def person(self, proven: Proven) -> PersonId | Stranger:
        """Somebody whom the organisation has now, or a stranger, of whom nothing is kept."""
        organisation = self._knowledge.now().organisation
        if written := organisation.by_account(MESSENGER, proven.account):
            return written.id
        linked = self._accounts.person(MESSENGER, proven.workspace, proven.account)
        if linked:
            somebody = organisation.people.get(linked)
            return linked if somebody and not _is_written_elsewhere(somebody) else Stranger(proven.account)
        named = [each for each in organisation.people.values() if _has(each, proven.email)]
        person = self._link(proven, named[0]) if len(named) == 1 else None
        return person or Stranger(proven.account)

    def _link(self, proven: Proven, person: Person) -> PersonId | None:
        """Once: an address that has moved to another account moves no rights."""
        others = [each for each in self._accounts.of(person.id) if each.messenger == MESSENGER]
        if _is_written_elsewhere(person) or any(each.workspace == proven.workspace for each in others):
            log.warning("oidc: %s signs in with another account already; see driftsvagt doctor", person.id)
            return None
        linked = self._accounts.link(Account(MESSENGER, proven.workspace, proven.account, person.id)).person
        return linked if linked == person.id else None


def _is_written_elsewhere(person: Person) -> bool:
    """The file says which account is theirs, and it was not this one."""
    return any(messenger == MESSENGER for messenger, _ in person.accounts)


def _has(person: Person, email: str) -> bool:
    return bool(email) and person.email.casefold() == email.strip().casefold()
