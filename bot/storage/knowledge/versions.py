"""The versions of each contract side by side: none twice, none at the same time as another, and which of them count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise
from typing import NamedTuple

from bot.domain.contracts import Contract, Contracts
from bot.storage.knowledge.locks import Lock
from bot.storage.knowledge.page import Page

_FROM = ("contract", "valid_from")
_VERSION = ("contract", "version")
_NOT_ACTIVATED = "is not activated: driftsvagt contract activate {file}"
_NOT_YET = "is not activated, and does not count before it is: driftsvagt contract activate {file}"


@dataclass(frozen=True, slots=True)
class Signed:
    """A version with the file it stands in and, once it is activated, its lock."""

    page: Page
    contract: Contract
    lock: Lock | None


def check_versions(pages: Iterable[Page]) -> None:
    """Reads the headings as they stand, so that a mistake elsewhere in a file hides nothing here."""
    headings = sorted(filter(None, map(_heading, pages)), key=lambda each: each[:3])
    for earlier, later in pairwise(headings):
        if earlier.contract == later.contract:
            _check_order(earlier, later)


def joined(signed: Iterable[Signed]) -> Contracts:
    """The versions that count, each ending where the next begins."""
    ordered = sorted(signed, key=lambda each: (each.contract.id, each.contract.version))
    found: list[Contract] = []
    for _, versions in groupby(ordered, key=lambda each: each.contract.id):
        found += _closed_up([each.contract for each in _counting(list(versions))])
    return Contracts(tuple(found))


class _Heading(NamedTuple):
    contract: str
    version: int
    since: date
    until: date | None
    page: Page


def _heading(page: Page) -> _Heading | None:
    heading = page.at(("contract",))
    match heading:
        case {"id": str(name), "version": int(version), "valid_from": date() as since}:
            until = heading.get("valid_to")
            return _Heading(name, version, since, until if isinstance(until, date) else None, page)
        case _:
            return None


def _check_order(old: _Heading, new: _Heading) -> None:
    if old.version == new.version:
        new.page.refuse(_VERSION, "of {contract} is already in {file}", contract=new.contract, file=old.page.file)
    elif new.since <= old.since:
        new.page.refuse(
            _FROM, "is not after that of version {version} ({day})", version=old.version, day=old.since.isoformat()
        )
    elif old.until and old.until > new.since:
        new.page.refuse(
            _FROM, "overlaps version {version}, which is valid to {day}", version=old.version, day=old.until.isoformat()
        )
    elif old.until and old.until < new.since:
        new.page.warn(
            _FROM, "leaves a gap: version {version} ends {day}", version=old.version, day=old.until.isoformat()
        )


def _counting(versions: Sequence[Signed]) -> Sequence[Signed]:
    """Once one version is activated, only activated ones count; before that the files can be tried as they are."""
    activated = [each for each in versions if each.lock]
    for each in versions:
        if not each.lock:
            each.page.warn(_VERSION, _NOT_YET if activated else _NOT_ACTIVATED, file=each.page.file)
    return activated or versions


def _closed_up(versions: Sequence[Contract]) -> list[Contract]:
    ends = [version.valid_from for version in versions[1:]]
    return [
        replace(version, valid_to=min(end, version.valid_to or end)) if end else version
        for version, end in zip(versions, [*ends, None], strict=True)
    ]
