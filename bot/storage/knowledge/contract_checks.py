"""What one contract must hold together: ids, severities with their targets, dates. Reads the page, so that it always has its say."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.storage.knowledge.page import Page, Place

_NEEDED = ("reaction", "resolution")


def check_contract(page: Page) -> None:
    _check_head(page)
    _check_once(page, "severities")
    _check_once(page, "targets")
    _check_one_target_each(page)
    _check_severities_have_targets(page)
    _check_pausable_reactions(page)


def _check_head(page: Page) -> None:
    since, until = page.at(("contract", "valid_from")), page.at(("contract", "valid_to"))
    if isinstance(since, date) and isinstance(until, date) and until <= since:
        page.refuse(("contract", "valid_to"), "is not after valid_from; it is the first day that is not included")
    if page.at(("contract", "kind")) == "agreement":
        for place in (("contract", "supplier"), ("contract", "systems"), ("calendars",), ("availability",)):
            if page.at(place):
                page.refuse(place, _INSTEAD.get(place, "does not belong in the house's own agreement"))
    else:
        for place in (("contract", "supplier"), ("contract", "systems"), ("calendars",)):
            if not page.at(place):
                page.refuse(place, "is missing: a contract has a supplier, systems and calendars of its own")


_INSTEAD: dict[Place, str] = {
    ("calendars",): "does not belong in the house's own agreement; its calendars stand in calendars.yaml"
}


def _check_once(page: Page, key: str) -> None:
    seen: dict[Any, Place] = {}
    for place, each in _mappings(page, key):
        name = str(each.get("id"))
        if name in seen:
            page.refuse((*place, "id"), "is used twice (first in line {first})", first=page.line(seen[name]))
        seen.setdefault(name, place)


def _check_one_target_each(page: Page) -> None:
    seen: dict[tuple[str, str, str], Place] = {}
    for place, each in _mappings(page, "targets"):
        key = (str(each.get("severity")), str(each.get("kind")), _party(page, each))
        if key in seen:
            severity, kind, party = key
            first = page.line(seen[key])
            page.refuse(
                place,
                "is a second {kind} target of {party} for severity {severity} (first in line {first})",
                kind=kind,
                party=party,
                severity=severity,
                first=first,
            )
        seen.setdefault(key, place)


def _check_severities_have_targets(page: Page) -> None:
    for place, severity in _mappings(page, "severities"):
        kinds = {
            str(each.get("kind"))
            for _, each in _mappings(page, "targets")
            if each.get("severity") == severity.get("id") and (_is_agreement(page) or _party(page, each) == "supplier")
        }
        missing = [kind for kind in _NEEDED if kind not in kinds]
        if missing:
            page.refuse(place, "has no target of kind {missing}", missing=", ".join(missing))


def _check_pausable_reactions(page: Page) -> None:
    if page.at(("policies", "reaction_pausable")) is True:
        return
    for place, each in _mappings(page, "targets"):
        if each.get("kind") == "reaction" and each.get("pausable"):
            page.refuse((*place, "pausable"), "pauses a reaction, which needs reaction_pausable: true under policies")


def _mappings(page: Page, key: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    for place, each in page.items((key,)):
        if isinstance(each, dict):
            yield place, each


def _party(page: Page, target: dict[str, Any]) -> str:
    return str(target.get("party") or page.at(("defaults", "party")) or "supplier")


def _is_agreement(page: Page) -> bool:
    return bool(page.at(("contract", "kind")) == "agreement")
