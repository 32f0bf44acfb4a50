"""Who comes in: accounts of messengers, one-time login links, web sessions; and a few words about the database itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update

from bot.domain.people import Account, PersonId
from bot.storage.engine import Database, insert_into
from bot.storage.scalars import instant, micros
from bot.storage.tables import accounts, links, meta, sessions

LOOKS = 50  # how often in its idle time it is noted that a session is used: a page should not cost a write


class Accounts:
    def __init__(self, database: Database) -> None:
        self._database = database

    def link(self, account: Account) -> Account:
        """The first link stands: what is returned may name another person. To move it, unlink first."""
        row = {
            "messenger": account.messenger,
            "workspace": account.workspace,
            "account": account.account,
            "person": account.person,
        }
        with self._database.writing() as connection:
            connection.execute(insert_into(connection, accounts).values(row).on_conflict_do_nothing())
            person = connection.execute(select(accounts.c.person).where(_is(account))).scalar_one()
            return Account(account.messenger, account.workspace, account.account, PersonId(person))

    def unlink(self, account: Account) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(accounts).where(_is(account), accounts.c.person == account.person))

    def person(self, messenger: str, workspace: str, account: str) -> PersonId | None:
        this = select(accounts.c.person).where(_is(Account(messenger, workspace, account, PersonId(""))))
        with self._database.glancing() as connection:
            return connection.execute(this).scalar()

    def of(self, person: PersonId) -> Sequence[Account]:
        with self._database.glancing() as connection:
            found = connection.execute(select(accounts).where(accounts.c.person == person).order_by(*accounts.c))
            return [Account(*row) for row in found]

    def all(self) -> Sequence[Account]:
        with self._database.glancing() as connection:
            return [Account(*row) for row in connection.execute(select(accounts).order_by(*accounts.c))]


class Sessions:
    """Tokens are the caller's, unguessable; only their hashes are kept.

    A session that nobody used for `idle` has ended, however long it could have lasted.
    """

    def __init__(self, database: Database, idle: timedelta = timedelta(days=7)) -> None:
        self._database = database
        self._idle = idle

    def make_link(self, token: str, person: PersonId, expires_at: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(insert(links).values(_row(token, person, expires_at)))

    def come_in(self, link: str, session: str, now: datetime, until: datetime) -> PersonId | None:
        """The link is used up and the session begun, both or neither. Whose it was; None if it is unknown, too old or used.

        Of two who press at once, one gets in.
        """
        fresh = and_(links.c.token_hash == _hash(link), links.c.consumed_at.is_(None), links.c.expires_at > micros(now))
        used = update(links).where(fresh).values(consumed_at=micros(now)).returning(links.c.person)
        with self._database.writing() as connection:
            person = connection.execute(used).scalar()
            if person is not None:
                connection.execute(insert(sessions).values(_row(session, person, until)))
            return person

    def begin(self, token: str, person: PersonId, expires_at: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(insert(sessions).values(_row(token, person, expires_at)))

    def person(self, token: str, now: datetime) -> PersonId | None:
        mine = sessions.c.token_hash == _hash(token)
        asked = select(sessions.c.person, sessions.c.seen_at).where(mine, sessions.c.expires_at > micros(now))
        with self._database.glancing() as connection:
            found = connection.execute(asked).one_or_none()
        if found is None or (found.seen_at is not None and now - instant(found.seen_at) >= self._idle):
            return None
        if found.seen_at is None or now - instant(found.seen_at) >= self._idle / LOOKS:
            seen = update(sessions).where(mine).values(seen_at=micros(now))
            # Nobody waits for the disk: after a power cut somebody may have to sign in a little sooner.
            self._database.together(lambda connection: connection.execute(seen), hasty=True)
        return PersonId(found.person)

    def end(self, token: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))

    def end_all(self, person: PersonId) -> None:
        """Everywhere they are logged in, and every link they have not used."""
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.person == person))
            connection.execute(delete(links).where(links.c.person == person))

    def purge(self, now: datetime) -> None:
        with self._database.writing() as connection:
            unused = sessions.c.seen_at <= micros(now - self._idle)
            connection.execute(delete(sessions).where(or_(sessions.c.expires_at <= micros(now), unused)))
            connection.execute(delete(links).where(links.c.expires_at <= micros(now)))


class Meta:
    """A few words by name, such as the demo's clock."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, key: str) -> str | None:
        with self._database.glancing() as connection:
            return connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()

    def write(self, key: str, value: str) -> None:
        with self._database.writing() as connection:
            statement = insert_into(connection, meta).values(key=key, value=value)
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


class Shares:
    """How often the links that show a supplier case were withdrawn."""

    def __init__(self, meta: Meta) -> None:
        self._meta = meta

    def edition(self, case: int) -> int:
        return int(self._meta.read(f"shown/S-{case}") or 0)

    def withdraw(self, case: int) -> None:
        self._meta.write(f"shown/S-{case}", str(self.edition(case) + 1))


def _is(account: Account) -> ColumnElement[bool]:
    return and_(
        accounts.c.messenger == account.messenger,
        accounts.c.workspace == account.workspace,
        accounts.c.account == account.account,
    )


def _row(token: str, person: PersonId, expires_at: datetime) -> dict[str, Any]:
    return {"token_hash": _hash(token), "person": person, "expires_at": micros(expires_at)}


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
