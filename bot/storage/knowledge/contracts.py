"""One contract file → one version of a contract, with every mistake in it told at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from bot.domain.contracts import (
    WARNINGS,
    Availability,
    BusinessDays,
    Compliance,
    Contact,
    Contract,
    OpenTime,
    PauseReason,
    Policies,
    Severity,
    Target,
    TargetKind,
    WallTime,
    Within,
)
from bot.domain.events import HAPPENED
from bot.domain.people import SystemId
from bot.domain.service_hours import Calendar
from bot.domain.systems import SupplierId
from bot.storage.knowledge.calendars import Validity, calendars_of
from bot.storage.knowledge.closed_days import tzdata_version
from bot.storage.knowledge.contract_checks import check_contract
from bot.storage.knowledge.contract_schema import (
    AvailabilityShape,
    BudgetShape,
    ComplianceShape,
    ContactShape,
    ContractFile,
    HeadShape,
    PauseReasonShape,
    PoliciesShape,
    SeverityShape,
    TargetShape,
    TermsShape,
    WithinShape,
)
from bot.storage.knowledge.locks import Lock, content_hash
from bot.storage.knowledge.page import Page
from bot.storage.knowledge.shape import Names, ShapeT, part

_CLOSED_YEARS = 3
_IN_CONTRACTS = frozenset(name for name, kind in HAPPENED.items() if kind.rank < HAPPENED["corrected"].rank)


def contract_of(
    page: Page,
    names: Names,
    house: Mapping[str, Calendar],
    lock: Lock | None,
    today: date,
    closed_from: date | None = None,
) -> Contract | None:
    """The contract, or None with complaints. `house` are the calendars an agreement uses.

    Closed days are made explicit from `closed_from` if that is earlier than the contract: to try it on older cases.
    """
    part(page, (), ContractFile, {})
    if isinstance(page.value, dict) and isinstance(page.at(("contract",)), dict):
        parts = _Parts(page, names, house, lock, today, closed_from)
        made = parts.contract()
        check_contract(page)
        return None if page.refused else made
    return None


def closed_until(since: date, until: date | None, today: date) -> date:
    """How far closed days are made explicit: to the end of validity, else for three years."""
    latest = max(since, today)
    return until or latest.replace(year=latest.year + _CLOSED_YEARS, day=min(latest.day, 28))


@dataclass
class _Parts:
    page: Page
    outside: Names
    house: Mapping[str, Calendar]
    lock: Lock | None
    today: date
    closed_from: date | None = None

    def contract(self) -> Contract | None:
        head = part(self.page, ("contract",), HeadShape, self.outside)
        calendars = self._calendars()
        severities = tuple(self._severity(each) for each in self._each("severities", SeverityShape))
        reasons = {name: self._reason(name, each) for name, each in self._named("pause_reasons", PauseReasonShape)}
        defaults = self._optional("defaults", TermsShape)
        targets = tuple(self._target(each, defaults) for each in self._each("targets", TargetShape))
        policies = self._policies()
        availability = tuple(self._availability(each) for each in self._each("availability", AvailabilityShape))
        contacts = {
            name: Contact(each.calendar, each.ref, each.channel) for name, each in self._named("contacts", ContactShape)
        }
        if head is None:
            return None
        return Contract(
            id=head.id,
            version=head.version,
            valid_from=head.valid_from,
            calendars=calendars,
            severities=severities,
            targets=targets,
            kind=head.kind,
            title=head.title,
            supplier=SupplierId(head.supplier) if head.supplier else None,
            systems=tuple(SystemId(each) for each in head.systems),
            valid_to=head.valid_to,
            reporting_zone=head.reporting_zone.key,
            reporting_tzinfo=head.reporting_zone,
            document=head.document,
            approved_by=head.approved.by if head.approved else "",
            approved_on=head.approved.on if head.approved else None,
            pause_reasons=reasons,
            policies=policies,
            availability=availability,
            contacts=contacts,
            content_hash=self.lock.content if self.lock else content_hash(self.page.value),
            tzdata_version=self.lock.tzdata if self.lock else tzdata_version(),
        )

    @cached_property
    def names(self) -> Names:
        """What this file may refer to: things of the house, and its own parts."""
        own = frozenset(self.house) if self.is_agreement else self._keys("calendars")
        return {
            **self.outside,
            "calendar": own,
            "severity": frozenset(
                each["id"]
                for _, each in self.page.items(("severities",))
                if isinstance(each, dict) and isinstance(each.get("id"), str)
            ),
            "pause reason": self._keys("pause_reasons"),
            "event": _IN_CONTRACTS,
        }

    @property
    def is_agreement(self) -> bool:
        return bool(self.page.at(("contract", "kind")) == "agreement")

    def _keys(self, key: str) -> frozenset[str]:
        return frozenset(name for _, name in self.page.keys((key,)))

    def _calendars(self) -> Mapping[str, Calendar]:
        if self.is_agreement:
            return self.house
        # Read as they stand: a mistake elsewhere in the heading must not make every date look out of place.
        since, until = (self.page.at(("contract", key)) for key in ("valid_from", "valid_to"))
        since = since if isinstance(since, date) else date.min
        until = until if isinstance(until, date) and until > since else None
        first = self.today if since == date.min else since
        closed_from = min(first, self.closed_from or first)
        validity = Validity(since, until, closed_from, closed_until(first, until, self.today))
        return calendars_of(self.page, validity, self.lock.closed_days() if self.lock else None)

    def _each(self, key: str, kind: type[ShapeT]) -> Iterable[ShapeT]:
        found = (part(self.page, place, kind, self.names) for place, _ in self.page.items((key,)))
        return [each for each in found if each is not None]

    def _named(self, key: str, kind: type[ShapeT]) -> Iterable[tuple[str, ShapeT]]:
        found = ((name, part(self.page, place, kind, self.names)) for place, name in self.page.keys((key,)))
        return [(name, each) for name, each in found if each is not None]

    def _optional(self, key: str, kind: type[ShapeT]) -> ShapeT:
        found = part(self.page, (key,), kind, self.names) if (key,) in self.page.lines else None
        return found or kind()

    @staticmethod
    def _severity(shape: SeverityShape) -> Severity:
        return Severity(shape.id, shape.name, shape.definition, shape.notify_always, shape.start_channel)

    @staticmethod
    def _reason(name: str, shape: PauseReasonShape) -> PauseReason:
        return PauseReason(name, shape.name, frozenset(shape.may_start), _within(shape.remind_after))

    def _target(self, shape: TargetShape, defaults: TermsShape) -> Target:
        def said(key: str, otherwise: Any) -> Any:
            own = getattr(shape, key)
            usual = own if own is not None else getattr(defaults, key)
            return usual if usual is not None else otherwise

        compliance = said("compliance", ComplianceShape(rule="each"))
        return Target(
            id=shape.id,
            severity=shape.severity,
            kind=TargetKind(shape.kind),
            calendar=shape.calendar,
            budget=_budget(shape.budget),
            party=said("party", "supplier"),
            pausable=frozenset(shape.pausable),
            start=said("start", ""),
            stops=tuple(said("stops", ())),
            start_channel=said("start_channel", None),
            requires_complete_report=said("requires_complete_report", otherwise=False),
            auto_reply_counts=said("auto_reply_counts", otherwise=False),
            stops_at_workaround=shape.stops_at_workaround,
            warnings=tuple(Fraction(str(each)) for each in said("warnings", ())) or WARNINGS,
            compliance=Compliance(compliance.rule, 100 if compliance.percent is None else compliance.percent),
        )

    def _policies(self) -> Policies:
        shape = self._optional("policies", PoliciesShape)
        return Policies(
            severity_raise=shape.severity_raise,
            severity_lower=shape.severity_lower,
            reopen=shape.reopen,
            reopen_reaction=shape.reopen_reaction,
            reaction_pausable=shape.reaction_pausable,
            bd_half_day=shape.bd_half_day,
            accept_within=_within(shape.accept_within) or Policies().accept_within,
            reopen_window=_within(shape.reopen_window),
        )

    @staticmethod
    def _availability(shape: AvailabilityShape) -> Availability:
        return Availability(SystemId(shape.system), shape.calendar, shape.target_percent, _within(shape.window_notice))


def _budget(shape: BudgetShape) -> OpenTime | BusinessDays | WallTime:
    if shape.open:
        return OpenTime(_seconds(shape.open))
    if shape.business_days:
        return BusinessDays(shape.business_days, shape.mode or "end_of_day")
    return WallTime(months=shape.wall) if isinstance(shape.wall, int) else WallTime(_seconds(shape.wall or timedelta()))


def _within(shape: WithinShape | None) -> Within | None:
    return Within(_budget(shape), shape.calendar or "") if shape else None


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())
