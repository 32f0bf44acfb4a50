"""One-time links on their way to a person: by mail or in Slack. They are kept nowhere, and stand in no log."""

import logging
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.app.house import House
from bot.desk.ports import NotSent, Unsure
from bot.domain.people import Person, PersonId
from bot.web.ports import Way
from bot.wording.say import say as word

log = logging.getLogger("driftsvagt")

MakeLink = Callable[[str, PersonId, datetime], None]  # its token, whose it is, until when
Carry = Callable[[Person, str, str], None]  # to whom, subject, words; raises NotSent or Unsure


class Letters:
    """Made and sent beside the page that asked: its answer waits for neither, so it tells nobody whether there was one."""

    def __init__(self, carriers: Mapping[Way, Carry], address: str, make: MakeLink) -> None:
        """`address`: ours, as people reach it. A link never takes it from the request: anybody can write that."""
        self._carriers, self._address, self._make = carriers, address, make
        self._pool = ThreadPoolExecutor(1, "letters")

    @property
    def ways(self) -> tuple[Way, ...]:
        return tuple(self._carriers)

    def send_link(self, way: Way, person: Person | None, until: datetime) -> None:
        with suppress(RuntimeError):  # stopping: whoever waits asks again
            self._pool.submit(self._send, way, person, until)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _send(self, way: Way, person: Person | None, until: datetime) -> None:
        if person is None:
            return
        token = secrets.token_urlsafe(32)
        try:
            self._make(token, person.id, until)
        except SQLAlchemyError:
            log.exception("a login link could not be kept, and was not sent")
            return
        url = f"{self._address}/ind/{token}"
        subject = word(person.language, "link.subject")
        words = word(person.language, "link.words", name=person.name, url=url)
        try:
            self._carriers[way](person, subject, words)
        except (NotSent, Unsure) as fault:
            log.warning("a login link by %s was not sent: %s", way, getattr(fault, "why", fault))


def carriers(house: House) -> Mapping[Way, Carry]:
    found: dict[Way, Carry] = {}
    if house.slack:
        outlet = house.slack.outlet
        found["slack"] = lambda person, _, words: outlet.tell(person.id, words)
    mail, say = house.desk.outlets.get("mail"), house.say
    if house.settings.smtp_url:
        from bot.suppliers.email import EmailSupplier

        if isinstance(mail, EmailSupplier):
            found["mail"] = mailed(mail.write, house.desk.clock.now)
    elif say:
        found["mail"] = lambda person, subject, words: say(f"{person.name} <{person.email}>\n\n{subject}\n\n{words}")
    return found


def mailed(write: Callable[[str, str, str, str, datetime], None], now: Callable[[], datetime]) -> Carry:
    return lambda person, subject, words: write(person.name, person.email, subject, words, now())
