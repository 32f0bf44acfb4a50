"""`clock --verify`: a sheet that both parties signed, worked out anew; every deviation with both readings."""

from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.screen import say, stop

if TYPE_CHECKING:
    from bot.reports.signed_sheet import Reading, Verified


def verify_sheet(file: Path) -> None:
    """Exit code 1 if any case differs, 2 if the file cannot be read."""
    from zoneinfo import ZoneInfo

    from bot.reports.signed_sheet import SheetRefused, read_sheet, verify

    try:
        text = file.read_bytes().decode("utf-8-sig")
        cases = read_sheet(text, ZoneInfo)
    except OSError as fault:
        stop(f"{file} cannot be read: {fault.strerror}", code=2)
    except UnicodeDecodeError:
        stop(f"{file} is not UTF-8 text.", code=2)
    except SheetRefused as refused:
        stop(f"{file}: {refused.where}: {refused.why}", code=2)
    counts = {"agree": 0, "at_closing": 0, "differ": 0}
    for case in cases:
        verified = verify(case)
        counts[verified.standing] += 1
        for reading in verified.readings:
            if reading.standing != "agree":
                say(_deviation(verified, reading))
    say(
        f"{counts['agree']} agree, {counts['at_closing']} at a closing (earliest rule), {counts['differ']} differ",
        "red" if counts["differ"] else "green",
    )
    if counts["differ"]:
        raise typer.Exit(1)


def _deviation(verified: "Verified", reading: "Reading") -> str:
    case, zone = verified.case, verified.case.calendar.versions[0].tzinfo
    if reading.what == "within_s":
        asked = f"from {_at(case.start, zone)} to {_at(case.end, zone)}"
        signed, ours = f"{reading.signed} s", f"{reading.ours} s"
    else:
        asked = f"from {_at(case.start, zone)} + {case.need_s} s"
        signed, ours = _at(reading.signed, zone), _at(reading.ours, zone)
    beside = (
        "; the closing, from which no open time passes to the signed opening"
        if reading.standing == "at_closing"
        else ""
    )
    return f"{case.name} ({case.calendar.id}) {asked}: signed {signed}, here {ours}{beside}"


def _at(instant: int | None, zone: tzinfo) -> str:
    from bot.domain.intervals import moment

    return "never" if instant is None else moment(instant).astimezone(zone).isoformat()
