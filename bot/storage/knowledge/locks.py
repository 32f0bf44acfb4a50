"""Activation: what was agreed is written beside the contract, so that no library and no edit changes it afterwards."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import PurePath
from typing import Any, Literal

import yaml
from pydantic import Field

from bot.domain.contracts import Contract
from bot.storage.knowledge.closed_days import holidays_version, tzdata_version
from bot.storage.knowledge.page import Page
from bot.storage.knowledge.shape import Shape, part

SUFFIX = ".lock.yaml"
_HEADING = """\
# Written by `driftsvagt contract activate`. The contract beside it is in force as it was then; a change is a new version.
"""


class Lock(Shape):
    """`closed` has every closed day of each calendar, up to and without `closed_until`."""

    schema_number: Literal[1] = Field(alias="schema")
    contract: str
    version: int
    activated_on: date
    content: str
    tzdata: str
    holidays: str
    closed_until: date
    closed: dict[str, list[date]]

    def closed_days(self) -> Mapping[str, frozenset[date]]:
        return {name: frozenset(days) for name, days in self.closed.items()}


def lock_name(file: str) -> str:
    return str(PurePath(file).with_suffix("")) + SUFFIX


def content_hash(value: Any) -> str:
    """Of what the file says: comments, layout and the order of keys may change, no value may."""
    said = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"


def lock_text(contract: Contract, closed_until: date, today: date) -> str:
    """The text of the lock file. The same contract on the same day gives the same text."""
    own = contract.kind == "contract"  # an agreement uses the house's calendars, which are not signed
    closed = {name: sorted(each.versions[-1].closed) for name, each in contract.calendars.items() if own}
    said = {
        "schema": 1,
        "contract": contract.id,
        "version": contract.version,
        "activated_on": today,
        "content": contract.content_hash,
        "tzdata": tzdata_version(),
        "holidays": holidays_version(),
        "closed_until": closed_until,
        "closed": closed,
    }
    return _HEADING + yaml.safe_dump(said, sort_keys=False, allow_unicode=True, default_flow_style=None, width=120)


def lock_of(page: Page, contract: Page) -> Lock | None:
    """The lock on its page, if it is whole and about this contract as it stands now."""
    lock = part(page, (), Lock, {})
    if lock is None or contract.refused:
        return None  # a contract that cannot be read is told once, not as a change of what was activated
    for key, said in (("contract", lock.contract), ("version", lock.version)):
        place = ("contract", "id" if key == "contract" else key)
        if contract.at(place) != said:
            page.refuse((key,), "is not what {file} says", file=contract.file)
            return None
    if content_hash(contract.value) != lock.content:
        day = lock.activated_on.isoformat()
        contract.refuse(
            ("contract", "version"),
            "was activated on {day} with other content: undo the change, or make it a new version in a file of its own",
            day=day,
        )
        return None
    return lock
