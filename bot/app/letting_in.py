"""One-time links on their way to a person: by mail or in Slack. They are kept nowhere, and stand in no log."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime

from bot.app.house import House
from bot.desk.ports import NotSent, Unsure
from bot.domain.people import Person
from bot.web.ports import Way
from bot.wording.say import say as word

log = logging.getLogger("driftsvagt")

Carry = Callable[[Person, str, str], None]  # to whom, subject, words; raises NotSent or Unsure


class Letters:
    """Sent beside the page that asked, so that its answer takes as long for an address that nobody has."""

    def __init__(self, carriers: Mapping[Way, Carry], address: str) -> None:
        """`address`: ours, as people reach it. A link never takes it from the request: anybody can write that."""
        self._carriers, self._address = carriers, address
        self._pool = ThreadPoolExecutor(1, "letters")

    @property
    def ways(self) -> tuple[Way, ...]:
        return tuple(self._carriers)

    def send_link(self, way: Way, person: Person, token: str) -> None:
        with suppress(RuntimeError):  # stopping: whoever waits asks again
            self._pool.submit(self._send, way, person, f"{self._address}/ind/{token}")

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _send(self, way: Way, person: Person, url: str) -> None:
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
