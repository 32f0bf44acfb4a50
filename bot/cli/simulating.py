"""`clock --simulate`: the month's recorded cases under another contract, before anybody signs it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.opening import knowledge_dir, live_knowledge, now, opened_store, read_settings, read_time, today
from bot.cli.screen import busy, complain, say, show, stop

if TYPE_CHECKING:
    from bot.domain.contracts import Contract
    from bot.domain.people import Language


def simulate_month(file: Path, month: str, at: str, known_at: str, lang: str) -> None:
    from bot.cli.options import month_of, voice_of
    from bot.domain.intervals import seconds
    from bot.domain.picture import Picture
    from bot.reports.loading import read_month
    from bot.reports.simulating import simulate, totals
    from bot.reports.tables import replayed_table, totals_table
    from bot.wording.reporting import heading

    settings = read_settings()
    known = live_knowledge(settings).now()
    zone = known.organisation.zone
    when = read_time(at or known_at, zone) if at or known_at else now()
    wanted = month_of(month, seconds(when), known)
    voice = voice_of(Picture(when, known.organisation), lang or settings.language)
    # A case of the month may have been handed over long before it.
    tried = _contract_in(knowledge_dir(settings), file, date(wanted.year - 2, 1, 1), voice.language)
    horizon = seconds(read_time(known_at, zone)) if known_at else None
    with busy("Replaying"), opened_store(settings) as store, store.reading() as ledger:
        filed = [
            each for each in read_month(ledger, known, wanted, tried.supplier) if each.case.system in tried.systems
        ]
        rows = simulate(filed, known.contracts, tried, wanted, seconds(when), horizon)
    if not rows:
        say(heading(voice.language, "none_replayed", month=wanted))
        return
    show(replayed_table(voice, wanted, tried, rows))
    show(totals_table(voice, totals(rows)))


def _contract_in(directory: Path, file: Path, since: date, language: "Language") -> "Contract":
    """The draft, wherever it lies. What is wrong with it is told with file and line."""
    from bot.storage.knowledge import try_out
    from bot.wording.say import say as word

    try:
        made = try_out(directory, file, today(), since)
    except OSError as fault:
        stop(f"{file} cannot be read: {fault.strerror}", code=2)
    complain(made.complaints, language, beside=True)
    if made.contract is None or any(each.is_refusal for each in made.complaints):
        stop(word(language, "kn.not_tried"), code=2)
    if made.contract.kind != "contract":
        stop(word(language, "kn.own_agreement", file=file), code=2)
    return made.contract
