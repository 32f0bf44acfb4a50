"""What may stand in a contract file, part by part."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.storage.knowledge.shape import Listed, Shape, wrong
from bot.storage.knowledge.spans import OpenSpan, wall_span, whole_days
from bot.storage.knowledge.words import (
    CalendarName,
    EventName,
    Id,
    Label,
    PauseReasonName,
    SeverityName,
    SupplierName,
    SystemName,
    Text,
    Zone,
)

Channel = Literal["phone", "mail"]
PartyName = Literal["supplier", "superuser", "it", "customer"]
KindName = Literal["reaction", "work_started", "workaround", "resolution", "status"]


def _supported(number: Any) -> Any:
    if number != 1:
        raise wrong("is not supported: this edition reads schema 1")
    return number


def _ascending(fractions: tuple[float, ...]) -> tuple[float, ...]:
    if any(not 0 < each <= 1 for each in fractions):
        raise wrong("must lie above 0 and at most at 1")
    if any(one >= two for one, two in pairwise(fractions)):
        raise wrong("must rise from one to the next")
    return fractions


def _hundredths(value: Any) -> int:
    """`"99.50"` as 9950. Text, because a binary fraction is not what was signed."""
    if not isinstance(value, str):
        raise wrong('must be a decimal number in quotes, such as "99.50"')
    try:
        number = Decimal(value) * 100
    except InvalidOperation:
        raise wrong('must be a decimal number in quotes, such as "99.50"') from None
    if not number.is_finite() or number != number.to_integral_value():
        raise wrong("has more than two decimals")
    if not 0 <= number <= 10_000:
        raise wrong("must lie between 0 and 100")
    return int(number)


class ContractFile(Shape):
    """The parts of the file; each is read on its own, so that a mistake in one hides none in another."""

    schema_number: Annotated[int, BeforeValidator(_supported)] = Field(alias="schema")
    contract: dict[str, Any]
    calendars: dict[str, Any] = Field(default_factory=dict)
    severities: Annotated[Listed[Any], Field(min_length=1)]
    pause_reasons: dict[str, Any] = Field(default_factory=dict)
    defaults: dict[str, Any] = Field(default_factory=dict)
    targets: Annotated[Listed[Any], Field(min_length=1)]
    policies: dict[str, Any] = Field(default_factory=dict)
    availability: Listed[Any] = ()
    contacts: dict[str, Any] = Field(default_factory=dict)


class ApprovedShape(Shape):
    by: Text
    on: date = Field(alias="date")


class HeadShape(Shape):
    id: Id
    title: Text
    kind: Literal["contract", "agreement"] = "contract"
    supplier: SupplierName | None = None
    systems: Listed[SystemName] = ()
    version: Annotated[int, Field(ge=1)]
    valid_from: date
    valid_to: date | None = None
    reporting_zone: Zone
    document: Text = ""
    approved: ApprovedShape | None = None


class BudgetShape(Shape):
    open: OpenSpan | None = None
    business_days: Annotated[int, BeforeValidator(whole_days)] | None = None
    mode: Literal["same_clock", "end_of_day"] | None = None
    wall: Annotated[timedelta | int, BeforeValidator(wall_span)] | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        if sum(each is not None for each in (self.open, self.business_days, self.wall)) != 1:
            raise wrong("needs exactly one of open, business_days and wall")
        if self.mode and not self.business_days:
            raise wrong("has a mode, which belongs to business_days")
        return self


class PromiseShape(BudgetShape):
    """The budget of a target: here it must be said when the last business day ends."""

    @model_validator(mode="after")
    def _says_mode(self) -> Self:
        if self.business_days and not self.mode:
            raise wrong("needs mode: same_clock or end_of_day")
        return self


class WithinShape(BudgetShape):
    calendar: CalendarName | None = None


class ComplianceShape(Shape):
    rule: Literal["each", "percent"]
    percent: Annotated[int, Field(ge=0, le=100)] | None = None

    @model_validator(mode="after")
    def _percent_belongs(self) -> Self:
        if (self.rule == "percent") != (self.percent is not None):
            raise wrong("needs percent with rule percent, and without it with rule each")
        return self


class SeverityShape(Shape):
    id: Label
    name: Text = ""
    definition: Text = ""
    notify_always: bool = False
    start_channel: Channel | None = None


class PauseReasonShape(Shape):
    name: Text = ""
    may_start: Listed[Literal["employee", "superuser", "it", "supplier"]] = ()
    remind_after: WithinShape | None = None


class TermsShape(Shape):
    """What a target may say, and `defaults` for all of them."""

    party: PartyName | None = None
    start: EventName | None = None
    stops: Listed[EventName] | None = None
    start_channel: Channel | None = None
    requires_complete_report: bool | None = None
    auto_reply_counts: bool | None = None
    warnings: Annotated[Listed[float], AfterValidator(_ascending)] | None = None
    compliance: ComplianceShape | None = None


class TargetShape(TermsShape):
    id: Label
    severity: SeverityName
    kind: KindName
    calendar: CalendarName
    budget: PromiseShape
    pausable: Listed[PauseReasonName] = ()
    stops_at_workaround: bool = False


class PoliciesShape(Shape):
    severity_raise: Literal["min_due", "carry_elapsed", "carry_fraction", "retroactive"] = "min_due"
    severity_lower: Literal["recompute_keep_breach", "recompute"] = "recompute_keep_breach"
    reopen: Literal["resume", "count_through", "restart"] = "resume"
    reopen_reaction: Literal["new_round", "none"] = "new_round"
    pause_after_breach: Literal["no_cure"] = "no_cure"
    reaction_pausable: bool = False
    bd_half_day: Literal["clamp", "next_opening"] = "clamp"
    boundary: Literal["earliest"] = "earliest"
    reopen_window: WithinShape | None = None
    accept_within: WithinShape | None = None


class AvailabilityShape(Shape):
    system: SystemName
    calendar: CalendarName
    target_percent: Annotated[int, BeforeValidator(_hundredths)]
    window_notice: WithinShape | None = None


class ContactShape(Shape):
    calendar: CalendarName
    ref: Text
    channel: Text = ""
