"""The cases of a month with their events, loaded in one transaction."""

from bot.desk.ports import Known, Ledger
from bot.domain.intervals import moment
from bot.domain.systems import SupplierId
from bot.reports.milestones import Filed
from bot.reports.month import Month


def read_month(ledger: Ledger, known: Known, month: Month, supplier: SupplierId | None = None) -> tuple[Filed, ...]:
    """Every supplier case that was open at some instant of the local month; of one supplier, or of all."""
    since, until = map(moment, month.bounds(known.organisation.zone))
    return tuple(
        Filed(case, tuple(ledger.events(case.case_id)))
        for case in ledger.cases_between(since, until)
        if supplier in {None, case.supplier}
    )
