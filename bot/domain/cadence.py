"""Status messages (statusmelding): a promise that begins again with every message, and with every one that is missed."""

from collections.abc import Iterator

from bot.domain.case import Case
from bot.domain.contracts import Track
from bot.domain.history import Fact
from bot.domain.legs import Leg, legs
from bot.domain.measuring import Span
from bot.domain.rounds import Round, is_answer


def cycles(case: Case, track: Track, round_: Round, stop: Fact | None) -> Iterator[tuple[Span, list[Leg]]]:
    """Cycle after cycle up to the stop or now: to a message, or to its due if that passed in silence, which counts once."""
    messages = _messages(case, track, stop)
    anchor, place, begun, number = round_.start_at, round_.place, round_.start, 1
    while True:
        messages = [fact for fact in messages if fact.at > anchor]
        ended = messages[0] if messages else stop
        found = _until_missed(legs(case, track, anchor, place, ended.at if ended else None))
        missed_at = _missed_at(found, ended.at if ended else case.now)
        if missed_at is not None:
            yield Span(round_.number, begun, number, None, missed_at=missed_at), found
            anchor = missed_at
        else:
            yield Span(round_.number, begun, number, ended), found
            if ended is None or ended is stop:
                return
            anchor, begun = ended.at, ended
        place, number = case.severity_at(anchor), number + 1


def _messages(case: Case, track: Track, stop: Fact | None) -> list[Fact]:
    found = []
    for fact in case.history.all("status_message"):
        target = case.target_at(track, fact.at)
        if target is not None and is_answer(target, fact) and (stop is None or fact < stop):
            found.append(fact)
    return found


def _until_missed(found: list[Leg]) -> list[Leg]:
    """A severity changed after the due belongs to the next cycle."""
    for place, leg in enumerate(found):
        if leg.had_breached:
            return found[: place + 1]
    return found


def _missed_at(found: list[Leg], until: int) -> int | None:
    """When the cycle's promise was broken; a leg that was late when it was made is broken from then on."""
    for leg in found:
        end = leg.until.at if leg.until else until
        due = leg.plan.due(resumed_at=end)
        if due is not None and due < end:
            return max(due, leg.created_at)
    return None
